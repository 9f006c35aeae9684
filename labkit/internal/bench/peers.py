"""The Python side of the bench: a process that runs one peer.

    python peers.py SYSTEM SETTING

reads requests, a line of JSON each, and answers each with a line, as worker.go
does: see process.go for the fields. Times are taken around the work alone, and
what the peer needs before it (data in memory, a fitted model to score with) is
made before.
"""

import base64
import gc
import json
import resource
import shutil
import subprocess
import sys
import time

import numpy as np

CONTAMINATION, NEIGHBORS, NU, SEED, TREES, SAMPLE = 0.1, 20, 0.1, 42, 100, 256
COLUMNS = 8


def timed(work):
    gc.collect()
    begin = time.perf_counter()
    result = work()
    return result, time.perf_counter() - begin


def load(path):
    return np.fromfile(path).reshape(-1, COLUMNS)


class Peer:
    """Keeps what tasks need from one run to the next."""

    def __init__(self, setting):
        self.setting = setting
        self.loaded = {}

    def matrix(self, path):
        if path not in self.loaded:
            self.loaded[path] = load(path)
        return self.loaded[path]

    def jobs(self):
        return -1 if self.setting == "all cores" else None

    def run(self, request):
        task = request["task"]
        if task.startswith("read"):
            return self.read(task, request["path"])
        method, what = task.split()
        train = self.matrix(request["train"])
        if what == "fit_predict":
            labels, seconds = timed(lambda: self.fit_predict(method, train))
        else:
            if "model" not in self.loaded:
                self.loaded["model"] = self.fit(method, train)
            new = self.matrix(request["new"])
            scores, seconds = timed(lambda: self.score(method, new))
            labels = self.cut(method, scores)
        return {"seconds": seconds, "labels": base64.b64encode(labels.astype(np.uint8).tobytes()).decode()}


class Sklearn(Peer):
    def detector(self, method):
        from sklearn.ensemble import IsolationForest
        from sklearn.neighbors import LocalOutlierFactor
        from sklearn.svm import OneClassSVM

        if method == "forest":
            return IsolationForest(n_estimators=TREES, max_samples=SAMPLE, contamination=CONTAMINATION, random_state=SEED, n_jobs=self.jobs())
        if method == "LOF":
            return LocalOutlierFactor(n_neighbors=NEIGHBORS, contamination=CONTAMINATION, n_jobs=self.jobs())
        return OneClassSVM(kernel="rbf", gamma="scale", nu=NU, cache_size=1000 if self.setting == "cache 1 GB" else 200)

    def fit_predict(self, method, x):
        return self.detector(method).fit_predict(x) == -1

    def fit(self, method, x):
        return self.detector(method).fit(x)

    def score(self, method, x):
        model = self.loaded["model"]
        return model.score_samples(x) if method == "forest" else model.decision_function(x)

    def cut(self, method, scores):
        # libsvm calls a decision of exactly 0 an outlier, labkit does not.
        return scores < (self.loaded["model"].offset_ if method == "forest" else 0)


class Pyod(Peer):
    def detector(self, method):
        from pyod.models.iforest import IForest
        from pyod.models.lof import LOF
        from pyod.models.ocsvm import OCSVM

        jobs = self.jobs() or 1
        if method == "forest":
            return IForest(n_estimators=TREES, max_samples=SAMPLE, contamination=CONTAMINATION, random_state=SEED, n_jobs=jobs)
        if method == "LOF":
            return LOF(n_neighbors=NEIGHBORS, contamination=CONTAMINATION, n_jobs=jobs)
        return OCSVM(kernel="rbf", gamma="scale", nu=NU, contamination=CONTAMINATION)

    def fit_predict(self, method, x):
        model = self.detector(method).fit(x)
        # PyOD cuts every method at the contamination; the SVM's own boundary is 0.
        return model.decision_scores_ > 0 if method == "SVM" else model.labels_ == 1

    def fit(self, method, x):
        return self.detector(method).fit(x)

    def score(self, method, x):
        return self.loaded["model"].decision_function(x)

    def cut(self, method, scores):
        return scores > (self.loaded["model"].threshold_ if method == "forest" else 0)


class Isotree(Peer):
    """Other random numbers, so other trees: labels agree about as far as those of two seeds."""

    def fit(self, method, x):
        from isotree import IsolationForest

        return IsolationForest(ntrees=TREES, sample_size=min(SAMPLE, len(x)), ndim=1, max_depth="auto", missing_action="fail", random_seed=SEED, nthreads=-1).fit(x)

    def fit_predict(self, method, x):
        scores = self.fit(method, x).predict(x)
        return scores > np.percentile(scores, 100 * (1 - CONTAMINATION))

    def score(self, method, x):
        return self.loaded["model"].predict(x)

    def cut(self, method, scores):
        if "threshold" not in self.loaded:
            train = next(x for path, x in self.loaded.items() if "train" in path)
            self.loaded["threshold"] = np.percentile(self.score(method, train), 100 * (1 - CONTAMINATION))
        return scores > self.loaded["threshold"]


FLOW = ["bytes_sent", "bytes_recv", "packets_sent", "packets_recv", "duration", "dst_port"]
ZEEK = {
    "orig_bytes": "bytes_sent", "resp_bytes": "bytes_recv", "orig_pkts": "packets_sent", "resp_pkts": "packets_recv",
    "duration": "duration", "id.resp_p": "dst_port",
}
FEATURES = [
    "bytes_per_second", "packets_per_second", "bytes_ratio", "packets_ratio", "bytes_per_packet", "duration",
    "is_well_known_port", "is_suspicious_port",
]


class Pandas(Peer):
    def __init__(self, setting):
        super().__init__(setting)
        self.sliding = PandasWindows(setting)

    def run(self, request):
        if request["task"] == "sliding windows":
            return self.sliding.run(request)
        if request["task"] == "log to findings":
            return self.findings(request["path"])
        csv = request["task"] == "read flow CSV"
        path = request["path"]
        x, seconds = timed(lambda: features(self.csv(path) if csv else self.zeek(path)))
        return {"seconds": seconds, "rows": len(x), "sums": x.sum(axis=0).tolist()}

    def findings(self, path):
        """Flows only: no hosts, windows and pairs, and no reasons."""
        from sklearn.ensemble import IsolationForest
        from sklearn.preprocessing import RobustScaler

        def judge():
            x = features(self.csv(path))
            for column, log in (0, np.log1p), (1, np.log1p), (4, np.log1p), (5, np.log):
                x[:, column] = log(x[:, column])
            x = RobustScaler().fit_transform(x)
            forest = IsolationForest(n_estimators=TREES, max_samples=SAMPLE, contamination=CONTAMINATION, random_state=SEED, n_jobs=-1)
            return forest.fit(x).score_samples(x)

        scores, seconds = timed(judge)
        return {"seconds": seconds, "rows": len(scores), "sums": [len(scores)]}

    def csv(self, path):
        import pandas as pd

        if self.setting == "default":
            return pd.read_csv(path)
        if self.setting == "pyarrow":
            return pd.read_csv(path, usecols=FLOW, engine="pyarrow")
        types = {name: "float64" for name in FLOW[:2] + ["duration"]} | {name: "int64" for name in FLOW[2:4] + ["dst_port"]}
        return pd.read_csv(path, usecols=FLOW, dtype=types)

    def zeek(self, path):
        import pandas as pd

        # Where the header of the log ends, and which fields it names.
        header = 0
        with open(path) as f:
            for line in f:
                if not line.startswith("#"):
                    break
                header += 1
                if line.startswith("#fields"):
                    names = line.rstrip("\n").split("\t")[1:]
        options = dict(sep="\t", skiprows=header, header=None, names=names, na_values="-")
        if self.setting == "default":
            frame = pd.read_csv(path, **options)
        elif self.setting == "pyarrow":
            frame = pd.read_csv(path, **options, engine="pyarrow")  # usecols asks for its own names of them
        else:
            frame = pd.read_csv(path, **options, usecols=list(ZEEK), dtype={name: "float64" for name in ZEEK})
        return frame.rename(columns=ZEEK).dropna(subset=FLOW)


class Windows(Peer):
    """Sliding windows of 60 s every 10 s for each source, by the end of flows in memory."""

    COUNTED = ["flows", "bytes_sent", "bytes_recv", "ports", "peers"]

    def flows(self, path):
        if path not in self.loaded:
            import pandas as pd

            df = pd.read_csv(path)
            df["us"] = ((df["ts"] + df["duration"]) * 1e6).round().astype("int64")
            self.loaded[path] = self.prepared(df)
        return self.loaded[path]


class PandasWindows(Windows):
    def prepared(self, df):
        return df

    def run(self, request):
        df = self.flows(request["path"])
        out, seconds = timed(lambda: self.windows(df))
        return {"seconds": seconds, "rows": len(out), "sums": [float(out[name].sum()) for name in self.COUNTED]}

    def windows(self, df):
        import pandas as pd

        last = df["us"] // 10_000_000 * 10_000_000
        rows = pd.concat([df.assign(start=last - k * 10_000_000) for k in range(6)])
        by = ["start", "src_ip"]
        sums = dict(flows=("us", "size"), bytes_sent=("bytes_sent", "sum"), bytes_recv=("bytes_recv", "sum"))
        if self.setting == "default":
            return rows.groupby(by).agg(**sums, ports=("dst_port", "nunique"), peers=("dst_ip", "nunique"))
        out = rows.groupby(by).agg(**sums)
        for name, column in ("ports", "dst_port"), ("peers", "dst_ip"):
            out[name] = rows[by + [column]].drop_duplicates().groupby(by).size()
        return out


class Bytewax(Windows):
    def prepared(self, df):
        from datetime import datetime, timedelta, timezone

        begin = datetime(1970, 1, 1, tzinfo=timezone.utc)
        columns = [df[name].tolist() for name in ("src_ip", "dst_ip", "dst_port", "bytes_sent", "bytes_recv")]
        return [(begin + timedelta(microseconds=us), *row) for us, *row in zip(df["us"].tolist(), *columns)]

    def run(self, request):
        rows = self.flows(request["path"])
        out, seconds = timed(lambda: self.windows(rows))
        counted = [[w[0], w[1], w[2], len(w[3]), len(w[4])] for _, (_, w) in out]
        return {"seconds": seconds, "rows": len(out), "sums": [float(sum(column)) for column in zip(*counted)]}

    def windows(self, rows):
        from datetime import datetime, timedelta, timezone

        import bytewax.operators as op
        import bytewax.operators.windowing as windowing
        from bytewax.dataflow import Dataflow
        from bytewax.testing import TestingSink, TestingSource, run_main

        def fold(state, row):
            state[0] += 1
            state[1] += row[4]
            state[2] += row[5]
            state[3].add(row[3])
            state[4].add(row[2])
            return state

        clock = windowing.EventClock(lambda row: row[0], wait_for_system_duration=timedelta(seconds=60))
        windower = windowing.SlidingWindower(
            length=timedelta(seconds=60), offset=timedelta(seconds=10), align_to=datetime(1970, 1, 1, tzinfo=timezone.utc)
        )
        out = []
        flow = Dataflow("bench")
        keyed = op.key_on("source", op.input("in", flow, TestingSource(rows, batch_size=1000)), lambda row: row[1])
        counted = windowing.fold_window("count", keyed, clock, windower, lambda: [0, 0, 0, set(), set()], fold, merge)
        op.output("out", counted.down, TestingSink(out))
        run_main(flow)
        return out


def merge(a, b):
    return [a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] | b[3], a[4] | b[4]]


class Nfstream(Peer):
    def run(self, request):
        (flows, sums), seconds = timed(lambda: self.flows(request["path"]))
        kilobytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss  # of the largest process
        return {"seconds": seconds, "rows": flows, "sums": sums, "memory": kilobytes << 10}

    def flows(self, path):
        from nfstream import NFStreamer

        options = {"n_dissections": 0} if self.setting == "headers only" else {}
        flows = packets = size = ports = 0
        for f in NFStreamer(path, accounting_mode=1, **options):  # 1: bytes are those of IP
            flows += 1
            packets += f.bidirectional_packets
            size += f.bidirectional_bytes
            if f.protocol in (6, 17):
                ports += f.bidirectional_packets
        return flows, [ports, packets, size]


class Tshark(Peer):
    """Its bytes are those of frames, rounded: only packets are compared, of TCP and UDP."""

    # What is left to decode where all other protocols are switched off.
    HEADERS = {"frame", "eth", "eth_withoutfcs", "eth_maybefcs", "ethertype", "vlan", "ip", "ipv6", "tcp", "udp", "icmp", "icmpv6", "data"}

    def run(self, request):
        if "options" not in self.loaded:
            self.loaded["options"] = self.options()
        command = ["tshark", "-n", "-q", "-r", request["path"], "-z", "conv,tcp", "-z", "conv,udp"] + self.loaded["options"]
        (flows, sums), seconds = timed(lambda: self.flows(command))
        if "memory" not in self.loaded:
            self.loaded["memory"] = peak(command)
        return {"seconds": seconds, "rows": flows, "sums": sums, "memory": self.loaded["memory"]}

    def options(self):
        if shutil.which("tshark") is None:
            raise RuntimeError("tshark is not installed (Debian: apt install tshark)")
        if self.setting == "default":
            return []
        listed = subprocess.run(["tshark", "-G", "protocols"], capture_output=True, text=True, check=True).stdout
        names = {line.split("\t")[2] for line in listed.splitlines()}
        options = ["-o", "tcp.desegment_tcp_streams:FALSE", "-o", "tcp.analyze_sequence_numbers:FALSE"]
        for name in sorted(names - self.HEADERS - {"fake-field"}):
            options += ["--disable-protocol", name]
        return options

    def flows(self, command):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(done.stderr.strip().splitlines()[-1])
        # a <-> b, then frames, bytes and their unit to the one, to the other and in all
        lines = [line.split() for line in done.stdout.splitlines() if "<->" in line]
        return len(lines), [sum(int(words[9]) for words in lines)]


class River(Peer):
    def run(self, request):
        from river import anomaly, drift
        from river._river_rust.drift import AdaptiveWindowing

        x = self.matrix(request["train"])
        if request["task"] == "half-space trees":
            if "rows" not in self.loaded:
                self.loaded["rows"] = [dict(enumerate(row)) for row in x.tolist()]
            trees = anomaly.HalfSpaceTrees(seed=SEED)
            scores, seconds = timed(lambda: [self.judge(trees, row) for row in self.loaded["rows"]])
            return {"seconds": seconds, "rows": len(scores), "sums": scores}
        if "series" not in self.loaded:
            self.loaded["series"] = x.ravel().tolist()
        series = self.loaded["series"]
        if request["task"] == "drift ADWIN":
            # What is behind drift.ADWIN, in Rust: that class begins anew after a change, labkit's goes on.
            detector = AdaptiveWindowing(delta=0.002, clock=32, max_buckets=5, min_window_length=5, grace_period=10)
            changed, seconds = timed(lambda: [detector.update(v) for v in series])
        else:
            detector = drift.PageHinkley() if request["task"] == "drift Page-Hinkley" else drift.KSWIN(alpha=0.0001, seed=SEED)
            changed, seconds = timed(lambda: [self.see(detector, v) for v in series])
        labels = np.array(changed, dtype=np.uint8)
        return {"seconds": seconds, "rows": len(labels), "labels": base64.b64encode(labels.tobytes()).decode()}

    def judge(self, trees, row):
        score = trees.score_one(row)
        trees.learn_one(row)
        return score

    def see(self, detector, v):
        detector.update(v)
        return detector.drift_detected


PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def peak(command):
    """Runs a program and returns the most memory that it held, in bytes.

    What a process held before it became the program counts as the program's:
    all that its parent had. So the parent is a Python without numpy, and what is
    returned never less than its 10 MB.
    """
    said = subprocess.run([sys.executable, "-I", "-S", "-c", PEAK, *command], capture_output=True, text=True, check=True)
    return int(said.stdout) << 10


def features(df):
    """The lab's features, as in its second step."""
    df["duration"] = df["duration"].clip(lower=0.001)
    df["total_bytes"] = df["bytes_sent"] + df["bytes_recv"]
    df["total_packets"] = df["packets_sent"] + df["packets_recv"]
    df["bytes_per_second"] = df["total_bytes"] / df["duration"]
    df["packets_per_second"] = df["total_packets"] / df["duration"]
    df["bytes_ratio"] = df["bytes_sent"] / (df["total_bytes"] + 1)
    df["packets_ratio"] = df["packets_sent"] / (df["total_packets"] + 1)
    df["bytes_per_packet"] = df["total_bytes"] / (df["total_packets"] + 1)
    df["is_well_known_port"] = (df["dst_port"] < 1024).astype(int)
    df["is_suspicious_port"] = df["dst_port"].isin([4444, 8888, 31337, 6667, 1337]).astype(int)
    return df[FEATURES].to_numpy(dtype=np.float64)


def main():
    system, setting = sys.argv[1:]
    peer = {"scikit-learn": Sklearn, "PyOD": Pyod, "isotree": Isotree, "pandas": Pandas, "nfstream": Nfstream, "tshark": Tshark, "bytewax": Bytewax, "River": River}[system](setting)
    answers, sys.stdout = sys.stdout, sys.stderr  # what a peer prints is no answer
    for line in sys.stdin:
        try:
            answer = peer.run(json.loads(line))
        except Exception as fault:
            answer = {"error": f"{type(fault).__name__}: {fault}"}
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()

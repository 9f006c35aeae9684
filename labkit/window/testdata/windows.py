"""Writes flows.csv, and what pandas counts in its sliding windows: see README.md."""

import numpy as np
import pandas as pd

SIZE, SLIDE, LATENESS = 60_000_000, 10_000_000, 10_000_000  # microseconds
FAILED = ["S0", "REJ", "RSTOS0", "SH", "SHR", "RSTRH"]

rng = np.random.default_rng(7)
n = 250
flows = pd.DataFrame(
    {
        "ts": 1_700_000_000 + rng.integers(0, 300_000_000, n) / 1e6,
        "src_ip": "10.0.0." + pd.Series(rng.integers(1, 7, n)).astype(str),
        "dst_ip": "10.0.1." + pd.Series(rng.integers(1, 9, n)).astype(str),
        "dst_port": rng.choice([22, 53, 80, 443, 8080, 5353], n),
        "duration": rng.exponential(15, n).round(6),
        "bytes_sent": rng.integers(0, 2000, n).astype(float),
        "bytes_recv": rng.integers(0, 9000, n).astype(float),
        "packets_sent": rng.integers(1, 9, n),
        "packets_recv": rng.integers(0, 9, n),
        "state": rng.choice(["SF", "SF", "S0", "REJ", "RSTO", "RSTR", "SH"], n),
    }
)
flows.loc[rng.random(n) < 0.15, ["duration", "bytes_sent", "bytes_recv"]] = np.nan
# In the order of arrival: a flow comes up to 30 s after it has ended.
ended = flows.ts + flows.duration.fillna(0)
flows = flows.iloc[np.argsort(ended + rng.uniform(0, 30, n))].reset_index(drop=True)
flows.to_csv("flows.csv", index=False)


def windows(key, time):
    seconds = flows.ts + flows.duration.fillna(0) if time == "end" else flows.ts
    at = (seconds * 1e6).round().astype("int64")
    watermark = at.cummax().shift(fill_value=-(2**62)) - LATENESS
    rows = flows.assign(at=at, failed=flows.state.isin(FAILED), broken=flows.state.isin(["RSTO", "RSTR"]), watermark=watermark)
    rows = pd.concat([rows.assign(start=at // SLIDE * SLIDE - k * SLIDE) for k in range(SIZE // SLIDE)])
    late = rows.start + SIZE <= rows.watermark
    counts = {
        "flows": len(flows), "late_pairs": int(late.sum()),
        "late_flows": int(late.groupby(level=0).any().sum()), "lost_flows": int(late.groupby(level=0).all().sum()),
    }
    rows = rows[~late]
    peer = "dst_ip" if key == "src_ip" else "src_ip"
    by = ["start", key]
    groups = rows.groupby(by)
    out = groups.agg(
        flows=("at", "size"),
        bytes_sent=("bytes_sent", "sum"), bytes_recv=("bytes_recv", "sum"),
        packets_sent=("packets_sent", "sum"), packets_recv=("packets_recv", "sum"),
        distinct_ports=("dst_port", "nunique"), distinct_peers=(peer, "nunique"),
        failed=("failed", "sum"), broken=("broken", "sum"),
    )
    failed = rows[rows.failed].groupby(by)
    out["failed_ports"] = failed.dst_port.nunique()
    out["failed_peers"] = failed[peer].nunique()
    doors = rows.groupby(by + sorted({"dst_ip", "dst_port"} - {key}))
    out["most_tries"] = doors.size().groupby(by).max()
    out["most_failed_tries"] = doors.failed.sum().groupby(by).max()
    for name, column in ("rare_ports", "dst_port"), ("rare_peers", peer):
        used = rows.drop_duplicates(by + [column])
        others = used.groupby(["start", column])[key].transform("size") - 1
        out[name] = (others <= 2).groupby([used.start, used[key]]).mean()
    gaps = rows.sort_values("at").groupby(by).at.diff() / 1e6
    out["median_gap"] = gaps.groupby([rows.sort_values("at")[k] for k in by]).median()
    out = out.fillna({"failed_ports": 0, "failed_peers": 0}).astype({"failed_ports": int, "failed_peers": int})
    return out, counts


with open("counts.csv", "w") as f:
    print("key,time,flows,late_pairs,late_flows,lost_flows", file=f)
    for key in "src_ip", "dst_ip":
        for time in "end", "start":
            out, counts = windows(key, time)
            out.to_csv(f"{key}_{time}.csv")
            print(key, time, *counts.values(), sep=",", file=f)

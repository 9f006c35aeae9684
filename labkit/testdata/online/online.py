"""Writes the reference numbers of the online detectors into this folder, by
River 0.26.1 and CPython 3.11.7: python online.py"""
import random

from river import anomaly, drift
from river._river_rust.drift import AdaptiveWindowing


def half_space_trees():
    """Rows of three columns in [0, 1], one in fifty anywhere, each scored before it is learned."""
    rng = random.Random(1)
    trees = anomaly.HalfSpaceTrees(n_trees=7, height=5, window_size=100, seed=7)
    with open("half_space_trees.csv", "w") as f:
        print("a,b,c,score", file=f)
        for i in range(600):
            odd = i % 50 == 49
            row = [rng.random() if odd else min(1, max(0, rng.gauss(0.6, 0.1))) for _ in range(3)]
            x = dict(zip("abc", row))
            print(*(repr(float(v)) for v in row), repr(float(trees.score_one(x))), sep=",", file=f)
            trees.learn_one(x)


def edges():
    """Four thousand edges of a small network, with a flood at minute 25 and a scan at minute 32."""
    rng = random.Random(2)
    rows = []
    for t in range(1, 41):
        rows += [(rng.randrange(60), rng.randrange(60), t) for _ in range(85)]
        if 25 <= t < 28:
            rows += [(7, 11, t)] * 150
        if 32 <= t < 34:
            rows += [(-3, rng.randrange(2**31), t) for _ in range(75)]
    with open("edges.csv", "w") as f:
        for row in rows:
            print(*row, sep=",", file=f)


def drifts():
    """River's documented series, then one with three changes of mean and spread."""
    rng = random.Random(12345)
    documented = rng.choices([0, 1], k=1000) + rng.choices(range(4, 8), k=1000)
    rng = random.Random(3)
    wandering = [rng.gauss(m, s) for m, s, n in ((0, 1, 700), (2, 1, 600), (2, 3, 500), (-8, 2, 400)) for _ in range(n)]
    with open("drift.csv", "w") as f:
        print("series,value,adwin,width,total,variance,page_hinkley,kswin", file=f)
        for name, series in ("documented", documented), ("wandering", wandering):
            window = AdaptiveWindowing(delta=0.002, clock=32, max_buckets=5, min_window_length=5, grace_period=10)
            ph, kswin = drift.PageHinkley(), drift.KSWIN(alpha=0.0001, seed=42)
            for x in series:
                fired = window.update(x)
                ph.update(x)
                kswin.update(x)
                print(name, repr(x), int(fired), int(window.get_width()), repr(window.get_total()),
                      repr(window.get_variance()), int(ph.drift_detected), int(kswin.drift_detected), sep=",", file=f)


half_space_trees()
edges()
drifts()

"""Plots a results folder: adopted and functioning over time, with their 5 to 95 % bands.

    python3 plot.py RESULTS OUT.png

Needs matplotlib (Debian: python3-matplotlib)."""
import csv
import os
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as pyplot

results, out = sys.argv[1:3]
with open(os.path.join(results, "timeline.csv"), encoding="utf-8", newline="") as file:
    rows = [row for row in csv.DictReader(file)
            if all(row[split] == "all" for split in ("country", "tier", "wave", "group", "size"))]

figure, axes = pyplot.subplots(figsize=(7, 4))
for measure, colour in (("adopted", "#c9781a"), ("functioning", "#0d6478")):
    curve = [row for row in rows if row["measure"] == measure]
    years = [int(row["date"][:4]) + (int(row["date"][5:]) - 1) / 12 for row in curve]
    low, middle, high = ([100 * float(row[name]) for row in curve] for name in ("p05", "median", "p95"))
    axes.fill_between(years, low, high, color=colour, alpha=0.26, linewidth=0)
    axes.plot(years, middle, color=colour, label=measure)
axes.set_ylabel("% of adopting places")
axes.set_ylim(bottom=0)
axes.legend(frameon=False)
axes.spines[["top", "right"]].set_visible(False)
figure.tight_layout()
figure.savefig(out, dpi=150)

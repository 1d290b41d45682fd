"""The variance reduction that `compare` prints for three shipped pairs of scenarios is within 20 % of the one estimated
from other runs, 1,000 of each scenario and seed, by nothing but the variances of differences: of runs with one seed for
both scenarios, and of runs with a seed for each."""
import os
import re
import statistics
import subprocess
import sys
import tempfile

from folders import PROGRAM, SCENARIOS, Checks, number, read, run

PAIRS = 1000
# A shorter horizon costs less and is as good a test.
COMPARED = (("manila-workshop", "manila-follow-through", 36, "adopted_end"), ("donor-cliff", "donor-taper", 84, "functioning_area"),
            ("philippines-roadmap", "sceptic", 20, "adopted_area"))
checks = Checks()


def values(folder, name, months, outcome, seed):
    out = os.path.join(folder, f"{name}-{seed}")
    run(os.path.join(SCENARIOS, name), out, "--replicates", str(PAIRS), "--seed", str(seed), "--set", f"scenario.months={months}")
    return [number(row[f"{outcome}.all"]) for row in read(out, "runs.csv")]


def variance_of_difference(first, second):
    return statistics.variance(b - a for a, b in zip(first, second, strict=True))


def printed(folder, first, second, months, outcome):
    """On the screen, and in the table."""
    out = os.path.join(folder, "compared")
    words = [PROGRAM, "compare", *(os.path.join(SCENARIOS, name) for name in (first, second)), "--replicates", str(PAIRS),
             "--set", f"scenario.months={months}", "--outcome", outcome, "-o", out]
    text = subprocess.run(words, capture_output=True, text=True, check=True, timeout=600).stdout
    shown = re.search(rf"{outcome}: variance reduction by common random numbers;.*\n *{second} +([0-9.]+) \(", text)
    row = next(row for row in read(out, "differences.csv") if row["outcome"] == outcome and row["statistic"] == "value")
    return float(shown.group(1)), number(row["variance_reduction"])


for first, second, months, outcome in COMPARED:
    with tempfile.TemporaryDirectory() as folder:
        shown, written = printed(folder, first, second, months, outcome)
        alone = values(folder, first, months, outcome, 20231107)
        together = variance_of_difference(alone, values(folder, second, months, outcome, 20231107))
        apart = variance_of_difference(alone, values(folder, second, months, outcome, 237))
        expected = apart / together
        what = f"{second} less {first}, {outcome}: variance reduction"
        checks.close(shown / expected, 1, 0.2, f"{what} {shown:g} as shown, {expected:.4g} from {PAIRS} independent pairs")
        checks.close(written, shown, 0.006 * max(1, shown), f"{what} in differences.csv as shown")
sys.exit(1 if checks.failed else 0)

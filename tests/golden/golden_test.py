"""Short runs of shipped scenarios give what they gave: the hash of every state, and of every table, is in golden.csv. A
change of results is seen here and must be owned: whoever means it renews the file, and says so in the commit.

usage: golden_test.py NLCSIM SCENARIOS           compares
       golden_test.py NLCSIM SCENARIOS --write   renews golden.csv, of which the first four columns say what is run"""
import csv
import hashlib
import os
import pathlib
import subprocess
import sys
import tempfile

PROGRAM, SCENARIOS = sys.argv[1:3]
GOLDEN = pathlib.Path(__file__).parent / "golden.csv"
COLUMNS = ("scenario", "keys", "months", "replicates", "state", "tables")


def tables_hash(out):
    """Of the tables alone: the data package holds the version of the program."""
    total = hashlib.sha256()
    for path in sorted(out.glob("*.csv")):
        total.update(path.name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()[:16]


def run(row):
    keys = {"extends": os.path.abspath(os.path.join(SCENARIOS, row["scenario"])), "months": row["months"],
            "replicates": row["replicates"], **dict(key.split("=") for key in row["keys"].split())}
    with tempfile.TemporaryDirectory() as folder:
        out, scenario = pathlib.Path(folder, "out"), pathlib.Path(folder, "scenario")
        scenario.mkdir()
        (scenario / "scenario.csv").write_text("key,value\n" + "".join(f"{key},{value}\n" for key, value in keys.items()), "utf-8")
        words = [PROGRAM, "run", str(scenario), "-o", str(out), "--quiet", "--hash", "--series"]
        done = subprocess.run(words, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, f"{' '.join(words)}\n{done.stderr}"
        state = next(line.split()[1] for line in done.stdout.splitlines() if line.startswith("state "))
        return {**row, "state": state, "tables": tables_hash(out)}


def main():
    with open(GOLDEN, newline="", encoding="utf-8") as file:
        expected = list(csv.DictReader(file))
    found = [run(row) for row in expected]
    if "--write" in sys.argv:
        with open(GOLDEN, "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(found)
        return 0
    moved = 0
    for was, now in zip(expected, found, strict=True):
        what = [name for name in ("state", "tables") if was[name] != now[name]]
        moved += bool(what)
        print(f"{'FAILED' if what else 'ok    '} {was['scenario']} {was['keys']}: "
              + "; ".join(f"{name} {now[name]}" + (f", which was {was[name]}" if name in what else "") for name in ("state", "tables")))
    if moved:
        print(f"{moved} of {len(found)} runs give other results. If that is meant: {' '.join([sys.executable, *sys.argv, '--write'])}")
    return 1 if moved or not found else 0


sys.exit(main())

"""The plain program and the engine give the same state hash, and month by month the same tallies, at every width.

usage: agree.py PLAIN ENGINE AGREE NLCSIM SCENARIOS"""
import os
import subprocess
import sys
import tempfile

PLAIN, ENGINE, AGREE, NLCSIM, SCENARIOS = sys.argv[1:6]
# Scenarios that between them use every rule; each on network draw 0. The corners hold what the others have not.
CASES = {os.path.join(os.path.dirname(os.path.abspath(__file__)), "corners"): 40,
         "first-steps": 20, "southeast-asia": 2, "donor-cliff": 4, "kenya-2016-2020": 8, "manila-follow-through": 20,
         "indonesia-2021-2024": 3}
failed = 0


def call(*words):
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, check=True).stdout


for name, runs in CASES.items():
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write(call(NLCSIM, "resolve", os.path.join(SCENARIOS, name)))
        file.flush()
        expected = call(PLAIN, file.name, runs, "hash")
        for lanes in (4, 8, 16):
            found = call(ENGINE, file.name, runs, lanes, 2, "hash")
            failed += found != expected
            print("ok    " if found == expected else "FAILED", name, lanes, "lanes", found.strip(), "plain", expected.strip())
        beside = subprocess.run([AGREE, file.name, str(min(runs, 5))], text=True, capture_output=True)
        failed += beside.returncode != 0
        print(name, beside.stdout.replace("\n", ", "), beside.stderr)
sys.exit(1 if failed else 0)

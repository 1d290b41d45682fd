"""What a whole run costs beside a check of the same scenario, in instructions.

usage: lean.py NLCSIM SCENARIOS

Counts `nlcsim run SCENARIO -q -o OUT` and `nlcsim check SCENARIO` with valgrind. The Manila workshop,
twenty places and a hundred runs, may cost ten times its check; the Philippine roadmap is for
information. Checking reads, resolves and reports; whatever a run costs more is simulating, summing up
and writing."""
import os
import re
import shutil
import subprocess
import sys
import tempfile

NLCSIM, SCENARIOS = sys.argv[1:3]
LIMITS = {"manila-workshop": 10, "philippines-roadmap": None}


def instructions(*words):
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *words]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    return int(re.search(r"Collected : (\d+)", result.stderr).group(1))


if shutil.which("valgrind") is None:
    print("valgrind is not installed")
    sys.exit(77)
for name, limit in LIMITS.items():
    scenario = os.path.join(SCENARIOS, name)
    with tempfile.TemporaryDirectory() as folder:
        run = instructions(NLCSIM, "run", scenario, "-q", "--threads", "1", "-o", os.path.join(folder, "out"))
    check = instructions(NLCSIM, "check", scenario)
    aim = f", at most {limit} wanted" if limit else ""
    print(f"{name}: run {run / 1e6:.1f} M, check {check / 1e6:.1f} M instructions, {run / check:.2f} times{aim}", flush=True)

"""What models/nlc/CREDIBILITY.md claims: its commands and tests exist, and its counts of parameters are the program's.

usage: credibility_test.py NLCSIM DOCUMENT TESTS CASES   (TESTS: meson's list of all tests; CASES: the own cases)"""
import collections
import csv
import glob
import io
import json
import os
import re
import subprocess
import sys

NLCSIM, DOCUMENT, TESTS, CASES = sys.argv[1:]
failed = 0


def claim(what, holds):
    global failed
    failed += not holds
    print("ok    " if holds else "FAILED", what)


with open(DOCUMENT, encoding="utf-8") as file:
    text = file.read()
with open(TESTS, encoding="utf-8") as file:
    tests = {test["name"] for test in json.load(file)}
commands = subprocess.run([NLCSIM, "--help"], capture_output=True, text=True, check=True).stdout
for name in sorted(set(re.findall(r"`meson test '?([^`']+)'?`", text))):
    claim(f"test {name}", name in tests)
for name in sorted(set(re.findall(r"`nlcsim (\w+)", text))):
    claim(f"command {name}", re.search(rf"^  {name}\b", commands, re.M) is not None)
for name in ("until", "sbc"):
    claim(f"option --{name}", f"--{name}" in subprocess.run([NLCSIM, "calibrate", "--help"], capture_output=True, text=True, check=True).stdout)

num_cases = len(glob.glob(os.path.join(CASES, "*.json")))
claim(f"{num_cases} own cases", f"| {num_cases} cases with known answers" in text)
table = subprocess.run([NLCSIM, "describe", "parameters", "--format", "csv"], capture_output=True, text=True, check=True).stdout
rows = list(csv.DictReader(io.StringIO(table)))
counts = collections.Counter(row["evidence"] for row in rows)
for name, num in re.findall(r"^\| (literature|tuned|assumption|all) \| (\d+) \|$", text, re.M):
    claim(f"{num} parameters: {name}", int(num) == (len(rows) if name == "all" else counts[name]))
shares = re.search(r"So (\d+) % are assumption and (\d+) % rest on literature", text)
claim("shares of classes", shares is not None and [int(share) for share in shares.groups()] == [
    round(100 * counts[name] / len(rows)) for name in ("assumption", "literature")])
claim("the share of assumptions in the score", f"{shares.group(1)} % of the parameters are judgement" in text)
sys.exit(1 if failed else 0)

"""Fresh random graphs, whose exact laws another program computes, agree; an answer that is one percentage point
off does not; and a scenario that is kept runs to the same counts.

usage: oracle_test.py NLCSIM CASES ORACLE   (ORACLE: the program that enumerates; without it, or numpy, that part is skipped)"""
import copy
import csv
import importlib.util
import json
import math
import os
import random
import subprocess
import sys
import tempfile
import unittest

NLCSIM, CASES, ORACLE = sys.argv[1:4]
NUM_GRAPHS = int(os.environ.get("NLCSIM_ORACLE_GRAPHS", "30"))


def interpreter():
    """A Python that has numpy, which the oracle needs."""
    if importlib.util.find_spec("numpy"):
        return sys.executable
    found = subprocess.run(["/usr/bin/python3", "-c", "import numpy"], capture_output=True).returncode == 0
    return "/usr/bin/python3" if found else None


def pairs(chance, n, most):
    """Random ordered pairs of nodes, at most as many as the oracle can enumerate."""
    every = [(a, b) for a in range(n) for b in range(n) if a != b]
    chance.shuffle(every)
    return every[: chance.randint(n - 1, min(most, len(every)))]


def cascade(chance):
    n = chance.randint(3, 7)
    edges = [[a, b, round(chance.uniform(0.02, 0.98), 3)] for a, b in pairs(chance, n, 12)]
    return {"n": n, "edges": edges, "seeds": chance.sample(range(n), chance.randint(1, 2))}


def threshold(chance):
    n = chance.randint(3, 6)
    edges = []
    for v in range(n):
        heard = chance.sample([u for u in range(n) if u != v], chance.randint(0, min(3, n - 1)))
        parts = [chance.random() for _ in heard]
        total = sum(parts) / chance.choice([1, 0.999999, 0.8, 0.5]) if parts else 1
        edges += [[u, v, part / total] for u, part in zip(heard, parts)]
    return {"n": n, "edges": edges, "seeds": chance.sample(range(n), chance.randint(1, 2))}


def chain(chance):
    n = chance.randint(2, 7)
    edges = [[a, b, round(chance.uniform(0.02, 0.9), 3)] for a, b in pairs(chance, n, 20)]
    number = lambda most: [round(chance.choice([0, 1]) * chance.uniform(0, most), 3) for _ in range(n)]
    return {"n": n, "edges": edges, "external": number(0.1), "dropout": number(0.4),
            "initially_adopted": chance.sample(range(n), chance.randint(0, n - 1)), "T": chance.randint(1, 12)}


KINDS = {"ic": (cascade, "ic_oracle_"), "lt": (threshold, "lt_oracle_"), "dtmc": (chain, "exact_dtmc_oracle_")}


def verify(folder, *options):
    return subprocess.run([NLCSIM, "verify", folder, "--strict", *options], capture_output=True, text=True, timeout=1800)


class Oracle(unittest.TestCase):
    def setUp(self):
        self.work = tempfile.TemporaryDirectory()
        self.addCleanup(self.work.cleanup)

    def path(self, name):
        return os.path.join(self.work.name, name)

    def exact(self, python, kind, spec):
        with open(self.path("spec"), "w", encoding="utf-8") as file:
            json.dump(spec, file)
        done = subprocess.run([python, ORACLE, kind, self.path("spec")], capture_output=True, text=True, timeout=300, check=True)
        return {**spec, **json.loads(done.stdout)}

    def test_fresh_graphs(self):
        python = interpreter() if os.path.exists(ORACLE) else None
        if not python:
            self.skipTest("needs the oracle, and numpy")
        os.mkdir(self.path("cases"))
        for kind, (make, name) in KINDS.items():
            chance = random.Random(237)
            cases = [{"id": f"{name}{k}", **self.exact(python, kind, make(chance))} for k in range(NUM_GRAPHS)]
            with open(os.path.join(self.path("cases"), kind + ".json"), "w", encoding="utf-8") as file:
                json.dump(cases, file)
        done = verify(self.path("cases"))
        self.assertEqual(done.returncode, 0, done.stdout[-4000:] + done.stderr)
        self.assertEqual(done.stdout.splitlines()[-1], f"{3 * NUM_GRAPHS} passed, 0 failed, 0 skipped")

    def own(self, name):
        with open(os.path.join(CASES, name + ".json"), encoding="utf-8") as file:
            return json.load(file)

    def test_one_percentage_point_shows(self):
        case = self.own("exact_dtmc_own")
        wrong = []
        for node in (0, 1):
            for by in (0.01, -0.01):
                other = copy.deepcopy(case)
                other["id"] = f"exact_dtmc_wrong_{len(wrong)}"
                other["marginals_by_t"][2][node] += by
                wrong.append(other)
        law = copy.deepcopy(case)
        law["id"], law["count_pmf_at_T"] = "exact_dtmc_wrong_law", [0.186904, 0.427112, 0.385984]
        wrong.append(law)
        degroot = self.own("degroot_own")
        degroot["id"], degroot["first_steps"][2][0] = "degroot_wrong", degroot["first_steps"][2][0] + 2e-10
        wrong.append(degroot)
        with open(self.path("wrong.json"), "w", encoding="utf-8") as file:
            json.dump(wrong, file)
        done = verify(self.work.name)
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stdout.splitlines()[-1], f"0 passed, {len(wrong)} failed, 0 skipped")

    def test_what_is_kept_runs(self):
        case = self.own("exact_dtmc_own")
        os.mkdir(self.path("cases"))
        with open(os.path.join(self.path("cases"), "a.json"), "w", encoding="utf-8") as file:
            json.dump(case, file)
        os.mkdir(self.path("kept"))
        self.assertEqual(verify(self.path("cases"), "--keep", self.path("kept")).returncode, 0)
        folder = os.path.join(self.path("kept"), case["id"])
        subprocess.run([NLCSIM, "run", folder, "-o", self.path("out"), "--quiet"], check=True, timeout=600)
        with open(os.path.join(self.path("out"), "timeline.csv"), encoding="utf-8", newline="") as file:
            rows = {(row["month"], row["group"]): row for row in csv.DictReader(file) if row["measure"] == "adopted"}
        for month in (1, 2):
            for node in (0, 1):
                row, p = rows[str(month), f"n{node}"], case["marginals_by_t"][month][node]
                self.assertEqual(int(row["n"]), 162000)
                self.assertLess(abs(float(row["mean"]) - p), 4.5 * math.sqrt(p * (1 - p) / 162000))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])

"""A case with one wrong number fails, whatever its kind and whichever number it is: each number that a case expects is
spoiled in turn, by a quarter and a little more.

usage: spoiled_test.py CASES"""
import copy
import fnmatch
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

PROGRAM, CASES = os.environ["NLCSIM"], pathlib.Path(sys.argv[1])
# What a case gives and does not expect: its place in the case, after the kind. A spoiled one makes another case.
GIVEN = ("*:params.*", "*:edges.*", "*:*.edges.*", "*:*.undirected_edges.*", "*:*seeds.*", "*:n", "*:graphs.*.n", "*:*thresholds.*", "*:external.*", "*:dropout.*", "*:initially_adopted.*",
         "*:*initial_ones.*", "*:t.*", "abc_*:params.*", "campolongo_*:trajectories.*", "degroot_*:W.*", "degroot_*:x0.*",
         "degroot_*:second_eigenvalue_modulus", "degroot_*:*susceptibility.*", "delta_*:coef.*", "graph_*:gnp.[np]", "graph_*:*.b.*",
         "hypervolume_*:*.points.*", "hypervolume_*:*.ref.*", "rdm_*:payoff.*", "rdm_*:threshold", "relay_*:all_informed_cdf.*.t",
         "replication_*:x.*", "scoring_*:*.members.*", "scoring_*:*.obs", "scoring_*:gaussian.*.mu", "scoring_*:gaussian.*.sigma",
         "scoring_*:*.lower", "scoring_*:*.upper", "scoring_*:*.alpha", "scoring_*:brier.*.[py]", "watts_strogatz_*:rows.*.p")
# By how much another program's estimate was off or scattered: how near is near enough, which nothing else tells.
TOLERANCES = ("delta_*:*_delta_N*", "sobol_polynomial_*:estimator_sd.*")


def numbers(part, place=()):
    if isinstance(part, (int, float)) and not isinstance(part, bool):
        yield place
    elif isinstance(part, (dict, list)):
        for key, value in part.items() if isinstance(part, dict) else enumerate(part):
            yield from numbers(value, place + (key,))


def is_expected(case, place):
    name = f"{case}:{'.'.join(map(str, place))}"
    return not any(fnmatch.fnmatchcase(name, pattern) for pattern in GIVEN + TOLERANCES)


def spoiled(root, place):
    copied = copy.deepcopy(root)
    at = copied
    for key in place[:-1]:
        at = at[key]
    value = at[place[-1]]
    at[place[-1]] = value + 1 if isinstance(value, int) else value * 1.25 + (0.05 if value >= 0 else -0.05)
    return {**copied, "id": f"{root['id']}:{'.'.join(map(str, place))}"}


def verify(folder, cases):
    """The words PASS or FAIL by id."""
    (folder / "cases.json").write_text(json.dumps(cases))
    done = subprocess.run([PROGRAM, "verify", str(folder)], capture_output=True, text=True, timeout=600)
    lines = [line.split(": ")[0] for line in done.stdout.splitlines() if line.startswith(("PASS ", "FAIL ", "SKIP "))]
    return {line.split(" ", 1)[1]: line.split(" ", 1)[0] for line in lines}


def main():
    failed = 0
    for path in sorted(CASES.glob("*.json")):
        root = json.loads(path.read_text())
        cases = [spoiled(root, place) for place in numbers(root) if is_expected(root["id"], place)]
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            for table in CASES.glob("*.csv"):
                shutil.copy(table, folder)
            found = verify(folder, [root, *cases])
        wrong = [case["id"] for case in cases if found.get(case["id"]) != "FAIL"]
        wrong += [] if found.get(root["id"]) == "PASS" and cases else [f"{root['id']}, which is whole or expects nothing"]
        failed += len(wrong)
        print(f"{'FAILED' if wrong else 'ok    '} {root['id']}: {len(cases)} numbers spoiled; not noticed: {', '.join(wrong) or 'none'}", flush=True)
    return 1 if failed else 0


sys.exit(main())

"""Engine against plain program, in turns, on a resolved scenario.

usage: speed.py PLAIN ENGINE NLCSIM SCENARIO [ROUNDS]

Prints medians of ratios of times over the rounds (runs are scaled to 1,000), agent-steps a second, and
instructions an agent-step, counted by valgrind where it is installed."""
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

PLAIN, ENGINE, NLCSIM, SCENARIO = sys.argv[1:5]
ROUNDS = int(sys.argv[5]) if len(sys.argv) > 5 else 7
PLAIN_RUNS, ENGINE_RUNS = 25, 160


def call(*words):
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, check=True)


def seconds(*words):
    return float(call(*words).stdout.split()[0])


def instructions(runs_small, runs_large, *words):
    """Instructions of one run: the difference of two numbers of runs, so that reading does not count."""
    counts = []
    for runs in (runs_small, runs_large):
        text = call("valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *[runs if word == "RUNS" else word for word in words])
        counts.append(int(re.search(r"Collected : (\d+)", text.stderr).group(1)))
    return (counts[1] - counts[0]) / (runs_large - runs_small)


with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
    file.write(call(NLCSIM, "resolve", SCENARIO).stdout)
    file.flush()
    text = open(file.name, encoding="utf-8").read()
    months = int(re.search(r"^months\t(\d+)", text, re.M).group(1))
    nodes = text.split("[nodes]\n")[1].split("\n[places")[0].count("\n")
    steps = nodes * months
    print(f"{SCENARIO}: {nodes} places, {months} months; medians of {ROUNDS} rounds in turns, one thread")
    isa = {}
    for lanes in (16, 8, 4):
        isa[lanes] = call(ENGINE, file.name, lanes, lanes, 1).stdout.split()[2]
    times = {"plain": [], **{lanes: [] for lanes in isa}, "two": []}
    for _ in range(ROUNDS):
        times["plain"].append(seconds(PLAIN, file.name, PLAIN_RUNS) / PLAIN_RUNS)
        for lanes in isa:
            times[lanes].append(seconds(ENGINE, file.name, ENGINE_RUNS, lanes, 1) / ENGINE_RUNS)
        times["two"].append(seconds(ENGINE, file.name, 2 * ENGINE_RUNS, 8, 2) / (2 * ENGINE_RUNS))
    count = shutil.which("valgrind") is not None
    plain_count = instructions(1, 3, PLAIN, file.name, "RUNS") / steps if count else float("nan")
    print(f"plain                 {steps / statistics.median(times['plain']) / 1e6:6.1f} M agent-steps/s, {plain_count:6.0f} instructions each")
    for lanes, kind in isa.items():
        ratio = statistics.median(plain / engine for plain, engine in zip(times["plain"], times[lanes]))
        name = f"{lanes} lanes ({kind})"
        # valgrind knows no AVX-512.
        count_it = count and kind != "avx512"
        each = instructions(lanes, 3 * lanes, ENGINE, file.name, "RUNS", lanes, 1) / steps if count_it else float("nan")
        print(f"{name:21} {steps / statistics.median(times[lanes]) / 1e6:6.1f} M agent-steps/s, {each:6.0f} instructions each, "
              f"{ratio:5.2f} times the plain program")
    ratio = statistics.median(one / two for one, two in zip(times[8], times["two"]))
    print(f"two threads           {ratio:5.2f} times one thread, 8 lanes")

"""How time and memory grow with the number of places.

usage: scale.py ENGINE NLCSIM SCENARIO [SIZE...]

Makes trees of regions, provinces and municipalities with nearest peers, under the levers of SCENARIO
(the Philippine roadmap), resolves them, and steps 16 runs of 120 months. The first size is what the
others are compared with; it runs in turns with each. Prints nanoseconds an agent-step and the ratio,
bytes an agent and lane, and peak memory of the engine and of a whole `nlcsim run` on two threads. The
largest size is only run for its memory."""
import os
import random
import statistics
import subprocess
import sys
import tempfile

ENGINE, NLCSIM, SCENARIO = sys.argv[1:4]
SIZES = [int(word) for word in sys.argv[4:]] or [1742, 43000, 640000, 1000000]
RUNS, ROUNDS, CHILDREN, PROVINCES = 16, 3, 20, 5


def call(*words, output=subprocess.PIPE):
    """Standard output of a command and its peak memory in MiB."""
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen([str(word) for word in words], stdout=output, stderr=errors, text=True)
        text = process.stdout.read() if process.stdout else ""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            errors.seek(0)
            sys.exit(f"{words}: {errors.read().decode()}")
    return text, usage.ru_maxrss / 1024


def write_nodes(path, size):
    """Provinces of twenty municipalities, regions of five provinces, on a square that grows with them."""
    chance = random.Random(size)
    half = 0.05 * size**0.5 / 2
    half = min(half, 80)
    with open(path, "w", encoding="utf-8", newline="") as out:
        out.write("id,name,tier,parent_id,population,lat,lon,source,head,legacy,income,wave\n")
        out.write("PH,Synthetic,national,,,,,,,,,\n")
        written = 0
        while written < size:
            number, within = divmod(written, 1 + PROVINCES * (1 + CHILDREN))
            province, child = divmod(within - 1, 1 + CHILDREN)
            wave = number % 4 + 1
            region_id = f"R{number}"
            if within == 0:
                centre = (chance.uniform(-half, half), chance.uniform(-half, half))
                out.write(f"{region_id},,region,PH,,{centre[0]:.4f},{centre[1]:.4f},,appointed,,,{wave}\n")
            else:
                place = [centre[k] + chance.uniform(-0.5, 0.5) for k in range(2)]
                tier = "province" if child == 0 else "city" if child == 1 else "municipality"
                parent = f"{region_id}-{province}" if child > 0 else region_id
                name = f"{region_id}-{province}-{child}" if child > 0 else f"{region_id}-{province}"
                out.write(f"{name},,{tier},{parent},{chance.randrange(2000, 90000)},{place[0]:.4f},{place[1]:.4f},,elected,"
                          f"{chance.choice((0, 0.5))},{chance.choice((0.2, 0.4, 0.6, 0.8))},\n")
            written += 1


def make_scenario(folder, size, months):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "scenario.csv"), "w", encoding="utf-8") as out:
        out.write(f"key,value\nformat,1\nextends,{os.path.abspath(SCENARIO)}\nmonths,{months}\nreplicates,{RUNS}\n")
    nodes = os.path.join(folder, "nodes.csv")
    if not os.path.exists(nodes):
        write_nodes(nodes, size)
    return folder


def resolve(folder, settings, path):
    with open(path, "w", encoding="utf-8") as out:
        _, peak = call(NLCSIM, "resolve", folder, *settings, output=out)
    return peak


def engine(path):
    (text, peak) = call(ENGINE, path, RUNS, 0, 1)
    seconds, _, isa, bytes_each = text.split()
    return float(seconds), isa, float(bytes_each), peak


with tempfile.TemporaryDirectory() as work:
    steps, paths, base = {}, {}, []
    for size in SIZES:
        folder = make_scenario(os.path.join(work, str(size)), size, 120)
        # Facilitation and money grow with the places, so that the mix of stages stays the same.
        scale = size / 1742
        settings = ["--set", f"slots@tier=national*={scale}", "--set", f"grant_budget*={scale}"]
        paths[size] = os.path.join(work, f"{size}.txt")
        peak = resolve(folder, settings, paths[size])
        steps[size] = size * 120 * RUNS
        if size == max(SIZES) and len(SIZES) > 2:
            _, run_peak = call(NLCSIM, "run", folder, "-o", os.path.join(work, "out"), "--threads", 2, "--quiet")
            _, _, bytes_each, engine_peak = engine(paths[size])
            print(f"{size:9} places: {bytes_each:.0f} bytes an agent and lane, peak {engine_peak:.0f} MiB engine, "
                  f"{peak:.0f} MiB resolve, {run_peak:.0f} MiB run on two threads", flush=True)
            continue
        each, ratios = [], []
        for _ in range(ROUNDS):
            first = engine(paths[SIZES[0]])[0] / steps[SIZES[0]]
            seconds, isa, bytes_each, engine_peak = engine(paths[size])
            each.append(1e9 * seconds / steps[size])
            ratios.append(seconds / steps[size] / first)
        print(f"{size:9} places: {statistics.median(each):6.2f} ns an agent-step ({isa}), {statistics.median(ratios):.2f} times "
              f"{SIZES[0]}; {bytes_each:.0f} bytes an agent and lane, peak {engine_peak:.0f} MiB engine, {peak:.0f} MiB resolve",
              flush=True)

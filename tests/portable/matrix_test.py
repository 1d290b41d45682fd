"""The same bytes whatever compiled, and wherever it runs: gcc and clang, without and with optimisation,
4, 8 and 16 lanes, 1 and 2 threads, and WebAssembly under Node.

usage: matrix_test.py SOURCE BUILD NLCSIM MODULE

BUILD is a folder for the builds; MODULE may be empty where there is no WebAssembly, which is then said."""
import concurrent.futures
import csv
import hashlib
import itertools
import os
import random
import shutil
import subprocess
import sys
import tempfile

SOURCE, BUILD, NLCSIM, MODULE = (sys.argv + [""])[1:5]
NLCSIM, MODULE = os.path.abspath(NLCSIM), MODULE and os.path.abspath(MODULE)
# More than 16 replicates, so that the second of two threads has work at every width.
SCENARIOS = {"first-steps": "24", "philippines-roadmap": "18", "southeast-asia": "18"}
SETTINGS = {"philippines-roadmap": ["scenario.months=24"], "southeast-asia": ["scenario.months=20"]}
COMPILERS = [(compiler, level) for compiler in ("gcc", "clang") for level in ("0", "2", "3")]
failed = 0


def settings_of(name):
    return [word for setting in SETTINGS.get(name, []) for word in ("--set", setting)]


def call(words, **options):
    result = subprocess.run(words, capture_output=True, text=True, timeout=900, **options)
    if result.returncode != 0:
        raise SystemExit(f"{' '.join(words)}\n{result.stdout}{result.stderr}")
    return result.stdout


def build(compiler, level):
    folder = os.path.join(BUILD, f"{compiler}-O{level}")
    if not os.path.exists(os.path.join(folder, "build.ninja")):
        call(["meson", "setup", folder, SOURCE, "--buildtype=plain", "-Dpage=false", f"-Doptimization={level}"], env=dict(os.environ, CC=compiler))
    call(["ninja", "-C", folder, "nlcsim"])
    return os.path.join(folder, "nlcsim")


def folder_hash(folder):
    total = hashlib.sha256()
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), "rb") as file:
            total.update(name.encode() + b"\0" + file.read())
    return total.hexdigest()[:16]


def run(program, scenario, out, *arguments):
    """The state hashes, and the hash of the folder, which is always written under the same name."""
    shutil.rmtree(out, ignore_errors=True)
    words = [program, "run", scenario, "-o", out, "--quiet", "--hash", *arguments]
    return call(words, cwd=os.path.dirname(out)).strip(), folder_hash(out)


def digest(rows):
    return f"{hashlib.sha256(repr(rows).encode()).hexdigest()[:16]}, {len(rows)} rows"


def compare(name, place, found, expected):
    global failed
    same = found == expected
    failed += not same
    print(f"{'ok    ' if same else 'FAILED'} {name:20} {place:28} {found.splitlines()[0] if isinstance(found, str) else found}", flush=True)


def matrix(work):
    """As many runs at a time as there are processors, each in a folder of its own."""
    programs = {f"{compiler} -O{level}": build(compiler, level) for compiler, level in COMPILERS}
    cells = list(itertools.product(SCENARIOS, programs, ("4", "8", "16"), ("1", "2")))

    def run_cell(cell):
        name, program, lanes, threads = cell
        with tempfile.TemporaryDirectory(dir=work) as folder:
            return run(programs[program], os.path.join(SOURCE, "scenarios", name), os.path.join(folder, name), "--lanes", lanes,
                       "--threads", threads, "--replicates", SCENARIOS[name], *settings_of(name))

    expected = {}
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for (name, program, lanes, threads), (states, files) in zip(cells, pool.map(run_cell, cells)):
            first = expected.setdefault(name, (states, files))
            compare(name, f"{program}, {lanes} lanes, {threads} threads", f"{states.splitlines()[0]} folder {files}",
                    f"{first[0].splitlines()[0]} folder {first[1]}")
            compare(name, "  each country", states, first[0])
    return expected


def webassembly(work, expected):
    if not MODULE:
        print("wasm: not built (needs clang, wasm-ld and wasi-libc)")
        return
    # Where the module is built, it is compared.
    assert os.path.exists(MODULE), f"the build has no {MODULE}"
    assert shutil.which("node"), "the module is built, and there is no node to run it"
    for name, replicates in SCENARIOS.items():
        text = os.path.join(work, name + ".txt")
        with open(text, "w", encoding="utf-8") as file:
            file.write(call([NLCSIM, "resolve", os.path.join(SOURCE, "scenarios", name), *settings_of(name)]))
        states = call(["node", os.path.join(SOURCE, "sim/core/wasm/run.mjs"), MODULE, text, "--replicates", replicates]).strip()
        compare(name, "WebAssembly, 4 lanes", states, expected[name][0])


def shuffled(work, expected):
    """Another order of the rows of nodes.csv changes nothing, in no file of the results."""
    for name, replicates in SCENARIOS.items():
        copy = os.path.join(work, "shuffled", name)
        shutil.copytree(os.path.join(SOURCE, "scenarios", name), copy)
        path = os.path.join(copy, "nodes.csv")
        with open(path, newline="", encoding="utf-8-sig") as file:
            header, *rows = list(csv.reader(file))
        random.Random(237).shuffle(rows)
        with open(path, "w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([header] + rows)
        states, files = run(NLCSIM, copy, os.path.join(work, name), "--replicates", replicates, *settings_of(name))
        compare(name, "rows shuffled", states, expected[name][0])
        compare(name, "rows shuffled, the folder", files, expected[name][1])


def table(out, name):
    with open(os.path.join(out, name), newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def own_places(out, country):
    """Places without a name are counted over all countries; here from the first one of their own."""
    rows = [row for row in table(out, "nodes.csv") if row["country"] == country]
    unnamed = [row for row in rows if not row["name"]]
    for number, row in enumerate(unnamed, 1):
        row["id"] = f"L{number:04}"
    assert unnamed and len(unnamed) < len(rows)
    return rows


def rows_of(out, country, ids):
    """What the results say of a country by itself, file by file: as one of several, or as all there is."""
    def is_own(row):
        return row["country"] == country and all(row.get(key, "all") == "all" for key in ("tier", "wave", "group", "size"))

    runs = [{column.replace(f".country.{country}", ""): value for column, value in row.items()
             if "." not in column or column.endswith(f".country.{country}")} for row in table(out, "runs.csv")]
    places = [row for row in table(out, "roadmap.csv") if row["place"] in ids]
    return {"timeline.csv": [row for row in table(out, "timeline.csv") if is_own(row)],
            "series.csv": [row for row in table(out, "series.csv") if is_own(row)],
            "flows.csv": [row for row in table(out, "flows.csv") if is_own(row)],
            "nodes.csv": own_places(out, country),
            "roadmap.csv": places, "runs.csv": runs}


def alone(work):
    """A country alone, and the same country among others without channels across borders."""
    folder = os.path.join(SOURCE, "scenarios", "southeast-asia")
    arguments = ["--replicates", "8", "--series", "--places", "--set", "scenario.months=24", "--set", "scenario.regional=none"]
    together, _ = run(NLCSIM, folder, os.path.join(work, "together"), *arguments)
    countries = dict(line.split()[1:] for line in together.splitlines() if line.startswith("country"))
    with open(os.path.join(folder, "nodes.csv"), newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    parents = {row["id"]: row["parent_id"] for row in rows}

    def lead(node):
        while parents[node]:
            node = parents[node]
        return node

    for country, state in countries.items():
        copy = os.path.join(work, "alone", country)
        shutil.copytree(folder, copy)
        own = [row for row in rows if lead(row["id"]) == country]
        with open(os.path.join(copy, "nodes.csv"), "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(own)
        keep_rows(copy, own, country)
        states, _ = run(NLCSIM, copy, os.path.join(work, "alone-out"), *arguments)
        compare("southeast-asia", f"{country} alone", dict(line.split()[1:] for line in states.splitlines() if line.startswith("country"))[country],
                state)
        ids = {row["id"] for row in own}
        among = rows_of(os.path.join(work, "together"), country, ids)
        for name, found in rows_of(os.path.join(work, "alone-out"), country, ids).items():
            assert found, f"{country} alone: nothing in {name}"
            compare("southeast-asia", f"{country} alone, {name}", digest(found), digest(among[name]))


def keep_rows(copy, own, country):
    """Lever rows, waves and observations of the other countries mean nothing here and would be refused."""
    ids, tiers = {row["id"] for row in own}, {row["tier"] for row in own}
    waves, groups = {row.get("wave", "") for row in own}, {row.get("group", "") for row in own}
    for name in ("levers.csv", "observed.csv", "waves.csv"):
        path = os.path.join(copy, name)
        if not os.path.exists(path):
            continue
        with open(path, newline="", encoding="utf-8-sig") as file:
            reader = csv.DictReader(file)
            rows, header = list(reader), reader.fieldnames
        kept = [row for row in rows
                if (not row.get("under") or row["under"] in ids) and (not row.get("tier") or row["tier"] in tiers)
                and (not row.get("wave") or row["wave"] in waves) and (not row.get("group") or row["group"] in groups)]
        with open(path, "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, header)
            writer.writeheader()
            writer.writerows(kept)
    path = os.path.join(copy, "scenario.csv")
    with open(path, newline="", encoding="utf-8-sig") as file:
        rows = list(csv.reader(file))
    rows = [[key, "|".join(tier for tier in value.split("|") if tier in tiers)] if key == "adopting" else [key, value] for key, value in rows]
    with open(path, "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)


with tempfile.TemporaryDirectory() as work:
    hashes = matrix(work)
    webassembly(work, hashes)
    shuffled(work, hashes)
    alone(work)
print("the same everywhere" if not failed else f"{failed} differences")
sys.exit(1 if failed else 0)

#!/usr/bin/env python3
"""Do the tests bite? Changes the engine in one place at a time and sees whether a test fails.

The mutants (see mutants.py) of the step of the nlc model and of sim/core are listed, a sample of them is drawn by a
fixed seed, and each is compiled and given to the tests until one fails: the unit tests of the core and of studies
that add up its tallies, lanes.h beside plain arithmetic, and the plain program beside the engine (tests/bench/agree.c);
what is left meets a file's own tests again under the sanitizers.
No test that compares with a stored hash is among them. Kernels are compiled for the processor's widest lanes alone, and
what the preprocessor leaves out there has no mutants. Out of the score are: what does not compile; what compiles to
the same object code; and what equivalent.csv argues to be no change of any result.

  tests/mutation/run.py                           # a sample of 240; a quarter of an hour on two free cores
  tests/mutation/run.py --sample 40 --seed 2      # a quick look
  tests/mutation/run.py --again results.csv       # once more what survived, when a test was written; all is scored
  tests/mutation/run.py --whole                   # survivors meet the limits, the inputs and `nlcsim verify` too: a minute each
  meson test -C build --benchmark mutation        # the same from meson

It works in a copy (--work), never in the source tree. Exit code 1 where less than 90 % are killed or more than 5 %
are argued to be equivalent."""
import argparse
import collections
import csv
import json
import os
import queue
import random
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import threading
import time

sys.dont_write_bytecode = True
import mutants  # noqa: E402, beside this file

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.dirname(os.path.dirname(HERE))
KERNEL = ["models/nlc/kernel.c", "models/nlc/place.h", "models/nlc/record.h", "models/nlc/scratch.h", "models/stages.h"]
CORE = ["sim/core/batch.c", "sim/core/lanes.h", "sim/core/model.c", "sim/core/number.c", "sim/core/philox.h", "sim/core/resolved.c",
        "sim/core/resolved_text.c", "sim/core/sums.c"]
LANES = ["sim/core/lanes.h", "sim/core/philox.h"]
COLUMNS = ["file", "line", "kind", "before", "after", "outcome", "by", "seconds"]
SCENARIOS = ["tests/bench/corners", "scenarios/first-steps", "scenarios/manila-follow-through", "scenarios/donor-cliff",
             "scenarios/kenya-2016-2020", "scenarios/indonesia-2021-2024"]

SANITIZERS = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"]

# Programs of the tests by the object files that are put in the place of the library's, and the arguments of each test:
# the cheap ones first. {…} is filled in by Runner.test.
Test = collections.namedtuple("Test", "name program words")


def widest():
    with open("/proc/cpuinfo", encoding="ascii") as file:
        flags = file.read().split()
    return next((name for name, flag in (("avx512", "avx512f"), ("avx2", "avx2")) if flag in flags), "sse2")


def tests_of(isa, whole):
    unit = [Test(name.replace("_", " "), f"tests/unit/{name}_test", [])
            for name in ("core_resolved", "core_resolved_text", "core_resolved_whole", "core_resolved_limits", "core_sums",
                         "core_model", "core_batch", "core_batch_blocks", "models_nlc", "models_simple", "study_stream",
                         "study_summary", "core_number")]
    lanes = [Test("lanes", f"tests/portable/lanes_{isa}", [])]
    agree = [Test("agree " + os.path.basename(name), "tests/bench/agree", ["{work}/" + os.path.basename(name) + ".txt", "10", "0"])
             for name in SCENARIOS]
    if not whole:
        return lanes + unit + agree
    whole = [Test("verify", "nlcsim", ["verify", "{tree}/tests/verification/cases"])]
    whole += [Test(name, "nlcsim", ["{python}", "{tree}/tests/verification/" + name + "_test.py"]) for name in ("limits", "inputs")]
    return lanes + unit + agree + whole


class Runner:
    def __init__(self, work, jobs, whole):
        self.work, self.jobs, self.isa = work, jobs, widest()
        self.tree, self.build = os.path.join(work, "tree"), os.path.join(work, "tree", "build")
        self.tests = tests_of(self.isa, whole)
        self.lock = threading.Lock()
        self.limits, self.originals, self.sane = {}, {}, {}

    # ---- The tree that everything is built from

    def prepare(self):
        copy_tree(SOURCE, self.tree)
        programs = sorted({test.program for test in self.tests} | {"nlcsim"})
        environment = dict(os.environ, CCACHE_BASEDIR=self.tree, CCACHE_NOHASHDIR="1")
        if not os.path.exists(os.path.join(self.build, "build.ninja")):
            subprocess.run(["meson", "setup", self.build, self.tree, "-Dpage=false"], check=True, stdout=subprocess.DEVNULL,
                           env=environment)
        subprocess.run(["ninja", "-C", self.build, f"-j{self.jobs}", *programs], check=True, stdout=subprocess.DEVNULL, env=environment)
        with open(os.path.join(self.build, "compile_commands.json"), encoding="utf-8") as file:
            self.compiles = json.load(file)
        self.links = {program: self.link_words(program) for program in programs}
        for name in SCENARIOS:
            with open(os.path.join(self.work, os.path.basename(name) + ".txt"), "w", encoding="utf-8") as file:
                subprocess.run([os.path.join(self.build, "nlcsim"), "resolve", os.path.join(self.tree, name)], stdout=file, check=True)

    def link_words(self, program):
        listed = subprocess.run(["ninja", "-C", self.build, "-t", "commands", program], capture_output=True, text=True, check=True)
        return shlex.split(listed.stdout.strip().split("\n")[-1])

    def units(self, name):
        """What has to be compiled for a mutant of a file: (source, a part of the object's name)."""
        kernel = ("models/nlc/kernel.c", f"models/libnlc_{self.isa}.a.p/")
        if name == "models/nlc/scratch.h":
            return [kernel, ("tests/unit/models_nlc_test.c", "models_nlc_test.p/")]
        if name in KERNEL:
            return [kernel]
        if name in LANES:
            return [kernel, ("tests/portable/lanes_test.c", f"lanes_{self.isa}.p/")]
        return [(name, "sim/core/lib")]

    def compile_words(self, source, part):
        """Compile commands of a source, without ccache and at -O1, each with the name of its object."""
        found = []
        for entry in self.compiles:
            words = shlex.split(entry["command"])
            if os.path.normpath(os.path.join(self.build, entry["file"])) != os.path.join(self.tree, source) or part not in entry["output"]:
                continue
            words = [word for word in words if os.path.basename(word) != "ccache"]
            words = ["-O1" if re.fullmatch(r"-O\w", word) else word for word in words]
            drop = {"-MD", "-MQ", "-MF", "-o", "-c"}
            kept = [word for k, word in enumerate(words) if word not in drop and words[k - 1] not in drop - {"-MD", "-c"}
                    and word != entry["file"]]
            found.append((kept + ["-c", entry["file"]], re.sub(r"\W", "_", entry["output"]) + ".o"))
        return found

    def list_mutants(self):
        result = []
        for name in KERNEL + CORE:
            source, part = self.units(name)[0]
            flags = [word for word in self.compile_words(source, part)[0][0] if re.match(r"-(I|D|m|std)", word)]
            path = os.path.join(self.tree, name)
            flags = ["-I" + os.path.join(self.build, word[2:]) if word.startswith("-I") else word for word in flags]
            result += mutants.mutants_of(name, read_text(path), mutants.active_lines(path, flags))
        return result


class Job:
    """One mutant at a time in a tree of its own, beside the libraries of the common one."""

    def __init__(self, runner, number):
        self.runner = runner
        self.folder = os.path.join(runner.work, f"job-{number}")
        self.build = os.path.join(self.folder, "build")
        shutil.rmtree(self.folder, ignore_errors=True)
        for part in ("sim/core", "models", "tests/portable", "tests/unit"):
            shutil.copytree(os.path.join(runner.tree, part), os.path.join(self.folder, part))
        os.makedirs(os.path.join(self.build, "bin"))

    def compile(self, name, extra=()):
        """Object files of a file's units, or None where it does not compile."""
        objects = []
        for source, part in self.runner.units(name):
            for words, target in self.runner.compile_words(source, part):
                path = os.path.join(self.build, target)
                done = subprocess.run([*words, *extra, "-w", "-o", path], cwd=self.build, capture_output=True)
                if done.returncode != 0:
                    return None
                objects.append(path)
        return objects

    def link(self, program, objects, extra=()):
        words = self.runner.links[program]
        path = os.path.join(self.build, "bin", os.path.basename(program))
        own = {os.path.basename(obj) for obj in objects}
        kept = [word for word in words if not (word.endswith(".o") and re.sub(r"\W", "_", word) + ".o" in own)]
        at = kept.index("-o")
        test = re.sub(r"\W", "_", program)
        mine = [obj for obj in objects if not os.path.basename(obj).startswith("tests_") or test in obj]
        subprocess.run([*kept[:at], *extra, "-o", path, *mine, *kept[at + 2:]], cwd=self.runner.build, check=True, capture_output=True)
        return path

    def run(self, test, path, memory="4000000"):
        """True where the test passes. A hang, too much memory and a crash are failures."""
        fill = {"work": self.runner.work, "tree": self.runner.tree, "python": sys.executable}
        words = [word.format(**fill) for word in test.words]
        words = words if words[:1] == [sys.executable] else [path, *words]
        environment = dict(os.environ, NLCSIM=path, NLCSIM_SCENARIOS=os.path.join(self.runner.tree, "scenarios"), CK_FORK="no",
                           CK_VERBOSITY="silent", MESON_SOURCE_ROOT=self.runner.tree, PYTHONDONTWRITEBYTECODE="1",
                           ASAN_OPTIONS="detect_leaks=0")
        seconds = self.runner.limits.get(test.name, 300)
        limited = ["sh", "-c", f'ulimit -t {int(seconds)} -v {memory} -f 400000 -c 0; exec "$@"', "sh", *words]
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            process = subprocess.Popen(limited, cwd=folder, env=dict(environment, TMPDIR=folder), stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL, start_new_session=True)
            try:
                return process.wait(timeout=20 * seconds) == 0
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, 9)
                process.wait()
                return False

    def first_failure(self, objects, tests, extra=(), memory="4000000"):
        linked = {}
        for test in tests:
            if test.program not in linked:
                linked[test.program] = self.link(test.program, objects, extra)
            if not self.run(test, linked[test.program], memory):
                return test.name
        return ""

    def first_error(self, name):
        """As tests/sanitize has it: a file's own tests under the sanitizers, for what reads or writes beside its memory."""
        tests = [test for test in self.order(name)[:4] if test.name != "core number"]
        return self.first_failure(self.compile(name, SANITIZERS), tests, SANITIZERS, "unlimited")

    def learn(self, name):
        """Compiles the unchanged file, and sees that all tests pass on it; their times set the limits."""
        objects = self.compile(name)
        self.runner.originals[name] = [read_bytes(path) for path in objects]
        for test in self.runner.tests:
            if test.name not in self.runner.limits:
                before = os.times()
                if not self.run(test, self.link(test.program, objects)):
                    sys.exit(f"'{test.name}' fails without any mutant")
                after = os.times()
                used = after.children_user + after.children_system - before.children_user - before.children_system
                self.runner.limits[test.name] = 3 + 5 * used

    def order(self, name):
        """A file's own tests first."""
        if name == "models/nlc/scratch.h":
            return sorted(self.runner.tests, key=lambda test: test.name != "models nlc")
        stem = os.path.basename(name)[:-2].split("_")[0]
        own = "agree" if name in KERNEL else "lanes" if name in LANES else "core " + stem
        first = [test for test in self.runner.tests if test.name.startswith(own)]
        lanes = [] if name in LANES else ["lanes"]
        return first + [test for test in self.runner.tests if test not in first and test.name not in lanes]

    def try_mutant(self, mutant):
        path = os.path.join(self.folder, mutant.file)
        text = read_text(path)
        try:
            write_text(path, mutants.mutated(text, mutant))
            objects = self.compile(mutant.file)
            if objects is None:
                return "not compiled", ""
            if [read_bytes(obj) for obj in objects] == self.runner.originals[mutant.file]:
                return "same code", ""
            by = self.first_failure(objects, self.order(mutant.file))
            if by:
                return "killed", by
            if mutant.file not in self.runner.sane:
                write_text(path, text)
                self.runner.sane[mutant.file] = self.first_error(mutant.file) == ""
                write_text(path, mutants.mutated(text, mutant))
            by = self.first_error(mutant.file) if self.runner.sane[mutant.file] else ""
            return ("killed", "sanitizers: " + by) if by else ("survived", "")
        finally:
            write_text(path, text)


def read_text(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def write_text(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def read_bytes(path):
    with open(path, "rb") as file:
        return file.read()


def copy_tree(source, target):
    """Files that differ, so that what was built stays; a new one makes meson look again."""
    os.makedirs(target, exist_ok=True)
    if not os.path.exists(os.path.join(target, "meson.build")):
        shutil.copy(os.path.join(source, "meson.build"), target)
    for folder, names, files in os.walk(source):
        names[:] = [name for name in names if not name.startswith((".", "build", "node_modules", "__pycache__"))]
        inside = os.path.join(target, os.path.relpath(folder, source))
        os.makedirs(inside, exist_ok=True)
        for name in files:
            new, old = os.path.join(folder, name), os.path.join(inside, name)
            if not os.path.exists(old):
                os.utime(os.path.join(target, "meson.build"))
            if not os.path.exists(old) or read_bytes(new) != read_bytes(old):
                shutil.copy(new, old)


def read_equivalents(known):
    """What equivalent.csv argues, as (file, before, after); each must be a mutant that there is."""
    with open(os.path.join(HERE, "equivalent.csv"), newline="", encoding="utf-8") as file:
        rows = {(row["file"], row["line"], row["mutation"]): row["why"] for row in csv.DictReader(file)}
    stale = [key for key, why in rows.items() if key not in known or not why]
    if stale:
        sys.exit("equivalent.csv argues about what is no mutant: " + "; ".join(map(str, stale)))
    return rows


def work_through(runner, chosen, texts, results):
    waiting = queue.Queue()
    for mutant in chosen:
        waiting.put(mutant)
    failures = []

    def loop(job):
        try:
            while True:
                mutant = waiting.get_nowait()
                started = time.monotonic()
                with runner.lock:
                    if mutant.file not in runner.originals:
                        job.learn(mutant.file)
                outcome, by = job.try_mutant(mutant)
                before, after = mutants.change(texts[mutant.file], mutant)
                row = [mutant.file, mutant.line, mutant.kind, before, after, outcome, by, f"{time.monotonic() - started:.1f}"]
                with runner.lock:
                    results.append(dict(zip(COLUMNS, row)))
                    print(f"{waiting.qsize()} left, {outcome:12} {mutant.file}:{mutant.line} {by or after}", flush=True)
                    write_results(runner, results)
        except queue.Empty:
            pass
        except BaseException as error:  # a thread's end must end the run
            failures.append(error)

    threads = [threading.Thread(target=loop, args=(Job(runner, number),)) for number in range(runner.jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def write_results(runner, results):
    with open(os.path.join(runner.work, "results.csv"), "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(results)


def report(results, argued):
    """The score, and true where it is what is asked for."""
    for row in results:
        if row["outcome"] == "survived" and (row["file"], row["before"], row["after"]) in argued:
            row["outcome"] = "equivalent"
    count = collections.Counter(row["outcome"] for row in results)
    print(f"\n{'file':26} killed survived equivalent same-code not-compiled")
    for name in KERNEL + CORE:
        of = collections.Counter(row["outcome"] for row in results if row["file"] == name)
        print(f"{name:26} {of['killed']:6} {of['survived']:8} {of['equivalent']:10} {of['same code']:9} {of['not compiled']:12}")
    for row in results:
        if row["outcome"] == "survived":
            print(f"survived {row['file']}:{row['line']}: {row['before']}\n     ->  {row['after']}")
    compiled = len(results) - count["not compiled"]
    counted = count["killed"] + count["survived"]
    print(f"{len(results)} mutants, {compiled} compiled, {count['same code']} with the same object code, "
          f"{count['equivalent']} argued to be equivalent")
    killed, equal = 100 * count["killed"] / max(counted, 1), 100 * count["equivalent"] / max(compiled, 1)
    print(f"killed {count['killed']} of {counted}: {killed:.1f} %; argued equivalent {equal:.1f} % of those compiled")
    return killed >= 90 and equal <= 5


def choose(options, listed, texts, results, argued):
    """The mutants to try; of an earlier run, what is settled or argued goes to the results."""
    if options.again:
        with open(options.again, newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        known = {(row["file"], row["line"], row["after"]): row for row in rows}
        settled = {key for key, row in known.items() if row["outcome"] not in ("survived", "equivalent")
                   or (row["file"], row["before"], row["after"]) in argued}
        keys = [(mutant, (mutant.file, str(mutant.line), mutants.change(texts[mutant.file], mutant)[1])) for mutant in listed]
        there = {key for _, key in keys} & settled
        results += [row for row in rows if (row["file"], row["line"], row["after"]) in there]
        return [mutant for mutant, key in keys if key in known and key not in settled]
    listed = [mutant for mutant in listed if options.file in mutant.file]
    if options.sample and options.sample < len(listed):
        return random.Random(options.seed).sample(listed, options.sample)
    return listed


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, default=240, metavar="N", help="how many mutants are drawn (240); 0: all")
    parser.add_argument("--seed", type=int, default=237, help="of the sample (237)")
    parser.add_argument("--jobs", type=int, default=2, help="mutants at a time (2)")
    parser.add_argument("--work", default=os.path.join(tempfile.gettempdir(), "nlcsim-mutation"), help="folder to work in; kept")
    parser.add_argument("--file", default="", help="only files with this in their name")
    parser.add_argument("--again", metavar="RESULTS", help="only what survived in an earlier results.csv")
    parser.add_argument("--whole", action="store_true", help="survivors meet the tests of the whole program too")
    parser.add_argument("--list", action="store_true", help="count the mutants and end")
    options = parser.parse_args()
    runner = Runner(os.path.abspath(options.work), options.jobs, options.whole)
    os.makedirs(runner.work, exist_ok=True)
    runner.prepare()
    listed = runner.list_mutants()
    texts = {}
    for name in KERNEL + CORE:
        texts[name] = read_text(os.path.join(runner.tree, name))
        print(f"{name:26} {sum(mutant.file == name for mutant in listed):5} mutants")
    argued = read_equivalents({(mutant.file, *mutants.change(texts[mutant.file], mutant)) for mutant in listed})
    results = []
    chosen = [] if options.list else choose(options, listed, texts, results, argued)
    print(f"{len(listed)} mutants, {len(chosen)} tried, seed {options.seed}, kernels for {runner.isa}", flush=True)
    if options.list:
        return 0
    work_through(runner, chosen, texts, results)
    good = report(results, argued)
    write_results(runner, results)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())

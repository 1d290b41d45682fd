"""The WebAssembly module: it asks nothing of its surroundings, gives out the same states, tallies and views
as a native build of the core, refuses what is no resolved scenario, and its vectors do in every lane what
lanes.h says.

usage: module_test.py SOURCE NLCSIM STATE MODULE"""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

SOURCE, NLCSIM, STATE, MODULE = sys.argv[1:]
RUN = os.path.join(SOURCE, "sim/core/wasm/run.mjs")
SCENARIOS = {"first-steps": 10, "southeast-asia": 6, "manila-follow-through": 9}

# Every function that a module may want from a system answers "not supported".
IMPORTS = """const module = new WebAssembly.Module(require("fs").readFileSync(process.argv[1]));
console.log(WebAssembly.Module.imports(module).map((row) => `${row.module}.${row.name}`).join(" "));"""
FAILURES = """const module = new WebAssembly.Module(require("fs").readFileSync(process.argv[1])), given = {};
for (const { module: from, name } of WebAssembly.Module.imports(module)) (given[from] ??= {})[name] = () => 52;
console.log(new WebAssembly.Instance(module, given).exports.lanes_main());"""


def call(*words):
    return subprocess.run(words, capture_output=True, text=True, timeout=300)


class Module(unittest.TestCase):
    def setUp(self):
        self.work = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.work)

    def resolved(self, name):
        path = os.path.join(self.work, name + ".txt")
        with open(path, "w", encoding="utf-8") as file:
            subprocess.run([NLCSIM, "resolve", os.path.join(SOURCE, "scenarios", name), "--set", "scenario.months=24"],
                           stdout=file, stderr=subprocess.DEVNULL, timeout=300, check=True)
        return path

    def with_model(self, model):
        """first-steps as another model runs it, from two places that have adopted."""
        folder = os.path.join(self.work, model)
        shutil.copytree(os.path.join(SOURCE, "scenarios", "first-steps"), folder)
        path = os.path.join(folder, "scenario.csv")
        with open(path, encoding="utf-8") as file:
            keys = [row for row in file.read().splitlines() if not row.startswith("model,")]
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join([*keys, f"model,{model}", ""]))
        path = os.path.join(folder, "nodes.csv")
        with open(path, encoding="utf-8") as file:
            header, *rows = file.read().splitlines()
        started = [row + (",adopted" if row.startswith(("MER-1-1,", "MER-2-3,")) else ",") for row in rows]
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join([header + ",start_stage", *started, ""]))
        text = os.path.join(self.work, model + ".txt")
        with open(text, "w", encoding="utf-8") as file:
            subprocess.run([NLCSIM, "resolve", folder], stdout=file, stderr=subprocess.DEVNULL, timeout=300, check=True)
        return text

    def test_every_model_the_same_as_native(self):
        models = ["bass", "threshold", "cascade", "contagion", "relay", "degroot", "voter", "training"]
        for model in models:
            with self.subTest(model):
                path = self.with_model(model)
                expected = call(STATE, path, "10")
                found = call("node", RUN, MODULE, path, "--replicates", "10", "--outputs")
                self.assertEqual((found.stdout, found.stderr), (expected.stdout, ""))
                self.assertGreaterEqual(len(found.stdout.splitlines()), 4)

    def test_no_imports(self):
        self.assertEqual(call("node", "-e", IMPORTS, MODULE).stdout, "\n")

    def test_the_same_as_native(self):
        for name, replicates in SCENARIOS.items():
            with self.subTest(name):
                path = self.resolved(name)
                expected = call(STATE, path, str(replicates))
                found = call("node", RUN, MODULE, path, "--replicates", str(replicates), "--outputs")
                self.assertEqual((found.stdout, found.stderr), (expected.stdout, ""))
                self.assertGreaterEqual(len(found.stdout.splitlines()), 4)

    def test_another_seed_is_another_state(self):
        path = self.resolved("first-steps")
        states = {call("node", RUN, MODULE, path, "--replicates", "3", "--seed", seed).stdout.splitlines()[0]
                  for seed in ("1", "2", str(2**32 + 1), str(2**64 - 1))}
        self.assertEqual(len(states), 4)

    def test_wrong_text(self):
        with open(self.resolved("first-steps"), encoding="utf-8") as file:
            text = file.read()
        path = os.path.join(self.work, "wrong.txt")
        for wrong, message in (("", "line 0: this is not a resolved scenario"),
                               (text.replace("\nnames\tyes\n", "\nnames\tmaybe\n"), "line 7: this word is not known here")):
            with open(path, "w", encoding="utf-8") as file:
                file.write(wrong)
            result = call("node", RUN, MODULE, path)
            self.assertEqual((result.returncode, result.stdout, result.stderr), (2, "", f"run.mjs: {message}\n"))

    def test_wrong_arguments(self):
        for words, message in (([], "usage: "), ([MODULE, MODULE, "--replicate", "3"], "'--replicate' is not an option; "),
                               ([MODULE, MODULE, "--replicates", "-3"], "--replicates '-3': expected a whole number")):
            result = call("node", RUN, *words)
            self.assertEqual(result.returncode, 2)
            self.assertIn(message, result.stderr)

    def test_lanes(self):
        """lanes_test.c in the vectors of WebAssembly; its own printing goes nowhere, its result comes back."""
        program = os.path.join(self.work, "lanes.wasm")
        folder = os.path.join(SOURCE, "tests", "portable")
        built = call("clang", "--target=wasm32-wasi", "-msimd128", "-mbulk-memory", "-std=c11", "-O2", "-ffp-contract=off", "-DNLC_LANES=4",
                     "-DNLC_ISA_SIMD128", "-Dmain=lanes_main", "-I" + os.path.join(SOURCE, "sim/core"), "-c",
                     os.path.join(folder, "lanes_test.c"), "-o", program + ".o")
        self.assertEqual((built.returncode, built.stderr), (0, ""))
        linked = call("wasm-ld", "--no-entry", "--export=lanes_main", program + ".o", "-L/usr/lib/wasm32-wasi", "-lc", "-o", program)
        self.assertEqual((linked.returncode, linked.stderr), (0, ""))
        result = call("node", "-e", FAILURES, program)
        self.assertEqual((result.stdout, result.stderr), ("0\n", ""))


if not MODULE or not shutil.which("node"):
    print("skipped: needs clang, wasm-ld, wasi-libc and node")
    sys.exit(77)
unittest.main(argv=sys.argv[:1], verbosity=2)

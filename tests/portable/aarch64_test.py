"""The same states on another kind of processor: the core and the models compiled for aarch64, run by qemu.

usage: aarch64_test.py SOURCE NLCSIM STATE

Skipped where Debian's gcc-aarch64-linux-gnu, libc6-dev-arm64-cross and qemu-user are not installed."""
import glob
import os
import shutil
import subprocess
import sys
import tempfile

SOURCE, NLCSIM, STATE = (os.path.abspath(path) for path in sys.argv[1:])
COMPILER, EMULATOR = "aarch64-linux-gnu-gcc", "qemu-aarch64"
SCENARIOS = {"first-steps": "10", "southeast-asia": "9"}
FLAGS = ["-std=c11", "-ffp-contract=off", "-D_POSIX_C_SOURCE=200809L", "-Wno-psabi", "-Isim/core", "-Imodels"]
MODELS = sorted(os.path.basename(os.path.dirname(path)) for path in glob.glob(os.path.join(SOURCE, "models", "*", "kernel.c")))
CORE = sorted(glob.glob("sim/core/*.c", root_dir=SOURCE))
SOURCES = CORE + [f"models/{name}/{name}.c" for name in MODELS] + ["models/models.c", "tests/portable/state.c", "tests/portable/folding.c"]


def call(*words):
    result = subprocess.run(words, cwd=SOURCE, capture_output=True, text=True, timeout=600)
    if result.returncode != 0:
        sys.exit(f"{' '.join(words)}\n{result.stdout}{result.stderr}")
    return result.stdout


def build(work, level):
    kernels = []
    for model in MODELS:
        for lanes in (4, 8, 16):
            kernels.append(os.path.join(work, f"{model}{lanes}.o"))
            call(COMPILER, *FLAGS, *level, f"-DNLC_LANES={lanes}", f"-DNLC_KERNEL_NAME=nlc_kernel_{model}_plain{lanes}",
                 '-DNLC_ISA_NAME="plain"', "-c", f"models/{model}/kernel.c", "-o", kernels[-1])
    program = os.path.join(work, "state")
    call(COMPILER, *FLAGS, *level, "-static", *SOURCES, *kernels, "-lm", "-o", program)
    return program


def main(work):
    failed = 0
    # At -O3 gcc 12 stops with an internal error in the kernel of 8 lanes, unless told -fno-tree-slp-vectorize.
    for level in (["-O0"], ["-O3", "-fno-tree-slp-vectorize"]):
        program = build(work, level)
        for name, replicates in SCENARIOS.items():
            text = os.path.join(work, name)
            with open(text, "w", encoding="utf-8") as file:
                file.write(call(NLCSIM, "resolve", os.path.join(SOURCE, "scenarios", name), "--set", "scenario.months=12"))
            expected, found = call(STATE, text, replicates), call(EMULATOR, program, text, replicates)
            failed += expected != found
            print(f"{'ok    ' if expected == found else 'FAILED'} {name:16} aarch64 {level[0]} {found.splitlines()[0]}", flush=True)
    return 1 if failed else 0


if not shutil.which(COMPILER) or not shutil.which(EMULATOR):
    print(f"skipped: needs {COMPILER} and {EMULATOR}")
    sys.exit(77)
with tempfile.TemporaryDirectory() as folder:
    sys.exit(main(folder))

"""The example scripts draw a results folder, where their program is installed (exit 77 where it is not).

usage: plots_test.py NLCSIM SOURCE python|r|gnuplot"""
import os
import shutil
import subprocess
import sys
import tempfile

NLCSIM, SOURCE, PROGRAM = sys.argv[1:4]
EXAMPLES = os.path.join(SOURCE, "output", "examples")
SKIPPED = 77


def python_with_matplotlib():
    for python in (sys.executable, "/usr/bin/python3"):
        if subprocess.run([python, "-c", "import matplotlib"], capture_output=True).returncode == 0:
            return python
    return None


def command(results, out):
    if PROGRAM == "python":
        return [python_with_matplotlib(), os.path.join(EXAMPLES, "plot.py"), results, out]
    if PROGRAM == "r":
        return [shutil.which("Rscript"), os.path.join(EXAMPLES, "plot.R"), results, out]
    return [shutil.which("gnuplot"), "-e", f"results='{results}'; out='{out}'", os.path.join(EXAMPLES, "plot.gnuplot")]


with tempfile.TemporaryDirectory() as folder:
    results = os.path.join(folder, "results")
    out = os.path.join(folder, "out.png" if PROGRAM == "python" else "out.svg")
    words = command(results, out)
    if words[0] is None:
        print(f"{PROGRAM} is not installed")
        sys.exit(SKIPPED)
    subprocess.run([NLCSIM, "run", os.path.join(SOURCE, "scenarios", "first-steps"), "--replicates", "8", "--quiet", "-o", results],
                   check=True)
    done = subprocess.run(words, capture_output=True, text=True, timeout=120,
                          env=dict(os.environ, MPLCONFIGDIR=folder))
    print(done.stdout, done.stderr)
    if done.returncode != 0:
        sys.exit("the script failed")
    with open(out, "rb") as file:
        picture = file.read()
    known = picture.startswith(b"\x89PNG") or b"<svg" in picture
    if not known or len(picture) < 4000:
        sys.exit(f"no picture came out: {len(picture)} bytes")
    if b"warning" in done.stderr.lower().encode():
        sys.exit("the script warns")
print("drawn")

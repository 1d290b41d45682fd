"""Examples in documents do what they show: in ```console blocks each line after `$ ` is run, and what
follows it is what it prints. The picture in the README is the chart of its first command.

usage: examples_test.py NLCSIM SOURCE DOCUMENT..."""
import os
import re
import subprocess
import sys
import tempfile

NLCSIM, SOURCE, *documents = sys.argv[1:]
environment = dict(os.environ, LC_ALL="C.UTF-8", PATH=os.path.dirname(os.path.abspath(NLCSIM)) + ":" + os.environ["PATH"])
failed = 0


def shell(command, folder):
    result = subprocess.run(command, shell=True, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return result.stdout


def compare(document, command, found, shown):
    global failed
    same = found.strip() == shown.strip()
    failed += not same
    print("ok    " if same else "FAILED", os.path.basename(document), "$", command)
    if not same:
        print("shown:", shown.strip(), "found:", found.strip(), sep="\n")


for document in documents:
    with open(document, encoding="utf-8") as file:
        text = file.read()
    with tempfile.TemporaryDirectory() as folder:
        os.symlink(os.path.join(SOURCE, "scenarios"), os.path.join(folder, "scenarios"))
        for block in re.findall(r"```console\n(.*?)```", text, re.S):
            for command, shown in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.M):
                compare(document, command, shell(command, folder), shown)
        chart = re.search(r"```\n([^\n]* runs, seed 1\n100 %\|.*?)```", text, re.S)
        if chart:
            command = "nlcsim " + re.search(r"build/nlcsim (run [^\n]*)", text).group(1)
            printed = shell(command, folder).split("median (5-95")[0]
            compare(document, command + " (its chart)", "\n".join(line.rstrip() for line in printed.splitlines()),
                    "\n".join(line.rstrip() for line in chart.group(1).splitlines()))
sys.exit(1 if failed else 0)

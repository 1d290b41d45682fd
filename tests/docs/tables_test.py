"""The tables in documents are those that the program prints: between `<!-- table NAME -->` and `<!-- end -->`.
A document stands in the folder of the model that its tables are of.

usage: tables_test.py NLCSIM DOCUMENT... [--write]   (--write puts them in)"""
import os
import re
import subprocess
import sys

NLCSIM, *rest = sys.argv[1:]
WRITE = "--write" in rest
documents = [word for word in rest if word != "--write"]
failed = 0


def printed(match, model):
    table = subprocess.run([NLCSIM, "describe", match.group(1), "--model", model, "--format", "markdown"],
                           capture_output=True, text=True, check=True).stdout
    return f"<!-- table {match.group(1)} -->\n{table.strip()}\n<!-- end -->"


for document in documents:
    with open(document, encoding="utf-8") as file:
        text = file.read()
    model = os.path.basename(os.path.dirname(os.path.abspath(document)))
    made, num = re.subn(r"<!-- table (\w+) -->\n.*?<!-- end -->", lambda match: printed(match, model), text, flags=re.S)
    print(f"{document}: {num} tables, {'as printed' if made == text else 'DIFFERENT; write them with --write'}")
    failed += made != text or num == 0
    if WRITE and made != text:
        with open(document, "w", encoding="utf-8") as file:
            file.write(made)
sys.exit(1 if failed and not WRITE else 0)

"""Broken tables of studies: at least three examples for each column of study.csv, factors.csv and targets.csv, made from
the table of columns that the program itself works from, and examples for the tables that a study names. Each must be
refused with exit code 2 and exactly the messages in broken/expected_study.csv, file and line included, with nothing
half-written; the good tables are not.

broken_study_test.py --write writes what the program says now; read it before it is committed."""
import csv
import io
import os
import subprocess
import sys
import tempfile

PROGRAM = os.environ["NLCSIM"]
SCENARIOS = os.environ["NLCSIM_SCENARIOS"]
EXPECTED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "broken", "expected_study.csv")

FACTORS = [["name", "role", "kind", "low", "high", "levels", "distribution", "scale"],
           ["resourcing", "lever", "real", "0.5", "2", "3", "", ""],
           ["draft_hazard", "uncertainty", "real", "0.01", "0.08", "3", "uniform", "linear"]]
STUDY = [["key", "value"], ["title", "Test"], ["scenario", "../scenario"], ["replicates", "2"], ["seed", "3"],
         ["outcomes", "functioning_end|adopted_end"]]
# Line 3 of each table is broken, or the key of study.csv. A design takes its own keys.
DESIGNS = {
    "lhs": {"study.csv": STUDY + [["design", "lhs"], ["points", "4"], ["stop", "functioning_end:20%:4"]], "factors.csv": FACTORS},
    "morris": {"study.csv": STUDY + [["design", "morris"], ["points", "2"], ["candidates", "4"]], "factors.csv": FACTORS},
    "crossed": {"study.csv": STUDY + [["design", "crossed"], ["sample", "sample.csv"]], "factors.csv": FACTORS,
                "sample.csv": [["draft_hazard"], ["0.02"], ["0.03"], ["0.05"]]},
    "list": {"study.csv": STUDY + [["design", "list"]], "factors.csv": FACTORS,
             "points.csv": [["resourcing", "draft_hazard"], ["0.5", "0.02"], ["1", "0.03"]]},
}
DESIGN_OF = {"candidates": "morris", "sample": "crossed"}
TARGETS = [["functioning", "month", "probability", "outcome", "at_least", "at_most", "label"],
           ["80", "30", "0.4", "", "", "", "most of them"], ["", "", "0.5", "y", "4", "8", "half"]]
TABLE = [["choice", "a", "cost_end", "y", "months_to_functioning_80"]] + [
    [("one", "two")[k % 2], str(k // 2), str(1 + k % 2), str(k * 7 % 11), str(20 + k)] for k in range(16)]
BY_TYPE = {"number": ["much", "1,5", "1e999", "--1", "nan"], "integer": ["1.5", "-1", "a few"]}
BY_COLUMN = {
    ("study.csv", "scenario"): ["", "nowhere", "study.csv"],
    ("study.csv", "sample"): ["", "nowhere.csv", "study.csv"],
    ("study.csv", "outcomes"): ["functoning_end", "adopted_end|", "adopted_end.tier.cty"],
    ("study.csv", "stop"): ["functioning_end", "functioning_end:0", "functoning_end:5%", "functioning_end:x:4"],
    ("study.csv", "points"): ["0"],
    ("study.csv", "seed"): ["18446744073709551616"],
    ("factors.csv", "name"): ["", "draft_hazrd", "resourcing", "meetngs"],
    ("factors.csv", "low"): ["", "0.09", "-1"],
    ("factors.csv", "high"): ["", "0.001", "7"],
    ("factors.csv", "levels"): ["1", "0.01|x", "2.5", "-3"],
    ("factors.csv", "distribution"): ["normal", "triangular:0.5", "beta:0:1", "unifrm", "normal:0.02:0"],
    ("targets.csv", "functioning"): ["101", "81"],
    ("targets.csv", "probability"): ["", "0", "1.5"],
    ("targets.csv", "outcome"): ["z", "cost"],
}


def columns():
    text = subprocess.run([PROGRAM, "describe", "columns", "--format", "csv"], capture_output=True, text=True, check=True).stdout
    return [row for row in csv.DictReader(io.StringIO(text)) if row["file"] in ("study.csv", "factors.csv", "targets.csv")]


def wrong_cells(column):
    cells = list(BY_COLUMN.get((column["file"], column["column"]), []))
    if column["choices"]:
        first = column["choices"].split("|")[0]
        cells += ["foo", first + "x", first.upper() + " " + first]
    else:
        cells += BY_TYPE.get(column["type"], [])
    for bound, step in (("low", -1), ("high", 1)):
        if column[bound] and column["type"] in ("number", "integer"):
            cells.append(str(int(float(column[bound])) + step))
    return list(dict.fromkeys(cells + ["\x01", "\udcff", "bad\x00"]))


def good(design):
    tables = DESIGNS[design] if design else {"targets.csv": TARGETS}
    return {name: [list(row) for row in rows] for name, rows in tables.items()}


def broken(column, cell):
    file, name = column["file"], column["column"]
    tables = good(None if file == "targets.csv" else DESIGN_OF.get(name, "lhs"))
    rows = tables[file]
    if file == "study.csv":
        next(row for row in rows if row[0] == name)[1] = cell
    else:
        if name in ("functioning", "month"):
            rows[1:] = rows[:0:-1]
        rows[2][rows[0].index(name)] = cell
    return tables


def cases():
    """name -> tables"""
    made = {}
    for column in columns():
        file, name = column["file"], column["column"]
        for cell in wrong_cells(column):
            shown = cell.encode("utf-8", "surrogateescape").decode("latin-1").encode("unicode_escape").decode()
            made[f"{file} {name}={shown}"] = broken(column, cell)
        if file == "study.csv":
            tables = good("lhs")
            tables[file].append([name + "s", "1"])
            made[f"{file} key {name}s"] = tables
        else:
            tables = good("lhs" if file == "factors.csv" else None)
            tables[file][0][tables[file][0].index(name)] += "s"
            made[f"{file} header {name}s"] = tables
    for design, file in (("lhs", "study.csv"), ("lhs", "factors.csv"), (None, "targets.csv"), ("list", "points.csv"), ("crossed", "sample.csv")):
        changes = {"a row too long": lambda rows: rows[2].append("more"), "a column twice": lambda rows: rows[0].append(rows[0][0]),
                   "a cell that is no number": lambda rows: rows[2].__setitem__(0, "much"),
                   "header only": lambda rows: rows.__delitem__(slice(1, None)), "no line": lambda rows: rows.clear()}
        for what, change in changes.items():
            tables = good(design)
            change(tables[file])
            made[f"{file}: {what}"] = tables
    for design, file in (("lhs", "study.csv"), ("lhs", "factors.csv"), ("list", "points.csv"), ("crossed", "sample.csv")):
        tables = good(design)
        del tables[file]
        made[f"without {file}"] = tables
    return made


def write_table(path, rows):
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    with open(path, "wb") as file:
        file.write(out.getvalue().encode("utf-8", "surrogateescape"))


def messages(tables):
    """(exit code, what is said)"""
    with tempfile.TemporaryDirectory() as base:
        for name in ("S", "scenario"):
            os.mkdir(os.path.join(base, name))
        write_table(os.path.join(base, "scenario", "scenario.csv"), [["key", "value"], ["extends", f"{SCENARIOS}/first-steps"], ["months", "4"]])
        write_table(os.path.join(base, "table.csv"), TABLE)
        for name, rows in tables.items():
            write_table(os.path.join(base, "S", name), rows)
        words = ["sweep", "S", "-o", "out", "--quiet"]
        if "targets.csv" in tables:
            words = ["analyse", "select", "--from", "table.csv", "--output", "y", "--levers", "choice", "--targets", "S/targets.csv", "-o", "out",
                     "--quiet"]
        result = subprocess.run([PROGRAM, *words], cwd=base, capture_output=True, timeout=120)
        text = result.stderr.decode("utf-8", "replace").strip()
        if result.returncode != 0 and os.path.exists(os.path.join(base, "out")):
            text += "LEFT BEHIND: out"
        return result.returncode, text


def main():
    failed = 0
    for design in (*DESIGNS, None):
        code, text = messages(good(design))
        if code != 0:
            failed += 1
            print(f"FAILED the good tables of {design or 'select'}: exit {code}: {text}")
    found = {name: messages(tables) for name, tables in cases().items()}
    if "--write" in sys.argv:
        with open(EXPECTED, "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["case", "messages"])
            writer.writerows((name, text) for name, (_, text) in found.items())
    with open(EXPECTED, newline="", encoding="utf-8") as file:
        expected = {row["case"]: row["messages"] for row in csv.DictReader(file)}
    for name, (code, text) in found.items():
        if code != 2 or text != expected.get(name):
            failed += 1
            print(f"FAILED {name!r}: exit {code}\n  said     {text}\n  expected {expected.get(name)}")
    for column in columns():
        num = sum(name.startswith(f"{column['file']} {column['column']}=") for name in found)
        if num < 3:
            failed += 1
            print(f"FAILED {column['file']} {column['column']}: only {num} broken examples")
    print(f"{len(found)} broken tables of studies, {failed} failed")
    return 1 if failed else 0


sys.exit(main())

"""Broken input: at least three examples for each column of each file, made from the table of columns that the
program itself works from, and examples for each rule of the format. Each must be refused with exit code 2 and
exactly the messages in broken/expected.csv, file and line included, with nothing half-written.

broken_test.py --write writes what the program says now; read it before it is committed."""
import csv
import io
import os
import shutil
import subprocess
import sys
import tempfile

PROGRAM = os.environ["NLCSIM"]
HERE = os.path.dirname(os.path.abspath(__file__))
EXPECTED = os.path.join(HERE, "broken", "expected.csv")

# A good folder with every table and every column filled; line 3 of each is the one that is broken.
GOOD = {
    "scenario.csv": [["key", "value"], ["format", "1"], ["title", "Test"], ["model", "nlc"], ["start", "2024-01"], ["months", "24"],
                     ["replicates", "8"], ["seed", "3"], ["networks", "2"], ["adopting", "city"], ["peers", "nearest:2"],
                     ["regional", "none"], ["waves", "listed"], ["names", "no"]],
    "nodes.csv": [["id", "name", "tier", "parent_id", "population", "lat", "lon", "source", "head", "legacy", "income", "slots", "wave",
                   "group", "start_stage", "start_awareness", "start_role", "start_capacity", "start_trust", "start_formalisation",
                   "start_funds", "start_reliance"],
                  ["AB", "Aland", "national", "", "900000", "1.5", "100.5", "test"] + [""] * 14,
                  ["AB-1", "First", "province", "AB", "400000", "1.25", "100.25", "test", "elected", "0.5", "0.6", "7", "one", "north",
                   "aware", "0.3", "0.4", "0.2", "0.5", "0.1", "2", "0.6"],
                  ["AB-1-1", "City", "city", "AB-1", "40000", "1.5", "100.75", "test", "elected", "0.5", "0.6", "", "one", "north",
                   "", "", "", "", "", "", "", ""],
                  ["AB-1-2", "Town", "city", "AB-1", "20000", "1.75", "100.5", "test", "appointed", "0", "0.3", "", "two", "south",
                   "", "", "", "", "", "", "", ""],
                  ["AB-2", "Top", "city", "AB", "70000", "2.5", "101", "test"] + [""] * 4 + ["two", "south"] + [""] * 8],
    "agencies.csv": [["id", "name", "country", "sector", "slots", "weight"], ["POL", "Police", "AB", "security", "", "0.5"],
                     ["SOC", "Social", "AB", "service", "4", "0.5"]],
    "channels.csv": [["from", "to", "kind", "weight", "both"], ["AB", "AB-1-2", "direct", "0.4", "yes"],
                     ["AB-1", "AB-1-1", "line", "0.7", "yes"]],
    "waves.csv": [["wave", "start", "label"], ["one", "1", "First"], ["two", "2024-07", "Second"]],
    "levers.csv": [["lever", "from", "to", "under", "tier", "wave", "group", "how", "value", "note"],
                   ["slots", "", "", "", "", "", "", "set", "9", ""],
                   ["meetings", "2024-02", "w+9", "AB-1", "city", "one", "north", "set", "6", "note"]],
    "parameters.csv": [["name", "value", "evidence", "source"], ["report_noise", "0.6", "assumption", "test"],
                       ["draft_hazard", "0.02", "tuned", "test"]],
    "observed.csv": [["date", "under", "tier", "group", "measure", "value", "total", "error", "source"],
                     ["2024-06-30", "", "city", "", "adopted", "1", "3", "1", "test"],
                     ["2025-01-31", "AB-1", "city", "north", "adopted", "1", "2", "1", "test"]],
}
BYTES = ["\x00", b"\xff", "\x07"]

# Wrong cells by the type that the program's table gives a column, and more for columns that name something.
BY_TYPE = {
    "number": ["much", "1,5", "1e99", "--1", "nan"],
    "integer": ["1.5", "-1", "a few", "1e1x"],
    "yearmonth": ["2024-13", "2024", "January 2024"],
    "string": [],
}
BY_COLUMN = {
    ("nodes.csv", "id"): ["", "AB-1-1", "x" * 300],
    ("nodes.csv", "tier"): ["", "x" * 300],
    ("nodes.csv", "parent_id"): ["AB-9", "ab", "AB-1", "AB-1-1"],
    ("nodes.csv", "slots"): ["many", "-1", "2e9"],
    ("nodes.csv", "wave"): ["three", "On", "x" * 300],
    ("nodes.csv", "start_stage"): ["adopted"],
    ("agencies.csv", "id"): ["", "AB", "POL"],
    ("agencies.csv", "country"): ["", "AC", "AB-1"],
    ("agencies.csv", "sector"): ["lead"],
    ("agencies.csv", "slots"): ["many", "-1", "2e9"],
    ("channels.csv", "from"): ["", "AB-9", "AB-1-1", "POL"],
    ("channels.csv", "to"): ["", "AB-9", "AB-2", "POL"],
    ("channels.csv", "kind"): ["peer", "regional", "direct", "oversight"],
    ("channels.csv", "weight"): ["0"],
    ("waves.csv", "wave"): ["", "one", "three"],
    ("waves.csv", "start"): ["", "0", "w+3", "2024-13", "soon"],
    ("levers.csv", "lever"): ["", "meetngs", "grant_budget", "slot"],
    ("levers.csv", "from"): ["w+x", "0", "2024-13"],
    ("levers.csv", "to"): ["w-3", "-4", "2024/05", "2023-01"],
    ("levers.csv", "under"): ["AB-9", "Aland", "AB-2"],
    ("levers.csv", "tier"): ["cty", "town", "national"],
    ("levers.csv", "wave"): ["three", "two", "ONE"],
    ("levers.csv", "group"): ["west", "south", "Nort"],
    ("levers.csv", "value"): ["", "often", "-1", "2000", "unlimited"],
    ("parameters.csv", "name"): ["", "report_nois", "report_noise", "meetings"],
    ("parameters.csv", "value"): ["", "much", "2", "-0.1"],
    ("observed.csv", "date"): ["", "2024-02-30", "30.6.2024", "2024"],
    ("observed.csv", "under"): ["AB-9", "Ab", "POL"],
    ("observed.csv", "tier"): ["cty", "town", "CITY"],
    ("observed.csv", "group"): ["west", "nort", "1"],
    ("observed.csv", "measure"): ["", "adoptd", "meetings"],
    ("observed.csv", "value"): ["", "most", "3"],
    ("observed.csv", "total"): ["0"],
    ("observed.csv", "error"): ["-1"],
    ("scenario.csv", "format"): ["2", "0"],
    ("scenario.csv", "model"): ["ncl", "brass band"],
    ("scenario.csv", "extends"): ["nowhere", ".", "nodes.csv"],
    ("scenario.csv", "adopting"): ["", "cty", "city|", "city|city"],
    ("scenario.csv", "peers"): ["nearest", "nearest:0", "near:3", "smallworld:4:2", "random:-1", "file:2", "nearest:x"],
    ("scenario.csv", "regional"): ["central", "central:0", "some", "file:1"],
    ("scenario.csv", "waves_number"): ["3"],
    ("scenario.csv", "waves_start"): ["3", "0", "x"],
    ("scenario.csv", "waves_gap"): ["6"],
    ("scenario.csv", "waves_unit"): ["block"],
    ("scenario.csv", "months"): ["0", "1201"],
    ("scenario.csv", "replicates"): ["0"],
    ("scenario.csv", "seed"): ["18446744073709551616"],
    ("scenario.csv", "networks"): ["0", "1001"],
}


def columns():
    text = subprocess.run([PROGRAM, "describe", "columns", "--format", "csv"], capture_output=True, text=True, check=True).stdout
    rows = list(csv.DictReader(io.StringIO(text)))
    # The tables of a scenario come first; then those of a study, which are broken in broken_study_test.py, and those
    # of results, one of them nodes.csv again.
    return rows[:[row["file"] for row in rows].index("study.csv")]


def table_bytes(rows):
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8", "surrogateescape")


def write_folder(folder, tables):
    for name, rows in tables.items():
        data = rows if isinstance(rows, bytes) else table_bytes(rows)
        with open(os.path.join(folder, name), "wb") as file:
            file.write(data)


def copy_of_good():
    return {name: [list(row) for row in rows] for name, rows in GOOD.items()}


def wrong_cells(column):
    name = (column["file"], column["column"])
    cells = list(BY_COLUMN.get(name, []))
    if column["choices"]:
        first = column["choices"].split("|")[0]
        cells += ["foo", first + "x", first.upper() + " " + first]
    if not column["choices"]:
        cells += BY_TYPE.get(column["type"], [])
    for bound, step in (("low", -1), ("high", 1)):
        if column[bound] and column["type"] in ("number", "integer"):
            cells.append(str(int(float(column[bound])) + step))
    cells += ["\x01", "\udcff", "bad\x00"]
    return cells


def cases():
    """name -> tables"""
    made = {}
    for column in columns():
        file, name = column["file"], column["column"]
        for cell in wrong_cells(column):
            tables = copy_of_good()
            rows = tables[file]
            if file == "scenario.csv":
                at = next((row for row in rows if row[0] == name), None)
                if at:
                    at[1] = cell
                else:
                    rows.append([name, cell])
            elif name in rows[0]:
                rows[2][rows[0].index(name)] = cell
            else:
                raise SystemExit(f"the good folder has no column {name} in {file}")
            shown = cell.encode("utf-8", "surrogateescape").decode("latin-1").encode("unicode_escape").decode()
            made[f"{file} {name}={shown if len(shown) < 40 else shown[:10] + '...'}"] = tables
        tables = copy_of_good()
        if file != "scenario.csv":
            tables[file][0][tables[file][0].index(name)] = name + "s"
            made[f"{file} header {name}s"] = tables
            if column["required"] == "yes":
                tables = copy_of_good()
                at = tables[file][0].index(name)
                tables[file] = [row[:at] + row[at + 1:] for row in tables[file]]
                made[f"{file} without {name}"] = tables
    made.update(rules())
    return made


def rules():
    """What no single column says."""
    made = {}

    def case(name, file, change):
        tables = copy_of_good()
        result = change(tables[file])
        if result is not None:
            tables[file] = result
        made[name] = tables

    for file in GOOD:
        case(f"{file}: a row too short", file, lambda rows: rows[2].pop() and None)
        case(f"{file}: a row too long", file, lambda rows: rows[2].append("more"))
        case(f"{file}: a column twice", file, lambda rows: [row + [row[0]] for row in rows])
        case(f"{file}: an unknown column", file, lambda rows: [rows[0] + ["ethnicity"]] + [row + ["x"] for row in rows[1:]])
        case(f"{file}: empty", file, lambda rows: b"")
        case(f"{file}: blank lines alone", file, lambda rows: b"\n\n\n")
        case(f"{file}: a quote left open", file, lambda rows: b',"'.join(table_bytes(rows).rsplit(b",", 1)))
        case(f"{file}: tab-separated", file, lambda rows: table_bytes(rows).replace(b",", b"\t"))
        case(f"{file}: UTF-16", file, lambda rows: table_bytes(rows).decode().encode("utf-16"))
    for file in ("scenario.csv", "nodes.csv"):
        tables = copy_of_good()
        del tables[file]
        made[f"without {file}"] = tables
    case("nodes.csv: header only", "nodes.csv", lambda rows: rows[:1])
    case("nodes.csv: no lead", "nodes.csv", lambda rows: rows[1].__setitem__(3, "AB-1"))
    case("nodes.csv: parents in a circle", "nodes.csv", lambda rows: rows[2].__setitem__(3, "AB-1-1"))
    case("nodes.csv: parents in a circle, and a lever row above them", "nodes.csv", lambda rows: rows[2].__setitem__(3, "AB-1-1"))
    made["nodes.csv: parents in a circle, and a lever row above them"]["levers.csv"][2][3] = "AB"
    case("nodes.csv: only a lead", "nodes.csv", lambda rows: rows[:2])
    case("scenario.csv: a key twice", "scenario.csv", lambda rows: rows.append(["months", "12"]))
    case("scenario.csv: an unknown key", "scenario.csv", lambda rows: rows.append(["month", "12"]))
    case("scenario.csv: waves largest without population", "scenario.csv",
         lambda rows: rows.extend([["waves_number", "2"], ["waves_gap", "6"]]) or rows[12].__setitem__(1, "largest"))
    made["scenario.csv: waves largest without population"]["nodes.csv"][3][4] = ""
    case("channels.csv: a channel twice", "channels.csv", lambda rows: rows.append(list(rows[2])))
    case("channels.csv: a channel to itself", "channels.csv", lambda rows: rows.append(["AB-2", "AB-2", "peer", "1", "yes"]))
    case("levers.csv: months behind one another", "levers.csv", lambda rows: rows[2].__setitem__(2, "2024-01"))
    case("levers.csv: scaled out of bounds", "levers.csv", lambda rows: rows.append(["two_way", "", "", "", "", "", "", "scale", "9", ""]))
    case("levers.csv: added out of bounds", "levers.csv", lambda rows: rows.append(["grant", "", "", "", "", "", "", "add", "-1", ""]))
    case("levers.csv: a country lever for a tier", "levers.csv",
         lambda rows: rows.append(["grant_budget", "", "", "", "city", "", "", "set", "9", ""]))
    case("levers.csv: half a switch", "levers.csv", lambda rows: rows.append(["deadline", "", "", "", "", "", "", "set", "0.5", ""]))
    for k in range(10):
        tables = copy_of_good()
        tables["nodes.csv"][2][9] = f"{k + 2}"
        tables["nodes.csv"][4][3] = f"AB-{k + 5}"
        tables["levers.csv"][2][0] = "meetngs"
        tables["levers.csv"].append(["trainings", "", "", "", "", "", "", "set", f"-{k + 1}", ""])
        tables["waves.csv"][2][1] = f"2024-{k + 13}"
        if k % 2:
            tables["parameters.csv"][1][1] = f"{k + 20}"
            tables["agencies.csv"][1][3] = "army"
        if k % 3 == 0:
            tables["channels.csv"][2][2] = "friend"
            tables["scenario.csv"][5][1] = "-1"
        made[f"several faults, folder {k}"] = tables
    return made


def messages(tables):
    """(exit code, problems with the folder's name taken out)"""
    with tempfile.TemporaryDirectory() as base:
        folder = os.path.join(base, "S")
        os.mkdir(folder)
        write_folder(folder, tables)
        result = subprocess.run([PROGRAM, "run", "S", "-o", "out", "--quiet", "--replicates", "2"], cwd=base, capture_output=True, timeout=120)
        text = result.stderr.decode("utf-8", "replace")
        if result.returncode != 0 and os.path.exists(os.path.join(base, "out")):
            text += "LEFT BEHIND: out"
        return result.returncode, text.strip()


def quirks():
    """What real spreadsheets write is read, and means the same."""
    def encoded(tables, change):
        return {name: change(table_bytes(rows)) for name, rows in tables.items()}

    def semicolons(rows):
        out = io.StringIO(newline="")
        writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
        for row in rows:
            writer.writerow([cell.replace(".", ",") if cell.replace(".", "", 1).isdigit() else cell for cell in row])
        return out.getvalue().encode()

    good = copy_of_good()
    reversed_nodes = copy_of_good()
    reversed_nodes["nodes.csv"] = reversed_nodes["nodes.csv"][:1] + reversed_nodes["nodes.csv"][:0:-1]
    mixed = copy_of_good()
    mixed["nodes.csv"] = [row[::-1] for row in mixed["nodes.csv"]]
    return {
        "as it is": good,
        "with a byte order mark": encoded(good, lambda data: b"\xef\xbb\xbf" + data),
        "with CRLF": encoded(good, lambda data: data.replace(b"\n", b"\r\n")),
        "with CR": encoded(good, lambda data: data.replace(b"\n", b"\r")),
        "without a last line end": encoded(good, lambda data: data[:-1]),
        "with blank lines": encoded(good, lambda data: data.replace(b"\n", b"\n\n")),
        "with semicolons and decimal commas": {name: semicolons(rows) for name, rows in good.items()},
        "children before parents": reversed_nodes,
        "columns in another order": mixed,
    }


def resolved(tables):
    with tempfile.TemporaryDirectory() as base:
        folder = os.path.join(base, "S")
        os.mkdir(folder)
        write_folder(folder, tables)
        result = subprocess.run([PROGRAM, "resolve", "S", "--hash"], cwd=base, capture_output=True, text=True, timeout=120)
        return result.stdout.strip() or result.stderr


def main():
    failed = 0
    found = {name: messages(tables) for name, tables in cases().items()}
    if "--write" in sys.argv:
        os.makedirs(os.path.dirname(EXPECTED), exist_ok=True)
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
    hashes = {name: resolved(tables) for name, tables in quirks().items()}
    for name, text in hashes.items():
        if text != hashes["as it is"] or len(text) != 64:
            failed += 1
            print(f"FAILED a good folder {name}: {text}")
    print(f"{len(found)} broken folders, {len(hashes)} good ones, {failed} failed")
    return 1 if failed else 0


sys.exit(main())

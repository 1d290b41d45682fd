"""Scenario folders made for a test, and results read back as a researcher reads them."""
import csv
import math
import os
import subprocess

PROGRAM = os.environ["NLCSIM"]
SCENARIOS = os.environ["NLCSIM_SCENARIOS"]


def write_table(path, header, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)


def write_scenario(folder, keys, nodes, levers=(), parameters=None, agencies=(), channels=(), waves=()):
    """nodes: a list of dicts; levers: (lever, value) or dicts; parameters: a dict."""
    os.makedirs(folder, exist_ok=True)
    base = {"format": "1", "title": "test", "model": "nlc", "start": "2023-07", "months": "12", "adopting": "city"}
    write_table(os.path.join(folder, "scenario.csv"), ["key", "value"], sorted({**base, **keys}.items()))
    required = ["id", "name", "tier", "parent_id", "population", "lat", "lon", "source"]
    header = required + sorted({key for node in nodes for key in node} - set(required))
    write_table(os.path.join(folder, "nodes.csv"), header, [[node.get(key, "") for key in header] for node in nodes])
    header = ["lever", "from", "to", "under", "tier", "wave", "group", "how", "value", "note"]
    rows = [row if isinstance(row, dict) else {"lever": row[0], "value": row[1]} for row in levers]
    write_table(os.path.join(folder, "levers.csv"), header, [[row.get(key, "") for key in header] for row in rows])
    if parameters:
        write_table(os.path.join(folder, "parameters.csv"), ["name", "value", "evidence", "source"],
                    [[name, value, "assumption", "test"] for name, value in parameters.items()])
    for name, header, rows in (("agencies", ["id", "name", "country", "sector", "slots", "weight"], agencies),
                               ("channels", ["from", "to", "kind", "weight", "both"], channels),
                               ("waves", ["wave", "start", "label"], waves)):
        if rows:
            write_table(os.path.join(folder, name + ".csv"), header, rows)
    return folder


def flat_nodes(num, **columns):
    """A lead and `num` cities straight under it."""
    lead = {"id": "L", "name": "Lead", "tier": "national", "parent_id": "", "source": "test"}
    return [lead] + [dict({"id": f"L-{k:03}", "name": f"Place {k}", "tier": "city", "parent_id": "L", "source": "test"}, **columns)
                     for k in range(num)]


def deep_nodes(provinces, cities, **columns):
    """A lead, provinces below it, and cities below these."""
    nodes = [{"id": "L", "name": "Lead", "tier": "national", "parent_id": "", "source": "test"}]
    for p in range(provinces):
        nodes.append({"id": f"L-{p}", "name": f"Province {p}", "tier": "province", "parent_id": "L", "source": "test"})
        nodes += [dict({"id": f"L-{p}-{k:03}", "name": f"Place {p} {k}", "tier": "city", "parent_id": f"L-{p}", "source": "test"},
                       **columns) for k in range(cities)]
    return nodes


def run(folder, out, *arguments):
    words = [PROGRAM, "run", folder, "-o", out, "--quiet", *arguments]
    result = subprocess.run(words, capture_output=True, text=True, timeout=600)
    assert result.returncode == 0, f"{' '.join(words)}\n{result.stdout}{result.stderr}"
    return result.stdout


def read(out, name):
    with open(os.path.join(out, name), newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def number(cell):
    return float(cell) if cell else math.nan


def is_total(row):
    return all(row.get(key, "all") == "all" for key in ("country", "tier", "wave", "group", "size"))


def timeline(out, measure, column="mean"):
    """Month to value, over all places."""
    return {int(row["month"]): number(row[column]) for row in read(out, "timeline.csv") if row["measure"] == measure and is_total(row)}


def series(out, measure, month):
    """Values of all runs in one month, over all places."""
    return [number(row["value"]) for row in read(out, "series.csv")
            if row["measure"] == measure and int(row["month"]) == month and is_total(row)]


class Checks:
    """Counts and prints; the exit code says whether all held."""

    def __init__(self):
        self.failed = 0

    def that(self, holds, text):
        print(("ok    " if holds else "FAILED ") + text, flush=True)
        self.failed += not holds

    def close(self, value, expected, tolerance, text):
        self.that(abs(value - expected) <= tolerance, f"{text}: {value:.6g}, expected {expected:.6g} within {tolerance:.2g}")

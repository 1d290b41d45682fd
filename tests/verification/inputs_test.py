"""Every input of the format moves an output: each lever, parameter, column, channel kind and weight, and
agency attribute, changed alone, changes the results folder."""
import csv
import hashlib
import io
import os
import shutil
import subprocess
import sys
import tempfile

from folders import PROGRAM, Checks, run, write_scenario

checks = Checks()


def nodes():
    """Two countries; provinces, cities and one city straight under the lead."""
    rows = []
    for country, provinces in (("A", 2), ("B", 1)):
        rows.append({"id": country, "name": f"Country {country}", "tier": "national", "parent_id": "", "source": "test"})
        for p in range(provinces):
            rows.append({"id": f"{country}-{p}", "name": f"Province {p}", "tier": "province", "parent_id": country, "source": "test",
                         "wave": str(p + 1), "slots": "9", "income": "0.6", "legacy": "0.2"})
            for k in range(8):
                rows.append({"id": f"{country}-{p}-{k}", "name": f"City {k}", "tier": "city", "parent_id": f"{country}-{p}",
                             "population": str(1000 * (k + 1)), "lat": f"{p}.{k}", "lon": f"12{k}.5", "source": "test",
                             "head": "elected", "wave": str(p + 1), "income": "0.5", "legacy": "0.3", "group": "g" if k % 2 else "h"})
    rows.append({"id": "A-top", "name": "Capital", "tier": "city", "parent_id": "A", "population": "90000", "lat": "3", "lon": "121",
                 "source": "test", "head": "elected", "wave": "1", "income": "0.9", "group": "g"})
    return rows


LEVERS = {"briefings": 3, "meetings": 6, "dialogues": 4, "trainings": 4, "peer_exchanges": 3, "regional_exchanges": 2,
          "security_channel": 6, "two_way": 0.6, "drafting_support": 0.5, "responsiveness": 0.5,
          "grant": 0.6, "grant_budget": 4, "mandate": 0.5, "mandate_clarity": 0.6, "staff_turnover": 0.03, "plan_effort": 0.5}
ROWS = [{"lever": name, "value": value} for name, value in LEVERS.items()] + [
    {"lever": "direct_channel", "group": "h", "value": 0.3},
    {"lever": "slots", "tier": "national", "value": 14},
    {"lever": "grant", "from": "40", "value": 0},
    {"lever": "election", "from": "30", "to": "30", "value": 0.6},
    {"lever": "nap_active", "from": "44", "value": 0.4},
    {"lever": "deadline", "from": "52", "group": "g", "value": 1},
]
# The weight of the service agency comes from the oversight channel.
AGENCIES = [["A-ser", "Service", "A", "service", "6", ""], ["A-sec", "Police", "A", "security", "", "0.4"]]
CHANNELS = [["A-0-0", "A-0-1", "peer", "1", "yes"], ["A-0-1", "A-0-2", "peer", "0.5", "yes"], ["A-0-2", "A-0-3", "peer", "1", "yes"],
            ["A-1-0", "A-1-1", "peer", "1", "yes"], ["A-1-1", "A-0-0", "peer", "0.7", "yes"], ["B-0-0", "B-0-1", "peer", "1", "yes"],
            ["A-0-0", "B-0-0", "regional", "1", "yes"], ["A-0-0", "B-0-1", "regional", "0.4", "yes"],
            ["A-1-0", "B-0-0", "regional", "1", "yes"], ["A-1-0", "B-0-3", "regional", "0.8", "yes"],
            ["A-0", "A-1", "peer", "1", "yes"], ["A", "A-0-1", "direct", "0.6", "yes"], ["A-0", "A-0-2", "line", "0.7", "yes"], ["A-ser", "A", "oversight", "0.45", "yes"]]
KEYS = {"months": "72", "replicates": "24", "peers": "file", "regional": "file", "waves": "listed", "adopting": "city|province"}
WAVES = [["1", "1", "first"], ["2", "7", "second"]]


def describe(topic, folder):
    text = subprocess.run([PROGRAM, "describe", topic, "--format", "csv"], capture_output=True, text=True, check=True).stdout
    return list(csv.DictReader(io.StringIO(text)))


def digest(out):
    """Results alone: provenance and copies of the inputs always differ."""
    total = hashlib.sha256()
    for name in ("timeline.csv", "runs.csv", "roadmap.csv", "flows.csv"):
        with open(os.path.join(out, name), "rb") as file:
            total.update(file.read())
    return total.hexdigest()


def outcome(folder, *, nodes_changed=None, rows=ROWS, agencies=AGENCIES, channels=CHANNELS, keys=None, waves=WAVES, settings=(), options=()):
    path = os.path.join(folder, "scenario")
    shutil.rmtree(path, ignore_errors=True)
    write_scenario(path, {**KEYS, **(keys or {})}, nodes_changed or nodes(), rows, None, agencies, channels, waves)
    out = os.path.join(folder, "out")
    run(path, out, *options, *[word for setting in settings for word in ("--set", setting)])
    return digest(out)


def changed_nodes(column, value, only):
    rows = nodes()
    for row in rows:
        if only(row):
            row[column] = value
    return rows


def is_city(row):
    return row["tier"] == "city"


def all_differ(folder, what, changes):
    """Each change moves an output, and no two do the same."""
    found = {}
    for name, change in changes.items():
        hashed = outcome(folder, **change)
        same = next((other for other, theirs in found.items() if theirs == hashed), None)
        checks.that(same is None, f"{what}: {name}" + (f" gives what {same} gives" if same else ""))
        found[name] = hashed


def generated_networks(folder):
    no_peers = [row for row in CHANNELS if row[2] != "peer"]
    rules = ("none", "nearest:1", "nearest:3", "parent", "smallworld:2:0.3", "smallworld:4:0.3", "smallworld:4:0.8", "random:2", "random:4")
    all_differ(folder, "scenario.csv: peers", {rule: {"keys": {"peers": rule}, "channels": no_peers} for rule in rules})
    made = {"peers": "random:3"}
    all_differ(folder, "scenario.csv: networks of random:3",
               {number: {"keys": {**made, "networks": number}, "channels": no_peers} for number in ("1", "2", "8")})
    no_regional = [row for row in CHANNELS if row[2] != "regional"]
    all_differ(folder, "scenario.csv: regional", {rule: {"keys": {"regional": rule}, "channels": no_regional}
                                                  for rule in ("none", "central:1", "central:3")})


def generated_waves(folder):
    """By a rule, of single places: five rules, then one of them with another unit, number, start and gap."""
    rows = changed_nodes("wave", "", lambda row: True)
    # Legacy and readiness that are in another order than the populations.
    for k, row in enumerate(row for row in rows if row["parent_id"]):
        row.update(legacy=f"{k * 7 % 23 / 25:.2f}", income=f"{k * 11 % 19 / 20:.2f}", population=row.get("population") or "4500")
    by_rule = {"waves": "random", "waves_unit": "place", "waves_number": "3", "waves_start": "1", "waves_gap": "6"}
    changes = {"random": {}, **{f"waves={rule}": {"waves": rule} for rule in ("largest", "central", "legacy", "ready")},
               "waves_unit=block": {"waves_unit": "block"}, "waves_number=4": {"waves_number": "4"},
               "waves_start=5": {"waves_start": "5"}, "waves_gap=14": {"waves_gap": "14"}}
    all_differ(folder, "scenario.csv: waves by a rule", {name: {"nodes_changed": rows, "keys": {**by_rule, **change}, "waves": ()}
                                                         for name, change in changes.items()})


def lever_rows(folder):
    """What a row does to the rows above it, and where and when."""
    row = {"lever": "trainings", "how": "set", "value": 0.6}
    changes = {"as it is": None, "how=set": row, "how=scale": {**row, "how": "scale"}, "how=add": {**row, "how": "add"},
               "how=scale, another value": {**row, "how": "scale", "value": 0.3}, "how=add, another value": {**row, "how": "add", "value": 2}}
    changes |= {f"{column}={value}": {**row, column: value} for column, value in (
        ("from", "30"), ("to", "30"), ("under", "A-0"), ("tier", "city"), ("wave", "1"), ("group", "g"))}
    all_differ(folder, "levers.csv", {name: {"rows": ROWS + ([change] if change else [])} for name, change in changes.items()})


with tempfile.TemporaryDirectory() as folder:
    base = outcome(folder)
    checks.that(outcome(folder) == base, "the same input gives the same output")

    # Some rules matter only where little happens: few meetings, and provinces without support.
    quiet = ["meetings*=0.05", "dialogues*=0.3", "peer_exchanges=0", "regional_exchanges=0", "drafting_support@tier=province=0",
             "start_role=0.55", "grant@tier=province=0"]
    quiet_base = outcome(folder, settings=quiet)
    for parameter in describe("parameters", folder):
        low, high, value = (float(parameter[key]) for key in ("low", "high", "default"))
        other = value + (high - value) * 0.5 if high - value > value - low else low + (value - low) * 0.5
        name = parameter["name"]
        # funds_max binds only when it is small.
        other = {"funds_max": 1.5}.get(name, other)
        setting = f"{name}={other:.6g}"
        moved = outcome(folder, settings=[setting]) != base or outcome(folder, settings=quiet + [setting]) != quiet_base
        checks.that(moved, f"parameter {name}: {value:g} to {other:.6g}")

    for lever in describe("levers", folder):
        name = lever["name"]
        change = {"deadline": "deadline@group=h=1", "slots": "slots*=0.7", "nap_active": "nap_active=0.3"}.get(name, f"{name}*=0.6")
        checks.that(outcome(folder, settings=[change]) != base, f"lever {change}")

    for attribute in describe("attributes", folder):
        name, high = attribute["name"], float(attribute["high"])
        rows = changed_nodes(name, f"{0.37 * min(high, 8):.4g}", is_city)
        checks.that(outcome(folder, nodes_changed=rows) != base, f"nodes.csv: {name}")
    for column, value, only in (
            ("head", "appointed", is_city), ("slots", "4", lambda row: row["tier"] == "province"),
            ("population", "123456", lambda row: row["id"] == "A-0-0"), ("wave", "2", lambda row: row["id"].startswith("A-0-")),
            ("group", "g", lambda row: row["id"] == "A-0-4"), ("start_stage", "engaged", is_city), ("tier", "town", lambda row: row["id"] == "A-0-4"),
            ("parent_id", "A-1", lambda row: row["id"] == "A-0-5"), ("id", "A-0-9", lambda row: row["id"] == "A-0-7")):
        checks.that(outcome(folder, nodes_changed=changed_nodes(column, value, only)) != base, f"nodes.csv: {column}")
    for column, value in (("lat", "9"), ("lon", "99")):
        near = outcome(folder, keys={"peers": "nearest:3"}, channels=[row for row in CHANNELS if row[2] != "peer"])
        rows = changed_nodes(column, value, lambda row: row["id"] == "A-0-0")
        checks.that(outcome(folder, nodes_changed=rows, keys={"peers": "nearest:3"},
                            channels=[row for row in CHANNELS if row[2] != "peer"]) != near, f"nodes.csv: {column} with peers=nearest:3")

    for k, row in enumerate(CHANNELS):
        lighter = CHANNELS[:k] + [row[:3] + [f"{float(row[3]) * 0.3:.3g}"] + row[4:]] + CHANNELS[k + 1:]
        if k in (1, 4, 7, 9, 11, 12, 13):
            checks.that(outcome(folder, channels=lighter) != base, f"channels.csv: weight of {row[2]} {row[0]} {row[1]}")
        fewer = CHANNELS[:k] + CHANNELS[k + 1:]
        checks.that(outcome(folder, channels=fewer) != base, f"channels.csv: {row[2]} {row[0]} {row[1]}")
        if row[2] in ("peer", "regional"):
            one_way = CHANNELS[:k] + [row[:4] + ["no"]] + CHANNELS[k + 1:]
            checks.that(outcome(folder, channels=one_way) != base, f"channels.csv: both of {row[2]} {row[0]} {row[1]}")

    no_oversight = [row for row in CHANNELS if row[2] != "oversight"]
    weighted = [AGENCIES[0][:5] + ["0.5"], AGENCIES[1]]
    plain = outcome(folder, agencies=weighted, channels=no_oversight)
    for column, name, value in ((4, "slots", "2"), (5, "weight", "0.9"), (3, "sector", "security"), (2, "country", "B")):
        agencies = [list(row) for row in weighted]
        agencies[0][column] = value
        if value == "security":
            agencies[0][4] = ""
        checks.that(outcome(folder, agencies=agencies, channels=no_oversight) != plain, f"agencies.csv: {name} of a service agency")
    agencies = [list(row) for row in AGENCIES]
    agencies[1][5] = "0.9"
    checks.that(outcome(folder, agencies=agencies) != base, "agencies.csv: weight of a security agency")
    checks.that(outcome(folder, waves=[["1", "1", "first"], ["2", "19", "second"]]) != base, "waves.csv: start")
    for key, value in (("start", "2024-01"), ("months", "71"), ("replicates", "25"), ("seed", "2"), ("adopting", "city"),
                       ("regional", "none"), ("waves", "random")):
        extra = {"waves_number": "2", "waves_start": "1", "waves_gap": "6"} if key == "waves" else {}
        channels = [row for row in CHANNELS if row[2] != "regional"] if key == "regional" else CHANNELS
        waves = () if key == "waves" else WAVES
        rows = changed_nodes("wave", "", lambda row: True) if key == "waves" else nodes()
        moved = outcome(folder, nodes_changed=rows, keys={key: value, **extra}, channels=channels, waves=waves) != base
        checks.that(moved, f"scenario.csv: {key}={value}")
    checks.that(outcome(folder, keys={"names": "yes"}, options=["--places"]) != outcome(folder, options=["--places"]),
                "scenario.csv: names=yes, with --places")
    generated_networks(folder)
    generated_waves(folder)
    lever_rows(folder)
sys.exit(1 if checks.failed else 0)

"""What readers are told of the models in four languages: output/names.csv has a name for everything that the program describes,
its plain meaning for levers and parameters, in English word for word that of the code (where models that share a name mean the
same by it), and nothing that no model knows.

usage: names_test.py NLCSIM SOURCE"""
import csv
import os
import re
import subprocess
import sys

NLCSIM, SOURCE = sys.argv[1:3]
LANGUAGES = ("en", "id", "ms", "fil")
# Kinds that no table of the model lists: tiers are free words, the others stand in the formats.
FREE = {"number", "month", "tier", "size", "direction", "channel", "evidence", "unit"}
FREE_UNITS = {"unit.points", "unit.share"}
wrong = []

with open(os.path.join(SOURCE, "output", "names.csv"), encoding="utf-8", newline="") as file:
    rows = {row["key"]: row for row in csv.DictReader(file)}


def described(topic, *options):
    text = subprocess.run([NLCSIM, "describe", topic, *options, "--format", "csv"], capture_output=True, text=True, check=True).stdout
    return list(csv.DictReader(text.splitlines()))


def of_all(topic):
    """The rows of all models by name, each with all that is meant by it."""
    found = {}
    for model in MODELS:
        for row in described(topic, "--model", model):
            found.setdefault(row["name"], dict(row, meanings=set(), units=set()))
            found[row["name"]]["meanings"].add(row["meaning"])
            found[row["name"]]["units"].add(row["unit"])
    return found.values()


def need(key, english=None):
    if key not in rows:
        wrong.append(f"{key}: names.csv does not know it")
    elif english is not None and rows[key]["en"] != english:
        wrong.append(f"{key}: the code says '{english}', names.csv '{rows[key]['en']}'")
    known.add(key)


# What a comparison adds to the outcomes of the models.
known, units = {"outcome.service_area"}, set()
MODELS = [row["name"] for row in described("models")]
for topic, kind in (("levers", "lever"), ("parameters", "parameter")):
    for row in of_all(topic):
        need(f"{kind}.{row['name']}")
        need(f"{kind}.{row['name']}.about", row["meaning"] if len(row["meanings"]) == 1 else None)
        units |= row["units"]
        if row.get("dial"):
            need(f"dial.{row['dial']}")
            need(f"dial.{row['dial']}.about")
        if "evidence" in row:
            need(f"evidence.{row['evidence']}")
for topic, kind in (("measures", "measure"), ("outcomes", "outcome")):
    for row in of_all(topic):
        need(f"{kind}.{row['name']}")
        units |= row["units"]
for row in described("flows"):
    need(f"flow.{row['kind']}")
    need(f"direction.{row['direction']}")
for kind in ("peer", "regional", "direct", "line", "oversight"):
    need(f"channel.{kind}")
(stages,) = [row["meaning"] for row in described("views") if row["name"] == "stage"]
for stage in re.split(r"[:, ]+", stages)[1:]:
    need(f"stage.{stage}")
for stage in ("aware", "engaged", "drafting", "adopted", "functioning"):
    need(f"milestone.{stage}")
for unit in units:
    need(f"unit.{unit}")
for month in range(1, 13):
    need(f"month.{month:02}")
    need(f"month.short.{month:02}")

for key, row in rows.items():
    if key not in known and key.split(".")[0] not in FREE:
        wrong.append(f"{key}: no model knows this")
    if key.startswith("unit.") and key not in known | FREE_UNITS:
        wrong.append(f"{key}: nothing has this unit")
    missing = [language for language in LANGUAGES if not row[language].strip()]
    if missing:
        wrong.append(f"{key}: no text in {missing}")
    if set(row["review"].split()) - set(LANGUAGES):
        wrong.append(f"{key}: review names {row['review']}, expected languages")
    alike = [language for language in ("id", "fil") if key.endswith(".about") and row[language] == row["en"]]
    if alike:
        wrong.append(f"{key}: still English in {alike}")

print(f"{len(rows)} names, {len(known)} wanted")
for line in wrong:
    print(line)
sys.exit(1 if wrong or len(known) < 300 else 0)

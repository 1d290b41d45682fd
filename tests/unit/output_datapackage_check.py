"""Checks a results folder against the rules of Frictionless Data Packages, version 1.

Usage: output_datapackage_check.py FOLDER. Says what is wrong and exits with 1.
"""
import csv
import hashlib
import json
import os
import re
import sys

FIELD_TYPES = {
    "string": lambda text: True,
    "integer": lambda text: re.fullmatch(r"-?\d+", text),
    "number": lambda text: re.fullmatch(r"-?\d+(\.\d+)?|NaN|-?INF", text),
    "yearmonth": lambda text: re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text),
    "boolean": lambda text: text in ("yes", "no"),
}
problems = []


def need(condition, message):
    if not condition:
        problems.append(message)


def check_package(package):
    need(package.get("profile") == "data-package", "profile of the package")
    need(re.fullmatch(r"[-a-z0-9._/]+", package.get("name", "")), "name of the package")
    need(isinstance(package.get("resources"), list) and package["resources"], "resources")
    names = [resource.get("name") for resource in package["resources"]]
    need(len(set(names)) == len(names), "names of resources are not distinct")
    told = package["nlcsim"]
    for key in ("version", "command", "scenario_sha256", "seed", "replicates", "model", "parameters", "levers", "settings", "purpose",
                "bands", "measures", "flows"):
        need(key in told, f"nlcsim.{key} is missing")
    need(re.fullmatch(r"[0-9a-f]{64}", told["scenario_sha256"]), "scenario_sha256")
    for parameter in told["parameters"]:
        need({"name", "value", "default", "unit", "evidence", "meaning"} <= set(parameter), f"parameter {parameter}")
    need("does not predict violence" in told["purpose"], "purpose")


def check_resource(folder, resource):
    name = resource.get("name", "?")
    need(re.fullmatch(r"[-a-z0-9._/]+", name), f"name {name}")
    path = os.path.join(folder, resource["path"])
    need(not os.path.isabs(resource["path"]) and ".." not in resource["path"], f"{name}: path")
    with open(path, "rb") as file:
        data = file.read()
    need(len(data) == resource["bytes"], f"{name}: bytes")
    need("blake2b:" + hashlib.blake2b(data).hexdigest() == resource["hash"], f"{name}: hash")
    if resource["profile"] == "tabular-data-resource":
        check_table(name, resource, data.decode("utf-8-sig"))
    else:
        need(resource["profile"] == "data-resource", f"{name}: profile")
    return resource["path"]


def check_table(name, resource, text):
    dialect = resource["dialect"]
    need(text.count("\n") == text.count("\r\n") + text.count("Line\nbreak"), f"{name}: line ends")
    rows = list(csv.reader(text.splitlines(keepends=True), delimiter=dialect["delimiter"], quotechar=dialect["quoteChar"], strict=True))
    fields = resource["schema"]["fields"]
    need(rows[0] == [field["name"] for field in fields], f"{name}: header {rows[0]}")
    need(len(set(rows[0])) == len(rows[0]), f"{name}: columns are not distinct")
    for field in fields:
        need(field["type"] in FIELD_TYPES and field.get("description"), f"{name}.{field['name']}: type or description")
    keys = [rows[0].index(key) for key in resource["schema"].get("primaryKey", [])]
    seen = set()
    for number, row in enumerate(rows[1:], 2):
        need(len(row) == len(fields), f"{name}:{number}: {len(row)} cells")
        for field, cell in zip(fields, row):
            check_cell(f"{name}:{number}.{field['name']}", field, cell)
        key = tuple(row[k] for k in keys)
        need(not keys or key not in seen, f"{name}:{number}: key {key} twice")
        seen.add(key)
    need(len(rows) > 1, f"{name}: no rows")


def check_cell(where, field, cell):
    if cell == "":
        need(not field.get("constraints", {}).get("required"), f"{where}: empty")
        return
    if field["type"] == "number":
        need(field.get("decimalChar", ".") == "," or "," not in cell, f"{where}: decimal comma in {cell}")
        cell = cell.replace(field.get("decimalChar", "."), ".")
    need(FIELD_TYPES[field["type"]](cell), f"{where}: '{cell}' is no {field['type']}")


def main(folder):
    with open(os.path.join(folder, "datapackage.json"), encoding="utf-8") as file:
        package = json.load(file)
    check_package(package)
    paths = {check_resource(folder, resource) for resource in package["resources"]}
    need(paths | {"datapackage.json"} == set(os.listdir(folder)), f"files: {os.listdir(folder)}")
    for problem in problems[:20]:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

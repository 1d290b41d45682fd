"""The tables of studies and of analyses: what `describe columns` says of them, how an Excel set to Indonesian gets them, and the
command that makes them again."""

import csv
import hashlib
import json
import re
import shlex
import unittest

import program

FACTORS = """name,role,kind,low,high,levels,distribution,scale
resourcing,lever,real,,,0.5|1|2.5,,
meetings@tier=city,lever,real,2,8,3,,
guidance_fidelity,uncertainty,real,0.61,0.97,,,
scenario.peers,uncertainty,category,,,nearest:2|random:3,,
"""
STUDY = "key,value\nscenario,../long\ndesign,crossed\npoints,12\nreplicates,4\nseed,23\n"
TABLES = ("runs.csv", "summary.csv", "points.csv", "factors.csv")
ANALYSES = (("pawn",), ("delta", "--resamples", "10"), ("rank",), ("robust", "--threshold", "0.2"), ("pareto",), ("voi", "--resamples", "5"),
            ("prim", "--threshold", "0.2", "--output", "adopted_end.all", "--resamples", "4"), ("select",))


class StudyTables(program.CommandTest):
    def setUp(self):
        super().setUp()
        (self.folder / "long").mkdir()
        (self.folder / "long" / "scenario.csv").write_text("key,value\nextends,../small\nmonths,60\n")
        self.make("study", STUDY, FACTORS)

    def make(self, name, keys, factors):
        (self.folder / name).mkdir()
        (self.folder / name / "study.csv").write_text(keys, encoding="utf-8")
        (self.folder / name / "factors.csv").write_text(factors, encoding="utf-8")

    def bytes_of(self, folder, tables=(*TABLES, "datapackage.json")):
        return {name: hashlib.sha256((self.folder / folder / name).read_bytes()).hexdigest() for name in tables}

    def sweep(self, study, *options, out="out"):
        self.expect(0, "sweep", study, "-o", out, "-q", *options)
        (self.folder / out / "targets.csv").write_text("functioning,month,probability\n80,60,0.9\n25,60,0.1\n")
        with open(self.folder / out / "datapackage.json", encoding="utf-8") as file:
            return json.load(file)

    def described(self, command):
        """Of each file of a command: the columns, their types, and whether more follow."""
        files = {}
        for row in json.loads(self.expect(0, "describe", "columns", "--format", "json").stdout):
            if row["file"].startswith(command + "/"):
                files.setdefault(row["file"][len(command) + 1:], []).append(row)
        return files

    # ---- What is described ----

    def test_tables_of_a_study_are_those_described(self):
        (self.folder / "study" / "factors.csv").write_text(FACTORS + "capacity_building,lever,real,,,1|1000000,,\n")
        package = self.sweep("study", "--series")
        described = self.described("sweep")
        self.assertEqual({resource["path"] for resource in package["resources"]}, set(described))
        for resource in package["resources"]:
            rows = described[resource["path"]]
            fixed = [row for row in rows if row["column"] != "..."]
            fields = resource["schema"]["fields"]
            with open(self.folder / "out" / resource["path"], newline="", encoding="utf-8") as file:
                self.assertEqual(next(csv.reader(file)), [field["name"] for field in fields])
            for row, field in zip(fixed, fields):
                self.assertEqual((row["column"], row["type"]), (field["name"], field["type"]), resource["path"])
                self.assertTrue(field["description"].startswith(row["meaning"]))
            self.assertEqual(len(fields) > len(fixed), len(rows) > len(fixed), resource["path"])
        names = {resource["path"]: [field["name"] for field in resource["schema"]["fields"]] for resource in package["resources"]}
        self.assertEqual(names["points.csv"], ["point", "resourcing", "meetings@tier=city", "guidance_fidelity", "scenario.peers", "capacity_building"])
        self.assertIn("months_to_functioning_80.all", names["runs.csv"])
        self.assertIn("functioning", names["series.csv"])

    def analyse(self, folder, method, *options):
        self.expect(0, "analyse", method, folder, *options, "-o", "found.csv", "-q")
        with open(self.folder / "found.csv", newline="", encoding="utf-8-sig") as file:
            text = file.read()
        return list(csv.reader(text.splitlines(), delimiter=";" if text.startswith("output;") else ","))

    def check_analysis(self, described, header, rows, method):
        columns = {row["column"]: row["meaning"] for row in described[f"{method}.csv"]}
        self.assertEqual(header, list(columns))
        text = re.sub("of a (limit|box) ", "", columns["measure"])
        known = {name.strip() for names in re.findall(r"(?:^|; |unit: )([a-z0-9_., ]+):", text) for name in names.split(",")}
        self.assertLessEqual({row[2] for row in rows}, known, method)
        for item in {row[1] for row in rows if row[1].startswith("(")}:
            self.assertIn(item, columns["item"], method)

    def test_tables_of_analyses_are_those_described(self):
        described = self.described("analyse")
        self.sweep("study")
        self.make("morris", STUDY.replace("crossed", "morris"), FACTORS)
        self.sweep("morris", out="out-m")
        self.make("saltelli", STUDY.replace("crossed", "saltelli"), FACTORS)
        self.sweep("saltelli", out="out-s")
        self.make("oat", STUDY.replace("crossed\npoints,12", "one-at-a-time"), FACTORS)
        self.sweep("oat", out="out-o")
        runs = [("out", *analysis) for analysis in ANALYSES] + [("out-m", "morris"), ("out-s", "sobol"), ("out-o", "oat")]
        self.assertEqual({f"{run[1]}.csv" for run in runs}, set(described))
        for run in runs:
            header, *rows = self.analyse(*run)
            self.check_analysis(described, header, rows, run[1])

    def test_what_it_took_to_stop_is_no_input(self):
        (self.folder / "study" / "study.csv").write_text(STUDY + "stop,functioning_end:0.05:9\n")
        package = self.sweep("study")
        fields = [field for resource in package["resources"] if resource["path"] == "points.csv" for field in resource["schema"]["fields"]]
        self.assertEqual([field["name"] for field in fields[-2:]], ["runs", "precision"])
        more = self.described("sweep")["points.csv"][-1]["meaning"]
        self.assertIn("runs: ", more)
        self.assertIn("precision: ", more)
        items = {row[1] for row in self.analyse("out", "rank")[1:]}
        self.assertEqual(items, {"resourcing", "meetings@tier=city", "guidance_fidelity", "scenario.peers"})

    # ---- For an Excel set to Indonesian ----

    @staticmethod
    def read(path, delimiter):
        with open(path, newline="", encoding="utf-8-sig") as file:
            return list(csv.reader(file, delimiter=delimiter))

    def test_excel_tables_hold_the_same(self):
        plain, excel = self.sweep("study", "--series"), self.sweep("study", "--series", "--csv", "excel-id", out="excel")
        for resource, other in zip(plain["resources"], excel["resources"]):
            self.assertEqual(other["dialect"]["delimiter"], ";")
            for field, twin in zip(resource["schema"]["fields"], other["schema"]["fields"]):
                self.assertEqual(twin.get("decimalChar"), "," if field["type"] == "number" else None, field["name"])
            rows = self.read(self.folder / "out" / resource["path"], ",")
            twins = self.read(self.folder / "excel" / resource["path"], ";")
            is_number = [field["type"] == "number" for field in resource["schema"]["fields"]]
            self.assertEqual([[cell.replace(".", ",") if number else cell for cell, number in zip(row, is_number)] for row in rows[1:]], twins[1:])
        self.assertIn("2,5", [row[1] for row in self.read(self.folder / "excel" / "points.csv", ";")])
        self.assertTrue((self.folder / "excel" / "runs.csv").read_bytes().startswith(b"\xef\xbb\xbfrun;point;"))

    def test_excel_studies_are_read_back(self):
        self.sweep("study")
        self.sweep("study", "--csv", "excel-id", out="excel")
        for analysis in ANALYSES:
            self.assertEqual(self.analyse("excel", *analysis), self.analyse("out", *analysis))
        found = self.analyse("out", "rank", "--csv", "excel-id")
        numbers = [[cell.replace(",", ".") for cell in row] for row in found]
        self.assertEqual(numbers, self.analyse("out", "rank"))
        self.assertNotEqual(numbers, found)
        self.assertEqual(self.expect(0, "replay", "excel", "--run", 237).stdout, "run 237: the same bytes\n")

    def test_excel_shards_merge_to_the_same_bytes(self):
        self.sweep("study", "--csv", "excel-id")
        for shard in "12":
            self.expect(0, "sweep", "study", "-o", shard, "--shard", f"{shard}/2", "-q")
        self.expect(0, "merge", "1", "2", "-o", "merged", "--csv", "excel-id", "-q")
        self.assertEqual(self.bytes_of("merged"), self.bytes_of("out"))
        self.assert_complains("nlcsim merge: --csv 'excel': expected plain or excel-id", "merge", "1", "2", "-o", "m", "--csv", "excel")

    # ---- Again ----

    def test_the_command_makes_the_folder_again(self):
        for name, options in (("out", ()), ("ex", ("--csv", "excel-id", "--series", "--threads", "1", "--lanes", "4"))):
            package = self.sweep("./study/", *options, out=name)
            words = shlex.split(package["nlcsim"]["command"])
            self.assertEqual(words[:3], ["nlcsim", "sweep", "study"])
            self.expect(0, *words[1:], "-o", name + "-again", "-q")
            tables = [resource["path"] for resource in package["resources"]] + ["datapackage.json"]
            self.assertEqual(self.bytes_of(name + "-again", tables), self.bytes_of(name, tables))
        self.assertEqual(package["nlcsim"]["command"], "nlcsim sweep study --series --csv excel-id")

    def test_a_name_with_blanks_is_quoted(self):
        (self.folder / "study").rename(self.folder / "my study")
        self.assertEqual(self.sweep("my study")["nlcsim"]["command"], "nlcsim sweep 'my study'")

    def test_the_report_says_the_command(self):
        self.sweep("study", "--csv", "excel-id")
        self.expect(0, "report", "out", "-o", "report.html")
        self.assertIn("<pre><code>nlcsim sweep study --csv excel-id</code></pre>", (self.folder / "report.html").read_text(encoding="utf-8"))


if __name__ == "__main__":
    unittest.main()

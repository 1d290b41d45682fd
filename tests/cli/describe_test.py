"""`describe` prints the tables in the code in four formats that say the same."""

import csv
import io
import json
import unittest

import program

TOPICS = ("models", "parameters", "levers", "columns", "measures", "outcomes", "attributes", "fields", "views", "flows")


class Describe(program.CommandTest):
    def json_of(self, topic):
        return json.loads(self.expect(0, "describe", topic, "--format", "json").stdout)

    def csv_of(self, topic):
        done = program.subprocess.run([program.PROGRAM, "describe", topic, "--format", "csv"], stdout=program.subprocess.PIPE)
        return list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8"), newline="")))

    def test_csv_and_json_agree(self):
        for topic in TOPICS:
            with self.subTest(topic):
                as_json, as_csv = self.json_of(topic), self.csv_of(topic)
                self.assertGreater(len(as_json), 0)
                self.assertEqual(len(as_json), len(as_csv))
                for one, other in zip(as_json, as_csv):
                    self.assertEqual(list(one), list(other))
                    for name, value in one.items():
                        if isinstance(value, (int, float)):
                            self.assertEqual(value, float(other[name]))
                        else:
                            self.assertEqual(value or "", other[name])

    def test_all_models_whichever_is_chosen(self):
        names = [row["name"] for row in self.json_of("models")]
        self.assertEqual((names[0], len(set(names))), ("nlc", 9))
        self.assertIn("voter", names)

    def test_markdown_has_a_row_for_each(self):
        for topic in TOPICS:
            lines = self.expect(0, "describe", topic, "--format", "markdown").stdout.splitlines()
            self.assertEqual(len(lines), 2 + len(self.json_of(topic)))
            columns = lines[0].count("|")
            for line in lines:
                self.assertEqual(line.replace("\\|", "").count("|"), columns)

    def test_table_is_the_default_and_is_aligned(self):
        done = self.expect(0, "describe", "measures")
        self.assertEqual(done.stdout, self.expect(0, "describe", "measures", "--format", "table").stdout)
        header, *rows = done.stdout.splitlines()
        self.assertEqual(len(rows), len(self.json_of("measures")))
        at = header.index("meaning")
        for row in rows:
            self.assertEqual(row[at - 1], " ")
            self.assertNotEqual(row[at], " ")

    def test_everything_at_once(self):
        everything = json.loads(self.expect(0, "describe", "--format", "json").stdout)
        self.assertEqual(tuple(everything), TOPICS)
        self.assertEqual(everything["levers"], self.json_of("levers"))
        self.assertIn("\n## columns\n", self.expect(0, "describe", "--format", "markdown").stdout)

    def test_everything_does_not_fit_one_csv_file(self):
        self.assert_complains("nlcsim describe: a CSV file holds one table: name what to describe, "
                              f"[{'|'.join(TOPICS)}]", "describe", "--format", "csv")

    def test_defaults_lie_within_their_bounds(self):
        for topic in ("parameters", "levers"):
            for row in self.json_of(topic):
                self.assertLessEqual(row["low"], row["default"], row)
                self.assertLessEqual(row["default"], row["high"], row)

    def test_a_known_parameter(self):
        row = {row["name"]: row for row in self.json_of("parameters")}["guidance_fidelity"]
        self.assertEqual(row["default"], 0.8)
        self.assertNotEqual(row["meaning"], "")
        self.assertIn(row["evidence"], ("calibrated", "literature", "tuned", "assumption"))

    def test_how_soon_four_fifths_function_is_an_outcome(self):
        row = {row["name"]: row for row in self.json_of("outcomes")}["months_to_functioning_80"]
        self.assertEqual((row["unit"], row["measure"]), ("months", "functioning"))
        self.assertEqual(row["meaning"], "first month with at least 80 % functioning; empty if never")

    def test_columns_cover_inputs(self):
        rows = self.json_of("columns")
        self.assertLessEqual({"scenario.csv", "nodes.csv", "agencies.csv", "channels.csv", "waves.csv", "levers.csv",
                              "parameters.csv", "observed.csv"}, {row["file"] for row in rows})
        self.assertIn(("nodes.csv", "legacy"), {(row["file"], row["column"]) for row in rows})
        self.assertIn(("scenario.csv", "months"), {(row["file"], row["column"]) for row in rows})

    def test_columns_cover_what_analyses_read_and_fits_write(self):
        rows = {(row["file"], row["column"]): row for row in self.json_of("columns")}
        self.assertEqual((rows["targets.csv", "probability"]["low"], rows["targets.csv", "probability"]["required"]), (0, "yes"))
        self.assertEqual(rows["targets.csv", "at_most"]["empty_means"], "no upper limit")
        self.assertEqual(rows["calibrate/predictive.csv", "inside"]["type"], "boolean")
        self.assertEqual(rows["forecast/skill.csv", "crps_error"]["unit"], "% places")
        self.assertEqual(rows["forecast/channels.csv", "rival"]["required"], "yes")

    def test_unknown_model(self):
        self.assert_complains("nlcsim describe: 'nlx' is not a model; did you mean 'nlc'?", "describe", "--model", "nlx")


if __name__ == "__main__":
    unittest.main()

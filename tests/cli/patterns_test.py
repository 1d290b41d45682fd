"""`patterns` holds scenarios against what was published, row by row."""

import csv
import io
import unittest

import program

HEADER = "pattern,scenario,set,against,kind,tier,group,measure,from,to,observed,error,total,must,note\n"


class Patterns(program.CommandTest):
    def setUp(self):
        super().setUp()
        (self.small / "parameters.csv").write_text("name,value\ndraft_hazard,0.3\nstart_role,0.7\nstart_awareness,0.7\nstart_capacity,0.6\n")

    def rows(self, text, code=0):
        (self.folder / "table.csv").write_text(HEADER + text)
        shown = self.expect(code, "patterns", "table.csv", "--format", "csv", "--replicates", "40").stdout
        return list(csv.DictReader(io.StringIO(shown)))

    def timeline(self):
        self.expect(0, "run", "small", "--replicates", "40", "--quiet", "-o", "out")
        with open(self.folder / "out" / "timeline.csv", newline="") as file:
            return {(row["month"], row["measure"]): row for row in csv.DictReader(file)
                    if row["tier"] == "city" and row["country"] == "all"}

    def test_levels_are_those_of_run(self):
        run = self.timeline()["24", "adopted"]
        low, high = float(run["p05"]), float(run["p95"])
        row, far = self.rows(f"P1,small,,,level,city,,adopted,,24,{8 * high + 1.5},1,8,,plans\n"
                             f"P1,small,,,level,city,,adopted,,24,{8 * low},1,8,yes,plans\n")
        self.assertAlmostEqual(float(row["p95"]), 8 * high, places=1)
        self.assertAlmostEqual(float(row["p05"]), 8 * low, places=1)
        self.assertEqual((row["inside"], far["inside"]), ("no", "yes"))
        self.assertAlmostEqual(float(row["distance"]), 1.5, places=1)

    def test_changes_and_ratios(self):
        change, ratio, same = self.rows("P2,small,,,change,city,,adopted,6,24,0.5,0.5,,,growth\n"
                                        "P4,small,drafting_support=0.9,drafting_support=0.3,ratio,city,,adopted,6,24,5,4,,,support\n"
                                        "P4,small,slots=6,slots=6,ratio,city,,adopted,6,20,1,0.01,,,nothing\n")
        months = self.timeline()
        self.assertAlmostEqual(float(change["median"]),
                               float(months["24", "adopted"]["median"]) - float(months["6", "adopted"]["median"]), delta=0.15)
        self.assertGreater(float(ratio["median"]), 1.2)
        self.assertEqual((same["median"], same["p05"], same["p95"]), ("1.00", "1.00", "1.00"))

    def test_the_first_places(self):
        nodes = program.nodes().splitlines()
        text = "\n".join([nodes[0] + ",group"] + [line + (",a" if line.startswith("c1") else ",b") for line in nodes[1:]])
        (self.small / "nodes.csv").write_text(text + "\n")
        (row,) = self.rows("P7,small,,,first,city,a,adopted,3,,1,0.2,8,,first three\n")
        # The cities of the first province begin half a year earlier.
        self.assertGreater(float(row["median"]), 0.6)

    def test_a_row_that_must_hold(self):
        (row,) = self.rows("P9,small,,,level,city,,adopted,,24,99,1,8,yes,far off\n", code=1)
        self.assertEqual(row["inside"], "NO")
        self.assertIn("Nothing in this table is out of sample", self.expect(1, "patterns", "table.csv").stdout)

    def test_what_is_wrong(self):
        for text, message in (("P1,small,,,levels,city,,adopted,,24,1,1,,,x\n", "table.csv:2: expected a kind (level|change|ratio|first)"),
                              ("P1,small,,,level,town,,adopted,,24,1,1,,,x\n", "table.csv:2: its tier, group, measure or months"),
                              ("P1,small,,,level,city,,adopted,,25,1,1,,,x\n", "table.csv:2: its tier, group, measure or months"),
                              ("P1,small,meeting=3,,level,city,,adopted,,24,1,1,,,x\n", "did you mean 'meetings'?")):
            (self.folder / "table.csv").write_text(HEADER + text)
            self.assertIn(message, self.expect(2, "patterns", "table.csv").stderr)


if __name__ == "__main__":
    unittest.main()

"""`calibrate` fits the unknowns of a scenario to its counts, and says what they do not say."""

import csv
import json
import os
import pathlib
import unittest

import program

STUDY = "key,value\ntitle,A small fit\nscenario,../small\ndesign,lhs\npoints,10\nseed,3\n"
FACTORS = """name,role,kind,low,high,levels,distribution,scale
dialogues,lever,real,0.2,12,,loguniform,
drafting_support,lever,real,0,1,,,
cost_per_event,uncertainty,real,,,,,
"""
OBSERVED = """date,under,tier,group,measure,value,total,error,source
2025-01-15,land,city,,adopted,1,8,1,made up
2025-07-15,land,city,,adopted,4,8,1,made up
2026-01-15,land,city,,adopted,7,8,1,made up
"""


class Calibrate(program.CommandTest):
    def setUp(self):
        super().setUp()
        (self.small / "scenario.csv").write_text(program.SCENARIO.replace("months,24", "months,30"))
        (self.small / "parameters.csv").write_text("name,value\ndraft_hazard,0.3\nstart_role,0.7\nstart_awareness,0.7\nstart_capacity,0.6\n")
        (self.small / "observed.csv").write_text(OBSERVED)
        study = self.folder / "study"
        study.mkdir()
        (study / "study.csv").write_text(STUDY)
        (study / "factors.csv").write_text(FACTORS)

    def fit(self, out, *options, code=0):
        return self.expect(code, "calibrate", "study", "-o", out, "--particles", "100", "--simulations", "4000", *options)

    def table(self, *path):
        with open(self.folder.joinpath(*path), newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def test_posterior(self):
        shown = self.fit("out").stdout
        sample = self.table("out", "posterior.csv")
        self.assertEqual(len(sample), 100)
        self.assertEqual(list(sample[0]), ["dialogues", "drafting_support", "cost_per_event"])
        self.assertTrue(all(0.2 <= float(row["dialogues"]) <= 12 for row in sample))
        found = {row["address"]: row for row in self.table("out", "identifiability.csv")}
        # Cost moves no count: its posterior is its prior, the bounds of its table.
        self.assertEqual(found["cost_per_event"]["said"],
                         "published counts do not identify cost_per_event: its posterior is as wide as its prior")
        self.assertEqual((found["cost_per_event"]["prior_p05"], found["cost_per_event"]["prior_p95"]), ("0.5", "9.5"))
        # Seven in eight within two years need help with drafting: the posterior is higher.
        self.assertGreater(float(found["drafting_support"]["shift"]), 0.3)
        self.assertLess(float(found["drafting_support"]["spread"]), 0.9)
        self.assertIn(found["drafting_support"]["said"] + ".\n", shown)
        self.assertEqual([row["use"] for row in self.table("out", "predictive.csv")], ["fit"] * 3)
        package = json.loads((self.folder / "out" / "datapackage.json").read_text())
        self.assertEqual(package["nlcsim"]["command"], "nlcsim calibrate study --particles 100 --simulations 4000")
        self.assertFalse((self.folder / "out" / "sbc.csv").exists())

    def test_stop_is_not_of_a_fit(self):
        (self.folder / "study" / "study.csv").write_text(STUDY + "stop,functioning_end:0.02\n")
        self.assertIn("study/study.csv:7: stop ends the runs of a design point of sweep", self.fit("out", code=2).stderr)
        self.assertFalse((self.folder / "out").exists())

    def test_imitation(self):
        study = pathlib.Path(os.environ["NLCSIM_SCENARIOS"]) / "fit-sweden"
        shown = self.expect(0, "calibrate", study, "--particles", "100", "--simulations", "8000", "-o", "out").stdout
        self.assertIn("all within 1.00 observation errors", shown)
        self.assertIn("published counts do not identify peer_effect: its posterior is as wide as its prior.\n", shown)

    def test_run_takes_the_sample(self):
        self.fit("out", "--quiet")
        self.expect(0, "run", "small", "--parameters", "out/posterior.csv", "--replicates", "100", "--quiet", "-o", "runs")
        self.assertEqual([float(row["dialogues"]) for row in self.table("runs", "draws.csv")],
                         [float(row["dialogues"]) for row in self.table("out", "posterior.csv")])

    def test_later_counts_are_not_seen(self):
        self.fit("until", "--until", "2025-07")
        rows = self.table("until", "predictive.csv")
        self.assertEqual([row["use"] for row in rows], ["fit", "fit", "predict"])
        (self.small / "observed.csv").write_text(OBSERVED.replace("adopted,7,8", "adopted,0,8"))
        self.fit("other", "--until", "2025-07")
        for name in ("posterior.csv", "identifiability.csv"):
            self.assertEqual((self.folder / "until" / name).read_bytes(), (self.folder / "other" / name).read_bytes())
        later = self.table("other", "predictive.csv")[2]
        self.assertEqual((later["observed"], later["inside"], later["median"]), ("0", "no", rows[2]["median"]))
        self.assertAlmostEqual(float(later["distance"]), float(later["p05"]), places=1)

    def test_threads_do_not_matter(self):
        self.fit("one", "--quiet", "--threads", "1")
        self.fit("two", "--quiet", "--threads", "2")
        for path in (self.folder / "one").iterdir():
            self.assertEqual(path.read_bytes(), (self.folder / "two" / path.name).read_bytes(), path.name)

    def test_calibrated_by_simulation(self):
        shown = self.fit("out", "--sbc", "--sbc-runs", "150", "--tolerance", "1").stdout
        rows = self.table("out", "sbc.csv")
        self.assertEqual(len(rows), 12)
        for row in rows:
            expected = "yes" if row["fault"] == "none" else "no"
            self.assertEqual(row["uniform"], expected, row)
        self.assertIn("simulation-based calibration", shown)

    def test_one_count_is_too_few(self):
        self.assertIn("too few points", self.fit("out", "--until", "2025-01").stderr)

    def test_what_is_wrong(self):
        self.assertIn("expected a month, YYYY-MM", self.fit("out", "--until", "2025", code=2).stderr)
        self.assertIn("expected a number above 0", self.fit("out", "--tolerance", "x", code=2).stderr)
        self.assertIn("has no count in its months", self.fit("out", "--until", "2020-01", code=2).stderr)
        factors = self.folder / "study" / "factors.csv"
        factors.write_text(FACTORS + "scenario.months,uncertainty,integer,12,24,,,\n")
        self.assertIn("unknowns are parameters, levers and dials", self.fit("out", code=2).stderr)
        factors.write_text(FACTORS + "engagement,lever,real,0.5,2,,,\n")
        self.assertIn("move the same lever of the same places", self.fit("out", code=2).stderr)
        factors.write_text(FACTORS)
        (self.small / "observed.csv").write_text(OBSERVED.replace("land,city", "p1,city", 1))
        self.assertIn("small/observed.csv:2: under is a place", self.fit("out", code=2).stderr)
        self.assertFalse((self.folder / "out").exists())


if __name__ == "__main__":
    unittest.main()

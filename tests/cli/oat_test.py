"""A study that moves one factor at a time: its points say where each factor stands, and every analysis takes it."""

import csv
import math
import statistics

from program import CommandTest, unittest

FACTORS = """name,role,kind,low,high,levels,distribution,scale
resourcing,lever,real,,,0.5|2,,
meetings@tier=city,lever,real,2,8,3,,
meetings,lever,real,1,4,2,,
guidance_fidelity,uncertainty,real,0.61,0.97,2,,
scenario.peers,uncertainty,category,,,random:3|parent,,
scenario.months,uncertainty,integer,,,48|72,,
"""
LATE = "meetings,2025-01,,,,,,set,3,\n"


class OneAtATime(CommandTest):
    def setUp(self):
        super().setUp()
        (self.folder / "long").mkdir()
        (self.folder / "long" / "scenario.csv").write_text("key,value\nextends,../small\nmonths,60\n")
        self.make(FACTORS)

    def make(self, factors):
        (self.folder / "study").mkdir(exist_ok=True)
        (self.folder / "study" / "study.csv").write_text("key,value\nscenario,../long\ndesign,one-at-a-time\nreplicates,8\nseed,23\n")
        (self.folder / "study" / "factors.csv").write_text(factors)

    def rows(self, name):
        with open(self.folder / name, newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def sweep(self):
        self.expect(0, "sweep", "study", "-o", "out", "-q")
        return self.rows("out/points.csv")

    def test_points_say_where_the_scenario_stands(self):
        points = self.sweep()
        base = {"resourcing": "1", "meetings@tier=city": "6", "meetings": "6", "guidance_fidelity": "0.8",
                "scenario.peers": "nearest:2", "scenario.months": "60"}
        self.assertEqual(points[0], {"point": "1", **base})
        for point in points[1:]:
            self.assertLessEqual(sum(point[name] != base[name] for name in base), 1, point)
        self.assertEqual([(point["resourcing"], point["meetings@tier=city"]) for point in points[:5]],
                         [("1", "6"), ("0.5", "6"), ("2", "6"), ("1", "2"), ("1", "5")])
        # What is written is what would be set: a run with all of it is the run of the base point.
        self.expect(0, "run", "long", "-o", "one", "-q", "--seed", 23, "--replicates", 8,
                    *(word for name, value in base.items() for word in ("--set", f"{name}={value}")))
        self.assertEqual([row["functioning_end.all"] for row in self.rows("one/runs.csv")],
                         [row["functioning_end.all"] for row in self.rows("out/runs.csv")[:8]])

    def test_every_analysis_takes_it(self):
        self.sweep()
        for arguments in (("pawn",), ("delta", "--resamples", "10"), ("rank",), ("prim", "--threshold", "0.2"), ("pareto",)):
            done = self.expect(0, "analyse", arguments[0], "out", *arguments[1:])
            self.assertNotIn("complete", done.stderr)
        self.assertIn("pareto: functioning_end.all (share), against cost_end.all, 8 choices", done.stdout)

    def test_a_lever_without_one_value_is_a_choice_of_its_own(self):
        with open(self.small / "levers.csv", "a", encoding="utf-8") as file:
            file.write(LATE)
        points = self.sweep()
        self.assertEqual({row["meetings"] for row in points}, {"", "1", "4"})
        self.assertEqual(points[0]["resourcing"], "1")
        done = self.expect(0, "analyse", "pareto", "out", "-o", "p.csv")
        self.assertIn(", 8 choices", done.stdout)
        self.assertIn("resourcing=2, meetings@tier=city=as in the scenario, meetings=as in the scenario", {row["item"] for row in self.rows("p.csv")})
        (self.folder / "targets.csv").write_text("outcome,at_least,probability\nadopted_end.all,0,1\n")
        self.assertIn("meetings@tier=city=as in the scenario, meetings=1\n", self.expect(0, "analyse", "select", "out", "--targets", "targets.csv").stdout)
        message = ("out/points.csv: {} has no value in {} of 14 points: there it is as in the scenario, which is no single number or "
                   "word; give it a value in each point (design=list), or leave it out and name the others with --inputs")
        for method in ("rank", "pawn", "delta"):
            self.assert_complains("\n".join((message.format("meetings@tier=city", 11), message.format("meetings", 12))), "analyse", method, "out")
        self.expect(0, "analyse", "rank", "out", "--inputs", "resourcing,guidance_fidelity")
        self.expect(0, "analyse", "oat", "out")

    def test_a_lever_of_a_part_of_the_months(self):
        with open(self.small / "levers.csv", "a", encoding="utf-8") as file:
            file.write(LATE)
        self.make("name,role,kind,levels\n\"meetings@tier=city,from=2025-01\",lever,real,5|3.0\n\"meetings@to=2024-12\",lever,real,5\n")
        self.assertEqual(list(self.sweep()[0].values()), ["1", "3.0", "6"])

    def test_differences_from_the_base_point(self):
        points = self.sweep()
        runs = self.rows("out/runs.csv")
        done = self.expect(0, "analyse", "oat", "out", "-o", "oat.csv")
        self.assertTrue(done.stdout.startswith("oat: functioning_end.all (share), 13 values, each alone against the base point, in 8 "
                                               "pairs of runs on the same seeds; "), done.stdout)
        found = self.rows("oat.csv")
        outcomes = [name for name in runs[0] if name not in ("run", "point", "replicate", "seed")]
        self.assertEqual([row["output"] for row in found if row["measure"] == "mean"], outcomes)
        outcome, item = "cost_end.all", "meetings@tier=city=5"
        point = next(row["point"] for row in points if row["meetings@tier=city"] == "5")
        of = {number: [float(row[outcome]) for row in runs if row["point"] == number] for number in ("1", point)}
        differences = [b - a for a, b in zip(of["1"], of[point])]
        row = next(row for row in found if (row["output"], row["item"], row["measure"]) == (outcome, item, "difference"))
        error = statistics.stdev(differences) / math.sqrt(8)
        self.assertAlmostEqual(float(row["value"]), statistics.mean(differences), places=6)
        self.assertAlmostEqual(float(row["error"]), error, places=6)
        self.assertAlmostEqual((float(row["high"]) - float(row["low"])) / 2, 2.364624 * error, places=4)
        self.assertEqual(row["n"], "8")
        # The largest difference comes first, and the same numbers stand on the screen.
        shown = [row for row in found if row["output"] == "functioning_end.all" and row["measure"] == "difference"]
        first = max(shown, key=lambda row: abs(float(row["value"])))
        self.assertIn(f"\n{first['item']} ", done.stdout)
        self.assertIn(f"{float(first['value']):.3g} [{float(first['low']):.3g}, {float(first['high']):.3g}]", done.stdout.splitlines()[3])
        one = self.expect(0, "analyse", "oat", "out", "--output", "cost_end.all", "-o", "one.csv")
        self.assertEqual({row["output"] for row in self.rows("one.csv")}, {"cost_end.all"})
        self.assertIn("oat: cost_end.all", one.stdout)

    def test_months_that_one_of_a_pair_did_not_reach_are_counted(self):
        self.sweep()
        self.expect(0, "analyse", "oat", "out", "-o", "oat.csv", "-q")
        runs = self.rows("out/runs.csv")
        outcome = "months_to_functioning_25.all"
        wanted = sum(base[outcome] == "" or other[outcome] == "" for base, other in zip(runs[:8], runs[8:16]))
        row = next(row for row in self.rows("oat.csv") if (row["output"], row["item"], row["measure"]) == (outcome, "resourcing=0.5", "left_out"))
        self.assertEqual(row["value"], str(wanted))

    def test_other_designs_are_refused(self):
        (self.folder / "study" / "study.csv").write_text("key,value\nscenario,../small\ndesign,lhs\npoints,5\nreplicates,2\n")
        self.sweep()
        self.assert_complains("out/points.csv:3: the point differs from the first one in resourcing and in meetings@tier=city; oat takes "
                              "studies that move one factor at a time (design=one-at-a-time)", "analyse", "oat", "out")
        (self.folder / "t.csv").write_text("a,y\n1,2\n2,3\n")
        self.assert_complains("t.csv: oat looks at the results folder of a study, which has the seeds by which runs are paired",
                              "analyse", "oat", "--from", "t.csv", "--output", "y")

    def test_runs_of_an_older_results_folder_are_found(self):
        self.sweep()
        done = self.expect(0, "sweep", "study", "-o", "out")
        self.assertIn(": 0 computed, ", done.stdout)


if __name__ == "__main__":
    unittest.main()

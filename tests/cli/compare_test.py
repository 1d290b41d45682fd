"""`compare` says what scenarios differ by, from runs in pairs on common random numbers."""

import csv
import json
import math
import shutil
import statistics
import unittest

import program

T_11 = 2.2009851600829  # Student's t of 11 degrees of freedom, 97.5 %


class Compare(program.CommandTest):
    def setUp(self):
        super().setUp()
        scenario = self.small / "scenario.csv"
        scenario.write_text(scenario.read_text().replace("months,24", "months,60"))
        self.make("more", "trainings,2024-12,,,,,,set,12,\n")
        self.make("less", "meetings,,,,,,,set,2,\n")

    def make(self, name, levers):
        folder = self.folder / name
        folder.mkdir()
        (folder / "scenario.csv").write_text("key,value\nformat,1\nextends,../small\ntitle," + name + "\n")
        (folder / "levers.csv").write_text("lever,from,to,under,tier,wave,group,how,value,note\n" + levers)

    def table(self, name="differences", folder="comparison-results", **options):
        with open(self.folder / folder / f"{name}.csv", newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file, **options))

    def row(self, baseline, scenario, outcome, statistic="value"):
        found = [row for row in self.table() if (row["baseline"], row["scenario"], row["outcome"], row["statistic"]) ==
                 (baseline, scenario, outcome, statistic)]
        self.assertEqual(len(found), 1)
        return found[0]

    def values(self, scenario, outcome):
        return [row[outcome] for row in self.table("runs") if row["scenario"] == scenario]

    def test_runs_are_those_of_run(self):
        self.expect(0, "compare", "small", "more", "less")
        for name in ("small", "more", "less"):
            self.expect(0, "run", name, "-o", f"alone-{name}", "--quiet")
            with open(self.folder / f"alone-{name}" / "runs.csv", newline="") as file:
                alone = list(csv.DictReader(file))
            for outcome in ("functioning_end", "cost_end", "months_to_adopted_25", "adopted_spread_waves"):
                self.assertEqual(self.values(name, outcome), [row[outcome + ".all"] for row in alone], (name, outcome))

    def test_service_explains_what_is_crowded_out(self):
        shutil.copytree(self.small, self.folder / "crowded")
        with open(self.folder / "crowded" / "levers.csv", "a") as file:
            file.write("slots,,,,,,,set,1,\ntrainings,,,,,,,set,12,\n")
        with open(self.small / "levers.csv", "a") as file:
            file.write("slots,,,,,,,set,1,\n")
        done = self.expect(0, "compare", "small", "crowded")
        self.assertRegex(done.stdout, r"\nservice_area +\d+ % \(\d+-\d+\) +\d+ % \(\d+-\d+\) +-\d+ % \(-\d+ to -\d+\) +12  real\n")
        row = self.row("small", "crowded", "service_area")
        means = []
        for name in ("small", "crowded"):
            self.expect(0, "run", name, "-o", f"alone-{name}", "--quiet")
            with open(self.folder / f"alone-{name}" / "timeline.csv", newline="") as file:
                months = [float(line["mean"]) for line in csv.DictReader(file) if line["measure"] == "service" and
                          {line[key] for key in ("country", "tier", "wave", "group", "size")} == {"all"}]
            self.assertEqual(len(months), 60)
            means.append(statistics.mean(months))
        self.assertAlmostEqual(float(row["baseline_mean"]), means[0], places=5)
        self.assertAlmostEqual(float(row["scenario_mean"]), means[1], places=5)
        self.assertLess(float(row["difference_high"]), 0)

    def test_figures_follow_from_the_runs(self):
        self.expect(0, "compare", "small", "less")
        a, b = ([float(value) for value in self.values(name, "adopted_area")] for name in ("small", "less"))
        d = [y - x for x, y in zip(a, b)]
        row = {key: float(value) for key, value in self.row("small", "less", "adopted_area").items()
               if key not in ("baseline", "scenario", "outcome", "statistic", "unit", "verdict") and value}
        half_width = T_11 * statistics.stdev(d) / math.sqrt(12)
        self.assertEqual((row["n"], row["left_out"]), (12, 0))
        for key, expected in (("baseline_mean", statistics.mean(a)), ("scenario_mean", statistics.mean(b)),
                              ("difference", statistics.mean(d)), ("sd", statistics.stdev(d)),
                              ("difference_low", statistics.mean(d) - half_width),
                              ("difference_high", statistics.mean(d) + half_width)):
            self.assertAlmostEqual(row[key], expected, delta=2e-6, msg=key)
        self.assertAlmostEqual(row["variance_reduction"], (statistics.variance(a) + statistics.variance(b)) / statistics.variance(d),
                               delta=1e-3 * row["variance_reduction"])
        self.assertLess(row["needed_low"], row["needed"])
        self.assertLess(row["needed"], row["needed_high"])

    def test_all_pairs_are_compared(self):
        self.expect(0, "compare", "small", "more", "less")
        pairs = {(row["baseline"], row["scenario"]) for row in self.table()}
        self.assertEqual(pairs, {("small", "more"), ("small", "less"), ("more", "less")})
        self.assertEqual([row["scenario"] for row in self.table("scenarios")], ["small", "more", "less"])

    def test_threads_lanes_and_branching_change_nothing(self):
        self.expect(0, "compare", "small", "more", "--threads", "1", "-o", "a", "--quiet")
        self.expect(0, "compare", "small", "more", "--threads", "3", "--lanes", "4", "-o", "b", "--quiet")
        self.assertEqual(*((self.folder / name / "differences.csv").read_bytes() for name in "ab"))
        self.assertEqual(*((self.folder / name / "runs.csv").read_bytes() for name in "ab"))
        self.assertEqual(self.table("scenarios", "a")[1]["shared_months"], "11")

    def test_scenarios_that_part_at_a_month(self):
        done = self.expect(0, "compare", "small", "more", "--branch-at", "7")
        self.assertIn("the past they share, to the end of month 7, was computed once", done.stdout)
        self.assert_complains("nlcsim compare: more: --branch-at 12, but it shares only its first 11 months with the first scenario",
                              "compare", "small", "more", "--branch-at", "12")
        self.assert_complains("nlcsim compare: less: --branch-at 3, but it shares only its first 2 months with the first scenario",
                              "compare", "small", "less", "--branch-at", "3")

    def test_enough(self):
        done = self.expect(0, "compare", "small", "less", "--replicates", "5", "--precision", "0.02", "--outcome", "adopted_area")
        self.assertRegex(done.stdout, r"\nenough: within 0\.02 is reached after \d+ pairs\n")
        row = self.row("small", "less", "adopted_area")
        n = int(row["n"])
        self.assertGreater(n, 5)
        self.assertLessEqual(float(row["difference_high"]) - float(row["difference_low"]), 0.04)
        before = self.values("small", "adopted_area")
        self.expect(0, "compare", "small", "less", "--replicates", n - 1, "--quiet")
        row = self.row("small", "less", "adopted_area")
        self.assertGreater(float(row["difference_high"]) - float(row["difference_low"]), 0.04)
        self.assertEqual(self.values("small", "adopted_area"), before[:-1])

    def test_not_reached(self):
        done = self.expect(0, "compare", "small", "less", "--precision", "0.1%", "--most", "50")
        self.assertRegex(done.stdout, r"\nnot reached: within 0\.1 % of the difference is not reached after 50 pairs\n")
        package = json.loads((self.folder / "comparison-results" / "datapackage.json").read_text())
        self.assertEqual(package["nlcsim"]["precision"]["stopping"], "not reached")

    def test_the_best(self):
        done = self.expect(0, "compare", "small", "less", "more", "--best", "95", "--indifference", "0.05", "--outcome", "adopted_area")
        rows = self.table("selection")
        chosen = [row["scenario"] for row in rows if row["best"] == "yes"]
        self.assertEqual(len(chosen), 1)
        self.assertIn(f"best in adopted_area (largest): {chosen[0]}, ", done.stdout)
        means = {row["scenario"]: float(row["mean"]) for row in rows}
        self.assertEqual(chosen[0], max(means, key=means.get))
        for row in rows:
            needed = max(12, math.ceil((float(row["h"]) * float(row["sd"]) / 0.05) ** 2))
            self.assertEqual((int(row["needed"]), int(row["runs"])), (needed, needed))
        self.assertEqual(len({row["seed"] for row in rows}), 3)

    def test_the_best_is_not_chosen_where_that_cannot_be(self):
        options = ("--best", "95", "--quiet", "--indifference")
        self.expect(0, "compare", "small", "less", *options, "0.0001", "--most", "40")
        self.assertEqual({row["best"] for row in self.table("selection")}, {"no"})
        done = self.expect(0, "compare", "small", "less", "--best", "95", "--indifference", "1", "--outcome", "months_to_functioning_75")
        self.assertRegex(done.stdout, r"cannot be chosen:\n  small has no value in \d+ of 12 runs\n")
        self.assertIn("(smallest)", self.expect(0, "compare", "small", "less", "--best", "95", "--indifference", "5",
                                                "--outcome", "cost_end").stdout)

    def test_pairs_without_a_value_are_left_out(self):
        self.expect(0, "compare", "small", "less")
        outcome = "months_to_functioning_50"
        pairs = list(zip(self.values("small", outcome), self.values("less", outcome)))
        both = sum(bool(a) and bool(b) for a, b in pairs)
        row = self.row("small", "less", outcome)
        self.assertEqual((int(row["n"]), int(row["left_out"])), (both, 12 - both))
        reached = self.row("small", "less", outcome, "reached")
        self.assertAlmostEqual(float(reached["difference"]), sum(bool(b) - bool(a) for a, b in pairs) / 12, places=8)

    def test_the_same_scenario_twice(self):
        done = self.expect(0, "compare", "small", "small")
        self.assertIn("small-2 less small", done.stdout)
        self.assertEqual({row["verdict"] for row in self.table() if int(row["n"]) > 1}, {"the same"})

    def test_what_cannot_be_compared(self):
        self.make("other", "")
        (self.folder / "other" / "scenario.csv").write_text("key,value\nformat,1\nextends,../small\nmonths,30\n")
        self.assert_complains("nlcsim compare: other: 30 months, and the first scenario has 60; --set scenario.months=60 gives both "
                              "the same", "compare", "small", "other")
        (self.folder / "other" / "scenario.csv").write_text("key,value\nformat,1\nextends,../small\nseed,3\n")
        self.assert_complains("nlcsim compare: other: seed 3, and the first scenario has 7; --seed 7 gives both the same",
                              "compare", "small", "other")
        self.expect(0, "compare", "small", "other", "--seed", "7", "--quiet")

    def test_wrong_options(self):
        two = ("compare", "small", "less")
        self.assert_complains("nlcsim compare: --outcome 'functioning_ende': the model has no such outcome; did you mean "
                              "'functioning_end'?", *two, "--outcome", "functioning_ende")
        for text in ("0", "-1", "x", "5%%", "nan", "inf", "%"):
            self.assert_complains(f"nlcsim compare: --precision '{text}': expected a number above 0, such as 0.02 in the unit of the "
                                  "outcome, or 10% of the difference", *two, "--precision", text)
        self.assert_complains("nlcsim compare: --indifference '5%': expected a number above 0, such as 0.02",
                              *two, "--best", "90", "--indifference", "5%")
        self.assert_complains("nlcsim compare: --best and --indifference go together: how surely, and from what difference on",
                              *two, "--best", "90")
        self.assert_complains("nlcsim compare: --best 50: one of 2 is right as often by chance; expected more",
                              *two, "--best", "50", "--indifference", "1")
        self.assertFalse((self.folder / "comparison-results").exists())

    def test_one_is_not_enough(self):
        self.assertIn("is missing", self.expect(2, "compare", "small").stderr)

    def test_the_package_describes_every_column(self):
        self.expect(0, "compare", "small", "less", "--best", "90", "--indifference", "0.1", "--quiet", "--csv", "excel-id")
        folder = self.folder / "comparison-results"
        package = json.loads((folder / "datapackage.json").read_text())
        resources = {resource["path"]: resource for resource in package["resources"]}
        self.assertEqual(set(resources), {path.name for path in folder.iterdir()} - {"datapackage.json"})
        self.assertEqual(len({resource["name"] for resource in package["resources"]}), len(resources))
        for name in ("differences", "scenarios", "runs", "selection"):
            fields = [field["name"] for field in resources[f"{name}.csv"]["schema"]["fields"]]
            header = (folder / f"{name}.csv").read_text(encoding="utf-8-sig").splitlines()[0].split(";")
            self.assertEqual(fields, header)
        self.assertEqual(package["nlcsim"]["command"], "nlcsim compare small less --replicates 12 --seed 7 --best 90 "
                         "--indifference 0.1 --csv excel-id")

    def test_older_results_go(self):
        self.expect(0, "run", "small", "-o", "comparison-results", "--quiet")
        self.expect(0, "compare", "small", "more", "less", "--quiet")
        self.expect(0, "compare", "small", "less", "--quiet")
        self.assertEqual(sorted(path.name for path in (self.folder / "comparison-results").iterdir()),
                         ["datapackage.json", "differences.csv", "runs.csv", "scenario-1.resolved.txt", "scenario-2.resolved.txt",
                          "scenarios.csv"])


if __name__ == "__main__":
    unittest.main()

"""`analyse` looks at a study's results or at any table, and says what it found as a ranking and as a tidy table."""

import csv
import math
import random
import re
import unittest

import program

LEVERS = (("meetings", (2, 4, 6)), ("waves", ("random", "largest")))


def write(path, header, rows):
    with open(path, "w", newline="") as file:
        csv.writer(file).writerows([header, *rows])


def ishigami(x, y, z):
    return math.sin(x) + 7 * math.sin(y) ** 2 + 0.1 * z ** 4 * math.sin(x)


def saltelli(num, inputs, seed):
    """Rows of points in groups: A, A with each input in turn from B, B."""
    chance = random.Random(seed)
    rows = []
    for _ in range(num):
        a, b = ([round(chance.uniform(-math.pi, math.pi), 9) for _ in range(inputs)] for _ in "ab")
        rows += [a, *([b[k] if k == i else a[k] for k in range(inputs)] for i in range(inputs)), b]
    return rows


class Analyse(program.CommandTest):
    def setUp(self):
        super().setUp()
        self.table = self.folder / "t.csv"

    def tidy(self, *arguments):
        """The figures of a call: (item, measure) -> row."""
        self.expect(0, "analyse", *arguments, "-o", "tidy.csv", "--quiet")
        with open(self.folder / "tidy.csv", newline="") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual(list(rows[0]), ["output", "item", "measure", "value", "error", "low", "high", "n", "made_from"])
        return {(row["item"], row["measure"]): row for row in rows}

    def value(self, figures, item, measure):
        return float(figures[item, measure]["value"])

    def random_table(self, num=400):
        """y falls with b and rises twice as much with a; c does nothing."""
        chance = random.Random(1)
        rows = []
        for _ in range(num):
            a, b, c = (round(chance.random(), 6) for _ in range(3))
            rows.append((a, b, c, round(2 * a - b, 6)))
        write(self.table, ("a", "b", "c", "y"), rows)
        return rows

    def make_study(self, worlds=20, replicates=2):
        """A results folder: levers crossed with two unknowns. Meetings help more where `doubt` is low; the cost is that
        of meetings; half functioning is reached in 60 - 10 * output months, if that is below 40."""
        study = self.folder / "study"
        study.mkdir()
        chance = random.Random(5)
        unknown = [(round(chance.random(), 6), round(chance.random(), 6)) for _ in range(worlds)]
        points, runs = [], []
        for meetings in LEVERS[0][1]:
            for rule in LEVERS[1][1]:
                for doubt, noise in unknown:
                    points.append((len(points), meetings, rule, doubt, noise))
                    for replicate in range(replicates):
                        output = meetings * (1 - doubt) + (0.5 if rule == "largest" else 0) + 0.01 * replicate
                        months = 60 - 10 * output
                        runs.append((len(runs), points[-1][0], replicate, 1, f"{output:.6f}", f"{months:.3f}" if months < 40 else "",
                                     f"{meetings * 10 + replicate}"))
        write(study / "points.csv", ("point", "meetings", "waves", "doubt", "noise"), points)
        write(study / "runs.csv", ("run", "point", "replicate", "seed", "functioning_end.all", "months_to_functioning_50.all",
                                   "cost_end.all"), runs)
        write(study / "factors.csv", ("name", "role", "kind", "low", "high", "levels", "distribution", "scale"),
              [("meetings", "lever", "integer", 2, 6, "", "", ""), ("waves", "lever", "category", "", "", "random|largest", "", ""),
               ("doubt", "uncertainty", "real", 0, 1, "", "", ""), ("noise", "uncertainty", "real", 0, 1, "", "", "")])
        return study

    # ---- Inputs ----

    def test_rank(self):
        self.random_table()
        text = self.expect(0, "analyse", "rank", "--from", "t.csv", "--output", "y").stdout
        self.assertTrue(text.startswith("rank: y, 400 points; rank correlations, -1 to 1, by size\n\ninput"))
        self.assertEqual([line.split()[0] for line in text.splitlines()[3:]], ["a", "b", "c"])
        figures = self.tidy("rank", "--from", "t.csv", "--output", "y")
        self.assertGreater(self.value(figures, "a", "partial"), 0.95)
        self.assertLess(self.value(figures, "b", "rank"), -0.3)
        self.assertGreater(self.value(figures, "c", "rank_p"), 0.001)
        self.assertLess(float(figures["c", "rank"]["low"]), 0)
        self.assertEqual(figures["a", "rank"]["n"], "400")

    def test_pawn_and_delta_show_what_nothing_would_give(self):
        self.random_table()
        for method, measure in (("pawn", "median"), ("delta", "delta")):
            figures = self.tidy(method, "--from", "t.csv", "--output", "y")
            nothing = figures["(an input that does nothing)", measure]
            self.assertGreater(float(figures["a", measure]["low"]), float(nothing["high"]))
            self.assertLess(float(figures["c", measure]["low"]), float(nothing["high"]))

    def test_morris(self):
        rows = []
        for start in (0, 0.5):
            rows += [(start, 0, 0, 3 * start), (start + 0.5, 0, 0, 3 * start + 1.5), (start + 0.5, 0, 1, 3 * start + 1.5),
                     (start + 0.5, 10, 1, 3 * start + 2.5)]
        write(self.table, ("x", "big", "inert", "y"), rows)
        figures = self.tidy("morris", "--from", "t.csv", "--output", "y")
        self.assertAlmostEqual(self.value(figures, "x", "mu_star"), 3)
        self.assertAlmostEqual(self.value(figures, "big", "mu"), 1)
        self.assertEqual(self.value(figures, "inert", "mu_star"), 0)
        write(self.table, ("x", "big", "inert", "y"), rows[:2] + [(0.5, 10, 1, 9)] + rows[3:])
        self.assert_complains("t.csv:4: the row is no step of a trajectory: one input, another each time, must differ from the row "
                              "before", "analyse", "morris", "--from", "t.csv", "--output", "y")
        self.assert_complains("t.csv: 8 points are not trajectories of 2 inputs: expected a multiple of 3",
                              "analyse", "morris", "--from", "t.csv", "--output", "y", "--inputs", "x,big")

    def test_sobol_of_a_table(self):
        rows = saltelli(2000, 3, 1)
        write(self.table, ("x", "y", "z", "out"), [(*row, f"{ishigami(*row):.12g}") for row in rows])
        figures = self.tidy("sobol", "--from", "t.csv", "--output", "out", "--groups", "saltelli", "--resamples", "200")
        for item, first, total, sd in (("x", 0.3139, 0.5576, 1.4), ("y", 0.4424, 0.4424, 1.26), ("z", 0, 0.2437, 1.2)):
            self.assertAlmostEqual(self.value(figures, item, "first"), first, delta=4.5 * sd / math.sqrt(2000))
            self.assertAlmostEqual(self.value(figures, item, "total"), total, delta=4.5 * sd / math.sqrt(2000))
        self.assertNotIn(("(the seed)", "first"), figures)
        self.assert_complains("nlcsim analyse: sobol needs rows in Saltelli's groups; say so with --groups saltelli",
                              "analyse", "sobol", "--from", "t.csv", "--output", "out")
        write(self.table, ("x", "y", "z", "out"), [(*row, 1) for row in rows[:42] + rows[41:44] + rows[45:50]])
        self.assertIn("t.csv:", self.expect(2, "analyse", "sobol", "--from", "t.csv", "--output", "out", "--groups", "saltelli").stderr)

    def test_sobol_of_a_study_with_chance(self):
        """A fourth input does nothing; a fifth of the variance is the seed's."""
        study = self.folder / "study"
        study.mkdir()
        rows, chance, runs = saltelli(1500, 4, 2), random.Random(9), []
        for group in range(1500):
            noise = [math.sqrt(0.25 * 13.8446) * chance.gauss(0, 1) for _ in range(2)]
            for place in range(6):
                point = 6 * group + place
                runs += [(len(runs), point, r, group, f"{ishigami(*rows[point][:3]) + noise[r]:.12g}") for r in range(2)]
        write(study / "points.csv", ("point", "x", "y", "z", "inert"), [(k, *row) for k, row in enumerate(rows)])
        write(study / "runs.csv", ("run", "point", "replicate", "seed", "functioning_end.all"), runs)
        write(study / "factors.csv", ("name", "role", "kind"), [(name, "uncertainty", "real") for name in ("x", "y", "z", "inert")])
        figures = self.tidy("sobol", "study", "--resamples", "100")
        self.assertAlmostEqual(self.value(figures, "inert", "total"), 0, delta=1e-12)
        self.assertAlmostEqual(self.value(figures, "x", "total"), 0.8 * 0.5576, delta=0.11)
        for measure in ("first", "total"):
            seed = figures["(the seed)", measure]
            self.assertAlmostEqual(float(seed["value"]), 0.2, delta=4.5 * float(seed["error"]))
        text = self.expect(0, "analyse", "sobol", "study", "--resamples", "0").stdout
        self.assertTrue(text.startswith("sobol: functioning_end.all (share), 1500 base rows, 4 inputs; the runs of a row share"))

    # ---- Discovery and choices ----

    def test_prim(self):
        chance = random.Random(4)
        rows = []
        for _ in range(600):
            a, b, c = (round(chance.random(), 6) for _ in range(3))
            rows.append((a, b, c, "on" if a < 0.4 and b > 0.5 else "off", 1 if a < 0.4 and b > 0.5 else 0))
        write(self.table, ("a", "b", "c", "word", "y"), rows)
        done = self.expect(0, "analyse", "prim", "--from", "t.csv", "--output", "y", "--threshold", "0.5", "--inputs", "a,b,c")
        self.assertRegex(done.stdout, r"coverage (9\d|100)\.\d % of what is of interest, density (8|9|10)\d\.\d % of the box")
        self.assertRegex(done.stdout, r"a <= 0\.(3[5-9]|4[0-5])")
        self.assertRegex(done.stdout, r"b >= 0\.(4[5-9]|5[0-5])")
        self.assertNotIn("c <=", done.stdout)
        done = self.expect(0, "analyse", "prim", "--from", "t.csv", "--output", "y", "--threshold", "0.5", "--inputs", "word,c")
        self.assertIn("word: on ", done.stdout)
        figures = self.tidy("prim", "--from", "t.csv", "--output", "y", "--threshold", "0.5", "--inputs", "a,b,c", "--worse")
        self.assertEqual(self.value(figures, "peel 0", "coverage"), 1)
        self.assertAlmostEqual(self.value(figures, "peel 0", "density"), sum(row[4] <= 0.5 for row in rows) / 600)
        self.assert_complains("nlcsim analyse: prim needs --threshold: which outputs are of interest",
                              "analyse", "prim", "--from", "t.csv", "--output", "y")
        self.assert_complains("t.csv: no run, or every run, is of interest with the threshold 7 of y",
                              "analyse", "prim", "--from", "t.csv", "--output", "y", "--threshold", "7", "--inputs", "a,b")

    def test_robust(self):
        write(self.table, ("policy", "world", "y"),
              [(p, w, y) for p, row in zip("ABCD", ((8, 2, 5, 9), (6, 6, 6, 5), (9, 1, 2, 10), (7, 4, 6, 7))) for w, y in enumerate(row)])
        arguments = ("robust", "--from", "t.csv", "--output", "y", "--levers", "policy")
        figures = self.tidy(*arguments, "--threshold", "5.5")
        self.assertEqual([self.value(figures, f"policy={p}", "max_regret") for p in "ABCD"], [4, 5, 5, 3])
        self.assertEqual([self.value(figures, f"policy={p}", "satisficing") for p in "ABCD"], [0.5, 0.75, 0.5, 0.75])
        self.assertEqual([self.value(figures, f"policy={p}", "worst") for p in "ABCD"], [2, 5, 1, 4])
        self.assertEqual([self.value(figures, f"policy={p}", "regret_p90") for p in "ABCD"], [3.1, 4.4, 4.7, 2.7])
        shown = self.expect(0, "analyse", *arguments).stdout
        self.assertEqual([line.split()[0][-1] for line in shown.splitlines()[3:]], list("DABC"))
        low = self.tidy(*arguments, "--better", "low", "--threshold", "5.5")
        self.assertEqual([self.value(low, f"policy={p}", "max_regret") for p in "ABCD"], [4, 5, 5, 4])
        self.assertEqual([self.value(low, f"policy={p}", "satisficing") for p in "ABCD"], [0.5, 0.25, 0.5, 0.25])
        self.assertEqual([self.value(low, f"policy={p}", "worst") for p in "ABCD"], [9, 6, 10, 7])
        self.assertIn("robust needs levers and unknowns: all inputs are unknowns",
                      self.expect(2, "analyse", "robust", "--from", "t.csv", "--output", "y").stderr)

    def test_robust_of_a_study(self):
        self.make_study()
        done = self.expect(0, "analyse", "robust", "study")
        self.assertTrue(done.stdout.startswith("robust: functioning_end.all (share), 6 lever settings in 20 states of the world; "
                                               "high values are better"))
        self.assertEqual(done.stdout.splitlines()[3].split()[:3], ["100", "meetings=6,", "waves=largest"])
        self.assertEqual(done.stdout.splitlines()[2].split()[:3], ["point", "lever", "setting"])
        figures = self.tidy("robust", "study")
        self.assertEqual(self.value(figures, "meetings=6, waves=largest", "max_regret"), 0)

    def test_every_figure_with_an_interval_shows_it(self):
        """What the tidy table has with an interval stands so on the screen."""
        self.make_study()
        write(self.folder / "saltelli.csv", ("x", "y", "out"), [(*row, math.sin(row[0]) + row[1]) for row in saltelli(60, 2, 3)])
        rows = [(start + x, y, (start + x) * (1 + y)) for start in (0, 0.25, 0.5) for x, y in ((0, start), (0.5, start), (0.5, start + 0.5))]
        write(self.folder / "morris.csv", ("x", "y", "out"), rows)
        studies = {"robust": ("study", "--threshold", "3"), "pareto": ("study",), "rank": ("study",), "pawn": ("study",), "delta": ("study",)}
        tables = {"sobol": ("--from", "saltelli.csv", "--output", "out", "--groups", "saltelli"),
                  "morris": ("--from", "morris.csv", "--output", "out")}
        for method, arguments in {**studies, **tables}.items():
            shown = self.expect(0, "analyse", method, *arguments, "-o", "found.csv").stdout
            measures = re.search(r"^ *(?:point  )?(?:lever setting|choice|input) +(.*)$", shown, re.M).group(1).split()
            with open(self.folder / "found.csv", newline="") as file:
                rows = list(csv.DictReader(file))
            on_front = {row["item"] for row in rows if (row["measure"], row["value"]) == ("on_front", "1")}
            found = [row for row in rows if row["measure"] in measures and row["low"] and (method != "pareto" or row["item"] in on_front)]
            self.assertGreater(len({row["measure"] for row in found}), 0, method)
            for row in found:
                self.assertIn("{:.3g} [{:.3g}, {:.3g}]".format(*(float(row[k]) for k in ("value", "low", "high"))),
                              shown, (method, row))
        self.assertEqual(measures, ["mu_star", "mu", "sigma"])

    def test_robust_wants_the_same_states_for_all(self):
        """Each setting in a state of its own, or all of them in one state alone: nothing to compare."""
        message = ("t.csv: {} of {} states of the world were tried with every lever setting, and this needs at least 2: settings are "
                   "compared in the same states (design=crossed)")
        write(self.table, ("policy", "world", "y"), [(k, k / 7, k % 5) for k in range(30)])
        arguments = ("analyse", "robust", "--from", "t.csv", "--output", "y", "--levers", "policy")
        self.assert_complains(message.format(0, 30), *arguments)
        write(self.table, ("policy", "world", "y"), [("a", 1, 2), ("b", 1, 3), ("a", 2, 4), ("a", 3, 5)])
        self.assert_complains(message.format(1, 3), *arguments)

    def test_settings_that_are_wide_are_told_apart(self):
        study = self.folder / "study"
        study.mkdir()
        names = [f"meetings@tier=city,group=number-{k}" for k in range(4)]
        settings = [(a, b) for a in (2, 4) for b in (1, 3)]
        points = [(4 * w + k + 1, a, 5, 6, b, w) for w in range(3) for k, (a, b) in enumerate(settings)]
        write(study / "points.csv", ("point", *names, "world"), points)
        write(study / "runs.csv", ("run", "point", "replicate", "seed", "functioning_end.all", "cost_end.all"),
              [(p[0], p[0], 0, 1, (p[1] + p[4] / 10) * (1 + p[5]) / 100, 10 * p[1] + p[4]) for p in points])
        write(study / "factors.csv", ("name", "role", "kind"), [*((name, "lever", "real") for name in names), ("world", "uncertainty", "real")])
        for method, first in (("robust", 4), ("pareto", 1)):
            shown = self.expect(0, "analyse", method, "study").stdout
            blocks = re.split(r"\n(?= *\d+  meetings)", shown)[1:]
            self.assertEqual(int(blocks[0].split()[0]), first)
            labels = {tuple(re.findall(r"number-\d=\d", block)) for block in blocks}
            self.assertEqual(len(labels), 4, shown)
            self.assertEqual({len(label) for label in labels}, {4})
            self.assertTrue(all(len(line) < 140 for line in shown.splitlines()[1:]), shown)

    def test_pareto(self):
        write(self.table, ("policy", "cost_end", "y"), [("a", 1, 1), ("b", 2, 3), ("c", 3, 2), ("d", 4, 4), ("a", 1, 2)])
        figures = self.tidy("pareto", "--from", "t.csv", "--output", "y", "--levers", "policy")
        self.assertEqual([self.value(figures, f"policy={p}", "on_front") for p in "abcd"], [1, 1, 0, 1])
        self.assertEqual(self.value(figures, "policy=a", "output"), 1.5)
        # The worst corner is cost 4 and output 1.5; only b lies inside: (4 - 2) * (3 - 1.5) of 3 * 2.5.
        self.assertAlmostEqual(self.value(figures, "(the front)", "hypervolume"), 2 * 1.5 / 7.5)
        write(self.table, ("policy", "price", "y"), [("a", 1, 1), ("b", 2, 3)])
        self.assert_complains("t.csv: there is no column cost_end; name the cost with --cost",
                              "analyse", "pareto", "--from", "t.csv", "--output", "y", "--levers", "policy")

    def test_voi(self):
        """Acting pays what x says, from -1 to 1; not acting pays nothing. Knowing x is worth a quarter."""
        chance = random.Random(6)
        rows = []
        for k in range(200):
            x, other = (k + 0.5) / 100 - 1, round(chance.random(), 6)
            rows += [("act", f"{x:.4f}", other, f"{x:.4f}"), ("wait", f"{x:.4f}", other, 0)]
        write(self.table, ("choice", "x", "other", "gain"), rows)
        figures = self.tidy("voi", "--from", "t.csv", "--output", "gain", "--levers", "choice")
        self.assertAlmostEqual(self.value(figures, "x", "evppi"), 0.25, places=5)
        self.assertAlmostEqual(self.value(figures, "(all unknowns)", "evpi"), 0.25, places=5)
        self.assertLess(self.value(figures, "other", "evppi"), 0.1)

    def test_select(self):
        study = self.make_study(worlds=40)
        (study / "targets.csv").write_text("functioning,month,probability,label\n50,35,0.5,half\n50,20,0.9,soon\n")
        done = self.expect(0, "analyse", "select", "study")
        self.assertIn("months_to_functioning_50.all at most 35 with a probability of at least 0.5:\n  cheapest: meetings=", done.stdout)
        figures = self.tidy("select", "study")
        with open(study / "runs.csv", newline="") as file:
            runs = list(csv.DictReader(file))
        hits = [run["months_to_functioning_50.all"] for run in runs[:80]]
        share = sum(text != "" and float(text) <= 35 for text in hits) / 80
        self.assertEqual(self.value(figures, "half: meetings=2, waves=random", "probability"), share)
        self.assertEqual(self.value(figures, "half: meetings=6, waves=largest", "cost"), 60.5)
        # With half of the runs, whatever the target's month; nine of ten reach it with no setting.
        months = sorted(float(run["months_to_functioning_50.all"] or "inf") for run in runs[-80:])
        self.assertEqual(self.value(figures, "half: meetings=6, waves=largest", "reached_by"), months[39])
        self.assertEqual(figures["soon: meetings=2, waves=random", "reached_by"]["value"], "")
        self.assertRegex(done.stdout, rf"soonest, whatever the cost: meetings=6, waves=largest\n.*; with probability 0.5 reached by {months[39]:.4g}\n")
        (study / "targets.csv").write_text("functionng,month,probability\n50,35,0.5\n")
        self.assertIn("study/targets.csv:1: 'functionng' is not a column; did you mean 'functioning'?",
                      self.expect(2, "analyse", "select", "study").stderr)
        (study / "targets.csv").write_text("functioning,month,probability\n80,35,1.5\n")
        said = self.expect(2, "analyse", "select", "study").stderr
        self.assertIn("study/targets.csv:2: probability is '1.5', expected a number above 0 and up to 1", said)
        self.assertIn("study/targets.csv:2: functioning is '80', and study/runs.csv has no months_to_functioning_80; the shares that can be "
                      "asked for: 50", said)
        (study / "targets.csv").write_text("functioning,month,probability,outcome,at_least\n50,35,0.5,cost_end.all,1\n")
        self.assert_complains("study/targets.csv:2: the row gives functioning, and outcome, at_least or at_most as well; make two rows "
                              "of it", "analyse", "select", "study")
        (study / "targets.csv").unlink()
        self.assert_complains("study/targets.csv: is not there; select needs a table of what is to be reached: name it with --targets FILE",
                              "analyse", "select", "study")
        self.assertIn("none.csv: cannot be read", self.expect(2, "analyse", "select", "study", "--targets", "none.csv").stderr)

    def test_all_targets_are_checked_before_anything_is_printed(self):
        study = self.make_study()
        (study / "targets.csv").write_text("functioning,month,probability,outcome,at_least\n50,35,0.5,,\n60,35,0.5,,\n,,0.5,cost_end,1\n"
                                           ",,x,nothing,1\n")
        self.assert_complains("study/targets.csv:3: functioning is '60', and study/runs.csv has no months_to_functioning_60; the shares that "
                              "can be asked for: 50\n"
                              "study/targets.csv:4: outcome is 'cost_end', which is no column of study/runs.csv; did you mean 'cost_end.all'?\n"
                              "study/targets.csv:5: probability is 'x', expected a number above 0 and up to 1\n"
                              "study/targets.csv:5: outcome is 'nothing', which is no column of study/runs.csv", "analyse", "select", "study")

    def test_rows_of_a_target_are_about_its_own_outcome(self):
        study = self.make_study()
        (study / "targets.csv").write_text("functioning,month,probability,outcome,at_least,label\n50,35,0.5,,,half\n,,0.5,cost_end.all,1,dear\n")
        figures = self.tidy("select", "study")
        self.assertEqual({(item.split(":")[0], row["output"]) for (item, _), row in figures.items()},
                         {("half", self.WAIT), ("dear", "cost_end.all")})

    def test_columns_that_number_the_rows_are_no_inputs(self):
        chance = random.Random(3)
        rows = [(k + 1, 7 * k, k, round(chance.random(), 5), chance.randint(1, 9)) for k in range(40)]
        for header, inputs in ((("row", "id", "seed", "a", "y"), {"a"}), (("b", "row", "run", "a", "y"), {"b", "row", "a"})):
            write(self.table, header, rows)
            self.assertEqual({item for item, _ in self.tidy("rank", "--from", "t.csv", "--output", "y")}, inputs)
        write(self.table, ("row", "id", "seed", "a", "y"), rows)
        self.assertEqual({item for item, _ in self.tidy("rank", "--from", "t.csv", "--output", "y", "--inputs", "row,a")}, {"row", "a"})

    def test_a_part_of_a_name_is_understood(self):
        self.make_study()
        self.assert_complains("study/runs.csv:1: there is no column 'functioning_end'; did you mean 'functioning_end.all'?",
                              "analyse", "rank", "study", "--output", "functioning_end")

    # ---- Months that were not reached ----

    WAIT = "months_to_functioning_50.all"

    def unreached(self, study):
        with open(study / "runs.csv", newline="") as file:
            runs = list(csv.DictReader(file))
        empty = sum(run[self.WAIT] == "" for run in runs)
        self.assertTrue(0 < empty < len(runs))
        return empty, len(runs)

    def test_censored_months_are_said_in_every_analysis(self):
        study = self.make_study()
        empty, num = self.unreached(study)
        said = (f"nlcsim analyse: warning: {empty} of {num} runs did not reach {self.WAIT} within their months and are left out, which "
                "makes what is slow look fast; --empty M counts them as month M\n")
        for method in ("pawn", "delta", "rank", "robust", "pareto"):
            done = self.expect(0, "analyse", method, "study", "--output", self.WAIT, "--resamples", "0", "-o", "found.csv")
            self.assertTrue(done.stderr.startswith(said), (method, done.stderr))
            with open(self.folder / "found.csv", newline="") as file:
                share = [row for row in csv.DictReader(file) if row["item"] == "(runs that did not reach it)"]
            self.assertEqual([(row["measure"], row["n"]) for row in share], [("share", str(num))])
            self.assertAlmostEqual(float(share[0]["value"]), empty / num)
            filled = self.expect(0, "analyse", method, "study", "--output", self.WAIT, "--resamples", "0", "--empty", "61")
            self.assertEqual(filled.stderr, f"nlcsim analyse: note: {empty} of {num} runs have no {self.WAIT}; they count as 61\n")
        self.assertEqual(self.expect(0, "analyse", "rank", "study", "--output", self.WAIT, "-q").stderr, "")
        # Hardly any state of the world has a month for each choice.
        self.assertTrue(self.expect(2, "analyse", "voi", "study", "--output", self.WAIT).stderr.startswith(said))
        self.expect(0, "analyse", "voi", "study", "--output", self.WAIT, "--empty", "61", "--resamples", "0")

    def test_prim_counts_a_month_that_was_not_reached_as_late(self):
        study = self.make_study()
        empty, num = self.unreached(study)
        arguments = ("prim", "study", "--output", self.WAIT, "--threshold", "30", "--resamples", "0")
        done = self.expect(0, "analyse", *arguments)
        self.assertEqual(done.stderr, f"nlcsim analyse: note: {empty} of {num} runs did not reach {self.WAIT} within their months; they "
                                      "count as later than any month\n")
        self.assertTrue(done.stdout.startswith(f"prim: {self.WAIT} (months), {num} runs, of which "))
        self.assertEqual(self.tidy(*arguments), self.tidy(*arguments, "--empty", "999"))
        worse = self.tidy(*arguments, "--worse")
        self.assertGreaterEqual(float(worse["peel 0", "density"]["value"]), empty / num)

    def test_select_says_how_many_runs_miss_a_target_for_not_reaching_it(self):
        study = self.make_study()
        empty, num = self.unreached(study)
        (study / "targets.csv").write_text("functioning,month,probability\n50,35,0.5\n")
        self.assertIn(f"  {empty} of {num} runs did not reach it within their months, or have none: they miss the target\n",
                      self.expect(0, "analyse", "select", "study").stdout)

    def test_pareto_leaves_a_choice_that_never_reaches_it_out_of_the_box(self):
        write(self.table, ("policy", "cost_end", "months_to_x"), [("a", 1, ""), ("b", 2, 30), ("c", 4, 20), ("d", 4, 40)])
        figures = self.tidy("pareto", "--from", "t.csv", "--output", "months_to_x", "--levers", "policy")
        self.assertEqual([self.value(figures, f"policy={p}", "on_front") for p in "abcd"], [0, 1, 1, 0])
        # The box is from cost 2 and month 20 to cost 4 and month 40; b takes the half of it, c stands on its edge.
        self.assertAlmostEqual(self.value(figures, "(the front)", "hypervolume"), 0.5)

    def test_pareto_without_a_box_says_so(self):
        write(self.table, ("policy", "cost_end", "y"), [("a", 1, 0), ("b", 2, 0)])
        self.assertIn("\nno hypervolume: all choices have the same cost, or the same output\n",
                      self.expect(0, "analyse", "pareto", "--from", "t.csv", "--output", "y", "--levers", "policy").stdout)

    # ---- Tables as they come ----

    def test_spreadsheet_quirks_change_nothing(self):
        rows = self.random_table(60)
        plain = self.tidy("rank", "--from", "t.csv", "--output", "y")
        lines = ["a;b;c;y"] + [";".join(str(cell).replace(".", ",") for cell in row) for row in rows]
        self.table.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(lines).encode() + b"\r\n;;;\r\n")
        self.assertEqual(self.tidy("rank", "--from", "t.csv", "--output", "y"), plain)

    def test_what_is_missing_is_left_out_with_a_warning(self):
        rows = self.random_table(60)
        write(self.table, ("a", "b", "c", "y"), [*rows[:50], *((a, b, "NA", y) for a, b, c, y in rows[50:55]),
                                                  *((a, b, c, "") for a, b, c, y in rows[55:])])
        done = self.expect(0, "analyse", "rank", "--from", "t.csv", "--output", "y")
        self.assertEqual(done.stderr, "nlcsim analyse: warning: 50 of 60 points are complete (83.3 %); the others are left out\n")
        self.assertTrue(done.stdout.startswith("rank: y, 50 points"))
        filled = self.expect(0, "analyse", "rank", "--from", "t.csv", "--output", "y", "--empty", "9")
        self.assertIn("55 of 60", filled.stderr)
        self.assertEqual(self.expect(0, "analyse", "rank", "--from", "t.csv", "--output", "y", "--quiet").stderr, "")

    def test_same_bytes_for_the_same_seed(self):
        self.random_table()
        first = self.tidy("delta", "--from", "t.csv", "--output", "y", "--seed", "7")
        self.assertEqual(self.tidy("delta", "--from", "t.csv", "--output", "y", "--seed", "7"), first)
        self.assertNotEqual(self.tidy("delta", "--from", "t.csv", "--output", "y", "--seed", "8"), first)

    def test_where_the_table_goes(self):
        self.random_table()
        done = self.expect(0, "analyse", "rank", "--from", "t.csv", "--output", "y", "-o", "found")
        self.assertTrue(done.stdout.endswith("\nwritten: found/rank.csv\n"))
        self.assertTrue((self.folder / "found" / "rank.csv").read_bytes().startswith(b"output,item,measure,value,error,low,high,n,made_from\r\ny,a,rank,"))
        self.assertIn("no/where", self.expect(1, "analyse", "rank", "--from", "t.csv", "--output", "y", "-o", "no/where/x.csv").stderr)

    # ---- Mistakes ----

    def test_usage(self):
        self.random_table()
        self.assert_complains("nlcsim analyse: 'sobl' is not a method; did you mean 'sobol'?", "analyse", "sobl", "study")
        self.assert_complains("nlcsim analyse: name a results folder, or a table with --from", "analyse", "rank")
        self.assert_complains("nlcsim analyse: a results folder and --from cannot be given together",
                              "analyse", "rank", "small", "--from", "t.csv", "--output", "y")
        self.assert_complains("nlcsim analyse: --from needs --output: which column is to be explained", "analyse", "rank", "--from", "t.csv")
        self.assert_complains("nlcsim analyse: --threshold 'half': expected a number with a decimal point",
                              "analyse", "prim", "--from", "t.csv", "--output", "y", "--threshold", "half")

    def test_wrong_tables(self):
        self.random_table(60)
        self.assertEqual(self.expect(2, "analyse", "rank", "--from", "t.csv", "--output", "y", "--inputs", "a,bb,zzzzzzz").stderr,
                         "t.csv:1: there is no column 'bb'; did you mean 'b'?\nt.csv:1: there is no column 'zzzzzzz'\n")
        write(self.table, ("a", "y"), [(k, 3) for k in range(60)])
        self.assert_complains("t.csv: y is 3 in every row: there is nothing to explain", "analyse", "rank", "--from", "t.csv", "--output", "y")
        write(self.table, ("a", "y"), [(k, k) for k in range(9)])
        self.assert_complains("t.csv: 9 complete rows, and this needs at least 10", "analyse", "rank", "--from", "t.csv", "--output", "y")
        write(self.table, ("a", "y"), [(1, 2), (1, "many")])
        self.assert_complains("t.csv:3: y is 'many', expected a number", "analyse", "rank", "--from", "t.csv", "--output", "y")
        self.assertIn("none.csv: cannot be read", self.expect(2, "analyse", "rank", "--from", "none.csv", "--output", "y").stderr)

    def test_wrong_studies(self):
        study = self.make_study(worlds=3)
        text = (study / "runs.csv").read_text().splitlines()
        text[5] = text[5].replace(",2,", ",999,", 1)
        (study / "runs.csv").write_text("\n".join(text) + "\n")
        self.assertIn("study/runs.csv:6: there is no point 999 in study/points.csv", self.expect(2, "analyse", "rank", "study").stderr)
        (study / "factors.csv").unlink()
        self.assertIn("factors.csv: cannot be read", self.expect(2, "analyse", "rank", "study").stderr)


if __name__ == "__main__":
    unittest.main()

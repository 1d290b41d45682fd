"""The model itself as a factor of a study: outcomes that a model does not have are empty, and analyses say what they leave out."""

import csv
import unittest

import program

MODELS = ("nlc", "cascade", "degroot", "threshold", "voter")
POINTS, REPLICATES = 60, 10
# degroot computes in doubles and has opinions, not plans.
ONLY = {"functioning_end.all": {"nlc"}, "opinion_end.all": {"degroot"}, "adopted_end.all": {"nlc", "cascade", "threshold", "voter"}}


class StudyModels(program.CommandTest):
    def setUp(self):
        super().setUp()
        study = self.folder / "study"
        study.mkdir()
        (study / "study.csv").write_text(f"key,value\nscenario,../small\ndesign,lhs\npoints,{POINTS}\nreplicates,{REPLICATES}\nseed,3\n")
        (study / "factors.csv").write_text("name,role,kind,low,high,levels\n"
                                           f"mechanism,uncertainty,model,,,{'|'.join(MODELS)}\nmonths,uncertainty,integer,12,48,\n"
                                           "scenario.peers,lever,category,,,nearest:2|random:3\n")
        self.expect(0, "sweep", "study", "-o", "out", "-q")

    def rows(self, table):
        with open(self.folder / "out" / table, newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def of_models(self):
        """The runs of each model."""
        model = {row["point"]: row["mechanism"] for row in self.rows("points.csv")}
        runs = self.rows("runs.csv")
        self.assertEqual(len(runs), POINTS * REPLICATES)
        return {name: [run for run in runs if model[run["point"]] == name] for name in MODELS}

    def figures(self, method, *arguments):
        done = self.expect(0, "analyse", method, "out", *arguments, "-o", "found.csv")
        with open(self.folder / "found.csv", newline="", encoding="utf-8") as file:
            return done, {(row["item"], row["measure"]): row for row in csv.DictReader(file)}

    def test_outcomes_that_a_model_does_not_have_are_empty(self):
        for model, runs in self.of_models().items():
            self.assertEqual(len(runs), POINTS * REPLICATES // len(MODELS))
            for outcome, models in ONLY.items():
                given = sum(run[outcome] != "" for run in runs)
                self.assertEqual(given, len(runs) if model in models else 0, (model, outcome))

    def test_a_run_is_the_run_of_its_model(self):
        for model in ("degroot", "cascade"):
            point = next(row for row in self.rows("points.csv") if row["mechanism"] == model)
            (self.folder / model).mkdir()
            (self.folder / model / "scenario.csv").write_text(f"key,value\nextends,../small\nmodel,{model}\n")
            self.expect(0, "run", model, "-o", "one", "-q", "--seed", 3, "--replicates", REPLICATES, "--set",
                        f"months={point['months']}", "--set", f"scenario.peers={point['scenario.peers']}")
            outcome = "opinion_end.all" if model == "degroot" else "adopted_area.all"
            with open(self.folder / "one" / "runs.csv", newline="", encoding="utf-8") as file:
                alone = [row[outcome] for row in csv.DictReader(file)]
            self.assertEqual([row[outcome] for row in self.rows("runs.csv") if row["point"] == point["point"]], alone)
            self.assertEqual(len(alone), REPLICATES)

    def test_analyses_say_what_they_leave_out(self):
        done, figures = self.figures("pawn", "--output", "functioning_end.all")
        self.assertIn("nlcsim analyse: warning: 480 of 600 runs are of models that have no functioning_end.all and are left out\n",
                      done.stderr)
        self.assertIn("120 of 600 runs are complete (20.0 %)", done.stderr)
        self.assertEqual(float(figures["(runs of models without it)", "share"]["value"]), 0.8)
        self.assertEqual(figures["months", "median"]["n"], "120")
        done, figures = self.figures("rank", "--output", "adopted_end.all")
        self.assertIn("120 of 600 runs are of models that have no adopted_end.all", done.stderr)
        self.assertEqual(figures["months", "rank"]["n"], "48")
        # What a model does not have is not what it did not reach: --empty fills the latter alone.
        runs = self.of_models()
        unreached = sum(run["months_to_functioning_25.all"] == "" for run in runs["nlc"])
        self.assertGreater(unreached, 0)
        done, figures = self.figures("pawn", "--output", "months_to_functioning_25.all", "--empty", "99")
        self.assertIn(f"note: {unreached} of 600 runs have no months_to_functioning_25.all; they count as 99\n", done.stderr)
        self.assertEqual(figures["months", "median"]["n"], "120")

    def test_select_looks_at_the_models_that_have_the_outcome(self):
        (self.folder / "out" / "targets.csv").write_text("outcome,at_least,probability\nadopted_end.all,0.2,0.1\n")
        done = self.expect(0, "analyse", "select", "out", "--cost", "months_to_adopted_25.all")
        self.assertIn("  120 of 600 runs are of models without it and are left out\n", done.stdout)


if __name__ == "__main__":
    unittest.main()

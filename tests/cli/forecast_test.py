"""`forecast` fits the first part of adoption series and scores what it says of the rest."""

import csv
import math
import unittest

import program

TASKS = """protocol,series,dataset,half,N,train_periods,test_periods,train_cum,final_cum
K,policy a,SPID,OPEN,10,3,2,3,5
H,villages/1,villages,,6,2,2,1,3
H,villages/all,villages,,9,2,2,2,5
"""
POLICIES = "statenam,policy,adopt_year\n" + "".join(
    f"S{k},policy a,{year}\n" for k, year in enumerate((1990, 1991, 1992, 1993, 1994, 2005))) + "S1,policy b,1970\n"
VILLAGES = ('"dataset","community","id","toa","last_obs"\n'
            '"villages",1,1,1,4\n"villages",1,2,3,4\n"villages",1,3,4,4\n"villages",1,4,NA,4\n"villages",2,5,2,4\n"villages",2,6,4,4\n')


class Forecast(program.CommandTest):
    def setUp(self):
        super().setUp()
        (self.folder / "tasks.csv").write_text(TASKS)
        (self.folder / "spid_open.csv").write_text(POLICIES)
        (self.folder / "netdiffuser_toa.csv").write_text(VILLAGES)

    def table(self, name):
        with open(self.folder / "out" / name, newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def test_scores(self):
        shown = self.expect(0, "forecast", "tasks.csv", "-o", "out").stdout
        scores = self.table("scores.csv")
        self.assertEqual(len(scores), 3 * 9)
        persistence = next(row for row in scores if row["series"] == "policy a" and row["method"] == "persistence")
        # 3 now, then 4 and 5, of 10: one part in a hundred over eight counts.
        self.assertAlmostEqual(float(persistence["log_score"]), -math.log(0.01 / 8), places=3)
        def crps(observed):
            below = [0.99 + 0.01 * (k - 2) / 8 for k in range(3, 10)]
            return 10 * sum((f - (k >= observed)) ** 2 for k, f in zip(range(3, 10), below))
        self.assertAlmostEqual(float(persistence["crps"]), (crps(4) + crps(5)) / 2, places=3)
        self.assertEqual((persistence["coverage"], persistence["final_observed"]), ("0.000", "5"))
        skill = {(row["group"], row["method"]): row for row in self.table("skill.csv")}
        self.assertEqual(skill["all", "persistence"]["series"], "3")
        self.assertEqual(skill["SPID, protocol K, half OPEN", "linear pool"]["series"], "1")
        self.assertAlmostEqual(float(skill["all", "persistence"]["crps"]),
                               sum(float(row["crps"]) for row in scores if row["method"] == "persistence") / 3, places=3)
        self.assertIn("all, 3 series\n", shown)
        self.assertIn("loss", shown)

    def test_the_same_twice(self):
        first = self.expect(0, "forecast", "tasks.csv").stdout
        self.assertEqual(first, self.expect(0, "forecast", "tasks.csv").stdout)

    def test_tasks_must_fit_the_data(self):
        (self.folder / "tasks.csv").write_text(TASKS.replace("3,5\n", "3,6\n"))
        self.assertIn("tasks.csv:2: policy a: the data count 3 adopters after 3 periods and 5 after 5; the task says 3 and 6 of 10",
                      self.expect(2, "forecast", "tasks.csv").stderr)

    def test_what_is_wrong(self):
        (self.folder / "spid_open.csv").unlink()
        self.assertIn("spid_open.csv", self.expect(2, "forecast", "tasks.csv").stderr)
        (self.folder / "tasks.csv").write_text("protocol,series\n")
        self.assertIn("tasks.csv: has no column dataset", self.expect(2, "forecast", "tasks.csv").stderr)
        (self.folder / "tasks.csv").write_text(TASKS.splitlines()[0] + "\n")
        self.assertIn("lists no task", self.expect(2, "forecast", "tasks.csv").stderr)


if __name__ == "__main__":
    unittest.main()

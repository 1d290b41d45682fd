"""`forecast` fits the first part of adoption series and scores what it says of the rest."""

import csv
import json
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

# County above two districts; a combined authority above one of them; a region, which cannot adopt; one place of which
# nothing is known.
PLACES = """name,node_id,parent_id,status,adoption_period
Land,L,,not_applicable,
County,C,L,adopted,3
East,E,C,adopted,2
West,W,C,adopted,5
Alone,A,L,not_adopted,
Town,T,L,adopted,3
Union,U,L,adopted,4
Unknown,X,C,unknown,
"""
CHANNELS = """from,to,kind,km
E,W,nearest5,1.5
W,E,nearest5,1.5
T,W,nearest5,2.5
T,X,nearest5,3.5
U,W,combined_authority,
C,E,parent,
"""


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
        shown = self.expect(0, "forecast", "tasks.csv", "--draws", "40", "-o", "out").stdout
        scores = self.table("scores.csv")
        self.assertEqual(len(scores), 3 * 10)
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

    def test_model(self):
        shown = self.expect(0, "forecast", "tasks.csv", "--draws", "40", "-o", "out").stdout
        self.assertIn("nlc: 40 runs with unknowns drawn from their priors, weighted by the first part of each series; scaled from "
                      "100 places", shown)
        self.assertIn("nlc beside the best of the others, ", shown)
        rows = [row for row in self.table("scores.csv") if row["method"] == "nlc"]
        self.assertEqual(len(rows), 3)
        # Four paces a run: at most 160 draws, and fewer that count.
        self.assertTrue(all(1 <= float(row["effective_draws"]) < 160 for row in rows))
        means = {row["method"]: row for row in self.table("skill.csv") if row["group"] == "all"}
        self.assertGreater(float(means["nlc"]["crps_mcse"]), 0)
        self.assertGreater(float(means["logistic, empirical Bayes"]["crps_mcse"]), 0)
        self.assertEqual(float(means["constant hazard"]["crps_mcse"]), 0)

    def test_another_model(self):
        (self.small / "scenario.csv").write_text(program.SCENARIO.replace("model,nlc", "model,bass").replace("months,24", "months,120"))
        (self.small / "levers.csv").unlink(missing_ok=True)
        study = self.folder / "study"
        study.mkdir()
        (study / "study.csv").write_text("key,value\ntitle,Curves\nscenario,../small\ndesign,lhs\npoints,10\n")
        (study / "factors.csv").write_text("name,role,kind,low,high,levels,distribution,scale\n"
                                           "innovation,uncertainty,real,0.001,0.2,,loguniform,\n")
        shown = self.expect(0, "forecast", "tasks.csv", "--model", "study", "--draws", "40").stdout
        self.assertIn("bass: 40 runs", shown)
        (study / "factors.csv").write_text("name,role,kind,low,high,levels,distribution,scale\nscenario.months,lever,integer,12,24,,,\n")
        self.assertIn("'scenario.months' is no number", self.expect(2, "forecast", "tasks.csv", "--model", "study").stderr)
        self.assertIn("nowhere", self.expect(2, "forecast", "tasks.csv", "--model", "nowhere").stderr)

    def test_licences(self):
        shown = self.expect(0, "forecast", "tasks.csv", "--draws", "40", "-o", "out").stdout
        self.assertIn("data: SPID: US state policies", shown)
        self.assertIn("data: villages: villages; licence: not known to this program", shown)
        sources = json.loads((self.folder / "out" / "datapackage.json").read_text())["sources"]
        self.assertEqual([source["name"] for source in sources], ["SPID", "villages"])
        self.assertEqual(sources[0]["licence"], "none is stated with the data")

    def places(self, *options, code=0):
        return self.expect(code, "forecast", "uk_councils_nodes.csv", "--channels", "channels.csv", *options)

    def write_places(self):
        (self.folder / "uk_councils_nodes.csv").write_text(PLACES)
        (self.folder / "channels.csv").write_text(CHANNELS)

    def test_places(self):
        self.write_places()
        shown = self.places("-o", "out").stdout
        # Three of the five that adopt have done so by period 3: three are left, of which two follow.
        self.assertIn("6 places; fitted to periods 3 to 3 (2 adoptions in 5 place-periods), scored on periods 4 to 5: 3 places that "
                      "had not adopted, of which 2 did", shown)
        self.assertIn("left out: 1 places of which it is not known whether or when; 3 places have no peers, 2 no tier", shown)
        self.assertIn("licence: CC BY 4.0", shown)
        rows = {row["rival"]: row for row in self.table("channels.csv")}
        self.assertEqual(len(rows), 8)
        # The chance is 2 of 5: West waits and adopts, Union adopts, Alone waits twice.
        expected = -(2 * math.log(0.4) + 3 * math.log(0.6)) / 3
        self.assertAlmostEqual(float(rows["no channels"]["ahead"]), expected, places=4)
        # How many is given: one of three, then one of two.
        who = -(math.log(1 / 3) + 2 * math.log(2 / 3) + 2 * math.log(1 / 2)) / 3
        self.assertAlmostEqual(float(rows["no channels"]["who"]), who, places=4)
        self.assertEqual((rows["peers"]["final_observed"], rows["peers"]["periods"]), ("5", "2"))
        coefficients = self.table("coefficients.csv")
        self.assertEqual([row["covariate"] for row in coefficients if row["rival"] == "share of all, peers and tiers"],
                         ["constant", "share of all", "peers", "above", "below"])
        package = json.loads((self.folder / "out" / "datapackage.json").read_text())
        self.assertEqual(package["nlcsim"]["command"], "nlcsim forecast uk_councils_nodes.csv --channels channels.csv")
        self.assertEqual(package["sources"][0]["licence"], "CC BY 4.0")
        for table in package["resources"]:
            with open(self.folder / "out" / table["path"], newline="", encoding="utf-8") as file:
                self.assertEqual(next(csv.reader(file)), [field["name"] for field in table["schema"]["fields"]])

    def test_places_until(self):
        self.write_places()
        shown = self.places("--until", "4", "--last", "6").stdout
        self.assertIn("fitted to periods 3 to 4 (3 adoptions in 8 place-periods), scored on periods 5 to 6: 2 places", shown)
        self.assertEqual(shown, self.places("--until", "4", "--last", "6").stdout)
        self.assertIn("fitting until period 5 leaves nothing", self.places("--until", "5", code=2).stderr)
        self.assertIn("--until goes with --channels", self.expect(2, "forecast", "tasks.csv", "--until", "4").stderr)

    def test_places_that_are_wrong(self):
        self.write_places()
        (self.folder / "channels.csv").write_text(CHANNELS + "E,Q,nearest5,\n")
        self.assertIn("channels.csv:8: 'Q' is not in the table of places", self.places(code=2).stderr)
        self.write_places()
        (self.folder / "uk_councils_nodes.csv").write_text(PLACES.replace("adopted,4", "adopted,") + "Again,E,C,not_adopted,\n")
        said = self.places(code=2).stderr
        self.assertIn("nodes.csv:8: adoption_period is '', expected a whole number where status is adopted", said)
        self.assertIn("nodes.csv:10: node_id 'E' stands there already", said)
        (self.folder / "uk_councils_nodes.csv").write_text(PLACES.replace(",adopted,", ",not_adopted,"))
        self.assertIn("too few periods", self.places(code=2).stderr)
        (self.folder / "uk_councils_nodes.csv").write_text(PLACES.replace("parent_id", "parent"))
        self.assertIn("nodes.csv: has no column parent_id", self.places(code=2).stderr)

    def test_the_same_twice(self):
        first = self.expect(0, "forecast", "tasks.csv", "--draws", "40", "--threads", "1").stdout
        self.assertEqual(first, self.expect(0, "forecast", "tasks.csv", "--draws", "40").stdout)

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

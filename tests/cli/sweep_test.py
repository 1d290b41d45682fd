"""nlcsim sweep and merge: a study gives the same bytes however it is run, and says what is wrong with it."""

import contextlib
import csv
import json
import math
import os
import shutil
import sqlite3
import statistics
import subprocess
import unittest

from program import PROGRAM, CommandTest

FACTORS = """name,role,kind,low,high,levels,distribution,scale
resourcing,lever,real,,,0.5|1|2,,
meetings@tier=city,lever,real,2,8,3,,
scenario.peers,uncertainty,category,,,nearest:2|random:3,,
"""
TABLES = ("points.csv", "runs.csv", "summary.csv", "factors.csv", "datapackage.json")


STOP = f"scenario,{os.environ['NLCSIM_SCENARIOS']}/first-steps\ndesign,lhs\npoints,30\nreplicates,5\nseed,23\noutcomes,functioning_end|adopted_end\n"


STOP_FACTORS = """name,role,kind,low,high
resourcing,lever,real,0.5,2
engagement,lever,real,0.5,2
draft_hazard,uncertainty,real,0.01,0.08
"""


def half_width(values):
    """Student's, at 95 %; the quantile by Cornish and Fisher's expansion, good to 0.0003 from 8 degrees of freedom on."""
    z, n = statistics.NormalDist().inv_cdf(0.975), len(values) - 1
    t = z + (z**3 + z) / (4 * n) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * n**2) + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * n**3)
    return t * statistics.stdev(values) / math.sqrt(len(values))


class SweepTest(CommandTest):

    def setUp(self):
        super().setUp()
        self.study = self.folder / "study"
        self.study.mkdir()
        self.write("scenario,../small\ndesign,factorial\nreplicates,20\nseed,23\noutcomes,functioning_end|adopted_end.wave.first\n")

    def write(self, keys, factors=FACTORS):
        (self.study / "study.csv").write_text("key,value\n" + keys, encoding="utf-8")
        (self.study / "factors.csv").write_text(factors, encoding="utf-8")

    def tables(self, name):
        return {table: (self.folder / name / table).read_bytes() for table in TABLES}

    def rows(self, name, table):
        with open(self.folder / name / table, newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def test_same_bytes_whatever_threads_lanes_shards(self):
        self.expect(0, "sweep", "study", "-o", "whole", "--threads", "1")
        self.expect(0, "sweep", "study", "-o", "other", "--threads", "3", "--lanes", "4")
        whole = self.tables("whole")
        self.assertEqual(self.tables("other"), whole)
        for shard in (3, 1, 2):
            done = self.expect(0, "sweep", "study", "-o", f"s{shard}", "--shard", f"{shard}/3")
            self.assertIn(f"shard     {shard} of 3", done.stdout)
        self.expect(0, "merge", "s1", "s2", "s3", "-o", "merged")
        self.assertEqual(self.tables("merged"), whole)

    def test_a_run_is_the_run_of_its_scenario(self):
        self.expect(0, "sweep", "study", "-o", "out", "-q")
        self.expect(0, "run", "small", "-o", "one", "-q", "--seed", 23, "--replicates", 20, "--set", "resourcing=2", "--set",
                    "meetings@tier=city=5", "--set", "scenario.peers=random:3")
        point = next(row["point"] for row in self.rows("out", "points.csv")
                     if (row["resourcing"], row["meetings@tier=city"], row["scenario.peers"]) == ("2", "5", "random:3"))
        columns = ("replicate", "functioning_end.all", "adopted_end.wave.first")
        self.assertEqual([[row[name] for name in columns] for row in self.rows("out", "runs.csv") if row["point"] == point],
                         [[row[name] for name in columns] for row in self.rows("one", "runs.csv")])
        with open(self.folder / "one" / "datapackage.json", encoding="utf-8") as file:
            wanted = json.load(file)["nlcsim"]["scenario_sha256"]
        with sqlite3.connect(self.folder / "out" / "study.db") as db:
            found = db.execute("SELECT resolved FROM point p JOIN input i ON i.id = p.input WHERE p.point = ?", (int(point) - 1,)).fetchone()
        self.assertEqual(found, (wanted,))

    def test_means_and_quantiles_of_months_are_no_whole_months(self):
        self.write("scenario,../small\ndesign,list\nreplicates,6\noutcomes,months_to_adopted_25\n",
                   "name,role,kind,levels\nscenario.months,uncertainty,integer,240\n")
        (self.study / "points.csv").write_text("scenario.months\n240\n")
        self.expect(0, "sweep", "study", "-o", "out", "-q")
        texts = [row["months_to_adopted_25.all"] for row in self.rows("out", "runs.csv")]
        self.assertTrue(all(text.isdigit() for text in texts), texts)
        months = sorted(map(int, texts))
        self.assertNotEqual(sum(months) % 6, 0, "the mean is to be no whole month")
        row = self.rows("out", "summary.csv")[0]
        found = {name: float(row[name]) for name in ("mean", "median", "p05", "p95")}
        wanted = {"mean": statistics.mean(months), "median": statistics.median(months), "p05": months[0] + 0.25 * (months[1] - months[0]),
                  "p95": months[4] + 0.75 * (months[5] - months[4])}
        for name, value in wanted.items():
            self.assertAlmostEqual(found[name], value, delta=0.00501, msg=name)

    def test_nothing_is_computed_twice(self):
        first = self.expect(0, "sweep", "study", "-o", "out")
        self.assertIn("runs      360: 360 computed, 0 found", first.stdout)
        self.assertIn("360: 0 computed, 360 found", self.expect(0, "sweep", "study", "-o", "out").stdout)
        self.assertIn("360: 0 computed, 360 found", self.expect(0, "sweep", "study", "-o", "copy", "--cache", "out").stdout)
        self.assertEqual(self.tables("copy"), self.tables("out"))
        self.write("scenario,../small\ndesign,factorial\nreplicates,25\nseed,23\noutcomes,functioning_end\n")
        self.assertIn("450: 90 computed, 360 found", self.expect(0, "sweep", "study", "-o", "out").stdout)
        self.write("scenario,../small\ndesign,factorial\nreplicates,25\nseed,24\noutcomes,functioning_end\n")
        self.assertIn("450: 450 computed, 0 found", self.expect(0, "sweep", "study", "-o", "out").stdout)

    def test_every_design_runs(self):
        for design, points, num in (("one-at-a-time", "", 9), ("lhs", "points,7\n", 7), ("sobol", "points,8\n", 8),
                                    ("saltelli", "points,4\n", 20), ("morris", "points,3\n", 12), ("crossed", "points,2\n", 18)):
            with self.subTest(design=design):
                self.write(f"scenario,../small\ndesign,{design}\n{points}replicates,2\n")
                self.expect(0, "sweep", "study", "-o", "out", "-q")
                self.assertEqual(len(self.rows("out", "points.csv")), num)
                self.assertEqual(len(self.rows("out", "runs.csv")), 2 * num)
        self.write("scenario,../small\ndesign,list\nreplicates,2\n")
        (self.study / "points.csv").write_text("scenario.peers;resourcing;meetings@tier=city\nrandom:3;;2,5\n", encoding="utf-8")
        self.expect(0, "sweep", "study", "-o", "out", "-q")
        self.assertEqual(self.rows("out", "points.csv"), [{"point": "1", "resourcing": "", "meetings@tier=city": "2.5",
                                                            "scenario.peers": "random:3"}])

    def test_variants_of_the_scenario(self):
        (self.folder / "long").mkdir()
        (self.folder / "long" / "scenario.csv").write_text("key,value\nextends,../small\nmonths,30\n")
        self.write("design,factorial\nreplicates,3\nseed,5\noutcomes,cost_end\n",
                   "name,role,kind,levels\nplan,lever,scenario,../small|../long\nresourcing,lever,real,1|2\n")
        self.expect(0, "sweep", "study", "-o", "out", "-q")
        self.expect(0, "run", "long", "-o", "one", "-q", "--seed", 5, "--replicates", 3)
        self.assertEqual([row["cost_end.all"] for row in self.rows("out", "runs.csv") if row["point"] == "3"],
                         [row["cost_end.all"] for row in self.rows("one", "runs.csv")])
        shutil.rmtree(self.folder / "long")
        shutil.rmtree(self.small)
        self.assertEqual(self.expect(0, "replay", "out", "--run", 8).stdout, "run 8: the same bytes\n")

    def test_each_point_stops_where_enough_is_known(self):
        width, most = 0.03, 50
        self.write(f"{STOP}stop,functioning_end:{width}:{most}\n", STOP_FACTORS)
        done = self.expect(0, "sweep", "study", "-o", "out", "--threads", "2")
        points, runs = self.rows("out", "points.csv"), self.rows("out", "runs.csv")
        ends = {row["precision"] for row in points}
        self.assertEqual(ends, {"enough", "not reached"}, "the test is to see both")
        num_enough = sum(row["precision"] == "enough" for row in points)
        self.assertIn(f"precision enough in {num_enough} points, not reached in {30 - num_enough} (points.csv)", done.stdout)
        for point in points:
            values = [float(row["functioning_end.all"]) for row in runs if row["point"] == point["point"]]
            self.assertEqual(len(values), int(point["runs"]))
            before = [half_width(values[:n]) for n in range(10, len(values))]
            self.assertTrue(all(found > 0.999 * width for found in before), point)
            if point["precision"] == "enough":
                self.assertTrue(len(values) < 10 or half_width(values) <= 1.001 * width, point)
            else:
                self.assertEqual(len(values), most)
                self.assertGreater(half_width(values), 0.999 * width)

    def test_a_study_that_stops_is_the_same_bytes_however_it_is_run(self):
        self.write(f"{STOP}stop,functioning_end:0.03:50\n", STOP_FACTORS)
        self.expect(0, "sweep", "study", "-o", "whole", "--threads", "1", "-q")
        whole = self.tables("whole")
        for shard in (2, 1, 3):
            self.expect(0, "sweep", "study", "-o", f"s{shard}", "--shard", f"{shard}/3", "-q")
        self.expect(0, "merge", "s3", "s1", "s2", "-o", "merged", "-q")
        self.assertEqual(self.tables("merged"), whole)
        self.assertIn(" runs are missing", self.expect(1, "merge", "s1", "s2", "-o", "two").stderr)
        self.expect(0, "sweep", "study", "-o", "s1", "--threads", "3", "--lanes", "4", "-q")
        self.assertEqual(self.tables("s1"), whole)
        self.assertIn(" 0 computed", self.expect(0, "sweep", "study", "-o", "s1").stdout)
        run = self.rows("whole", "runs.csv")[-1]
        self.assertEqual(int(run["run"]), 29 * 50 + int(run["replicate"]) + 1)
        self.assertEqual(self.expect(0, "replay", "whole", "--run", run["run"]).stdout, f"run {run['run']}: the same bytes\n")
        self.assertNotIn("precision", self.expect(0, "analyse", "rank", "whole").stdout)

    @unittest.skipUnless(shutil.which("strace"), "strace is not installed")
    def test_a_study_that_stops_may_be_killed(self):
        self.write(f"{STOP}stop,functioning_end:0.02:400\n", STOP_FACTORS)
        self.expect(0, "sweep", "study", "-o", "whole", "-q")
        env = dict(os.environ, ASAN_OPTIONS="detect_leaks=0")
        killed = 0
        for write in (31, 36, 8, 12, 5, 10):
            command = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=pwrite64", "-e", f"inject=pwrite64:signal=KILL:when={write}",
                       PROGRAM, "sweep", "study", "-o", "out", "-q", "--threads", "1"]
            killed += subprocess.run(command, cwd=self.folder, env=env, stdout=subprocess.DEVNULL, check=False).returncode == -9
        self.assertGreater(killed, 1)
        self.expect(0, "sweep", "study", "-o", "out", "-q")
        self.assertEqual(self.tables("out"), self.tables("whole"))

    def test_precision_of_the_mean_and_what_it_may_cost(self):
        self.write(f"{STOP}stop,functioning_end:20%:400:90\n", STOP_FACTORS)
        dry = self.expect(0, "sweep", "study", "--dry-run").stdout
        self.assertIn("runs      at least 150: 5 replicates of each point\n", dry)
        self.assertIn("at most 12000: each point until functioning_end:20%:400:90, or 400 replicates", dry)
        self.expect(0, "sweep", "study", "-o", "wide", "-q")
        self.write(f"{STOP}stop,functioning_end:10%:400:90\n", STOP_FACTORS)
        self.assertNotIn(" 0 found", self.expect(0, "sweep", "study", "-o", "wide").stdout)
        self.expect(0, "sweep", "study", "-o", "narrow", "-q")
        self.assertEqual(self.tables("wide"), self.tables("narrow"))

    def test_a_failing_point_has_no_precision(self):
        self.write(f"{STOP.replace('lhs', 'factorial').replace('points,30', 'title,Some')}stop,functioning_end:0.05\n",
                   "name,role,kind,levels\ncapacity_building,lever,real,1|1000000|2\n")
        done = self.expect(0, "sweep", "study", "-o", "out")
        self.assertIn("precision enough in 2 points, not reached in 0 (points.csv)", done.stdout)
        self.assertIn(", 5 failed with design points that cannot be run", done.stdout)
        self.assertEqual([(row["runs"] == "", row["precision"]) for row in self.rows("out", "points.csv")],
                         [(False, "enough"), (True, ""), (False, "enough")])

    def test_a_stop_that_means_nothing_is_refused(self):
        for stop in ("functioning_end", "functioning_end:0", ":0.1", "functioning_end:x", "functioning_end:0.1:4", "functioning_end:0.1:20:101",
                     "functioning_end:0.1:20:95:1", "functioning_end:0.1:9.5"):
            with self.subTest(stop=stop):
                self.write(f"{STOP}stop,{stop}\n", STOP_FACTORS)
                self.assert_complains(f"study/study.csv:8: stop is '{stop}', expected OUTCOME:WIDTH[:MOST[:CONFIDENCE]] such as "
                                      "functioning_end:0.02:500:95 or cost_end:5%: the width above 0, MOST from the replicates (5) to "
                                      "1000000, CONFIDENCE from 50 to 99", "sweep", "study")
        self.write(f"{STOP}stop,functoning_end:0.1\n", STOP_FACTORS)
        self.assert_complains("study/study.csv:8: stop: 'functoning_end' is neither an outcome nor an outcome of a part of the places such as "
                              "functioning_end.tier.city; did you mean 'functioning_end'?", "sweep", "study")

    def test_replay_says_what_is_not_the_same(self):
        self.expect(0, "sweep", "study", "-o", "out", "-q")
        self.assertEqual(self.expect(0, "replay", "out", "--run", 237).stdout, "run 237: the same bytes\n")
        path = self.folder / "out" / "runs.csv"
        lines = path.read_text().splitlines(keepends=True)
        lines[237] = lines[237].replace(",23,0.", ",23,9.")
        path.write_text("".join(lines))
        self.assertIn("run 237 is not the same:", self.expect(1, "replay", "out", "--run", 237).stdout)
        self.assert_complains("nlcsim replay: --run '361': expected a number from 1 to 360, as in runs.csv, or all", "replay", "out", "--run", 361)

    def test_a_failing_point_does_not_stop_the_others(self):
        self.write("scenario,../small\ndesign,factorial\nreplicates,4\noutcomes,cost_end\n",
                   "name,role,kind,levels\ncapacity_building,lever,real,1|1000000|2\n")
        done = self.expect(0, "sweep", "study", "-o", "out")
        self.assertIn("12: 8 computed, 0 found, 4 failed with design points that cannot be run (failures.csv)", done.stdout)
        failures = self.rows("out", "failures.csv")
        self.assertEqual([row["point"] for row in failures], ["2"])
        self.assertIn("trainings becomes 3000000 in month 1 (2024-01), expected a number from 0 to 1000", failures[0]["problem"])
        self.assertEqual(sorted({row["point"] for row in self.rows("out", "runs.csv")}), ["1", "3"])

    def test_failed_runs_are_said_even_when_quiet(self):
        self.write("scenario,../small\ndesign,factorial\nreplicates,4\noutcomes,cost_end\n",
                   "name,role,kind,levels\ncapacity_building,lever,real,1|1000000|2\n")
        done = self.expect(0, "sweep", "study", "-o", "out", "-q")
        self.assertEqual(done.stderr, "nlcsim sweep: warning: 4 of 12 runs failed with design points that cannot be run; failures.csv lists "
                                      "them\n")

    def test_a_part_is_not_merged_into_itself(self):
        self.expect(0, "sweep", "study", "-o", "s1", "--shard", "1/2", "-q")
        before = self.run_here("sweep", "study", "-o", "s2", "--shard", "2/2", "-q")
        self.assertEqual(before.stderr, "")
        self.assert_complains("nlcsim merge: -o s2 is one of the folders to be merged; name another one, or a new one",
                              "merge", "s1", "s2", "-o", "./s2/")

    def test_series(self):
        self.expect(0, "sweep", "study", "-o", "out", "-q", "--series")
        self.expect(0, "run", "small", "-o", "one", "-q", "--series", "--seed", 23, "--replicates", 2, "--set", "resourcing=0.5", "--set",
                    "meetings@tier=city=2", "--set", "scenario.peers=nearest:2")
        wanted = [row["value"] for row in self.rows("one", "series.csv")
                  if row["measure"] == "functioning" and row["run"] == "2" and {row["country"], row["tier"], row["wave"]} == {"all"}][:24]
        self.assertEqual([row["functioning"] for row in self.rows("out", "series.csv") if row["run"] == "2"], wanted)

    def test_a_factor_is_called_like_no_other_column(self):
        self.write("design,list\nreplicates,2\noutcomes,cost_end\n", "name,role,kind,levels\nfolder,lever,scenario,../small\n")
        (self.study / "points.csv").write_text("folder\n../small\n")
        self.expect(0, "sweep", "study", "-o", "out", "-q", "--series")
        with contextlib.closing(sqlite3.connect(self.folder / "out" / "study.db")) as store:
            names = {row[1] for row in store.execute("PRAGMA table_info(point)")}
        for table in ("runs.csv", "points.csv"):
            names |= set(self.rows("out", table)[0])
        names |= {"month"}
        self.assertLessEqual({"folder", "runs", "precision", "cost_end.all", "input"}, names)
        for name in names - {"folder"}:
            with self.subTest(name=name):
                (self.study / "factors.csv").write_text(f"name,role,kind,levels\n{name},lever,scenario,../small\n")
                (self.study / "points.csv").write_text(f"{name}\n../small\n")
                what = "an outcome" if name == "cost_end.all" else "a column of the results"
                self.assert_complains(f"study/factors.csv:2: '{name}' is {what} already; give the factor another name", "sweep", "study")

    def test_a_range_that_runs_backwards(self):
        self.write("scenario,../small\ndesign,lhs\npoints,5\n", "name,role,kind,low,high\nscenario.months,lever,integer,24,6\n"
                   "fade_half_life,uncertainty,integer,20,3\n")
        self.assert_complains("study/factors.csv:2: low is not below high\nstudy/factors.csv:3: low is not below high", "sweep", "study")

    def test_a_report_leaves_out_analyses_of_older_results(self):
        study = "scenario,../small\ndesign,factorial\nreplicates,8\nseed,{}\noutcomes,cost_end\n"
        self.write(study.format(23))
        self.expect(0, "sweep", "study", "-o", "out", "-q")
        self.expect(0, "analyse", "rank", "out", "-o", "out", "-q")
        self.expect(0, "analyse", "pawn", "--from", "out/runs.csv", "--output", "cost_end.all", "--inputs", "replicate", "-o", "out", "-q")
        done = self.expect(0, "report", "out", "-o", "page.html")
        note = "out/{0}.csv: note: was made from other results than those in the folder, and is left out; 'nlcsim analyse {0} out -o out' makes it again\n"
        self.assertEqual(done.stderr, note.format("pawn"))
        self.assertIn('id="analysis-rank"', (self.folder / "page.html").read_text())
        # The same results again, however they were made, are those that were analysed.
        self.expect(0, "sweep", "study", "-o", "s1", "--shard", "1/2", "-q")
        self.expect(0, "sweep", "study", "-o", "s2", "--shard", "2/2", "-q")
        self.expect(0, "merge", "s1", "s2", "-o", "merged", "-q")
        shutil.copy(self.folder / "out" / "rank.csv", self.folder / "merged")
        self.assertEqual(self.expect(0, "report", "merged", "-o", "page.html").stderr, "")
        self.write(study.format(24))
        self.expect(0, "sweep", "study", "-o", "out", "-q")
        done = self.expect(0, "report", "out", "-o", "page.html")
        self.assertEqual(done.stderr, note.format("rank") + note.format("pawn"))
        page = (self.folder / "page.html").read_text()
        self.assertNotIn('id="analysis-rank"', page)
        self.assertIn("Left out, since the study was run again since they were made: rank.csv, pawn.csv.", page)
        self.assertTrue((self.folder / "out" / "rank.csv").exists())

    def test_dry_run_writes_nothing(self):
        done = self.expect(0, "sweep", "study", "--dry-run")
        self.assertRegex(done.stdout, r"points    18 of 3 factors\nruns      360: 20 replicates of each point\ntime      about .*\ndisk      about ")
        self.assertFalse((self.folder / "study-results").exists())

    def test_dry_run_counts_what_is_stored(self):
        self.expect(0, "sweep", "study", "-o", "out", "-q")
        before = (self.folder / "out" / "study.db").read_bytes()
        self.assertRegex(self.expect(0, "sweep", "study", "-o", "out", "--dry-run").stdout,
                         r"\n          360 of them are stored in out already; time and disk are for the other 0\n(.*\n)*disk      about 0 kB in out\n")
        self.write("scenario,../small\ndesign,factorial\nreplicates,25\nseed,23\noutcomes,functioning_end\n")
        self.assertIn(" 360 of them are stored in out already; time and disk are for the other 90\n",
                      self.expect(0, "sweep", "study", "-o", "out", "--dry-run").stdout)
        self.write("scenario,../small\ndesign,factorial\nreplicates,25\nseed,24\noutcomes,functioning_end\n")
        self.assertNotIn("stored", self.expect(0, "sweep", "study", "-o", "out", "--dry-run").stdout)
        self.assertEqual((self.folder / "out" / "study.db").read_bytes(), before)

    def test_dry_run_says_about_how_much_disk(self):
        factors = "name,role,kind,low,high\n" + "".join(f"parameter.{name},uncertainty,real,0.1,0.5\n" for name in (
            "meeting_awareness", "briefing_awareness", "dialogue_role", "training_capacity", "exchange_role", "exchange_awareness",
            "capacity_floor", "report_noise", "hop_noise", "picture_noise")[:9])
        self.write(f"scenario,{os.environ['NLCSIM_SCENARIOS']}/first-steps\ndesign,lhs\npoints,800\nreplicates,4\nseed,23\n"
                   "outcomes,functioning_end|cost_end\n", factors)
        said = self.expect(0, "sweep", "study", "-o", "out", "--dry-run").stdout
        self.expect(0, "sweep", "study", "-o", "out", "-q")
        size = sum(path.stat().st_size for path in (self.folder / "out").iterdir())
        number, unit = said.split("disk      about ")[1].split()[:2]
        self.assertLess(abs(float(number) * {"kB": 1e3, "MB": 1e6}[unit] / size - 1), 0.4, (said, size))

    def test_a_missing_shard_is_named(self):
        self.expect(0, "sweep", "study", "-o", "s1", "--shard", "1/2", "-q")
        done = self.expect(1, "merge", "s1", "-o", "merged")
        self.assertRegex(done.stderr, r"^merged: \d+ of \d+ runs are missing; finish every shard with the same command, then merge them all\n$")
        self.write("scenario,../small\ndesign,factorial\nreplicates,21\nseed,23\n")
        self.expect(0, "sweep", "study", "-o", "s2", "--shard", "2/2", "-q")
        self.assert_complains("s2: holds a part of another study than the first folder", "merge", "s1", "s2", "-o", "m", code=1)

    def test_messages(self):
        self.assert_complains("nlcsim sweep: --shard '5/4': expected K/N with K from 1 to N, such as 2/4", "sweep", "study", "--shard", "5/4")
        self.assert_complains("nlcsim merge: -o DIR is missing; 'nlcsim merge --help' shows an example", "merge", "s1")
        self.assert_complains("nowhere: is not a folder; a study is the folder that holds study.csv", "sweep", "nowhere")
        self.assert_complains("small/study.csv: cannot be read: No such file or directory; a study folder needs it", "sweep", "small")
        self.assert_complains("small: holds no study: there is no study.db in it", "merge", "small", "-o", "m", code=1)
        self.write("scenario,../small\ndesign,factorial\noutcomes,functoning_end\n")
        self.assert_complains("study/study.csv:4: outcomes: 'functoning_end' is neither an outcome nor an outcome of a part of the places such as "
                              "functioning_end.tier.city; did you mean 'functioning_end'?", "sweep", "study")
        (self.folder / "full").mkdir()
        (self.folder / "full" / "thesis.doc").write_text("mine")
        self.write("scenario,../small\ndesign,factorial\n")
        self.assert_complains("full: this folder is not empty and holds no nlcsim results; name another folder, or a new one", "sweep", "study",
                              "-o", "full", code=1)

    def test_a_sample_of_the_uncertainties(self):
        self.write("scenario,../small\ndesign,crossed\nsample,posterior.csv\nreplicates,2\noutcomes,functioning_end\n",
                   "name,role,kind,low,high,levels,distribution,scale\nresourcing,lever,real,,,0.5|2,,\n"
                   "peer_effect,uncertainty,real,,,,,\nengagement,uncertainty,real,0.5,2,,,\n")
        (self.study / "posterior.csv").write_text("engagement,peer_effect\n0.75,0.125\n1.5,0.25\n0.5,0.0625\n", encoding="utf-8")
        self.expect(0, "sweep", "study", "-o", "out", "-q")
        self.assertEqual([tuple(row.values())[1:] for row in self.rows("out", "points.csv")],
                         [("0.5", "0.125", "0.75"), ("0.5", "0.25", "1.5"), ("0.5", "0.0625", "0.5"),
                          ("2", "0.125", "0.75"), ("2", "0.25", "1.5"), ("2", "0.0625", "0.5")])
        self.expect(0, "run", "small", "-o", "one", "-q", "--seed", 1, "--replicates", 2, "--set", "resourcing=2", "--set",
                    "engagement=1.5", "--set", "peer_effect=0.25")
        self.assertEqual([row["functioning_end.all"] for row in self.rows("out", "runs.csv") if row["point"] == "5"],
                         [row["functioning_end.all"] for row in self.rows("one", "runs.csv")])

    def test_interrupt_and_go_on(self):
        self.make_slow()
        self.write("scenario,../small\ndesign,lhs\npoints,40\nreplicates,10\n")
        started = subprocess.Popen([PROGRAM, "sweep", "study", "-o", "out", "--progress", "json"], cwd=self.folder, stderr=subprocess.PIPE, text=True)
        self.addCleanup(started.stderr.close)
        started.stderr.readline()
        started.terminate()
        text = started.stderr.read()
        self.assertEqual(started.wait(), 143)
        self.assertIn("give the same command again: it goes on where it was", text)

    @unittest.skipUnless(shutil.which("strace"), "strace is not installed")
    def test_disk_full(self):
        self.expect(0, "sweep", "study", "-o", "whole", "-q")
        # A leak cannot be looked for in a program that is traced.
        env = dict(os.environ, ASAN_OPTIONS="detect_leaks=0")
        for first in range(1, 40, 6):
            # strace counts the calls of each thread for itself.
            command = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=pwrite64", "-e", f"inject=pwrite64:error=ENOSPC:when={first}+",
                       PROGRAM, "sweep", "study", "-o", f"out{first}", "--threads", "1"]
            done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, env=env, check=False)
            self.assertEqual(done.returncode, 1, f"write {first}: {done.stderr}")
            self.assertEqual(done.stderr,
                             f"out{first}/study.db: the disk is full; make room and give the same command again: it goes on where it was\n")
            self.expect(0, "sweep", "study", "-o", f"out{first}", "-q")
            self.assertEqual(self.tables(f"out{first}"), self.tables("whole"))


if __name__ == "__main__":
    unittest.main()

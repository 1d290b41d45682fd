"""`run` writes a results folder, prints a summary, and does what its options say."""

import csv
import json
import os
import pty
import re
import unittest

import program


class Run(program.CommandTest):
    def rows(self, name, folder="small-results"):
        with open(self.folder / folder / name, newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def hash_lines(self, *more):
        return self.expect(0, "run", "small", "--hash", "--quiet", *more).stdout

    def test_results_stand_beside_where_one_works(self):
        done = self.expect(0, "run", "small")
        self.assertIn("small-results", done.stdout)
        self.assertEqual(len(self.rows("runs.csv")), 12)
        names = {path.name for path in (self.folder / "small-results").iterdir()}
        self.assertLessEqual({"timeline.csv", "runs.csv", "roadmap.csv", "flows.csv", "nodes.csv", "datapackage.json"}, names)
        self.assertNotIn("series.csv", names)

    def test_name_of_the_results_from_within_the_scenario(self):
        for path in (".", "../small", "../small/", str(self.small)):
            done = program.run("run", path, "--replicates", "2", cwd=self.small)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertTrue((self.small / "small-results" / "runs.csv").exists())

    def test_out(self):
        self.expect(0, "run", "small", "-o", "there", "--replicates", "2")
        self.assertEqual(len(self.rows("runs.csv", "there")), 2)

    def test_refuses_a_folder_with_something_else(self):
        done = self.expect(1, "run", "small", "-o", "small")
        self.assertIn("small: ", done.stderr)
        self.assertIn("holds no nlcsim results", done.stderr)
        self.assertFalse((self.small / "timeline.csv").exists())

    def test_older_results_are_replaced_and_other_files_stay(self):
        self.expect(0, "run", "small", "-o", "there", "--replicates", "2")
        (self.folder / "there" / "notes.txt").write_text("mine")
        self.expect(0, "run", "small", "-o", "there", "--replicates", "3")
        self.assertEqual(len(self.rows("runs.csv", "there")), 3)
        self.assertEqual((self.folder / "there" / "notes.txt").read_text(), "mine")
        self.assertIn("other files stay", re.sub(r"\s+", " ", self.expect(0, "run", "--help").stdout))

    def test_no_service_exceeds_1(self):
        """Where everybody is served, chance holds more events in some months than were asked for on average."""
        done = self.expect(0, "run", "small", "--set", "slots=unlimited", "--replicates", "5")
        flows = self.rows("flows.csv")
        self.assertTrue(any(row["asked"] and float(row["delivered"]) > 1.05 * float(row["asked"]) for row in flows))
        self.assertTrue(any(row["service"] and float(row["service"]) == 1 for row in flows))
        shares = [float(row["service"]) for row in flows if row["service"]]
        self.assertLessEqual(max(shares), 1)
        timeline = [row for row in self.rows("timeline.csv") if row["measure"] == "service"]
        self.assertLessEqual(max(float(row["p95"]) for row in timeline), 1)
        service = re.search(r"^down.*?service, %:(.*?)\nup", done.stdout, re.S | re.M).group()
        numbers = [int(number) for number in re.findall(r"\b(\d+)(?= \(|-|\))", service.split("delivered")[1])]
        self.assertIn(100, numbers)
        self.assertLessEqual(max(numbers), 100)
        self.expect(0, "report", "small-results", "-q")
        page = (self.folder / "small-results" / "report.html").read_text(encoding="utf-8")
        tables = "".join(re.findall(r'<table id="(?:flows|service)-table">.*?</table>', page, re.S))
        percents = [int(number) for number in re.findall(r"(\d+)\s*(?:&nbsp;|\u00a0|\u202f)?%", tables)]
        self.assertIn(100, percents)
        self.assertLessEqual(max(percents), 100)

    def test_replicates_and_seed(self):
        self.expect(0, "run", "small", "--replicates", "5", "--seed", "4294967297")
        rows = self.rows("runs.csv")
        self.assertEqual([row["seed"] for row in rows], ["4294967297"] * 5)
        base = self.hash_lines()
        self.assertEqual(base, self.hash_lines("--seed", "7"))
        self.assertNotEqual(base, self.hash_lines("--seed", "8"))
        self.assertNotEqual(base, self.hash_lines("--replicates", "11"))

    def test_hash_is_a_line_for_all_and_one_a_country(self):
        lines = self.hash_lines().splitlines()
        self.assertRegex(lines[0], r"^state [0-9a-f]{16}$")
        self.assertRegex(lines[1], r"^country land [0-9a-f]{16}$")
        self.assertEqual(len(lines), 2)

    def test_a_country_has_the_hash_that_it_has_alone(self):
        alone = self.hash_lines().splitlines()[1]
        with open(self.small / "nodes.csv", "a") as nodes:
            nodes.write("sea,Sea,lead,,,,,made up,\ns1,City,city,sea,,8.5,104.5,made up,first\n")
        both = self.hash_lines().splitlines()
        self.assertEqual(len(both), 3)
        self.assertIn(alone, both)
        self.assertEqual(len({line.split()[-1] for line in both}), 3)

    def test_neither_lanes_nor_threads_move_a_result(self):
        self.assertEqual(self.hash_lines(), self.expect(0, "run", "small", "--hash", "-q", "--threads", "2").stdout)
        for lanes in ("4", "8", "16"):
            self.assertEqual(self.hash_lines(), self.hash_lines("--lanes", lanes, "--threads", "1"))

    def test_settings(self):
        base = self.hash_lines()
        self.assertNotEqual(base, self.hash_lines("--set", "meetings=11"))
        self.assertEqual(base, self.hash_lines("--set", "meetings=6"))

    def test_series_and_places(self):
        self.expect(0, "run", "small", "--series", "--places")
        self.assertEqual(sorted({int(row["run"]) for row in self.rows("series.csv")}), list(range(1, 13)))
        without = "small-results-2"
        self.expect(0, "run", "small", "-o", without)
        self.assertGreater(len(self.rows("roadmap.csv")), len(self.rows("roadmap.csv", without)))

    def test_numbers_do_not_tell_which_place_it_is(self):
        """With names=no no table beside the numbered rows has ids or names of leaf places."""
        for name, options in (("open", ()), ("inner", ("--set", "scenario.names=no")),
                              ("hidden", ("--places", "--set", "scenario.names=no"))):
            self.expect(0, "run", "small", "-q", "-o", name, *options)
            ids = [row["id"] for row in self.rows("nodes.csv", name)]
            self.assertEqual([place in ids for place in ("p1", "c11", "c24")], [True] + [name != "hidden"] * 2)
        tables = "".join(path.read_text() for path in (self.folder / "hidden").glob("*.csv"))
        self.assertIn("Province 1", tables)
        self.assertIsNone(re.search(r"City \d\d|\bc\d\d\b", tables))
        numbered = {}
        for row in self.rows("roadmap.csv", "hidden"):
            numbered.setdefault(row["place"], []).append((row["p50"], row["reached"]))
        self.expect(0, "run", "small", "-q", "--places", "-o", "named")
        named = {}
        for row in self.rows("roadmap.csv", "named"):
            named.setdefault(row["place"], []).append((row["p50"], row["reached"]))
        cities = [f"c{province}{city}" for province in (1, 2) for city in (1, 2, 3, 4)]
        self.assertNotEqual([numbered[f"P000{k}"] for k in range(1, 9)], [named[city] for city in cities])
        self.assertCountEqual([numbered[f"P000{k}"] for k in range(1, 9)], [named[city] for city in cities])

    def test_excel_id(self):
        self.expect(0, "run", "small", "--csv", "excel-id")
        header = (self.folder / "small-results" / "timeline.csv").read_text(encoding="utf-8-sig").splitlines()[0]
        self.assertTrue(header.startswith("month;date;"))
        self.assert_complains("nlcsim run: --csv 'excel': expected plain or excel-id", "run", "small", "--csv", "excel")

    def test_quiet_prints_nothing(self):
        done = self.expect(0, "run", "small", "--quiet")
        self.assertEqual((done.stdout, done.stderr), ("", ""))

    def test_no_progress_where_nobody_looks(self):
        self.assertNotIn("%", self.expect(0, "run", "small").stderr)

    def test_a_long_title_is_cut_between_words(self):
        first = self.expect(0, "run", "small").stdout.splitlines()[0]
        self.assertRegex(first, "^A small country: [0-9]+ places, 24 months, 12 runs, seed 7$")
        title = "The province of Nueva Vizcaya, its towns: an example with many words"
        first = self.expect(0, "run", "small", "--set", "scenario.title=" + title).stdout.splitlines()[0]
        words = first.split("...:")[0]
        self.assertTrue(title.startswith(words) and title[len(words)] in " ,:", first)
        self.assertLessEqual(len(first), 80)

    def test_parameters_carry_where_they_come_from(self):
        (self.small / "parameters.csv").write_text("name,value,evidence,source\nguidance_fidelity,0.7,literature,a survey of 2020\n"
                                                   "meeting_trust,0.05,,\n")
        self.expect(0, "run", "small", "--set", "briefing_awareness=0.4")
        with open(self.folder / "small-results" / "datapackage.json", encoding="utf-8") as file:
            text = file.read()
        given = {name: re.search(r'"name": "%s",.*?"evidence": "(.*?)"(?:,\s*"source": "(.*?)")?' % name, text, re.S).groups()
                 for name in ("guidance_fidelity", "meeting_trust", "briefing_awareness", "meeting_awareness")}
        self.assertEqual(given["guidance_fidelity"], ("literature", "a survey of 2020"))
        self.assertEqual(given["meeting_trust"], ("assumption", None))
        self.assertEqual(given["briefing_awareness"], ("assumption", "set on the command line"))
        self.assertEqual(given["meeting_awareness"][0], "tuned")

    def test_progress_as_json(self):
        done = self.expect(0, "run", "small", "--progress", "json", "--quiet")
        ticks = [json.loads(line) for line in done.stderr.splitlines()]
        self.assertEqual((ticks[-1]["done"], ticks[-1]["total"]), (12, 12))
        self.assertEqual(set(ticks[-1]), {"done", "total", "elapsed_seconds", "seconds_left"})

    def test_progress_on_a_terminal(self):
        leader, terminal = pty.openpty()
        self.expect(0, "run", "small", stderr=terminal)
        shown = os.read(leader, 100000).decode()
        os.close(terminal)
        os.close(leader)
        self.assertIn("100 % of 12 runs", shown)
        self.assertTrue(shown.endswith("\r\x1b[K"), repr(shown))

    def test_wrong_input(self):
        with open(self.small / "levers.csv", "a") as levers:
            levers.write("meetngs,,,,,,,set,6,\n")
        done = self.expect(2, "run", "small")
        self.assertIn("small/levers.csv:7: 'meetngs' is not a lever; did you mean 'meetings'?", done.stderr)
        self.assertFalse((self.folder / "small-results").exists())

    def test_folder_that_cannot_be_made(self):
        done = self.expect(1, "run", "small", "-o", "nowhere/results")
        self.assertIn("nowhere/results: ", done.stderr)
        self.assertIn("No such file or directory", done.stderr)


if __name__ == "__main__":
    unittest.main()

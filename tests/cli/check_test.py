"""`check` shows a good scenario on one screen, and all the mistakes of another."""

import re
import unittest

import program


class Check(program.CommandTest):
    def test_good_folder(self):
        done = self.expect(0, "check", "small")
        text = done.stdout
        self.assertLessEqual(len(text.splitlines()), 50)
        self.assertTrue(text.startswith("A small country\n"))
        for pattern in (r"model +nlc", r"months +24, 2024-01 to 2025-12", r"Land: 10 places, 1 agency", r"tiers +8 city \(adopting\), 2 province\n",
                        r"first: 5 places, first offers in 2024-03", r"second: 5 places, first offers in 2024-09",
                        r"meetings 6,", r"drafting_support 0\.5,", r"slots 6\n", r"line 10, direct 0, oversight 0",
                        r"replicates +12, seed 7", r"a run takes +less than a second on \d+ thread", r"runs\.csv \(12\)", r"networks +1 \(nothing"):
            self.assertRegex(text, pattern)
        self.assertNotRegex(text, r"grant ")

    def test_settings_count(self):
        text = self.expect(0, "check", "small", "--set", "scenario.months=36", "--set", "meetings@tier=city=4").stdout
        self.assertRegex(text, r"months +36, 2024-01 to 2026-12")
        self.assertRegex(text, r"meetings 4 to 6,")

    def observed(self, row):
        (self.small / "observed.csv").write_text("date,under,tier,group,measure,value,total,error,source\n" + row + "\n")

    def test_observations_that_say_nothing(self):
        self.observed("2024-12-31,,city,,adopted,3,,,a count")
        self.assertIn("observed.csv:2: value is '3', expected a share from 0 to 1; ", self.expect(2, "check", "small").stderr)
        for date, said in (("2023-12-31", "before"), ("2026-02-01", "after")):
            self.observed(date + ",,city,,adopted,0.237,,,a count")
            self.assertIn(f"observed.csv:2: note: lies {said} the run and is compared with nothing\n",
                          self.expect(0, "check", "small").stderr)
        self.observed("2024-12-31,,province,,adopted,0.237,,,a count")
        self.assertIn("observed.csv:2: note: the tier 'province' adopts no plans, so ", self.expect(0, "check", "small").stderr)
        for date in ("2024-01-01", "2026-01-01"):
            self.observed(date + ",,city,,adopted,0.237,,,a count")
            self.assertEqual(self.expect(0, "check", "small").stderr, "")

    def test_a_required_key_without_value_is_told_with_its_line(self):
        scenario = self.small / "scenario.csv"
        scenario.write_text(scenario.read_text().replace("adopting,city", "adopting,"))
        self.assertIn("small/scenario.csv:9: the key 'adopting' is missing: ", self.expect(2, "check", "small").stderr)

    def test_waves_with_nobody_in_them(self):
        rule = [word for key in ("waves=random", "waves_number=3", "waves_gap=6") for word in ("--set", "scenario." + key)]
        (self.small / "waves.csv").unlink()
        rows = [line.rsplit(",", 1)[0] for line in (self.small / "nodes.csv").read_text().splitlines()]
        (self.small / "nodes.csv").write_text("\n".join(rows) + "\n")
        self.assertIn("note: waves_number is 3, but no country has more than 2 blocks, ", self.expect(0, "check", "small", *rule).stderr)
        self.assertEqual(self.expect(0, "check", "small", *rule, "--set", "scenario.waves_unit=place").stderr, "")

    def test_exchanges_with_nobody_across_a_border(self):
        done = self.expect(0, "check", "small", "--set", "regional_exchanges=2")
        self.assertIn("note: there is no regional channel, so regional_exchanges changes nothing; ", done.stderr)
        self.assertEqual(self.expect(0, "check", "small", "--set", "engagement=2").stderr, "")

    def test_a_study_is_told_from_a_scenario(self):
        (self.folder / "study").mkdir()
        (self.folder / "study" / "study.csv").write_text("key,value\n")
        for command in ("check", "run"):
            self.assertIn("study/scenario.csv: is missing; this is the folder of a study, for 'nlcsim sweep' or 'nlcsim calibrate'\n",
                          self.expect(2, command, "study").stderr)

    def test_every_file_that_a_run_will_write(self):
        (self.small / "observed.csv").write_text("date,under,tier,group,measure,value,total,error,source\n"
                                                 "2024-12-31,,city,,adopted,3,8,,a count\n")
        text = self.expect(0, "check", "small").stdout
        self.expect(0, "run", "small", "-q", "--replicates", "2")
        for path in (self.folder / "small-results").iterdir():
            self.assertIn(path.name, text)
        (self.small / "observed.csv").unlink()
        self.assertNotIn("observed.csv", self.expect(0, "check", "small").stdout)

    def test_rows_that_a_run_will_write(self):
        text = self.expect(0, "check", "small").stdout
        self.expect(0, "run", "small", "--quiet", "--series")
        for name in ("timeline", "runs", "roadmap", "series"):
            rows = int(re.search(rf"{name}\.csv \((\d+)", text).group(1))
            lines = (self.folder / "small-results" / f"{name}.csv").read_bytes().splitlines()
            self.assertEqual(len(lines), rows + 1, name)

    def test_random_networks(self):
        text = self.expect(0, "check", "small", "--set", "scenario.peers=random:3", "--set", "scenario.networks=5").stdout
        self.assertRegex(text, r"channels +peer \d+ to \d+, regional 0 ")
        self.assertRegex(text, r"networks +5 draws\n")

    def test_a_wave_begins_with_its_first_place(self):
        (self.small / "levers.csv").write_text("lever,from,under,wave,value\nmeetings,2024-11,,second,6\n"
                                               "meetings,2024-10,c22,,6\nmeetings,2025-03,c23,,9\n")
        text = self.expect(0, "check", "small").stdout
        self.assertRegex(text, r"first: 5 places, nothing is ever offered to them\n")
        self.assertRegex(text, r"second: 5 places, first offers in 2024-10\n")
        self.assertRegex(text, r"meetings 6 to 9\n")

    def test_channels_are_those_that_network_counts(self):
        text = self.expect(0, "check", "small", "--set", "direct_channel@wave=first=0.25").stdout
        self.assertRegex(text, r"line 10, direct 4, oversight 0")

    def test_all_mistakes_with_file_and_line(self):
        with open(self.small / "levers.csv", "a") as levers:
            levers.write("meetngs,,,,,,,set,6,\nmeetings,,,,,,,set,lots,\n")
        with open(self.small / "nodes.csv", "a") as nodes:
            nodes.write("c99,City 99,city,p9,1,,,,\n")
        done = self.expect(2, "check", "small")
        self.assertEqual(done.stdout, "")
        places = re.findall(r"^(small/\w+\.csv:\d+): ", done.stderr, re.MULTILINE)
        self.assertEqual(sorted(places), ["small/levers.csv:7", "small/levers.csv:8", "small/nodes.csv:13"])
        self.assertIn("did you mean 'meetings'?", done.stderr)

    def test_large_families_are_noted(self):
        rows = "".join(f"more-{i},,city,land,,,,,\n" for i in range(102))
        with open(self.small / "nodes.csv", "a") as nodes:
            nodes.write(rows)
        done = self.expect(0, "check", "small", "--set", "scenario.peers=parent")
        self.assertIn("with peers=parent a place has at most 100 siblings of its tier as peers", done.stderr)
        self.assertNotIn("siblings", self.expect(0, "check", "small").stderr)

    def test_no_such_folder(self):
        done = self.expect(2, "check", "smal")
        self.assertEqual(done.stdout, "")
        self.assertRegex(done.stderr, r"smal.*: ")


if __name__ == "__main__":
    unittest.main()

"""`replay` runs again what a results folder holds and compares byte for byte."""

import shutil
import unittest

import program


class Replay(program.CommandTest):
    def setUp(self):
        super().setUp()
        self.expect(0, "run", "small", "--seed", "237", "--set", "scenario.peers=random:3", "--set", "scenario.networks=3",
                    "--quiet", "-o", "results")
        self.runs = self.folder / "results" / "runs.csv"

    def test_one_run(self):
        for run in ("1", "5", "12"):
            self.assertEqual(self.expect(0, "replay", "results", "--run", run).stdout, f"run {run}: the same bytes\n")

    def test_all_runs(self):
        self.assertEqual(self.expect(0, "replay", "results", "--run", "all").stdout, "12 of 12 runs: the same bytes\n")

    def test_a_changed_row(self):
        rows = self.runs.read_bytes().split(b"\r\n")
        rows[5] = rows[5] + b"9"
        self.runs.write_bytes(b"\r\n".join(rows))
        done = self.expect(1, "replay", "results", "--run", "5")
        self.assertTrue(done.stdout.startswith("run 5 is not the same:\n  written  5,237,4,"))
        self.assertIn("\n  computed 5,237,4,", done.stdout)
        self.expect(0, "replay", "results", "--run", "4")
        self.assertTrue(self.expect(1, "replay", "results", "--run", "all").stdout.endswith("11 of 12 runs: the same bytes\n"))

    def test_a_changed_scenario(self):
        resolved = self.folder / "results" / "scenario.resolved.txt"
        text = resolved.read_text()
        self.assertIn("seed\t237\n", text)
        resolved.write_text(text.replace("seed\t237\n", "seed\t238\n"))
        self.assertIn("is not the same", self.expect(1, "replay", "results", "--run", "7").stdout)

    def test_a_missing_row(self):
        rows = self.runs.read_bytes().split(b"\r\n")
        self.runs.write_bytes(b"\r\n".join(rows[:6]) + b"\r\n")
        done = self.expect(1, "replay", "results", "--run", "9")
        self.assertIn("  written  (there is no such row)\n", done.stdout)

    def test_excel_tables(self):
        self.expect(0, "run", "small", "--csv", "excel-id", "--quiet", "-o", "excel")
        self.assertEqual(self.expect(0, "replay", "excel", "--run", "all").stdout, "12 of 12 runs: the same bytes\n")

    def compare(self, *more):
        self.expect(0, "compare", "small", "other, and more", "--quiet", "--seed", "41", "-o", "pair", *more)
        return self.folder / "pair" / "runs.csv"

    def test_a_comparison(self):
        shutil.copytree(self.small, self.folder / "other, and more")
        with open(self.folder / "other, and more" / "levers.csv", "a") as file:
            file.write("trainings,2025-01,,,,,,set,9,\n")
        for more in ((), ("--csv", "excel-id")):
            runs = self.compare(*more)
            self.assertEqual(self.expect(0, "replay", "pair", "--run", "7").stdout, "run 7 of 2 scenarios: the same bytes\n")
            self.assertEqual(self.expect(0, "replay", "pair", "--run", "all").stdout,
                             "24 of 24 runs of 2 scenarios: the same bytes\n")
        rows = self.compare().read_bytes().split(b"\r\n")
        rows[12 + 5] += b"9"
        runs.write_bytes(b"\r\n".join(rows))
        done = self.expect(1, "replay", "pair", "--run", "5")
        self.assertTrue(done.stdout.startswith("run 5 of scenario 2 is not the same:\n  written  "), done.stdout)
        self.assertTrue(done.stdout.endswith("1 of 2 runs of 2 scenarios: the same bytes\n"))
        self.expect(0, "replay", "pair", "--run", "4")
        self.assert_complains("nlcsim replay: --run '13': expected a number from 1 to 12, as in runs.csv, or all",
                              "replay", "pair", "--run", "13")

    def test_all_runs_of_a_study(self):
        study = self.folder / "study"
        study.mkdir()
        (study / "study.csv").write_text("key,value\nscenario,../small\ndesign,factorial\nreplicates,3\n"
                                         "outcomes,functioning_end|adopted_end\n")
        (study / "factors.csv").write_text("name,role,kind,low,high,levels\nresourcing,lever,real,,,0.5|2\n"
                                           "draft_hazard,uncertainty,real,0.01,0.08,2\n")
        self.expect(0, "sweep", "study", "-q", "-o", "out")
        self.assertEqual(self.expect(0, "replay", "out", "--run", "all").stdout, "12 of 12 runs: the same bytes\n")
        runs = self.folder / "out" / "runs.csv"
        rows = runs.read_bytes().split(b"\r\n")
        rows[8] += b"9"
        runs.write_bytes(b"\r\n".join(rows))
        done = self.expect(1, "replay", "out", "--run", "all")
        self.assertTrue(done.stdout.startswith("run 8 is not the same:\n  written  8,"), done.stdout)
        self.assertTrue(done.stdout.endswith("11 of 12 runs: the same bytes\n"))

    def test_no_such_run(self):
        for run in ("0", "13", "x", "-1"):
            self.assert_complains(f"nlcsim replay: --run '{run}': expected a number from 1 to 12, as in runs.csv, or all",
                                  "replay", "results", "--run", run)

    def test_which_run(self):
        self.assert_complains("nlcsim replay: --run is missing; 'nlcsim replay --help' shows an example", "replay", "results")

    def test_no_results(self):
        self.assert_complains("nlcsim replay: small/scenario.resolved.txt: No such file or directory",
                              "replay", "small", "--run", "1", code=1)

    def test_not_a_resolved_scenario(self):
        (self.folder / "results" / "scenario.resolved.txt").write_text("something else\n")
        self.assert_complains("nlcsim replay: results/scenario.resolved.txt: this is not a resolved scenario of a model that this "
                              "program has", "replay", "results", "--run", "1")

    def test_a_damaged_resolved_scenario(self):
        resolved = self.folder / "results" / "scenario.resolved.txt"
        resolved.write_text(resolved.read_text().replace("guidance_fidelity\t", "guidance_fidelity\tabout"))
        done = self.expect(2, "replay", "results", "--run", "1")
        self.assertRegex(done.stderr, r"^nlcsim replay: results/scenario\.resolved\.txt:\d+: ")


if __name__ == "__main__":
    unittest.main()

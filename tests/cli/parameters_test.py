"""`run --parameters`: bands that hold the unknowns as well as chance."""

import csv
import json
import unittest

import program


class Parameters(program.CommandTest):
    def run_small(self, out, *options):
        self.expect(0, "run", "small", "--quiet", "-o", out, *options)
        return self.folder / out

    def table(self, path):
        with open(path, newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def run_rows(self, folder):
        return (folder / "runs.csv").read_text().splitlines()

    def test_prior(self):
        out = self.run_small("out", "--parameters", "prior")
        draws = self.table(out / "draws.csv")
        self.assertEqual([row["run"] for row in draws], [str(run) for run in range(1, 13)])
        bounds = {p["name"]: p for p in json.loads(program.run("describe", "parameters", "--format", "json").stdout)}
        self.assertEqual(set(draws[0]) - {"run"}, set(bounds))
        for name, parameter in bounds.items():
            values = [float(row[name]) for row in draws]
            self.assertGreater(len(set(values)), 6, name)
            self.assertTrue(all(float(parameter["low"]) <= value <= float(parameter["high"]) for value in values), name)
        package = json.loads((out / "datapackage.json").read_text())
        self.assertIn("hold the unknown parameters as well as chance", package["nlcsim"]["bands"])
        self.assertIn("--parameters prior", package["nlcsim"]["command"])
        self.assertIn("draws.csv", [resource["path"] for resource in package["resources"]])

    def test_without_it_the_bands_are_chance(self):
        out = self.run_small("out")
        self.assertFalse((out / "draws.csv").exists())
        self.assertIn("Bands are chance alone", json.loads((out / "datapackage.json").read_text())["nlcsim"]["bands"])
        self.assertIn("Bands are chance alone.", self.expect(0, "run", "small", "-o", "again").stdout)
        self.assertIn("all parameters, drawn from the prior.",
                      self.expect(0, "run", "small", "--parameters", "prior", "-o", "more").stdout)

    def test_more_runs_draw_the_same_first(self):
        few = self.table(self.run_small("few", "--parameters", "prior", "--replicates", "5") / "draws.csv")
        many = self.table(self.run_small("many", "--parameters", "prior", "--replicates", "9") / "draws.csv")
        self.assertEqual(few, many[:5])

    def test_what_is_given_is_held(self):
        (self.small / "parameters.csv").write_text("name,value\ndialogue_role,0.237\n")
        draws = self.table(self.run_small("out", "--parameters", "prior", "--set", "briefing_awareness=0.45") / "draws.csv")
        self.assertNotIn("dialogue_role", draws[0])
        self.assertNotIn("briefing_awareness", draws[0])
        self.assertIn("training_capacity", draws[0])

    def test_threads_and_lanes_do_not_matter(self):
        one = self.run_small("one", "--parameters", "prior", "--threads", "1", "--lanes", "4")
        two = self.run_small("two", "--parameters", "prior", "--threads", "2", "--lanes", "16")
        for path in sorted(one.iterdir()):
            self.assertEqual(path.read_bytes(), (two / path.name).read_bytes(), path.name)

    def test_a_row_is_what_set_gives(self):
        """Columns that set, scale and add, for parameters, levers and a dial."""
        (self.folder / "sample.csv").write_text(
            "dialogue_role,meetings@tier=city*,lever.trainings@under=p1,slots+,engagement\n"
            "0.237,1.5,2.4,1,0.9\n0.7,0.5,6.1,3,1.3\n")
        (self.folder / "three.csv").write_text(
            "run,dialogue_role,meetings@tier=city*,lever.trainings@under=p1,slots+\n1,0.237,1.5,2.4,1\n2,0.7,0.5,6.1,3\n")
        self.assertIn("columns 2 and 5 move the same lever of the same places",
                      self.expect(2, "run", "small", "--parameters", "sample.csv", "-o", "bad").stderr)
        drawn = self.run_rows(self.run_small("drawn", "--parameters", "three.csv"))
        rows = [self.run_rows(self.run_small(f"set{k}", *[word for setting in settings for word in ("--set", setting)]))
                for k, settings in enumerate((
                    ("dialogue_role=0.237", "meetings@tier=city*=1.5", "trainings@under=p1=2.4", "slots+=1"),
                    ("dialogue_role=0.7", "meetings@tier=city*=0.5", "trainings@under=p1=6.1", "slots+=3")))]
        self.assertEqual(drawn[0], rows[0][0])
        for run in range(1, 13):
            self.assertEqual(drawn[run], rows[(run + 1) % 2][run])
        self.assertNotEqual(rows[0][1:], rows[1][1:])

    def test_replay(self):
        self.run_small("out", "--parameters", "prior")
        self.assertEqual(self.expect(0, "replay", "out", "--run", "all").stdout, "12 of 12 runs: the same bytes\n")
        draws = self.folder / "out" / "draws.csv"
        lines = draws.read_bytes().split(b"\r\n")
        lines[4] = lines[5]
        draws.write_bytes(b"\r\n".join(lines))
        self.assertIn("11 of 12 runs", self.expect(1, "replay", "out", "--run", "all").stdout)

    def test_wrong_tables(self):
        cases = {
            "dialog_role\n0.5\n": "sample.csv: 'dialog_role' is not",
            "dialogue_role\n0.5\nx\n": "sample.csv:3: dialogue_role is 'x', expected a number",
            "dialogue_role\n0.5\n1.5\n": "sample.csv:3: dialogue_role is 1.5, which is outside the bounds",
            "dialogue_role,drafting_support\n0.5,1.5\n": "sample.csv:2: drafting_support is 1.5, which is outside the bounds",
            "dialogue_role\n0.5,0.6\n": "sample.csv:2: 2 cells, expected 1 as in the header",
            "dialogue_role\n": "sample.csv: expected a header of addresses and at least one row of values",
            "scenario.months\n12\n": "'scenario.months' is a key of scenario.csv",
        }
        for text, message in cases.items():
            (self.folder / "sample.csv").write_text(text)
            done = self.expect(2, "run", "small", "--parameters", "sample.csv", "-o", "out")
            self.assertIn(message, done.stderr)
            self.assertFalse((self.folder / "out").exists())
        self.expect(2, "run", "small", "--parameters", "missing.csv", "-o", "out")


if __name__ == "__main__":
    unittest.main()

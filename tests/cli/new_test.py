"""`new` makes a scenario that checks and runs from a foreign table of places."""

import unittest

import program

TABLE = """id;name;level;parent_id;population;lat;lon;mayor
ke;Kenya;national;;53000000;0,5;37,5;
mo;"Mombasa, coast";county;ke;1208333;-4,05;39,67;X
na;Nairobi;county;ke;4397073;-1,29;36,82;Y
ki;Kisumu;county;ke;1155574;-0,09;34,77;Z
"""


class New(program.CommandTest):
    def setUp(self):
        super().setUp()
        (self.folder / "counties.csv").write_text(TABLE.replace("level", "tier"), encoding="utf-8")

    def test_makes_a_scenario(self):
        done = self.expect(0, "new", "kenya", "--from", "counties.csv")
        self.assertIn("written: kenya\n", done.stdout)
        self.assertIn("mayor", done.stderr)
        names = {path.name for path in (self.folder / "kenya").iterdir()}
        self.assertLessEqual({"scenario.csv", "nodes.csv", "levers.csv"}, names)
        self.assertIn("3 county", self.expect(0, "check", "kenya").stdout)
        self.expect(0, "run", "kenya", "--replicates", "2", "--quiet")

    def test_table_is_missing(self):
        self.assert_complains("nlcsim new: --from is missing; 'nlcsim new --help' shows an example", "new", "kenya")

    def test_no_such_table(self):
        done = self.run_here("new", "kenya", "--from", "nowhere.csv")
        self.assertIn(done.returncode, (1, 2))
        self.assertIn("nowhere.csv", done.stderr)
        self.assertFalse((self.folder / "kenya").exists())

    def test_folder_is_not_empty(self):
        before = {path.name: path.read_bytes() for path in self.small.iterdir()}
        done = self.run_here("new", "small", "--from", "counties.csv")
        self.assertIn(done.returncode, (1, 2))
        self.assertIn("small", done.stderr)
        self.assertEqual(before, {path.name: path.read_bytes() for path in self.small.iterdir()})


if __name__ == "__main__":
    unittest.main()

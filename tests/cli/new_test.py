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
        self.assertEqual({"scenario.csv", "nodes.csv", "levers.csv", "README.md", "agencies.csv", "channels.csv", "parameters.csv",
                          "observed.csv"}, names)
        self.assertEqual((self.folder / "kenya" / "channels.csv").read_text(), "from,to,kind,weight,both\n")
        self.assertNotIn("was read as", done.stderr)
        self.assertIn("3 county", self.expect(0, "check", "kenya").stdout)
        self.expect(0, "run", "kenya", "--replicates", "2", "--quiet")

    def test_says_which_columns_it_understood(self):
        (self.folder / "counties.csv").write_text(TABLE.replace("level", "type").replace("population", "Pop"), encoding="utf-8")
        done = self.expect(0, "new", "kenya", "--from", "counties.csv")
        for given, name in (("type", "tier"), ("Pop", "population")):
            self.assertIn(f"counties.csv:1: note: the column '{given}' was read as '{name}'\n", done.stderr)
        self.assertEqual(done.stderr.count("was read as"), 2)

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

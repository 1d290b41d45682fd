"""`workshop` writes a page, whole or not at all."""

import unittest

import program


class Workshop(program.CommandTest):
    def setUp(self):
        super().setUp()
        done = self.run_here("workshop", "small", "-o", "try.html")
        if done.returncode == 1 and "built without the page" in done.stderr:
            self.skipTest("the program was built without the page")

    def test_page(self):
        done = self.expect(0, "workshop", "small", "-o", "page.html")
        self.assertEqual((done.stdout, done.stderr), (f"written: page.html\nlink: {(self.folder / 'page.html').resolve().as_uri()}#scenario=small\n", ""))
        text = (self.folder / "page.html").read_text(encoding="utf-8")
        self.assertTrue(text.startswith("<!doctype html>"))
        self.assertTrue(text.endswith("</html>\n"))
        self.assertNotIn("@NLCSIM-SCENARIOS@", text)
        self.assertEqual(self.expect(0, "workshop", "small", "small", "-o", "page.html", "--quiet").stdout, "")
        self.assertNotEqual((self.folder / "page.html").read_text(encoding="utf-8"), text)

    def test_levers_at_the_end_are_moved_in_the_page(self):
        def link(*settings):
            done = self.expect(0, "workshop", "small", *(word for setting in settings for word in ("--set", setting)))
            return done.stdout.split("link: ")[1].split("#scenario=small")[1].strip()

        self.assertEqual(link("meetings*=1.5", "resourcing=2"), "&set=meetings*%3D1.5&set=resourcing%3D2")
        self.assertEqual(link("meetings+=1", "scenario.months=24", "slots=unlimited"), "&set=slots%3Dunlimited")
        self.assertEqual(link("resourcing=2", "resourcing*=2"), "")
        self.assertEqual(link("meetings@tier=city,from=w+3=4", "engagement@to=2023-09=0.5"),
                         "&set=meetings%40tier%3Dcity%2Cfrom%3Dw%2B3%3D4&set=engagement%40to%3D2023-09%3D0.5")
        for built_in in ("meetings@under=AB=4", "meetings@tier=city,tier=city=4", "resourcing@tier=city=2", "grant_budget@tier=city=2",
                         "meetings@from=2023-13=4", "meetings@from=0=4", "meetings@=4", "meetings@tier=city,=4", "meeting_trust@to=4=0.2"):
            done = self.run_here("workshop", "small", "--set", "resourcing=2", "--set", built_in)
            self.assertNotIn("&set=", done.stdout, built_in)
        self.expect(2, "workshop", "small", "--set", "mandate=7")

    def test_the_same_scenario_gives_the_same_page(self):
        self.expect(0, "workshop", "small")
        self.expect(0, "workshop", "small", "-o", "other.html")
        self.assertEqual((self.folder / "workshop.html").read_bytes(), (self.folder / "other.html").read_bytes())

    def test_nothing_is_left_where_something_is_wrong(self):
        (self.folder / "try.html").unlink()
        self.expect(2, "workshop", "small", "nowhere", "-o", "page.html")
        self.expect(2, "workshop", "small", "-o", "page.html", "--set", "meetngs=4")
        self.assertIn("cannot be written", self.expect(1, "workshop", "small", "-o", "no/such/page.html").stderr)
        self.assertEqual([path.name for path in self.folder.iterdir()], ["small"])
        self.assert_complains("nlcsim workshop: SCENARIO... is missing; 'nlcsim workshop --help' shows an example", "workshop")


if __name__ == "__main__":
    unittest.main()

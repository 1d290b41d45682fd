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
        self.assertEqual((done.stdout, done.stderr), ("written: page.html\n", ""))
        text = (self.folder / "page.html").read_text(encoding="utf-8")
        self.assertTrue(text.startswith("<!doctype html>"))
        self.assertTrue(text.endswith("</html>\n"))
        self.assertNotIn("@NLCSIM-SCENARIOS@", text)
        self.assertEqual(self.expect(0, "workshop", "small", "small", "-o", "page.html", "--quiet").stdout, "")
        self.assertNotEqual((self.folder / "page.html").read_text(encoding="utf-8"), text)

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

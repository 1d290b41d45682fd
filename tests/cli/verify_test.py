"""`verify` tells cases that hold from those that do not, and says what it could not read."""

import json
import os
import pathlib
import shutil
import unittest

import program

CASES = pathlib.Path(os.environ["NLCSIM_SCENARIOS"]).parent / "tests" / "verification" / "cases"
GOOD = {"id": "replication_stopping_x", "x": [4.1, 4.3, 3.9, 4.0, 4.2], "title": "n0=2, 95%", "result": {"0.001": {"n": None}}}


class Verify(program.CommandTest):
    def setUp(self):
        super().setUp()
        self.cases = self.folder / "cases"
        self.cases.mkdir()

    def write(self, name, content):
        (self.cases / name).write_text(content if isinstance(content, str) else json.dumps(content))

    def test_own_cases_pass(self):
        # Without a folder the program looks beside build/ in the source, and where it was installed.
        beside = pathlib.Path(os.environ["NLCSIM_BUILD"]).resolve().parent == CASES.resolve().parents[2]
        done = self.expect(0, "verify", "--strict", *([] if beside else [CASES]), timeout=900)
        ids = {json.loads(path.read_text())["id"] for path in CASES.glob("*.json")}
        self.assertEqual({line.split()[1].rstrip(":") for line in done.stdout.splitlines() if line.startswith("PASS ")}, ids)
        self.assertEqual(done.stdout.splitlines()[-1], f"{len(ids)} passed, 0 failed, 0 skipped")
        self.assertEqual(done.stderr, "")

    def test_an_unknown_kind_is_skipped(self):
        self.write("a.json", {"id": "of_no_kind"})
        self.write("b.json", GOOD)
        self.assertEqual(self.expect(0, "verify", "cases").stdout,
                         "SKIP of_no_kind: no adapter for this kind\n"
                         "PASS replication_stopping_x: 1 precisions: n exact, half-width within 1e-9 of itself\n"
                         "1 passed, 0 failed, 1 skipped\n")
        self.expect(1, "verify", "cases", "--strict")

    def test_what_fails_is_named(self):
        self.write("a.json", {**GOOD, "result": {"0.2": {"n": 4, "mean": 4.1, "half_width": 0.5}}})
        lines = self.expect(1, "verify", "cases").stdout.splitlines()
        self.assertEqual(lines[0], "FAIL replication_stopping_x: n: found 3, expected 4 within 0")
        self.assertEqual(lines[-1], "0 passed, 1 failed, 0 skipped")

    def test_a_case_without_a_check_fails(self):
        self.write("a.json", {**GOOD, "result": {}})
        self.assertIn("nothing was checked", self.expect(1, "verify", "cases").stdout)

    def test_a_case_without_a_member_fails(self):
        self.write("a.json", {"id": "replication_stopping_x", "result": {}})
        self.assertEqual(self.expect(1, "verify", "cases").stdout,
                         "FAIL replication_stopping_x: the case has no 'x': expected an array\n0 passed, 1 failed, 0 skipped\n")

    def test_several_cases_in_a_file(self):
        self.write("a.json", [GOOD, {**GOOD, "id": "replication_stopping_y"}])
        self.assertIn("2 passed, 0 failed", self.expect(0, "verify", "cases").stdout)

    def test_broken_files_are_told_with_their_place(self):
        self.write("a.json", '{"id": "x",\n "y": }')
        self.write("b.json", GOOD)
        self.write("c.json", [1])
        done = self.expect(2, "verify", "cases")
        self.assertIn("1 passed, 0 failed, 0 skipped\n", done.stdout)
        first, second = done.stderr.splitlines()
        self.assertRegex(first, r"^cases/a\.json:2:\d+: ")
        self.assertEqual(second, 'cases/c.json: a case without an id: expected an object with "id"')

    def test_a_folder_without_cases(self):
        done = self.expect(2, "verify", "cases")
        self.assertEqual(done.stderr, "cases: there are no cases here: expected files NAME.json\n")
        self.assert_complains("nlcsim verify: nowhere: No such file or directory", "verify", "nowhere", code=1)

    def test_a_program_that_was_moved_finds_its_cases(self):
        (self.folder / "bin").mkdir()
        moved = shutil.copy(program.PROGRAM, self.folder / "bin" / "nlcsim")
        (self.folder / "share" / "nlcsim").mkdir(parents=True)
        self.write("a.json", GOOD)
        self.cases.rename(self.folder / "share" / "nlcsim" / "cases")
        done = program.subprocess.run([moved, "verify"], text=True, capture_output=True, timeout=60)
        self.assertEqual((done.returncode, done.stdout.splitlines()[-1]), (0, "1 passed, 0 failed, 0 skipped"))


if __name__ == "__main__":
    unittest.main()

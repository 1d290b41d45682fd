"""Reports on folders that the program itself made, printed as a reader would: a run, a comparison that chose, a study with
analyses and one of choices, in four languages, each page of A4 full and nothing cut."""

import re
import shutil
import subprocess
import unittest
import xml.etree.ElementTree

import program

LANGUAGES = ("en", "id", "ms", "fil")
WIDTH, HEIGHT, SIDE = 595.3, 841.9, 17 / 25.4 * 72
FACTORS = """name,role,kind,low,high,levels,distribution,scale
resourcing,lever,real,,,0.5|1|2,,
meetings@tier=city,lever,real,2,8,,,
no_reply_trust,uncertainty,real,0.01,0.2,,,
scenario.peers,uncertainty,category,,,nearest:2|none,,
"""
STUDY = """key,value
title,A study of a small country
scenario,../small
design,lhs
points,24
replicates,10
seed,41
outcomes,functioning_end|cost_end|months_to_functioning_25|adopted_end.wave.first
"""
CROSSED = STUDY.replace("lhs\npoints,24", "crossed\npoints,12")
CROSSED_FACTORS = FACTORS.replace("real,2,8,,,", "real,,,2|8,,")
TARGETS = "functioning,month,probability,label\n25,24,0.2,a quarter in two years\n"


class PrintTest(program.CommandTest):

    @classmethod
    def setUpClass(cls):
        """The folders are made once and printed by each test."""
        maker = program.CommandTest()
        maker.setUp()
        cls.addClassCleanup(maker.doCleanups)
        cls.made = maker.folder
        scenario = (maker.small / "scenario.csv").read_text(encoding="utf-8")
        (maker.small / "scenario.csv").write_text(scenario.replace("months,24", "months,60"), encoding="utf-8")
        (maker.small / "parameters.csv").write_text("name,value,evidence,source\nrole_threshold,0.3,assumption,made up\n")
        with open(maker.small / "levers.csv", "a", encoding="utf-8") as file:
            file.write("slots,,,,,,,set,20,\ngrant,,,,,,,set,0.5,\ngrant_budget,,,,,,,set,50,\n")
        maker.expect(0, "run", "small", "-q", "-o", "run")
        shutil.copytree(maker.small, maker.folder / "small-with-more-meetings")
        with open(maker.folder / "small-with-more-meetings" / "levers.csv", "a", encoding="utf-8") as file:
            file.write("meetings,,,,,,,scale,3,\n")
        maker.expect(0, "compare", "small", "small-with-more-meetings", "--best", 90, "--indifference", 0.2, "-q", "-o", "comparison")
        for folder, study, factors, out in (("of-small", STUDY, FACTORS, "study"), ("choices-of-small", CROSSED, CROSSED_FACTORS, "choices")):
            (maker.folder / folder).mkdir()
            (maker.folder / folder / "study.csv").write_text(study, encoding="utf-8")
            (maker.folder / folder / "factors.csv").write_text(factors, encoding="utf-8")
            maker.expect(0, "sweep", folder, "-q", "-o", out)
        (maker.folder / "targets.csv").write_text(TARGETS, encoding="utf-8")
        for out, *method in (("study", "select", "--targets", "targets.csv"), ("study", "rank"), ("study", "pawn"), ("study", "pareto"),
                             ("choices", "robust", "--threshold", 0.2), ("choices", "pareto")):
            maker.expect(0, "analyse", method[0], out, *method[1:], "-q", "-o", out)

    def setUp(self):
        super().setUp()
        for kind in ("run", "comparison", "study", "choices"):
            shutil.copytree(self.made / kind, self.folder / kind)

    def words(self, kind, language):
        """The pages of the printed report, each a list of (left, top, right, bottom, word) in points."""
        self.expect(0, "report", kind, "--lang", language, "-o", "page.html", "-q")
        printed, boxes = self.folder / "page.pdf", self.folder / "page.xhtml"
        subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={self.folder / 'profile'}",
                        "--no-pdf-header-footer", f"--print-to-pdf={printed}", (self.folder / "page.html").as_uri()],
                       check=True, capture_output=True, timeout=240)
        subprocess.run(["pdftotext", "-bbox", printed, boxes], check=True, timeout=60)
        pages = re.findall(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', boxes.read_text(encoding="utf-8"), re.S)
        for width, height, _ in pages:
            self.assertAlmostEqual(float(width), WIDTH, delta=1)
            self.assertAlmostEqual(float(height), HEIGHT, delta=1)
        word = re.compile(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>')
        return [[(*map(float, found[:4]), found[4]) for found in word.findall(text)] for _, _, text in pages]

    def check(self, kind, fewest, most):
        if not shutil.which("chromium") or not shutil.which("pdftotext"):
            self.skipTest("chromium or poppler-utils is not installed")
        for language in LANGUAGES:
            pages = self.words(kind, language)
            self.assertTrue(fewest <= len(pages) <= most, f"{language}: {len(pages)} pages")
            for number, words in enumerate(pages, 1):
                self.assertGreater(len(words), 8, f"{language}: page {number} is all but empty")
                for left, top, right, bottom, word in words:
                    inside = left > SIDE - 1 and right < WIDTH - SIDE + 1 and top > 40 and bottom < HEIGHT - 40
                    self.assertTrue(inside, f"{language}, page {number}: '{word}' at {left}, {top} to {right}, {bottom}")

    def test_a_run(self):
        self.check("run", 8, 20)

    def test_a_comparison(self):
        self.check("comparison", 3, 7)

    def test_a_study(self):
        self.check("study", 7, 18)

    def test_a_study_of_choices(self):
        self.check("choices", 5, 18)

    def test_pictures_are_xml(self):
        for kind, names in (("run", ("curves", "roadmap", "evidence")), ("comparison", ("differences", "selection", "evidence")),
                            ("study", ("ranking-functioning_end", "boxes-cost_end", "factors-functioning_end", "analysis-select",
                                       "analysis-rank", "ranking-adopted_end-wave-first", "evidence")),
                            ("choices", ("analysis-robust", "analysis-pareto", "evidence"))):
            for language in LANGUAGES:
                self.expect(0, "report", kind, "--lang", language, "-o", f"{kind}.html", "--figures", "-q")
                figures = {path.name: path.read_text(encoding="utf-8") for path in self.folder.glob(f"{kind}-*.svg")}
                self.assertLessEqual({f"{kind}-{name}.svg" for name in names}, set(figures))
                for text in figures.values():
                    xml.etree.ElementTree.fromstring(text)
                    self.assertNotRegex(text, r"(?<![a-z])(nan|inf)\b")

    def test_all_say_what_is_assumed_and_how_to_make_them_again(self):
        for kind, command in (("run", "nlcsim run small"), ("comparison", "nlcsim compare small"), ("study", "nlcsim sweep of-small")):
            self.expect(0, "report", kind, "-o", "page.html", "-q")
            text = (self.folder / "page.html").read_text(encoding="utf-8")
            self.assertIn("74 parameters. 44 of them (59\u202f%) are assumptions", text)
            again = text[text.index("How to reproduce"):]
            self.assertIn(command, again)

    def test_no_keys_show(self):
        """In another language no name of the model stands alone; only code and what users wrote is English."""
        for kind in ("run", "comparison", "study", "choices"):
            self.expect(0, "report", kind, "--lang", "id", "-o", "page.html", "-q")
            text = (self.folder / "page.html").read_text(encoding="utf-8")
            plain = re.sub(r"<style>.*?</style>|<(code|pre|title)[ >].*?</\1>|<[^>]*>", " ", text, flags=re.S)
            self.assertEqual(set(re.findall(r"\b[a-z]+_[a-z_0-9]+\b", plain)), set(), kind)


if __name__ == "__main__":
    unittest.main()

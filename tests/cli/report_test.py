"""`report` makes a page from a results folder: whole, in four languages, with the numbers of its tables."""

import csv
import html.parser
import json
import os
import pathlib
import re
import shutil
import subprocess
import unittest
import xml.etree.ElementTree

import program

LANGUAGES = ("en", "id", "ms", "fil")
RUN = ("run", "small", "--seed", "237", "--set", "meetings*=1.5", "--set", "role_threshold=0.3", "--set", "grant=0.5", "--set",
       "grant_budget=50", "--set", "slots=20", "--set", "scenario.months=60", "--quiet")
MONTHS = 60
VOID = {"meta", "br", "link", "img", "hr", "input"}


class Page(html.parser.HTMLParser):
    """Checks that elements nest, and keeps what the tests look at: text, tables by id, numbers, attributes."""

    def __init__(self, text):
        super().__init__()
        self.open, self.wrong, self.words, self.language = [], [], [], None
        self.tables, self.row, self.cards, self.measure = {}, None, {}, None
        self.table, self.tags, self.addresses = None, set(), []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.tags.add(tag)
        self.addresses += [value for name, value in attributes if name in ("src", "href", "data", "action", "srcset")]
        if tag == "html":
            self.language = given["lang"]
        if tag == "table":
            self.table = self.tables.setdefault(given.get("id", "?"), [])
        if tag == "tr" and self.table is not None:
            self.row = {"words": [], "numbers": [], **given}
            self.table.append(self.row)
        if tag == "dd":
            self.measure = given["data-measure"]
        if tag == "data":
            number = float(given["value"])
            if self.measure:
                self.cards.setdefault(self.measure, []).append(number)
            elif self.row is not None:
                self.row["numbers"].append(number)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append((tag, self.getpos()))
        if tag == "tr":
            self.row = None
        if tag == "table":
            self.table = None
        if tag == "dd":
            self.measure = None

    def handle_data(self, data):
        if "style" not in self.open:
            self.words.append(data)
            if self.row is not None:
                self.row["words"].append(data)

    def text(self):
        return " ".join(" ".join(self.words).split())


DIFFERENCES = """baseline,scenario,outcome,statistic,unit,n,left_out,baseline_mean,baseline_low,baseline_high,scenario_mean,\
scenario_low,scenario_high,difference,difference_low,difference_high,confidence,verdict
plain,doubled,adopted_end,value,share,12,0,0.25,0.2,0.3,0.487,0.4,0.5,0.237,0.123,0.351,0.95,real
plain,doubled,cost_end,value,coordinator-months,12,0,110,100,120,111,100,120,1.5,-2.25,5.25,0.95,cannot be told
plain,doubled,months_to_adopted_50,value,months,0,12,,,,,,,,,,0.95,cannot be told
"""


class Comparison(program.CommandTest):
    """A folder with differences.csv is a comparison."""

    def setUp(self):
        super().setUp()
        folder = self.folder / "compared"
        folder.mkdir()
        (folder / "differences.csv").write_text(DIFFERENCES)
        (folder / "scenarios.csv").write_text("scenario,title,file,sha256,shared_months\nplain,As it is,a,00ff,60\n"
                                              "doubled,Twice & more,b,11ee,0\n")
        about = {"version": "0.1.0", "command": "nlcsim compare plain doubled", "seed": 41, "replicates": 12, "months": 24,
                 "model": {"name": "nlc", "code_version": 1}}
        (folder / "datapackage.json").write_text(json.dumps({"title": "Two", "nlcsim": about, "resources": []}))

    def test_whole_in_all_languages(self):
        for language in LANGUAGES:
            self.expect(0, "report", "compared", "--lang", language, "-o", "page.html", "--figures", "--quiet")
            page = Page((self.folder / "page.html").read_text(encoding="utf-8"))
            self.assertEqual((page.wrong, page.open, page.language), ([], [], language))
            xml.etree.ElementTree.parse(self.folder / "page-differences.svg")

    def test_numbers(self):
        self.expect(0, "report", "compared", "-o", "page.html")
        page = Page((self.folder / "page.html").read_text(encoding="utf-8"))
        rows = page.tables["differences-table"][1:]
        self.assertEqual([row["numbers"] for row in rows], [[0.25, 0.487, 0.237, 0.123, 0.351, 12], [110, 111, 1.5, -2.25, 5.25, 12]])
        self.assertEqual([row["words"][-1] for row in rows], ["real", "cannot be told"])
        self.assertIn("2 of 3 rows are shown", page.text())
        self.assertIn("plain \u2013 doubled", page.text())
        self.assertIn("74 parameters. 44 of them (59 %) are assumptions", page.text())
        self.assertIn("23.7 (12.3 \u2026 35.1)", page.text())
        self.assertIn("Twice & more", page.text())

    def test_a_missing_table(self):
        (self.folder / "compared" / "scenarios.csv").unlink()
        self.assertIn("compared/scenarios.csv", self.expect(2, "report", "compared").stderr)


class Study(program.CommandTest):
    """A folder with points.csv is a study."""

    def setUp(self):
        super().setUp()
        folder = self.folder / "studied"
        folder.mkdir()
        (folder / "factors.csv").write_text("name,role,kind,low,high,levels,steps,distribution,scale,unit,meaning\n"
                                            "resourcing,lever,real,0.5,3,,,uniform,linear,1,a dial\n"
                                            "peers,uncertainty,category,,,none|nearest:5,,,,,who hears whom\n")
        (folder / "points.csv").write_text("point,block,resourcing,peers\n1,1,0.5,none\n2,2,1.237,nearest:5\n3,3,3,none\n")
        (folder / "summary.csv").write_text(
            "point,outcome,median,p05,p95,mean,mcse,n\n"
            "1,functioning_end.all,0.2,0.1,0.3,0.237,0.01,8\n1,cost_end.all,110,100,120,111,1,8\n"
            "2,functioning_end.all,0.6,0.5,0.7,0.612,0.01,8\n2,cost_end.all,210,200,220,211,1,8\n"
            "3,functioning_end.all,0.4,0.3,0.5,0.41,0.01,8\n3,cost_end.all,,,,,,0\n")
        (folder / "runs.csv").write_text("run,point,replicate,seed,functioning_end.all,cost_end.all\n" + "".join(
            f"{8 * point + run + 1},{point + 1},{run},1,{middle + 0.01 * run},{100 * point + run if point < 2 else ''}\n"
            for point, middle in enumerate((0.2, 0.6, 0.4)) for run in range(8)))
        about = {"version": "0.1.0", "kind": "study", "models": "nlc", "design": "list", "points": 3, "replicates": 8,
                 "seed": "18446744073709551615"}
        fields = [{"name": "functioning_end.all", "unit": "share"}, {"name": "cost_end.all", "unit": "coordinator-months"}]
        runs = {"name": "runs", "path": "runs.csv", "schema": {"fields": fields}}
        (folder / "datapackage.json").write_text(json.dumps({"title": "Three points", "nlcsim": about, "resources": [runs]}))

    def test_whole_in_all_languages(self):
        for language in LANGUAGES:
            self.expect(0, "report", "studied", "--lang", language, "-o", "page.html", "--figures", "--quiet")
            page = Page((self.folder / "page.html").read_text(encoding="utf-8"))
            self.assertEqual((page.wrong, page.open, page.language), ([], [], language))
            for name in ("ranking-functioning_end", "boxes-functioning_end", "ranking-cost_end", "evidence"):
                text = (self.folder / f"page-{name}.svg").read_text(encoding="utf-8")
                xml.etree.ElementTree.fromstring(text)
                self.assertNotRegex(text, r"(?<![a-z])(nan|inf)\b")

    def test_rankings(self):
        self.expect(0, "report", "studied", "-o", "page.html")
        page = Page((self.folder / "page.html").read_text(encoding="utf-8"))
        rows = page.tables["ranking-functioning_end"][1:]
        self.assertEqual([row["data-point"] for row in rows], ["2", "3", "1"])
        self.assertEqual(rows[0]["numbers"], [0.612, 0.6, 0.5, 0.7, 1.237])
        self.assertEqual(rows[0]["words"][-1], "nearest:5")
        self.assertEqual([row["data-point"] for row in page.tables["ranking-cost_end"][1:]], ["1", "2"])
        self.assertIn("18446744073709551615", page.text())

    def test_boxes_are_quantiles_of_the_runs(self):
        """The box of `none`, points 1 and 3: 16 values, 0.2 to 0.27 and 0.4 to 0.47; the median lies half-way, at 0.335."""
        self.expect(0, "report", "studied", "-o", "page.html", "--figures", "--quiet")
        svg = (self.folder / "page-boxes-functioning_end.svg").read_text(encoding="utf-8")
        axis = [(float(x), float(text)) for x, text in re.findall(r'<text x="([\d.]+)"[^>]*>([\d.]+)\u202f%</text>', svg)]
        (x0, v0), (x1, v1) = axis[0], axis[-1]
        label = svg.index(">none</text>")
        lines = [(float(a), float(b)) for a, b in re.findall(r'<path d="M([\d.]+) [\d.]+L([\d.]+) ', svg[label:])]
        boxes = [(float(x), float(w)) for x, w in re.findall(r'<rect x="([\d.]+)"[^>]* width="([\d.]+)"', svg[label:])]
        value = lambda x: v0 + (x - x0) * (v1 - v0) / (x1 - x0)
        self.assertAlmostEqual(value(lines[0][0]), 20.75, delta=0.1)
        self.assertAlmostEqual(value(lines[0][1]), 46.25, delta=0.1)
        self.assertAlmostEqual(value(boxes[0][0]), 23.75, delta=0.1)
        self.assertAlmostEqual(value(boxes[0][0] + boxes[0][1]), 43.25, delta=0.1)
        self.assertAlmostEqual(value(boxes[1][0] + 1.2), 33.5, delta=0.1)

    def test_an_analysis_in_the_folder(self):
        (self.folder / "studied" / "rank.csv").write_text(
            "output,item,measure,value,error,low,high,n\n"
            "functioning_end.all,peers,rank,0.237,0.1,0.041,0.433,24\nfunctioning_end.all,peers,rank_p,0.04,,,,24\n"
            "functioning_end.all,resourcing,rank,-0.612,0.1,-0.808,-0.416,24\nfunctioning_end.all,resourcing,rank_p,0.001,,,,24\n")
        self.expect(0, "report", "studied", "-o", "page.html", "--figures", "--lang", "id", "--quiet")
        page = Page((self.folder / "page.html").read_text(encoding="utf-8"))
        rows = page.tables["analysis-rank"][1:]
        self.assertEqual([row["words"][0] for row in rows], ["Sumber daya", "peers"])
        self.assertEqual(rows[0]["numbers"], [-0.612, -0.808, -0.416, 0.001])
        xml.etree.ElementTree.parse(self.folder / "page-analysis-rank.svg")

    def test_an_analysis_of_all_outcomes(self):
        """Those that the report shows, each by itself."""
        rows = "".join(f"{outcome},(the base point),mean,{mean},,,,8\n{outcome},peers,difference,{k},0.1,{k - 1},{k + 1},8\n"
                       f"{outcome},resourcing,difference,{-2 * k},0.1,{-2 * k - 1},{-2 * k + 1},8\n"
                       for k, (outcome, mean) in enumerate((("functioning_end.all", 0.25), ("cost_end.all", 310), ("unheard_of.all", 1)), 1))
        (self.folder / "studied" / "oat.csv").write_text("output,item,measure,value,error,low,high,n\n" + rows)
        self.expect(0, "report", "studied", "-o", "page.html", "--figures", "--lang", "id", "--quiet")
        page = Page((self.folder / "page.html").read_text(encoding="utf-8"))
        self.assertEqual([name for name in page.tables if name.startswith("analysis-oat")],
                         ["analysis-oat-functioning_end", "analysis-oat-cost_end"])
        rows = page.tables["analysis-oat-cost_end"][1:]
        self.assertEqual([row["words"][0] for row in rows], ["Sumber daya", "peers", "(titik dasar)"])
        self.assertEqual([row["numbers"] for row in rows], [[-4, -5, -3], [2, 1, 3], [310]])
        xml.etree.ElementTree.parse(self.folder / "page-analysis-oat-cost_end.svg")

    def test_a_column_that_is_missing(self):
        (self.folder / "studied" / "points.csv").write_text("point,block,resourcing\n1,1,0.5\n")
        self.assert_complains("studied/points.csv:1: there is no column 'peers', which a results folder has", "report", "studied")


class Report(program.CommandTest):
    def setUp(self):
        super().setUp()
        with open(self.small / "observed.csv", "w", encoding="utf-8") as file:
            file.write("date,under,tier,group,measure,value,total,error,source\n"
                       "2025-03-15,land,,,adopted,3,8,1,counted <by> hand & twice\n"
                       "2025-06-01,p1,,,adopted,2,4,,\n")
        self.expect(0, *RUN, "-o", "results")
        self.results = self.folder / "results"

    def page(self, *arguments):
        self.expect(0, "report", "results", "-o", "page.html", *arguments)
        return Page((self.folder / "page.html").read_text(encoding="utf-8"))

    def timeline(self):
        with open(self.results / "timeline.csv", encoding="utf-8", newline="") as file:
            return [row for row in csv.DictReader(file)
                    if all(row[name] == "all" for name in ("country", "tier", "wave", "group", "size"))]

    def test_whole_in_all_languages(self):
        seen = set()
        for language in LANGUAGES:
            page = self.page("--lang", language)
            self.assertEqual(page.wrong, [])
            self.assertEqual(page.open, [])
            self.assertEqual(page.language, language)
            self.assertNotRegex(page.text(), r"\{\d\}")
            self.assertIn("A small country", page.text())
            seen.add(page.text())
        self.assertEqual(len(seen), len(LANGUAGES))

    def test_numbers_and_months_of_a_language(self):
        text = self.page("--lang", "id").text()
        self.assertIn("Januari 2024 sampai Desember 2028", text)
        for language, half in (("en", "0.45"), ("id", "0,45"), ("ms", "0.45"), ("fil", "0.45")):
            (row,) = [row for row in self.page("--lang", language).tables["parameters-table"] if "briefing_awareness" in row["words"]]
            self.assertIn(half, row["words"])
        self.assertIn("Enero 2024 hanggang Disyembre 2028", self.page("--lang", "fil").text())

    def test_asks_nothing_of_any_network_and_needs_no_script(self):
        page = self.page()
        self.assertEqual(page.addresses, [])
        self.assertEqual(page.tags & {"script", "link", "img", "iframe", "object", "form"}, set())
        text = (self.folder / "page.html").read_text(encoding="utf-8")
        self.assertNotRegex(text, r"@import|url\(")
        self.assertEqual(set(re.findall(r'https?://[^"\s<]*', text)), {"http://www.w3.org/2000/svg"})

    def test_curves_are_those_of_the_table(self):
        found = {int(row["data-month"]): row["numbers"] for row in self.page().tables["curves-table"] if "data-month" in row}
        self.assertEqual(sorted(found)[-1], MONTHS)
        for month, numbers in found.items():
            expected = []
            for measure in ("adopted", "functioning", "paper_plan_gap"):
                (row,) = [row for row in self.timeline() if row["month"] == str(month) and row["measure"] == measure]
                values = [float(row[name]) for name in ("median", "p05", "p95")]
                expected += values if values[1] < values[2] else values[:1]
            self.assertEqual(numbers, expected, month)

    def test_cards_are_the_last_month(self):
        cards = self.page().cards
        self.assertEqual(set(cards), {"adopted", "functioning", "paper_plan_gap", "cost_so_far"})
        for measure, numbers in cards.items():
            (row,) = [row for row in self.timeline() if row["month"] == str(MONTHS) and row["measure"] == measure]
            self.assertEqual(numbers[0], float(row["median"]))

    def test_flows_are_sums_of_the_table(self):
        rows = {row["data-kind"]: row["numbers"] for row in self.page().tables["flows-table"] if "data-kind" in row}
        self.assertIn("report", rows)
        with open(self.results / "flows.csv", encoding="utf-8", newline="") as file:
            flows = list(csv.DictReader(file))
        chosen = [row for row in flows if row["country"] == row["tier"] == row["pool"] == "all" and row["kind"] == "meeting"]
        asked, delivered = (sum(float(row[name]) for row in chosen) for name in ("asked", "delivered"))
        self.assertAlmostEqual(rows["meeting"][0], asked, 6)
        self.assertAlmostEqual(rows["meeting"][1], delivered, 6)
        self.assertAlmostEqual(rows["meeting"][2], min(1, delivered / asked), 9)

    def test_waits_are_those_of_the_runs(self):
        with open(self.results / "runs.csv", encoding="utf-8", newline="") as file:
            months = sorted(float(row["months_to_adopted_50.all"] or "inf") for row in csv.DictReader(file))
        self.assertLess(months[-1], MONTHS)
        (row,) = [row for row in self.page().tables["waits-table"] if row["words"][0] == "Plan adopted"]
        self.assertEqual(row["numbers"][3:6], [months[5], months[0], months[11]])

    def test_counts_stand_beside_the_runs(self):
        table = [row for row in self.page().tables["counted-table"] if row["numbers"]]
        (row,) = [row for row in self.timeline() if row["month"] == "14" and row["measure"] == "adopted"]
        self.assertEqual(table[0]["words"][0], "February 2025")
        self.assertEqual(table[0]["numbers"][:4], [3, 8, 1, 0.375])
        self.assertEqual(table[0]["numbers"][4], float(row["median"]))
        self.assertEqual(table[1]["numbers"], [2, 4, 0.5])
        self.assertIn("counted <by> hand & twice", self.page().text())

    def test_what_was_asked_and_where_it_comes_from(self):
        page = self.page()
        package = json.loads((self.results / "datapackage.json").read_text())
        about = package["nlcsim"]
        for text in (about["command"], "meetings*=1.5", about["scenario_sha256"], "237", about["version"], package["title"]):
            self.assertIn(text, page.text())
        parameters = about["parameters"]
        assumed = sum(parameter["evidence"] == "assumption" for parameter in parameters)
        self.assertIn(f"{len(parameters)} parameters. {assumed} of them", page.text())
        self.assertEqual(len(page.tables["parameters-table"]) - 1, len(parameters))

    def test_levers(self):
        rows = [row for row in self.page().tables["levers-table"] if row["numbers"]]
        meetings = next(row for row in rows if "meetings" in row["words"])
        self.assertEqual(meetings["numbers"], [0, 9, 9])

    def test_roadmap(self):
        with open(self.results / "roadmap.csv", encoding="utf-8", newline="") as file:
            (wave,) = [row for row in csv.DictReader(file) if row["place"] == "first" and row["stage"] == "aware"]
        text = (self.folder / "page.html").read_text() if self.page() else ""
        row = re.search(r"Wave first</th>(.*?)</tr>", text).group(1)
        self.assertEqual(re.findall(r'datetime="([\d-]+)"', row)[:3], [wave["p50"], wave["p10"], wave["p90"]])

    def test_changed_files_are_said(self):
        self.assertIn("as written", self.page().text())
        self.assertNotIn("changed since", self.page().text())
        with open(self.results / "nodes.csv", "a") as file:
            file.write("\r\n")
        (self.results / "roadmap.csv").write_bytes((self.results / "roadmap.csv").read_bytes())
        states = {row["words"][0]: row["words"][-1] for row in self.page().tables["files-table"][1:]}
        self.assertEqual(states["nodes.csv"], "changed since")
        self.assertEqual(states["roadmap.csv"], "as written")

    def test_figures(self):
        self.expect(0, "report", "results", "-o", "out.html", "--figures", "--quiet")
        figures = sorted(self.folder.glob("out-*.svg"))
        names = {path.name for path in figures}
        self.assertLessEqual({"out-curves.svg", "out-roadmap.svg", "out-flows.svg", "out-cost.svg", "out-evidence.svg"}, names)
        page = (self.folder / "out.html").read_text(encoding="utf-8")
        for path in figures:
            text = path.read_text(encoding="utf-8")
            root = xml.etree.ElementTree.fromstring(text)
            self.assertEqual(root.tag, "{http://www.w3.org/2000/svg}svg")
            self.assertTrue(root.find("{http://www.w3.org/2000/svg}title").text)
            self.assertIn(text.strip(), page)
            self.assertNotRegex(text, r"(?<![a-z])(nan|inf)\b")

    def test_same_bytes_here_and_elsewhere(self):
        self.page()
        first = (self.folder / "page.html").read_bytes()
        shutil.move(self.results, self.folder / "elsewhere")
        shutil.rmtree(self.small)
        self.expect(0, "report", "elsewhere/", "-o", "second.html")
        self.assertEqual((self.folder / "second.html").read_bytes(), first)

    def test_excel_tables_give_the_same_numbers(self):
        plain = self.page().tables["curves-table"]
        self.expect(0, *RUN, "--csv", "excel-id", "-o", "results")
        self.assertEqual([row["numbers"] for row in self.page().tables["curves-table"]], [row["numbers"] for row in plain])

    def test_markup_in_names_stays_text(self):
        self.expect(0, "run", "small", "--set", "scenario.title=<script>alert('1')</script> & \"more\"", "--quiet", "-o", "results")
        page = self.page()
        self.assertNotIn("script", page.tags)
        self.assertIn("<script>alert('1')</script> & \"more\"", page.text())

    def test_a_large_seed(self):
        self.expect(0, "run", "small", "--seed", "18446744073709551615", "--quiet", "-o", "results")
        self.assertIn("18446744073709551615", " ".join(str(row["words"]) for row in self.page().tables["facts-table"]))

    def test_where_it_goes(self):
        self.assertEqual(self.expect(0, "report", "results").stdout, "report: results/report.html\n")
        self.expect(0, "run", "small", "--quiet", "-o", "results")
        self.assertTrue((self.results / "report.html").exists())
        self.assert_complains("nlcsim report: nowhere/page.html: cannot be written: No such file or directory", "report", "results",
                              "-o", "nowhere/page.html", code=1)
        self.assertEqual([path.name for path in self.folder.glob(".*")], [])

    def test_no_results(self):
        self.assert_complains("small: this folder holds no nlcsim results (there is no datapackage.json in it); "
                              "name the folder that 'nlcsim run' wrote", "report", "small")
        self.assert_complains("nowhere: this folder holds no nlcsim results (there is no datapackage.json in it); "
                              "name the folder that 'nlcsim run' wrote", "report", "nowhere")
        (self.small / "datapackage.json").write_text('{"name": "other"}')
        self.assert_complains("small/datapackage.json: this does not describe nlcsim results; there is no member "
                              "'nlcsim'", "report", "small")
        (self.small / "datapackage.json").write_text('{\n"name": }')
        self.assertRegex(self.expect(2, "report", "small").stderr, r"^small/datapackage.json:2: this is not JSON: ")

    def test_broken_tables(self):
        timeline = self.results / "timeline.csv"
        text = timeline.read_bytes()
        timeline.write_bytes(text.replace(b",median,", b",middle,", 1))
        self.assert_complains("results/timeline.csv:1: there is no column 'median', which a results folder has",
                              "report", "results")
        timeline.write_bytes(text.replace(b"\r\n2,2024-02,all", b"\r\n2000,2024-02,all", 1))
        self.assertIn("results/timeline.csv:3: '2000' is not a whole number from 0 to 60", self.expect(2, "report", "results").stderr)
        timeline.unlink()
        self.assertIn("results/timeline.csv", self.expect(2, "report", "results").stderr)
        self.assertFalse((self.results / "report.html").exists())

    @unittest.skipUnless(shutil.which("chromium"), "Debian's chromium is not installed")
    def test_prints_to_a4(self):
        self.page()
        printed = self.folder / "page.pdf"
        subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={self.folder / 'profile'}",
                        "--no-pdf-header-footer", f"--print-to-pdf={printed}", (self.folder / "page.html").as_uri()],
                       check=True, capture_output=True, timeout=120)
        boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", printed.read_bytes())
        self.assertGreaterEqual(len(boxes), 3)
        for width, height in boxes:
            self.assertAlmostEqual(float(width), 595.3, delta=1)
            self.assertAlmostEqual(float(height), 841.9, delta=1)


if __name__ == "__main__":
    unittest.main()

"""`network` measures the channels of a scenario and writes them so that others can read them."""

import csv
import os
import pathlib
import re
import shutil
import unittest
import xml.etree.ElementTree

import program

GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"


class Network(program.CommandTest):
    def test_report(self):
        text = self.expect(0, "network", "small").stdout
        self.assertTrue(text.startswith("network draw 0 of 1\n"))
        self.assertRegex(text, r"channels heard by +nodes +peer +regional +direct +line +oversight\n")
        city = re.search(r"^city +(\d+) +(\d+) +(\d+) +(\d+) +(\d+) +(\d+)$", text, re.MULTILINE)
        self.assertEqual(city.group(1), "8")
        self.assertGreaterEqual(int(city.group(2)), 16)
        self.assertEqual(city.groups()[2:], ("0", "0", "8", "0"))
        self.assertRegex(text, r"province +2 ")
        self.assertRegex(text, r"places and agencies, joined by channels of every kind: 11 nodes, \d+ pairs joined")
        self.assertRegex(text, r"components +1, the largest of 11 nodes; 0 nodes have no neighbour")
        self.assertRegex(text, r"most shortest paths go through\n  p1 +Province 1 +54\.1 % of pairs\n  p2 +Province 2 +54\.1 % of pairs\n")

    def test_without_peers(self):
        text = self.expect(0, "network", "small", "--set", "scenario.peers=none").stdout
        self.assertRegex(text, r"joined by peer and regional channels: 10 nodes, 0 pairs joined")
        self.assertRegex(text, r"components +10, the largest of 1 nodes; 10 nodes have no neighbour")

    def test_draws(self):
        chance = ("--set", "scenario.peers=random:3", "--set", "scenario.networks=4")
        first = self.expect(0, "network", "small", *chance).stdout
        self.assertTrue(first.startswith("network draw 0 of 4\n"))
        others = {self.expect(0, "network", "small", *chance, "--draw", draw, "-o", f"draw{draw}").stdout for draw in "123"}
        self.assertEqual(len(others), 3)
        files = {(self.folder / f"draw{draw}" / "channels.csv").read_bytes() for draw in "123"}
        self.assertEqual(len(files), 3)
        self.assert_complains("nlcsim network: --draw 4: this scenario has 4 network draws, numbered from 0",
                              "network", "small", *chance, "--draw", "4")
        self.assert_complains("nlcsim network: --draw 1: this scenario has 1 network draw, numbered from 0",
                              "network", "small", "--draw", "1")

    def test_files(self):
        done = self.expect(0, "network", "small", "-o", "net")
        self.assertTrue(done.stdout.endswith("written: net/channels.csv, net/network.graphml\n"))
        self.assertEqual({path.name for path in (self.folder / "net").iterdir()}, {"channels.csv", "network.graphml"})
        with open(self.folder / "net" / "channels.csv", newline="") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual(list(rows[0]), ["from", "to", "kind", "weight", "both"])
        self.assertEqual(sum(row["kind"] == "line" for row in rows), 10)
        graph = xml.etree.ElementTree.parse(self.folder / "net" / "network.graphml").getroot().find(f"{GRAPHML}graph")
        self.assertEqual(len(graph.findall(f"{GRAPHML}node")), 11)
        directed = sum(2 if row["both"] == "yes" else 1 for row in rows)
        self.assertEqual(len(graph.findall(f"{GRAPHML}edge")), directed)

    def test_a_scenario_reads_the_channels_back(self):
        before = self.expect(0, "resolve", "small", "--hash").stdout
        self.expect(0, "network", "small", "-o", "net")
        shutil.copy(self.folder / "net" / "channels.csv", self.small)
        after = self.expect(0, "resolve", "small", "--set", "scenario.peers=file", "--hash").stdout
        self.assertEqual(before, after)

    def test_a_scenario_reads_graphml_by_way_of_channels(self):
        before = self.expect(0, "resolve", "small", "--hash").stdout
        written = self.expect(0, "network", "small", "-o", "net").stdout
        peers = re.search(r"^city +8 +(\d+) ", written, re.MULTILINE).group(1)
        done = self.expect(0, "network", "net/network.graphml", "-o", "read")
        self.assertRegex(done.stdout, rf"^11 nodes; channels, each direction by itself: peer {int(peers) + 2}, regional 0, direct 0, ")
        self.assertTrue(done.stdout.endswith("written: read/channels.csv\n"))
        shutil.copy(self.folder / "read" / "channels.csv", self.small)
        after = self.expect(0, "resolve", "small", "--set", "scenario.peers=file", "--hash").stdout
        self.assertEqual(before, after)

    def test_what_agencies_and_levers_say_comes_back_too(self):
        """Weights of agencies stand in both tables, and levers move direct channels once more."""
        shutil.copytree(pathlib.Path(os.environ["NLCSIM_SCENARIOS"]) / "first-steps", self.folder / "first")
        with open(self.folder / "first" / "levers.csv", "a") as file:
            file.write("direct_channel,2026-01,2026-12,,city,,,scale,1.5,\ndirect_channel,2027-01,,,municipality,,,set,0.25,\n")
        before = self.expect(0, "resolve", "first", "--hash").stdout
        self.expect(0, "network", "first", "-o", "net")
        self.expect(0, "network", "net/network.graphml", "-o", "read")
        for source in ("net", "read"):
            copy = self.folder / f"copy-{source}"
            shutil.copytree(self.folder / "first", copy)
            shutil.copy(self.folder / source / "channels.csv", copy)
            self.assertEqual(self.expect(0, "resolve", copy, "--set", "scenario.peers=file", "--hash").stdout, before)
        agencies = (copy / "agencies.csv").read_text()
        (copy / "agencies.csv").write_text(agencies.replace("6,0.5", "6,0.6"))
        done = self.expect(2, "check", copy)
        self.assertIn("the weight of 'MER-LOCAL' is 0.5 here and 0.6 in agencies.csv; give it once", done.stderr)

    def test_nothing_of_the_users_is_replaced(self):
        own = "from,to,kind,weight,both\np1,c11,line,0.237,yes\n"
        (self.small / "channels.csv").write_text(own)
        self.expect(0, "network", "small", "-o", "net")
        self.expect(0, "network", "small", "-o", "net")
        for source in ("small", "net/network.graphml"):
            done = self.expect(1, "network", source, "-o", "small")
            self.assertRegex(done.stderr, r"^nlcsim network: small: this folder holds \w+\.csv, which was not written by this command; ")
            self.assertEqual(done.stdout, "")
        self.assertEqual((self.small / "channels.csv").read_text(), own)
        (self.folder / "net" / "notes.txt").write_text("mine")
        self.assertIn("net: this folder holds notes.txt", self.expect(1, "network", "small", "-o", "net").stderr)
        (self.folder / "rows").mkdir()
        (self.folder / "rows" / "channels.csv").write_text(own)
        self.assertIn("rows: this folder holds channels.csv", self.expect(1, "network", "small", "-o", "rows").stderr)
        self.assertEqual((self.folder / "rows" / "channels.csv").read_text(), own)

    def test_weights_and_directions_of_graphml(self):
        (self.folder / "net.graphml").write_text('''<?xml version="1.0"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="w" for="edge" attr.name="weight" attr.type="double"/><key id="k" for="edge" attr.name="kind" attr.type="string"/>
<graph edgedefault="directed"><node id="c11"/><node id="c12"/><node id="c21"/>
<edge source="c11" target="c12"><data key="w">0.237</data><data key="k">peer</data></edge>
<edge source="c12" target="c11"><data key="w">0.237</data><data key="k">peer</data></edge>
<edge source="c12" target="c21"><data key="w">0.5</data><data key="k">peer</data></edge>
<edge source="c21" target="c12"><data key="w">0.75</data><data key="k">peer</data></edge></graph></graphml>''')
        self.expect(0, "network", "net.graphml", "-o", "net")
        with open(self.folder / "net" / "channels.csv", newline="") as file:
            rows = sorted(tuple(row.values()) for row in csv.DictReader(file))
        self.assertEqual(rows, [("c12", "c11", "peer", "0.237", "yes"), ("c12", "c21", "peer", "0.5", "no"),
                                ("c21", "c12", "peer", "0.75", "no")])

    def test_what_is_no_graphml(self):
        (self.folder / "bad.graphml").write_text("id,name\n")
        done = self.expect(2, "network", "bad.graphml")
        self.assertIn("bad.graphml: ", done.stderr)
        self.assertEqual(done.stdout, "")
        self.assert_complains("nlcsim network: bad.graphml: --set and --draw are for scenarios, not for a GraphML file",
                              "network", "bad.graphml", "--draw", "0")

    def test_folder_that_cannot_be_made(self):
        done = self.expect(1, "network", "small", "-o", "no/where")
        self.assertIn("no/where: cannot make the folder: No such file or directory", done.stderr)

    def test_file_that_cannot_be_written(self):
        self.expect(0, "network", "small", "-o", "net")
        (self.folder / "net" / "channels.csv").unlink()
        (self.folder / "net" / "channels.csv").mkdir()
        done = self.expect(1, "network", "small", "-o", "net")
        self.assertIn("net/channels.csv: cannot be written: Is a directory", done.stderr)
        self.assertEqual([path.name for path in (self.folder / "net").iterdir() if path.name.startswith(".")], [])


if __name__ == "__main__":
    unittest.main()

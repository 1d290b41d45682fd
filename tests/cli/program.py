"""What the tests of the command line share: the program, a small scenario, and a way to run one on the other."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

PROGRAM = os.environ["NLCSIM"]
# In the order in which help lists them.
COMMANDS = ("run", "compare", "sweep", "merge", "analyse", "check", "resolve", "describe", "new", "network", "replay",
            "verify", "patterns", "calibrate", "forecast", "report", "workshop")

SCENARIO = """key,value
format,1
title,A small country
model,nlc
start,2024-01
months,24
replicates,12
seed,7
adopting,city
peers,nearest:2
waves,listed
names,yes
"""

WAVES = """wave,start,label
first,2024-03,First
second,2024-09,Second
"""

LEVERS = """lever,from,to,under,tier,wave,group,how,value,note
slots,,,,,,,set,6,
meetings,,,,,,,set,6,
dialogues,,,,,,,set,4,
trainings,,,,,,,set,3,
drafting_support,,,,,,,set,0.5,
"""


def nodes():
    """A lead, two provinces and eight cities, of which the first four move first."""
    rows = ["id,name,tier,parent_id,population,lat,lon,source,wave",
            "land,Land,lead,,9000000,5.1,100.2,made up,"]
    for province in (1, 2):
        wave = "first" if province == 1 else "second"
        rows.append(f"p{province},Province {province},province,land,400000,{province}.25,101.5,made up,{wave}")
        for city in (1, 2, 3, 4):
            rows.append(f"c{province}{city},City {province}{city},city,p{province},{100000 + 731 * city},"
                        f"{province}.{city}2,101.{city},made up,{wave}")
    return "\n".join(rows) + "\n"


def run(*arguments, **options):
    """Runs the program and returns what it left behind; output is text."""
    options.setdefault("stdout", subprocess.PIPE)
    options.setdefault("stderr", subprocess.PIPE)
    options.setdefault("timeout", 600)
    return subprocess.run([PROGRAM, *map(str, arguments)], text=True, **options)


class CommandTest(unittest.TestCase):
    """A test with a folder of its own, in which the small scenario stands as `small`."""

    maxDiff = None

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="nlcsim-cli-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.small = self.folder / "small"
        self.small.mkdir()
        for name, text in (("scenario", SCENARIO), ("nodes", nodes()), ("levers", LEVERS), ("waves", WAVES)):
            (self.small / f"{name}.csv").write_text(text, encoding="utf-8")

    def make_slow(self):
        """Six thousand more cities: long enough a run to be looked at while it lasts."""
        with open(self.small / "nodes.csv", "a") as file:
            for city in range(6000):
                file.write(f"more{city},More {city},city,p{1 + city % 2},5000,{1 + city / 1000},101.5,made up,first\n")

    def start_slow(self, *arguments, through=()):
        """Starts the slow run, by way of another command where one is given, and waits until it is at work."""
        command = [*through, PROGRAM, "run", "small", "--replicates", "400", "--threads", "1", "--hash", "--progress", "json",
                   "--set", "scenario.months=120", *arguments]
        started = subprocess.Popen(command, cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(started.stdout.close)
        self.addCleanup(started.stderr.close)
        self.addCleanup(started.wait)
        self.addCleanup(started.kill)
        for line in started.stderr:
            if line.startswith("{"):
                tick = json.loads(line)
                self.assertLess(tick["done"], tick["total"], "the run is too short for this test")
                return started
        return self.fail("no progress was shown")

    def run_here(self, *arguments, **options):
        return run(*arguments, cwd=self.folder, **options)

    def expect(self, code, *arguments, **options):
        """Runs in the test's folder and checks the exit code."""
        done = self.run_here(*arguments, **options)
        self.assertEqual(done.returncode, code, f"{arguments}\n{done.stdout}\n{done.stderr}")
        return done

    def assert_complains(self, message, *arguments, code=2):
        """The program says exactly this on the standard error, and nothing on the standard output."""
        done = self.expect(code, *arguments)
        self.assertEqual(done.stderr, message + "\n")
        self.assertEqual(done.stdout, "")

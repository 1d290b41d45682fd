"""Ctrl-C and a polite kill: the program stops soon, says what was kept and how to go on, and leaves nothing half-written."""

import json
import signal
import subprocess
import time
import unittest

import program


class Interrupt(program.CommandTest):
    def setUp(self):
        super().setUp()
        with open(self.small / "nodes.csv", "a") as nodes:
            for city in range(6000):
                nodes.write(f"more{city},More {city},city,p{1 + city % 2},5000,{1 + city / 1000},101.5,made up,first\n")

    def start(self, *arguments):
        command = [program.PROGRAM, "run", "small", "--replicates", "400", "--threads", "1", "--hash", "--progress", "json",
                   "--set", "scenario.months=120", *arguments]
        started = subprocess.Popen(command, cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(started.stdout.close)
        self.addCleanup(started.stderr.close)
        self.addCleanup(started.wait)
        self.addCleanup(started.kill)
        return started

    def wait_for_progress(self, started):
        for line in started.stderr:
            if line.startswith("{"):
                tick = json.loads(line)
                self.assertLess(tick["done"], tick["total"], "the run is too short for this test")
                return
        self.fail("no progress was shown")

    def test_signals(self):
        for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            with self.subTest(number):
                started = self.start("-o", "results")
                self.wait_for_progress(started)
                sent = time.monotonic()
                started.send_signal(number)
                out, err = started.communicate(timeout=60)
                self.assertEqual(started.returncode, code)
                self.assertLess(time.monotonic() - sent, 20)
                self.assertEqual(out, "")
                self.assertRegex(err.splitlines()[-1], r"^nlcsim run: interrupted after \d+ of 400 runs; nothing was written; "
                                                       r"the same command starts anew")
                self.assertFalse((self.folder / "results").exists())

    def test_older_results_stay(self):
        done = self.expect(0, "run", "small", "-o", "results", "--replicates", "3", "--set", "scenario.months=3", "--quiet")
        self.assertEqual(done.stdout, "")
        before = {path.name: path.read_bytes() for path in (self.folder / "results").iterdir()}
        started = self.start("-o", "results")
        self.wait_for_progress(started)
        started.send_signal(signal.SIGINT)
        started.communicate(timeout=60)
        after = {path.name: path.read_bytes() for path in (self.folder / "results").iterdir()}
        self.assertEqual(before, after)


if __name__ == "__main__":
    unittest.main()

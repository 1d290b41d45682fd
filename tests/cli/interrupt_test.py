"""Ctrl-C and a polite kill: the program stops soon, says what was kept and how to go on, and leaves nothing half-written."""

import signal
import time
import unittest

import program


class Interrupt(program.CommandTest):
    def setUp(self):
        super().setUp()
        self.make_slow()

    def test_signals(self):
        for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            with self.subTest(number):
                started = self.start_slow("-o", "results")
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
        started = self.start_slow("-o", "results")
        started.send_signal(signal.SIGINT)
        started.communicate(timeout=60)
        after = {path.name: path.read_bytes() for path in (self.folder / "results").iterdir()}
        self.assertEqual(before, after)


if __name__ == "__main__":
    unittest.main()

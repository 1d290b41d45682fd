"""The bash completion offers what the tables hold."""

import shutil
import subprocess
import unittest

import program

SCRIPT = r'''
source "$1"
shift
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
compopt() { :; }
_nlcsim
printf '%s\n' "${COMPREPLY[@]}"
'''


@unittest.skipUnless(shutil.which("bash"), "bash is not installed")
class Completion(program.CommandTest):
    def setUp(self):
        super().setUp()
        self.script = self.folder / "nlcsim.bash"
        self.script.write_text(self.expect(0, "help", "--completion").stdout)

    def complete(self, *words):
        """What TAB offers behind these words, of which the last is not finished."""
        command = ["bash", "--norc", "-c", SCRIPT, "bash", str(self.script), "nlcsim", *words]
        done = subprocess.run(command, cwd=self.folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
        self.assertEqual(done.stderr, "")
        return done.stdout.split()

    def test_commands(self):
        self.assertEqual(self.complete("re"), ["resolve", "replay", "report"])
        self.assertIn("--version", self.complete("--"))
        self.assertEqual(self.complete("help", "des"), ["describe"])

    def test_options(self):
        self.assertEqual(self.complete("run", "small", "--rep"), ["--replicates"])
        self.assertEqual(self.complete("resolve", "--ha"), ["--hash"])
        self.assertEqual(self.complete("resolve", "--lan"), [])

    def test_words(self):
        self.assertEqual(self.complete("run", "--lanes", "1"), ["16"])
        self.assertEqual(self.complete("describe", "out"), ["outcomes"])
        self.assertEqual(self.complete("describe", "--format", "m"), ["markdown"])

    def test_folders(self):
        (self.folder / "small file").write_text("")
        self.assertEqual(self.complete("run", "sma"), ["small"])
        for option in ("-o", "--out"):
            self.assertEqual(self.complete("network", option, "sm"), ["small"])
        self.assertEqual(len(self.complete("network", "sm")), len("small small file".split()))

    def test_settings(self):
        self.assertEqual(self.complete("check", "small", "--set", "guidance_f"), ["guidance_fidelity="])
        self.assertIn("meetings=", self.complete("run", "small", "--set", "mee"))
        self.assertEqual(self.complete("run", "small", "--set", "resour"), ["resourcing="])

    def test_numbers_offer_nothing(self):
        self.assertEqual(self.complete("run", "small", "--seed", ""), [])


if __name__ == "__main__":
    unittest.main()

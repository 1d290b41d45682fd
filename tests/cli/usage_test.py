"""Wrong usage: each slip has its message and the exit code 2; help and version have 0."""

import re
import unittest

import program


class Slips(program.CommandTest):
    def test_nothing_prints_the_help_as_an_error(self):
        done = self.expect(2)
        self.assertIn("Usage: nlcsim COMMAND", done.stderr)
        self.assertEqual(done.stdout, "")

    def test_misspelt_command(self):
        self.assert_complains("nlcsim: 'rnu' is not a command; did you mean 'run'?", "rnu")
        self.assert_complains("nlcsim: 'help-me-please' is not a command; 'nlcsim --help' lists them", "help-me-please")

    def test_misspelt_option(self):
        self.assert_complains("nlcsim run: '--replicate' is not an option; did you mean '--replicates'?",
                              "run", "small", "--replicate=3")
        self.assert_complains("nlcsim check: '-z' is not an option; 'nlcsim check --help' lists them", "check", "small", "-z")

    def test_missing_operand(self):
        self.assert_complains("nlcsim check: SCENARIO is missing; 'nlcsim check --help' shows an example", "check")

    def test_operand_too_many(self):
        self.assert_complains("nlcsim resolve: 'b' is one too many; expected SCENARIO", "resolve", "small", "b")
        self.assert_complains("nlcsim: 'b' is one too many; expected help COMMAND", "help", "run", "b")

    def test_missing_value(self):
        self.assert_complains("nlcsim run: --seed needs a value: S", "run", "small", "--seed")

    def test_value_for_a_switch(self):
        self.assert_complains("nlcsim run: --hash takes no value, but '3' was given", "run", "small", "--hash=3")

    def test_numbers(self):
        for text in ("0", "-3", "1.5", "x", "", "99999999999999999999999"):
            self.assert_complains(f"nlcsim run: --replicates '{text}': expected a whole number from 1 to 10000000",
                                  "run", "small", "--replicates", text)

    def test_words(self):
        self.assert_complains("nlcsim run: --lanes '5': expected 4, 8 or 16", "run", "small", "--lanes", "5")
        self.assert_complains("nlcsim describe: 'lever': expected models, parameters, levers, columns, measures, outcomes, "
                              "attributes, fields, views or flows", "describe", "lever")

    def test_setting_without_equals_sign(self):
        self.assert_complains("nlcsim check: --set 'meetings': expected ADDRESS=VALUE, such as meetings=6",
                              "check", "small", "--set", "meetings")

    def test_all_slips_are_told_at_once(self):
        done = self.expect(2, "run", "small", "--lanes", "5", "--sed=1", "other")
        self.assertEqual(len(done.stderr.splitlines()), 3)

    def test_empty_path(self):
        self.assert_complains("nlcsim run: --out '': expected DIR", "run", "small", "-o", "")

    def test_operands_behind_two_dashes(self):
        self.assertIn("--odd", self.expect(2, "check", "--", "--odd").stderr)


class Help(program.CommandTest):
    def test_every_command_explains_itself_with_an_example(self):
        for name in program.COMMANDS:
            with self.subTest(name):
                done = self.expect(0, name, "--help")
                self.assertEqual(done.stderr, "")
                self.assertTrue(done.stdout.startswith(f"nlcsim {name}: "))
                self.assertRegex(done.stdout, rf"\nExample:\n  nlcsim {name} ")
                self.assertEqual(done.stdout, self.expect(0, "help", name).stdout)
                self.assertEqual(done.stdout, self.expect(0, name, "-h", "--nonsense").stdout)

    def test_lines_fit_a_terminal(self):
        for name in program.COMMANDS:
            text = self.expect(0, name, "--help").stdout
            body = [line for line in text.splitlines() if not line.startswith(("Usage:", "nlcsim ", "  "))]
            self.assertLessEqual(max(map(len, body)), 79)

    def test_no_default_is_cut_off(self):
        for command in program.COMMANDS:
            text = self.expect(0, command, "--help").stdout
            for default in re.findall(r"^ +Default: .*(?:\n {8}\S.*)*", text, re.M):
                self.assertTrue(default.endswith("."), default)

    def test_help_lists_the_commands(self):
        text = self.expect(0, "--help").stdout
        self.assertEqual(text, self.expect(0, "help").stdout)
        listed = re.findall(r"^  (\w+)  +\S", text.split("Commands:")[1].split("Options:")[0], re.MULTILINE)
        self.assertEqual(tuple(listed), program.COMMANDS + ("help",))

    def test_help_of_a_misspelt_command(self):
        self.assert_complains("nlcsim: 'chek' is not a command; did you mean 'check'?", "help", "chek")

    def test_version(self):
        self.assertRegex(self.expect(0, "--version").stdout, r"^nlcsim \d+\.\d+\.\d+\n$")


if __name__ == "__main__":
    unittest.main()

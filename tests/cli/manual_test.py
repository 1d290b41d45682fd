"""The man page is made from the same tables as the help."""

import re
import shutil
import subprocess
import unittest

import program


def plain(troff):
    """The text of a piece of troff as a reader sees it."""
    text = re.sub(r"\\f[BIR]", "", troff).replace("\\-", "-").replace("\\&", "").replace("\\e", "\\")
    return " ".join(text.split())


class Manual(program.CommandTest):
    def setUp(self):
        super().setUp()
        self.page = self.expect(0, "help", "--man").stdout

    def test_has_the_sections_of_a_manual(self):
        sections = re.findall(r"^\.SH (.*)$", self.page, re.MULTILINE)
        self.assertEqual(sections, ["NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "EXIT STATUS"])

    def test_says_what_the_help_says(self):
        page = plain(self.page)
        for name in program.COMMANDS:
            text = self.expect(0, name, "--help").stdout
            example = re.search(r"Example:\n  (.*)\n", text).group(1)
            self.assertIn(example, page)
            for option in re.findall(r"^  (?:-\w, )?(--\w+)", text, re.MULTILINE):
                if option != "--help":
                    self.assertIn(option, page)
            description = " ".join(text.split("\n\n")[2].split())
            self.assertIn(description, page)

    def test_no_line_begins_like_an_unknown_request(self):
        for line in self.page.splitlines():
            if line[:1] in ".'":
                self.assertRegex(line, r"^\.(TH|SH|SS|TP|PP|EX|EE|nf|fi)\b")

    def test_hyphens_can_be_copied(self):
        for line in self.page.splitlines():
            self.assertNotRegex(line, r"(?<!\\)-")

    @unittest.skipUnless(shutil.which("groff"), "groff is not installed")
    def test_troff_has_nothing_to_warn_about(self):
        done = subprocess.run(["groff", "-man", "-Tutf8", "-ww", "-z"], input=self.page, text=True, stderr=subprocess.PIPE)
        self.assertEqual((done.returncode, done.stderr), (0, ""))


if __name__ == "__main__":
    unittest.main()

"""`resolve` prints one text for one meaning, and the hash that names it."""

import hashlib
import unittest

import program


def hash_of(text):
    """After the definition: SHA-256 over the hexadecimal SHA-256 of each section, from [scenario] to [levers]."""
    sections, current = [], None
    for line in text.splitlines(keepends=True):
        if line.startswith("["):
            if line == "[run]\n":
                break
            current = []
            sections.append(current)
        if current is not None:
            current.append(line)
    joined = "".join(hashlib.sha256("".join(section).encode()).hexdigest() for section in sections)
    return hashlib.sha256(joined.encode()).hexdigest()


class Resolve(program.CommandTest):
    def resolved(self, *more):
        return self.expect(0, "resolve", "small", *more).stdout

    def hashed(self, *more):
        return self.expect(0, "resolve", "small", "--hash", *more).stdout.strip()

    def test_text(self):
        text = self.resolved()
        self.assertTrue(text.startswith("nlcsim-resolved\t1\n[scenario]\nmodel\tnlc\t"))
        self.assertIn("\nmonths\t24\n", text)
        self.assertIn("\nseed\t7\nreplicates\t12\n", text)
        self.assertEqual(text, self.resolved())

    def test_hash_follows_its_definition(self):
        self.assertEqual(self.hashed(), hash_of(self.resolved()))

    def test_settings_move_the_hash(self):
        base = self.hashed()
        self.assertNotEqual(self.hashed("--set", "meetings=7"), base)
        self.assertEqual(self.hashed("--set", "meetings=6"), base)
        self.assertEqual(self.hashed("--set", "meetings=7", "--set=meetings=6"), base)
        self.assertNotEqual(self.hashed("--set", "guidance_fidelity*=0.5"), base)

    def test_seed_stands_outside_the_hash(self):
        self.assertEqual(self.hashed("--set", "scenario.seed=23", "--set", "scenario.replicates=5"), self.hashed())
        self.assertIn("\nseed\t23\nreplicates\t5\n",
                      self.resolved("--set", "scenario.seed=23", "--set", "scenario.replicates=5"))

    def test_misspelt_setting(self):
        done = self.expect(2, "resolve", "small", "--set", "meetngs=4")
        self.assertEqual(done.stdout, "")
        self.assertIn("meetngs", done.stderr)
        self.assertIn("did you mean 'meetings'?", done.stderr)


if __name__ == "__main__":
    unittest.main()

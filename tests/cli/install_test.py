"""`meson install` puts everything where the system looks for it, and another program can use the library."""

import os
import pathlib
import shutil
import subprocess
import unittest

import program

SOURCE = r'''
#include <nlcsim.h>
#include <stdio.h>
int main(int argc, char **argv) {
    nlc_text resolved = {0}, problems = {0};
    const nlc_error error = nlc_scenario_resolve(argv[argc - 1], NULL, 0, &resolved, &problems);
    if (error == NLC_OK)
        fputs(resolved.data, stdout);
    nlc_text_free(&resolved);
    nlc_text_free(&problems);
    return error != NLC_OK;
}
'''


@unittest.skipUnless(shutil.which("meson"), "meson is not installed")
class Install(program.CommandTest):
    def setUp(self):
        super().setUp()
        command = ["meson", "install", "--no-rebuild", "-C", os.environ["NLCSIM_BUILD"], "--destdir", str(self.folder / "root")]
        done = subprocess.run(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.root = self.folder / "root"

    def only(self, pattern):
        """The one installed file of this kind."""
        found = sorted(self.root.glob(pattern))
        self.assertEqual(len(found), 1, f"{pattern}: {found}")
        return found[0]

    def installed(self, *arguments):
        done = subprocess.run([self.only("**/bin/nlcsim"), *arguments], text=True, stdout=subprocess.PIPE, timeout=120)
        self.assertEqual(done.returncode, 0)
        return done.stdout

    def test_page_and_completion_are_the_program_s(self):
        self.assertEqual(self.only("**/man1/nlcsim.1").read_text(), self.installed("help", "--man"))
        self.assertEqual(self.only("**/bash-completion/completions/nlcsim.bash").read_text(), self.installed("help", "--completion"))

    def test_scenarios_run_where_they_are(self):
        workshop = self.only("**/share/nlcsim/scenarios/manila-workshop")
        self.assertIn("20 city", self.installed("check", workshop))
        shipped = {path.name for path in pathlib.Path(os.environ["NLCSIM_SCENARIOS"]).iterdir()}
        self.assertEqual({path.name for path in workshop.parent.iterdir()}, shipped)

    @unittest.skipUnless(shutil.which("pkg-config"), "pkg-config is not installed")
    def test_another_program_links_the_library(self):
        library = self.only("**/libnlcsim.a")
        if any(name in library.read_bytes() for name in (b"__asan_", b"__ubsan_", b"__tsan_", b"__gcov_", b"__sanitizer_")):
            self.skipTest("an instrumented library needs the flags that it was built with")
        environment = dict(os.environ, PKG_CONFIG_PATH=str(self.only("**/nlcsim.pc").parent), PKG_CONFIG_SYSROOT_DIR=str(self.root))
        flags = subprocess.run(["pkg-config", "--cflags", "--libs", "nlcsim"], env=environment, text=True, check=True,
                               stdout=subprocess.PIPE).stdout.split()
        (self.folder / "user.c").write_text(SOURCE)
        include = self.only("**/include/nlcsim.h").parent
        subprocess.run([*os.environ["NLCSIM_CC"].split(), "-std=c11", f"-I{include}", "user.c", *flags, "-o", "user"], cwd=self.folder, check=True)
        done = subprocess.run(["./user", "small"], cwd=self.folder, text=True, stdout=subprocess.PIPE, timeout=60)
        self.assertEqual(done.returncode, 0)
        self.assertEqual(done.stdout, self.expect(0, "resolve", "small").stdout)


if __name__ == "__main__":
    unittest.main()

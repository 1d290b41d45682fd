"""A closed or full standard output is noticed, whatever the command prints."""

import os
import subprocess
import unittest

import program

PRINTING = (["--help"], ["--version"], ["help", "--man"], ["run", "--help"], ["describe"], ["describe", "columns"],
            ["resolve", "small"], ["check", "small"], ["run", "small", "--replicates", "2"])


class Streams(program.CommandTest):
    def test_full_disk(self):
        for arguments in PRINTING:
            with self.subTest(arguments), open("/dev/full", "w") as full:
                done = self.expect(1, *arguments, stdout=full)
                self.assertEqual(done.stderr.splitlines()[-1], "nlcsim: standard output: No space left on device")

    def test_closed_pipe(self):
        for arguments in PRINTING:
            with self.subTest(arguments):
                read, write = os.pipe()
                os.close(read)
                done = self.expect(1, *arguments, stdout=write)
                os.close(write)
                self.assertEqual(done.stderr.splitlines()[-1], "nlcsim: standard output: Broken pipe")

    def test_closed_descriptor(self):
        for arguments in PRINTING:
            with self.subTest(arguments):
                command = ["sh", "-c", 'exec "$@" >&-', "sh", program.PROGRAM, *arguments]
                done = subprocess.run(command, cwd=self.folder, stderr=subprocess.PIPE, text=True, timeout=120)
                self.assertEqual(done.returncode, 1, done.stderr)
                self.assertEqual(done.stderr.splitlines()[-1], "nlcsim: standard output: Bad file descriptor")

    @unittest.skipUnless(os.path.exists("/proc/self/fd"), "the system does not show open files")
    def test_no_file_takes_the_place_of_a_closed_stream(self):
        self.make_slow()
        started = self.start_slow(through=["sh", "-c", 'exec "$@" <&- >&-', "sh"])
        for stream in (0, 1):
            self.assertEqual(os.readlink(f"/proc/{started.pid}/fd/{stream}"), "/dev/null")

    def test_closed_error_descriptor(self):
        command = ["sh", "-c", 'exec "$@" 2>&-', "sh", program.PROGRAM, "check", "nowhere"]
        done = subprocess.run(command, cwd=self.folder, stdout=subprocess.PIPE, text=True, timeout=120)
        self.assertEqual((done.returncode, done.stdout), (2, ""))


if __name__ == "__main__":
    unittest.main()

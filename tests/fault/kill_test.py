"""A study is killed a hundred times at any moment, and goes on each time; at the end it is as if it had never
been killed. At least thirty of the kills fall inside a transaction or a rename, since strace sends the
signal from the system call itself.

usage: kill_test.py PROGRAM SCENARIOS"""
import os
import pathlib
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

PROGRAM, SCENARIOS = sys.argv[1:3]
KILLS, INSIDE = 100, 40
# Calls, and up to the how manieth of them. A study makes at least one of each.
INSIDE_OF = (("pwrite64", 60), ("fdatasync", 6), ("ftruncate", 3), ("renameat", 5), ("unlinkat", 2))
FILES = ("points.csv", "runs.csv", "summary.csv", "factors.csv", "datapackage.json")
random.seed(237)


def command(study, out):
    return [PROGRAM, "sweep", str(study), "-o", str(out), "--threads", "2", "-q"]


def make(folder):
    study = folder / "study"
    study.mkdir()
    (study / "study.csv").write_text(f"key,value\nscenario,{SCENARIOS}/first-steps\ndesign,lhs\npoints,100\nreplicates,20\n")
    (study / "factors.csv").write_text("name,role,kind,low,high\nresourcing,lever,real,0.5,2\nengagement,lever,real,0.5,2\n"
                                       "draft_hazard,uncertainty,real,0.01,0.08\n")
    return study


def contents(out):
    return {name: (out / name).read_bytes() for name in FILES if (out / name).exists()}


def stored(out):
    try:
        with sqlite3.connect(f"file:{out}/study.db?mode=ro", uri=True) as db:
            return db.execute("SELECT count(*) FROM run").fetchone()[0]
    except sqlite3.OperationalError:
        return 0


def kill_anywhere(study, out, whole_seconds):
    process = subprocess.Popen(command(study, out), stderr=subprocess.PIPE, text=True)
    time.sleep(random.uniform(0, whole_seconds))
    process.kill()
    said = process.communicate()[1]
    assert process.returncode in (0, -signal.SIGKILL), f"exit {process.returncode}, not killed: {said}"
    return process.returncode != 0


def kill_inside(study, out, call, count):
    """SIGKILL on entry to the count-th call; the journal is written before, and the commit is not done. strace dies
    as the program did, and a study without so many calls ends by itself; whatever else happens is a fault."""
    words = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:signal=KILL:when={count}"]
    done = subprocess.run(words + command(study, out), capture_output=True, text=True, check=False)
    assert done.returncode in (0, -signal.SIGKILL), f"{call} {count}: exit {done.returncode}, not killed: {done.stderr}"
    return done.returncode != 0


def check_database(out):
    with sqlite3.connect(out / "study.db") as db:
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        rows = db.execute("SELECT p.point, r.replicate FROM point p JOIN run r ON r.input = p.input").fetchall()
    assert len(rows) == len(set(rows)) == 2000, f"{len(rows)} rows, {len(set(rows))} of them different"


def check_first_kills(study, out, expected):
    """Each kind of call, and each of the few by which a new folder gets its tables, is met once for sure."""
    for call, most in INSIDE_OF:
        for count in range(1, most + 1 if call == "renameat" else 2):
            assert kill_inside(study, out, call, count), f"a study makes no {call} {count}"
            subprocess.run(command(study, out), check=True)
            assert contents(out) == expected, f"{call} {count}: not the same bytes"
            shutil.rmtree(out)


def main():
    if not shutil.which("strace"):
        print("strace is not installed: skipped")
        return 77
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        study, whole, out = make(folder), folder / "whole", folder / "out"
        started = time.monotonic()
        subprocess.run(command(study, whole), check=True)
        seconds = time.monotonic() - started
        expected = contents(whole)
        assert set(expected) == set(FILES)
        check_first_kills(study, folder / "tried", expected)
        kills = inside = finished = 0
        while kills < KILLS:
            if inside < INSIDE and kills % 2 == 0:
                call, most = random.choice(INSIDE_OF)
                was_killed = kill_inside(study, out, call, random.randint(1, most))
                inside += was_killed
            else:
                was_killed = kill_anywhere(study, out, seconds)
            kills += was_killed
            found = contents(out)
            assert all(found[file] == expected[file] for file in found), "a half-written table"
            # A study that was finished in between begins anew, so that all kills meet work.
            if not was_killed or stored(out) == 2000 and kills % 4 == 0:
                finished += 1
                shutil.rmtree(out, ignore_errors=True)
        subprocess.run(command(study, out), check=True)
        assert contents(out) == expected, "not the same bytes"
        check_database(out)
        print(f"{kills} kills, {inside} of them inside a transaction or a rename; the study began {finished + 1} times; the same bytes")
        assert inside >= 30
    return 0


sys.exit(main())

"""Files that no spreadsheet writes: an error or a result, never a crash, a hang or a silent cut."""
import os
import subprocess
import sys
import tempfile

PROGRAM = os.environ["NLCSIM"]
failed = 0


def expect(name, holds, said):
    global failed
    failed += not holds
    print("ok    " if holds else "FAILED", name, "" if holds else said[:400], flush=True)


def call(*words, cwd):
    result = subprocess.run([PROGRAM, *words], cwd=cwd, capture_output=True, timeout=600)
    return result.returncode, (result.stdout + result.stderr).decode("utf-8", "replace")


def write(folder, name, data):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, name), "wb") as file:
        file.write(data)


KEYS = b"key,value\nformat,1\nmodel,nlc\nstart,2024-01\nmonths,3\nreplicates,1\nadopting,village\npeers,parent\n"
LEVERS = b"lever,from,to,under,tier,wave,group,how,value,note\nslots,,,,,,,set,9,\nmeetings,,,,,,,set,6,\n"


def villages(num):
    yield b"id,name,tier,parent_id,population,lat,lon,source\nL,Land,national,,,,,made up\n"
    for p in range(num // 100):
        yield b"L-%d,District %d,district,L,,,,made up\n" % (p, p)
    for k in range(num - num // 100):
        yield b"L-%d-%d,Village %d,village,L-%d,%d,,,made up\n" % (k // 99, k, k, k // 99, 100 + k % 5000)


with tempfile.TemporaryDirectory() as base:
    million = os.path.join(base, "million")
    write(million, "scenario.csv", KEYS)
    write(million, "levers.csv", LEVERS)
    write(million, "nodes.csv", b"".join(villages(1_000_000)))
    code, said = call("resolve", million, "--hash", "--set", "scenario.peers=none", cwd=base)
    expect("a million places are resolved", code == 0 and len(said.strip()) == 64, said)

    line = os.path.join(base, "line")
    write(line, "scenario.csv", KEYS)
    write(line, "levers.csv", LEVERS)
    with open(os.path.join(line, "nodes.csv"), "wb") as file:
        file.write(b"id,name,tier,parent_id,population,lat,lon,source\nL,Land,national,,,,,")
        for _ in range(1024):
            file.write(b"x" * (1 << 20))
    code, said = call("check", line, cwd=base)
    expect("a line of 1 GB is refused", code == 2 and "nodes.csv:2:" in said, said)
    os.unlink(os.path.join(line, "nodes.csv"))

    for name, data in (("NUL bytes alone", b"\x00" * 4096), ("random bytes", bytes(range(256)) * 64), ("one comma", b","),
                       ("a million columns", b"a," * 1_000_000 + b"\n" + b"1," * 1_000_000 + b"\n"),
                       ("a million quotes", b'"' * 1_000_001), ("a million empty lines", b"\n" * 1_000_000)):
        folder = os.path.join(base, "bytes")
        write(folder, "scenario.csv", KEYS)
        write(folder, "nodes.csv", data)
        code, said = call("check", folder, cwd=base)
        expect(f"nodes.csv of {name} is refused", code == 2 and "nodes.csv" in said, said)

    folder = os.path.join(base, "folder")
    write(folder, "scenario.csv", KEYS)
    os.mkdir(os.path.join(folder, "nodes.csv"))
    code, said = call("check", folder, cwd=base)
    expect("a folder in place of a file is refused", code == 2 and "nodes.csv" in said, said)
    code, said = call("check", os.path.join(folder, "scenario.csv"), cwd=base)
    expect("a file in place of a folder is refused", code == 2 and "scenario.csv" in said, said)
    code, said = call("check", "nowhere", cwd=base)
    expect("a folder that is not there is refused", code == 2 and "nowhere" in said, said)
    many = os.path.join(base, "many")
    write(many, "scenario.csv", KEYS)
    write(many, "nodes.csv", b"id,tier,parent_id,legacy\nL,national,,\n" + b"".join(b"L-%d,village,L,2\n" % k for k in range(1000)))
    code, said = call("check", many, cwd=base)
    lines = said.strip().splitlines()
    expect("of 1,000 problems 200 are shown and all counted", code == 2 and len(lines) == 201 and "1000" in lines[-1].replace(",", ""), lines[-1])
sys.exit(1 if failed else 0)

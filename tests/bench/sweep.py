"""What a study costs beyond its runs: store, tables and resolving of points against the engine alone.

usage: sweep.py ENGINE NLCSIM [ROUNDS [RUNS]]

A scenario of 200 places and 60 months is run 20,000 times: by the engine alone, then as studies with more and
more design points. Prints medians over the rounds, in turns, on one thread and on two: processor time, its
ratio (and that of the clock), the largest memory of each study, and the size of its store."""
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ENGINE, NLCSIM = sys.argv[1:3]
ROUNDS = int(sys.argv[3]) if len(sys.argv) > 3 else 3
RUNS = int(sys.argv[4]) if len(sys.argv) > 4 else 20000
SCENARIO = """key,value
title,Two hundred places
model,nlc
start,2024-01
months,60
replicates,100
seed,1
adopting,city
peers,nearest:4
"""
LEVERS = """lever,from,to,under,tier,wave,group,how,value,note
slots,,,,lead,,,set,24,
slots,,,,province,,,set,4,
briefings,,,,,,,set,2,
meetings,,,,,,,set,5,
dialogues,,,,,,,set,2,
trainings,,,,,,,set,3,
peer_exchanges,,,,,,,set,1,
drafting_support,,,,,,,set,0.4,
grant,13,48,,city,,,set,0.5,
grant_budget,,,,,,,set,30,
"""
# Points of the design, and replicates of each.
SHAPES = tuple((RUNS // replicates, replicates) for replicates in (1000, 100, 20, 4, 1))


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def make(folder):
    rows = ["id,name,tier,parent_id,population,lat,lon,source", "land,Land,lead,,9000000,0,100,made up"]
    for province in range(10):
        rows.append(f"p{province},Province {province},province,land,500000,{province * 1.13:.2f},100.5,made up")
        for city in range(19):
            rows.append(f"c{province}x{city},City {city},city,p{province},{40000 + 977 * city},{province * 1.13 + city * 0.041:.3f},"
                        f"{100 + city * 0.11:.2f},made up")
    write(f"{folder}/scenario/scenario.csv", SCENARIO)
    write(f"{folder}/scenario/nodes.csv", "\n".join(rows) + "\n")
    write(f"{folder}/scenario/levers.csv", LEVERS)
    for points, replicates in SHAPES:
        write(f"{folder}/study{points}/study.csv", f"key,value\nscenario,../scenario\ndesign,lhs\npoints,{points}\nreplicates,{replicates}\n")
        write(f"{folder}/study{points}/factors.csv",
              "name,role,kind,low,high\nresourcing,lever,real,0.5,2\nengagement,lever,real,0.5,2\ndrafting_support,lever,real,0,1\n"
              "draft_hazard,uncertainty,real,0.01,0.08\npeer_effect,uncertainty,real,0,0.3\n")


def measured(*words):
    """Seconds of processor time, which tell what a run costs on a busy machine too, seconds of the clock, and megabytes."""
    started = time.monotonic()
    process = subprocess.Popen([str(word) for word in words], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    assert status == 0, words
    return usage.ru_utime + usage.ru_stime, time.monotonic() - started, usage.ru_maxrss / 1024


def study(folder, points, threads):
    out = f"{folder}/out"
    shutil.rmtree(out, ignore_errors=True)
    return *measured(NLCSIM, "sweep", f"{folder}/study{points}", "-o", out, "-q", "--threads", threads), os.path.getsize(f"{out}/study.db") / 1e6


def main():
    with tempfile.TemporaryDirectory() as folder:
        make(folder)
        resolved = f"{folder}/resolved.txt"
        write(resolved, subprocess.run([NLCSIM, "resolve", f"{folder}/scenario"], capture_output=True, text=True, check=True).stdout)
        print(f"{RUNS} runs of 201 nodes and 60 months; medians of {ROUNDS} rounds in turns")
        print("threads  points  replicates  engine s  study s  ratio (clock)  memory MB  store MB")
        for threads in (1, 2):
            for points, replicates in SHAPES:
                rounds = [(*measured(ENGINE, resolved, RUNS, 0, threads)[:2], *study(folder, points, threads)) for _ in range(ROUNDS)]
                ratio = statistics.median(row[2] / row[0] for row in rounds)
                clock = statistics.median(row[3] / row[1] for row in rounds)
                engine, _, cost, _, memory, store = (statistics.median(column) for column in zip(*rounds))
                print(f"{threads:7} {points:7} {replicates:11} {engine:9.2f} {cost:8.2f} {ratio:6.2f} ({clock:5.2f}) {memory:10.0f} {store:9.1f}",
                      flush=True)


main()

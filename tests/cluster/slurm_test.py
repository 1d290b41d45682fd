"""A study as a Slurm job array on this machine: Debian's own slurmctld, slurmd and munged are started in a folder
of their own, four shards run, one of them is killed and given again, the shards are merged, and the tables
are the bytes of the single run.

usage: slurm_test.py NLCSIM STUDY"""
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time

NLCSIM, STUDY = (os.path.abspath(word) for word in sys.argv[1:3])
TABLES = ("points.csv", "runs.csv", "summary.csv", "factors.csv", "datapackage.json")
NEEDED = ("slurmctld", "slurmd", "sbatch", "squeue", "scancel", "munged")
CONFIG = """ClusterName=nlcsim
SlurmctldHost={host}(127.0.0.1)
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
CredType=cred/munge
SlurmctldPort={port}
SlurmdPort={port2}
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
SchedulerType=sched/builtin
ReturnToService=2
KillWait=1
NodeName={host} NodeAddr=127.0.0.1 CPUs=4 State=UNKNOWN
PartitionName=all Nodes={host} Default=YES MaxTime=INFINITE State=UP
"""


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait(what, is_there, seconds=60):
    end = time.monotonic() + seconds
    while not is_there():
        if time.monotonic() > end:
            raise TimeoutError(what)
        time.sleep(0.1)


class Cluster:
    def __init__(self, folder):
        self.folder, self.started = folder, []
        self.env = dict(os.environ, SLURM_CONF=str(folder / "slurm.conf"), PATH=f"{pathlib.Path(NLCSIM).parent}:/usr/sbin:{os.environ['PATH']}")
        for name in ("state", "spool"):
            (folder / name).mkdir()
        (folder / "munge.key").write_bytes(os.urandom(128))
        (folder / "munge.key").chmod(0o600)
        # A container may have no cgroups: this kind looks for them only when a job asks.
        (folder / "cgroup.conf").write_text("CgroupPlugin=cgroup/v1\n")
        (folder / "slurm.conf").write_text(CONFIG.format(folder=folder, host=socket.gethostname().split(".")[0], port=free_port(),
                                                         port2=free_port()))

    def start(self):
        munge = [f"--{name}={self.folder}/munge.{end}" for name, end in
                 (("key-file", "key"), ("socket", "socket"), ("pid-file", "pid"), ("log-file", "log"), ("seed-file", "seed"))]
        self.daemon("munged", "--force", "--foreground", "--num-threads=2", *munge)
        wait("munged", (self.folder / "munge.socket").exists)
        self.daemon("slurmctld", "-D", "-c")
        self.daemon("slurmd", "-D")
        wait("the node", lambda: "idle" in self.call("sinfo", "-h", "-o", "%T", check=False))

    def daemon(self, *words):
        log = open(self.folder / f"{words[0]}.out", "w", encoding="utf-8")
        self.started.append(subprocess.Popen(words, env=self.env, stdout=log, stderr=log, start_new_session=True))

    def stop(self):
        for process in reversed(self.started):
            process.terminate()
        for process in reversed(self.started):
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def call(self, *words, check=True):
        return subprocess.run([str(word) for word in words], env=self.env, cwd=self.folder, capture_output=True, text=True, check=check).stdout

    def submit(self, array, shards):
        text = self.call("sbatch", "--parsable", f"--array={array}", f"--chdir={self.folder}", "--output=task-%a.out",
                         f"{STUDY}/slurm.sh", STUDY, shards)
        return text.strip().split(";")[0]

    def wait_for(self, job):
        wait("the job", lambda: not self.call("squeue", "-h", "-j", job, check=False).strip(), 240)


def run(cluster):
    name = pathlib.Path(STUDY).name
    whole = cluster.folder / "whole"
    cluster.call(NLCSIM, "sweep", STUDY, "-o", whole, "-q")
    cluster.start()
    job = cluster.submit("1-4", 4)
    third = cluster.folder / f"{name}-3-of-4" / "study.db"
    wait("the third shard", third.exists)
    cluster.call("scancel", "--signal=KILL", "--full", f"{job}_3")
    cluster.wait_for(job)
    parts = [cluster.folder / f"{name}-{k}-of-4" for k in range(1, 5)]
    early = subprocess.run([NLCSIM, "merge", *map(str, parts), "-o", str(cluster.folder / "early")], capture_output=True, text=True, check=False)
    assert early.returncode == 1 and "runs are missing" in early.stderr, early
    cluster.wait_for(cluster.submit("3", 4))
    cluster.call(NLCSIM, "merge", *parts, "-o", cluster.folder / "merged")
    for table in TABLES:
        assert (cluster.folder / "merged" / table).read_bytes() == (whole / table).read_bytes(), table
    print("four shards, one of them killed and given again, merged: the bytes of the single run")


def main():
    missing = [name for name in NEEDED if not shutil.which(name, path=f"/usr/sbin:{os.environ['PATH']}")]
    if missing or os.geteuid() != 0:
        print("skipped:", f"{', '.join(missing)} not installed" if missing else "only root can start Slurm")
        return 77
    folder = pathlib.Path(tempfile.mkdtemp(prefix="nlcsim-slurm-"))
    cluster = Cluster(folder)
    try:
        run(cluster)
    except BaseException:
        for log in sorted(folder.glob("*.log")) + sorted(folder.glob("*.out")):
            print(f"--- {log.name}\n{log.read_text(errors='replace')[-2000:]}")
        raise
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)
    return 0


sys.exit(main())

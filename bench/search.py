#!/usr/bin/env python3
"""Finding one person among a million, on SQLite and on PostgreSQL: the row of YARDSTICKS "Finding one person".

    bench/search.py                          1,000,000 people, 2,000 enquiries with mistakes, both databases
    bench/search.py --people 100000 --on sqlite

Makes the people and the enquiries (bench/people.py), imports them with `keyworker import people`, looks for them with
`keyworker find`, and prints how long the import took, the times of a search as the program measured them, and in what
share of the enquiries the right person was first and among the first 20. PostgreSQL is a private cluster in the
working folder, on loopback, with its usual settings; it is stopped afterwards. With --folder the files are kept.
"""

import argparse
import csv
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from glob import glob
from pathlib import Path

HERE = Path(__file__).resolve().parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", HERE.parent / "target"))


def made(path, command):
    """Makes a file with a command's output, unless it is there."""
    if not path.exists():
        with open(path, "w", encoding="utf-8") as out:
            subprocess.run(command, stdout=out, check=True)
    return path


def found_shares(found, truth):
    right = {row["enquiry"]: row["id"] for row in csv.DictReader(open(truth, encoding="utf-8"))}
    ranks = {}
    for row in csv.DictReader(open(found, encoding="utf-8")):
        if right.get(row["enquiry"]) == row["id"]:
            ranks[row["enquiry"]] = int(row["rank"])
    first = sum(rank == 1 for rank in ranks.values())
    return 100 * len(ranks) / len(right), 100 * first / len(right)


class Postgres:
    """A private cluster that is gone afterwards."""

    def __init__(self, folder):
        self.folder, self.bin = folder / "postgres", sorted(glob("/usr/lib/postgresql/*/bin"))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    def run(self, program, *arguments):
        user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        subprocess.run([*user, f"{self.bin[-1]}/{program}", *arguments], check=True, stdout=subprocess.DEVNULL, cwd="/")

    def __enter__(self):
        self.folder.mkdir()
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        self.run("initdb", "-D", f"{self.folder}/data", "-U", "keyworker", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        options = f"-p {self.port} -h 127.0.0.1 -k {self.folder}"
        self.run("pg_ctl", "-D", f"{self.folder}/data", "-w", "-l", f"{self.folder}/log", "-o", options, "start")
        return f"postgres://keyworker@127.0.0.1:{self.port}/postgres"

    def __exit__(self, *_):
        self.run("pg_ctl", "-D", f"{self.folder}/data", "-m", "fast", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)


def measure(name, address, people, enquiries, truth, folder):
    keyworker = TARGET / "release" / "keyworker"
    begun = time.monotonic()
    subprocess.run([keyworker, "import", "people", people, "--database", address], check=True, stdout=subprocess.DEVNULL)
    took = time.monotonic() - begun
    found = folder / f"found-{name}.csv"
    for _ in range(2):  # the first run warms the caches, the second counts
        with open(found, "w", encoding="utf-8") as out:
            run = subprocess.run([keyworker, "find", enquiries, "--database", address], check=True, stdout=out, stderr=subprocess.PIPE, text=True)
    within_20, first = found_shares(found, truth)
    print(f"{name}: import {took:.0f} s; {run.stderr.strip()}; in the first 20 {within_20:.1f} %, first {first:.1f} %", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--enquiries", type=int, default=2000)
    parser.add_argument("--noise", default="1.3", help="1.3: plain blocking reaches 96 %% of the people, as in YARDSTICKS")
    parser.add_argument("--on", choices=["sqlite", "postgres"], action="append")
    parser.add_argument("--folder", type=Path, help="keep the files here")
    given = parser.parse_args()
    folder = given.folder or Path(tempfile.mkdtemp(prefix="keyworker-search-"))
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)
    make = [sys.executable, HERE / "people.py"]
    people = made(folder / f"people-{given.people}.csv", [*make, "people", str(given.people)])
    truth = folder / f"truth-{given.people}-{given.noise}.csv"
    enquiries = made(
        folder / f"enquiries-{given.people}-{given.noise}.csv",
        [*make, "--seed", "2", "--noise", given.noise, "enquiries", people, str(given.enquiries), truth],
    )
    print(f"{given.people} people, {given.enquiries} enquiries, noise {given.noise}", flush=True)
    on = given.on or ["sqlite", "postgres"]
    if "sqlite" in on:
        database = folder / "search.db"
        for old in folder.glob("search.db*"):
            old.unlink()
        measure("SQLite", f"sqlite://{database}", people, enquiries, truth, folder)
    if "postgres" in on:
        if not glob("/usr/lib/postgresql/*/bin"):
            print("PostgreSQL: left out, it is not installed (apt-get install postgresql)")
        else:
            with Postgres(folder) as address:
                measure("PostgreSQL", address, people, enquiries, truth, folder)
    if not given.folder:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()

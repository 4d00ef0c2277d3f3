#!/usr/bin/env python3
"""Acknowledged writings lost: the row of YARDSTICKS. 1,000 kills on SQLite and 200 on PostgreSQL, with the release build.

    bench/crash.py
    bench/crash.py --sqlite 100 --postgres 20
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))


def main():
    args = argparse.ArgumentParser(description="Kills the server while it works, on both databases.")
    args.add_argument("--sqlite", type=int, default=1000)
    args.add_argument("--postgres", type=int, default=200)
    given = args.parse_args()
    crash = [sys.executable, ROOT / "tests/crash.py", "--binary", TARGET / "release/keyworker"]
    code = 0
    if given.sqlite:
        print("SQLite", flush=True)
        code |= subprocess.run([*crash, "--kills", str(given.sqlite)]).returncode
    if given.postgres:
        # A cluster of its own, with its usual durability.
        cluster = dict(os.environ, PGTEST_PORT="54391", PGTEST_FOLDER="/tmp/keyworker-crash-postgres", PGTEST_DURABLE="yes")
        made = subprocess.run([ROOT / "tests/postgres", "start"], env=cluster, capture_output=True, text=True)
        if made.returncode != 0:
            print(f"PostgreSQL left out: {made.stderr.strip()}")
            return code
        print("PostgreSQL", flush=True)
        try:
            code |= subprocess.run([*crash, "--kills", str(given.postgres), "--database", made.stdout.strip()]).returncode
        finally:
            subprocess.run([ROOT / "tests/postgres", "stop"], env=cluster)
    return code


sys.exit(main())

#!/usr/bin/env python3
"""Working days from a date: how many a second of processor time, beside numpy, and whether the answers agree.

    bench/workdays.py            figures as text
    bench/workdays.py --json     the same as one JSON document

Ours is crates/care/examples/bench_workdays.rs. numpy and the package `holidays` are installed into a virtual environment
of their own inside the target folder when they can be had; otherwise the comparison is left out and said to be. Ends
with exit code 1 when the answers differ or ours is slower than it must be.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
MUST_REACH = 20.0
YEARS = ("2000", "2028")

# Runs inside the virtual environment: the days file, the sums file.
PEER = r"""
import datetime, json, sys, time
import holidays, numpy
first, last = int(sys.argv[3]), int(sys.argv[4])
held = holidays.UnitedKingdom(subdiv="ENG", years=range(first - 1, last + 3))
ours = set(open(sys.argv[1]).read().split())
day, end, differ, weekdays = datetime.date(first, 1, 1), datetime.date(last, 12, 31), [], 0
while day <= end:
    if day.weekday() < 5:
        weekdays += 1
        if (day not in held) != (day.isoformat() in ours):
            differ.append(day.isoformat())
    day += datetime.timedelta(1)
rows = [line.split(",") for line in open(sys.argv[2])]
starts = numpy.array([r[0] for r in rows], dtype="datetime64[D]")
days = numpy.array([int(r[1]) for r in rows])
due = numpy.array([r[2].strip() for r in rows], dtype="datetime64[D]")
calendar = numpy.busdaycalendar(holidays=numpy.array(sorted(held), dtype="datetime64[D]"))
theirs = numpy.busday_offset(starts, days, roll="backward", busdaycal=calendar)
best = 1e9
for _ in range(5):
    began = time.process_time()
    numpy.busday_offset(starts, days, roll="backward", busdaycal=calendar)
    best = min(best, time.process_time() - began)
print(json.dumps({
    "numpy": numpy.__version__, "holidays": holidays.__version__,
    "numpy_million_a_cpu_second": round(len(rows) / best / 1e6, 1),
    "weekdays_compared": weekdays, "weekdays_that_differ": differ,
    "sums_compared": len(rows), "sums_that_differ": int((theirs != due).sum()),
}))
"""


def run(*command):
    return subprocess.run(command, cwd=ROOT, check=True, text=True, stdout=subprocess.PIPE).stdout


def ours():
    run("cargo", "build", "--quiet", "--release", "--locked", "-p", "care", "--example", "bench_workdays")
    program = str(TARGET / "release/examples/bench_workdays")
    figures = dict(re.findall(r"^(\w+)\s+([\d.]+) million", run(program), re.MULTILINE))
    return program, {f"{name}_million_a_cpu_second": float(n) for name, n in figures.items()}


def python():
    """The Python of the virtual environment, with the two packages in it."""
    folder = TARGET / "bench-venv"
    program = folder / "bin/python"
    if not program.exists():
        venv.create(folder, with_pip=True)
    have = subprocess.run([program, "-c", "import numpy, holidays"], stderr=subprocess.DEVNULL)
    if have.returncode:
        subprocess.run([program, "-m", "pip", "install", "--quiet", "numpy", "holidays"], check=True)
    return str(program)


def peer(program):
    with tempfile.TemporaryDirectory() as folder:
        days, sums = Path(folder, "days"), Path(folder, "sums")
        days.write_text(run(program, "days", *YEARS))
        sums.write_text(run(program, "add", *YEARS))
        return json.loads(run(python(), "-c", PEER, str(days), str(sums), *YEARS))


def main():
    program, found = ours()
    try:
        found |= peer(program)
    except (OSError, subprocess.CalledProcessError) as error:
        found["left_out"] = f"numpy and holidays could not be had: {error}"
    add = found["add_working_days_million_a_cpu_second"]
    good = add >= MUST_REACH and not found.get("weekdays_that_differ") and not found.get("sums_that_differ")
    found |= {"must_reach_million_a_cpu_second": MUST_REACH, "good": good}
    if "--json" in sys.argv[1:]:
        print(json.dumps(found, indent=2))
    else:
        say(found, add)
    return 0 if good else 1


def say(found, add):
    print(f"Working days from a date: {add:.1f} million a CPU second (must reach {MUST_REACH:.0f})")
    print(f"Working days between:     {found['working_days_between_million_a_cpu_second']:.1f} million a CPU second")
    if "left_out" in found:
        print(f"Left out: {found['left_out']}")
        return
    theirs = found["numpy_million_a_cpu_second"]
    print(f"numpy {found['numpy']}:              {theirs:.1f} million a CPU second; ours is {add / theirs:.1f} times as quick")
    weekdays, sums = found["weekdays_compared"], found["sums_compared"]
    print(f"holidays {found['holidays']}: {weekdays} weekdays {YEARS[0]}-{YEARS[1]} compared, {len(found['weekdays_that_differ'])} differ")
    print(f"numpy's answers: {sums} compared, {found['sums_that_differ']} differ")


if __name__ == "__main__":
    sys.exit(main())

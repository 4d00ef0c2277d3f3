#!/usr/bin/env python3
"""A children in need census taken into an empty database, and the same file again, on SQLite and on PostgreSQL.

    bench/imports.py                      10,000 children, both databases
    bench/imports.py --children 1000 --on sqlite

Every child is invented and has a referral, two assessments, an enquiry, a child in need plan, a protection plan and two
reviews, so that nine elements a child are stored. It prints how long each run took by the clock and in CPU of the
program, its memory at the most, and checks that all of the file was stored the first time and nothing the second.
"""

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from glob import glob
from pathlib import Path

from search import TARGET, Postgres

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year><ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails>
<Source><SourceLevel>L</SourceLevel><LEA>399</LEA><SoftwareCode>Keyworker</SoftwareCode><SerialNo>001</SerialNo><DateTime>2026-05-12T09:30:00</DateTime></Source></Header>
<Children>
"""
CHILD = """<Child>
  <ChildIdentifiers><LAchildID>ASH{number:07}</LAchildID><UPNunknown>UN1</UPNunknown><PersonBirthDate>{born}</PersonBirthDate><Sex>{sex}</Sex></ChildIdentifiers>
  <ChildCharacteristics><Ethnicity>{ethnicity}</Ethnicity><Disabilities><Disability>NONE</Disability></Disabilities></ChildCharacteristics>
  <CINdetails>
    <CINreferralDate>{referred}</CINreferralDate><ReferralSource>6</ReferralSource><PrimaryNeedCode>N1</PrimaryNeedCode><ReferralNFA>0</ReferralNFA>
    <DateOfInitialCPC>{conference}</DateOfInitialCPC>
    <Assessments><AssessmentActualStartDate>{referred}</AssessmentActualStartDate><AssessmentAuthorisationDate>{assessed}</AssessmentAuthorisationDate>
      <FactorsIdentifiedAtAssessment><AssessmentFactors>3B</AssessmentFactors></FactorsIdentifiedAtAssessment></Assessments>
    <Assessments><AssessmentActualStartDate>{again}</AssessmentActualStartDate><AssessmentAuthorisationDate>{again}</AssessmentAuthorisationDate>
      <FactorsIdentifiedAtAssessment><AssessmentFactors>3B</AssessmentFactors></FactorsIdentifiedAtAssessment></Assessments>
    <CINPlanDates><CINPlanStartDate>{referred}</CINPlanStartDate><CINPlanEndDate>{conference}</CINPlanEndDate></CINPlanDates>
    <Section47><S47ActualStartDate>{referred}</S47ActualStartDate><InitialCPCtarget>{conference}</InitialCPCtarget><DateOfInitialCPC>{conference}</DateOfInitialCPC><ICPCnotRequired>0</ICPCnotRequired></Section47>
    <ChildProtectionPlans><CPPstartDate>{conference}</CPPstartDate><InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse><LatestCategoryOfAbuse>EMO</LatestCategoryOfAbuse><NumberOfPreviousCPP>0</NumberOfPreviousCPP>
      <Reviews><CPPreviewDate>{first}</CPPreviewDate></Reviews><Reviews><CPPreviewDate>{second}</CPPreviewDate></Reviews></ChildProtectionPlans>
  </CINdetails>
</Child>
"""
ETHNICITIES = ["WBRI", "WIRT", "MWBC", "APKN", "ABAN", "BAFR", "BCRB", "OOTH"]


def weekday(day):
    while day.weekday() > 4:
        day += timedelta(1)
    return day


def census(path, children):
    with open(path, "w", encoding="utf-8") as out:
        out.write(HEAD)
        for number in range(children):
            referred = weekday(date(2025, 4, 1) + timedelta(number * 7 % 150))
            day = lambda after: weekday(referred + timedelta(after))  # noqa: E731
            born = date(2009, 1, 1) + timedelta(number * 31 % 5500)
            out.write(
                CHILD.format(
                    number=number, born=born, sex="MF"[number % 2], ethnicity=ETHNICITIES[number % 8], referred=referred,
                    conference=day(17), assessed=day(40), again=day(60), first=day(95), second=day(180),
                )
            )
        out.write("</Children></Message>\n")


def once(program, name, address, path):
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    command = [program, "import", "cin", path, "--database", address, "--format", "json"]
    run = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    took, after = time.monotonic() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    if run.returncode not in (0, 1):
        sys.exit(f"{name}: the import ended with {run.returncode}")
    total = json.loads(run.stdout)["total"]
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(
        f"{name}: {total['read']} read, {total['stored']} stored, {total['already_there']} already there: {took:.1f} s, "
        f"{total['read'] / took:,.0f} elements/s, {cpu:.1f} CPU s of the program, {after.ru_maxrss / 1024:.0f} MiB at the most",
        flush=True,
    )
    return total


def measure(program, name, address, path):
    first = once(program, name, address, path)
    again = once(program, f"{name}, again", address, path)
    assert first["stored"] == first["read"] == again["already_there"] and again["stored"] == again["amended"] == 0, (first, again)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--children", type=int, default=10_000)
    parser.add_argument("--on", choices=["sqlite", "postgres"], action="append")
    parser.add_argument("--postgres", help="an empty database to use in place of a private cluster")
    parser.add_argument("--program", type=Path, default=TARGET / "release" / "keyworker", help="another build")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="keyworker-imports-"))
    folder.chmod(0o755)
    path = folder / "census.xml"
    census(path, given.children)
    print(f"{given.children} children, {path.stat().st_size / 1e6:.1f} MB", flush=True)
    on = given.on or ["sqlite", "postgres"]
    try:
        if "sqlite" in on:
            measure(given.program, "SQLite", f"sqlite://{folder}/imports.db", path)
            size = sum(file.stat().st_size for file in folder.glob("imports.db*"))
            print(f"SQLite: a database of {size / 1e6:.0f} MB, the source included")
        if "postgres" in on and given.postgres:
            measure(given.program, "PostgreSQL", given.postgres, path)
        elif "postgres" in on and not glob("/usr/lib/postgresql/*/bin"):
            print("PostgreSQL: left out, it is not installed (apt-get install postgresql)")
        elif "postgres" in on:
            with Postgres(folder) as address:
                measure(given.program, "PostgreSQL", address, path)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""The rules of the house that no compiler holds: which way imports run, where SQL and HTML may stand, how long files grow.

Prints each breach with its place and ends with exit code 1 if there is one.
"""
import re, subprocess, sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
breaches = []


def breach(path, words, line=0):
    where = f"{path.relative_to(ROOT)}:{line}" if line else str(path.relative_to(ROOT))
    breaches.append(f"{where}: {words}")


def rust(folder):
    return sorted((ROOT / folder).rglob("*.rs"))


def source(path):
    """The file without its test module, comments and doc comments."""
    text = path.read_text()
    text = text.split("#[cfg(test)]\nmod tests")[0]
    return [(n, line) for n, line in enumerate(text.splitlines(), 1) if not line.lstrip().startswith("//")]


def sizes():
    for path in rust("crates"):
        lines = path.read_text().splitlines()
        # Journeys and scenes of tests are read one at a time, and may stand together a little longer.
        most = 700 if "/tests/" in str(path) else 500
        if len(lines) > most and not re.search("table of data|@generated", "\n".join(lines[:10])):
            breach(path, f"{len(lines)} lines: split it, or say `table of data` in its first ten lines")


def pure():
    forbidden = re.compile(r"\bstd::(fs|net|env|process|time::(SystemTime|Instant))|\btokio\b|\basync fn\b|Timestamp::now|Zoned::now|\brand::")
    for path in rust("crates/care/src") + rust("crates/returns/src"):
        if path.name.endswith("tests.rs"):
            continue
        for n, line in source(path):
            if forbidden.search(line):
                breach(path, f"care and returns do not reach outside: {line.strip()}", n)


def sql_and_html():
    sql = re.compile(r'"\s*(SELECT .* FROM|INSERT INTO|UPDATE \w+ SET|DELETE FROM|CREATE TABLE)\b')
    for crate in ["care", "returns", "keyworker"]:
        for path in rust(f"crates/{crate}/src"):
            for n, line in source(path):
                if sql.search(line) or "sqlx::" in line:
                    breach(path, "SQL stands only in store", n)
    for crate in ["care", "returns", "store"]:
        for path in rust(f"crates/{crate}/src"):
            for n, line in source(path):
                if re.search(r"</(div|p|span|a|li|td|h[1-6])>", line):
                    breach(path, "HTML stands only in keyworker's web", n)


def names():
    unwanted = re.compile(r"\b(struct|enum|trait|type) \w*(Manager|Service|Helper|Util|Dto|Entity|Repository|Impl)\b")
    for path in rust("crates"):
        for n, line in source(path):
            if unwanted.search(line) and "/tests/" not in str(path) and "TeamManager" not in line and "GroupManager" not in line:
                breach(path, f"a name that the house does not use: {line.strip()}", n)


def unwraps():
    found = []
    for crate in ["store", "keyworker"]:
        for path in rust(f"crates/{crate}/src"):
            if path.name in ("testing.rs", "tests.rs") or path.name.endswith("_tests.rs"):
                continue
            found += [(path, n) for n, line in source(path) if re.search(r"\.(unwrap|expect)\(", line)]
    if len(found) > 20:
        for path, n in found:
            breach(path, f"one of {len(found)} unwraps and expects in store and keyworker; 20 are allowed", n)


def ignored_tests():
    for path in rust("crates"):
        for n, line in enumerate(path.read_text().splitlines(), 1):
            if re.search(r"#\[ignore\]", line):
                breach(path, "a test that is left out says why: #[ignore = \"why\"]", n)


def links():
    """Pages and pictures that the documents point to are there; guides may also point to pages of the program."""
    files = subprocess.run(["git", "-C", ROOT, "ls-files", "*.md"], stdout=subprocess.PIPE, text=True).stdout.split()
    for name in files:
        path = ROOT / name
        if not path.exists():
            continue
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", path.read_text()):
            if not target.startswith("/") and not (path.parent / target).exists():
                breach(path, f"points to {target}, which is not there")


for rule in [sizes, pure, sql_and_html, names, unwraps, ignored_tests, links]:
    rule()
for words in breaches:
    print(words)
print(f"house: {len(breaches)} breaches" if breaches else "house: in order")
sys.exit(1 if breaches else 0)

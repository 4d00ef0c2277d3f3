#!/usr/bin/env python3
"""`make test`: every test of Keyworker, and one plain line of totals at the end.

Installs PostgreSQL and Chromium when it may (root with apt); otherwise it says which tests it leaves out and counts
them as skipped. Parts: the workspace's own tests (on SQLite and PostgreSQL), and journeys in a real browser.
"""
import os, re, shutil, subprocess, sys, time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
os.chdir(ROOT)
passed = failed = skipped = 0
left_out = []


def say(words):
    print(f"\n== {words}", flush=True)


def install(what, packages, there):
    """True when the thing is there, after installing it if that is possible."""
    if there():
        return True
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say(f"installing {what}")
        env = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
        subprocess.run(["apt-get", "update", "-qq"], env=env, stdout=subprocess.DEVNULL)
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], env=env, stdout=subprocess.DEVNULL)
    return there()


def count(pattern, folders):
    return sum(len(re.findall(pattern, f.read_text())) for d in folders for f in Path(d).rglob("*.rs"))


def run(command, env=None):
    """Runs a command, showing what it prints, and returns (exit code, text)."""
    lines = []
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace") as p:
        for line in p.stdout:
            lines.append(line)
            print(line, end="", flush=True)
    return p.returncode, "".join(lines)


def postgres():
    there = lambda: bool(list(Path("/usr/lib/postgresql").glob("*/bin/initdb"))) or bool(shutil.which("initdb"))
    if not install("PostgreSQL", ["postgresql"], there):
        return None
    made = subprocess.run(["tests/postgres", "start"], stdout=subprocess.PIPE, text=True)
    return made.stdout.strip() or None


def workspace(env):
    global passed, failed, skipped
    nextest = subprocess.run(["cargo", "nextest", "--version"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0
    command = ["cargo", "nextest", "run", "--workspace", "--locked", "--no-fail-fast", "--status-level", "fail", "--final-status-level", "fail"]
    code, text = run(command if nextest else ["cargo", "test", "--workspace", "--locked", "--no-fail-fast"], env)
    if nextest:
        found = re.findall(r"(\d+) tests? run: (.*)", text)
        for _, rest in found:
            passed += sum(map(int, re.findall(r"(\d+) passed", rest)))
            failed += sum(map(int, re.findall(r"(\d+) (?:failed|timed out)", rest)))
            skipped += sum(map(int, re.findall(r"(\d+) skipped", rest)))
    else:
        found = re.findall(r"test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored", text)
        for p, f, i in found:
            passed, failed, skipped = passed + int(p), failed + int(f), skipped + int(i)
    if code != 0 and failed == 0 or not found:
        failed += 1


def crash():
    """Kills the server a hundred times while it works: nothing may be lost or doubled."""
    global passed, failed
    binary = Path(os.environ.get("CARGO_TARGET_DIR", "target")) / "debug/keyworker"
    made = subprocess.run(["cargo", "build", "--locked", "-q", "-p", "keyworker"])
    code, _ = run(["python3", "tests/crash.py", "--binary", str(binary), "--kills", "100"]) if made.returncode == 0 else (1, "")
    passed, failed = passed + (code == 0), failed + (code != 0)


def browser(env):
    global passed, failed, skipped
    if not Path("tests/browser/run.mjs").exists():
        return
    if not install("Chromium", ["chromium"], lambda: bool(shutil.which("chromium"))):
        n = len(list(Path("tests/browser").glob("*.journey.mjs")))
        left_out.append(f"{n} journeys in a browser: Chromium is not installed")
        skipped += n
        return
    install("a Java runtime for the HTML checker", ["default-jre-headless"], lambda: bool(shutil.which("java")))
    if not Path("tests/browser/node_modules/.installed").exists():
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--prefix", "tests/browser"], check=True)
        Path("tests/browser/node_modules/.installed").touch()
    code, text = run(["node", "tests/browser/run.mjs"], env)
    found = re.findall(r"^browser: (\d+) passed, (\d+) failed, (\d+) skipped$", text, re.M)
    for p, f, s in found:
        passed, failed, skipped = passed + int(p), failed + int(f), skipped + int(s)
    if code != 0 and failed == 0 or not found:
        failed += 1


def main():
    global skipped
    began = time.monotonic()
    env = dict(os.environ, CARGO_TERM_COLOR="never")
    server = postgres()
    if server:
        env["TEST_POSTGRES"] = server
    else:
        n = count(r"testing::databases\(\)|House::each\(\)", ["crates/store/tests", "crates/keyworker/tests"])
        left_out.append(f"{n} tests on PostgreSQL: it is not installed and could not be")
        skipped += n
    try:
        say("the workspace's tests")
        workspace(env)
        say("killing the server while it works")
        crash()
        say("journeys in a browser")
        browser(env)
    finally:
        if server:
            subprocess.run(["tests/postgres", "stop"])
    for words in left_out:
        print(f"left out: {words}")
    print(f"in {time.monotonic() - began:.0f} seconds")
    print(f"{passed} passed, {failed} failed, {skipped} skipped", flush=True)
    return 1 if failed else 0


sys.exit(main())

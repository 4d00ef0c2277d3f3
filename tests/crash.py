#!/usr/bin/env python3
"""Kills the server while it works, again and again, and finds nothing lost and nothing doubled.

    tests/crash.py --binary target/debug/keyworker --kills 100
    tests/crash.py --binary target/release/keyworker --kills 200 --database postgres://user@127.0.0.1:5432/empty

Invented workers write notes, visits and enquiries over HTTP. Whatever the server answers with 303 is put into a ledger,
which is on disk before the next thing is sent. The server is killed with signal 9 at random moments and started again;
what had no answer is sent once more with the same form. In the end every acknowledged writing must stand in the database
exactly once, whole, with its entry in the audit, and the audit's chain must hold.
"""

import argparse
import html
import http.client
import os
import random
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from glob import glob
from pathlib import Path

WORKERS = [("priya.nair", "note"), ("tom.bell", "visit"), ("flora.reed", "enquiry"), ("ruth.adeyemi", "note")]


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Server:
    """The program under test, started and killed."""

    def __init__(self, binary, folder, database):
        self.port, self.ops = free_port(), free_port()
        self.command = [binary, "demo", "--folder", str(folder / "demo"), "--people", "1", "--years", "1", "--port", str(self.port), "--serve"]
        self.env = dict(os.environ, OPS_PORT=str(self.ops))
        self.env.pop("DATABASE", None)
        if database:
            self.command += ["--database", database]
        self.log = open(folder / "server.log", "ab")
        self.process, self.slowest = None, 0.0

    def start(self, limit=60):
        began = time.monotonic()
        self.process = subprocess.Popen(self.command, env=self.env, stdout=self.log, stderr=self.log)
        while time.monotonic() - began < limit:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/sign-in")
                if connection.getresponse().status == 200:
                    return time.monotonic() - began
            except (OSError, http.client.HTTPException):
                if self.process.poll() is not None:
                    raise SystemExit(f"the server ended by itself with {self.process.returncode}; see {self.log.name}")
                time.sleep(0.005)
        raise SystemExit("the server did not come up")

    def restart(self):
        self.slowest = max(self.slowest, self.start())

    def kill(self):
        self.process.kill()
        self.process.wait()


class Writer(threading.Thread):
    """One invented worker who writes, remembers what was acknowledged, and sends again what was not."""

    def __init__(self, server, name, kind, folder, ended, up):
        super().__init__(daemon=True)
        self.server, self.name_, self.kind, self.ended, self.up = server, name, kind, ended, up
        self.ledger = open(folder / f"ledger-{name}.txt", "a", encoding="utf-8")
        self.cookies, self.waiting, self.acknowledged, self.repeated, self.count = {}, None, [], 0, 0
        self.people, self.trouble = [], None

    def send(self, method, path, fields=None):
        body = urllib.parse.urlencode(fields) if fields is not None else None
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), "Host": f"127.0.0.1:{self.server.port}"}
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://127.0.0.1:{self.server.port}"}
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=20)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
            for name, value in answer.getheaders():
                if name.lower() == "set-cookie":
                    key, rest = value.split("=", 1)
                    self.cookies[key] = rest.split(";", 1)[0]
            return answer.status, answer.getheader("Location"), text
        finally:
            connection.close()

    def hidden(self, text, action):
        form = re.search(rf'<form[^>]*action="{re.escape(action)}"[^>]*>(.*?)</form>', text, re.S).group(1)
        found = re.findall(r'<input[^>]*>', form)
        of = lambda tag, what: (re.search(rf'\b{what}="([^"]*)"', tag) or [None, ""])[1]
        wanted = [tag for tag in found if of(tag, "type") in ("hidden", "", "text") and of(tag, "name")]
        return [(of(tag, "name"), html.unescape(of(tag, "value"))) for tag in wanted]

    def sign_in(self):
        _, _, page = self.send("GET", "/sign-in")
        fields = dict(self.hidden(page, "/sign-in/as"), username=self.name_, next="/")
        status, _, _ = self.send("POST", "/sign-in/as", fields)
        assert status == 303, f"signing in as {self.name_}: {status}"
        _, _, page = self.send("GET", "/")
        self.people = re.findall(r'href="/people/([0-9a-f]{32})/notes/new"', page)[:12]

    def next_writing(self):
        """Opens a form and fills it in with words that stand nowhere else."""
        self.count += 1
        words = f"ledger {self.name_} {self.count}"
        person = self.people[self.count % len(self.people)] if self.people else ""
        path = {"note": f"/people/{person}/notes/new", "visit": f"/people/{person}/visits/new", "enquiry": "/front-door/enquiries/new"}[self.kind]
        status, to, page = self.send("GET", path)
        if status == 303:  # each call at the front door has a page of its own
            status, _, page = self.send("GET", to)
        assert status == 200, f"{path}: {status}"
        fields = [(k, v) for k, v in self.hidden(page, path) if k not in ("words", "save_draft", "given_0")]
        if self.kind == "visit":
            fields += [("child_words", words), ("worker_view", "All is well"), ("seen", "seen"), ("seen_alone", "yes")]
        else:
            fields += [("words", words)]
        if self.kind == "enquiry":
            fields += [("given_0", "Ledger"), ("channel", "telephone"), ("band", "routine")]
        return words, path, fields

    def post(self):
        words, path, fields = self.waiting
        status, to, text = self.send("POST", path, fields)
        if status != 303:
            error = re.search(r'govuk-error-summary.*?</ul>', text, re.S)
            raise AssertionError(f"{path} answered {status}: {re.sub('<[^>]+>', ' ', error[0])[:300] if error else ''}")
        self.ledger.write(words + "\n")
        self.ledger.flush()
        os.fsync(self.ledger.fileno())
        self.acknowledged.append(words)
        self.waiting = None

    def run(self):
        while not self.ended.is_set():
            if not self.up.wait(0.05):
                continue
            try:
                if self.waiting:
                    self.repeated += 1
                else:
                    self.waiting = self.next_writing()
                self.post()
            except (OSError, http.client.HTTPException):
                time.sleep(0.01)
            except Exception as problem:  # what is wrong is said at the end, with its cause
                self.trouble = f"{self.name_}: {problem}"
                return


def rows(database, folder, query):
    if not database:
        with sqlite3.connect(f"file:{folder}/demo/keyworker.db?mode=ro", uri=True) as db:
            return [tuple(map(str, row)) for row in db.execute(query)]
    psql = shutil.which("psql") or sorted(glob("/usr/lib/postgresql/*/bin/psql"))[-1]
    out = subprocess.run([psql, "-At", "-F", "\t", "-c", query, database], capture_output=True, text=True, check=True).stdout
    return [tuple(line.split("\t")) for line in out.splitlines()]


def count(database, folder, query):
    return {row[0]: int(row[1]) for row in rows(database, folder, query)}


def check(writers, database, folder):
    """Compares the ledger with the database; says everything that is wrong."""
    wrong = []
    found = count(database, folder, "SELECT words, COUNT(*) FROM entry WHERE words LIKE 'ledger %' GROUP BY words")
    found |= count(database, folder, "SELECT child_words, COUNT(*) FROM visit WHERE child_words LIKE 'ledger %' GROUP BY child_words")
    found |= count(database, folder, "SELECT words, COUNT(*) FROM enquiry WHERE words LIKE 'ledger %' GROUP BY words")
    acknowledged = [words for writer in writers for words in writer.acknowledged]
    wrong += [f"lost: {words}" for words in acknowledged if words not in found]
    wrong += [f"{n} times: {words}" for words, n in found.items() if n != 1]
    known = set(acknowledged) | {writer.waiting[0] for writer in writers if writer.waiting}
    wrong += [f"nobody sent: {words}" for words in found if words not in known]
    halves = {
        "a note or visit without its audit entry": "SELECT COUNT(*) FROM entry e WHERE (e.words LIKE 'ledger %' OR e.id IN (SELECT entry_id FROM visit WHERE child_words LIKE 'ledger %')) AND NOT EXISTS (SELECT 1 FROM audit_entry a WHERE a.subject_id = e.person_id AND a.because LIKE '%' || e.id)",
        "an enquiry without its audit entry": "SELECT COUNT(*) FROM enquiry e WHERE e.words LIKE 'ledger %' AND NOT EXISTS (SELECT 1 FROM audit_entry a WHERE a.subject_id = e.id AND a.deed = 'enquiry.record')",
        "a visit without its entry": "SELECT COUNT(*) FROM visit v WHERE NOT EXISTS (SELECT 1 FROM entry e WHERE e.id = v.entry_id)",
        "an enquiry without its clocks": "SELECT COUNT(*) FROM enquiry e WHERE e.words LIKE 'ledger %' AND NOT EXISTS (SELECT 1 FROM due d WHERE d.subject_id = e.id)",
        "an enquiry without whom it is about": "SELECT COUNT(*) FROM enquiry e WHERE e.words LIKE 'ledger %' AND NOT EXISTS (SELECT 1 FROM enquiry_person p WHERE p.enquiry_id = e.id)",
    }
    for words, query in halves.items():
        n = int(rows(database, folder, query)[0][0])
        wrong += [f"{words}: {n}"] if n else []
    return len(acknowledged), wrong


def verify(binary, database, folder):
    address = database or f"sqlite://{folder}/demo/keyworker.db"
    keys = folder / "demo/keys"
    command = [binary, "audit", "verify", "--database", address, "--key", str(keys / "audit.pub")]
    if (keys / "checkpoints.log").exists():
        command += ["--since", str(keys / "checkpoints.log")]
    done = subprocess.run(command, capture_output=True, text=True)
    return [] if done.returncode == 0 else [f"the audit's chain does not hold: {done.stdout}{done.stderr}"]


def main():
    args = argparse.ArgumentParser(description="Kills the server while it works and looks for what was lost.")
    args.add_argument("--binary", default="target/debug/keyworker")
    args.add_argument("--kills", type=int, default=100)
    args.add_argument("--seed", type=int, default=1)
    args.add_argument("--database", help="an empty PostgreSQL database; without it, SQLite in a folder of its own")
    given = args.parse_args()
    dice = random.Random(given.seed)
    folder = Path(tempfile.mkdtemp(prefix="keyworker-crash-"))
    binary = str(Path(given.binary).resolve())
    server = Server(binary, folder, given.database)
    server.start(limit=180)
    ended, up = threading.Event(), threading.Event()
    writers = [Writer(server, name, kind, folder, ended, up) for name, kind in WORKERS]
    for writer in writers:
        writer.sign_in()
        writer.start()
    began = time.monotonic()
    kills = 0
    for _ in range(given.kills):
        kills += 1
        up.set()
        time.sleep(dice.uniform(0.05, 0.5))
        up.clear()
        server.kill()
        server.restart()
        if any(writer.trouble for writer in writers):
            break
    up.set()
    time.sleep(1)
    ended.set()
    for writer in writers:
        writer.join(30)
    server.process.terminate()
    stopped = server.process.wait(30)
    acknowledged, wrong = check(writers, given.database, folder)
    wrong += [writer.trouble for writer in writers if writer.trouble] + verify(binary, given.database, folder)
    wrong += ["a clean stop ended with " + str(stopped)] if stopped != 0 else []
    repeated = sum(writer.repeated for writer in writers)
    print(f"crash: {kills} kills in {time.monotonic() - began:.0f} s, {acknowledged} writings acknowledged, {repeated} sent again, "
          f"slowest start {server.slowest:.2f} s, {len(wrong)} wrong", flush=True)
    for one in wrong[:20]:
        print(f"  {one}")
    if wrong or acknowledged < given.kills:
        print(f"  the files are kept in {folder}")
        return 1
    shutil.rmtree(folder)
    return 0


sys.exit(main())

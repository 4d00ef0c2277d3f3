#!/usr/bin/env python3
"""`make bench`: runs each measurement in this folder and prints what it says. Name some to run only those: `make bench BENCH="workdays"`.

Figures are ratios and CPU seconds of one run; machines are noisy, so nothing here passes or fails.
"""
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
KNOWN = [name for name in ["workdays", "search", "imports", "pages", "crash"] if (HERE / f"{name}.py").exists()]


def main():
    wanted = sys.argv[1:] or KNOWN
    unknown = [name for name in wanted if name not in KNOWN]
    if unknown:
        print(f"there is no measurement called {', '.join(unknown)}; there are: {', '.join(KNOWN)}", file=sys.stderr)
        return 2
    for name in wanted:
        print(f"\n== {name}", flush=True)
        subprocess.run([sys.executable, HERE / f"{name}.py"])
    return 0


sys.exit(main())

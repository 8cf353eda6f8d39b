# SPDX-License-Identifier: GPL-2.0-only
"""Run cases of interoperability, and tell what each has proved. `./l2tp interop` calls this."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / folder) for folder in ("scripts", "test/scenario", "test/wire")]

# pylint: disable=wrong-import-position
import cases
from peers import Network, Problem


def why_not() -> str:
    """Return why this machine can't run the cases, or nothing."""
    if os.geteuid() != 0:
        return "not root"
    name = f"l2tp-try-{os.getpid()}"
    tried = subprocess.run(["ip", "netns", "add", name], capture_output=True, text=True, check=False)
    if tried.returncode != 0:
        return f"no network namespaces: {tried.stderr.strip()}"
    pair = ["ip", "-n", name, "link", "add", "veth-a", "type", "veth", "peer", "name", "veth-b"]
    tried = subprocess.run(pair, capture_output=True, text=True, check=False)
    subprocess.run(["ip", "netns", "delete", name], check=False)
    return "" if tried.returncode == 0 else f"no virtual Ethernet: {tried.stderr.strip()}"


def run(one: cases.Case, keep: Path | None) -> bool:
    """Run a case; return whether it passed."""
    folder = Path(tempfile.mkdtemp(prefix="l2tp-interop-"))
    begin = time.monotonic()
    try:
        with Network() as network:
            print(f"{one.name}: {one.shows}", flush=True)
            proved = one.run(network, folder)
        print(f"  passed in {time.monotonic() - begin:.0f} s: {proved}", flush=True)
        return True
    except Problem as problem:
        print(f"  FAILED: {problem}", flush=True)
        for log in sorted(folder.glob("*.log")):
            print(f"--- {log.name}\n{log.read_text(errors='replace')[-3000:]}", flush=True)
        return False
    finally:
        if keep:
            shutil.copytree(folder, keep / one.name, dirs_exist_ok=True,
                            ignore=shutil.ignore_patterns("control"))  # fmt: skip
        subprocess.run(["pkill", "-KILL", "-f", str(folder)], check=False)
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    """Run what the command line says; return 0 if all passed."""
    parser = argparse.ArgumentParser(prog="l2tp interop", description="Run real peers.")
    names = [one.name for one in cases.CASES]
    parser.add_argument("cases", nargs="*")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--list", action="store_true")
    arguments = parser.parse_args()
    if arguments.list:
        print("\n".join(f"{one.name:38} {one.shows}" for one in cases.CASES))
        return 0
    unknown = set(arguments.cases) - set(names)
    if unknown:
        parser.error(f"there is no case {', '.join(sorted(unknown))}")
    reason = why_not()
    if reason:
        print(f"SKIPPED: real peers need root and network namespaces ({reason}).")
        return 0
    chosen = [
        one
        for one in cases.CASES
        if (one.name in arguments.cases if arguments.cases else one.quick or not arguments.quick)
    ]
    failed = [one.name for one in chosen if not run(one, arguments.out)]
    print(f"{len(chosen) - len(failed)} of {len(chosen)} cases passed"
          + (f"; failed: {', '.join(failed)}" if failed else ""))  # fmt: skip
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

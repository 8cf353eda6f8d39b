#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Build the module as contrib/l2tp in the source of Debian's ns-3 package, and test it there.

The source comes from the system's own package mirror and is kept, with what was built from it, in
$XDG_CACHE_HOME/ns3-l2tp. The module's files are compiled each time, under -Wall -Wextra, and any
warning that points at one of them is a failure.
"""

from __future__ import annotations

import fcntl
import os
import re
import subprocess
import sys
from pathlib import Path

import debian_source
import working_copy

ROOT = Path(__file__).resolve().parent.parent
CACHE = debian_source.CACHE


def fetch_source() -> Path:
    """Return the folder of ns-3's source, fetched and unpacked if it is not there yet."""
    folder = CACHE / "in-tree"
    trees = [*folder.glob("ns*/ns-3*/src/core"), *folder.glob("ns*/src/core")]
    if not trees:
        debian_source.fetch("ns3", folder)
        trees = [*folder.glob("ns*/ns-3*/src/core"), *folder.glob("ns*/src/core")]
    return trees[0].parent.parent


def modules() -> str:
    """Return the ns-3 modules that are needed, by the libraries that the module and its examples
    link. What they only link if it is there (netanim) takes long to build, and is left out."""
    lists = (ROOT / "CMakeLists.txt", ROOT / "examples/CMakeLists.txt")
    text = "".join(path.read_text(encoding="utf-8") for path in lists)
    linked = re.findall(r"(?m)^ +(?:LIBRARIES_TO_LINK )?\$\{lib([a-z0-9-]+)\}", text)
    return ";".join(["l2tp", *sorted(set(linked))])


def build(ns3: Path) -> list[str]:
    """Configure and build; return the warnings that point at the module's files."""
    for stale in (ns3 / "cmake-cache/contrib/l2tp").rglob("*.o"):
        stale.unlink()
    # A header that moved to another folder would be shadowed by the stub of its old place.
    for stub in (ns3 / "build/include/ns3").glob("*.h"):
        if "/contrib/l2tp/" in stub.read_text(encoding="utf-8"):
            stub.unlink()
    environment = {**os.environ, "CXXFLAGS": "-Wall -Wextra", "CCACHE_DISABLE": "1"}
    log = []
    configure = ["./ns3", "configure", "-G", "Ninja", "--build-profile=default"]
    configure += ["--enable-tests", "--enable-examples", f"--enable-modules={modules()}"]
    configure += ["--filter-module-examples-and-tests=l2tp"]
    for command in (configure, ["./ns3", "build", f"-j{os.cpu_count() or 1}"]):
        print(" ".join(command[:2]), flush=True)
        done = subprocess.run(
            command,
            cwd=ns3,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        log += done.stdout.splitlines()
        if done.returncode != 0:
            sys.exit("\n".join(log[-200:]) + "\nBuilding inside ns-3 failed.")
    return [line for line in log if re.search(r"contrib/l2tp/.*\bwarning:", line)]


def main() -> int:
    """Do it; return 0 if all went well."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with open(CACHE / "in-tree.lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ns3 = fetch_source()
        working_copy.copy(ns3 / "contrib/l2tp")
        warnings = build(ns3)
        print(*warnings, f"{len(warnings)} warnings from the module's files", sep="\n", flush=True)
        command = ["./test.py", "--no-build", "--suite=l2tp", "--text=l2tp-results"]
        passed = subprocess.run(command, cwd=ns3, check=False).returncode == 0
        if not passed:
            print((ns3 / "l2tp-results.txt").read_text(encoding="utf-8"))
    return 0 if passed and not warnings else 1


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Run README's first commands in a clone of this repository (its last commit) inside a new Debian
root that holds nothing but the base system, git and Python. Needs root, for chroot.

The release and the mirror are the system's own, and so is apt's configuration. The base system is
kept in $XDG_CACHE_HOME/ns3-l2tp.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from debian_root import DebianRoot, remove, system_release
from debian_source import CACHE

ROOT = Path(__file__).resolve().parent.parent
HOME = "/root/ns3-l2tp"


def commands() -> list[str]:
    """Return what a user types first: the first block of README.md."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    if not found or not found[1].strip():
        sys.exit("README.md has no commands")
    return found[1].splitlines()


def unpack(root: DebianRoot) -> None:
    """Make the root: of the base system that is kept, or of one that is kept then."""
    base = CACHE / f"{root.release}.tar"
    if base.exists():
        root.folder.mkdir(mode=0o755)
        subprocess.run(["tar", "-C", root.folder, "-xf", base], check=True)
        return
    print(f"Installing {root.release}'s base system", flush=True)
    root.make("git", "python3", "ca-certificates")
    part = base.with_suffix(".part")
    subprocess.run(["tar", "-C", root.folder, "-cf", part, "."], check=True)
    part.rename(base)


def main() -> int:
    """Do it; return 0 if all commands went well."""
    wanted = commands()
    CACHE.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix="root.", dir=CACHE))
    try:
        root = DebianRoot(scratch / "root", system_release())
        unpack(root)
        root.configure()
        clone = root.folder / HOME.lstrip("/")
        subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", ROOT, clone], check=True)
        failed = False
        for command in wanted:
            print(f"$ {command}", flush=True)
            start = time.monotonic()
            status = root.run(["sh", "-c", command], folder=HOME)
            failed |= status != 0
            result = "passed" if status == 0 else "FAILED"
            print(f"{result} in {time.monotonic() - start:.0f} s: {command}", flush=True)
    finally:
        remove(scratch)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

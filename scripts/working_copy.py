# SPDX-License-Identifier: GPL-2.0-only
"""Copies of this repository's files as they stand, in folders where they are built another way."""

from __future__ import annotations

import filecmp
import shutil
import subprocess
from pathlib import Path

from builds import ROOT

# What a copy has of its own: the names of the files that were copied, one a line.
MANIFEST = ".copied"


def files() -> set[str]:
    """Return the names of the files, ignored ones left out. In a copy git does not know them."""
    manifest = ROOT / MANIFEST
    if manifest.exists():
        names = manifest.read_text(encoding="utf-8").splitlines()
    else:
        listing = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        names = listing.stdout.split("\0")
    return {name for name in names if name and (ROOT / name).is_file()}


def copy(target: Path) -> None:
    """Make the target hold the files; leave alone those that are there already, and other things."""
    target.mkdir(parents=True, exist_ok=True)
    manifest = target / MANIFEST
    names = files()
    if manifest.exists():
        for name in set(manifest.read_text(encoding="utf-8").splitlines()) - names:
            (target / name).unlink(missing_ok=True)
    for name in names:
        copied = target / name
        if not copied.exists() or not filecmp.cmp(ROOT / name, copied, shallow=False):
            copied.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, copied)  # with a new time, so that it is built
    manifest.write_text("".join(f"{name}\n" for name in sorted(names)), encoding="utf-8")

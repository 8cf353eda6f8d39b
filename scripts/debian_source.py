# SPDX-License-Identifier: GPL-2.0-only
"""Sources of Debian's packages, kept outside the repository."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ns3-l2tp"


def fetch(package: str, folder: Path) -> None:
    """Fetch and unpack a source package into a folder.

    It comes from the system's own package mirror, whose lists of source packages are kept in the
    folder as well, and nothing of the system's is changed.
    """
    print(f"Fetching the source package {package}", flush=True)
    lists = folder / "apt"
    (lists / "partial").mkdir(parents=True, exist_ok=True)
    # The system's own sources, of source packages instead of binary ones.
    targets = subprocess.run(
        ["apt-get", "indextargets", "Identifier: Packages", "Origin: Debian"]
        + ["--format", "deb-src $(REPO_URI) $(RELEASE) $(COMPONENT)"],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    sources = folder / "sources.list"
    sources.write_text("".join(sorted(set(targets.stdout.splitlines(True)))), encoding="utf-8")
    apt = ["apt-get", "-qq", "-o", f"Dir::Etc::SourceList={sources}"]
    apt += ["-o", "Dir::Etc::SourceParts=/dev/null", "-o", f"Dir::State::Lists={lists}"]
    apt += ["-o", "Dir::Cache::PkgCache=", "-o", "Dir::Cache::SrcPkgCache="]
    apt += ["-o", "APT::Sandbox::User=", "-o", "Debug::NoLocking=1"]
    for command in (["update"], ["source", package]):
        subprocess.run([*apt, *command], cwd=folder, stdout=subprocess.DEVNULL, check=True)

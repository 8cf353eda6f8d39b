# SPDX-License-Identifier: GPL-2.0-only
"""The Debian packages that the module needs, and their installation."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import Iterable

BUILD = (
    "g++",
    "cmake",
    "ninja-build",
    "pkgconf",
    "libns3-dev",
    "libgsl-dev",  # this and the next two: named by ns-3's pkg-config files
    "libxml2-dev",
    "libsqlite3-dev",
    "libgcrypt20-dev",
    "libboost-dev",
    "nlohmann-json3-dev",
    "libgtest-dev",
    "libbenchmark-dev",
    "tshark",  # judges the captures in the tests
)

# What studies, and their tests, need beside that.
STUDY = ("python3-matplotlib", "python3-numpy", "python3-scipy")

# What looks at the reports of runs, as people do; the tests of others than reports don't need it.
BROWSER = ("chromium", "chromium-driver", "fonts-dejavu-core")

# Real peers, and what the source of one of them is fetched, unpacked and built with.
INTEROP = ("xl2tpd", "iproute2", "procps", "dpkg-dev", "gcc", "libc6-dev", "xz-utils")

# libFuzzer and the sanitizers are in clang's runtime; llvm names functions in what they find.
FUZZ = ("clang", "libclang-rt-14-dev", "llvm")


def python() -> str:
    """Return the Python that Debian's packages of modules are for; elsewhere the one at work."""
    debian = "/usr/bin/python3"
    return debian if shutil.which("dpkg-query") and os.access(debian, os.X_OK) else sys.executable


def missing(names: Iterable[str]) -> list[str]:
    """Return those of the packages that are not installed."""
    names = list(names)
    query = subprocess.run(
        ["dpkg-query", "--show", "--showformat", "${Package} ${db:Status-Status}\n", *names],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=False,
    )
    status = dict(line.split() for line in query.stdout.splitlines())
    return [name for name in names if status.get(name) != "installed"]


def as_root() -> list[str] | None:
    """Return the prefix that runs a command as root, or None if there is no way to."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        asks = subprocess.run(["sudo", "-n", "true"], stderr=subprocess.DEVNULL, check=False)
        if asks.returncode == 0 or sys.stdin.isatty():
            return ["sudo"]
    return None


def require(names: Iterable[str]) -> None:
    """Install what is missing; exit with the command to type if that is not possible.

    On a system other than Debian nothing is checked: CMake then says what it misses.
    """
    if not shutil.which("dpkg-query"):
        return
    needed = missing(names)
    if not needed:
        return
    prefix = as_root()
    if prefix is None:
        sys.exit(f"Packages are missing. Type:\n  sudo apt-get install {' '.join(needed)}")
    print(f"Installing {' '.join(needed)}", file=sys.stderr, flush=True)
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    apt += ["-o", "Dpkg::Use-Pty=0", "-o", "DPkg::Lock::Timeout=600"]
    install = [*apt, "install", "--yes", "--no-install-recommends", *needed]
    for command in ([*apt, "update"], install):
        done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
        # An update may fail for a source that has none of these packages: the install tells.
        if command is install and done.returncode != 0:
            sys.exit(f"apt-get could not install {' '.join(needed)}")

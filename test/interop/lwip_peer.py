# SPDX-License-Identifier: GPL-2.0-only
"""Builds the peer that is lwIP's, from the source of Debian's package: its library has no PPP."""

from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path

import debian_source  # of scripts/

FOLDER = Path(__file__).resolve().parent / "lwip"
CACHE = debian_source.CACHE / "lwip"


def source() -> Path:
    """Return the folder of lwIP's source, fetched if it is not there yet."""
    trees = [*CACHE.glob("lwip-*/src/netif/ppp")]
    if not trees:
        CACHE.mkdir(parents=True, exist_ok=True)
        debian_source.fetch("lwip", CACHE)
        trees = [*CACHE.glob("lwip-*/src/netif/ppp")]
    return trees[0].parent.parent


def program() -> Path:
    """Return the program, built if that was not done yet."""
    lwip = source()
    own = sorted(path for path in FOLDER.rglob("*") if path.is_file())
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in own)).hexdigest()[:16]
    made = CACHE / f"lwip-peer-{digest}"
    if not made.exists():
        print("Building lwip-peer", flush=True)
        parts = ("core/*.c", "core/ipv4/*.c", "netif/ethernet.c", "netif/ppp/*.c",
                 "netif/ppp/polarssl/*.c")  # fmt: skip
        files = [file for part in parts for file in sorted(lwip.glob(part))]
        draft = made.with_suffix(f".{os.getpid()}")
        # Warnings are wanted about our own file, not about lwIP's.
        subprocess.run(
            ["gcc", "-std=gnu11", "-O1", "-g", "-Wall", "-Wextra", "-I", FOLDER]
            + ["-isystem", lwip / "include", "-c", FOLDER / "lwip-peer.c", "-o", f"{draft}.o"],
            check=True,
        )
        subprocess.run(
            ["gcc", "-std=gnu11", "-O1", "-g", "-w", "-I", FOLDER, "-I", lwip / "include"]
            + ["-o", draft, f"{draft}.o", *files],
            check=True,
        )
        Path(f"{draft}.o").unlink()
        draft.rename(made)
    return made

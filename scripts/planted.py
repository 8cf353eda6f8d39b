# SPDX-License-Identifier: GPL-2.0-only
"""Plant faults in the module one by one, and look that the swarm finds them.

test/faults/planted.txt says what is changed. As for mutations, neither the source nor build/ is
touched: the changed file is compiled in a scratch folder, and linked to a library that is put before
the real one.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import mutations
from builds import ROOT, Build, say

LIST = ROOT / "test/faults/planted.txt"
SEEDS = 5000  # that a fault may take at most
REQUIRED = 0.9  # share of the faults that must be found


def find(laboratory: mutations.Laboratory, library: Path, seeds: int) -> tuple[int, str]:
    """Run seeds until one fails; return how many there were, and which failed or ''."""
    done = subprocess.run(
        [laboratory.build / "bin/l2tp-swarm", f"--seeds={seeds}", "--jobs=1", "--until-failure=1"],
        env={**os.environ, "LD_PRELOAD": str(library)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        errors="replace",
        check=False,
    )
    count = re.search(r"^(\d+) runs", done.stdout, re.MULTILINE)
    failed = re.search(r"^Seed (\d+) failed", done.stdout, re.MULTILINE)
    return int(count[1]) if count else 0, failed[1] if failed else ""


def run(*options: str) -> int:
    """Plant all faults, or one; return 0 if enough of them are found."""
    parser = argparse.ArgumentParser(prog="l2tp check planted", description=run.__doc__)
    parser.add_argument("--only", metavar="NAME", help="the one of this name")
    parser.add_argument("--seeds", metavar="N", type=int, default=SEEDS, help="to try at most")
    arguments = parser.parse_args(options)
    faults = mutations.read_mutations(LIST.read_text(encoding="utf-8"))
    chosen = [fault for fault in faults if arguments.only in (None, fault.requirement)]
    problems = [
        f"{fault.requirement}: {problem}"
        for fault in faults
        if (problem := fault.problem((ROOT / fault.file).read_text(encoding="utf-8")))
    ]
    if problems or not chosen:
        say("\n".join(problems) or f"There is no fault {arguments.only!r}.")
        return 1
    build = Build()
    build.make("l2tp-swarm")
    with tempfile.TemporaryDirectory() as scratch:
        laboratory = mutations.Laboratory(build, Path(scratch))

        def judge(numbered: tuple[int, mutations.Mutation]) -> bool:
            number, fault = numbered
            library = laboratory.make(fault, number)
            if isinstance(library, str):
                count, seed, outcome = 0, "", library
            else:
                count, seed = find(laboratory, library, arguments.seeds)
                outcome = f"seed {seed}, after {count} runs" if seed else f"NOT FOUND in {count} runs"
            print(f"{fault.requirement:34} {fault.file:44} {outcome}", flush=True)
            return bool(seed)

        with ThreadPoolExecutor(os.cpu_count()) as pool:
            found = list(pool.map(judge, enumerate(chosen, 1)))
    print(f"\n{sum(found)} of {len(found)} faults were found.")
    return 0 if sum(found) >= REQUIRED * len(found) else 1

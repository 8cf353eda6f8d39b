# SPDX-License-Identifier: GPL-2.0-only
"""Configure, build and test the module in a build folder."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Sequence

ROOT = Path(__file__).resolve().parent.parent


def say(text: str) -> None:
    """Tell of progress, on stderr, so that stdout is the programs' own."""
    print(text, file=sys.stderr, flush=True)


class Build:
    """A build folder under the repository's root, with its CMake options."""

    def __init__(self, folder: str = "build", *options: str):
        self.folder = ROOT / folder
        self.options = options

    def configure(self) -> None:
        """Configure, unless that is done: ninja itself configures again after changes."""
        if (self.folder / "build.ninja").exists():
            return
        say(f"Configuring {self.folder.name}/")
        command = ["cmake", "-S", str(ROOT), "-B", str(self.folder), "-G", "Ninja", *self.options]
        done = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )
        if done.returncode != 0:
            sys.exit(f"{done.stdout}Configuring failed.")

    def make(self, *targets: str) -> None:
        """Build the targets, or all; exit if that fails. Say nothing if nothing is to do."""
        self.configure()
        ninja = ["ninja", "-C", str(self.folder)]
        plan = subprocess.run(
            [*ninja, "-n", *targets], stdout=subprocess.PIPE, text=True, check=False
        )
        if plan.returncode == 0 and "no work to do" in plan.stdout:
            return
        say(f"Building {self.folder.name}/")
        start = time.monotonic()
        quiet = [] if sys.stderr.isatty() else ["--quiet"]
        # ninja's progress and the compiler's messages go where ours go.
        done = subprocess.run([*ninja, *quiet, *targets], stdout=sys.stderr, check=False)
        if done.returncode != 0:
            sys.exit("Building failed.")
        say(f"Built in {time.monotonic() - start:.0f} s")

    def test(self, pattern: str | None = None, **environment: str) -> int:
        """Build all and run the tests whose names match the pattern; return ctest's status."""
        self.make()
        command = ["ctest", "--test-dir", str(self.folder), "--output-on-failure"]
        command += ["--no-tests=error", f"-j{os.cpu_count()}"]
        # The tests in C++ have names of their own, and run faster many at once.
        command += ["-LE", "single"] if pattern is None else ["-LE", "shard", "-R", pattern]
        return call(command, **environment)


def call(command: Sequence[str | Path], **environment: str) -> int:
    """Run a command in the foreground; return its exit status, as a shell would."""
    sys.stdout.flush()
    status = subprocess.call([str(word) for word in command], env={**os.environ, **environment})
    return status if status >= 0 else 128 - status

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only

"""Each option of each scenario refuses a value that it can't mean, by name, before anything is done."""

import re
import subprocess
import sys
import unittest
from pathlib import Path

from refusal import assert_refused

PROGRAMS = [Path(program) for program in sys.argv[1:]]
del sys.argv[1:]

NONSENSE = "?"  # no number, no time, no address, no folder, and no word that any option knows

# What may be any text.
TEXTS = {"Secret"}

# Options whose value the module refuses, and how it calls it.
TOLD = {
    "Outages": f"L2tpOutageErrorModel::Outages: '{NONSENSE}'",
    "Profile": f"no profile '{NONSENSE}'",
    "LacProfile": f"no profile '{NONSENSE}'",
    "LnsProfile": f"no profile '{NONSENSE}'",
}


def options(program: Path) -> list[str]:
    """Return the names of a scenario's own options."""
    done = subprocess.run([program, "--help"], capture_output=True, text=True, check=False)
    own = done.stdout.split("General Arguments:", maxsplit=1)[0]
    return re.findall(r"^ +--(\w+): ", own, re.MULTILINE)


class Options(unittest.TestCase):
    """All options of all scenarios."""

    def test_each_refuses_nonsense(self) -> None:
        for program in PROGRAMS:
            names = options(program)
            with self.subTest(program.name):
                self.assertIn("Out", names)
            for name in names:
                if name not in TEXTS:
                    with self.subTest(program.name):
                        told = TOLD.get(name, f"--{name}")
                        assert_refused(self, program, f"--{name}={NONSENSE}", told)


if __name__ == "__main__":
    unittest.main()

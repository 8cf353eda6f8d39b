#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only

"""The scenario `own-policy`: a policy in the scenario's own file, short, and at work."""

import re
import subprocess
import sys
import unittest
from pathlib import Path

PROGRAM = Path(sys.argv.pop(1)) if len(sys.argv) > 1 else Path("build/bin/l2tp-own-policy")
SOURCE = Path(__file__).resolve().parents[2] / "examples/l2tp-own-policy.cc"


def run(*options: str) -> str:
    """Run the scenario and return what it prints."""
    done = subprocess.run([PROGRAM, *options], capture_output=True, text=True, check=True)
    return done.stdout


class OwnPolicy(unittest.TestCase):
    """A policy of a scenario's own."""

    def test_it_takes_less_than_60_lines(self) -> None:
        self.assertLess(len(SOURCE.read_text(encoding="utf-8").splitlines()), 60)

    def test_its_intervals_are_the_numbers_of_fibonacci(self) -> None:
        times = re.findall(r"^ *([0-9.]+) .*SCCRQ", run(), re.MULTILINE)
        self.assertEqual([float(time) for time in times], [0, 1, 2, 4, 7, 12, 20])

    def test_a_network_that_works(self) -> None:
        told = run("--Loss=0", "--Duration=3s")
        self.assertEqual(told.count("SCCRQ"), 1)
        self.assertIn("ICCN", told)
        self.assertIn("StopCCN", told)


if __name__ == "__main__":
    unittest.main()

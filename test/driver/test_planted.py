#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The faults that the swarm has to find: each can be planted, and there are enough of them."""

import subprocess
import sys
import unittest
from collections import Counter
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

# pylint: disable=wrong-import-position
import mutations
import planted


class Planted(unittest.TestCase):
    """The list, and what is made of the swarm's words."""

    def setUp(self):
        self.faults = mutations.read_mutations(planted.LIST.read_text(encoding="utf-8"))

    def test_each_can_be_planted(self):
        for fault in self.faults:
            text = (ROOT / fault.file).read_text(encoding="utf-8")
            self.assertEqual(fault.problem(text), "", fault.requirement)

    def test_there_are_enough_in_each_part(self):
        self.assertGreaterEqual(len(self.faults), 20)
        parts = Counter(Path(fault.file).parent.name for fault in self.faults)
        for part in ("control", "session", "ppp", "access"):
            self.assertGreaterEqual(parts[part], 1, part)
        names = Counter(fault.requirement for fault in self.faults)
        self.assertEqual(max(names.values()), 1)

    def find(self, words):
        done = subprocess.CompletedProcess([], 1, words)
        laboratory = mock.Mock(build=Path("build"))
        with mock.patch.object(planted.subprocess, "run", return_value=done):
            return planted.find(laboratory, Path("library"), 5000)

    def test_tells_which_seed_found_it(self):
        words = "64 runs with seeds from 1 to 5000 in 2.0 s\nSeed 64 failed; to see it: ...\n"
        self.assertEqual(self.find(words), (64, "64"))

    def test_tells_that_none_did(self):
        words = "5000 runs with seeds from 1 to 5000 in 90.0 s, 55.6 a second: 0 failed\n"
        self.assertEqual(self.find(words), (5000, ""))


if __name__ == "__main__":
    unittest.main()

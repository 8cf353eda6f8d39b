#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Each test that a page of the manual names is there."""

import re
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class NamedTests(unittest.TestCase):
    """Pages that prove what they say by tests."""

    def test_each_is_there(self):
        there = set()
        for source in (ROOT / "test").rglob("*.cc"):
            text = source.read_text(encoding="utf-8")
            there |= {
                f"{suite}.{name}"
                for suite, name in re.findall(r"TEST(?:_[FP])?\(\s*(\w+),\s*(\w+)\)", text)
            }
        page = (ROOT / "doc/hostile-peers.rst").read_text(encoding="utf-8")
        named = set(re.findall(r"``(\w+\.\w+)``", page))
        self.assertGreater(len(named), 40)
        self.assertEqual(sorted(named - there), [])

    def test_all_cases_are_there(self):
        page = (ROOT / "doc/hostile-peers.rst").read_text(encoding="utf-8")
        numbers = re.findall(r"^   \* - (\d+)$", page, re.MULTILINE)
        self.assertEqual(numbers, [str(n) for n in range(1, 28)])


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""What doc/app-store.rst says of versions and packages is what the build says."""

import re
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

# pylint: disable=wrong-import-position
import packages


class AppStore(unittest.TestCase):
    """The fields of the page."""

    def setUp(self):
        page = (ROOT / "doc/app-store.rst").read_text(encoding="utf-8")
        self.fields = {
            name: " ".join(text.split())
            for name, text in re.findall(r"^:([^:]+): (.*(?:\n    .*)*)", page, re.MULTILINE)
        }

    def test_version(self):
        lists = (ROOT / "CMakeLists.txt").read_text(encoding="utf-8")
        version = re.search(r"project\(ns3-l2tp VERSION (\S+)", lists)
        self.assertEqual(self.fields["Version"], version[1])

    def test_versions_of_ns3(self):
        page = (ROOT / "doc/ns3-versions.rst").read_text(encoding="utf-8")
        tested = sorted(set(re.findall(r"^(3\.\d+) ", page, re.MULTILINE)))
        named = re.findall(r"3\.\d+", self.fields["ns-3 versions"])
        self.assertEqual(sorted(named), ["3.35", *tested])

    def test_packages(self):
        named = self.fields["Debian packages"].strip("`").split()
        self.assertEqual(sorted(set(named) - set(packages.BUILD)), [])
        readme = (ROOT / "README.md").read_text(encoding="utf-8")
        self.assertIn(" ".join(named[:2]), readme)

    def test_licence(self):
        self.assertIn(self.fields["Licence"], (ROOT / "README.md").read_text(encoding="utf-8"))


if __name__ == "__main__":
    unittest.main()

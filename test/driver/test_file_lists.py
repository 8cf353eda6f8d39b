#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The lists of files in CMakeLists.txt, as CMake and wscript read them, hold what is on disk."""

import unittest
from collections import Counter
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# ns-3 flattens the headers of all modules into one folder: these keep ours apart.
PREFIXES = ("l2tp-", "l2-", "ppp-", "pppoe-", "radius-", "esp-", "ike-")

# Sources of test/ that are not among the tests: the programs that run them, and those that write what
# tests in Python judge.
RUNNERS = {
    "test/fatal-error-log.cc",
    "test/main.cc",
    "test/l2tp-test-suite.cc",
    "test/access/pppoe-csma.cc",
    "test/faults/l2tp-endurance.cc",
    "test/faults/l2tp-swarm.cc",
    "test/flows/flow-path.cc",
    "test/policy/profile-schedule.cc",
    "test/wire/message-corpus.cc",
}


def load(path: Path):
    """Load a Python file that does not end in .py."""
    loader = SourceFileLoader(path.name, str(path))
    module = module_from_spec(spec_from_loader(path.name, loader))
    loader.exec_module(module)
    return module


def on_disk(*patterns: str) -> set:
    """Return the files that match, relative to the root."""
    return {str(path.relative_to(ROOT)) for pattern in patterns for path in ROOT.glob(pattern)}


class FileLists(unittest.TestCase):
    """What is listed against what is there."""

    @classmethod
    def setUpClass(cls):
        wscript = load(ROOT / "wscript")
        text = (ROOT / "CMakeLists.txt").read_text(encoding="utf-8")
        names = ("l2tp_sources", "l2tp_headers", "l2tp_test_sources")
        cls.sources, cls.headers, cls.tests = (wscript.cmake_list(text, name) for name in names)
        text = (ROOT / "examples/CMakeLists.txt").read_text(encoding="utf-8")
        cls.examples = [
            example
            for name in ("l2tp_examples", "l2tp_emulated_examples")
            for example in wscript.cmake_list(text, name)
        ]
        text = (ROOT / "utils/CMakeLists.txt").read_text(encoding="utf-8")
        cls.utils = wscript.cmake_list(text, "l2tp_dissect_sources")

    def test_sources(self):
        self.assertEqual(set(self.sources), on_disk("model/**/*.cc", "helper/**/*.cc"))

    def test_headers(self):
        self.assertEqual(set(self.headers), on_disk("model/**/*.h", "helper/**/*.h"))

    def test_tests(self):
        others = RUNNERS | on_disk("test/fuzz/*.cc")
        self.assertEqual(set(self.tests), on_disk("test/**/*.cc") - others)

    def test_fuzz_targets(self):
        text = (ROOT / "cmake/fuzz.cmake").read_text(encoding="utf-8")
        targets = load(ROOT / "wscript").cmake_list(text, "l2tp_fuzz_targets")
        programs = {f"test/fuzz/l2tp-fuzz-{target}.cc" for target in targets}
        self.assertLessEqual(programs, on_disk("test/fuzz/*.cc"))
        for source in on_disk("test/fuzz/*.cc") - programs:
            self.assertIn(source, text)

    def test_examples(self):
        listed = {f"examples/{name}.cc" for name in self.examples}
        self.assertEqual(listed, on_disk("examples/l2tp-*.cc"))

    def test_utils(self):
        self.assertEqual({f"utils/{name}" for name in self.utils}, on_disk("utils/*.cc"))

    def test_nothing_is_listed_twice(self):
        for files in (self.sources, self.headers, self.tests, self.examples, self.utils):
            self.assertEqual(len(files), len(set(files)))

    def test_header_names_are_unique_and_prefixed(self):
        names = Counter(Path(header).name for header in self.headers)
        self.assertEqual([name for name, count in names.items() if count > 1], [])
        self.assertEqual([name for name in names if not name.startswith(PREFIXES)], [])

    def test_wscript_reads_lists_as_cmake_does(self):
        read = load(ROOT / "wscript").cmake_list
        text = "set(a_list\n    x/one.cc # why\n    # x/two.cc\n    x/three.cc\n)\nset(a b)\nset(c)"
        self.assertEqual(read(text, "a_list"), ["x/one.cc", "x/three.cc"])
        self.assertEqual(read(text, "a"), ["b"])
        self.assertEqual(read(text, "c"), [])


if __name__ == "__main__":
    unittest.main()

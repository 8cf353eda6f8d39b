#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The list of mutations fits the source as it is, so that `./l2tp check mutations` can be run."""

import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

# pylint: disable=wrong-import-position
import conformance
import mutations
from mutations import Mutation, read_mutations


class List(unittest.TestCase):
    """The list as it is."""

    @classmethod
    def setUpClass(cls):
        cls.list = read_mutations(mutations.LIST.read_text(encoding="utf-8"))
        cls.filters = mutations.filters_of(conformance.gather()[1])

    def test_each_can_be_applied(self):
        problems = mutations.problems_of(self.list, self.filters)
        self.assertFalse(problems, "\n" + "\n".join(problems))

    def test_each_requirement_that_a_test_in_cpp_proves_is_broken(self):
        broken = {entry.requirement for entry in self.list}
        self.assertFalse(sorted(set(self.filters) - broken))

    def test_none_is_there_twice(self):
        # One change may break several rules, each with tests of its own.
        changes = [(entry.requirement, entry.file, entry.old, entry.new) for entry in self.list]
        self.assertEqual(len(changes), len(set(changes)))


class Reading(unittest.TestCase):
    """How the list is read, and what is wrong with entries."""

    def test_one_of_several_lines(self):
        text = "# why\n5.8-01 model/a.cc\n    - if (x)\n    -     return;\n    + if (y)\n"
        self.assertEqual(
            read_mutations(text), [Mutation("5.8-01", "model/a.cc", "if (x)\n    return;", "if (y)")]
        )

    def test_one_that_takes_away(self):
        self.assertEqual(
            read_mutations("5.8-01 model/a.cc\n    - f();\n    +\n")[0],
            Mutation("5.8-01", "model/a.cc", "f();", ""),
        )

    def test_what_cannot_be_read(self):
        for text in ("5.8-01\n", "5.8-01 a b\n", "    - x\n", "5.8-01 model/a.cc\n    x\n"):
            with self.subTest(text), self.assertRaises(ValueError):
                read_mutations(text)

    def test_texts_that_are_not_there_once(self):
        entry = Mutation("5.8-01", "model/a.cc", "one", "two")
        self.assertEqual(entry.problem("one"), "")
        self.assertIn("0 times", entry.problem("none of them".replace("one", "")))
        self.assertIn("2 times", entry.problem("one one"))
        self.assertIn("0 times", Mutation("5.8-01", "model/a.cc").problem("one"))
        self.assertIn("nothing", Mutation("5.8-01", "model/a.cc", "one", "one").problem("one"))

    def test_files_and_requirements(self):
        for entry in (
            Mutation("5.8-01", "model/none.cc", "a", "b"),
            Mutation("5.8-01", "model/control/l2tp-id-table.h", "a", "b"),
            Mutation("5.8-01", "test/main.cc", "a", "b"),
        ):
            problems = mutations.problems_of([entry], {"5.8-01": "Suite.A"})
            self.assertIn("not a source file", "".join(problems))
        entry = Mutation("5.8-99", "test/main.cc", "RUN_ALL_TESTS", "b")
        entry.file = "model/control/l2tp-call.cc"
        entry.old = 'NS_LOG_COMPONENT_DEFINE("L2tpCall");'
        problems = mutations.problems_of([entry], {})
        self.assertIn("no test in C++ proves this", "".join(problems))


if __name__ == "__main__":
    unittest.main()

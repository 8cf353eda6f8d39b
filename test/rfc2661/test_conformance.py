#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Each requirement of RFC 2661 has a test that proves it, or a reason; doc/ says which."""

import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

# pylint: disable=wrong-import-position
import conformance
from conformance import KEYWORD, Test, find_skipped, find_tags, judge, read_requirements

# How often each section of the RFC's text has one of RFC 2119's words in upper case, as
# `scripts/conformance.py compare` counts them; in all other sections but 1.1 there is none.
KEYWORDS = {
    "3.1": 8, "4.1": 5, "4.2": 1, "4.3": 3,
    "4.4.1": 8, "4.4.2": 6, "4.4.3": 29, "4.4.4": 29, "4.4.5": 14, "4.4.6": 4,
    "5.0": 2, "5.1.1": 3, "5.3": 4, "5.4": 3, "5.6": 1, "5.7": 1, "5.8": 11,
    "6.0": 1, "6.1": 2, "6.2": 2, "6.3": 2, "6.4": 1, "6.5": 5, "6.6": 2, "6.7": 1, "6.8": 2,
    "6.9": 3, "6.10": 2, "6.11": 2, "6.12": 3, "6.13": 1, "6.14": 2,
    "7.1": 1, "7.2.1": 3, "7.5": 1, "7.5.1": 2, "8.1": 7, "8.2": 2, "9.1": 2, "9.5": 2,
}  # fmt: skip


class Conformance(unittest.TestCase):
    """The requirements, the tests' comments and the page as they are."""

    @classmethod
    def setUpClass(cls):
        cls.sections, cls.proofs, cls.problems = conformance.gather()

    def test_each_requirement_has_a_test_or_a_reason(self):
        self.assertFalse(self.problems, "\n" + "\n".join(self.problems))

    def test_no_keyword_is_left_out(self):
        counts = {
            section.number: sum(len(KEYWORD.findall(e.text)) for e in section.requirements)
            for section in self.sections
        }
        self.assertEqual({number: n for number, n in counts.items() if n}, KEYWORDS)
        self.assertEqual(sum(KEYWORDS.values()), 183)

    def test_the_page_is_made_of_them(self):
        self.assertEqual(
            conformance.PAGE.read_text(encoding="utf-8"),
            conformance.render(self.sections, self.proofs),
            f"run {conformance.REGENERATE}",
        )


REQUIREMENTS = """
# A comment.
section 5.8 Reliable Delivery of Control Messages

5.8-01 (duplicates)
    receipt of duplicate messages MUST be acknowledged
    by the reliable transport.

5.8-02
    A peer MUST NOT withhold [...] control messages.
    Reason: There are no peers
    here.
"""

RFC = """
5.8 Reliable Delivery

   However, receipt of duplicate messages MUST be acknowledged by the

Townsley, et al.            Standards Track                    [Page 40]
\f
RFC 2661                          L2TP                       August 1999

   reliable transport. A peer MUST
   NOT withhold acknowledgment of messages as a technique for flow
   controlling control messages.

6.0 Another
"""

A = Test("Suite.A", "test/x-test.cc")


class Problems(unittest.TestCase):
    """What is wrong is found."""

    def setUp(self):
        self.sections = read_requirements(REQUIREMENTS)
        self.first, self.second = self.sections[0].requirements

    def tags(self, text, file="test/x-test.cc"):
        problems = []
        return find_tags(file, text, problems), problems

    def test_requirements_are_read(self):
        self.assertEqual(self.first.subject, "duplicates")
        self.assertTrue(self.first.text.endswith("acknowledged by the reliable transport."))
        self.assertEqual(self.first.reason, "")
        self.assertEqual(self.second.keywords(), ["MUST NOT"])
        self.assertEqual(self.second.reason, "There are no peers here.")
        self.assertEqual(judge(self.sections, {"5.8-01": [A]}), [])

    def test_words_in_lower_case_count_where_there_are_no_others(self):
        self.first.text = "it must wait, and should not"
        self.assertEqual(self.first.keywords(), ["must"])
        self.first.text = "it waits"
        self.assertIn("none of RFC 2119's words", judge(self.sections, {"5.8-01": [A]})[0])

    def test_neither_test_nor_reason(self):
        self.assertIn("5.8-01 has neither", judge(self.sections, {})[0])

    def test_a_reason_though_there_is_a_test(self):
        problems = judge(self.sections, {"5.8-01": [A], "5.8-02": [A]})
        self.assertEqual(problems, ["5.8-02 has a reason, though Suite.A"])

    def test_a_test_of_no_requirement(self):
        problems = judge(self.sections, {"5.8-01": [A], "5.8-03": [A]})
        self.assertEqual(problems, ["test/x-test.cc: Suite.A proves 5.8-03, which is no requirement"])

    def test_requirements_are_numbered(self):
        self.second.name = "5.8-03"
        self.assertIn("not numbered", judge(self.sections, {"5.8-01": [A]})[0])
        self.second.name = "5.8-01"
        self.assertIn("5.8-01 is there 2 times", judge(self.sections, {"5.8-01": [A]}))

    def test_lines_that_cannot_be_read(self):
        for text in ("5.8-01\n    words", "section 1 x\nfive\n", "section 1 x\n    words"):
            with self.assertRaises(ValueError):
                read_requirements(text)

    def test_tags_of_tests(self):
        text = (
            "// RFC 2661: 1-01,\n//   1-02\n// Why.\nTEST_F(Suite, A)\n"
            "// RFC 2661: 1-01\nTEST_P(Suite,\n       B)\n"
        )
        proofs, problems = self.tags(text)
        self.assertEqual(problems, [])
        self.assertEqual([test.name for test in proofs["1-01"]], ["Suite.A", "Suite.B"])
        self.assertEqual([test.gtest_filter() for test in proofs["1-01"]], ["Suite.A", "*/Suite.B/*"])
        self.assertEqual([test.name for test in proofs["1-02"]], ["Suite.A"])

    def test_tags_of_tests_in_python(self):
        text = "class X:\n    # RFC 2661: 1-01\n    def test_it(self) -> None:\n"
        proofs, problems = self.tags(text, "test/test_x.py")
        self.assertEqual(problems, [])
        self.assertEqual(proofs["1-01"][0].name, "test_x.test_it")
        self.assertEqual(proofs["1-01"][0].gtest_filter(), "")

    def test_tags_that_prove_nothing(self):
        for text, complaint in {
            "// RFC 2661: 1-01\nint x;\n": "sits on no test",
            "// RFC 2661: 1-01\n\nTEST(Suite, A)\n": "sits on no test",
            "// RFC 2661: 1-01": "sits on no test",
            "// RFC 2661: section 5\nTEST(Suite, A)\n": "no name of a requirement",
            "// Words. RFC 2661: 1-01\nTEST(Suite, A)\n": "does not begin its line",
            "// RFC\n// 2661: 1-01\nTEST(Suite, A)\n": "breaks within",
            "// RFC 2661: 1-01, 1-01\nTEST(Suite, A)\n": "named twice",
            "// RFC 2661: 1-01\nTEST(Suite, DISABLED_A)\n": "is disabled",
        }.items():
            with self.subTest(text):
                self.assertIn(complaint, "".join(self.tags(text)[1]))

    def test_tests_that_do_not_run(self):
        self.assertEqual(len(find_skipped("x", "@unittest.skip\n")), 1)
        self.assertEqual(len(find_skipped("x", "TEST(Suite, DISABLED_A)\n")), 1)
        self.assertEqual(len(find_skipped("x", "TEST_P(Suite, A)\n")), 1)
        self.assertEqual(
            find_skipped("x", "TEST_P(Suite, A)\nINSTANTIATE_TEST_SUITE_P(All, Suite, Values());"), []
        )
        self.assertEqual(find_skipped("x", "GTEST_SKIP();\n"), [])
        self.assertEqual(len(find_skipped("x", "// RFC 2661: 1-01\nGTEST_SKIP();\n")), 1)

    def test_the_rfcs_text(self):
        self.assertEqual(conformance.compare(self.sections, RFC), [])
        self.first.text = self.first.text.replace("duplicate", "late")
        problems = conformance.compare(self.sections, RFC)
        self.assertIn("5.8-01: section 5.8 does not say so", problems[0])
        self.assertIn("left out: ...However, receipt of duplicate messages MUST be", problems[1])
        self.assertEqual(len(problems), 2)

    def test_a_page_has_both(self):
        page = conformance.render(self.sections, {"5.8-01": [A]})
        self.assertIn("Of 2 requirements 1 are proven by 1 tests, and 1 have a reason.", page)
        self.assertIn("``Suite.A``", page)
        self.assertIn("*Reason:* There are no peers here.", page)
        self.assertIn("* ``test/x-test.cc``: ``Suite``", page)


if __name__ == "__main__":
    unittest.main()

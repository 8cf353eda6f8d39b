#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Each wrong configuration that stops the program is seen by a test, and told in the manual."""

import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

# pylint: disable=wrong-import-position
import configuration_errors as errors

PROGRAM = Path(sys.argv.pop(1)) if len(sys.argv) > 1 else errors.PROGRAM


class Messages(unittest.TestCase):
    """What is read in the sources."""

    def test_what_is_not_constant_is_left_open(self):
        self.assertEqual(errors.message_of('"Node " << node->GetId() << " has no IP"'),
                         "Node ... has no IP")
        self.assertEqual(errors.message_of('\n "ns3::A: one, "\n "two"'), "A: one, two")
        self.assertEqual(errors.message_of('"a \\"b\\"; " << f(", ", 1)'), 'a "b"; ...')

    def test_arguments_end_where_the_macro_does(self):
        found, end = errors.arguments('a(b, c), "x) " << d[1, 2]); rest', 0)
        self.assertEqual(found, ["a(b, c)", ' "x) " << d[1, 2]'])
        self.assertEqual(end, len('a(b, c), "x) " << d[1, 2])'))

    def test_each_exemption_is_needed(self):
        messages = [site.message for site in errors.sites()]
        for words in errors.OUT_OF_REACH:
            self.assertTrue(any(words in message for message in messages), words)

    def test_each_names_something_and_says_what_to_do(self):
        for site in errors.sites():
            with self.subTest(f"{site.file}:{site.first}"):
                self.assertRegex(site.message, r"[:;,.] \S|: \.\.\.$")


class Seen(unittest.TestCase):
    """What the tests reach."""

    def test_all_places_are_reached_and_told(self):
        seen, missed = errors.check(PROGRAM)
        self.assertEqual([f"{site.file}:{site.first}: {site.message}" for site in missed], [])
        self.assertEqual(
            errors.PAGE.read_text(encoding="utf-8"),
            errors.page(seen),
            "scripts/configuration_errors.py write makes it anew",
        )


if __name__ == "__main__":
    unittest.main()

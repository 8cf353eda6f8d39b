#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The study `marking`: what must hold of each policy, and a run of it with short flows."""

import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = Path(sys.argv.pop(1)) if len(sys.argv) > 1 else ROOT / "build/bin"
sys.path[:0] = [str(ROOT / "scripts/study"), str(ROOT / "studies/marking")]

# pylint: disable=wrong-import-position
import study
import study_program

PROGRAM = PROGRAMS / "l2tp-study-marking"


def replicate(policy: str, ecn: bool, *options: str) -> dict:
    """Run one replication under load; return what it prints."""
    words = [*study.Point(policy, ecn, 0.5).options, "--Duration=8s", *options]
    return study_program.replicate(PROGRAM, *words)


class Plan(unittest.TestCase):
    """The plan as data."""

    def test_each_batch_once(self) -> None:
        plan = study.batches(7)
        self.assertEqual(len({batch.options for batch in plan}), len(plan))
        self.assertEqual({batch.point for batch in plan}, {p.name for p in study.points()})


class Program(unittest.TestCase):
    """What must hold of each policy."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.runs = {policy: replicate(policy, True) for policy in study.PLAN["policies"]}

    def test_all_come_up(self) -> None:
        for run in self.runs.values():
            self.assertTrue(run["up"])
            self.assertGreater(run["tcp_goodput_bps"], 0)

    def test_ecn_reaches_the_queue_only_if_it_is_copied_out(self) -> None:
        # RFC 6040, section 4.1.
        for policy in ("none", "dscp"):
            self.assertEqual(self.runs[policy]["queue_marks"], 0)
            self.assertEqual(self.runs[policy]["lns_ce"], 0)
        for policy in ("untunnelled", "ecn", "both"):
            self.assertGreater(self.runs[policy]["queue_marks"], 0)

    def test_marks_are_put_back(self) -> None:
        # RFC 6040, section 4.2.
        for policy in ("ecn", "both"):
            run = self.runs[policy]
            # But for those that are on their way when the run ends.
            self.assertLessEqual(run["lns_ce"], run["queue_marks"])
            self.assertGreater(run["lns_ce"], 0.8 * run["queue_marks"])
            self.assertEqual(run["lns_ce_dropped"], 0)

    def test_voice_goes_first_only_if_its_dscp_is_copied_out(self) -> None:
        for policy in ("untunnelled", "dscp", "both"):
            run = self.runs[policy]
            self.assertEqual(run["voice_received"], run["voice_sent"])
            self.assertLess(2 * run["voice_jitter_s"], self.runs["none"]["voice_jitter_s"])
        for policy in ("none", "ecn"):
            run = self.runs[policy]
            self.assertLess(run["voice_received"], run["voice_sent"])

    def test_without_ecn_copying_it_changes_nothing(self) -> None:
        self.assertEqual(replicate("none", False), replicate("ecn", False))

    def test_bad_options_are_named(self) -> None:
        for option in ("--Load=2", "--Duration=0s", "--Rate=1bps"):
            done = subprocess.run([PROGRAM, option], capture_output=True, text=True, check=False)
            self.assertNotEqual(done.returncode, 0)
            self.assertRegex(done.stderr, "--(Load|Duration|Rate)=")


class Report(unittest.TestCase):
    """A run with few replications."""

    def test_files_and_page(self) -> None:
        study.PLAN["base"]["Duration"] = "1s"
        study.PLAN["loads"] = [0.0, 0.5]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder)
            page = study_program.report_of(study, PROGRAM, 2, path)
            names = {file.name for file in path.iterdir()}
            wanted = {"marking.csv", "marking.json", "marking-plain.svg", "marking-ecn.svg"}
            self.assertLessEqual(wanted, names)
            rows = json.loads((path / "marking.json").read_text())
            self.assertEqual(len(rows), len(study.points()))
            for label in study.LABELS.values():
                self.assertIn(label, page)


if __name__ == "__main__":
    unittest.main()

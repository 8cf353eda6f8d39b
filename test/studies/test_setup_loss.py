#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The study `setup-loss`: its plan, and a run of it with few replications."""

import csv
import sys
import tempfile
import unittest
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = Path(sys.argv.pop(1)) if len(sys.argv) > 1 else ROOT / "build/bin"
sys.path[:0] = [str(ROOT / "scripts/study"), str(ROOT / "studies/setup-loss")]

# pylint: disable=wrong-import-position
import study
import study_program
from chain import Chain, Policy

S = 10**9
PROGRAM = PROGRAMS / "l2tp-study-setup-loss"
replicate = partial(study_program.replicate, PROGRAM)


class Program(unittest.TestCase):
    """The simulation."""

    def test_without_loss(self):
        # Seven times the link in lock step, with the delayed acknowledgement of SCCCN; five times
        # and no ZLB else, since SCCCN and ICRQ fly together.
        out = replicate("--Delay=10ms", "--Runs=3", "--LockStep=true")
        self.assertEqual(out["times_ns"], [[120_000_000, 3]])
        self.assertEqual((out["lac_sent"], out["lns_sent"]), ([3, 3, 3, 3, 0], [3, 3, 0, 0, 3]))
        out = replicate("--Delay=10ms", "--Runs=3")
        self.assertEqual(out["times_ns"], [[50_000_000, 3]])
        self.assertEqual((out["lac_sent"], out["lns_sent"]), ([3, 3, 3, 3, 0], [3, 3, 0, 0, 0]))

    def test_tells_the_policy(self):
        out = replicate("--Runs=1")
        self.assertEqual(out["intervals_ns"], [S * n for n in (1, 2, 4, 8, 8, 8)])
        self.assertEqual(out["first_intervals_ns"], out["intervals_ns"])
        self.assertEqual(out["ack_delay_ns"], 50_000_000)
        # Cisco's documentation: 2 retries of the first SCCRQ, 15 of others.
        out = replicate("--Runs=1", "--Profile=cisco-ios")
        self.assertEqual((len(out["intervals_ns"]), len(out["first_intervals_ns"])), (16, 3))

    def test_all_times_are_the_chains(self):
        out = replicate("--Loss=0.3", "--Delay=15ms", "--Runs=3000", "--LockStep=true")
        policy = Policy(tuple(out["intervals_ns"]), out["ack_delay_ns"])
        result = Chain(policy, 15_000_000).solve(0.3)[0]
        self.assertLessEqual({time for time, _ in out["times_ns"]}, set(result.times))

    def test_same_run_same_outcomes(self):
        one, two, other = (
            replicate("--Loss=0.2", "--Runs=200", f"--RngRun={run}") for run in (1, 1, 2)
        )
        self.assertEqual(one, two)
        self.assertNotEqual(one, other)

    def test_bad_loss_is_named(self):
        with self.assertRaisesRegex(RuntimeError, "--Loss=1"):
            replicate("--Loss=1")


class Smoke(unittest.TestCase):
    """A small plan, with few replications."""

    def test_report(self):
        study.PLAN.update(profiles=["rfc2661", "go-l2tp"], losses=[0, 0.05, 0.1, 0.2, 0.4, 0.6])
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            plan = study.batches(400)
            self.assertEqual(len({batch.options[4] for batch in plan}), len(plan), "runs differ")
            page = study_program.report_of(study, PROGRAM, 400, folder)
            with (folder / "setup-loss.csv").open() as file:
                rows = list(csv.DictReader(file))
            self.assertEqual(len(rows), 24)
            for row in rows:
                self.assertEqual(row["runs"], "400")
            # Two profiles, four of the losses, two values each.
            self.assertRegex(page, r"in 1[3-6] of 16 cells")
            self.assertIn("go-l2tp", (folder / "validation.rst").read_text())
            for figure in ("setup-loss", "distribution"):
                self.assertIn("<svg", (folder / f"{figure}.svg").read_text())


if __name__ == "__main__":
    unittest.main()

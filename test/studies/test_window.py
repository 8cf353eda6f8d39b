#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The study `window`: what must hold without loss, and a run of it with few replications."""

import json
import subprocess
import sys
import tempfile
import unittest
from functools import partial
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = Path(sys.argv.pop(1)) if len(sys.argv) > 1 else ROOT / "build/bin"
sys.path[:0] = [str(ROOT / "scripts/study"), str(ROOT / "studies/window")]

# pylint: disable=wrong-import-position
import study
import study_program

PROGRAM = PROGRAMS / "l2tp-study-window"
replicate = partial(study_program.replicate, PROGRAM)


class Program(unittest.TestCase):
    """The simulation."""

    def test_a_window_of_one_is_lock_step(self) -> None:
        # Each of ICRQ and ICCN takes a round trip, and the ICCN's acknowledgement waits 50 ms; so do
        # SCCRQ and SCCCN. The last ICCN needs neither the way back nor the wait.
        for rtt in (20, 300):
            for sessions in (1, 100):
                out = replicate("--Window=1", f"--Rtt={rtt}ms", f"--Sessions={sessions}")
                exact = (sessions + 1) * (2 * rtt + 50) - rtt // 2 - 50
                self.assertEqual(out["times_ns"], [exact * 10**6])
                self.assertEqual(out["retransmissions"], 0)

    def test_windows_bound_the_time(self) -> None:
        for window in (1, 2, 7, 64, 256):
            for options in ((), ("--Congestion=none",), ("--Immediate=true",)):
                out = replicate(f"--Window={window}", "--Rtt=20ms", "--Sessions=300", *options)
                least = study.bound(300, window, 0.02)
                self.assertGreaterEqual(out["times_ns"][0] / study.S, least * (1 - 1e-9))
                self.assertEqual(out["retransmissions"], 0)

    def test_without_congestion_control_it_is_as_estimated(self) -> None:
        for window in (1, 4, 16):
            out = replicate(f"--Window={window}", "--Rtt=20ms", "--Sessions=400", "--Congestion=none")
            wanted = study.estimate(400, window, 0.02, 0.05)
            self.assertAlmostEqual(out["times_ns"][0] / study.S / wanted, 1, delta=0.03)

    def test_loss_costs_time(self) -> None:
        out = replicate("--Sessions=100", "--Loss=0.05", "--Window=16", "--Runs=3")
        self.assertGreater(out["retransmissions"], 10)
        self.assertEqual(len(out["times_ns"]) + out["failed"], 3)
        self.assertGreater(min(out["times_ns"]) / study.S, 2 * study.estimate(100, 16, 0.02, 0.05))

    def test_bad_options_are_named(self) -> None:
        for option in ("--Sessions=0", "--Window=0", "--Congestion=some", "--Loss=1"):
            done = subprocess.run([PROGRAM, option], capture_output=True, text=True, check=False)
            self.assertNotEqual(done.returncode, 0)
            self.assertIn(option.partition("=")[0] + "=", done.stderr)


class Report(unittest.TestCase):
    """A run with few calls and replications."""

    def test_files_and_page(self) -> None:
        with tempfile.TemporaryDirectory() as folder, mock.patch.dict(study.PLAN, {"sessions": 40}):
            path = Path(folder)
            batches = study.batches(2)
            self.assertEqual(len({batch.options for batch in batches}), len(batches))
            page = study_program.report_of(study, PROGRAM, 2, path)
            names = {file.name for file in path.iterdir()}
            self.assertLessEqual(
                {"window.csv", "window.json", "window.svg", "window-policies.svg"}, names
            )
            rows = json.loads((path / "window.json").read_text())
            self.assertEqual(len(rows), len(study.points()))
            self.assertIn("Without loss no point is faster than its windows allow (0 are).", page)


if __name__ == "__main__":
    unittest.main()

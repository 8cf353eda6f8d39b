#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The study `meltdown`: its plan, and a run of it with short flows."""

import csv
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = Path(sys.argv.pop(1)) if len(sys.argv) > 1 else ROOT / "build/bin"
sys.path[:0] = [str(ROOT / "scripts/study"), str(ROOT / "studies/meltdown")]

# pylint: disable=wrong-import-position
import estimates
import study
import study_program

PROGRAM = PROGRAMS / "l2tp-study-meltdown"


class Plan(unittest.TestCase):
    """The plan as data."""

    def test_each_batch_once(self):
        plan = study.batches(7)
        self.assertEqual(len({batch.key for batch in plan}), len(plan))
        runs = {}
        for batch in plan:
            options = dict(option.lstrip("-").split("=") for option in batch.options)
            first, count = int(options["RngRun"]), int(options["Runs"])
            runs.setdefault(batch.point, set()).update(range(first, first + count))
        self.assertEqual(set(map(frozenset, runs.values())), {frozenset(range(1, 8))})
        self.assertEqual(set(runs), {point.name for point in study.points()})

    def test_sweeps_vary_what_they_say(self):
        for point in study.points():
            sweep = study.PLAN["sweeps"][point.sweep]
            self.assertIn(f"--{sweep['option']}={point.value}", point.options)

    def test_verdicts(self):
        for ratio, word in (
            ((0.5, 0.4, 0.6), "collapses"),
            ((0.7, 0.6, 0.8), "loses"),
            ((0.95, 0.92, 0.98), "holds"),
            ((1.0, 0.8, 1.2), "-"),
            ((1.3, 1.1, 1.5), "gains"),
        ):
            self.assertEqual(study.verdict(estimates.Estimate(*ratio)), word)


class Smoke(unittest.TestCase):
    """All points, two short flows each."""

    def test_report(self):
        study.PLAN["base"]["Duration"] = "1s"
        study.PLAN["base"]["Rate"] = "1Mbps"
        study.PLAN["sweeps"] = {
            name: {**sweep, "values": sweep["values"][:2]}
            for name, sweep in study.PLAN["sweeps"].items()
            if name in ("loss", "tunnel-buffer-loss", "congestion-control")
        }
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            page = study_program.report_of(study, PROGRAM, 2, folder)
            with (folder / "meltdown.csv").open() as file:
                rows = list(csv.DictReader(file))
            self.assertEqual(len(rows), 6)
            for row in rows:
                self.assertEqual(row["runs"], "2")
                self.assertGreater(float(row["l2tp_goodput_mbps"]), 0)
                self.assertGreater(float(row["tcp_backlog_kib"]), 0)
            for sweep in study.PLAN["sweeps"]:
                self.assertIn(study.PLAN["sweeps"][sweep]["title"], page)
                self.assertIn("<svg", (folder / f"{sweep}.svg").read_text())

    def test_same_run_same_line(self):
        command = [PROGRAM, "--Duration=2s", "--Rate=1Mbps"]
        lines = [
            subprocess.run([*command, *options], capture_output=True, text=True, check=True).stdout
            for options in (("--RngRun=1", "--Runs=2"), ("--RngRun=2", "--Runs=1"))
        ]
        self.assertEqual(lines[0].splitlines()[1], lines[1].splitlines()[0])


if __name__ == "__main__":
    unittest.main()

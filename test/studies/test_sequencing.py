#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The study `sequencing`: what each way must do, and a run of it with few replications."""

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
sys.path[:0] = [str(ROOT / "scripts/study"), str(ROOT / "studies/sequencing")]

# pylint: disable=wrong-import-position
import study
import study_program

PROGRAM = PROGRAMS / "l2tp-study-sequencing"
replicate = partial(study_program.replicate, PROGRAM, "--Duration=10s")


class Program(unittest.TestCase):
    """The simulation."""

    def test_without_reordering_all_ways_are_alike(self) -> None:
        for options in ((), ("--Sequencing=true",), ("--Sequencing=true", "--ReorderTimeout=50ms")):
            out = replicate("--Share=0", *options)
            self.assertEqual((out["udp_disordered"], out["late_dropped"]), (0, 0))
            self.assertGreater(out["goodput_bps"], 4e6)

    def test_without_numbers_packets_are_out_of_order(self) -> None:
        out = replicate("--Share=0.05")
        self.assertGreater(out["udp_disordered"], 5)
        self.assertGreater(out["tcp_duplicates"], 0)
        self.assertEqual(out["late_dropped"], 0)

    # RFC 2661, section 5.4: a receiver may drop what is out of order, or reorder.
    def test_what_is_late_is_dropped(self) -> None:
        out = replicate("--Share=0.05", "--Sequencing=true")
        self.assertEqual(out["udp_disordered"], 0)
        self.assertGreater(out["late_dropped"], 10)

    def test_a_time_out_as_long_as_the_delay_repairs_all(self) -> None:
        for timeout, repaired in (("15ms", False), ("20ms", True), ("100ms", True)):
            out = replicate("--Share=0.05", "--Extra=20ms", "--Sequencing=true",
                            f"--ReorderTimeout={timeout}")  # fmt: skip
            self.assertEqual(out["udp_disordered"], 0)
            self.assertEqual(out["late_dropped"] == 0, repaired, timeout)
            self.assertEqual(out["goodput_bps"] > 4e6, repaired, timeout)

    def test_octets_that_wait_for_others_are_no_duplicates(self) -> None:
        # Behind a segment that was lost others wait. Nothing is there twice that was not sent again.
        for run in range(1, 9):
            out = replicate("--Share=0", "--Loss=0.02", f"--RngRun={run}", "--Duration=400ms")
            self.assertLessEqual(out["tcp_duplicates"], out["tcp_again"], run)

    def test_same_run_same_outcome(self) -> None:
        one, two, other = (replicate("--Loss=0.01", f"--RngRun={run}") for run in (1, 1, 2))
        self.assertEqual(one, two)
        self.assertNotEqual(one, other)

    def test_bad_options_are_named(self) -> None:
        for option in ("--Loss=1", "--Share=2", "--Queue=0", "--ReorderTimeout=1s", "--Extra=-1s"):
            done = subprocess.run([PROGRAM, option], capture_output=True, text=True, check=False)
            self.assertNotEqual(done.returncode, 0)
            self.assertIn(option.partition("=")[0], done.stderr)


class Report(unittest.TestCase):
    """A run with few and short replications."""

    def test_files_and_page(self) -> None:
        base = {**study.PLAN["base"], "Duration": "1s"}
        with tempfile.TemporaryDirectory() as folder, mock.patch.dict(study.PLAN, {"base": base}):
            path = Path(folder)
            batches = study.batches(2)
            self.assertEqual(len({batch.key for batch in batches}), len(batches))
            page = study_program.report_of(study, PROGRAM, 2, path)
            names = {file.name for file in path.iterdir()}
            figures = {f"{sweep}.svg" for sweep in study.PLAN["sweeps"]}
            self.assertLessEqual({"sequencing.csv", "sequencing.json", *figures}, names)
            rows = json.loads((path / "sequencing.json").read_text())
            self.assertEqual(len(rows), len(study.points()))
            self.assertIn("0 of 52 points let packets of the stream through out of order.", page)


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The study `outage`: each replication ends as its timers say, and a run of it with few of them."""

import json
import subprocess
import sys
import tempfile
import unittest
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = Path(sys.argv.pop(1)) if len(sys.argv) > 1 else ROOT / "build/bin"
sys.path[:0] = [str(ROOT / "scripts/study"), str(ROOT / "studies/outage")]

# pylint: disable=wrong-import-position
import study
import study_program

PROGRAM = PROGRAMS / "l2tp-study-outage"
S = 10**9
replicate = partial(study_program.replicate, PROGRAM)


class Program(unittest.TestCase):
    """The simulation."""

    def test_the_plan_has_all_profiles(self) -> None:
        done = subprocess.run([PROGRAM, "--ListProfiles"], capture_output=True, text=True, check=True)
        self.assertEqual(set(done.stdout.split()), set(study.PLAN["profiles"]))

    # RFC 2661, section 6.5: HELLO after 60 s; section 5.8: 31 s of retransmissions.
    def test_the_rfcs_values(self) -> None:
        for load, least, most in (("idle", 30.9, 91), ("data", 90, 91), ("calls", 30.9, 91)):
            out = replicate(f"--Load={load}", "--Runs=100")
            self.assertEqual((out["lived"], out["as_predicted"], len(out["times_ns"])), (0, 100, 100))
            self.assertTrue(least * S <= min(out["times_ns"]) <= max(out["times_ns"]) <= most * S, load)

    def test_a_crash_is_noticed_like_a_cut(self) -> None:
        out = replicate("--Fault=crash", "--Runs=50")
        self.assertEqual((out["lived"], out["as_predicted"]), (0, 50))

    def test_no_hello_no_notice(self) -> None:
        out = replicate("--Profile=go-l2tp", "--Runs=20")
        self.assertEqual((out["lived"], out["as_predicted"], out["messages"]), (20, 20, 0))

    def test_short_outages_are_outlived_and_long_ones_are_not(self) -> None:
        for outage, lived in ((20, 100), (95, 0)):
            out = replicate(f"--Outage={outage}s", "--Runs=100")
            self.assertEqual((out["lived"], out["as_predicted"]), (lived, 100))

    def test_between_each_ends_as_its_timers_say(self) -> None:
        for profile in ("rfc2661", "xl2tpd", "cisco-ios"):
            out = replicate(f"--Profile={profile}", "--Outage=60s", "--Runs=200")
            self.assertEqual((out["runs"], out["as_predicted"]), (200, 200))

    def test_bad_options_are_named(self) -> None:
        for option in ("--Load=some", "--Fault=some", "--FrameInterval=0s", "--Outage=-1s"):
            done = subprocess.run([PROGRAM, option], capture_output=True, text=True, check=False)
            self.assertNotEqual(done.returncode, 0)
            self.assertIn(option.partition("=")[0] + "=", done.stderr)


class Report(unittest.TestCase):
    """A run with few replications."""

    def test_files_and_page(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder)
            batches = study.batches(4)
            self.assertEqual(len({batch.options for batch in batches}), len(batches))
            page = study_program.report_of(study, PROGRAM, 4, path)
            names = {file.name for file in path.iterdir()}
            self.assertLessEqual({"outage.csv", "outage.json", "outage.svg"}, names)
            rows = json.loads((path / "outage.json").read_text())
            self.assertEqual(len(rows), len(study.points()))
            runs = sum(row["runs"] for row in rows)
            self.assertIn(f"{runs} of {runs} replications ended when and as the timers say.", page)


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The study `keepalive`: its closed forms, and a run of it with few replications."""

import json
import subprocess
import sys
import tempfile
import unittest
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = Path(sys.argv.pop(1)) if len(sys.argv) > 1 else ROOT / "build/bin"
sys.path[:0] = [str(ROOT / "scripts/study"), str(ROOT / "studies/keepalive")]

# pylint: disable=wrong-import-position
import estimates
import study
import study_program

PROGRAM = PROGRAMS / "l2tp-study-keepalive"
replicate = partial(study_program.replicate, PROGRAM)


class ClosedForm(unittest.TestCase):
    """What can be said without simulating."""

    RFC = study.Policy((1, 2, 4, 8, 8, 8), 0.05, 0.015)

    def test_detection(self) -> None:
        # RFC 2661, section 5.8: the cycle is 31 s; section 6.5: HELLO after 60 s.
        for found, wanted in zip(self.RFC.detection(60), (30.92, 60.96, 91)):
            self.assertAlmostEqual(found, wanted)

    def test_cost(self) -> None:
        # Of an hour's HELLOs at 60, 120.08, 180.16 s ... the 59th is acknowledged in time.
        self.assertEqual(self.RFC.octets(60), 59 * (48 + 40))
        self.assertEqual(self.RFC.octets(3599.99), 48)
        self.assertEqual(self.RFC.octets(4000), 0)

    def test_alarm(self) -> None:
        # Of one try, by hand: it fails with 1 - 0.8 * 0.8.
        one = study.Policy((1,), 0.0, 0.0)
        failed, mean = one.alarm(9, 0.2)
        self.assertAlmostEqual(failed, 0.36)
        self.assertAlmostEqual(mean, 0.64 / 0.36 * 9 + 10)
        self.assertAlmostEqual(self.RFC.alarm(60, 0.2)[0], 0.36**6)


class Program(unittest.TestCase):
    """The simulation, against the closed forms."""

    def test_deaths_are_noticed_when_they_must_be(self) -> None:
        for profile in ("rfc2661", "cisco-ios"):
            out = replicate("--Profile=" + profile, "--Hello=20s", "--Delay=15ms", "--Runs=300")
            least, mean, most = study.Policy.of(out).detection(20)
            times = [time / study.S for time in out["times_ns"]]
            self.assertEqual(len(times), 300)
            self.assertTrue(least <= min(times) and max(times) <= most)
            self.assertTrue(estimates.mean(times, 0.9999).holds(mean))

    def test_an_hour_costs_what_it_must(self) -> None:
        for hello in (5, 61, 300):
            out = replicate("--Question=cost", f"--Hello={hello}s", "--Delay=15ms", "--Runs=2")
            self.assertEqual(out["octets"], 2 * study.Policy.of(out).octets(hello))

    def test_false_alarms_come_when_they_must(self) -> None:
        out = replicate("--Question=alarm", "--Hello=60s", "--Loss=0.5", "--Delay=15ms", "--Runs=1000")
        exact = study.Policy.of(out).alarm(60, 0.5)[1]
        times = [time / study.S for time in out["times_ns"]]
        self.assertTrue(estimates.mean(times, 0.9999).holds(exact))

    def test_bad_options_are_named(self) -> None:
        for option in ("--Question=why", "--Hello=0s", "--Question=alarm"):
            done = subprocess.run([PROGRAM, option], capture_output=True, text=True, check=False)
            self.assertNotEqual(done.returncode, 0)
            self.assertRegex(done.stderr, "--(Question|Hello|Loss)=")


class Report(unittest.TestCase):
    """A run with few replications."""

    def test_files_and_page(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder)
            batches = study.batches(3)
            self.assertEqual(len({batch.options for batch in batches}), len(batches))
            page = study_program.report_of(study, PROGRAM, 3, path)
            names = {file.name for file in path.iterdir()}
            self.assertLessEqual({"keepalive.csv", "keepalive.json", "keepalive.svg"}, names)
            rows = json.loads((path / "keepalive.json").read_text())
            self.assertEqual(len(rows), len(study.points()))
            self.assertTrue(all(row["within"] for row in rows if row["question"] == "cost"))
            self.assertIn("At 0 points a death was noticed earlier or later than can be.", page)


if __name__ == "__main__":
    unittest.main()

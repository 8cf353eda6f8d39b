#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""What all studies share: batches, their results, estimates and tables."""

import csv
import io
import json
import math
import os
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts/study"))

# pylint: disable=wrong-import-position
import estimates
import outputs
import runner

# Prints what it is given; notes that it ran; and fails if a file says so.
PROGRAM = """
import json, os, sys
name = sys.argv[1]
open(os.environ["RAN"], "a").write(name + "\\n")
if os.path.exists(os.environ["RAN"] + "." + name):
    sys.exit(f"{name} is no good")
for number in range(2):
    print(json.dumps([name, number]))
"""


class Terminal(io.StringIO):
    """A stream that takes itself for a terminal."""

    def isatty(self):
        return True


class Plan(unittest.TestCase):
    """Which run of the random streams a replication has."""

    class Point:
        """A point of a plan."""

        options = ()

        def __init__(self, name: str):
            self.name = name

    def runs_of(self, batches) -> list:
        """Return the runs of all replications, if each takes the next one."""
        taken = []
        for batch in batches:
            said = dict(option.removeprefix("--").split("=") for option in batch.options)
            first = int(said["RngRun"])
            taken += range(first, first + int(said["Runs"]))
        return taken

    def test_no_run_is_used_twice(self):
        points = [self.Point(name) for name in "abc"]
        plan = runner.independent(points, 5, lambda _: 13, each=True)
        runs = self.runs_of(plan)
        self.assertEqual(len(runs), 39)
        self.assertEqual(len(set(runs)), 39)
        # A run for each batch, and not for each replication.
        plan = runner.independent(points, 5, lambda _: 13)
        firsts = [option for batch in plan for option in batch.options if "RngRun" in option]
        self.assertEqual(len(set(firsts)), 9)

    def test_pairs_have_the_same_runs(self):
        plan = runner.paired([self.Point("a"), self.Point("b")], 5, 13)
        for name in "ab":
            self.assertEqual(self.runs_of(b for b in plan if b.point == name), list(range(1, 14)))


class Runner(unittest.TestCase):
    """Batches in processes, and what is left of them when one is interrupted."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.ran = self.folder / "ran"
        os.environ["RAN"] = str(self.ran)
        self.batches = [runner.Batch(f"p{n // 2}", (f"b{n}",)) for n in range(4)]

    def run_all(self, made_by="x", stream=None, jobs=2):
        results = runner.Results(self.folder / "results.jsonl", made_by)
        self.ran.write_text("")
        program = [sys.executable, "-c", PROGRAM]
        return runner.run(program, self.batches, results, jobs, stream or io.StringIO())

    def which_ran(self):
        return sorted(self.ran.read_text().split())

    def test_lines_of_a_point_come_in_the_order_of_the_plan(self):
        self.assertEqual(
            self.run_all(),
            {
                "p0": [["b0", 0], ["b0", 1], ["b1", 0], ["b1", 1]],
                "p1": [["b2", 0], ["b2", 1], ["b3", 0], ["b3", 1]],
            },
        )
        self.assertEqual(self.which_ran(), ["b0", "b1", "b2", "b3"])

    def test_nothing_is_run_twice(self):
        first = self.run_all()
        self.assertEqual(self.run_all(), first)
        self.assertEqual(self.which_ran(), [])

    def test_goes_on_where_it_failed(self):
        bad = Path(f"{self.ran}.b2")
        bad.touch()
        with self.assertRaisesRegex(runner.BatchFailed, "(?s)b2.*status 1.*b2 is no good"):
            self.run_all(jobs=1)
        bad.unlink()
        self.run_all()
        self.assertNotIn("b0", self.which_ran())
        self.assertIn("b2", self.which_ran())

    def test_half_a_line_is_not_believed(self):
        self.run_all()
        path = self.folder / "results.jsonl"
        path.write_text(path.read_text()[:-5])
        results = self.run_all()
        self.assertEqual(len(self.which_ran()), 1)
        self.assertEqual([len(lines) for lines in results.values()], [4, 4])

    def test_results_of_another_program_are_forgotten(self):
        self.run_all("x")
        self.run_all("y")
        self.assertEqual(len(self.which_ran()), 4)

    def test_other_options_are_another_batch(self):
        self.run_all()
        self.batches.append(runner.Batch("p1", ("b4",)))
        self.assertEqual(len(self.run_all()["p1"]), 6)
        self.assertEqual(self.which_ran(), ["b4"])

    def test_bar_on_a_terminal(self):
        stream = Terminal()
        self.run_all(stream=stream)
        self.assertIn(f"[{'.' * 30}] 0 of 4 batches", stream.getvalue())
        self.assertIn(f"[{'#' * 15}{'.' * 15}] 2 of 4 batches", stream.getvalue())
        self.assertIn(f"[{'#' * 30}] 4 of 4 batches", stream.getvalue())
        stream = Terminal()
        self.run_all(stream=stream)
        self.assertTrue(stream.getvalue().startswith("4 of 4 batches are there from before\n"))

    def test_few_lines_elsewhere(self):
        stream = io.StringIO()
        progress = runner.Progress(1000, 0, stream)
        for _ in range(1000):
            progress.step()
        self.assertEqual(len(stream.getvalue().splitlines()), 10)

    def test_digest_tells_programs_apart(self):
        one, two = self.folder / "one", self.folder / "two"
        one.write_bytes(b"1")
        two.write_bytes(b"2")
        self.assertEqual(runner.digest_of([one]), runner.digest_of([one]))
        self.assertNotEqual(runner.digest_of([one]), runner.digest_of([two]))


class Interruption(unittest.TestCase):
    """A signal in the middle of a run, as by Ctrl-C."""

    def test_what_is_done_is_kept(self):
        with tempfile.TemporaryDirectory() as name:
            path = Path(name) / "results.jsonl"
            program = "import sys, time; time.sleep(float(sys.argv[1])); print(1)"
            script = (
                f"import sys; sys.path.insert(0, {str(ROOT / 'scripts/study')!r})\n"
                "import runner, io\n"
                f"results = runner.Results(__import__('pathlib').Path({str(path)!r}), 'x')\n"
                "batches = [runner.Batch('p', (s,)) for s in ('0', '1000')]\n"
                f"runner.run([sys.executable, '-c', {program!r}], batches, results, 2, io.StringIO())"
            )
            process = subprocess.Popen(
                [sys.executable, "-c", script],
                start_new_session=True,
                stderr=subprocess.DEVNULL,
            )
            while not path.exists() or len(path.read_text().splitlines()) < 2:
                self.assertIsNone(process.poll())
                time.sleep(0.01)
            # A terminal sends it to all processes.
            os.killpg(process.pid, signal.SIGINT)
            self.assertNotEqual(process.wait(), 0)
            self.assertEqual(runner.Results(path, "x").by_key, {"p 0": [1]})


class Estimates(unittest.TestCase):
    """Values and intervals, against tables and closed forms."""

    def test_mean_by_students_t(self):
        # Mean 3, standard error sqrt(2.5 / 5); t(0.975, 4) is 2.776445.
        estimate = estimates.mean([1, 2, 3, 4, 5])
        reach = 2.776445 * math.sqrt(0.5)
        self.assertAlmostEqual(estimate.value, 3)
        self.assertAlmostEqual(estimate.low, 3 - reach, 5)
        self.assertAlmostEqual(estimate.high, 3 + reach, 5)
        self.assertEqual(estimates.mean_of_counts({1: 1, 2: 1, 3: 1, 4: 1, 5: 1}), estimate)

    def test_mean_of_one_and_of_none(self):
        self.assertEqual(estimates.mean([7]), (7, -math.inf, math.inf))
        self.assertTrue(math.isnan(estimates.mean([]).value))

    def test_counts_are_values_so_many_times(self):
        one = estimates.mean_of_counts({0.5: 3, 2.0: 2}, 0.99)
        two = estimates.mean([0.5, 2.0, 0.5, 0.5, 2.0], 0.99)
        for a, b in zip(one, two):
            self.assertAlmostEqual(a, b, 12)

    def test_clopper_pearson(self):
        # The interval for none of n ends at 1 - (alpha / 2)^(1 / n), and begins at 0.
        estimate = estimates.proportion(0, 20, 0.95)
        self.assertEqual((estimate.value, estimate.low), (0, 0))
        self.assertAlmostEqual(estimate.high, 1 - 0.025 ** (1 / 20), 9)
        estimate = estimates.proportion(20, 20, 0.99)
        self.assertEqual((estimate.value, estimate.high), (1, 1))
        self.assertAlmostEqual(estimate.low, 0.005 ** (1 / 20), 9)

    def test_geometric_mean(self):
        estimate = estimates.geometric_mean([0.5, 2.0])
        self.assertAlmostEqual(estimate.value, 1)
        self.assertAlmostEqual(estimate.low * estimate.high, 1)

    def test_quantile(self):
        counts = {1: 50, 2: 45, 9: 5}
        shares = {0.5: 1, 0.51: 2, 0.95: 2, 0.96: 9, 1.0: 9}
        for share, value in shares.items():
            self.assertEqual(estimates.quantile_of_counts(counts, share), value)


class Outputs(unittest.TestCase):
    """Tables and figures."""

    def test_tables(self):
        rows = [{"a": 1, "b": "x"}, {"a": 2, "c": 0.5}]
        with tempfile.TemporaryDirectory() as name:
            outputs.write_tables(Path(name), "t", rows)
            with (Path(name) / "t.csv").open() as file:
                self.assertEqual(
                    list(csv.DictReader(file)),
                    [{"a": "1", "b": "x", "c": ""}, {"a": "2", "b": "", "c": "0.5"}],
                )
            self.assertEqual(json.loads((Path(name) / "t.json").read_text()), rows)

    def test_text_table(self):
        self.assertEqual(
            outputs.text_table(("name", "n"), [("a", "10"), ("long one", "9")]),
            "name       n\n--------  --\na         10\nlong one   9",
        )

    def test_grid_table(self):
        self.assertEqual(
            outputs.grid_table(("name", "n"), [("a", "10")]),
            "==== ==\nname n\n==== ==\na    10\n==== ==",
        )

    def test_same_figure_same_bytes(self):
        with tempfile.TemporaryDirectory() as name:
            paths = [Path(name) / f"{n}.svg" for n in (1, 2)]
            for path in paths:
                figure, axes = outputs.figure()
                axes.plot([1, 2], [3, 4], label="a")
                axes.legend()
                outputs.save(figure, path)
            self.assertEqual(paths[0].read_bytes(), paths[1].read_bytes())
            self.assertIn(b"<svg", paths[0].read_bytes())


if __name__ == "__main__":
    unittest.main()

# SPDX-License-Identifier: GPL-2.0-only

"""Runs a study's program, and a study as a whole with few replications."""

import io
import json
import subprocess
from pathlib import Path
from types import ModuleType

import runner  # of scripts/study, which the test has put on the path


def replicate(program: Path, *options: str) -> dict:
    """Run a program that prints one object; return it. What it says of bad options is raised."""
    done = subprocess.run([program, *options], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout)


def report_of(study: ModuleType, program: Path, runs: int, folder: Path) -> str:
    """Run all of a study's plan; return its page, and leave its files in a folder."""
    results = runner.Results(folder / "results.jsonl", "this test")
    by_point = runner.run([program], study.batches(runs), results, 2, stream=io.StringIO())
    return study.report(by_point, folder, runs)

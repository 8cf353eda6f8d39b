# SPDX-License-Identifier: GPL-2.0-only

"""A run of a scenario, with the files that it writes."""

import json
import subprocess
import tempfile
import unittest
from pathlib import Path


# The scenarios that write a page about each run, which has tests of its own (test/report).
WITH_REPORT = ("voluntary", "compulsory", "multihop", "remote-dial", "wholesale")


class ScenarioRun:
    """One run of a scenario, in a folder of its own."""

    PROGRAM: Path  # set by the test of each scenario

    def __init__(self, *options: str) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self.path = Path(self._folder.name)
        if Path(self.PROGRAM).name.removeprefix("l2tp-") in WITH_REPORT:
            options = ("--Report=false", *options)
        self.done = subprocess.run(
            [self.PROGRAM, f"--Out={self.path}", *options],
            capture_output=True, text=True, check=False,
        )
        summary = self.path / "summary.json"
        self.summary = json.loads(summary.read_text()) if summary.exists() else {}

    @classmethod
    def of_class(cls, case: "type[unittest.TestCase]", *options: str):
        """Run the scenario for all tests of a class; the files go when they are done."""
        run = cls(*options)
        case.addClassCleanup(run.close)
        return run

    @classmethod
    def of_test(cls, case: unittest.TestCase, *options: str):
        """Run the scenario for one test; the files go when it is done."""
        run = cls(*options)
        case.addCleanup(run.close)
        return run

    def endpoint(self, name: str) -> dict:
        """Return an endpoint's part of the summary."""
        return next(e for e in self.summary["endpoints"] if e["name"] == name)

    def close(self) -> None:
        """Remove the files."""
        self._folder.cleanup()

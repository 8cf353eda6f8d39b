# SPDX-License-Identifier: GPL-2.0-only
"""Run a study: its plan's batches, then its report. `./l2tp study NAME` calls this.

A study is a folder studies/NAME with a module study.py, which has

- RUNS, how many replications a point has by default;
- batches(runs), the plan as a list of batches of the program l2tp-study-NAME;
- report(results, folder, runs), which writes tables and figures and returns a page of text.
"""

from __future__ import annotations

import argparse
import os
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import runner

ROOT = Path(__file__).resolve().parents[2]


def load(name: str):
    """Load the module of a study."""
    folder = ROOT / "studies" / name
    sys.path.insert(0, str(folder))
    spec = spec_from_file_location(f"study_{name.replace('-', '_')}", folder / "study.py")
    assert spec and spec.loader
    module = module_from_spec(spec)
    # So that processes find what a study gives them to do.
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def at_least_one(text: str) -> int:
    """Parse a number of runs or jobs."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("give 1 or more")
    return number


def main(words: list[str]) -> int:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(prog="l2tp study", description="Run a study.")
    parser.add_argument("name")
    parser.add_argument("--bin", type=Path, required=True, help="folder of the programs")
    parser.add_argument("--runs", type=at_least_one, help="replications of each point")
    parser.add_argument("--jobs", type=at_least_one, default=os.cpu_count(), help="processes")
    parser.add_argument("--out", type=Path, required=True, help="folder for results")
    arguments = parser.parse_args(words)
    try:
        arguments.out.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        parser.error(f"--out {arguments.out}: {problem.strerror}")
    study = load(arguments.name)
    runs = arguments.runs or study.RUNS
    program = arguments.bin / f"l2tp-study-{arguments.name}"
    libraries = sorted(arguments.bin.parent.glob("libns3-l2tp.so"))
    results = runner.Results(
        arguments.out / "results.jsonl", runner.digest_of([program, *libraries])
    )
    try:
        by_point = runner.run([program], study.batches(runs), results, arguments.jobs)
    except KeyboardInterrupt:
        print("\nInterrupted. The same command goes on from here.", file=sys.stderr)
        return 130
    except runner.BatchFailed as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    page = study.report(by_point, arguments.out, runs)
    (arguments.out / "report.txt").write_text(page, encoding="utf-8")
    print(page)
    print(f"Files: {arguments.out}/", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

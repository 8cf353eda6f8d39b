# SPDX-License-Identifier: GPL-2.0-only
"""Fuzzing: `./l2tp fuzz TARGET`. doc/fuzzing.rst tells of it.

What is kept of a target is test/fuzz/corpus/TARGET.hex: an input in each line, in hexadecimal
digits. Behind a # is what an input once showed: such inputs stay, whatever else covers the same.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import re
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Iterable, NamedTuple

import packages
from builds import ROOT, Build, call, say

FLAGS = (
    "-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer"
)
OPTIONS = (
    "-DCMAKE_CXX_COMPILER=clang++",
    "-DL2TP_LIBFUZZER=ON",
    f"-DCMAKE_CXX_FLAGS={FLAGS}",
)
LONGEST_INPUT = 1024  # octets
LONGEST_RUN = 25  # seconds for one input, after which it hangs
ENVIRONMENT = {"UBSAN_OPTIONS": "print_stacktrace=1", "ASAN_OPTIONS": "detect_leaks=1"}


def targets() -> dict[str, str]:
    """Return the targets that CMake knows, each with one line of what it covers."""
    listed = re.search(
        r"set\(l2tp_fuzz_targets\s([^)]*)\)", (ROOT / "cmake/fuzz.cmake").read_text("utf-8")
    )
    found = {}
    for name in listed[1].split() if listed else ():
        source = (ROOT / f"test/fuzz/l2tp-fuzz-{name}.cc").read_text("utf-8")
        brief = re.search(r"@brief\s+(.*)", source)
        found[name] = brief[1].strip() if brief else ""
    return found


class Kept(NamedTuple):
    """An input that is kept, and what it once showed, if anything."""

    octets: bytes
    about: str = ""


def read_corpus(path: Path) -> list[Kept]:
    """Read the inputs that are kept of a target; none if there is no file."""
    kept = []
    for line in path.read_text("utf-8").splitlines() if path.exists() else ():
        digits, _, about = line.partition("#")
        if digits.strip():
            kept.append(Kept(bytes.fromhex(digits.strip()), about.strip()))
    return kept


def write_corpus(path: Path, kept: Iterable[Kept]) -> None:
    """Write inputs, each once: those that once showed something first, then short ones."""
    unique: dict[bytes, str] = {}
    for one in kept:
        unique[one.octets] = unique.get(one.octets) or one.about
    unique.pop(b"", None)  # can't be written, and each target is given it by libFuzzer anyway
    ordered = sorted(unique.items(), key=lambda one: (not one[1], len(one[0]), one[0]))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        "".join(f"{octets.hex()}{f' # {about}' if about else ''}\n" for octets, about in ordered),
        encoding="utf-8",
    )


class Report(NamedTuple):
    """What libFuzzer says of a run."""

    executions: int = 0
    edges: int = 0
    features: int = 0
    inputs: int = 0
    added: int = 0


def read_report(log: str) -> Report:
    """Read libFuzzer's log, of which the end may be missing after a finding."""
    last = re.findall(r"^#(\d+)\s.*?cov: (\d+) ft: (\d+) corp: (\d+)/", log, re.MULTILINE)
    done, edges, features, inputs = (int(number) for number in last[-1]) if last else (0, 0, 0, 0)
    counted = re.search(r"stat::number_of_executed_units:\s+(\d+)", log)
    added = re.search(r"stat::new_units_added:\s+(\d+)", log)
    return Report(
        int(counted[1]) if counted else done,
        edges,
        features,
        inputs,
        int(added[1]) if added else 0,
    )


class Took(NamedTuple):
    """How long a run took. Of processor time it has less if others use the machine, too."""

    seconds: float
    processor: float


def summary(target: str, reports: list[Report], took: Took, findings: list[Path]) -> str:
    """Return the line that closes a run. Jobs share their inputs, so that the best one counts."""
    executions = sum(report.executions for report in reports)
    best = max(reports, key=lambda report: report.features)
    found = f"{len(findings)} findings" if findings else "no finding"
    return (
        f"{target}: {executions:,} executions in {took.seconds:.0f} s, "
        f"{executions / max(took.seconds, 0.001):,.0f} a second, "
        f"{executions / max(took.processor, 0.001):,.0f} a second of processor time; "
        f"covers {best.edges:,} edges, {best.features:,} features by {best.inputs:,} inputs, "
        f"{sum(report.added for report in reports):,} of them new; {found}"
    )


def processor_time() -> float:
    """Return how many seconds the commands that have ended took of processors."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Fuzzer:
    """A target, built with libFuzzer, and its folders."""

    def __init__(self, target: str):
        self.target = target
        self.build = Build("build-fuzz", *OPTIONS)
        self.program = self.build.folder / f"bin/l2tp-fuzz-{target}"
        self.kept = ROOT / f"test/fuzz/corpus/{target}.hex"
        # libFuzzer adds to the first of these; the others are made anew each time.
        self.scratch = self.build.folder / "fuzz/scratch" / target
        self.known = self.build.folder / "fuzz/known" / target
        self.seeds = self.build.folder / "fuzz/seeds"
        self.findings = self.build.folder / "fuzz/findings" / target

    def make(self) -> None:
        """Build, and lay the inputs out that there are."""
        self.build.make(self.program.name, "l2tp-fuzz-seeds")
        shutil.rmtree(self.known, ignore_errors=True)
        for folder in (self.scratch, self.known, self.seeds, self.findings):
            folder.mkdir(parents=True, exist_ok=True)
        for kept in read_corpus(self.kept):
            name = hashlib.sha1(kept.octets).hexdigest()
            (self.known / name).write_bytes(kept.octets)
        if call([self.build.folder / "bin/l2tp-fuzz-seeds", self.seeds], **ENVIRONMENT) != 0:
            sys.exit("The seeds can't be made.")

    def command(self, *options: str) -> list[str]:
        """Return libFuzzer's command line without its folders."""
        limits = (f"-max_len={LONGEST_INPUT}", f"-timeout={LONGEST_RUN}", "-rss_limit_mb=4096")
        # A simulation has so many features that weighing them takes longer than it does.
        limits += ("-entropic=0",)
        return [str(self.program), *limits, *options]

    def run(self, seconds: int, jobs: int) -> int:
        """Look for findings; return 1 if there are any."""
        before = set(self.findings.iterdir())
        command = self.command(
            f"-max_total_time={seconds}",
            f"-dict={self.seeds / self.target}.dict",
            f"-artifact_prefix={self.findings}/",
            "-print_final_stats=1",
            "-reload=1",
        )
        command += [str(folder) for folder in (self.scratch, self.known, self.seeds / self.target)]
        logs = [self.findings.parent / f"{self.target}-{job}.log" for job in range(jobs)]
        say(f"Fuzzing {self.target} for {seconds} s; {logs[0]} tells how it goes")
        start = time.monotonic()
        used = processor_time()
        running = []
        for log in logs:
            with log.open("wb") as file:
                # As in call(), but all at once.
                running.append(
                    subprocess.Popen(  # pylint: disable=consider-using-with
                        command,
                        stdout=file,
                        stderr=subprocess.STDOUT,
                        env={**os.environ, **ENVIRONMENT},
                    )
                )
        try:
            statuses = [process.wait() for process in running]
        except KeyboardInterrupt:
            for process in running:
                process.terminate()
            statuses = [process.wait() for process in running]
        took = Took(time.monotonic() - start, processor_time() - used)
        texts = [log.read_text("utf-8", errors="replace") for log in logs]
        new = set(self.findings.iterdir()) - before
        # Inputs that took their time, but ended.
        findings = sorted(path for path in new if not path.name.startswith("slow-unit-"))
        print(summary(self.target, [read_report(text) for text in texts], took, findings))
        for finding in findings:
            print(f"  {finding}\n  is tried again by: ./l2tp fuzz {self.target} --replay {finding}")
        for status, text in zip(statuses, texts):
            if status != 0:
                say("".join(text.splitlines(keepends=True)[-60:]))
        return 1 if findings or any(statuses) else 0

    def replay(self, files: list[str]) -> int:
        """Try inputs; return the program's status."""
        return call(self.command(*files), **ENVIRONMENT)

    def merge(self) -> int:
        """Keep the fewest inputs that cover what all that are there cover."""
        merged = self.build.folder / "fuzz/merged" / self.target
        found = self.build.folder / "fuzz/found" / self.target
        for folder in (merged, found):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
        # A run that goes on meanwhile takes inputs away for which it has found shorter ones.
        for path in self.scratch.iterdir():
            with contextlib.suppress(FileNotFoundError):
                shutil.copy(path, found)
        command = self.command("-merge=1", "-set_cover_merge=1")
        sources = (self.known, self.seeds / self.target, found)
        status = call([*command, merged, *sources], **ENVIRONMENT)
        if status != 0:
            return status
        before = read_corpus(self.kept)
        showed = [kept for kept in before if kept.about]
        write_corpus(self.kept, [*showed, *(Kept(path.read_bytes()) for path in merged.iterdir())])
        print(f"{self.target}: {len(before)} inputs were kept, {len(read_corpus(self.kept))} are")
        return 0

    def keep(self, files: list[str], about: str) -> int:
        """Keep inputs for good."""
        added = [Kept(Path(file).read_bytes(), about) for file in files]
        write_corpus(self.kept, [*added, *read_corpus(self.kept)])
        return 0


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Tell what may be said on the command line."""
    command.add_argument("target", nargs="?", metavar="TARGET", help="one of those of --list")
    command.add_argument("--list", action="store_true", help="name the targets")
    command.add_argument("--seconds", type=int, default=60, metavar="S", help="how long (60)")
    command.add_argument("--jobs", type=int, default=1, metavar="J", help="processes at once (1)")
    command.add_argument(
        "--merge", action="store_true", help="take what was found into test/fuzz/corpus/"
    )
    command.add_argument("--replay", nargs="+", metavar="FILE", help="try inputs instead")
    command.add_argument("--keep", nargs="+", metavar="FILE", help="keep inputs for good")
    command.add_argument("--about", metavar="TEXT", help="what those of --keep show")


def run(arguments: argparse.Namespace) -> int:
    """Do what the command line says."""
    known = targets()
    if arguments.list:
        for name, brief in known.items():
            print(f"{name:14} {brief}")
        return 0
    if arguments.target not in known:
        print(f"There is no fuzz target {arguments.target!r}; --list names them.", file=sys.stderr)
        return 2
    if arguments.seconds < 1 or arguments.jobs < 1:
        print("--seconds and --jobs are 1 at least.", file=sys.stderr)
        return 2
    fuzzer = Fuzzer(arguments.target)
    if arguments.keep:
        if not arguments.about:
            print("--keep wants to know what it is --about.", file=sys.stderr)
            return 2
        return fuzzer.keep(arguments.keep, arguments.about)
    packages.require((*packages.BUILD, *packages.FUZZ))
    fuzzer.make()
    if arguments.replay:
        return fuzzer.replay(arguments.replay)
    if arguments.merge:
        return fuzzer.merge()
    return fuzzer.run(arguments.seconds, arguments.jobs)

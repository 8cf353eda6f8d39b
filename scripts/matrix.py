# SPDX-License-Identifier: GPL-2.0-only
"""Build and test the module against each ns-3 that it supports, in Debian releases that package it.

The releases are in folders of their own in $XDG_CACHE_HOME/ns3-l2tp, made when they are first
needed. A log of each row of the matrix is in out/matrix/.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import re
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Iterable, NamedTuple

import packages
import working_copy
from builds import ROOT, say
from debian_root import DebianRoot
from debian_source import CACHE

COMPILERS = {"gcc": "g++", "clang": "clang++"}
STANDALONE, CONTRIB = "standalone", "contrib"  # what the module is built as

# Where the module and the compiler cache are in a root; and where logs are outside.
HOME = "/root/ns3-l2tp"
CCACHE = "/root/.cache/ccache"
LOGS = ROOT / "out/matrix"


class Version(NamedTuple):
    """An ns-3, the Debian release that packages it, and the C++ standards that it allows: first the
    one that cmake/standalone.cmake chooses."""

    number: str
    release: str
    standards: tuple[int, ...]
    contrib: bool = False  # whether it is built inside ns-3's source, too


VERSIONS = (
    Version("3.37", "bookworm", (17, 20), contrib=True),
    Version("3.43", "trixie", (20, 23)),
    Version("3.48", "sid", (23,)),
)


class Row(NamedTuple):
    """What is built and tested at once."""

    version: Version
    standard: int
    compiler: str
    home: str = STANDALONE

    @property
    def is_usual(self) -> bool:
        """Whether it is what `./l2tp` builds by itself: then all tests run, optimised."""
        return self.compiler == "gcc" and self.standard == self.version.standards[0]

    @property
    def name(self) -> str:
        name = f"{self.version.number}-{self.compiler}-{self.standard}"
        return name if self.home == STANDALONE else f"{name}-{self.home}"

    @property
    def folder(self) -> str:
        """Where it is built: where `./l2tp` looks, if it is what that builds."""
        return "build" if self.is_usual else f"build-{self.compiler}-{self.standard}"


    @property
    def packages(self) -> tuple[str, ...]:
        """The Debian packages that it needs."""
        names = (*packages.BUILD, "ccache", "python3")
        if self.home == CONTRIB:
            return (*names, "dpkg-dev")
        names += ("clang",) if self.compiler == "clang" else ()
        return (*names, *packages.STUDY, *packages.BROWSER, "valgrind") if self.is_usual else names


class Step(NamedTuple):
    """A command of a row: what it is to find out, and its words."""

    finds: str  # "built", "tests", or the name of a command that a user may type
    words: list[str]


@dataclass
class Outcome:
    """What came of a row."""

    row: Row
    compiler: str = ""  # with its version
    built: bool = False
    passed: int = 0
    total: int = 0
    commands: dict[str, bool] = field(default_factory=dict)  # of a user: whether each went well
    seconds: float = 0
    problem: str = ""

    @property
    def good(self) -> bool:
        tests = self.total > 0 and self.passed == self.total
        return self.built and tests and all(self.commands.values()) and not self.problem


def rows(only: str | None, compiler: str | None, standard: int | None) -> list[Row]:
    """Return the rows of the matrix, or those that are asked for."""
    found = []
    for version in VERSIONS:
        for name in COMPILERS:
            found += [Row(version, number, name) for number in version.standards]
        if version.contrib:
            found.append(Row(version, version.standards[0], "gcc", CONTRIB))
    return [
        row
        for row in found
        if only in (None, row.version.number)
        and compiler in (None, row.compiler)
        and standard in (None, row.standard)
    ]


def user_commands() -> dict[str, list[str]]:
    """Return what users type, by names: all scenarios but those for real peers, and more."""
    names = sorted(path.stem[len("l2tp-") :] for path in ROOT.glob("examples/l2tp-*.cc"))
    commands = {f"run {name}": ["run", name] for name in names if not name.startswith("emulated-")}
    capture = sorted(path.relative_to(ROOT) for path in ROOT.glob("test/captures/*.pcap"))[0]
    commands["dissect"] = ["dissect", str(capture)]
    commands["bench --quick"] = ["bench", "--quick"]
    return commands


def steps(row: Row, jobs: int) -> list[Step]:
    """Return the steps of a row."""
    if row.home == CONTRIB:
        return [Step("tests", ["python3", "scripts/check-in-tree.py"])]
    configure = ["cmake", "-S", ".", "-B", row.folder, "-G", "Ninja"]
    configure += [f"-DCMAKE_CXX_COMPILER={COMPILERS[row.compiler]}"]
    configure += [f"-DCMAKE_CXX_STANDARD={row.standard}", "-DCMAKE_COMPILE_WARNING_AS_ERROR=ON"]
    # What is compiled a second time for its language only needs no optimisation.
    configure += [] if row.is_usual else ["-DCMAKE_BUILD_TYPE=Debug", "-DCMAKE_CXX_FLAGS_DEBUG=-O0"]
    # After the first error go on, to learn of the others.
    build = ["ninja", "-C", row.folder, f"-j{jobs}", "-k", "0"]
    test = [f"{row.folder}/bin/l2tp-tests", "--gtest_brief=1"]
    if row.is_usual:
        test = ["ctest", "--test-dir", row.folder, f"-j{jobs}", "--output-on-failure"]
        test += ["-LE", "shard"]  # each by itself, to be counted
    found = [Step("configured", configure), Step("built", build), Step("tests", test)]
    if row.is_usual and row.version is VERSIONS[-1]:
        found += [Step(name, ["./l2tp", *words]) for name, words in user_commands().items()]
    return found


def count_tests(output: str) -> tuple[int, int]:
    """Return how many tests have passed, and of how many, by what ctest, GoogleTest or ns-3's
    test.py says in the end."""
    found = re.search(r"\d+% tests passed, (\d+) tests? failed out of (\d+)", output)
    if found:
        return int(found[2]) - int(found[1]), int(found[2])
    found = re.search(r"^(\d+) of (\d+) tests passed", output, re.MULTILINE)
    if found:
        return int(found[1]), int(found[2])
    ran = re.search(r"(\d+) tests? from \d+ test suites? ran", output)
    passed = re.search(r"\[  PASSED  \] (\d+) test", output)
    return int(passed[1]) if passed else 0, int(ran[1]) if ran else 0


def prepare(row: Row) -> DebianRoot:
    """Return the root of a row, with all that is needed and the module's files in it."""
    version = row.version
    root = DebianRoot(CACHE / f"matrix-{version.release}", version.release)
    if not root.exists():
        say(f"Installing the base system of Debian {version.release}")
        root.make()
    installed = root.installed()
    missing = [name for name in row.packages if name not in installed]
    if missing:
        say(f"Installing packages of Debian {version.release}: {' '.join(missing)}")
        root.configure()
        root.install(*missing)
    found = root.read(["pkg-config", "--modversion", "ns3-core"])
    if found != version.number:
        raise SystemExit(f"Debian {version.release} has ns-3 {found}, and not {version.number}.")
    working_copy.copy(root.folder / HOME.lstrip("/"))
    return root


def play(row: Row, root: DebianRoot, jobs: int, log: IO[str]) -> Outcome:
    """Do what a row asks for, and return what came of it."""
    outcome = Outcome(row)
    compiler = COMPILERS[row.compiler]
    outcome.compiler = f"{row.compiler} {root.read([compiler, '-dumpfullversion', '-dumpversion'])}"
    start = time.monotonic()
    for step in steps(row, jobs):
        log.write(f"\n$ {' '.join(step.words)}\n")
        log.flush()
        begin = os.fstat(log.fileno()).st_size
        status = root.run(
            step.words,
            folder=HOME,
            binds={CACHE / "ccache": CCACHE},
            # Without the preprocessor before the compiler, which would double what is read.
            environment={"CCACHE_DEPEND": "1", "CCACHE_MAXSIZE": "20G"},
            output=log,
        )
        log.seek(0, os.SEEK_END)
        said = Path(log.name).read_bytes()[begin:].decode("utf-8", "replace")
        if step.finds == "tests":
            outcome.passed, outcome.total = count_tests(said)
            # Where building and testing is one step, there are tests only if it was built.
            outcome.built = outcome.built or outcome.total > 0
        elif step.finds == "built":
            outcome.built = status == 0
        elif step.finds != "configured":
            outcome.commands[step.finds] = status == 0
        say(f"  {step.finds}: {'yes' if status == 0 else 'FAILED'}")
        if status != 0:
            outcome.problem = outcome.problem or step.finds
            say("\n".join(said.splitlines()[-40:]))
            if step.finds in ("configured", "built"):
                break
    outcome.seconds = time.monotonic() - start
    return outcome


def table(outcomes: Iterable[Outcome]) -> str:
    """Return the outcomes as a table."""
    form = "{:6} {:4} {:13} {:11} {:6} {:>13} {:>9} {:>8}"
    heads = ("ns-3", "C++", "compiler", "as", "built", "tests", "commands", "time")
    lines = [form.format(*heads)]
    for outcome in outcomes:
        row = outcome.row
        tests = f"{outcome.passed} of {outcome.total}" if outcome.total else "-"
        well = sum(outcome.commands.values())
        commands = f"{well} of {len(outcome.commands)}" if outcome.commands else "-"
        minutes, seconds = divmod(round(outcome.seconds), 60)
        cells = (row.version.number, row.standard, outcome.compiler or row.compiler, row.home)
        cells += ("yes" if outcome.built else "NO", tests, commands, f"{minutes}:{seconds:02}")
        lines.append(form.format(*cells) + ("" if outcome.good else "  FAILED"))
    return "\n".join(lines)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the matrix to a parser."""
    numbers = [version.number for version in VERSIONS]
    standards = sorted({number for version in VERSIONS for number in version.standards})
    parser.add_argument("--only", metavar="VERSION", choices=numbers, help=", ".join(numbers))
    parser.add_argument("--compiler", choices=COMPILERS)
    parser.add_argument("--standard", type=int, choices=standards, help="of C++")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="processes at once")
    parser.add_argument("--list", action="store_true", help="name the rows and what each runs")


def describe(row: Row) -> str:
    """Return what a row runs, in a line."""
    if row.home == CONTRIB:
        what = "./l2tp check in-tree"
    elif not row.is_usual:
        what = "builds all, without optimisation; l2tp-tests"
    elif row.version is VERSIONS[-1]:
        what = f"builds all; all tests; {', '.join(user_commands())}"
    else:
        what = "builds all; all tests"
    return f"{row.name:20} {what}"


def run_chosen(arguments: argparse.Namespace) -> int:
    """Run the rows that the options choose, or name them; return 0 if all went well."""
    chosen = rows(arguments.only, arguments.compiler, arguments.standard)
    if not chosen:
        say("There is no such row; `./l2tp matrix --list` names those there are.")
        return 2
    if arguments.list:
        print(*map(describe, chosen), sep="\n")
        return 0
    if os.geteuid() != 0:
        say("The matrix is run in Debian roots, by chroot, and so by root only.")
        return 2
    packages.require(("debootstrap",))
    LOGS.mkdir(parents=True, exist_ok=True)
    CACHE.mkdir(parents=True, exist_ok=True)
    outcomes: list[Outcome] = []
    with open(CACHE / "matrix.lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for row in chosen:
            say(f"{row.name}: {LOGS.relative_to(ROOT) / row.name}.log")
            try:
                root = prepare(row)
                with open(LOGS / f"{row.name}.log", "w+", encoding="utf-8") as log:
                    outcomes.append(play(row, root, arguments.jobs, log))
            except SystemExit as end:
                say(str(end))
                outcomes.append(Outcome(row, problem=str(end)))
    print(table(outcomes))
    return 0 if all(outcome.good for outcome in outcomes) else 1


def run(*options: str) -> int:
    """Run the matrix, or what options choose of it."""
    parser = argparse.ArgumentParser(prog="l2tp check matrix", description=run.__doc__)
    add_options(parser)
    return run_chosen(parser.parse_args(options))

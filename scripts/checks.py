# SPDX-License-Identifier: GPL-2.0-only
"""The checks that take too long for every change: `./l2tp check NAME`."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Callable, NamedTuple, Sequence

import fuzz
import matrix
import mutations
import packages
import planted
from builds import ROOT, Build, call, say


class Check(NamedTuple):
    """A check: what it shows, the packages it needs beyond the build's, and how it runs."""

    shows: str
    packages: tuple[str, ...]
    run: Callable[..., int]
    takes_options: bool = False


def in_tree() -> int:
    return call([ROOT / "scripts/check-in-tree.py"])


def fresh() -> int:
    return call([ROOT / "scripts/check-fresh.py"])


def sanitizers() -> int:
    flags = "-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer"
    # Less optimised than what users run, for sanitizers make the compiler slow.
    build = Build(
        "build-asan",
        f"-DCMAKE_CXX_FLAGS={flags}",
        "-DCMAKE_BUILD_TYPE=Debug",
        "-DCMAKE_CXX_FLAGS_DEBUG=-O1 -g1",
    )
    trace = {"UBSAN_OPTIONS": "print_stacktrace=1"}
    tests = build.test(**trace)
    return call([build.folder / "bin/l2tp-swarm", "--seeds=1000"], **trace) or tests


def valgrind() -> int:
    """Run all scenarios but those for real peers under memcheck; return 0 if it finds nothing."""
    build = Build()
    build.make()
    command = ["valgrind", "--quiet", "--error-exitcode=1", "--leak-check=full"]
    command += ["--show-leak-kinds=definite,indirect", "--errors-for-leak-kinds=definite,indirect"]
    # What other processes of the program do is theirs.
    command += ["--child-silent-after-fork=yes"]
    programs = sorted(build.folder.glob("bin/l2tp-*"))
    names = {path.stem for path in ROOT.glob("examples/l2tp-*.cc")}
    status = 0
    with tempfile.TemporaryDirectory() as scratch:
        for program in programs:
            if program.name in names and "emulated" not in program.name:
                say(f"  {program.name}")
                status |= call([*command, program, f"--Out={scratch}"])
    return status


def cppcheck(*files: str) -> int:
    command = ["cppcheck", "--quiet", "--std=c++17", f"-j{os.cpu_count()}", "--error-exitcode=1"]
    command += ["--enable=warning,performance,portability", "--library=googletest"]
    command += ["--suppressions-list=scripts/cppcheck.txt", "-I", "build/include"]
    folders = ("bench", "examples", "helper", "model", "studies", "test", "utils")
    Build().make()
    return subprocess.call([*command, *(files or folders)], cwd=ROOT)


def swarm(*options: str) -> int:
    build = Build()
    build.make("l2tp-swarm")
    return call([build.folder / "bin/l2tp-swarm", *(options or ("--seeds=100000",))])


def endurance(what: str) -> int:
    build = Build()
    build.make("l2tp-endurance")
    return call([build.folder / "bin/l2tp-endurance", f"--{what}=1000000"])


def fuzzing() -> int:
    statuses = []
    for target in fuzz.targets():
        fuzzer = fuzz.Fuzzer(target)
        fuzzer.make()
        statuses.append(fuzzer.run(seconds=60, jobs=1))
    return max(statuses)


def tidy() -> int:
    build = Build()
    build.make()
    return call(["run-clang-tidy", "-quiet", "-p", build.folder, f"^{ROOT}/"])


def coverage() -> int:
    build = Build("build-coverage", "-DCMAKE_BUILD_TYPE=Debug", "-DCMAKE_CXX_FLAGS=--coverage")
    build.make()
    for counts in build.folder.rglob("*.gcda"):
        counts.unlink()
    status = build.test()
    info = build.folder / "coverage.info"
    lcov = ["lcov", "--quiet", "--capture", "--directory", build.folder]
    lcov += ["--base-directory", build.folder]
    lcov += ["--include", f"{ROOT}/model/*", "--output-file", info]
    done = subprocess.run(
        [str(word) for word in lcov], stderr=subprocess.PIPE, text=True, check=False
    )
    if done.returncode != 0:
        say(done.stderr)
        return done.returncode
    print_coverage(info.read_text(encoding="utf-8"))
    return status


def print_coverage(info: str) -> None:
    """Print the line coverage of each folder of the model from lcov's tracefile."""
    # A header may have a record for each file that includes it.
    hits: dict[tuple[str, str], int] = defaultdict(int)
    file = ""
    for record in info.splitlines():
        key, _, value = record.partition(":")
        if key == "SF":
            file = str(Path(value).relative_to(ROOT))
        elif key == "DA":
            number, count = value.split(",")[:2]
            hits[file, number] += int(count)
    lines: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for (file, _), count in hits.items():
        for name in (str(Path(file).parent), "all"):
            lines[name][0] += count > 0
            lines[name][1] += 1
    total = lines.pop("all", [0, 0])
    print("\nLines covered by the tests")
    for name, (hit, found) in (*sorted(lines.items()), ("all", total)):
        print(f"  {name:24} {hit:6} of {found:6}  {100 * hit / max(found, 1):5.1f} %")


CHECKS = {
    "in-tree": Check(
        "builds as contrib/l2tp in Debian's ns-3 source, without a warning, and passes test.py",
        ("dpkg-dev", "git"),
        in_tree,
    ),
    "sanitizers": Check(
        "all tests and 1,000 seeds of the swarm under the address, leak and undefined-behaviour "
        "sanitizers",
        (),
        sanitizers,
    ),
    "valgrind": Check("all scenarios under valgrind's memcheck", ("valgrind",), valgrind),
    "swarm": Check(
        "100,000 simulated networks with random faults, or what the options of ./l2tp swarm say",
        (),
        swarm,
        takes_options=True,
    ),
    "planted": Check(
        "that the swarm finds faults that are planted in the module (--only=NAME, --seeds=N)",
        (),
        planted.run,
        takes_options=True,
    ),
    "flood": Check(
        "that a million SCCRQs from a million addresses cost an LNS no more than MaxHalfOpen allows",
        (),
        lambda: endurance("flood"),
    ),
    "soak": Check(
        "that a million calls leave as much memory taken as the first ten thousand",
        (),
        lambda: endurance("soak"),
    ),
    "fuzz": Check(
        "that no fuzz target finds anything in a minute (./l2tp fuzz)", packages.FUZZ, fuzzing
    ),
    "coverage": Check("line coverage of each folder of model/", ("lcov",), coverage),
    "mutations": Check(
        "for each of a list of RFC 2661's rules, that tests fail once it is broken "
        "(--only=N, --files=REGEX)",
        (),
        mutations.run,
        takes_options=True,
    ),
    "matrix": Check(
        "builds and tests against each ns-3 that is supported, in Debian roots (root); options are "
        "those of ./l2tp matrix",
        ("debootstrap",),
        matrix.run,
        takes_options=True,
    ),
    "tidy": Check("clang-tidy on every file", ("clang-tidy",), tidy),
    "cppcheck": Check(
        "cppcheck on every file, or on some", ("cppcheck",), cppcheck, takes_options=True
    ),
    "fresh": Check(
        "README's commands in a new Debian that holds nothing else (root)",
        ("debootstrap", "git"),
        fresh,
    ),
}


def run(names: list[str], options: Sequence[str] = ()) -> int:
    """Run the checks one after the other, with options for them; return 0 if all passed."""
    results: dict[str, bool] = {}
    for name in names:
        check = CHECKS[name]
        packages.require((*packages.BUILD, *packages.STUDY, *packages.BROWSER, *check.packages))
        say(f"Check {name}: {check.shows}")
        try:
            results[name] = check.run(*options) == 0
        except SystemExit as problem:
            say(str(problem))
            results[name] = False
    print()
    for name, passed in results.items():
        print(f"{name:12} {'passed' if passed else 'FAILED'}")
    return 0 if all(results.values()) else 1

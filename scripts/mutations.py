# SPDX-License-Identifier: GPL-2.0-only
"""Break RFC 2661's rules one by one, and look that the tests that prove them fail.

test/rfc2661/mutations.txt says what is changed. The changed source is compiled in a scratch folder,
linked with the objects of build/ to a library of its own, and put before the real one when the tests
run: neither the source nor build/ is touched.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import conformance
from builds import ROOT, Build, say

LIST = ROOT / "test/rfc2661/mutations.txt"
LIBRARY = "libns3-l2tp.so"
TIMEOUT = 120  # seconds, for tests that go round for ever


@dataclass
class Mutation:
    """A rule and how it is broken: a text that stands once in a file, and what replaces it."""

    requirement: str
    file: str
    old: str = ""
    new: str = ""

    def problem(self, text: str) -> str:
        """What is wrong with it, given the file's text; empty if nothing is."""
        count = text.count(self.old) if self.old else 0
        if count != 1:
            return f"its text is there {count} times, not once: {self.old}"
        return "it changes nothing" if self.old == self.new else ""


def read_mutations(text: str) -> list[Mutation]:
    """Read the list of mutations."""
    mutations: list[Mutation] = []
    for number, line in enumerate(text.splitlines(), 1):
        words = line.strip()
        if not words or line.startswith("#"):
            continue
        if not line.startswith(" "):
            if len(words.split()) != 2:
                raise ValueError(f"line {number}: not a requirement and a file: {line}")
            mutations.append(Mutation(*words.split()))
            old: list[str] = []
            new: list[str] = []
        elif words[:2] in ("- ", "-", "+ ", "+") and mutations:
            (old if words[0] == "-" else new).append(line.lstrip()[2:])
            mutations[-1].old, mutations[-1].new = "\n".join(old), "\n".join(new)
        else:
            raise ValueError(f"line {number}: neither - nor +: {line}")
    return mutations


def problems_of(mutations: list[Mutation], filters: dict[str, str]) -> list[str]:
    """What is wrong with the list, as far as can be said without compiling."""
    problems = []
    for entry in mutations:
        path = ROOT / entry.file
        if not entry.file.startswith("model/") or path.suffix != ".cc" or not path.exists():
            problem = "not a source file of model/"
        else:
            problem = entry.problem(path.read_text(encoding="utf-8"))
        if not problem and not filters.get(entry.requirement):
            problem = "no test in C++ proves this requirement"
        if problem:
            problems.append(f"{entry.requirement} in {entry.file}: {problem}")
    return problems


def filters_of(proofs: dict[str, list[conformance.Test]]) -> dict[str, str]:
    """What selects the tests of each requirement in l2tp-tests."""
    return {
        name: ":".join(filter(None, (test.gtest_filter() for test in tests)))
        for name, tests in proofs.items()
    }


class Laboratory:
    """Compiles, links and runs mutated libraries."""

    def __init__(self, build: Build, scratch: Path):
        self.build = build.folder
        self.scratch = scratch
        database = json.loads((self.build / "compile_commands.json").read_text(encoding="utf-8"))
        self.compile = {entry["file"]: shlex.split(entry["command"]) for entry in database}
        targets = subprocess.run(
            ["ninja", "-C", self.build, "-t", "targets", "all"],
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        library = re.search(rf"^(\S*{re.escape(LIBRARY)}): CXX_SHARED", targets.stdout, re.MULTILINE)
        assert library, f"{LIBRARY} is not among the targets"
        self.library = library[1]
        commands = subprocess.run(
            ["ninja", "-C", self.build, "-t", "commands", "-s", self.library],
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        self.link = commands.stdout.strip().splitlines()[-1]

    def make(self, entry: Mutation, number: int) -> Path | str:
        """Make the mutated library; return it, or why it can't be made."""
        folder = self.scratch / str(number)
        folder.mkdir()
        original = ROOT / entry.file
        source = folder / original.name
        text = original.read_text(encoding="utf-8")
        source.write_text(text.replace(entry.old, entry.new), encoding="utf-8")
        command = list(self.compile[str(original)])
        at = command.index("-o") + 1
        real_object, command[at] = command[at], str(folder / "mutated.o")
        command = [str(source) if word == str(original) else word for word in command]
        # It runs once: no time is spent on making it fast. Its neighbours are where they were.
        command += ["-O0", "-g0", "-w", "-iquote", str(original.parent)]
        done = subprocess.run(
            command, cwd=self.build, stderr=subprocess.PIPE, text=True, check=False
        )
        if done.returncode != 0:
            return "does not compile: " + (done.stderr.splitlines() or [""])[0]
        library = folder / LIBRARY
        words = self.link.replace(f" {real_object} ", f" {folder / 'mutated.o'} ")
        words = words.replace(f"-o {self.library}", f"-o {library}")
        done = subprocess.run(
            words, cwd=self.build, shell=True, stderr=subprocess.PIPE, text=True, check=False
        )
        return library if done.returncode == 0 else "does not link: " + done.stderr

    def run(self, gtest_filter: str, library: Path | None = None) -> str:
        """Run tests; return which failed, in words, or nothing if all passed."""
        environment = dict(os.environ)
        if library:
            # It has the name of the real library, which is therefore not loaded.
            environment["LD_PRELOAD"] = str(library)
        try:
            done = subprocess.run(
                [self.build / "bin/l2tp-tests", f"--gtest_filter={gtest_filter}"],
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                timeout=TIMEOUT,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return "do not end"
        ran = re.search(r"Running (\d+) test", done.stdout)
        if not ran or ran[1] == "0":
            raise SystemExit(f"No test matches {gtest_filter}")
        if done.returncode < 0:
            return f"ended by signal {-done.returncode}"
        failed = len(re.findall(r"^\[  FAILED  \] .* \(\d+ ms\)$", done.stdout, re.MULTILINE))
        return f"{failed} of {ran[1]} failed" if done.returncode else ""


def run(*options: str) -> int:
    """Apply all mutations, or those that the options choose; return 0 if none survives."""
    parser = argparse.ArgumentParser(prog="l2tp check mutations", description=run.__doc__)
    parser.add_argument("--only", metavar="N", help="the one of this number or requirement")
    parser.add_argument("--files", metavar="REGEX", help="those in files whose paths match", default="")
    arguments = parser.parse_args(options)
    only = arguments.only
    mutations = read_mutations(LIST.read_text(encoding="utf-8"))
    _, proofs, problems = conformance.gather()
    filters = filters_of(proofs)
    problems += problems_of(mutations, filters)
    if problems:
        say("\n".join(problems))
        return 1
    chosen = [
        (number, entry)
        for number, entry in enumerate(mutations, 1)
        if only in (None, entry.requirement, str(number)) and re.search(arguments.files, entry.file)
    ]
    if not chosen:
        say(
            f"There is no such mutation: --only says a number from 1 to {len(mutations)}, or a "
            "requirement, --files a part of a path."
        )
        return 1
    build = Build()
    build.make("l2tp-tests")
    with tempfile.TemporaryDirectory() as scratch:
        laboratory = Laboratory(build, Path(scratch))
        unbroken = laboratory.run(":".join(sorted({filters[e.requirement] for _, e in chosen})))
        if unbroken:
            say(f"Nothing is broken yet, and of the tests {unbroken}.")
            return 1

        def judge(numbered: tuple[int, Mutation]) -> tuple[bool, str]:
            number, entry = numbered
            library = laboratory.make(entry, number)
            error = library if isinstance(library, str) else ""
            outcome = "" if error else laboratory.run(filters[entry.requirement], Path(library))
            line = f"{number:4}  {entry.requirement:9} {entry.file:44} "
            line += error or (f"tests {outcome}" if outcome else "SURVIVED")
            print(line, flush=True)
            return bool(outcome), line

        with ThreadPoolExecutor(os.cpu_count()) as pool:
            results = list(pool.map(judge, chosen))
    survivors = [line for noticed, line in results if not noticed]
    print(f"\n{len(results) - len(survivors)} of {len(results)} broken rules were noticed.")
    if survivors:
        print("Not noticed:", *survivors, sep="\n")
    return 1 if survivors else 0

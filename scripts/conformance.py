#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""What RFC 2661 requires, and the test that proves each requirement.

The requirements stand in test/rfc2661/requirements.txt; a comment above a test says which of them it
proves. `write` makes doc/rfc2661-conformance.rst of both, `compare RFC.txt` lays the requirements
beside the RFC's text, and without a command all is checked.
"""

from __future__ import annotations

import argparse
import re
import sys
import textwrap
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Iterable, Iterator

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "test/rfc2661/requirements.txt"
PAGE = ROOT / "doc/rfc2661-conformance.rst"
REGENERATE = "scripts/conformance.py write"

# RFC 2119's words; a "NOT" belongs to the word before it.
KEYWORD = re.compile(r"\b(?:(?:MUST|SHALL|SHOULD)(?: NOT)?|REQUIRED|RECOMMENDED|MAY|OPTIONAL)\b")
LOWER_CASE = re.compile(r"\b(?:must|should|recommended)\b")

OMISSION = "[...]"
TAG = re.compile(r"^\s*(?://+|#|\*)\s*RFC 2661:\s*(.*?)\s*$")
COMMENT = re.compile(r"^\s*(?://|#|\*)")
ID = re.compile(r"(?:\d+(?:\.\d+)*|[A-Z])-\d\d")
STRAY_TAG = re.compile(rf"(?://|#).*RFC 2661: {ID.pattern}")
BROKEN_TAG = re.compile(rf"^\s*(?://+|#|\*)\s*2661: {ID.pattern}")
CPP_TEST = re.compile(r"^\s*(TEST|TEST_F|TEST_P)\(\s*(\w+),\s*(\w+)\)")
PYTHON_TEST = re.compile(r"^\s+def (test_\w+)\(self\b")


@dataclass
class Requirement:
    """One requirement: its name, what it is about, the RFC's words, and why it is not met if so."""

    name: str
    subject: str
    text: str
    reason: str = ""

    def keywords(self) -> list[str]:
        """The words that make it a requirement: in upper case, or else one in lower case."""
        return KEYWORD.findall(self.text) or LOWER_CASE.findall(self.text)[:1]


@dataclass
class Section:
    """A section of the RFC with its requirements."""

    number: str
    title: str
    requirements: list[Requirement] = field(default_factory=list)


@dataclass(frozen=True)
class Test:
    """A test, by its name and file; parametrised C++ tests are found under prefixes."""

    name: str
    file: str
    parametrised: bool = False

    def gtest_filter(self) -> str:
        """What selects it among the tests of l2tp-tests; empty for a test in Python."""
        if self.file.endswith(".py"):
            return ""
        return f"*/{self.name}/*" if self.parametrised else self.name


def read_requirements(text: str) -> list[Section]:
    """Read the file of requirements."""
    sections: list[Section] = []
    requirement = None
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("section "):
            sections.append(Section(*line.split(" ", 2)[1:]))
        elif not line.startswith(" "):
            found = re.fullmatch(rf"({ID.pattern})(?: \((.*)\))?", line)
            if not found or not sections:
                raise ValueError(f"line {number}: not a requirement: {line}")
            requirement = Requirement(found[1], found[2] or "", "")
            sections[-1].requirements.append(requirement)
        elif requirement is None:
            raise ValueError(f"line {number}: words of no requirement")
        elif line.strip().startswith("Reason: ") or requirement.reason:
            words = line.strip().removeprefix("Reason: ")
            requirement.reason = f"{requirement.reason} {words}".strip()
        else:
            requirement.text = f"{requirement.text} {line.strip()}".strip()
    return sections


def all_of(sections: Iterable[Section]) -> dict[str, Requirement]:
    """All requirements by their names."""
    return {entry.name: entry for section in sections for entry in section.requirements}


def sources() -> Iterator[tuple[str, str]]:
    """The files that hold tests, with their text."""
    for path in sorted((*ROOT.glob("test/**/*-test.cc"), *ROOT.glob("test/**/test_*.py"))):
        yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")


def test_below(lines: list[str], at: int, file: str) -> Test | None:
    """The test that follows the comment in a line; None if something else does."""
    while at < len(lines) and COMMENT.match(lines[at]):
        at += 1
    # clang-format may break the line between suite and name.
    head = " ".join(line.strip() for line in lines[at : at + 2] if line)
    if not lines[at:] or not lines[at].strip():
        return None
    if file.endswith(".py"):
        found = PYTHON_TEST.match(lines[at])
        return Test(f"{Path(file).stem}.{found[1]}", file) if found else None
    found = CPP_TEST.match(head)
    return Test(f"{found[2]}.{found[3]}", file, found[1] == "TEST_P") if found else None


def find_tags(file: str, text: str, problems: list[str]) -> dict[str, list[Test]]:
    """What the tests of a file prove: tests by the names of requirements."""
    proofs: dict[str, list[Test]] = {}
    lines = text.splitlines()
    at = 0
    while at < len(lines):
        found = TAG.match(lines[at])
        at += 1
        where = f"{file}:{at}"
        if not found:
            if STRAY_TAG.search(lines[at - 1]):
                problems.append(f"{where}: the tag does not begin its line")
            elif BROKEN_TAG.match(lines[at - 1]):
                problems.append(f"{where}: the line breaks within \"RFC 2661\"")
            continue
        words = found[1]
        # A list that ends in a comma goes on in the next line.
        while words.endswith(",") and at < len(lines) and COMMENT.match(lines[at]):
            words += " " + lines[at].strip().lstrip("/#* ")
            at += 1
        test = test_below(lines, at, file)
        if test is None:
            problems.append(f"{where}: the tag sits on no test")
            continue
        if "DISABLED_" in test.name:
            problems.append(f"{where}: {test.name} is disabled")
        for name in re.split(r",\s*", words):
            if not ID.fullmatch(name):
                problems.append(f"{where}: {name!r} is no name of a requirement")
            elif test in proofs.setdefault(name, []):
                problems.append(f"{where}: {name} is named twice")
            else:
                proofs[name].append(test)
    return proofs


def find_skipped(file: str, text: str) -> list[str]:
    """Tests of a file that do not run: disabled, skipped, or parametrised and never instantiated."""
    marks = r"\bDISABLED_\w+|\bunittest\.(?:skip|expectedFailure)\w*|\bskipTest\b"
    if any(TAG.match(line) for line in text.splitlines()):
        marks += r"|\bGTEST_SKIP\b"  # a proof runs everywhere
    problems = [f"{file}: {mark} keeps a test from running" for mark in re.findall(marks, text)]
    suites = set(re.findall(r"^TEST_P\(\s*(\w+)", text, re.MULTILINE))
    made = set(re.findall(r"^INSTANTIATE_TEST_SUITE_P\(\s*\w+,\s*(\w+)", text, re.MULTILINE))
    return problems + [f"{file}: {suite} is never instantiated" for suite in sorted(suites - made)]


def judge(sections: list[Section], proofs: dict[str, list[Test]]) -> list[str]:
    """What is wrong with requirements and proofs; nothing, if each has a test or else a reason."""
    problems = []
    known = Counter(entry.name for section in sections for entry in section.requirements)
    problems += [f"{name} is there {count} times" for name, count in known.items() if count > 1]
    for section in sections:
        names = [entry.name for entry in section.requirements]
        expected = [f"{section.number}-{n:02}" for n in range(1, len(names) + 1)]
        if names != expected:
            problems.append(f"section {section.number} is not numbered 01, 02, ...")
        for entry in section.requirements:
            if not entry.keywords():
                problems.append(f"{entry.name} has none of RFC 2119's words")
            if entry.name not in proofs and not entry.reason:
                problems.append(f"{entry.name} has neither a test nor a reason: {entry.text}")
            if entry.name in proofs and entry.reason:
                problems.append(f"{entry.name} has a reason, though {proofs[entry.name][0].name}")
    problems += [
        f"{test.file}: {test.name} proves {name}, which is no requirement"
        for name, tests in sorted(proofs.items())
        for test in tests
        if name not in known
    ]
    return problems


def gather() -> tuple[list[Section], dict[str, list[Test]], list[str]]:
    """Requirements, the tests that prove them, and what is wrong with either."""
    sections = read_requirements(REQUIREMENTS.read_text(encoding="utf-8"))
    proofs: dict[str, list[Test]] = {}
    problems: list[str] = []
    for file, text in sources():
        if file.startswith("test/rfc2661/"):
            continue  # which tests this, on tags that prove nothing
        problems += find_skipped(file, text)
        for name, tests in find_tags(file, text, problems).items():
            proofs.setdefault(name, []).extend(tests)
    return sections, proofs, problems + judge(sections, proofs)


def escape(text: str) -> str:
    """Text as reStructuredText shows it word for word."""
    return re.sub(r"([\\*`|_])", r"\\\1", text)


def cell(mark: str, text: str) -> list[str]:
    """A cell of a list-table, wrapped."""
    indent = "       "
    return textwrap.wrap(
        text,
        100,
        initial_indent=f"   {mark} - ",
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def row(entry: Requirement, tests: list[Test]) -> list[str]:
    """The rows of the table for a requirement."""
    subject = f"({escape(entry.subject)}) " if entry.subject else ""
    proof = ", ".join(f"``{test.name}``" for test in tests) or f"*Reason:* {escape(entry.reason)}"
    keywords = ", ".join(dict.fromkeys(entry.keywords()))
    lines = cell("*", entry.name)
    for text in (keywords, subject + escape(entry.text), proof):
        lines += cell(" ", text)
    return lines


def render(sections: list[Section], proofs: dict[str, list[Test]]) -> str:
    """The page of the manual."""
    total = sum(len(section.requirements) for section in sections)
    proven = sum(entry in proofs for entry in all_of(sections))
    tests = {test for found in proofs.values() for test in found}
    lines = [
        f".. Made by {REGENERATE}; change test/rfc2661/requirements.txt or the comments above the",
        "   tests instead.",
        "",
        "Conformance to RFC 2661",
        "-----------------------",
        "",
        "What RFC 2661 requires, in its own words and order, and the test that proves it. All of the",
        "RFC's MUST, SHOULD and MAY are here, each once. *must*, *should* and *recommended* stand in",
        "lower case where the RFC writes them so and lays a rule down. Where no test proves a",
        "requirement the reason stands in its place.",
        "",
        f"Of {total} requirements {proven} are proven by {len(tests)} tests, and {total - proven} have "
        "a reason.",
        "",
        "``./l2tp check mutations`` breaks the rules one by one in the model and looks that the tests",
        "named here fail.",
    ]
    for section in sections:
        label = "Section" if section.number[0].isdigit() else "Appendix"
        title = f"{label} {section.number}: {section.title}"
        lines += ["", title, "*" * len(title), ""]
        lines += [".. list-table::", "   :header-rows: 1", "   :widths: 8 10 47 35", ""]
        for mark, text in zip("*   ", ("", "Word", "RFC 2661", "Proven by")):
            lines.append(f"   {mark} - {text}".rstrip())
        for entry in section.requirements:
            lines += row(entry, proofs.get(entry.name, []))
    lines += ["", "Tests", "*****", "", "Where the tests stand:", ""]
    files: dict[str, set[str]] = {}
    for test in tests:
        files.setdefault(test.file, set()).add(test.name.partition(".")[0])
    for file in sorted(files):
        suites = ", ".join(f"``{suite}``" for suite in sorted(files[file]))
        lines.append(f"* ``{file}``: {suites}")
    return "\n".join(lines) + "\n"


def rfc_sections(text: str) -> dict[str, str]:
    """The RFC's sections by number, each in one line, without the pages' heads and feet."""
    furniture = re.compile(r"^(?:RFC 2661\s.*\d{4}|Townsley, et al\..*\[Page \d+\])\s*$|\f")
    heading = re.compile(r"^(?:(\d+(?:\.\d+)*)|Appendix ([A-Z]):)\s+\S")
    sections: dict[str, list[str]] = {}
    number = ""
    for line in text.splitlines():
        found = heading.match(line)
        if found:
            number = found[1] or found[2]
            sections[number] = []  # the table of contents comes first, and is forgotten here
        elif number and not furniture.search(line):
            sections[number].append(line.strip())
    return {number: " ".join(" ".join(lines).split()) for number, lines in sections.items()}


def locate(entry: Requirement, text: str, free: set[int]) -> set[int] | None:
    """Where the keywords of a requirement stand in its section, as far as they are still free."""
    pieces = [re.escape(piece.strip()) for piece in entry.text.split(OMISSION)]
    pattern = re.compile("(?=(" + "(.{0,400}?)".join(pieces) + "))")
    expected = KEYWORD.findall(entry.text)
    for found in pattern.finditer(text):
        start, end = found.span(1)
        gaps = [found.span(n) for n in range(2, len(pieces) + 1)]
        covered = {
            at
            for at in (key.start() for key in KEYWORD.finditer(text))
            if start <= at < end and not any(first <= at < last for first, last in gaps)
        }
        if len(covered) == len(expected) and covered <= free:
            return covered
    return None


def compare(sections: list[Section], rfc: str) -> list[str]:
    """Where the requirements differ from the RFC's text, or leave one of its keywords out."""
    problems = []
    texts = rfc_sections(rfc)
    texts.pop("1.1", None)  # which defines the words
    listed = {section.number: section for section in sections}
    for number, text in texts.items():
        free = {key.start() for key in KEYWORD.finditer(text)}
        for entry in listed[number].requirements if number in listed else []:
            covered = locate(entry, text, free)
            if covered is None:
                problems.append(f"{entry.name}: section {number} does not say so: {entry.text}")
            else:
                free -= covered
        problems += [
            f"section {number}: left out: ...{text[max(0, at - 60) : at + 60]}..."
            for at in sorted(free)
        ]
    problems += [f"the RFC has no section {number}" for number in listed if number not in texts]
    return problems


def main(words: list[str]) -> int:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", nargs="?", choices=("check", "write", "compare"), default="check")
    parser.add_argument("rfc", nargs="?", type=Path, help="the RFC as text, to compare with")
    arguments = parser.parse_args(words)
    sections, proofs, problems = gather()
    if arguments.command == "compare":
        if not arguments.rfc:
            parser.error("compare needs the RFC's text")
        problems = compare(sections, arguments.rfc.read_text(encoding="utf-8", errors="replace"))
    elif arguments.command == "write":
        PAGE.write_text(render(sections, proofs), encoding="utf-8")
    elif PAGE.read_text(encoding="utf-8") != render(sections, proofs):
        problems.append(f"{PAGE.name} is not what the tests say: run {REGENERATE}")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

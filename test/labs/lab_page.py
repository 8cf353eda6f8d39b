# SPDX-License-Identifier: GPL-2.0-only

"""The pages of the course: what a reader types, what he is to see, and the numbers in the text.

A literal block that begins with `$ ` is a console: commands, and below each what it prints; `...` stands
for any text in a line or, alone, for any lines. A block after the comment `.. file: NAME` is a file that
the reader writes. The comment `.. known: NUMBERS` names numbers that no command prints.
"""

import re
from pathlib import Path
from typing import Iterator, NamedTuple

NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)*")
# What is no claim about a run: RFCs, sections, other labs, options to try.
REFERENCE = re.compile(r"``--[^`]*``|(?:RFCs?|[Ss]ections?|Labs?|lab|and)\s+[0-9][0-9.]*|lab-\d[\w-]*|\[\d+\]_")

LITERAL = re.compile(r"``([^`]+)``")


class Step(NamedTuple):
    """Something that the reader does."""

    name: str  # of the file to write, or ""
    text: str  # the file's, or the command
    shown: "list[str]"  # what the command prints


class Page:
    """A page, read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.steps: "list[Step]" = []
        self.prose = ""  # and diagrams
        self.known: "set[str]" = set()
        name = ""
        for kind, text in _parts(path.read_text(encoding="utf-8")):
            if kind == "comment":
                word, _, rest = text.partition(": ")
                if word == "file":
                    name = rest
                elif word == "known":
                    self.known.update(rest.split())
            elif kind == "text":
                self.prose += text
            elif name:
                self.steps.append(Step(name, text, []))
                name = ""
            elif text.startswith("$ "):
                self.steps.extend(_console(text))
            else:
                self.prose += text

    def shown(self) -> str:
        """Return all that the reader types, writes and sees."""
        return "\n".join("\n".join([step.text, *step.shown]) for step in self.steps)

    def numbers(self, shown: str) -> "list[str]":
        """Return the numbers of the text that need a command to have printed them.

        What the text quotes word for word from what is shown needs no more proof.
        """
        prose = REFERENCE.sub("", self.prose)
        prose = LITERAL.sub(lambda found: "" if found[1] in shown else found[1], prose)
        found = NUMBER.findall(prose)
        return [n for n in found if len(n) > 1 and n not in self.known]


def _parts(text: str) -> "Iterator[tuple[str, str]]":
    """Split a page into comments, literal blocks and text."""
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if line.lstrip().startswith(".. ") and "::" not in line:
            yield "comment", line.lstrip()[3:]
            continue
        yield "text", line + "\n"
        if not line.endswith("::") or line.startswith(".. "):
            continue
        block: "list[str]" = []
        outer = len(line) - len(line.lstrip())
        while at < len(lines):
            indent = len(lines[at]) - len(lines[at].lstrip())
            if lines[at] and indent <= outer:
                break
            block.append(lines[at])
            at += 1
        indent = min(len(row) - len(row.lstrip()) for row in block if row)
        yield "block", "\n".join(row[indent:] for row in block).strip("\n") + "\n"


def _console(text: str) -> "Iterator[Step]":
    """Split a console into commands and what they print."""
    lines = text.rstrip("\n").split("\n")
    at = 0
    while at < len(lines):
        command = lines[at][2:]
        at += 1
        while command.endswith("\\"):
            command += "\n" + lines[at].removeprefix("> ")
            at += 1
        shown = []
        while at < len(lines) and not lines[at].startswith("$ "):
            shown.append(lines[at])
            at += 1
        yield Step("", command, shown)


def matches(shown: "list[str]", printed: "list[str]") -> bool:
    """Say whether what is shown stands for what was printed; blank lines at the end don't count."""
    shown, printed = _stripped(shown), _stripped(printed)
    rows = []
    for line in shown:
        if line == "...":
            rows.append("(?:[^\n]*\n)*?")
        else:
            rows.append(".*?".join(re.escape(part.rstrip()) if end else re.escape(part)
                                   for part, end in _pieces(line)) + "[ ]*\n")  # fmt: skip
    return re.fullmatch("".join(rows), "".join(line + "\n" for line in printed)) is not None


def _stripped(lines: "list[str]") -> "list[str]":
    """Leave blank lines at the end out."""
    return "\n".join(lines).rstrip("\n").split("\n") if any(lines) else []


def _pieces(line: str) -> "list[tuple[str, bool]]":
    """Split a line at its omissions; the last piece is marked."""
    pieces = line.split("...")
    return [(piece, at == len(pieces) - 1) for at, piece in enumerate(pieces)]


def is_shown(number: str, shown: "set[str]") -> bool:
    """Say whether a number of the text was printed, or one that is rounded to it.

    Thousandths count as well: for 0.024 s the text may say 24 ms.
    """
    if number in shown:
        return True
    decimals = [float(other) for other in shown if other.count(".") == 1]
    if number.count(".") == 1:
        places = len(number.partition(".")[2])
        return any(f"{other:.{places}f}" == number for other in decimals)
    return number.isdigit() and any(f"{1000 * other:.0f}" == number for other in decimals)

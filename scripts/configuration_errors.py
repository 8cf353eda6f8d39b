#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""What stops the program when a configuration is wrong, and the test that sees it happen.

The messages are those of NS_ABORT_MSG in the sources; l2tp-tests says which of them its tests reach.
`write` makes doc/configuration-errors.rst of both.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import Iterable, Iterator

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "doc/configuration-errors.rst"
PROGRAM = ROOT / "build/bin/l2tp-tests"

ABORT = re.compile(r"\bNS_ABORT_MSG(_IF|_UNLESS)?\(")
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
TEST = re.compile(r"^TEST(_F|_P)?\(\s*(\w+),\s*(\w+)\)", re.MULTILINE)
REACHED = re.compile(r"^(?:test (\S+)|.*\bfile=(\S+), line=(\d+))$")
UNKNOWN = "..."  # stands for what a message says of the case

# What says that something other than the configuration is at fault.
NO_CONFIGURATION = {
    "FIPS mode": "libgcrypt was told to leave out what protocols are made of",
    "streams instead of": "a helper's own sum of the streams that its parts take",
}

# What no test can cause with ns-3 alone.
OUT_OF_REACH = {
    "use Ipv4L3Protocol": "needs an implementation of Ipv4 that isn't ns-3's",
}


@dataclass(frozen=True)
class Site:
    """A place where a wrong configuration stops the program."""

    file: str
    first: int  # line
    last: int
    message: str

    def has(self, file: str, line: int) -> bool:
        """Whether a line of a file, as the compiler calls it, belongs to the place."""
        return file.endswith(self.file) and self.first <= line <= self.last


def arguments(text: str, begin: int) -> tuple[list[str], int]:
    """Return the arguments of a macro from behind its parenthesis on, and where they end."""
    found, depth, start, at = [], 1, begin, begin
    while depth:
        string = STRING.match(text, at)
        if string:
            at = string.end()
            continue
        letter = text[at]
        depth += (letter in "([{") - (letter in ")]}")
        if depth == 0 or (depth == 1 and letter == ","):
            found.append(text[start:at])
            start = at + 1
        at += 1
    return found, at


def message_of(expression: str) -> str:
    """Return the message that an expression writes, what isn't constant left open."""
    parts = []
    for part in re.split(r"<<(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", expression):
        constant = not STRING.sub("", part).strip()
        parts.append("".join(STRING.findall(part)) if constant else UNKNOWN)
    return "".join(parts).replace('\\"', '"').removeprefix("ns3::")


def sites() -> Iterator[Site]:
    """Find all places where a wrong configuration stops the program."""
    sources = [path for folder in ("helper", "model") for path in (ROOT / folder).rglob("*.*")]
    for path in sorted(sources):
        text = path.read_text(encoding="utf-8")
        for macro in ABORT.finditer(text):
            found, end = arguments(text, macro.end())
            message = message_of(",".join(found[1:] if macro[1] else found))
            if not any(word in message for word in NO_CONFIGURATION):
                first, last = (text.count("\n", 0, at) + 1 for at in (macro.start(), end))
                yield Site(str(path.relative_to(ROOT)), first, last, message)


def stopping_tests() -> Iterator[str]:
    """Find the tests that stop a process, as GoogleTest selects them."""
    for path in sorted((ROOT / "test").rglob("*.cc")):
        text = path.read_text(encoding="utf-8")
        begins = list(TEST.finditer(text))
        for test, behind in zip(begins, [*begins[1:], None]):
            body = text[test.start() : behind.start() if behind else None]
            if re.search(r"\bEXPECT_(DEATH|EXIT)\(", body):
                name = f"{test[2]}.{test[3]}"
                yield f"*/{name}/*" if test[1] == "_P" else name


def reached(program: Path, places: Iterable[Site]) -> dict[Site, str]:
    """Run the tests that stop a process, and return by which of them a place was reached."""
    places = list(places)
    found: dict[Site, str] = {}
    with tempfile.TemporaryDirectory() as scratch:
        log = Path(scratch) / "log"
        subprocess.run(
            [program, "--gtest_brief=1", "--gtest_filter=" + ":".join(stopping_tests())],
            env={**os.environ, "L2TP_FATAL_ERRORS": str(log)},
            stdout=subprocess.DEVNULL,
            check=True,
        )
        test = ""
        for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
            match = REACHED.match(line)
            if match and match[1]:
                test = match[1]
            elif match:
                at = (site for site in places if site.has(match[2], int(match[3])))
                for site in at:
                    found.setdefault(site, test)
    return found


def out_of_reach(site: Site) -> str:
    """Return why no test can reach a place, empty if one can."""
    return next((why for words, why in OUT_OF_REACH.items() if words in site.message), "")


def check(program: Path) -> tuple[dict[Site, str], list[Site]]:
    """Return how each place is seen, in the page's words, and the places that no test reaches."""
    places = list(sites())
    tests = reached(program, places)
    seen, missed = {}, []
    for site in places:
        if site in tests:
            seen[site] = f"``{tests[site]}``"
        elif out_of_reach(site):
            seen[site] = out_of_reach(site)
        else:
            missed.append(site)
    return seen, missed


def escape(text: str) -> str:
    """Return text as it is to be written in reStructuredText."""
    return re.sub(r"([*`|\\]|_\b)", r"\\\1", text)


def page(seen: dict[Site, str]) -> str:
    """Return the page of the manual, of what is known of each place."""
    lines = textwrap.dedent(
        """\
        .. Made by scripts/configuration_errors.py write; change the messages in the sources.

        Wrong configurations
        ====================

        A configuration that can't be meant stops the program at once, with one of these messages. It
        names the attribute or the call, and what to do; "..." stands for names and numbers of the case.
        An attribute outside its range, or of a name that isn't there, is ns-3's own to refuse.

        .. list-table::
           :header-rows: 1
           :widths: 62 38

           * - Message
             - Seen in test
        """
    ).splitlines()
    for site in sorted(seen, key=lambda site: (site.message.lower(), site.file, site.first)):
        lines += [f"   * - {escape(site.message)}", f"     - {seen[site]}"]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Check that each place is reached by a test, or write the page; return 0 if all are."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("command", nargs="?", choices=["write"])
    parser.add_argument("--program", type=Path, default=PROGRAM, help="l2tp-tests, as built")
    options = parser.parse_args()
    seen, missed = check(options.program)
    for site in missed:
        print(f"{site.file}:{site.first}: no test stops with: {site.message}")
    print(f"{len(seen)} of {len(seen) + len(missed)} wrong configurations are seen by tests.")
    if options.command == "write":
        PAGE.write_text(page(seen), encoding="utf-8")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

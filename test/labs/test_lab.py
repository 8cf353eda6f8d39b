#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only

"""A lab of the course: each command prints what the page shows, and each number was printed.

    test_lab.py LAB BIN    for example: test_lab.py 3 build/bin
"""

import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from lab_page import NUMBER, Page, is_shown, matches

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.argv.pop(2) if len(sys.argv) > 2 else ROOT / "build/bin").resolve()
LAB = sys.argv.pop(1) if len(sys.argv) > 1 else "1"
(LAB_FILE,) = (ROOT / "doc/labs").glob(f"lab-{LAB}-*.rst")
LAB_PAGE = Page(LAB_FILE)
ANSWERS = Page(ROOT / "doc/labs/answers" / LAB_FILE.name)


def prepare(folder: Path) -> None:
    """Make a folder that is to a reader what a checkout is, with a `./l2tp` that builds nothing."""
    for entry in ROOT.iterdir():
        if entry.name not in ("build", "out", "l2tp", ".git"):
            (folder / entry.name).symlink_to(entry)
    program = folder / "l2tp"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{ROOT}/test/labs/built_l2tp.py" "$@"\n')
    program.chmod(0o755)


class Lab(unittest.TestCase):
    """The lab's page, and the answers', in one folder, one after the other."""

    maxDiff = None

    def test_commands(self) -> None:
        environment = {**os.environ, "L2TP_BIN": str(BIN), "PYTHONDONTWRITEBYTECODE": "1"}
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            prepare(folder)
            # Nobody's own settings of tshark.
            environment["WIRESHARK_CONFIG_DIR"] = str(folder / "tshark")
            for page in (LAB_PAGE, ANSWERS):
                for step in page.steps:
                    if step.name:
                        (folder / step.name).write_text(step.text)
                        continue
                    done = subprocess.run(["bash", "-c", step.text], cwd=folder, env=environment,
                                          stdout=subprocess.PIPE, text=True, check=False)
                    with self.subTest(page=page.path.name, command=step.text):
                        if not step.shown:
                            self.assertEqual(done.returncode, 0)
                        printed = [line.rstrip() for line in done.stdout.splitlines()]
                        if not matches(step.shown, printed):
                            self.assertEqual(step.shown, printed)
                            self.fail("the page shows something else")

    def test_numbers(self) -> None:
        shown = ""
        for page in (LAB_PAGE, ANSWERS):
            shown += page.shown()
            numbers = set(NUMBER.findall(shown))
            unknown = [number for number in page.numbers(shown) if not is_shown(number, numbers)]
            self.assertEqual(unknown, [], f"{page.path.name}: no command prints these")

    def test_parts(self) -> None:
        text = LAB_FILE.read_text(encoding="utf-8")
        titles = ["Aims", "Background", "Questions", "Exercise"]
        for title in titles:
            self.assertRegex(text, rf"(?m)^{title}\n\*+$")
        self.assertGreater(len(LAB_PAGE.steps), 3)


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only

"""README shows what the programs print and what the examples' source says, word for word."""

import re
import subprocess
import sys
import tempfile
import textwrap
import unittest
from pathlib import Path

PROGRAM = Path(sys.argv.pop(1)) if len(sys.argv) > 1 else Path("build/bin/l2tp-voluntary")
ROOT = Path(__file__).resolve().parent.parent.parent


class Readme(unittest.TestCase):
    """Each block of README that quotes something."""

    def setUp(self) -> None:
        text = (ROOT / "README.md").read_text(encoding="utf-8")
        self.blocks = re.findall(r"^```(\w*)\n(.*?)\n```$", text, re.MULTILINE | re.DOTALL)

    def test_output_of_the_main_job(self) -> None:
        shown = next(text for language, text in self.blocks if language == "")
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(
                [PROGRAM, f"--Out={folder}"], capture_output=True, text=True, check=True
            )
        self.assertEqual(shown, done.stdout.strip("\n"))

    def test_the_fifteen_lines(self) -> None:
        shown = next(text for language, text in self.blocks if language == "cpp")
        source = (ROOT / "examples/l2tp-quickstart.cc").read_text(encoding="utf-8")
        part = re.search(r"    // README: begin\n(.*?)    // README: end", source, re.DOTALL)
        self.assertEqual(shown, textwrap.dedent(part.group(1)).rstrip())


if __name__ == "__main__":
    unittest.main()

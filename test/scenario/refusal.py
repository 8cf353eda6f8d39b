# SPDX-License-Identifier: GPL-2.0-only

"""Options that a scenario refuses."""

import subprocess
import tempfile
import unittest
from pathlib import Path


def assert_refused(case: unittest.TestCase, program: Path, option: str, *words: str) -> None:
    """Assert that an option stops a scenario, which says these words, before it writes a file."""
    with case.subTest(option), tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([program, f"--Out={folder}", option], capture_output=True,
                              text=True, check=False, timeout=60)
        case.assertEqual(list(Path(folder).iterdir()), [])
        case.assertNotEqual(done.returncode, 0)
        for some in words:
            case.assertIn(some, done.stderr + done.stdout)

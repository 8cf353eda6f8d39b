#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""What `./l2tp matrix` builds, and what it makes of what it sees; without a Debian root."""

import contextlib
import io
import os
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

import debian_root  # noqa: E402
import matrix  # noqa: E402
import working_copy  # noqa: E402

CTEST = "100% tests passed, 0 tests failed out of 17\n"
CTEST_FAILED = "94% tests passed, 1 tests failed out of 17\n"
GTEST = "[==========] 9 tests from 2 test suites ran. (5 ms total)\n[  PASSED  ] 9 tests.\n"
GTEST_FAILED = GTEST.replace("] 9 tests.", "] 8 tests.") + "[  FAILED  ] 1 test, listed below:\n"
TEST_PY = "[1/1] PASS: TestSuite l2tp\n1 of 1 tests passed (1 passed, 0 skipped, 0 failed)\n"


def row_of(name: str) -> matrix.Row:
    """The row of this name."""
    return next(row for row in matrix.rows(None, None, None) if row.name == name)


class Rows(unittest.TestCase):
    """What there is to build."""

    def test_each_version_has_its_standards_with_each_compiler(self) -> None:
        names = {row.name for row in matrix.rows(None, None, None)}
        self.assertEqual(
            names,
            {f"3.37-{compiler}-{number}" for compiler in ("gcc", "clang") for number in (17, 20)}
            | {f"3.43-{compiler}-{number}" for compiler in ("gcc", "clang") for number in (20, 23)}
            | {"3.48-gcc-23", "3.48-clang-23", "3.37-gcc-17-contrib"},
        )

    def test_some_of_them(self) -> None:
        names = [row.name for row in matrix.rows("3.37", "gcc", 17)]
        self.assertEqual(names, ["3.37-gcc-17", "3.37-gcc-17-contrib"])
        self.assertEqual([row.name for row in matrix.rows("3.48", "clang", None)], ["3.48-clang-23"])
        self.assertEqual(matrix.rows("3.48", None, 17), [])

    def test_the_standard_that_comes_first_is_the_one_that_cmake_chooses(self) -> None:
        text = (ROOT / "cmake/standalone.cmake").read_text(encoding="utf-8")
        for least, standard in (("3.46", 23), ("3.41", 20)):
            self.assertIn(f"VERSION_GREATER_EQUAL {least})\n  set(l2tp_standard {standard})", text)
        standards = {version.number: version.standards[0] for version in matrix.VERSIONS}
        self.assertEqual(standards, {"3.37": 17, "3.43": 20, "3.48": 23})

    def test_the_usual_build_runs_all_tests(self) -> None:
        configure, build, test = matrix.steps(row_of("3.43-gcc-20"), 2)
        self.assertIn("-DCMAKE_CXX_STANDARD=20", configure.words)
        self.assertIn("-DCMAKE_CXX_COMPILER=g++", configure.words)
        self.assertNotIn("-DCMAKE_BUILD_TYPE=Debug", configure.words)
        self.assertEqual(build.words[:4], ["ninja", "-C", "build", "-j2"])
        self.assertEqual(test.words[:3], ["ctest", "--test-dir", "build"])

    def test_the_others_run_l2tp_tests(self) -> None:
        configure, build, test = matrix.steps(row_of("3.48-clang-23"), 2)
        self.assertIn("-DCMAKE_CXX_COMPILER=clang++", configure.words)
        self.assertIn("-DCMAKE_BUILD_TYPE=Debug", configure.words)
        self.assertIn("build-clang-23", build.words)
        self.assertEqual(test.words[0], "build-clang-23/bin/l2tp-tests")

    def test_warnings_are_errors(self) -> None:
        for row in matrix.rows(None, None, None):
            if row.home == matrix.STANDALONE:
                words = matrix.steps(row, 1)[0].words
                self.assertIn("-DCMAKE_COMPILE_WARNING_AS_ERROR=ON", words, row.name)

    def test_the_newest_runs_what_users_type(self) -> None:
        finds = [step.finds for step in matrix.steps(row_of("3.48-gcc-23"), 2)]
        self.assertEqual(finds[:3], ["configured", "built", "tests"])
        for name in ("run voluntary", "run wholesale", "dissect", "bench --quick"):
            self.assertIn(name, finds)
        self.assertFalse([name for name in finds if "emulated" in name])

    def test_inside_ns3_it_is_the_check_of_that_name(self) -> None:
        (step,) = matrix.steps(row_of("3.37-gcc-17-contrib"), 2)
        self.assertEqual(step.words[-1], "scripts/check-in-tree.py")
        self.assertTrue((ROOT / step.words[-1]).exists())

    def test_packages_are_what_a_row_needs(self) -> None:
        for name, needed, spared in (
            ("3.48-gcc-23", {"g++", "ccache", "valgrind", "python3-scipy"}, {"clang", "dpkg-dev"}),
            ("3.48-clang-23", {"libns3-dev", "clang"}, {"valgrind", "python3-scipy"}),
            ("3.37-gcc-17-contrib", {"dpkg-dev", "libgtest-dev"}, {"clang", "valgrind"}),
        ):
            found = set(row_of(name).packages)
            self.assertEqual((needed - found, spared & found), (set(), set()), name)

    def test_list(self) -> None:
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            self.assertEqual(matrix.run("--list", "--only=3.43"), 0)
        self.assertEqual(len(out.getvalue().splitlines()), 4)
        self.assertRegex(out.getvalue(), r"(?m)^3\.43-gcc-20 +builds all; all tests$")


class Outcomes(unittest.TestCase):
    """What is made of what the commands say."""

    def test_counts(self) -> None:
        for text, expected in (
            (CTEST, (17, 17)),
            (CTEST_FAILED, (16, 17)),
            (GTEST, (9, 9)),
            (GTEST_FAILED, (8, 9)),
            (TEST_PY, (1, 1)),
            ("Segmentation fault\n", (0, 0)),
        ):
            self.assertEqual(matrix.count_tests(text), expected, text)

    def play(self, name: str, *statuses: int) -> matrix.Outcome:
        """Play a row in which commands return these statuses, and 0 then."""
        left = list(statuses)

        def run(words, *, output, **_):
            tests = words[0] == "ctest" or words[0].endswith("l2tp-tests")
            output.write(CTEST if tests else TEST_PY if words[0] == "python3" else "")
            output.flush()
            return left.pop(0) if left else 0

        root = mock.Mock(run=run, read=lambda words: "16.1.0")
        with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stderr(io.StringIO()):
            with open(Path(folder) / "log", "w+", encoding="utf-8") as log:
                return matrix.play(row_of(name), root, 2, log)

    def test_all_well(self) -> None:
        for name in ("3.43-gcc-20", "3.48-gcc-23", "3.48-clang-23", "3.37-gcc-17-contrib"):
            outcome = self.play(name)
            self.assertTrue(outcome.good, name)
            self.assertTrue(outcome.built, name)
        self.assertTrue(self.play("3.48-gcc-23").commands["dissect"])

    def test_each_step_may_fail(self) -> None:
        for number, built in ((0, False), (1, False), (2, True), (3, True), (10, True)):
            outcome = self.play("3.48-gcc-23", *[0] * number, 1)
            self.assertFalse(outcome.good, number)
            self.assertEqual(outcome.built, built, number)
            self.assertEqual(outcome.total, 17 if built else 0, "nothing is tested that isn't built")

    def test_table(self) -> None:
        good = matrix.Outcome(row_of("3.48-gcc-23"), "gcc 16.1.0", True, 17, 17, {"a": True}, 61.6)
        bad = matrix.Outcome(row_of("3.43-clang-20"), problem="built")
        lines = matrix.table([good, bad]).splitlines()
        self.assertEqual(lines[1].split()[:6], ["3.48", "23", "gcc", "16.1.0", "standalone", "yes"])
        self.assertTrue(lines[1].endswith(" 17 of 17    1 of 1     1:02"), lines[1])
        self.assertTrue(lines[2].endswith("  FAILED"), lines[2])


class Roots(unittest.TestCase):
    """Debian roots, without making one."""

    def sources(self, release: str) -> str:
        """What apt's sources are in a root of a release, on a system of the release `old`."""
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "etc/apt").mkdir(parents=True)
            with mock.patch.object(debian_root, "system_release", lambda: "old"), mock.patch.object(
                debian_root, "index_targets", self.index_targets
            ), mock.patch.object(debian_root.DebianRoot, "run", lambda *_, **__: 0):
                debian_root.DebianRoot(Path(folder), release).configure()
            return (Path(folder) / "etc/apt/sources.list").read_text(encoding="utf-8")

    @staticmethod
    def index_targets(line: str, *conditions: str) -> "list[str]":
        return ["http://mirror.example/"] if conditions else ["deb x old main", "deb x old-up main"]

    def test_sources_are_the_systems_own(self) -> None:
        self.assertEqual(self.sources("old"), "deb x old main\ndeb x old-up main\n")
        self.assertEqual(self.sources("new"), "deb http://mirror.example/ new main\n")

    def test_copies_follow_what_is_there(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            here, there = Path(folder) / "here", Path(folder) / "there/deep"
            here.mkdir()
            manifest = here / working_copy.MANIFEST
            with mock.patch.object(working_copy, "ROOT", here):
                for name, text in (("a", "1"), ("b", "2")):
                    (here / name).write_text(text, encoding="utf-8")
                manifest.write_text("a\nb\n", encoding="utf-8")
                working_copy.copy(there)
                (there / "build").mkdir()
                os.utime(there / "a", (1, 1))
                manifest.write_text("a\n", encoding="utf-8")
                working_copy.copy(there)
            self.assertEqual((there / "a").stat().st_mtime, 1, "not copied again")
            self.assertFalse((there / "b").exists())
            self.assertTrue((there / "build").exists(), "what was built there stays")


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""`./l2tp fuzz`: its command line, the inputs that are kept, and what libFuzzer says."""

import contextlib
import io
import sys
import tempfile
import unittest
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).resolve().parents[2]
LOADER = SourceFileLoader("l2tp", str(ROOT / "l2tp"))
l2tp = module_from_spec(spec_from_loader("l2tp", LOADER))
LOADER.exec_module(l2tp)
fuzz = sys.modules["fuzz"]

# As clang 14 writes it.
LOG = """INFO: Running with entropic power schedule (0xFF, 100).
INFO: Loaded 2 modules   (56519 inline 8-bit counters): 1234 [0x1, 0x2), 55285 [0x3, 0x4),
#90\tINITED cov: 1810 ft: 4410 corp: 71/9123b exec/s: 0 rss: 71Mb
#2048\tpulse  cov: 1810 ft: 4412 corp: 73/9200b lim: 255 exec/s: 1024 rss: 99Mb
#3001\tNEW    cov: 1822 ft: 4466 corp: 80/9911b lim: 255 exec/s: 1500 rss: 99Mb L: 40/255 MS: 1 A-
#4000\tDONE   cov: 1823 ft: 4470 corp: 82/9999b lim: 255 exec/s: 2000 rss: 99Mb
Done 4000 runs in 2 second(s)
stat::number_of_executed_units: 4001
stat::average_exec_per_sec:     2000
stat::new_units_added:          11
stat::slowest_unit_time_sec:    0
stat::peak_rss_mb:              99
"""


class Corpus(unittest.TestCase):
    """The file that inputs are kept in."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "corpus/one.hex"

    def test_there_may_be_none(self):
        self.assertEqual(fuzz.read_corpus(self.path), [])

    def test_inputs_come_back(self):
        kept = [fuzz.Kept(b"\x00\xff", "what it showed"), fuzz.Kept(b"a"), fuzz.Kept(b"bc")]
        fuzz.write_corpus(self.path, kept)
        self.assertEqual(fuzz.read_corpus(self.path), kept)
        self.assertEqual(self.path.read_text("utf-8"), "00ff # what it showed\n61\n6263\n")

    def test_each_is_there_once_with_what_it_showed(self):
        kept = [fuzz.Kept(b"b"), fuzz.Kept(b"a"), fuzz.Kept(b"b", "it"), fuzz.Kept(b"")]
        fuzz.write_corpus(self.path, kept)
        self.assertEqual(fuzz.read_corpus(self.path), [fuzz.Kept(b"b", "it"), fuzz.Kept(b"a")])

    def test_remarks_are_no_inputs(self):
        self.path.parent.mkdir()
        self.path.write_text("# a remark\n\n61\n", encoding="utf-8")
        self.assertEqual(fuzz.read_corpus(self.path), [fuzz.Kept(b"a")])


class Reports(unittest.TestCase):
    """What libFuzzer says."""

    def test_report_of_a_run(self):
        self.assertEqual(fuzz.read_report(LOG), fuzz.Report(4001, 1823, 4470, 82, 11))

    def test_report_of_a_run_that_a_finding_ended(self):
        cut = LOG[: LOG.index("#4000")]
        self.assertEqual(fuzz.read_report(cut), fuzz.Report(3001, 1822, 4466, 80, 0))

    def test_report_of_nothing(self):
        self.assertEqual(fuzz.read_report("error while loading shared libraries"), fuzz.Report())

    def test_summary_adds_jobs_up(self):
        reports = [fuzz.Report(1000, 10, 30, 5, 1), fuzz.Report(2000, 12, 31, 6, 2)]
        self.assertEqual(
            fuzz.summary("one", reports, fuzz.Took(2.0, 1.0), []),
            "one: 3,000 executions in 2 s, 1,500 a second, 3,000 a second of processor time; "
            "covers 12 edges, 31 features by 6 inputs, 3 of them new; no finding",
        )
        line = fuzz.summary("one", reports, fuzz.Took(2.0, 1.0), [Path("a")])
        self.assertTrue(line.endswith("; 1 findings"))


class Driver(unittest.TestCase):
    """The command, with the commands that it would start recorded instead of run."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        (self.root / "cmake").mkdir()
        (self.root / "cmake/fuzz.cmake").write_text(
            "set(l2tp_fuzz_targets\n    one\n    other\n)\n", encoding="utf-8"
        )
        (self.root / "test/fuzz").mkdir(parents=True)
        for name in ("one", "other"):
            text = f"/*\n * @brief What {name} is\n */\n"
            (self.root / f"test/fuzz/l2tp-fuzz-{name}.cc").write_text(text, encoding="utf-8")
        self.calls = []
        self.built = []
        self.required = []
        for target, name, replacement in (
            (fuzz, "ROOT", self.root),
            (sys.modules["builds"], "ROOT", self.root),
            (fuzz, "call", self.call),
            (fuzz.packages, "require", self.required.extend),
            (fuzz.Build, "make", lambda build, *targets: self.built.append(targets)),
        ):
            patch = mock.patch.object(target, name, replacement)
            patch.start()
            self.addCleanup(patch.stop)

    def call(self, command, **_):
        self.calls.append([str(word) for word in command])
        for word in command[1:]:
            if str(word).endswith("merged/one"):
                (Path(word) / "best").write_bytes(b"best")
        return 0

    def drive(self, *words):
        """Run the driver; return its exit status, standard output and standard error."""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                status = l2tp.main(["fuzz", *words])
            except SystemExit as end:
                status = end.code
        return status, out.getvalue(), err.getvalue()

    def program(self, text):
        """Put a program in libFuzzer's place."""
        path = self.root / "build-fuzz/bin/l2tp-fuzz-one"
        path.parent.mkdir(parents=True)
        path.write_text(f"#!{sys.executable}\nimport sys\n{text}", encoding="utf-8")
        path.chmod(0o755)

    def test_list(self):
        status, out, _ = self.drive("--list")
        self.assertEqual(status, 0)
        self.assertEqual(out, "one            What one is\nother          What other is\n")
        self.assertEqual(self.built, [])

    def test_every_target_of_this_tree_is_told_of(self):
        with mock.patch.object(fuzz, "ROOT", ROOT):
            known = fuzz.targets()
        self.assertGreaterEqual(len(known), 8)
        manual = (ROOT / "doc/fuzzing.rst").read_text("utf-8")
        for name, brief in known.items():
            self.assertTrue(brief, name)
            self.assertIn(f"``{name}``", manual)
            self.assertTrue((ROOT / f"test/fuzz/corpus/{name}.hex").exists(), name)

    def test_unknown_target(self):
        status, _, err = self.drive("two")
        self.assertEqual(status, 2)
        self.assertIn("There is no fuzz target 'two'", err)

    def test_no_time(self):
        self.assertEqual(self.drive("one", "--seconds", "0")[0], 2)
        self.assertEqual(self.drive("one", "--jobs", "0")[0], 2)

    def test_run(self):
        self.program(f"sys.stderr.write({LOG!r})\nsys.exit('-max_total_time=5' not in sys.argv)\n")
        status, out, _ = self.drive("one", "--seconds", "5", "--jobs", "2")
        self.assertEqual(status, 0)
        self.assertEqual(self.built, [("l2tp-fuzz-one", "l2tp-fuzz-seeds")])
        self.assertIn("libclang-rt-14-dev", self.required)
        self.assertIn("one: 8,002 executions in", out)
        self.assertIn("no finding", out)

    def test_finding(self):
        self.program(
            "at = [word for word in sys.argv if word.startswith('-artifact_prefix=')][0]\n"
            "open(at.partition('=')[2] + 'crash-1', 'w').close()\n"
            "sys.stderr.write('==1==ERROR: AddressSanitizer: something\\n')\n"
            "sys.exit(77)\n"
        )
        status, out, err = self.drive("one", "--seconds", "5")
        self.assertEqual(status, 1)
        finding = self.root / "build-fuzz/fuzz/findings/one/crash-1"
        self.assertIn(f"./l2tp fuzz one --replay {finding}", out)
        self.assertIn("AddressSanitizer: something", err)

    def test_a_program_that_fails_without_a_finding_is_told(self):
        self.program("sys.exit(1)\n")
        self.assertEqual(self.drive("one")[0], 1)

    def test_replay(self):
        self.assertEqual(self.drive("one", "--replay", "a", "b")[0], 0)
        self.assertEqual(self.calls[-1][-2:], ["a", "b"])

    def test_keep_and_merge(self):
        finding = self.root / "crash-1"
        finding.write_bytes(b"bad")
        self.assertEqual(self.drive("one", "--keep", str(finding))[0], 2)
        self.assertEqual(self.drive("one", "--keep", str(finding), "--about", "a crash")[0], 0)
        kept = self.root / "test/fuzz/corpus/one.hex"
        self.assertEqual(fuzz.read_corpus(kept), [fuzz.Kept(b"bad", "a crash")])
        status, out, _ = self.drive("one", "--merge")
        self.assertEqual(status, 0)
        self.assertEqual(out, "one: 1 inputs were kept, 2 are\n")
        self.assertEqual(
            fuzz.read_corpus(kept), [fuzz.Kept(b"bad", "a crash"), fuzz.Kept(b"best")]
        )


if __name__ == "__main__":
    unittest.main()

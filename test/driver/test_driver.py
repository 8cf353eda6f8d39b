#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The driver ./l2tp: what it makes of its command line. Nothing is installed or built."""

import contextlib
import io
import subprocess
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


class Driver(unittest.TestCase):
    """Each command, with the commands that it would start recorded instead of run."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name).resolve()
        (self.root / "examples").mkdir()
        self.add_example("voluntary", "/*\n * Head\n *\n * @brief A host dials itself.\n */\n")
        self.calls = []
        self.built = []
        self.status = 0
        for target, name, replacement in (
            (l2tp, "ROOT", self.root),
            (l2tp, "call", self.call),
            (l2tp.packages, "require", lambda names: None),
            (sys.modules["builds"], "call", self.call),
            (l2tp.Build, "make", lambda build, *targets: self.built.append(targets)),
        ):
            patch = mock.patch.object(target, name, replacement)
            patch.start()
            self.addCleanup(patch.stop)

    def add_example(self, name, text):
        path = self.root / f"examples/l2tp-{name}.cc"
        path.write_text(text, encoding="utf-8")

    def call(self, command, **_):
        self.calls.append([str(word) for word in command])
        return self.status

    def drive(self, *words):
        """Run the driver; return its exit status, standard output and standard error."""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                status = l2tp.main(list(words))
            except SystemExit as end:
                status = end.code
        return status, out.getvalue(), err.getvalue()

    def test_run_passes_options_and_names_the_default_folder(self):
        status, _, _ = self.drive("run", "voluntary", "--Loss=0.1", "--Pcap")
        folder = self.root / "out/voluntary"
        self.assertEqual(status, 0)
        self.assertEqual(self.built, [("l2tp-voluntary",)])
        program = str(ROOT / "build/bin/l2tp-voluntary")
        self.assertEqual(self.calls, [[program, "--Loss=0.1", "--Pcap", f"--Out={folder}"]])
        self.assertTrue(folder.is_dir())

    def test_run_maps_out(self):
        folder = self.root / "a/b"
        for words in (("--out", str(folder)), (f"--out={folder}",), (f"--Out={folder}",)):
            self.drive("run", "voluntary", *words, "--RngRun=2")
            self.assertEqual(self.calls.pop()[1:], ["--RngRun=2", f"--Out={folder}"])
            self.assertTrue(folder.is_dir())

    def test_run_makes_out_absolute(self):
        with tempfile.TemporaryDirectory(dir=".") as folder:
            name = Path(folder).name
            self.drive("run", "voluntary", "--out", name)
            self.assertEqual(self.calls[0][1], f"--Out={Path.cwd().resolve() / name}")

    def test_run_passes_help_to_the_scenario(self):
        self.drive("run", "voluntary", "--help")
        self.assertEqual(self.calls[0][1:], ["--help"])
        self.assertFalse((self.root / "out").exists())

    def test_run_returns_the_scenarios_status(self):
        self.status = 3
        self.assertEqual(self.drive("run", "voluntary")[0], 3)

    def test_run_of_an_unknown_scenario_lists_those_there_are(self):
        status, _, err = self.drive("run", "involuntary")
        self.assertEqual(status, 2)
        self.assertIn("voluntary      A host dials itself.", err)
        self.assertEqual((self.built, self.calls), ([], []))

    def test_run_without_scenario(self):
        self.assertEqual(self.drive("run")[0], 2)

    def test_list_shows_scenarios(self):
        self.add_example("multihop", "// no head\n")
        status, out, _ = self.drive("list")
        self.assertEqual(status, 0)
        self.assertIn("  multihop\n  voluntary      A host dials itself.\n", out)
        self.assertNotIn("Studies", out)

    def test_list_shows_studies(self):
        (self.root / "studies/loss").mkdir(parents=True)
        (self.root / "studies/loss/README.md").write_text("# What loss does\n\nText\n")
        self.assertIn("  loss           What loss does\n", self.drive("list")[1])

    def test_test_runs_ctest(self):
        self.assertEqual(self.drive("test")[0], 0)
        self.assertEqual(self.built, [()])
        self.assertEqual(self.calls[0][:3], ["ctest", "--test-dir", str(ROOT / "build")])
        self.assertIn("--no-tests=error", self.calls[0])
        self.assertNotIn("-R", self.calls[0])

    def test_test_passes_the_filter_and_returns_the_status(self):
        self.status = 8
        self.assertEqual(self.drive("test", "Avp.*")[0], 8)
        self.assertEqual(self.calls[0][-2:], ["-R", "Avp.*"])

    def test_swarm_passes_options(self):
        self.assertEqual(self.drive("swarm", "--seeds", "20", "--first", "7", "--jobs=1")[0], 0)
        self.assertEqual(self.built, [("l2tp-swarm",)])
        program = str(ROOT / "build/bin/l2tp-swarm")
        self.assertEqual(self.calls, [[program, "--seeds=20", "--first=7", "--jobs=1"]])
        self.assertEqual(self.drive("swarm", "--seed", "4", "--without", "0-3,7")[0], 0)
        self.assertEqual(self.calls[1], [program, "--seed=4", "--without=0-3,7"])

    def test_check_lists_checks(self):
        status, out, _ = self.drive("check")
        self.assertEqual(status, 0)
        names = ["in-tree", "sanitizers", "swarm", "planted", "flood", "soak", "fuzz"]
        for name in [*names, "coverage", "mutations", "matrix", "tidy", "fresh"]:
            self.assertIn(f"\n  {name} ", out)

    def test_check_fails_if_one_fails(self):
        good = l2tp.checks.Check("good", (), lambda: 0)
        bad = l2tp.checks.Check("bad", (), lambda: 1)
        ends = l2tp.checks.Check("ends", (), lambda: sys.exit("no"))
        for entries, expected in (
            ({"a": good}, 0),
            ({"a": good, "b": bad}, 1),
            ({"a": ends, "b": good}, 1),
        ):
            with mock.patch.object(l2tp.checks, "CHECKS", entries):
                status, out, _ = self.drive("check", "--full")
            self.assertEqual(status, expected)
            self.assertEqual(out.count("passed") + out.count("FAILED"), len(entries))

    def test_check_passes_options_to_one_that_takes_them(self):
        calls = []
        entries = {
            "a": l2tp.checks.Check("a", (), lambda *options: calls.append(options) or 0, True),
            "b": l2tp.checks.Check("b", (), lambda: 0),
        }
        with mock.patch.object(l2tp.checks, "CHECKS", entries):
            self.assertEqual(self.drive("check", "a", "--seed=3")[0], 0)
            self.assertEqual(calls, [("--seed=3",)])
            self.assertEqual(self.drive("check", "b", "--seed=3")[0], 2)

    def test_coverage_is_summed_by_folder(self):
        folder = l2tp.checks.ROOT / "model/wire"
        info = f"SF:{folder}/a.cc\nDA:1,5\nDA:2,0\nend_of_record\nSF:{folder}/b.h\nDA:9,1\n"
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            l2tp.checks.print_coverage(info)
        self.assertRegex(out.getvalue(), r"model/wire +2 of +3 +66\.7 %\n +all +2 of +3 ")

    def test_bench_passes_options(self):
        self.assertEqual(self.drive("bench", "--quick")[0], 2)
        (self.root / "bench").mkdir()
        (self.root / "bench/run.py").touch()
        self.assertEqual(self.drive("bench", "--quick")[0], 0)
        self.assertEqual(self.calls, [[sys.executable, str(self.root / "bench/run.py"), "--quick"]])

    def test_study_builds_its_program_and_passes_options(self):
        (self.root / "studies/loss").mkdir(parents=True)
        (self.root / "studies/loss/README.md").write_text("# What loss does\n")
        self.status = 130
        out = self.root / "out/study-loss"
        common = [l2tp.packages.python(), str(self.root / "scripts/study"), "loss", "--bin"]
        common += [str(ROOT / "build/bin"), "--out"]
        for words, expected in (
            ([], [str(out)]),
            (["--runs", "5", "--jobs=2"], [str(out), "--runs", "5", "--jobs", "2"]),
            (["--out", str(self.root / "x")], [str(self.root / "x")]),
        ):
            self.assertEqual(self.drive("study", "loss", *words)[0], 130, "its own status")
            self.assertEqual(self.calls.pop(), common + expected)
            self.assertEqual(self.built.pop(), ("l2tp-study-loss",))

    def test_unknown_study_lists_those_there_are(self):
        (self.root / "studies/loss").mkdir(parents=True)
        (self.root / "studies/loss/README.md").write_text("# What loss does\n")
        status, _, err = self.drive("study", "gain")
        self.assertEqual(status, 2)
        self.assertIn("loss           What loss does", err)
        self.assertEqual((self.built, self.calls), ([], []))

    def test_dissect_passes_what_it_is_given(self):
        program = str(ROOT / "build/bin/l2tp-dissect")
        self.status = 1
        for words, expected in (
            (["a.pcap"], ["--", "a.pcap"]),
            (["c802", "--json"], ["--json", "--", "c802"]),
            (["--secret", "a b", "a.pcap"], ["--secret=a b", "--", "a.pcap"]),
            (["--secret=-x", "--json", "a.pcap"], ["--json", "--secret=-x", "--", "a.pcap"]),
        ):
            self.assertEqual(self.drive("dissect", *words)[0], 1, "the program's own status")
            self.assertEqual(self.calls.pop(), [program, *expected])
            self.assertEqual(self.built.pop(), ("l2tp-dissect",))

    def test_dissect_needs_one_source(self):
        for words in ((), ("c802", "c802"), ("c802", "--xml")):
            status, _, err = self.drive("dissect", *words)
            self.assertEqual((status, self.built, self.calls), (2, [], []))
            self.assertIn("usage: l2tp", err)

    def test_what_it_does_not_know(self):
        for words in (("nonsense",), (), ("check", "nonsense"), ("test", "-x"), ("list", "a")):
            status, _, err = self.drive(*words)
            self.assertEqual(status, 2, words)
            self.assertIn("usage: l2tp", err)

    def test_help(self):
        status, out, _ = self.drive("--help")
        self.assertEqual(status, 0)
        for command in ("run", "test", "check", "matrix", "study", "bench", "dissect", "list"):
            self.assertRegex(out, rf"\n    {command} ")

    def test_as_a_program(self):
        done = subprocess.run([ROOT / "l2tp", "list"], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0)
        self.assertTrue(done.stdout.startswith("Scenarios"))


class Packages(unittest.TestCase):
    """What is done about missing packages, without apt."""

    def setUp(self):
        self.packages = l2tp.packages
        self.commands = []
        patches = (
            mock.patch.object(self.packages.shutil, "which", lambda name: name),
            mock.patch.object(self.packages.subprocess, "run", self.run_command),
        )
        for patch in patches:
            patch.start()
            self.addCleanup(patch.stop)

    def run_command(self, command, **_):
        self.commands.append(command)
        shown = "g++ installed\ncmake config-files\n" if command[0] == "dpkg-query" else ""
        return subprocess.CompletedProcess(command, 0, stdout=shown)

    def test_nothing_is_done_if_all_is_there(self):
        self.packages.require(["g++"])
        self.assertEqual([command[0] for command in self.commands], ["dpkg-query"])

    def test_update_comes_before_install(self):
        with mock.patch.object(self.packages, "as_root", lambda: []):
            with contextlib.redirect_stderr(io.StringIO()):
                self.packages.require(["g++", "cmake", "ninja-build"])
        self.assertEqual(self.commands[1][-1], "update")
        self.assertEqual(self.commands[2][-2:], ["cmake", "ninja-build"])

    def test_the_command_to_type_is_named(self):
        with mock.patch.object(self.packages, "as_root", lambda: None):
            with self.assertRaisesRegex(SystemExit, "sudo apt-get install cmake$"):
                self.packages.require(["g++", "cmake"])


if __name__ == "__main__":
    unittest.main()

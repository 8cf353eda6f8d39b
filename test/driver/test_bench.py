#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The benchmarks' arithmetic and output, on canned reports. Nothing is measured."""

import contextlib
import io
import json
import sys
import tempfile
import unittest
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).resolve().parents[2]
LOADER = SourceFileLoader("bench_run", str(ROOT / "bench/run.py"))
bench = module_from_spec(spec_from_loader("bench_run", LOADER))
sys.modules["bench_run"] = bench
LOADER.exec_module(bench)

# What callgrind writes, shortened.
PROFILE = """# callgrind format
version: 1
creator: callgrind-3.19.0
cmd:  l2tp-data-path --Path=native --Packets=1000
part: 1

desc: Trigger: Program termination

positions: line
events: Ir
summary: {total}


ob=(1) /usr/lib/libns3.37-core.so
fl=(1) event-impl.cc
fn=(1) ns3::EventImpl::Invoke()
45 2000
calls=1 0
+3 {total}

totals: {total}
"""

# Instructions of each path, beside so many for each packet, that building the scenario takes.
SET_UP = {"native": 5_000_000, "bare": 6_000_000, "l2tp": 9_000_000, "l2tp-sequenced": 9_100_000}
PER_PACKET = {"native": 80_000, "bare": 100_000, "l2tp": 97_500, "l2tp-sequenced": 98_000}

CODEC_NAMES = ("ParseSccrq", "WriteSccrq", "CopySccrq", "ParseData", "WriteData", "CopyDataHeader")
CODEC_KEYS = ("parse_sccrq", "write_sccrq", "copy_sccrq", "parse_data", "write_data")


def codec_report(names=CODEC_NAMES, unit="ns"):
    """Return a report of Google Benchmark: mean, median and deviation of each benchmark."""
    entries = [
        {
            "name": f"{name}_{aggregate}",
            "run_name": name,
            "run_type": "aggregate",
            "aggregate_name": aggregate,
            "real_time": 99.0,
            "cpu_time": time,
            "time_unit": unit,
        }
        for name in names
        for aggregate, time in (("mean", 20.0), ("median", 12.3456), ("stddev", 1.0))
    ]
    return {"context": {"library_build_type": "release"}, "benchmarks": entries}


class Arithmetic(unittest.TestCase):
    """What is read from the reports, and what is made of it."""

    def test_total_of_a_profile(self):
        self.assertEqual(bench.total_instructions(PROFILE.format(total=173118434)), 173118434)

    def test_a_profile_must_count_instructions_once(self):
        profile = PROFILE.format(total=7)
        for bad in (
            "",
            profile.replace("events: Ir", "events: Dr"),
            profile.replace("totals: 7", ""),
            profile + "totals: 8\n",
        ):
            with self.assertRaises(ValueError):
                bench.total_instructions(bad)

    def test_set_up_cost_drops_out(self):
        for set_up in (0, 1, 10**9):
            found = bench.marginal((1000, set_up + 5000), (3000, set_up + 15000))
            self.assertEqual(found, 5.0)

    def test_marginal_needs_more_packets(self):
        for packets in (999, 1000):
            with self.assertRaises(ValueError):
                bench.marginal((1000, 5), (packets, 6))

    def test_names_become_keys(self):
        for name, key in (("ParseAndCheckSccrq", "parse_and_check_sccrq"), ("Write", "write")):
            self.assertEqual(bench.snake_case(name), key)

    def test_medians_of_the_codec(self):
        medians = bench.codec_medians(codec_report(("ParseSccrq", "WriteData/64")))
        self.assertEqual(medians, {"parse_sccrq": 12.35, "write_data": 12.35})

    def test_codec_is_in_nanoseconds(self):
        with self.assertRaises(ValueError):
            bench.codec_medians(codec_report(unit="us"))

    def test_settings_of_the_build(self):
        cache = "CMAKE_BUILD_TYPE:STRING=Debug\nNS3_ns3-core_VERSION:INTERNAL=3.37\n"
        found = bench.build_settings(cache)
        self.assertEqual(found, {"ns3_version": "3.37", "build_type": "Debug"})
        self.assertEqual(bench.build_settings("")["ns3_version"], "")


class Program(unittest.TestCase):
    """The whole script, with canned programs in place of the measured ones."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        build = Path(folder.name)
        (build / "CMakeCache.txt").write_text("NS3_ns3-core_VERSION:INTERNAL=3.37\n")
        for name in ("l2tp-data-path", "l2tp-codec-bench", "l2tp-sessions"):
            (build / name).touch()
        self.commands = []
        for name, replacement in (
            ("BUILD", build),
            ("DATA_PATH", build / "l2tp-data-path"),
            ("CODEC", build / "l2tp-codec-bench"),
            ("SESSIONS", build / "l2tp-sessions"),
            ("run", self.run_command),
        ):
            patch = mock.patch.object(bench, name, replacement)
            patch.start()
            self.addCleanup(patch.stop)

    def run_command(self, command):
        self.commands.append(command)
        if command[0].endswith("l2tp-sessions"):
            given = dict(word.lstrip("-").split("=") for word in command[1:])
            sessions, tunnels = int(given["Sessions"]), int(given["Tunnels"])
            told = {
                "sessions": sessions,
                "tunnels": tunnels,
                "lns_octets": 10**6 + 2000 * sessions + 5000 * tunnels,
                "lac_octets": 10**5 + 1500 * sessions + 4000 * tunnels,
                "seconds": sessions / 2500,
            }
            return "words\n" + json.dumps(told)
        if command[0] != "valgrind":
            return json.dumps(codec_report())
        option = dict(word.lstrip("-").split("=") for word in command if "=" in word)
        total = SET_UP[option["Path"]] + int(option["Packets"]) * PER_PACKET[option["Path"]]
        profile = Path(option["callgrind-out-file"])
        profile.write_text(PROFILE.format(total=total), encoding="utf-8")
        return ""

    def bench(self, *words):
        """Run the script; return its standard output and standard error."""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            self.assertEqual(bench.main(list(words)), 0)
        return out.getvalue(), err.getvalue()

    def test_last_line_is_the_json_object(self):
        found = json.loads(self.bench()[0].splitlines()[-1])
        expected = {
            "native": 80_000,
            "bare_tunnel": 100_000,
            "l2tp": 97_500,
            "l2tp_sequenced": 98_000,
        }
        self.assertEqual(found["data_path"], expected)
        self.assertEqual(found["data_path_ratio"], 0.975)
        for key in CODEC_KEYS:
            self.assertEqual(found["codec_ns"][key], 12.35)
        self.assertEqual(found["bytes_per_session"], {"lns": 2000, "lac": 1500})
        self.assertEqual(found["bytes_per_tunnel"], {"lns": 5000, "lac": 4000})
        self.assertEqual(found["sessions_per_second"], 2500)
        self.assertIs(found["settings"]["checksum_enabled"], False)
        self.assertEqual(found["settings"]["payload_octets"], 1000)
        self.assertEqual(found["settings"]["ns3_version"], "3.37")

    def test_table(self):
        out, err = self.bench()
        self.assertIn("checksums off", out)
        self.assertRegex(out, r"\n  l2tp +97,500 +0\.975\n")
        self.assertRegex(out, r"\n  parse_sccrq +12\.3\n")
        self.assertRegex(out, r"\n  session +2,000 +1,500\n  tunnel +5,000 +4,000\n")
        self.assertIn("\nSessions up in a second of wall time: 2,500\n", out)
        self.assertIn("Counting", err)
        self.assertNotIn("Counting", out)

    def test_quick_sends_fewer_packets(self):
        sent = []
        for words in ((), ("--quick",)):
            self.commands.clear()
            found = json.loads(self.bench(*words)[0].splitlines()[-1])
            self.assertEqual(found["data_path_ratio"], 0.975)
            sent.append(found["settings"]["packets"])
            for packets in sent[-1]:
                uses = [command for command in self.commands if f"--Packets={packets}" in command]
                self.assertEqual(len(uses), len(bench.PATHS))
        self.assertLess(sent[1][1], sent[0][1])

    def test_options_reach_the_program(self):
        out, _ = self.bench("--checksum", "--size", "64")
        self.assertIn("64 octets, checksums on", out)
        measured = [command for command in self.commands if command[0] == "valgrind"]
        self.assertEqual(len(measured), 2 * len(bench.PATHS))
        for command in measured:
            self.assertIn("--ChecksumEnabled=true", command)
            self.assertIn("--Size=64", command)

    def test_what_is_not_built_is_named(self):
        bench.CODEC.unlink()
        with self.assertRaisesRegex(SystemExit, "l2tp-codec-bench is not built"):
            bench.main([])


class Failure(unittest.TestCase):
    """A measured program that fails."""

    def test_its_output_is_shown(self):
        err = io.StringIO()
        script = "import sys; print('lost'); sys.exit(3)"
        with contextlib.redirect_stderr(err), self.assertRaisesRegex(SystemExit, "status 3"):
            bench.run([sys.executable, "-c", script])
        self.assertIn("lost", err.getvalue())


if __name__ == "__main__":
    unittest.main()

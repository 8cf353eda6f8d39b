#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The study `overhead`: its arithmetic, what each treatment must do, and a short run of its plan."""

import copy
import json
import subprocess
import sys
import tempfile
import unittest
from functools import partial
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = Path(sys.argv.pop(1)) if len(sys.argv) > 1 else ROOT / "build/bin"
sys.path[:0] = [str(ROOT / "scripts/study"), str(ROOT / "studies/overhead")]

# pylint: disable=wrong-import-position
import arithmetic
import study
import study_program
from arithmetic import Setting

PROGRAM = PROGRAMS / "l2tp-study-overhead"
replicate = partial(study_program.replicate, PROGRAM)


class Arithmetic(unittest.TestCase):
    """What is computed, against numbers worked out by hand."""

    def test_a_packet_that_fits(self) -> None:
        # Link 2, IP 20, UDP 8, L2TP 6, PPP 4, IP 20, UDP 8.
        self.assertEqual(arithmetic.on_link(100, Setting()), 100 + 68)
        self.assertEqual(arithmetic.on_link(100, Setting(tunnel=False)), 100 + 30)
        self.assertEqual(arithmetic.on_link(100, Setting(options=True)), 100 + 78)
        self.assertEqual(arithmetic.on_link(100, Setting(ipv6=True)), 100 + 88)

    def test_fragments_but_the_last_are_multiples_of_8(self) -> None:
        # RFC 791, section 2.3.
        self.assertEqual(arithmetic.pieces(1480, 20, 1500), [1480])
        self.assertEqual(arithmetic.pieces(1481, 20, 1500), [1480, 1])
        self.assertEqual(arithmetic.pieces(3000, 20, 1500), [1480, 1480, 40])
        self.assertEqual(arithmetic.pieces(1480, 20, 1462), [1440, 40])

    def test_a_fragment_that_becomes_fragments(self) -> None:
        # 1538 octets: 1500 and 58 leave the gateway, and a link of 1400 makes 1396 and 124 of 1500.
        self.assertEqual(arithmetic.octets(1472, Setting(path_mtu=1400))["frames"], 3)

    def test_all_fragments_must_arrive(self) -> None:
        self.assertAlmostEqual(arithmetic.share(1434, Setting(), 0.1), 0.9)
        self.assertAlmostEqual(arithmetic.share(1435, Setting(), 0.1), 0.81)


class Program(unittest.TestCase):
    """The simulation."""

    def test_octets_are_as_computed(self) -> None:
        for payload in (1, 1434, 1435, 1472, 3000):
            for setting in (
                Setting(tunnel=False),
                Setting(),
                Setting(path_mtu=1400),
                Setting(mru=1462, options=True),
                Setting(ipv6=True),
            ):
                out = replicate(
                    f"--Payload={payload}",
                    "--Burst=10",
                    f"--Tunnel={str(setting.tunnel).lower()}",
                    f"--Ipv6={str(setting.ipv6).lower()}",
                    f"--Options={str(setting.options).lower()}",
                    f"--Mru={setting.mru}",
                    f"--PathMtu={setting.path_mtu}",
                )
                self.assertEqual(out["arrived"], 10)
                computed = arithmetic.octets(payload, setting)
                simulated = {name: out["layers"][name] / 10 for name in computed}
                self.assertEqual(simulated, computed, (payload, setting))

    def test_discovery_finds_the_path_mtu(self) -> None:
        # RFC 1191, section 4. 52 octets are TCP's and IP's headers, 38 the tunnel's.
        out = replicate("--Mru=1462", "--InnerDf=true", "--Duration=8s")
        self.assertEqual(out["segment_size"], 1462 - 52)
        self.assertGreater(out["goodput_bps"], 5e6)
        out = replicate("--Mru=1462", "--InnerDf=true", "--OuterDf=true", "--PathMtu=1400",
                        "--Duration=12s")  # fmt: skip
        self.assertEqual(out["interface_mtu"], 1400 - 38)
        self.assertEqual(out["segment_size"], 1400 - 38 - 52)
        self.assertGreater(out["goodput_bps"], 2e6)

    def test_nothing_is_too_long_once_the_mtu_is_known(self) -> None:
        # RFC 1191, section 6.4: what is sent again, too, is cut by the new size.
        out = replicate("--Mru=1462", "--InnerDf=true", "--Loss=0.01", "--RngRun=2")
        self.assertGreater(out["tcp_again"], 10 * 1448)
        self.assertEqual((out["too_long"], out["icmp_to_host"]), (10, 10))  # the first window

    def test_a_black_hole_lets_nothing_through(self) -> None:
        out = replicate("--Mru=1462", "--InnerDf=true", "--Icmp=false", "--Duration=8s")
        self.assertEqual((out["received"], out["icmp_to_host"]), (0, 0))
        self.assertGreater(out["too_long"], 0)
        out = replicate("--Mru=1462", "--InnerDf=true", "--Icmp=false", "--Mss=1410", "--Duration=8s")
        self.assertEqual(out["too_long"], 0)
        self.assertGreater(out["goodput_bps"], 8e6)

    def test_bad_options_are_named(self) -> None:
        for option in ("--Mru=100", "--PathMtu=9000", "--Mss=1460", "--Burst=1", "--Loss=1"):
            done = subprocess.run([PROGRAM, option], capture_output=True, text=True, check=False)
            self.assertNotEqual(done.returncode, 0)
            self.assertIn(option.partition("=")[0], done.stderr)


class Report(unittest.TestCase):
    """A run with few and short replications."""

    def test_files_and_page(self) -> None:
        plan = copy.deepcopy(study.PLAN)
        plan["flows"]["Duration"] = "1s"
        plan["losses"]["Burst"] = 100
        plan["sizes"]["Burst"] = 5
        with tempfile.TemporaryDirectory() as folder, mock.patch.dict(study.PLAN, plan):
            path = Path(folder)
            batches = study.batches(2)
            self.assertEqual(len({batch.key for batch in batches}), len(batches))
            page = study_program.report_of(study, PROGRAM, 2, path)
            names = {file.name for file in path.iterdir()}
            figures = {f"overhead-{name}.svg" for name in ("layers", "goodput", "loss", "tcp")}
            self.assertLessEqual({"overhead-sizes.csv", "overhead-flows.json", *figures}, names)
            rows = json.loads((path / "overhead-sizes.json").read_text())
            self.assertEqual(len(rows), len(study.size_points()))
            self.assertIn("as computed at 65 of 65 sizes", page)


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only

"""The scenario `meltdown`: what its files say, judged by tshark and by counting."""

import csv
import sys
import unittest
from pathlib import Path

from capture import count_frames, faults, tshark
from scenario_run import ScenarioRun

PROGRAM = Path(sys.argv.pop(1)) if len(sys.argv) > 1 else Path("build/bin/l2tp-meltdown")
GATEWAY = "192.0.2.2"
TUNNEL_PORT = "1194"


class Run(ScenarioRun):
    """One run of the scenario, and its files."""

    PROGRAM = PROGRAM


class ThreeWays(unittest.TestCase):
    """A short run with loss."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.run_ = Run.of_class(cls, "--Duration=10s", "--Rate=2Mbps", "--Loss=0.03")

    def test_outcome(self) -> None:
        self.assertEqual(self.run_.done.returncode, 0, self.run_.done.stdout)
        summary = self.run_.summary
        self.assertEqual(summary["outcome"], "complete")
        for way in ("plain", "l2tp", "tcp"):
            self.assertGreater(summary[f"{way}_goodput_bps"], 0)
            self.assertLess(summary[f"{way}_goodput_bps"], 2e6)
        self.assertEqual(summary["tunnels"], {"established": 1, "failed": 0, "cleared": 1})
        self.assertEqual(summary["goodput_bps"], summary["l2tp_goodput_bps"])

    def test_only_the_tcp_tunnel_has_a_tcp_of_its_own(self) -> None:
        summary = self.run_.summary
        self.assertGreater(summary["tcp_outer_retransmitted_bytes"], 0)
        self.assertGreater(summary["tcp_tunnel_backlog_bytes"], 0)
        for way in ("plain", "l2tp"):
            self.assertEqual(summary[f"{way}_outer_retransmitted_bytes"], 0)
            self.assertEqual(summary[f"{way}_tunnel_backlog_bytes"], 0)

    def test_nothing_malformed(self) -> None:
        for name in ("plain-wan", "l2tp-wan", "l2tp-ppp", "tcp-ppp"):
            with self.subTest(name):
                self.assertEqual(faults(self.run_.path / f"meltdown-{name}.pcap"), [])

    def test_same_flow_in_ppp_of_both_tunnels(self) -> None:
        for way in ("l2tp", "tcp"):
            pcap = self.run_.path / f"meltdown-{way}-ppp.pcap"
            sizes = tshark(pcap, "-Y", "tcp.dstport == 5001 && tcp.len > 0", "-T", "fields",
                           "-e", "tcp.len")  # fmt: skip
            self.assertEqual(max(map(int, sizes)), 1398, way)
            self.assertGreater(count_frames(pcap, "icmp.type == 0"), 0)

    def test_frames_with_lengths_are_all_that_is_in_the_tcp_tunnel(self) -> None:
        # The client's stream, read as tshark puts it together, is frames with their lengths; and
        # they are those that PPP has sent.
        rows = tshark(self.run_.path / "meltdown-tcp-wan.pcap", "-q", "-z",
                      "follow,tcp,raw,0")  # fmt: skip
        stream = bytes.fromhex("".join(r for r in rows if r and all(c in "0123456789abcdef" for c in r)))
        frames = []
        while len(stream) >= 2:
            size = int.from_bytes(stream[:2], "big")
            if len(stream) < 2 + size:
                break
            frames.append(stream[2 : 2 + size])
            stream = stream[2 + size :]
        self.assertGreater(len(frames), 100)
        # Address and Control, or none, and the protocol: LCP, IPCP or IPv4.
        known = {b"\xff\x03\xc0\x21", b"\xff\x03\x80\x21", b"\xff\x03\x00\x21"}
        self.assertLessEqual({frame[:4] for frame in frames}, known)

    def test_lines_of_each_second(self) -> None:
        with (self.run_.path / "meltdown.csv").open() as file:
            lines = list(csv.DictReader(file))
        self.assertEqual([line["way"] for line in lines[:3]], ["plain", "l2tp", "tcp"])
        self.assertGreaterEqual(len(lines), 30)
        got = sum(float(line["goodput_bps"]) for line in lines if line["way"] == "plain")
        self.assertAlmostEqual(got / 10, self.run_.summary["plain_goodput_bps"], delta=3e5)


class Options(unittest.TestCase):
    """What the options change."""

    def make(self, *options: str) -> Run:
        return Run.of_test(self, "--Duration=5s", "--Rate=1Mbps", *options)

    def test_same_run_same_bytes(self) -> None:
        one, two, other = (self.make(f"--RngRun={run}") for run in (3, 3, 4))
        name = "meltdown-tcp-wan.pcap"
        self.assertEqual((one.path / name).read_bytes(), (two.path / name).read_bytes())
        self.assertNotEqual((one.path / name).read_bytes(), (other.path / name).read_bytes())

    def test_no_pcap(self) -> None:
        run = self.make("--Pcap=false", "--Tcp=Cubic", "--TunnelTcp=Cubic")
        self.assertEqual(run.done.returncode, 0, run.done.stderr)
        self.assertEqual(list(run.path.glob("*.pcap")), [])

    def test_small_tunnel_buffer_bounds_the_backlog(self) -> None:
        run = self.make("--Pcap=false", "--TunnelBuffer=8192", "--TunnelQueue=2", "--Loss=0")
        limit = 8192 + 2 * 1452
        self.assertLess(run.summary["tcp_tunnel_backlog_bytes"], limit)
        run = self.make("--Pcap=false", "--Loss=0")
        self.assertGreater(run.summary["tcp_tunnel_backlog_bytes"], limit)

    def test_bad_values_are_named(self) -> None:
        for option in ("--Tcp=Nonsense", "--Queue=0", "--TunnelBuffer=5", "--Ipv6=true"):
            run = self.make(option)
            self.assertNotEqual(run.done.returncode, 0)
            self.assertIn(option.split("=")[0], run.done.stderr)


if __name__ == "__main__":
    unittest.main()

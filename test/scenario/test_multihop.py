#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only

"""The scenario `multihop`: what its files say, judged by tshark and by counting."""

import re
import sys
import textwrap
import unittest
from pathlib import Path

from capture import control_messages, count_frames, faults, retransmissions, tshark
from refusal import assert_refused
from scenario_run import ScenarioRun

PROGRAM = Path(sys.argv.pop(1)) if len(sys.argv) > 1 else Path("build/bin/l2tp-multihop")
ROOT = Path(__file__).resolve().parent.parent.parent

CDN = bytes([0, 14])  # the value of a Message Type AVP


class Run(ScenarioRun):
    """One run of the scenario, and its files."""

    PROGRAM = PROGRAM

    def __init__(self, *options: str) -> None:
        super().__init__(*options)
        self.hops = int(self.summary["hops"])
        self.host = self.path / "multihop-host-ppp.pcap"

    def link(self, hop: int) -> Path:
        """Return the capture of a hop's link, at its right end; 0 is the host's."""
        name = "lns" if hop == self.hops else f"switch-{hop}"
        return self.path / f"multihop-{name}-in.pcap"

    def switched(self, switch: int) -> Path:
        """Return the capture of the frames that a switch passes on."""
        return self.path / f"multihop-switch-{switch}-switched.pcap"

    def ends(self, hop: int) -> "list[tuple[str, str, Path]]":
        """Return a hop's ends, the caller first: name, address, and capture of its link."""
        left = ("host", "host") if hop == 0 else (f"switch-{hop - 1}-lac", f"switch-{hop - 1}")
        right = "lns" if hop == self.hops else f"switch-{hop}-lns"
        return [(left[0], f"192.0.2.{4 * hop + 1}", self.path / f"multihop-{left[1]}-out.pcap"),
                (right, f"192.0.2.{4 * hop + 2}", self.link(hop))]


class Cases:
    """What holds however many switches there are."""

    hops = 0
    run_: Run

    @classmethod
    def setUpClass(cls) -> None:
        cls.run_ = Run.of_class(cls, f"--Hops={cls.hops}")

    def test_outcome(self) -> None:
        self.assertEqual(self.run_.done.returncode, 0, self.run_.done.stdout + self.run_.done.stderr)
        summary = self.run_.summary
        every = {"established": self.hops + 1, "failed": 0, "cleared": self.hops + 1}
        self.assertEqual(summary["outcome"], "complete")
        self.assertEqual(summary["tunnels"], every)
        self.assertEqual(summary["sessions"], every)
        self.assertEqual(summary["ppp"], {"up": 1, "failed": 0})
        for endpoint in summary["endpoints"]:
            self.assertEqual(endpoint["tunnels"]["live"] + endpoint["sessions"]["live"], 0)

    def test_nothing_malformed(self) -> None:
        pcaps = sorted(self.run_.path.glob("*.pcap"))
        # Both ends of each hop's link, each switch, the host's and the LNS's PPP.
        self.assertEqual(len(pcaps), 2 * (self.hops + 1) + self.hops + 2)
        for pcap in pcaps:
            with self.subTest(pcap.name):
                self.assertGreater(count_frames(pcap, "ppp"), 10)
                self.assertEqual(faults(pcap), [])

    def test_summary_agrees_with_captures(self) -> None:
        for hop in range(self.hops + 1):
            for name, address, pcap in self.run_.ends(hop):
                with self.subTest(name):
                    counted = self.run_.endpoint(name)
                    sent = [m for m in control_messages(pcap) if m.source == address]
                    self.assertEqual(len([m for m in sent if m.is_zlb]), counted["control"]["zlb"])
                    self.assertEqual(
                        len([m for m in sent if not m.is_zlb]),
                        counted["control"]["sent"] + counted["control"]["retransmitted"])
                    self.assertEqual(retransmissions(pcap, address),
                                     counted["control"]["retransmitted"])
                    data = f"l2tp.type == 0 && ip.src == {address}"
                    self.assertEqual(count_frames(pcap, data), counted["data"]["tx_packets"])

    def test_a_switch_passes_on_what_arrives(self) -> None:
        for switch in range(self.hops):
            arrived = (self.run_.endpoint(f"switch-{switch}-lns")["data"]["rx_packets"]
                       + self.run_.endpoint(f"switch-{switch}-lac")["data"]["rx_packets"])
            self.assertEqual(count_frames(self.run_.switched(switch), "ppp"), arrived)
        self.assertEqual(self.run_.summary["frames_dropped_before_onward_call"], 0)
        # The first Configure-Request comes before the onward call is there, at each switch.
        self.assertEqual(self.run_.summary["frames_held"], self.hops)

    # RFC 2661, section 4.1: M is 0; section 4.4.4: a Call Serial Number of the hop's own.
    def test_icrq_of_each_hop(self) -> None:
        for hop in range(self.hops + 1):
            with self.subTest(hop=hop):
                icrq = "l2tp.avp.message_type == 10"
                vendor = tshark(self.run_.link(hop), "-Y", icrq, "-T", "fields",
                                "-e", "l2tp.avp.vendor_id")[0].split(",")
                self.assertEqual("32473" in vendor, hop > 0)
                octets = tshark(self.run_.link(hop), "-Y", icrq, "-T", "fields",
                                "-e", "udp.payload")[0]
                self.assertEqual(f"00087ed90001{hop:04x}" in octets, hop > 0)

    def test_ladder_and_table(self) -> None:
        words = ["SCCRQ", "ICCN", "PPP: network up", "host > switch-0", "> lns",
                 "TCP transfers completed: 1 of 1"]
        words += [f"Hop Count {hop}" for hop in range(1, self.hops + 1)]
        for some in words:
            self.assertIn(some, self.run_.done.stdout)


class OneSwitch(Cases, unittest.TestCase):
    """A single switch."""

    hops = 1


class TwoSwitches(Cases, unittest.TestCase):
    """The default."""

    hops = 2

    def test_doc_shows_the_ladder(self) -> None:
        text = (ROOT / "doc/multihop.rst").read_text(encoding="utf-8")
        run = Run.of_test(self, "--Loss=0")
        printed = run.done.stdout.split("\n\n")
        for number, before in enumerate((r"\.\. ladder\n\n::", r"each hop's own::")):
            block = re.search(before + r"\n\n(.*?)\n\n(?=\S)", text, re.DOTALL)
            assert block
            shown = textwrap.dedent(block.group(1)).splitlines()
            self.assertEqual([line.rstrip() for line in shown],
                             [line.rstrip()
                              for line in textwrap.dedent(printed[number]).splitlines()])

    # What the host sends is what the LNS gets, to the octet, and what each switch passes on.
    def test_inner_packets_are_the_same_on_each_hop(self) -> None:
        run = Run.of_test(self, "--Loss=0", "--Bytes=50000")
        payload = ["-T", "fields", "-e", "ip.id", "-e", "ip.checksum", "-e", "tcp.checksum",
                   "-e", "tcp.seq_raw", "-e", "icmp.checksum"]
        found = tshark(run.host, "-Y", "ip.src == 10.8.0.2", *payload)
        self.assertGreater(len(found), 30)
        for switch in range(2):
            self.assertEqual(tshark(run.switched(switch), "-Y", "ip.src == 10.8.0.2", *payload),
                             found)
        frames = ["-Y", "l2tp.type == 0", "-T", "fields", "-e", "udp.payload"]

        def inner(hop: int) -> "list[str]":
            # Behind 6 octets of L2TP: flags and IDs, which are the hop's own.
            return [octets[12:] for octets in tshark(run.link(hop), *frames)]

        up = [[f for f in inner(hop)] for hop in range(3)]
        self.assertGreater(len(up[0]), 60)
        self.assertEqual(sorted(up[0]), sorted(up[1]))
        self.assertEqual(sorted(up[0]), sorted(up[2]))


class FourSwitches(Cases, unittest.TestCase):
    """Four switches."""

    hops = 4


class Options(unittest.TestCase):
    """What the options change."""

    def make(self, *options: str) -> Run:
        return Run.of_test(self, *options)

    def assert_all_released(self, run: Run) -> None:
        """Nothing is left anywhere."""
        for endpoint in run.summary["endpoints"]:
            self.assertEqual(endpoint["tunnels"]["live"], 0, endpoint["name"])
            self.assertEqual(endpoint["sessions"]["live"], 0, endpoint["name"])

    def test_whoever_ends_the_call_all_hops_are_released(self) -> None:
        for hops, clears in ((1, ("host", "lac", "lns", "switch-0", "crash-0")),
                             (2, ("lac", "lns", "switch-0", "switch-1", "crash-0", "crash-1")),
                             (4, ("lac", "lns", "switch-1", "switch-3", "crash-2"))):
            for clear in clears:
                with self.subTest(hops=hops, clear=clear):
                    run = Run(f"--Hops={hops}", f"--Clear={clear}", "--Bytes=20000")
                    self.assertEqual(run.done.returncode, 0, run.done.stdout)
                    self.assert_all_released(run)
                    for hop in range(hops + 1):
                        self.assertEqual(faults(run.link(hop)), [], hop)
                    # Each hop is told, but by a switch that vanishes.
                    told = [any(m.body[6:8] == CDN for m in control_messages(run.link(hop)))
                            for hop in range(hops + 1)]
                    silent = int(clear[-1]) if clear.startswith("crash") else None
                    self.assertEqual(
                        told, [silent is None or hop not in (silent, silent + 1)
                               for hop in range(hops + 1)])
                    run.close()

    # RFC 2661, section 5.8: a hop's control messages are repeated by its own ends only.
    def test_a_fifth_is_lost_on_one_hop(self) -> None:
        for number in range(1, 5):
            for hop in (0, 1, 2):
                with self.subTest(run=number, hop=hop):
                    run = Run("--Loss=0.2", f"--LossyHop={hop}", f"--RngRun={number}",
                              "--Bytes=5000", "--Pings=20", "--Duration=600s", "--Pcap=false")
                    self.assertEqual(run.done.returncode, 0, run.done.stdout)
                    self.assert_all_released(run)
                    for other in range(3):
                        again = [run.endpoint(name)["control"]["retransmitted"]
                                 for name, _, _ in run.ends(other)]
                        if other != hop:
                            self.assertEqual(again, [0, 0])
                    run.close()

    def test_eight_switches(self) -> None:
        run = self.make("--Hops=8", "--Bytes=20000", "--Loss=0")
        self.assertEqual(run.done.returncode, 0, run.done.stdout)
        self.assertIn("Hop Count 8", run.done.stdout)

    def test_over_ipv6(self) -> None:
        run = self.make("--Ipv6=true", "--Bytes=20000")
        self.assertEqual(run.done.returncode, 0, run.done.stdout)
        for hop in range(3):
            self.assertEqual(count_frames(run.link(hop), "frame[0:2] == 00:21"), 0)
            self.assertEqual(faults(run.link(hop)), [])

    def test_same_run_same_bytes(self) -> None:
        one, two = (self.make("--Bytes=20000", "--RngRun=7") for _ in range(2))
        self.assertEqual(one.link(2).read_bytes(), two.link(2).read_bytes())

    def test_out_of_range_stops_at_once(self) -> None:
        for option, words in (
            ("Hops=0", "give 1 to 8"),
            ("Hops=9", "give 1 to 8"),
            ("LossyHop=3", "give 0 to 2"),
            ("Bytes=0", "give 1 to "),
            ("Clear=switch-2", "choose host, lac, lns, or switch-N or crash-N, where N is 0 to 1"),
        ):
            assert_refused(self, PROGRAM, f"--{option}", words)


if __name__ == "__main__":
    unittest.main()

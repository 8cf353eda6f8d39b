#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""ns-3's FlowMonitor sees in a tunnel what it sees outside.

Usage: test_flow_monitor.py L2TP_FLOW_PATH [unittest options]
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree
from pathlib import Path

WAYS = ("plain", "voluntary", "compulsory")

UDP = ("17", "9")  # protocol and destination port, of flows from the host to the server
UP = ("6", "5001")
DOWN = ("6", "5002")

# What a tunnel adds to a packet on the WAN, in octets: IPv4, UDP, L2TP (RFC 2661, section 3.1, without
# optional fields) and PPP: address, control and protocol, of which PPPoE has the last one alone (RFC
# 2516, section 7).
OVERHEAD = {"voluntary": 20 + 8 + 6 + 4, "compulsory": 20 + 8 + 6 + 2}

# Later versions of ns-3 have more.
STATISTICS = ("txPackets", "rxPackets", "txBytes", "rxBytes", "lostPackets", "timesForwarded")
STATISTICS += ("delaySum", "jitterSum", "lastDelay")  # these in nanoseconds

Flow = dict[str, int]


def flows_of(path: Path) -> dict[tuple[str, str], Flow]:
    """Return the statistics of each flow, by its protocol and destination port.

    Acknowledgements of a stream go by the source port, with a minus before it.
    """
    root = ElementTree.parse(path).getroot()
    names = {}
    for flow in root.findall("Ipv4FlowClassifier/Flow"):
        port, source = flow.get("destinationPort"), flow.get("sourcePort")
        known = port in ("9", "5001", "5002")
        names[flow.get("flowId")] = (flow.get("protocol"), port if known else f"-{source}")
    return {
        names[flow.get("flowId")]: {
            name: round(float(value.removesuffix("ns")))
            for name, value in flow.attrib.items()
            if name in STATISTICS
        }
        for flow in root.findall("FlowStats/Flow")
    }


class FlowMonitor(unittest.TestCase):
    """The same flows on each way."""

    program = ""

    def flows(self, way: str, **options: str | int) -> dict[tuple[str, str], Flow]:
        """Run the program, and return the statistics of each flow."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "flows.xml"
            words = [f"--{name}={value}" for name, value in options.items()]
            subprocess.run([self.program, f"--Way={way}", f"--Xml={path}", *words], check=True)
            return flows_of(path)

    def test_datagrams_and_streams_with_loss_are_the_same_on_each_way(self):
        lose = "3,40,41,90,200,201,202,400,900,901,1000,1100,1350"
        plain, *tunnels = (self.flows(way, Tcp=1, Lose=lose) for way in WAYS)
        self.assertEqual(len(plain), 5, "two streams with their acknowledgements, and datagrams")
        self.assertGreater(plain[UDP]["lostPackets"], 2)
        self.assertGreater(plain[UP]["lostPackets"], 2)
        self.assertEqual(plain[UDP]["txPackets"], 1000)
        self.assertEqual(plain[UDP]["rxPackets"], 1000 - plain[UDP]["lostPackets"])
        self.assertEqual(plain[UDP]["timesForwarded"], plain[UDP]["rxPackets"], "by the gateway")
        for flow in (UP, UDP):
            # The delay of the path is 12 ms, and packets wait before the LAN.
            self.assertGreater(plain[flow]["jitterSum"], 0)
            self.assertGreater(plain[flow]["delaySum"], 12_000_000 * plain[flow]["rxPackets"])
        for way, tunnel in zip(WAYS[1:], tunnels):
            with self.subTest(way):
                self.assertEqual(tunnel, plain)

    def test_delay_is_longer_by_what_the_tunnels_headers_take(self):
        # No packet waits for another: each is later by the time of the headers, and jitter, the
        # difference of delays, stays the same.
        plain, *tunnels = (self.flows(way, Rate="8Mbps")[UDP] for way in WAYS)
        for way, tunnel in zip(WAYS[1:], tunnels):
            with self.subTest(way):
                longer = OVERHEAD[way] * 1000  # at 8 Mbit/s an octet takes a microsecond
                expected = dict(plain)
                expected["delaySum"] += longer * plain["rxPackets"]
                expected["lastDelay"] += longer
                self.assertEqual(tunnel, expected)

    def test_fragments_of_the_outer_packets_do_not_count(self):
        whole = self.flows("plain")
        for way in WAYS[1:]:
            with self.subTest(way):
                self.assertEqual(self.flows(way, Mtu=400), whole)

    def test_probes_outside_a_tunnel_change_nothing(self):
        for way in WAYS[1:]:
            with self.subTest(way):
                options = {"Tcp": 1, "Lose": "40,41,90"}
                self.assertEqual(self.flows(way, **options, All=1), self.flows(way, **options))


if __name__ == "__main__":
    FlowMonitor.program = sys.argv.pop(1)
    unittest.main()

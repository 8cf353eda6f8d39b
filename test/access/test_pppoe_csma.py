#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""PPPoE on CSMA, from the PADI to the PADT, as tshark reads its capture (RFC 2516).

Usage: test_pppoe_csma.py L2TP_PPPOE_CSMA [unittest options]
"""

import subprocess
import sys
import tempfile
import unittest
from collections import Counter
from pathlib import Path


class PppoeOnCsma(unittest.TestCase):
    """One run with two hosts and an Access Concentrator."""

    program = ""

    @classmethod
    def setUpClass(cls):
        cls.directory = tempfile.TemporaryDirectory()
        cls.pcap = str(Path(cls.directory.name) / "csma.pcap")
        cls.output = subprocess.run(
            [cls.program, cls.pcap], check=True, capture_output=True, text=True
        ).stdout

    @classmethod
    def tearDownClass(cls):
        cls.directory.cleanup()

    def tshark(self, *options: str) -> list:
        """Return the lines that tshark prints about the capture."""
        # ns-3's CSMA frames end with their FCS, which tshark must know to tell it from the payload.
        run = subprocess.run(
            ["tshark", "-r", self.pcap, "-o", "eth.fcs:Always", "-o", "eth.check_fcs:TRUE",
             "-o", "ip.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE", *options],
            check=True, capture_output=True, text=True,
        )
        return run.stdout.splitlines()

    def test_both_hosts_have_an_address_and_an_mtu_of_1492(self):
        lines = self.output.splitlines()
        self.assertEqual(sorted(lines[:2]), ["10.9.0.2 mtu 1492", "10.9.0.3 mtu 1492"])
        self.assertEqual(lines[2], "4 datagrams, 0 sessions")

    def test_nothing_is_malformed(self):
        bad = "_ws.malformed || _ws.expert.severity == error || ip.checksum.status == Bad" \
              " || udp.checksum.status == Bad || eth.fcs.status == Bad"
        self.assertEqual(self.tshark("-Y", bad), [])

    def test_each_packet_of_discovery_is_there_once_a_host(self):
        codes = Counter(self.tshark("-Y", "pppoed", "-T", "fields", "-e", "pppoe.code"))
        for code in ("0x09", "0x07", "0x19", "0x65"):
            self.assertEqual(codes[code], 2, code)
        self.assertGreaterEqual(codes["0xa7"], 2)

    def test_ppp_is_read_in_both_sessions(self):
        protocols = self.tshark("-Y", "pppoes", "-T", "fields", "-e", "pppoe.session_id",
                                "-e", "ppp.protocol")
        sessions = {line.split("\t")[0] for line in protocols}
        self.assertEqual(len(sessions), 2)
        for session in sessions:
            for protocol in ("0xc021", "0xc223", "0x8021", "0x0021"):
                self.assertIn(f"{session}\t{protocol}", protocols)

    def test_no_frame_is_longer_or_shorter_than_an_ethernet_allows(self):
        sizes = [int(line) for line in self.tshark("-Y", "pppoes || pppoed", "-T", "fields",
                                                   "-e", "frame.len")]
        self.assertLessEqual(max(sizes), 1518)
        self.assertEqual(min(sizes), 64)


if __name__ == "__main__":
    PppoeOnCsma.program = sys.argv.pop(1)
    unittest.main()

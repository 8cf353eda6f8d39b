#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only

"""The scenario `compulsory`: what its files say, judged by tshark and by counting."""

import re
import sys
import unittest
from pathlib import Path

from capture import control_messages, count_frames, faults, retransmissions, tshark
from refusal import assert_refused
from scenario_run import ScenarioRun

PROGRAM = Path(sys.argv.pop(1)) if len(sys.argv) > 1 else Path("build/bin/l2tp-compulsory")
ROOT = Path(__file__).resolve().parent.parent.parent
LAC = "192.0.2.5"
LNS = "192.0.2.2"


class Run(ScenarioRun):
    """One run of the scenario, and its files."""

    PROGRAM = PROGRAM

    def __init__(self, *options: str) -> None:
        super().__init__(*options)
        self.access = self.path / "compulsory-access-wan.pcap"
        self.lns = self.path / "compulsory-lns-wan.pcap"
        self.line = self.path / "compulsory-host-0-access.pcap"
        self.host = self.path / "compulsory-host-0-ppp.pcap"

    def lns_devices(self) -> "list[Path]":
        """Return the captures of the PPP devices that the LNS made."""
        return sorted(self.path.glob("compulsory-lns-[0-9]*.pcap"))


class Cases:
    """What holds however hosts reach the access server."""

    options: "list[str]" = []
    run_: Run

    @classmethod
    def setUpClass(cls) -> None:
        cls.run_ = Run.of_class(cls, *cls.options)

    def test_outcome(self) -> None:
        self.assertEqual(self.run_.done.returncode, 0, self.run_.done.stdout + self.run_.done.stderr)
        summary = self.run_.summary
        self.assertEqual(summary["outcome"], "complete")
        self.assertEqual(summary["tunnels"], {"established": 1, "failed": 0, "cleared": 1})
        self.assertEqual(summary["sessions"], {"established": 2, "failed": 0, "cleared": 2})
        self.assertEqual(summary["ppp"], {"up": 2, "failed": 0})
        self.assertEqual(summary["calls_arrived"], 2)
        self.assertEqual(summary["calls_joined"], 2)
        for endpoint in summary["endpoints"]:
            self.assertEqual(endpoint["tunnels"]["live"] + endpoint["sessions"]["live"], 0)

    def test_nothing_malformed(self) -> None:
        pcaps = sorted(self.run_.path.glob("*.pcap"))
        self.assertGreaterEqual(len(pcaps), 6)
        for pcap in pcaps:
            with self.subTest(pcap.name):
                self.assertEqual(faults(pcap), [])

    def test_summary_agrees_with_captures(self) -> None:
        for name, pcap, address in (("access", self.run_.access, LAC), ("lns", self.run_.lns, LNS)):
            with self.subTest(name):
                counted = self.run_.endpoint(name)
                sent = [m for m in control_messages(pcap) if m.source == address]
                self.assertEqual(
                    len([m for m in sent if m.is_zlb]), counted["control"]["zlb"])
                self.assertEqual(
                    len([m for m in sent if not m.is_zlb]),
                    counted["control"]["sent"] + counted["control"]["retransmitted"])
                self.assertEqual(retransmissions(pcap, address),
                                 counted["control"]["retransmitted"])
                data = f"l2tp.type == 0 && ip.src == {address}"
                self.assertEqual(count_frames(pcap, data), counted["data"]["tx_packets"])

    # RFC 2661, section 4.4.5
    def test_proxy_avps_are_in_the_iccn(self) -> None:
        iccn = tshark(self.run_.lns, "-Y", "l2tp.avp.message_type == 12", "-T", "fields",
                      "-e", "l2tp.avp.type")
        self.assertGreaterEqual(len(iccn), 2)
        for line in iccn:
            # Initial Received, Last Sent and Last Received CONFREQ; Authen Type, Name, Challenge,
            # ID, Response.
            self.assertTrue({"26", "27", "28", "29", "30", "31", "32", "33"} <= set(line.split(",")))

    def test_the_host_knows_nothing_of_l2tp(self) -> None:
        # One LCP, one CHAP: the LNS went on where the access server was.
        self.assertEqual(count_frames(self.run_.host, "l2tp"), 0)
        self.assertEqual(count_frames(self.run_.host, "chap.code == 1"), 1)
        self.assertEqual(count_frames(self.run_.host, "chap.code == 3"), 1)
        self.assertEqual(count_frames(self.run_.host, "lcp && ppp.code == 1"), 2)

    def test_ladder_and_table(self) -> None:
        for words in ("SCCRQ", "ICCN", "joined", "host-1 is up", "TCP transfers completed: 2 of 2"):
            self.assertIn(words, self.run_.done.stdout)


class Line(Cases, unittest.TestCase):
    """The default run: two hosts by asynchronous lines."""

    # RFC 2661, section 4.4.4: Bearer Type analog, numbers
    def test_numbers_are_in_the_icrq(self) -> None:
        icrq = tshark(self.run_.lns, "-Y", "l2tp.avp.message_type == 10", "-T", "fields",
                      "-e", "l2tp.avp.called_number", "-e", "l2tp.avp.calling_number",
                      "-e", "l2tp.avp.analog_bearer_type")
        self.assertEqual({tuple(line.split("\t")) for line in icrq},
                         {("2000", "100000", "1"), ("2000", "100001", "1")})

    # RFC 2661, section 1.0: what the host sends is what the LNS gets, to the octet.
    def test_inner_packets_are_the_same_before_and_behind(self) -> None:
        run = Run.of_test(self, "--Clients=1", "--Loss=0", "--Bytes=20000")
        self.assertEqual(run.done.returncode, 0, run.done.stdout)
        payload = ["-T", "fields", "-e", "ip.id", "-e", "ip.len", "-e", "ip.checksum",
                   "-e", "tcp.checksum", "-e", "tcp.seq_raw", "-e", "icmp.checksum"]
        before = tshark(run.line, "-Y", "ip && ip.src == 10.8.0.2", *payload)
        [device] = run.lns_devices()
        behind = tshark(device, "-Y", "ip && ip.src == 10.8.0.2", *payload)
        self.assertGreater(len(before), 20)
        self.assertEqual(before, behind)

    def test_doc_shows_the_ladder(self) -> None:
        text = (ROOT / "doc/compulsory.rst").read_text(encoding="utf-8")
        block = re.search(r"\.\. ladder\n\n::\n\n(.*?)\n\n(?=\S)", text, re.DOTALL)
        assert block
        shown = [line[4:].rstrip() for line in block.group(1).splitlines()]
        printed = self.run_.done.stdout.split("\n\n")[0].splitlines()
        self.assertEqual(shown, [line.rstrip() for line in printed])


class Pppoe(Cases, unittest.TestCase):
    """Two hosts by PPPoE."""

    options = ["--Access=pppoe", "--Bytes=500000"]

    # RFC 2516, section 5
    def test_discovery_on_the_ethernet(self) -> None:
        codes = tshark(self.run_.line, "-Y", "pppoed", "-T", "fields", "-e", "pppoe.code")
        for code in ("0x09", "0x07", "0x19", "0x65", "0xa7"):
            self.assertIn(code, codes)
        self.assertGreater(count_frames(self.run_.line, "pppoes && tcp"), 100)
        self.assertEqual(count_frames(self.run_.line, "l2tp"), 0)


class Variants(unittest.TestCase):
    """What the options change."""

    def make(self, *options: str) -> Run:
        return Run.of_test(self, *options)

    def test_without_l2tp_the_hosts_see_the_same(self) -> None:
        for access in ("line", "pppoe"):
            with self.subTest(access):
                runs = [self.make(f"--Access={access}", "--Loss=0", "--Bytes=20000", *more)
                        for more in ([], ["--Direct"])]
                seen = []
                for run in runs:
                    self.assertEqual(run.done.returncode, 0, run.done.stdout + run.done.stderr)
                    for pcap in run.path.glob("*.pcap"):
                        self.assertEqual(faults(pcap), [])
                    self.assertEqual({c["address"] for c in run.summary["clients"]},
                                     {"10.8.0.2", "10.8.0.3"})
                    seen.append(tshark(run.host, "-Y", "lcp || chap || ipcp", "-T", "fields",
                                       "-e", "ppp.protocol", "-e", "ppp.code", "-e", "chap.code"))
                self.assertEqual(seen[0], seen[1])
                self.assertEqual(count_frames(runs[1].access, "l2tp"), 0)
                self.assertEqual(runs[1].summary["calls_local"], 2)

    def test_without_proxy_the_lns_begins_anew(self) -> None:
        run = self.make("--Proxy=false", "--Bytes=10000")
        self.assertEqual(run.done.returncode, 0, run.done.stdout)
        self.assertEqual(count_frames(run.host, "chap.code == 1"), 2)
        self.assertEqual(count_frames(run.lns, "l2tp.avp.type == 29"), 0)
        self.assertEqual(faults(run.host), [])

    def test_pap_ipv6_and_synchronous_lines(self) -> None:
        for option in ("--Auth=pap", "--Ipv6=true", "--Synchronous=true"):
            with self.subTest(option):
                run = self.make(option, "--Bytes=10000")
                self.assertEqual(run.done.returncode, 0, run.done.stdout)
                for pcap in run.path.glob("*.pcap"):
                    self.assertEqual(faults(pcap), [])

    def test_same_run_same_bytes(self) -> None:
        one, two = (self.make("--Bytes=10000", "--RngRun=7") for _ in range(2))
        self.assertEqual(one.lns.read_bytes(), two.lns.read_bytes())
        self.assertEqual(one.line.read_bytes(), two.line.read_bytes())

    def test_bad_options_stop_at_once(self) -> None:
        for option, words in (
            ("--Access=isdn", "--Access=isdn: choose line or pppoe"),
            ("--Auth=none", "--Auth=none: choose pap or chap"),
            ("--Clients=0", "give 1 to 1000"),
            ("--Clients=-1", "give 1 to 1000"),
            ("--Loss=2", "give 0 to 1"),
            ("foo", "'foo' is no option"),
        ):
            assert_refused(self, PROGRAM, option, words)


if __name__ == "__main__":
    unittest.main()

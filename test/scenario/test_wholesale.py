#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only

"""The scenario `wholesale`: what its files say, judged by tshark and by counting."""

import re
import statistics
import struct
import sys
import unittest
from collections import Counter
from pathlib import Path
from typing import Iterator, NamedTuple

from capture import (control_messages, count_frames, data_messages, faults, frames, ip_packets,
                     retransmissions, tshark)
from refusal import assert_refused
from scenario_run import ScenarioRun

PROGRAM = Path(sys.argv.pop(1)) if len(sys.argv) > 1 else Path("build/bin/l2tp-wholesale")
ROOT = Path(__file__).resolve().parent.parent.parent
ADDRESSES = {
    "bras-0": "192.0.2.2",
    "bras-1": "192.0.2.6",
    "lns-0": "192.0.2.14",
    "lns-1": "192.0.2.18",
    "lns-2": "192.0.2.22",
}
ISPS = ("red", "green", "blue")
PADI, PADO, PADR, PADS, PADT = 0x09, 0x07, 0x19, 0x65, 0xA7


class PppoePacket(NamedTuple):
    """A PPPoE packet as found in a capture of Ethernet."""

    time: float
    source: bytes
    destination: bytes
    code: int
    payload: bytes


class Run(ScenarioRun):
    """One run of the scenario, and its files."""

    PROGRAM = PROGRAM

    def pcap(self, name: str) -> Path:
        """Return a capture."""
        return self.path / f"wholesale-{name}.pcap"

    def addresses(self, isp: str) -> "set[str]":
        """Return the addresses that an ISP's subscribers were assigned last."""
        clients = self.summary["clients"][ISPS.index(isp) :: len(ISPS)]
        return {client["address"] for client in clients}

    def pppoe(self) -> Iterator[PppoePacket]:
        """Yield the PPPoE packets of all streets."""
        for bras in (0, 1):
            for time, frame in frames(self.pcap(f"bras-{bras}-streets"), 1):
                kind, _, code, _, length = struct.unpack_from("!HBBHH", frame, 12)
                if kind in (0x8863, 0x8864):
                    yield PppoePacket(time, frame[6:12], frame[:6], code, frame[20 : 20 + length])


def shown_ladders() -> "list[list[str]]":
    """Return the ladders of the page."""
    text = (ROOT / "doc/wholesale.rst").read_text(encoding="utf-8")
    blocks = re.findall(r"\.\. ladder\n\n::\n\n(.*?)\n\n(?=\S)", text, re.DOTALL)
    return [[line[4:].rstrip() for line in block.splitlines()] for block in blocks]


def printed_blocks(run: Run) -> "list[list[str]]":
    """Return what a run has printed, from one empty line to the next."""
    return [[line.rstrip() for line in block.splitlines()]
            for block in run.done.stdout.split("\n\n")]


class Default(unittest.TestCase):
    """The default run: 200 subscribers."""

    run_: Run

    @classmethod
    def setUpClass(cls) -> None:
        cls.run_ = Run.of_class(cls)

    def test_outcome(self) -> None:
        self.assertEqual(self.run_.done.returncode, 0, self.run_.done.stdout + self.run_.done.stderr)
        summary = self.run_.summary
        self.assertEqual(summary["outcome"], "complete")
        self.assertEqual(summary["tunnels"], {"established": 6, "failed": 0, "cleared": 6})
        self.assertEqual(summary["sessions"], {"established": 200, "failed": 0, "cleared": 200})
        self.assertEqual(summary["ppp"], {"up": 200, "failed": 0})
        self.assertEqual([summary[isp]["subscribers"] for isp in ISPS], [67, 67, 66])
        for endpoint in summary["endpoints"]:
            self.assertEqual(endpoint["tunnels"]["live"] + endpoint["sessions"]["live"], 0)

    def test_nothing_malformed(self) -> None:
        pcaps = sorted(self.run_.path.glob("*.pcap"))
        self.assertEqual(len(pcaps), 14)
        for pcap in pcaps:
            with self.subTest(pcap.name):
                self.assertEqual(faults(pcap), [])

    def test_l2tp_agrees_with_captures(self) -> None:
        for name, address in ADDRESSES.items():
            with self.subTest(name):
                counted = self.run_.endpoint(name)
                pcap = self.run_.pcap(f"{name}-wan")
                sent = [m for m in control_messages(pcap) if m.source == address]
                self.assertEqual(len([m for m in sent if m.is_zlb]), counted["control"]["zlb"])
                self.assertEqual(len([m for m in sent if not m.is_zlb]),
                                 counted["control"]["sent"] + counted["control"]["retransmitted"])
                self.assertEqual(retransmissions(pcap, address),
                                 counted["control"]["retransmitted"])
                self.assertEqual(data_messages(pcap, address), counted["data"]["tx_packets"])

    # RFC 2516, section 5: each session is one PADS, and ends with a PADT.
    def test_pppoe_agrees_with_captures(self) -> None:
        codes = Counter(packet.code for packet in self.run_.pppoe())
        self.assertEqual(codes[PADS], self.run_.summary["calls_arrived"])
        self.assertEqual(codes[PADI], codes[PADS])
        self.assertGreaterEqual(codes[PADT], codes[PADS])
        self.assertEqual(self.run_.summary["calls_joined"], self.run_.summary["calls_arrived"])

    # RFC 2865, section 3: Code
    def test_radius_agrees_with_the_capture(self) -> None:
        codes: Counter = Counter()
        for packet in ip_packets(self.run_.pcap("radius-wan")):
            if packet.protocol == 17 and 1812 in struct.unpack_from("!HH", packet.payload, 0):
                codes[packet.payload[8]] += 1
        self.assertEqual(codes[1], 400)
        self.assertEqual(codes[2], self.run_.summary["radius"]["access_accepts"])
        self.assertEqual(codes[3], self.run_.summary["radius"]["access_rejects"])

    # RFC 2809, section 4.1.2.3, and RFC 2868, sections 3.1 and 3.8
    def test_radius_gives_alternatives_by_the_domain(self) -> None:
        pcap = self.run_.pcap("radius-wan")
        self.assertEqual(count_frames(pcap, "radius.code == 1 && radius.Service_Type == 5"), 200)
        fields = ["Tunnel_Server_Endpoint", "Tunnel_Assignment_Id", "Tunnel_Client_Auth_Id",
                  "Tunnel_Server_Auth_Id"]
        brases = f"(ip.dst == {ADDRESSES['bras-0']} || ip.dst == {ADDRESSES['bras-1']})"
        accepts = tshark(pcap, "-Y", f"radius.code == 2 && {brases}", "-T", "fields",
                         *(word for field in fields for word in ("-e", f"radius.{field}")))
        self.assertEqual(len(accepts), 200)
        self.assertEqual(set(accepts), {
            "\t".join((f"{ADDRESSES[f'lns-{i}']},{ADDRESSES[f'lns-{(i + 1) % 3}']}",
                       f"{isp},{isp}",
                       f"bras.{isp}.example,bras.{isp}.example",
                       f"lns-{i},lns-{(i + 1) % 3}"))
            for i, isp in enumerate(ISPS)})

    # RFC 2661, section 5.1.1: each end proves that it has the tunnel's secret.
    def test_tunnels_are_authenticated_by_names_of_the_isp(self) -> None:
        for i, isp in enumerate(ISPS):
            pcap = self.run_.pcap(f"lns-{i}-wan")
            names = tshark(pcap, "-Y", "l2tp.avp.message_type == 1", "-T", "fields",
                           "-e", "l2tp.avp.host_name")
            self.assertEqual(names, [f"bras.{isp}.example"] * 2)
            self.assertEqual(count_frames(pcap, "l2tp.avp.type == 13"), 4)

    def test_traffic_agrees_with_the_servers_captures(self) -> None:
        for isp in ISPS:
            with self.subTest(isp):
                replies = voices = 0
                segments: "dict[tuple, int]" = {}
                for packet in ip_packets(self.run_.pcap(f"{isp}-server-lan")):
                    if packet.protocol == 1:
                        replies += packet.payload[0] == 0
                    elif packet.protocol == 17:
                        voices += 1
                    elif packet.protocol == 6:
                        begin = (packet.payload[12] >> 4) * 4
                        key = (packet.source, packet.destination, packet.payload[:8])
                        segments[key] = len(packet.payload) - begin
                counted = self.run_.summary[isp]
                if isp == "green":
                    replies -= self.run_.summary["office_pings_answered"]
                self.assertEqual(replies, counted["pings_answered"])
                self.assertEqual(counted["pings_answered"], counted["pings"])
                self.assertEqual(voices, counted["voice_received"])
                self.assertEqual(counted["voice_received"], counted["voice_sent"])
                self.assertEqual(sum(segments.values()), counted["tcp_octets"])

    # RFC 2866, sections 5.3 and 5.4: what the LNSs account for is what passes by the servers, and of
    # PPP: Protocol (2 octets) before each packet, Address and Control (2) before those to subscribers,
    # as PPPoE has none of them, and the Terminate-Request (6) that ends a session.
    def test_accounts_agree_with_the_servers_captures(self) -> None:
        for isp in ISPS:
            with self.subTest(isp):
                octets: Counter = Counter()
                for packet in ip_packets(self.run_.pcap(f"{isp}-server-lan")):
                    is_reply = packet.source == "10.1.0.10"
                    octets[is_reply] += (4 if is_reply else 2) + 20 + len(packet.payload)
                accounts = self.run_.summary[f"{isp}_accounts"]
                ups = self.run_.summary[isp]["ups"]
                self.assertEqual([accounts["starts"], accounts["stops"]], [ups, ups])
                self.assertEqual(accounts["octets_from"], octets[False] + 6 * ups)
                self.assertEqual(accounts["octets_to"], octets[True])
        codes: Counter = Counter()
        for packet in ip_packets(self.run_.pcap("radius-wan")):
            if packet.protocol == 17 and 1813 in struct.unpack_from("!HH", packet.payload, 0):
                codes[packet.payload[8]] += 1
        self.assertGreater(codes[4], 4 * 200)  # service and link, at BRAS and LNS, start and stop
        self.assertEqual(codes[5], codes[4])

    def test_isps_have_the_same_addresses(self) -> None:
        self.assertEqual(len(self.run_.addresses("red")), 67)
        self.assertLess(self.run_.addresses("blue"), self.run_.addresses("red"))

    # RFC 2865, section 5.22: the network behind a subscriber, which is one of green's.
    def test_an_office_is_behind_a_subscriber(self) -> None:
        self.assertEqual(self.run_.summary["office_pings_answered"], 5)
        for isp in ISPS:
            packets = [p for p in ip_packets(self.run_.pcap(f"{isp}-server-lan"))
                       if "192.168.7.10" in (p.source, p.destination)]
            self.assertEqual(len(packets), 10 if isp == "green" else 0)

    # RFC 2516, section 7: 1492 octets, and the core has room for them in L2TP.
    def test_nothing_is_fragmented(self) -> None:
        for name in ADDRESSES:
            pcap = self.run_.pcap(f"{name}-wan")
            self.assertEqual(count_frames(pcap, "ip.flags.mf == 1 || ip.frag_offset > 0"), 0)
            self.assertGreater(count_frames(pcap, "l2tp.type == 0 && ip.len == 1492"), 100)

    def test_doc_shows_the_ladder(self) -> None:
        self.assertEqual(shown_ladders()[0], printed_blocks(self.run_)[0])


class Crash(unittest.TestCase):
    """lns-0 vanishes."""

    run_: Run

    @classmethod
    def setUpClass(cls) -> None:
        cls.run_ = Run.of_class(cls, "--LnsCrash=30s")

    def test_outcome(self) -> None:
        self.assertEqual(self.run_.done.returncode, 0, self.run_.done.stdout + self.run_.done.stderr)
        summary = self.run_.summary
        self.assertEqual(summary["outcome"], "complete")
        self.assertEqual(summary["outage"]["calls"], 67)
        self.assertEqual(summary["outage"]["recovered"], 67)
        self.assertEqual(summary["ppp"], {"up": 267, "failed": 0})
        self.assertEqual(summary["tunnels"], {"established": 8, "failed": 0, "cleared": 8})
        self.assertEqual(self.run_.endpoint("lns-1")["sessions"]["established"], 134)
        self.assertEqual(summary["red"]["pings_answered"], summary["red"]["pings"])
        # At one LNS they have the addresses that green's have, too.
        self.assertEqual(self.run_.addresses("red"), self.run_.addresses("green"))
        # The accounts that lns-0 had not closed are lost with it.
        self.assertEqual(summary["red_accounts"]["starts"], 134)
        self.assertEqual(summary["red_accounts"]["stops"], 67)

    # RFC 2661, sections 6.5 and 5.8: a HELLO after 10 s of silence; it is sent again after 1, 2, 4,
    # 8 and 8 s, and 8 s later the tunnel is lost.
    def test_each_bras_finds_out_by_its_timers(self) -> None:
        for name in ("bras-0", "bras-1"):
            with self.subTest(name):
                lns = ADDRESSES["lns-0"]
                messages = list(control_messages(self.run_.pcap(f"{name}-wan")))
                heard = max(m.time for m in messages if m.source == lns)
                self.assertLess(heard, 30)
                sent = [m for m in messages if m.destination == lns and m.time > 30]
                self.assertEqual({m.body[-2:] for m in sent}, {b"\0\6"})
                expected = [10, 11, 13, 17, 25, 33]
                for message, delay in zip(sent, expected, strict=True):
                    self.assertAlmostEqual(message.time - heard, delay, places=3)
                self.assertIn(f"{heard + 41:.3f}", self.run_.done.stdout)
                self.assertIn(f"{name} gives lns-0 up", self.run_.done.stdout)

    # What the program tells of each subscriber's outage is what its Ethernet shows: from the crash to
    # its first ping behind the PADT.
    def test_outages_agree_with_captures(self) -> None:
        lost: "dict[bytes, float]" = {}
        back: "dict[bytes, float]" = {}
        for packet in sorted(self.run_.pppoe()):
            if packet.code == PADT and 60 < packet.time < 75:
                lost.setdefault(packet.destination, packet.time)
            is_ping = packet.code == 0 and packet.payload[:2] == b"\0\x21" and packet.payload[11] == 1
            if is_ping and packet.source in lost:
                back.setdefault(packet.source, packet.time - 30)
        self.assertEqual(len(back), 67)
        gaps = sorted(back.values())
        outage = self.run_.summary["outage"]
        self.assertAlmostEqual(outage["first_s"], gaps[0], places=2)
        self.assertAlmostEqual(outage["median_s"], statistics.median(gaps), places=2)
        self.assertAlmostEqual(outage["last_s"], gaps[-1], places=2)

    def test_nothing_malformed(self) -> None:
        for name in ("bras-0-streets", "bras-0-wan", "lns-1-wan", "radius-wan", "red-server-lan"):
            with self.subTest(name):
                self.assertEqual(faults(self.run_.pcap(name)), [])

    def test_doc_shows_the_ladder_and_the_table(self) -> None:
        shown = shown_ladders()
        printed = printed_blocks(self.run_)
        self.assertEqual(shown[1], printed[1])
        self.assertEqual(shown[2], printed[2])


class Variants(unittest.TestCase):
    """What the options change."""

    def make(self, *options: str) -> Run:
        run = Run.of_test(self, *options)
        self.assertEqual(run.done.returncode, 0, run.done.stdout + run.done.stderr)
        return run

    def test_other_sizes_and_ipv6_and_loss(self) -> None:
        for options in (["--Subscribers=1"], ["--Subscribers=25", "--Ipv6"],
                        ["--Subscribers=12", "--Loss=0.02"]):
            with self.subTest(options):
                run = self.make("--TalkTime=1s", *options)
                for pcap in run.path.glob("*.pcap"):
                    self.assertEqual(faults(pcap), [])

    # With LCP's echoes subscribers notice before the BRAS does, and dial while it still holds on to
    # the LNS: it tries the other one after AttemptTime.
    def test_echoes_are_faster_than_hellos(self) -> None:
        options = ["--Subscribers=20", "--TalkTime=1s", "--LnsCrash=20s"]
        slow = self.make(*options).summary["outage"]
        fast = self.make(*options, "--EchoInterval=2s").summary["outage"]
        self.assertEqual(slow["recovered"], 7)
        self.assertEqual(fast["recovered"], 7)
        self.assertLess(fast["last_s"], slow["first_s"])

    # While subscribers still dial it is one of their ICRQs that nobody acknowledges, and no HELLO.
    def test_what_was_not_acknowledged_is_named(self) -> None:
        run = self.make("--Subscribers=60", "--TalkTime=1s", "--LnsCrash=5s", "--RngRun=4")
        lns = ADDRESSES["lns-0"]
        times = []
        for name in ("bras-0", "bras-1"):
            messages = [m for m in control_messages(run.pcap(f"{name}-wan")) if m.destination == lns]
            again = [m for m in messages if (m.ns, m.is_zlb) == (messages[-1].ns, False)]
            self.assertEqual(len(again), 6)
            self.assertEqual(again[0].body[6:8], b"\0\x0a")  # ICRQ
            times.append(f"{again[0].time:.3f}")
        table = run.done.stdout.partition("vanishes at")[2].splitlines()
        self.assertIn(["what", "it", "did", "not", "acknowledge", "ICRQ", "ICRQ"],
                      [line.split() for line in table])
        self.assertIn(["that", "goes", "out", "at", *times], [line.split() for line in table])

    # Those of other LNSs, and those who come up for the first time, have nothing to do with it.
    def test_only_those_of_the_lns_count(self) -> None:
        run = self.make("--Subscribers=30", "--TalkTime=1s", "--LnsCrash=20s", "--Loss=0.05",
                        "--RngRun=3")  # fmt: skip
        outage = run.summary["outage"]
        self.assertEqual((outage["calls"], outage["connected"], outage["recovered"]), (10, 10, 10))
        self.assertGreater(outage["first_s"], 31)

    def test_same_run_same_bytes(self) -> None:
        one, two = (self.make("--Subscribers=12", "--RngRun=7") for _ in range(2))
        for name in ("bras-0-wan", "bras-1-streets", "radius-wan"):
            self.assertEqual(one.pcap(name).read_bytes(), two.pcap(name).read_bytes())

    # Nobody outside of an LNS can tell how it has its sessions.
    def test_one_interface_for_all_sessions_makes_no_difference(self) -> None:
        options = ["--Subscribers=40", "--TalkTime=1s", "--LnsCrash=20s", "--EchoInterval=2s"]
        one, two = (self.make(*options, *more) for more in ([], ["--Aggregated"]))
        self.assertEqual(one.summary, two.summary)
        for name in ("bras-0-streets", "bras-0-wan", "bras-1-wan"):
            self.assertEqual(one.pcap(name).read_bytes(), two.pcap(name).read_bytes(), name)

    def test_bad_options_stop_at_once(self) -> None:
        for option, words in (
            ("--Subscribers=0", "give 1 to 5000"),
            ("--Subscribers=5001", "give 1 to 5000"),
            ("--LnsCrash=1h", "give +0s to +60s"),
            ("--Loss=2", "give 0 to 1"),
            ("foo", "'foo' is no option"),
        ):
            assert_refused(self, PROGRAM, option, words)


if __name__ == "__main__":
    unittest.main()

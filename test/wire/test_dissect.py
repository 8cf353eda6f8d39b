#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""`l2tp dissect`: real captures as tshark reads them, other captures, and what is no datagram."""

import re
import struct
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from dissection import Comparison, dissect, tshark

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(sys.argv.pop(1)) if len(sys.argv) > 1 else ROOT / "build/bin/l2tp-dissect"
CAPTURES = sorted((ROOT / "test/captures").glob("*.pcap"))

ZLB = "c802000c0001000000020003"
DATA = "000200070009ff030021"


class Captures(Comparison):
    """The real captures that the repository holds."""

    def test_every_field_is_as_tshark_reads_it(self):
        datagrams, values = 0, 0
        for pcap in CAPTURES:
            with self.subTest(pcap.name):
                ours, theirs = dissect(PROGRAM, pcap), tshark(pcap)
                self.assertEqual(len(ours), len(theirs))
                for pair in zip(ours, theirs):
                    values += self.compare(*pair)
                datagrams += len(ours)
        self.assertEqual(len(CAPTURES), 8)
        self.assertGreater(datagrams, 100)
        self.assertGreater(values, 200)

    def test_no_message_has_a_fault(self):
        for pcap in CAPTURES:
            self.assertEqual({line["fault"] for line in dissect(PROGRAM, pcap)}, {None})


def run(*words):
    """Run the program; return the finished process."""
    return subprocess.run([PROGRAM, *words], capture_output=True, text=True, check=False)


class Digits(unittest.TestCase):
    """One datagram in hexadecimal digits."""

    def one(self, digits, *options):
        (line,) = dissect(PROGRAM, digits, *options)
        return line

    def test_contract(self):
        line = self.one("c8020014000000000000000080 08:0000 00000001")
        self.assertEqual(
            list(line),
            ["frame", "version", "kind", "message", "length", "tunnel_id", "session_id", "ns", "nr",
             "offset", "priority", "avps", "payload_len", "error", "fault", "roundtrip"],
        )
        self.assertEqual(line["message"], "SCCRQ")
        self.assertEqual(line["avps"], [{"vendor": 0, "type": 0, "name": "Message Type",
                                         "mandatory": True, "hidden": False, "value_hex": "0001",
                                         "value": 1}])
        self.assertIn("SCCRQ without the AVP Protocol Version", line["fault"])

    def test_data_with_every_option(self):
        line = self.one("4b02 0016 0007 0009 0001 0002 0003 a5a5a5 ff03 0021")
        self.assertEqual(line["error"], "header-length")
        line = self.one("4b02 0015 0007 0009 0001 0002 0003 a5a5a5 ff03 0021")
        self.assertEqual((line["kind"], line["length"], line["offset"], line["priority"]),
                         ("data", 21, 3, True))
        self.assertEqual((line["ns"], line["nr"], line["payload_len"]), (1, 2, 4))
        self.assertTrue(line["roundtrip"])

    def test_reason_codes(self):
        for digits, error in (
            ("c8", "header-truncated"),
            ("c802", "header-truncated"),
            ("c801000c0000000000000000", "header-version"),
            ("8802000c0000000000000000", "header-control-bits"),
            ("c802000d0000000000000000", "header-length"),
            ("020200010001ffff", "header-offset"),
            ("c80200100000000000000000 80080000", "avp-truncated"),
            ("c80200120000000000000000 800500000000", "avp-length-below-6"),
            ("c80200140000000000000000 8009000000000001", "avp-overruns-message"),
        ):
            line = self.one(digits)
            self.assertEqual((line["error"], line["roundtrip"]), (error, False), digits)

    def test_l2tpv3_is_told(self):
        line = self.one("c8030014000000000000000080080000000000 01")
        self.assertEqual((line["version"], line["kind"], line["error"]),
                         (3, "control", "header-version"))
        self.assertIn("L2TPv3 (RFC 3931)", run("c803000c0000000000000000").stdout)

    def test_avps_before_an_error_are_told(self):
        line = self.one("c802001a0000000000000000 8008000000000006 80ff00000007")
        self.assertEqual((line["message"], len(line["avps"]), line["error"]),
                         ("HELLO", 1, "avp-overruns-message"))

    def test_octets_behind_the_message(self):
        self.assertFalse(self.one(ZLB + "00")["roundtrip"])
        self.assertIn("1 octets behind Length", run(ZLB + "00").stdout)

    def test_unknown_and_malformed_avps(self):
        line = self.one("c8020027 0000000000000000 8008000000000006 0009 0009 0001 616263"
                        "000a 0000 0006 00000001")
        self.assertEqual([(avp["name"], avp["value"]) for avp in line["avps"][1:]],
                         [("vendor 9 AVP 1", None), ("Firmware Revision", None)])

    def test_hop_count(self):
        icrq = "c802001c0000000000000000 800800000000000a 00087ed900010003"
        (avp,) = self.one(icrq)["avps"][1:]
        self.assertEqual((avp["vendor"], avp["type"], avp["name"], avp["value"]),
                         (32473, 1, "Hop Count", 3))
        self.assertIn("-- Hop Count (32473/1): 3", run(icrq.replace(" ", "")).stdout)

    def test_text_that_is_no_utf8(self):
        self.assertEqual(self.one("c802001c0000000000000000 8008000000000006 000800000008 ff41")
                         ["avps"][1]["value"], "\ufffdA")

    def test_words(self):
        shown = run("c80200340000000000000000 800800000000000e 80080000000e0007 800800000001 0003"
                    "0010 0000 002e 0010 c223 01 6e6f21 77 77".replace(" ", "")).stdout
        for words in ("CDN, Call-Disconnect-Notify (RFC 2661, section 6.12)",
                      "M- Result Code (4.4.2): 3 call disconnected for administrative reasons",
                      "-- PPP Disconnect Cause Code (RFC 3145, section 2): 16 PPP authentication"):
            self.assertIn(words, shown)

    def test_readme_shows_what_is_printed(self):
        readme = (ROOT / "README.md").read_text(encoding="utf-8")
        shown = re.search(r"^\$ \./l2tp dissect (\S+)\n(.*?)\n```$", readme, re.MULTILINE | re.DOTALL)
        self.assertEqual(shown[2], run(shown[1]).stdout.rstrip("\n"))

    def test_exit_status(self):
        self.assertEqual(run(ZLB).returncode, 0)
        self.assertEqual(run("c8").returncode, 0, "read, and found to be no datagram")
        self.assertEqual(run("--help").returncode, 0)
        for words in (["nonsense"], ["c80"], [""]):
            done = run(*words)
            self.assertEqual((done.returncode, done.stdout), (1, ""), words)
        for words in ([], [ZLB, ZLB], [ZLB, "--nonsense"], [ZLB, "--secret"]):
            self.assertEqual(run(*words).returncode, 2, words)


def udp(payload: bytes, source=1701, destination=1701) -> bytes:
    """Return a UDP datagram without a checksum."""
    return struct.pack("!4H", source, destination, 8 + len(payload), 0) + payload


def ipv4(payload: bytes, fragment=0, source=1, destination=2) -> bytes:
    """Return an IPv4 packet of UDP without a checksum, between hosts of 10.9.0.0."""
    return struct.pack("!BBHHHBBH8B", 0x45, 0, 20 + len(payload), 1, fragment, 64, 17, 0,
                       10, 9, 0, source, 10, 9, 0, destination) + payload


def ipv6(payload: bytes, next_header=17) -> bytes:
    """Return an IPv6 packet."""
    return (struct.pack("!IHBB", 6 << 28, len(payload), next_header, 64)
            + b"\x20\x01" + bytes(13) + b"\x01" + b"\x20\x01" + bytes(13) + b"\x02" + payload)


def ethernet(packet: bytes, kind=0x0800, tag=b"") -> bytes:
    """Return an Ethernet frame, padded to what is the least."""
    return (bytes(12) + tag + struct.pack("!H", kind) + packet).ljust(60, b"\0")


class Files(unittest.TestCase):
    """Captures of each link type, and files that are none."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "a.pcap"

    def write(self, link_type, *frames, order="<"):
        records = [struct.pack(order + "4I", 0, 0, len(f), len(f)) + f for f in frames]
        head = struct.pack(order + "IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, link_type)
        self.path.write_bytes(head + b"".join(records))

    def tunnels(self):
        return [line["tunnel_id"] for line in dissect(PROGRAM, self.path)]

    def test_link_types(self):
        four, six = ipv4(udp(bytes.fromhex(DATA))), ipv6(udp(bytes.fromhex(DATA)))
        vlan = bytes.fromhex("81000005")
        for link_type, frames in (
            (1, (ethernet(four), ethernet(six, 0x86DD), ethernet(four, tag=vlan),
                 ethernet(six, 0x86DD, bytes.fromhex("88a80006") + vlan))),
            (9, (b"\x00\x21" + four, b"\x00\x57" + six, b"\xff\x03\x00\x21" + four, b"\x21" + four)),
            (101, (four, six)),
            (113, (bytes(14) + b"\x08\x00" + four, bytes(14) + b"\x86\xdd" + six)),
            (228, (four,)),
            (229, (six,)),
            (276, (b"\x08\x00" + bytes(18) + four, b"\x86\xdd" + bytes(18) + six)),
        ):
            for order in "<>":
                self.write(link_type, *frames, order=order)
                with self.subTest(link_type=link_type, order=order):
                    self.assertEqual(self.tunnels(), [7] * len(frames))
                    # tshark finds the same frames.
                    self.assertEqual([d.frame for d in tshark(self.path)],
                                     list(range(1, len(frames) + 1)))

    def test_padding_of_ethernet_is_not_the_datagrams(self):
        self.write(1, ethernet(ipv4(udp(bytes.fromhex(ZLB)))))
        self.assertTrue(dissect(PROGRAM, self.path)[0]["roundtrip"])

    def test_an_ipv4_header_that_is_too_short_is_no_header(self):
        # RFC 791, section 3.1: "the minimum value for a correct header is 5". If 4 were taken, the
        # destination would be ports, one of them 1701, and the source port a length.
        packet = bytearray(ipv4(udp(bytes.fromhex(DATA), source=12)))
        packet[16:20] = bytes([10, 9]) + struct.pack("!H", 1701)
        proper = ipv4(udp(bytes.fromhex(DATA)))
        for words in range(5):
            packet[0] = 0x40 | words
            self.write(101, bytes(packet), proper)
            with self.subTest(words=words):
                self.assertEqual([line["frame"] for line in dissect(PROGRAM, self.path)], [2])

    def test_extension_headers_of_ipv6(self):
        hop_by_hop = bytes([17, 0]) + bytes(6)
        self.write(101, ipv6(hop_by_hop + udp(bytes.fromhex(DATA)), 0))
        self.assertEqual(self.tunnels(), [7])

    def test_ports(self):
        # RFC 2661, section 8.1: the sender's port may be any, and so may the port of the answer.
        data = bytes.fromhex(DATA)
        self.write(101, ipv4(udp(data, 5000, 6000)),  # not known yet
                   ipv4(udp(data, 5000, 1701)),
                   ipv4(udp(data, 6000, 5000), source=2, destination=1),
                   ipv4(udp(data, 5000, 6000)),
                   ipv4(udp(data, 6000, 5000)),  # the same ports, of other hosts
                   ipv4(udp(data, 53, 53)))
        self.assertEqual([line["frame"] for line in dissect(PROGRAM, self.path)], [2, 3, 4])

    def test_what_is_left_out_is_told(self):
        data = udp(bytes.fromhex(DATA))
        cut = ipv4(data)[:-1]
        self.write(101, ipv4(data, 0x2000), ipv4(b"more", 0x0002), cut,
                   ipv6(bytes([17, 0, 0, 1]) + bytes(4) + data, 44), ipv4(data))
        done = run(self.path)
        self.assertEqual(done.returncode, 0)
        self.assertIn("1 L2TP datagrams; left out: 3 fragments of UDP datagrams; left out: 1 that",
                      done.stderr)

    def test_every_cut_is_survived(self):
        frames = [ethernet(ipv4(udp(bytes.fromhex(ZLB)))),
                  ethernet(ipv6(bytes([17, 0]) + bytes(6) + udp(bytes.fromhex(ZLB)), 0), 0x86DD)]
        for frame in frames:
            self.write(1, *(frame[:size] for size in range(len(frame))))
            self.assertEqual(run(self.path, "--json").returncode, 0)

    def test_a_capture_that_is_cut_short(self):
        frame = ipv4(udp(bytes.fromhex(DATA)))
        self.write(101, frame, frame, frame)
        whole, record = self.path.read_bytes(), 16 + len(frame)
        for size in range(24, len(whole) + 1):
            with self.subTest(size=size):
                self.path.write_bytes(whole[:size])
                frames, rest = divmod(size - 24, record)
                done = run(self.path, "--json")
                self.assertEqual(len(done.stdout.splitlines()), frames)
                self.assertEqual(done.returncode, 1 if rest else 0)
                self.assertEqual(f"is cut short after frame {frames}," in done.stderr, rest > 0)

    def test_a_record_of_absurd_length(self):
        frame = ipv4(udp(bytes.fromhex(DATA)))
        for length in (len(frame) + 1, 65536, 262145, 0x7FFFFFFF, 0xFFFFFFFF):
            for behind in (0, 300000):  # octets in the file, behind the record's header
                if length <= behind:
                    continue
                with self.subTest(length=length, behind=behind):
                    self.write(101, frame)
                    with self.path.open("ab") as file:
                        file.write(struct.pack("<4I", 0, 0, length, length) + bytes(behind))
                    done = run(self.path, "--json")
                    self.assertEqual((done.returncode, len(done.stdout.splitlines())), (1, 1))
                    self.assertIn("is cut short after frame 1,", done.stderr)

    def test_no_l2tp(self):
        self.write(101, ipv4(udp(b"hello", 53, 53)))
        done = run(self.path)
        self.assertEqual((done.returncode, done.stdout), (0, ""))
        self.assertIn("0 L2TP datagrams", done.stderr)

    def test_what_is_not_read(self):
        self.write(147)
        self.assertIn("link type 147", run(self.path).stderr)
        self.assertEqual(run(self.path).returncode, 1)
        for content, words in ((b"", "not a capture"), (b"nothing at all, and long enough", "not a"),
                               (bytes.fromhex("0a0d0d0a") + bytes(40), "editcap -F pcap")):
            self.path.write_bytes(content)
            done = run(self.path)
            self.assertEqual((done.returncode, done.stdout), (1, ""))
            self.assertIn(words, done.stderr)


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only

"""The scenario `voluntary`: what its files say, judged by tshark and by counting."""

import os
import pty
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from capture import control_messages, count_frames, faults, retransmissions, tshark
from refusal import assert_refused
from scenario_run import ScenarioRun

PROGRAM = Path(sys.argv.pop(1)) if len(sys.argv) > 1 else Path("build/bin/l2tp-voluntary")
ROOT = Path(__file__).resolve().parent.parent.parent
HOST = "198.18.0.1"
LNS = "192.0.2.2"


class Run(ScenarioRun):
    """One run of the scenario, and its files."""

    PROGRAM = PROGRAM

    def __init__(self, *options: str) -> None:
        super().__init__(*options)
        self.host = self.path / "voluntary-host-0-wan.pcap"
        self.lns = self.path / "voluntary-lns-wan.pcap"
        self.inner = self.path / "voluntary-host-0-ppp.pcap"


class MainJob(unittest.TestCase):
    """The default run: everything comes up, and the transfer is completed."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.run_ = Run.of_class(cls)

    def test_outcome(self) -> None:
        self.assertEqual(self.run_.done.returncode, 0, self.run_.done.stdout)
        summary = self.run_.summary
        self.assertEqual(summary["outcome"], "complete")
        self.assertEqual(summary["tunnels"], {"established": 1, "failed": 0, "cleared": 1})
        self.assertEqual(summary["sessions"], {"established": 1, "failed": 0, "cleared": 1})
        self.assertEqual(summary["ppp"], {"up": 1, "failed": 0})
        self.assertGreaterEqual(summary["transferred_bytes"], 10e6)
        self.assertTrue(summary["clients"][0]["address"].startswith("10.8."))

    # RFC 2661: 8.2-01
    def test_set_up_in_order(self) -> None:
        types = tshark(
            self.run_.host, "-Y", "l2tp.avp.message_type", "-T", "fields",
            "-e", "l2tp.avp.message_type",
        )
        first = list(dict.fromkeys(types))[:6]
        self.assertEqual(first, ["1", "2", "3", "10", "11", "12"], "SCCRQ SCCRP SCCCN ICRQ ICRP ICCN")

    def test_nothing_malformed(self) -> None:
        for pcap in sorted(self.run_.path.glob("*.pcap")):
            with self.subTest(pcap.name):
                self.assertEqual(faults(pcap), [])

    # RFC 2661: 8.1-03, 8.1-05
    def test_checksums_are_there(self) -> None:
        self.assertGreater(count_frames(self.run_.host, "udp.checksum.status == Good"), 1000)
        self.assertEqual(count_frames(self.run_.host, "udp.checksum == 0"), 0)

    def test_inner_traffic_is_dissected(self) -> None:
        for display_filter in ("l2tp && tcp.len > 0", "l2tp && chap.code == 2", "l2tp && icmp"):
            with self.subTest(display_filter):
                self.assertGreater(count_frames(self.run_.host, display_filter), 0)
        self.assertGreater(count_frames(self.run_.inner, "ppp && tcp"), 1000)
        self.assertEqual(count_frames(self.run_.host, "ip.flags.mf == 1"), 0, "no fragments")

    def test_ladder_and_table(self) -> None:
        for words in ("SCCRQ", "ICCN", "PPP: network up", "TCP transfers completed: 1 of 1"):
            self.assertIn(words, self.run_.done.stdout)

    def test_doc_shows_the_ladder(self) -> None:
        text = (ROOT / "doc/voluntary.rst").read_text(encoding="utf-8")
        block = re.search(r"\.\. ladder\n\n::\n\n(.*?)\n\n(?=\S)", text, re.DOTALL)
        assert block
        shown = [line[4:].rstrip() for line in block.group(1).splitlines()]
        printed = self.run_.done.stdout.split("\n\n")[0].splitlines()
        self.assertEqual(shown, [line.rstrip() for line in printed])


class Ipv6(unittest.TestCase):
    """The same over IPv6: the Internet has no IPv4, what is in the tunnel has nothing else."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.run_ = Run.of_class(cls, "--Ipv6=true")

    def test_outcome(self) -> None:
        self.assertEqual(self.run_.done.returncode, 0, self.run_.done.stdout)
        self.assertEqual(self.run_.summary["outcome"], "complete")
        self.assertGreaterEqual(self.run_.summary["transferred_bytes"], 10e6)
        self.assertTrue(self.run_.summary["clients"][0]["address"].startswith("10.8."))

    def test_all_outer_packets_are_ipv6(self) -> None:
        for pcap in (self.run_.host, self.run_.lns):
            with self.subTest(pcap.name):
                self.assertGreater(count_frames(pcap, "ppp.protocol == 0x0057 && l2tp"), 1000)
                self.assertEqual(count_frames(pcap, "frame[0:2] == 00:21"), 0)
        self.assertEqual(count_frames(self.run_.inner, "ipv6"), 0)
        self.assertEqual(count_frames(self.run_.host, "ipv6.fraghdr"), 0, "no fragments")

    def test_nothing_malformed(self) -> None:
        for pcap in sorted(self.run_.path.glob("*.pcap")):
            with self.subTest(pcap.name):
                self.assertEqual(faults(pcap), [])

    def test_checksums_are_there(self) -> None:
        # RFC 8200, section 8.1: mandatory.
        sent = count_frames(self.run_.host, "udp")
        self.assertGreater(sent, 1000)
        self.assertEqual(count_frames(self.run_.host, "udp.checksum.status == Good"), sent)
        self.assertEqual(count_frames(self.run_.host, "udp.checksum == 0"), 0)

    def test_same_messages_in_the_same_order(self) -> None:
        over_ipv4 = Run.of_test(self, "--Loss=0", "--Bytes=10000")
        over_ipv6 = Run.of_test(self, "--Loss=0", "--Bytes=10000", "--Ipv6=true")
        expected = [(m.ns, m.nr, m.is_zlb) for m in control_messages(over_ipv4.host)]
        self.assertGreater(len(expected), 8)
        self.assertEqual(
            [(m.ns, m.nr, m.is_zlb) for m in control_messages(over_ipv6.host)], expected
        )
        types = [
            tshark(run.host, "-Y", "l2tp.avp.message_type", "-T", "fields",
                   "-e", "l2tp.avp.message_type")
            for run in (over_ipv4, over_ipv6)
        ]
        self.assertEqual(types[0], ["1", "2", "3", "10", "11", "12", "14", "4"])
        self.assertEqual(types[1], types[0])

    def test_inner_mtu_1500_makes_fragments(self) -> None:
        run = Run.of_test(self, "--Ipv6=true", "--Mru=1500", "--Bytes=300000")
        self.assertEqual(run.done.returncode, 0, run.done.stdout)
        self.assertGreater(count_frames(run.host, "ipv6.fraghdr.more == 1"), 100)
        self.assertEqual(faults(run.host), [])

    def test_retransmissions_are_counted(self) -> None:
        run = Run.of_test(self, "--Ipv6=true", "--Loss=0.3", "--Bytes=10000", "--RngRun=3")
        source = next(control_messages(run.host)).source
        self.assertIn(":", source)
        told = run.endpoint("host-0")["control"]["retransmitted"]
        self.assertGreater(told, 0)
        self.assertEqual(retransmissions(run.host, source), told)


class Options(unittest.TestCase):
    """What the options change."""

    def make(self, *options: str) -> Run:
        return Run.of_test(self, *options)

    def test_same_run_same_bytes(self) -> None:
        one, two = (self.make("--Bytes=100000", "--RngRun=7") for _ in range(2))
        self.assertEqual(one.host.read_bytes(), two.host.read_bytes())
        other = self.make("--Bytes=100000", "--RngRun=8")
        self.assertNotEqual(one.host.read_bytes(), other.host.read_bytes())

    def test_inner_mtu_1500_makes_fragments(self) -> None:
        run = self.make("--Mru=1500", "--Bytes=300000")
        self.assertEqual(run.done.returncode, 0, run.done.stdout)
        self.assertGreater(count_frames(run.host, "ip.flags.mf == 1"), 100)
        self.assertEqual(faults(run.host), [])

    def test_authenticated_and_hidden(self) -> None:
        endpoint = "--ns3::L2tpEndpoint::"
        run = self.make(f"{endpoint}SharedSecret=s3cret", f"{endpoint}ChallengePeer=true",
                        f"{endpoint}HideAvps=true", "--Bytes=50000")
        self.assertEqual(run.done.returncode, 0, run.done.stdout)
        self.assertEqual(faults(run.host), [])
        self.assertGreater(count_frames(run.host, "l2tp.avp.hidden == 1"), 0)

    def data_messages(self, run: Run) -> "list[tuple[str, str, str]]":
        """Return source, S bit and Ns of each data message, as tshark reads them."""
        lines = tshark(
            run.host, "-Y", "l2tp.type == 0", "-T", "fields", "-E", "occurrence=f",
            "-e", "ip.src", "-e", "l2tp.seq_bit", "-e", "l2tp.Ns",
        )
        return [tuple(line.split("\t")) for line in lines]

    def assert_numbered(self, messages: "list[tuple[str, str, str]]") -> None:
        """Every message has S, and each sender's Ns count from 0."""
        for source in (HOST, LNS):
            sent = [(bit, int(ns)) for who, bit, ns in messages if who == source]
            self.assertGreater(len(sent), 50)
            self.assertEqual(sent, [("1", n) for n in range(len(sent))], source)

    def test_auth(self) -> None:
        # Value-Size of the host's Response: PAP has none, MD5's digest 16, RFC 2759's value 49.
        for protocol, sizes in (("none", []), ("pap", []), ("chap", ["16"]), ("mschapv2", ["49"])):
            with self.subTest(protocol):
                run = self.make(f"--Auth={protocol}", "--Bytes=10000", "--Loss=0")
                self.assertEqual(run.done.returncode, 0, run.done.stdout)
                self.assertEqual(faults(run.host), [])
                found = tshark(run.host, "-Y", "chap.code == 2", "-T", "fields",
                               "-e", "chap.value_size")
                self.assertEqual(found, sizes)
                self.assertEqual(count_frames(run.host, "pap.code == 1"), protocol == "pap")

    def test_sequencing_required(self) -> None:
        run = self.make("--Sequencing=required", "--Bytes=100000", "--Loss=0")
        self.assertEqual(run.done.returncode, 0, run.done.stdout)
        self.assertEqual(faults(run.host), [])
        self.assertEqual(count_frames(run.host, "l2tp.avp.type == 39"), 1, "in the ICCN")
        self.assert_numbered(self.data_messages(run))
        self.assertEqual(run.summary["data"]["rx_lost"], 0)
        self.assertEqual(run.summary["data"]["dropped"], {})

    def test_sequencing_by_the_lns(self) -> None:
        run = self.make("--Sequencing=lns", "--Bytes=100000", "--Loss=0")
        self.assertEqual(run.done.returncode, 0, run.done.stdout)
        self.assertEqual(faults(run.host), [])
        messages = self.data_messages(run)
        # The host's first message goes out before it has heard from the LNS.
        first = [bit for _, bit, _ in messages].index("1")
        self.assertLess(first, 4)
        self.assertTrue(all(source == HOST for source, _, _ in messages[:first]))
        self.assert_numbered(messages[first:])

    def test_sequencing_counts_loss(self) -> None:
        for timeout in ("0ms", "20ms"):
            with self.subTest(timeout):
                run = self.make("--Sequencing=lns", "--Bytes=300000", "--Loss=0.05", "--RngRun=3",
                                f"--ReorderTimeout={timeout}")
                self.assertEqual(faults(run.host), [])
                data = run.summary["data"]
                missing = data["tx_packets"] - data["rx_packets"]
                # What was lost after the last message that came, or before the first with a
                # number, nobody can know of.
                self.assertGreater(data["rx_lost"], 5)
                self.assertLessEqual(data["rx_lost"], missing)
                self.assertLess(missing - data["rx_lost"], 10)
                # What came after a loss was held back, if it was to be.
                self.assertEqual(data["rx_reordered"] > 0, timeout != "0ms")

    def test_offset_and_priority(self) -> None:
        endpoint = "--ns3::L2tpEndpoint::"
        run = self.make(f"{endpoint}DataOffset=4", f"{endpoint}DataPriority=PppControl",
                        "--Sequencing=required", "--Bytes=100000", "--Loss=0")
        self.assertEqual(run.done.returncode, 0, run.done.stdout)
        self.assertEqual(faults(run.host), [])
        everything = count_frames(run.host, "l2tp.type == 0")
        offset = "l2tp.type == 0 && l2tp.offset_bit == 1 && l2tp.offset == 4"
        self.assertEqual(count_frames(run.host, offset), everything)
        # What is inside is found behind the padding; P stands for PPP's own.
        control = count_frames(run.host, "l2tp.type == 0 && (lcp || chap || ipcp)")
        self.assertGreater(control, 5)
        self.assertEqual(count_frames(run.host, "l2tp.priority == 1"), control)
        self.assertGreater(count_frames(run.host, "l2tp.priority == 0 && tcp.len > 0"), 50)
        self.assertEqual(count_frames(run.host, "l2tp.type == 1 && l2tp.priority == 1"), 0)
        # Host and LNS count what they received, each the other's.
        self.assertEqual(run.summary["data"]["rx_priority"], control)

    def test_sequencing_is_one_of_three(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run([PROGRAM, f"--Out={folder}", "--Sequencing=on"],
                                  capture_output=True, text=True, check=False)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("--Sequencing=on: choose off, lns or required", done.stderr)

    def test_out_of_range_stops_at_once(self) -> None:
        for option, words in (
            ("PingInterval=0s", "give +0.001s to +3600s"),
            ("PingInterval=-1s", "give +0.001s to +3600s"),
            ("ReorderTimeout=-1s", "give +0s to +3600s"),
            ("Delay=-1s", "give +0s to +3600s"),
            ("Duration=0s", "give +0.001s to "),
            ("LnsStop=-1s", "give +0s to "),
            ("LnsCrash=-1s", "give +0s to "),
            ("LnsStart=-1s", "give +0s to "),
            ("Loss=1.5", "give 0 to 1"),
            ("RngRun=0", "give 1 to "),
            ("RngRun=-1", "give 1 to "),
            ("Clients=0", "give 1 to 16384"),
            ("Clients=-1", "give 1 to 16384"),
            ("Clients=16385", "give 1 to 16384"),
            ("Mru=1", "give 128 to 65535"),
            ("Mru=127", "give 128 to 65535"),
            ("Bytes=-1", "give 0 to "),
        ):
            assert_refused(self, PROGRAM, f"--{option}", f"--{option.split('=')[0]}=", words)

    def test_what_is_no_option_stops_at_once(self) -> None:
        assert_refused(self, PROGRAM, "foo", "'foo' is no option")
        assert_refused(self, PROGRAM, "--Foo=1", "--Foo=1")

    def test_fifty_clients(self) -> None:
        run = self.make("--Clients=50", "--Bytes=20000", "--Pcap=false")
        self.assertEqual(run.done.returncode, 0, run.done.stdout)
        self.assertTrue(all(client["up"] for client in run.summary["clients"]))
        self.assertEqual(len({c["address"] for c in run.summary["clients"]}), 50)

    def test_lns_stops_and_starts_again(self) -> None:
        run = self.make("--LnsStop=20s", "--LnsStart=30s", "--Redial=true", "--Bytes=0",
                        "--Duration=60s", "--Loss=0", "--PingInterval=10s")
        tunnel_ids = {m.tunnel_id for m in control_messages(run.host) if m.source == HOST}
        self.assertEqual(run.summary["ppp"]["up"], 2, run.done.stdout)
        self.assertEqual(len(tunnel_ids - {0}), 2, "a new tunnel has a new ID")

    def test_lns_vanishes(self) -> None:
        # The last message of the LNS is heard shortly after the start; HELLO after 60 s of silence,
        # given up 31 s later (section 5.8).
        run = self.make("--LnsCrash=15s", "--Bytes=0", "--Duration=200s", "--Loss=0",
                        "--PingInterval=100s")
        hellos = [m for m in control_messages(run.host) if m.source == HOST and m.ns == 4]
        self.assertEqual([round(m.time - hellos[0].time, 3) for m in hellos], [0, 1, 3, 7, 15, 23])
        self.assertIn("Peer dead", run.summary["clients"][0]["last_reason"])
        self.assertEqual(run.endpoint("host-0")["tunnels"]["live"], 0)


class Terminal(unittest.TestCase):
    """The ladder is in colours where there are some, and says the same without them."""

    OPTIONS = ("--Loss=0", "--Lose=ICRQ:1", "--Bytes=0", "--Duration=20s", "--Pcap=0", "--Report=0")

    def shown(self, **environment: str) -> str:
        """Return what a run writes to a terminal."""
        ours, its = pty.openpty()
        variables = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
        with tempfile.TemporaryDirectory() as folder:
            with subprocess.Popen([PROGRAM, *self.OPTIONS, f"--Out={folder}"], stdout=its,
                                  env={**variables, "TERM": "xterm", **environment}):
                os.close(its)
                text = b""
                try:
                    while part := os.read(ours, 65536):
                        text += part
                except OSError:
                    pass  # the other end is closed
        os.close(ours)
        return text.decode().replace("\r\n", "\n")

    def test_colours(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            plain = subprocess.run([PROGRAM, *self.OPTIONS, f"--Out={folder}"], capture_output=True,
                                   text=True, check=False).stdout
        coloured = self.shown()
        self.assertNotIn("\033", plain)
        self.assertIn("\033[36m-- SCCRQ ", coloured)
        self.assertIn("\033[31m", coloured, "something is lost")
        self.assertEqual(re.sub(r"\033\[\d*m", "", coloured), plain)
        self.assertEqual(self.shown(NO_COLOR="1"), plain)
        self.assertEqual(self.shown(TERM="dumb"), plain)


class Loss(unittest.TestCase):
    """Loss of 30 %: a hundred runs, each up or cleared on both sides."""

    def test_nothing_stays_half_open(self) -> None:
        for number in range(1, 101):
            with self.subTest(run=number):
                run = Run("--Loss=0.3", f"--RngRun={number}", "--Bytes=10000")
                summary = run.summary
                for endpoint in summary["endpoints"]:
                    self.assertEqual(endpoint["tunnels"]["live"], 0)
                    self.assertEqual(endpoint["sessions"]["live"], 0)
                if summary["ppp"]["up"] == 0:
                    self.assertNotEqual(summary["clients"][0]["last_reason"], "")
                counted = [retransmissions(run.host, HOST), retransmissions(run.lns, LNS)]
                told = [run.endpoint(n)["control"]["retransmitted"] for n in ("host-0", "lns")]
                self.assertEqual(counted, told)
                run.close()


if __name__ == "__main__":
    unittest.main()

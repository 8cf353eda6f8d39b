#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only

"""The scenario `remote-dial`: what its files say, judged by tshark and by counting."""

import re
import subprocess
import sys
import unittest
from pathlib import Path

from capture import control_messages, count_frames, faults, tshark
from scenario_run import ScenarioRun

PROGRAM = Path(sys.argv.pop(1)) if len(sys.argv) > 1 else Path("build/bin/l2tp-remote-dial")
ROOT = Path(__file__).resolve().parent.parent.parent
LAC = "192.0.2.5"
LNS = "192.0.2.2"


class Run(ScenarioRun):
    """One run of the scenario, and its files."""

    PROGRAM = PROGRAM

    def __init__(self, *options: str) -> None:
        super().__init__(*options)
        self.lac = self.path / "remote-dial-lac-wan.pcap"
        self.lns = self.path / "remote-dial-lns-wan.pcap"
        self.line = self.path / "remote-dial-branch-0-line.pcap"
        self.branch = self.path / "remote-dial-branch-0-ppp.pcap"
        self.site = self.path / "remote-dial-lns-branch-0.pcap"

    def message_types(self) -> "list[str]":
        """Return the Message Types that passed at the LNS, in order."""
        return tshark(self.lns, "-Y", "l2tp.avp.message_type", "-T", "fields",
                      "-e", "l2tp.avp.message_type")


class Common(unittest.TestCase):
    """What all cases need."""

    def make(self, *options: str) -> Run:
        return Run.of_test(self, *options)

    def assert_clean(self, run: Run) -> None:
        """Tshark has nothing against any capture."""
        pcaps = sorted(run.path.glob("*.pcap"))
        self.assertGreaterEqual(len(pcaps), 10)
        for pcap in pcaps:
            with self.subTest(pcap.name):
                self.assertEqual(faults(pcap), [])

    def assert_counted(self, run: Run) -> None:
        """The summary says what the captures say."""
        for name, pcap, address in (("lac", run.lac, LAC), ("lns", run.lns, LNS)):
            with self.subTest(name):
                counted = run.endpoint(name)
                sent = [m for m in control_messages(pcap) if m.source == address]
                self.assertEqual(len([m for m in sent if m.is_zlb]), counted["control"]["zlb"])
                self.assertEqual(
                    len([m for m in sent if not m.is_zlb]),
                    counted["control"]["sent"] + counted["control"]["retransmitted"])
                data = f"l2tp.type == 0 && ip.src == {address}"
                self.assertEqual(count_frames(pcap, data), counted["data"]["tx_packets"])


class MainJob(Common):
    """The default run: two branches, each called twice."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.run_ = Run.of_class(cls)

    def test_outcome(self) -> None:
        self.assertEqual(self.run_.done.returncode, 0, self.run_.done.stdout + self.run_.done.stderr)
        summary = self.run_.summary
        self.assertEqual(summary["outcome"], "complete")
        self.assertEqual(summary["tunnels"], {"established": 2, "failed": 0, "cleared": 2})
        self.assertEqual(summary["sessions"], {"established": 4, "failed": 0, "cleared": 4})
        self.assertEqual(summary["ppp"], {"up": 4, "failed": 0})
        self.assertEqual(summary["calls_asked"], 4)
        self.assertEqual(summary["calls_idle"], 4)
        self.assertEqual(summary["transferred_bytes"], 100000)
        # Dialling takes 2.02 s, of which the tunnel and PPP know nothing.
        self.assertGreater(summary["setup_time_s"], 2.02)
        self.assertLess(summary["setup_time_s"], 3)
        for endpoint in summary["endpoints"]:
            self.assertEqual(endpoint["tunnels"]["live"] + endpoint["sessions"]["live"], 0)

    def test_nothing_malformed(self) -> None:
        self.assert_clean(self.run_)

    def test_summary_agrees_with_captures(self) -> None:
        self.assert_counted(self.run_)
        types = self.run_.message_types()
        self.assertEqual(types.count("7"), self.run_.summary["calls_asked"], "OCRQ")
        self.assertEqual(types.count("9"), self.run_.summary["calls_up"], "OCCN")
        echo_replies = "icmp.type == 0 && ppp && !l2tp"
        answered = sum(
            count_frames(self.run_.path / f"remote-dial-lns-branch-{i}.pcap", echo_replies)
            for i in range(2)
        )
        self.assertEqual(answered, self.run_.summary["pings_answered"])

    # RFC 2661, section 5.2.2
    def test_set_up_in_order(self) -> None:
        first = self.run_.message_types()[:5]
        self.assertEqual(first, ["1", "2", "3", "7", "8"], "SCCRQ SCCRP SCCCN OCRQ OCRP")

    # RFC 2661, sections 6.9 to 6.11
    def test_avps_of_the_call(self) -> None:
        numbers = tshark(self.run_.lns, "-Y", "l2tp.avp.message_type == 7", "-T", "fields",
                         "-e", "l2tp.avp.called_number")
        self.assertEqual(sorted(set(numbers)), ["5550000", "5550001"])
        speeds = tshark(self.run_.lns, "-Y", "l2tp.avp.message_type == 9", "-T", "fields",
                        "-e", "l2tp.avp.connect_speed")
        self.assertEqual(speeds, ["64000"] * 4)

    def test_branches_know_nothing_of_l2tp(self) -> None:
        self.assertEqual(count_frames(self.run_.branch, "l2tp"), 0)
        # CHAP in each call: the LNS asks, the branch answers.
        self.assertEqual(count_frames(self.run_.branch, "chap.code == 3"), 2)

    # The first packet of each round waited for the call, and none was lost by that.
    def test_packets_wait_for_the_call(self) -> None:
        self.assertEqual(self.run_.summary["packets_dropped_waiting"], 0)
        [up] = [e for e in self.run_.summary["clients"] if e["name"] == "branch-0"]
        first = tshark(self.run_.site, "-Y", "icmp.type == 8", "-T", "fields", "-e",
                       "frame.time_epoch")[0]
        self.assertAlmostEqual(float(first), 1.001007 + up["setup_time_s"], places=4)

    def test_the_same_packets_before_and_behind(self) -> None:
        run = self.make("--Loss=0", "--Branches=1", "--Bytes=20000")
        payload = ["-Y", "ip && ip.src == 10.1.0.2", "-T", "fields", "-e", "ip.id", "-e", "ip.len",
                   "-e", "ip.checksum", "-e", "tcp.checksum", "-e", "tcp.seq_raw"]
        sent = tshark(run.site, *payload)
        self.assertGreater(len(sent), 20)
        self.assertEqual(tshark(run.line, *payload), sent)

    def test_ladder_and_table(self) -> None:
        for words in ("OCRQ", "OCCN", "the LAC dials 5550001", "branch-0: up",
                      "4 ended for want of traffic"):
            self.assertIn(words, self.run_.done.stdout)


class Options(Common):
    """What the options change."""

    # RFC 2661, section 4.4.2
    def test_failures(self) -> None:
        for name, result in (
            ("rejected", 3), ("no-line", 5), ("no-such-number", 6), ("no-carrier", 7), ("busy", 8),
            ("no-dial-tone", 9), ("no-answer", 10), ("wrong-password", 2),
        ):
            with self.subTest(name):
                run = self.make(f"--Failure={name}")
                self.assertEqual(run.done.returncode, 0, run.done.stdout)
                self.assertEqual(run.summary["outcome"], "failed as expected")
                self.assertEqual(run.summary["last_result"], result)
                self.assertEqual(run.summary["calls_up"], 0)
                self.assertGreater(run.summary["packets_dropped_waiting"], 0)
                codes = tshark(run.lac, "-Y", "l2tp.avp.message_type == 14", "-T", "fields",
                               "-e", "l2tp.result_code")
                self.assertGreaterEqual(len(codes), run.summary["calls_failed"])
                self.assertEqual(set(codes), {str(result)}, "Result Codes of CDNs")
                self.assertEqual(faults(run.lns), [])
                self.assertEqual(faults(run.lac), [])

    def test_lossy(self) -> None:
        run = self.make("--Loss=0.1", "--RngRun=4")
        self.assert_clean(run)
        self.assert_counted(run)
        self.assertGreater(run.endpoint("lns")["control"]["retransmitted"], 0)
        for endpoint in run.summary["endpoints"]:
            self.assertEqual(endpoint["tunnels"]["live"] + endpoint["sessions"]["live"], 0)

    # RFC 2661, section 4.4.2: result 4, and again when RetryDelay is over
    def test_fewer_lines_than_branches(self) -> None:
        run = self.make("--Lines=1", "--Loss=0", "--RetryDelay=10s", "--IdleTimeout=2s")
        self.assertGreater(run.summary["calls_failed"], 0)
        self.assertIn("all lines are taken", run.done.stdout)

    def test_ipv6(self) -> None:
        run = self.make("--Ipv6=true")
        self.assertEqual(run.done.returncode, 0, run.done.stdout)
        self.assertEqual(faults(run.lns), [])
        self.assertEqual(count_frames(run.lns, "frame[0:2] == 00:21"), 0)

    def test_same_run_same_bytes(self) -> None:
        one, two = (self.make("--RngRun=7") for _ in range(2))
        self.assertEqual(one.lns.read_bytes(), two.lns.read_bytes())
        other = self.make("--RngRun=8")
        self.assertNotEqual(one.lns.read_bytes(), other.lns.read_bytes())

    def test_a_bad_option_stops_at_once(self) -> None:
        for option, words in (("--Failure=x", "choose one of none, wrong-password"),
                              ("--Branches=0", "--Branches=0: give 1 to 200")):
            done = subprocess.run([PROGRAM, option], capture_output=True, text=True, check=False)
            self.assertNotEqual(done.returncode, 0)
            self.assertIn(words, done.stderr)


class Page(Common):
    """The page in doc/ shows what the scenario prints."""

    def test_ladder(self) -> None:
        text = (ROOT / "doc/remote-dial.rst").read_text(encoding="utf-8")
        blocks = re.findall(r"\.\. ladder of ([^\n]*)\n\n::\n\n(.*?)\n\n(?=\S)", text, re.DOTALL)
        self.assertEqual(len(blocks), 2)
        for options, block in blocks:
            with self.subTest(options):
                run = self.make(*options.split())
                shown = [line[4:].rstrip() for line in block.splitlines()]
                printed = run.done.stdout.split("\n\n")[0].splitlines()
                self.assertEqual(shown, [line.rstrip() for line in printed])


if __name__ == "__main__":
    unittest.main()

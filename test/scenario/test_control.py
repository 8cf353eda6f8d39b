#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only

"""Scenarios with other habits of delivery, and with losses of all kinds, `voluntary` above all."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from capture import count_frames, faults, tshark
from scenario_run import ScenarioRun

PROGRAM = Path(sys.argv.pop(1)) if len(sys.argv) > 1 else Path("build/bin/l2tp-voluntary")
HOST = "198.18.0.1"
LNS = "192.0.2.2"
SCCCN, ICRQ, ICCN = "3", "10", "12"
PROFILES = (
    "rfc2661", "xl2tpd", "go-l2tp", "cisco-ios", "accel-ppp", "l2tpns", "huawei", "juniper-m",
    "juniper-mx", "bng-blaster", "mpd5", "npppd", "freertr", "osvbng",
)


class Run(ScenarioRun):
    """One run of the scenario, and its files."""

    PROGRAM = PROGRAM


class Runs(unittest.TestCase):
    """Runs of the scenario, each in a folder of its own."""

    def run_with(self, *options: str) -> subprocess.CompletedProcess:
        """Run it, and leave the files in self.path."""
        self.run_ = Run.of_test(self, "--Bytes=50000", *options)
        self.path = self.run_.path
        return self.run_.done

    def host(self) -> dict:
        """Return the host's part of the summary."""
        return self.run_.endpoint("host-0")

    def sent_at(self, message: str) -> list[float]:
        """Return when the host sent a kind of message."""
        lines = tshark(
            self.path / "voluntary-host-0-wan.pcap",
            "-Y", f"ip.src == {HOST} && l2tp.avp.message_type == {message}",
            "-T", "fields", "-e", "frame.time_relative",
        )
        return [float(line) for line in lines]


class Delivery(Runs):
    """--LockStep and profiles."""

    def test_slow_start_lets_scccn_and_icrq_fly_together(self) -> None:
        done = self.run_with("--Loss=0")
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertLess(self.sent_at(ICRQ)[0] - self.sent_at(SCCCN)[0], 0.001)

    def test_lock_step_keeps_the_icrq_back(self) -> None:
        done = self.run_with("--Loss=0", "--LockStep")
        self.assertEqual(done.returncode, 0, done.stdout)
        # There and back, and the LNS's acknowledgement waits for 50 ms.
        between = self.sent_at(ICRQ)[0] - self.sent_at(SCCCN)[0]
        self.assertAlmostEqual(between, 0.074, delta=0.002)

    def test_each_profile_does_the_job_at_either_end(self) -> None:
        for one, other in zip(PROFILES, PROFILES[1:] + PROFILES[:1]):
            with self.subTest(f"{one} to {other}"):
                done = self.run_with("--Loss=0.05", f"--LacProfile={one}", f"--LnsProfile={other}")
                self.assertEqual(done.returncode, 0, done.stdout)
                self.assertEqual(faults(self.path / "voluntary-host-0-wan.pcap"), [])

    def test_a_profile_for_both(self) -> None:
        done = self.run_with("--Loss=0", "--Profile=l2tpns")
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertNotIn("window 16", done.stdout, "no Receive Window Size AVP by either end")

    def test_an_unknown_profile_stops_the_program(self) -> None:
        done = self.run_with("--Profile=cisco")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("there is no profile 'cisco': choose one of rfc2661, xl2tpd", done.stderr)


class OtherScenarios(unittest.TestCase):
    """The same options in the scenarios of the other models."""

    def test_mixed_profiles_and_a_lost_message(self) -> None:
        # The LNS of this profile sends no Receive Window Size AVP, the LAC of that one does.
        options = ("--LacProfile=xl2tpd", "--LnsProfile=l2tpns", "--LockStep", "--Loss=0")
        for name, lost in (("compulsory", "ICRQ"), ("multihop", "ICRP"), ("remote-dial", "OCRQ")):
            with self.subTest(name), tempfile.TemporaryDirectory() as folder:
                done = subprocess.run(
                    [PROGRAM.with_name(f"l2tp-{name}"), f"--Out={folder}", *options,
                     f"--Lose={lost}:1"],
                    capture_output=True, text=True, check=False,
                )
                self.assertEqual(done.returncode, 0, done.stdout)
                self.assertIn("window 4\n", done.stdout)
                self.assertNotIn("window 16", done.stdout)
                self.assertRegex(done.stdout, rf"{lost} .*\(lost\)")


class Losses(Runs):
    """--Lose, --Outages, --LossOf and --LossBurst."""

    def test_a_message_by_name_and_number(self) -> None:
        done = self.run_with("--Loss=0", "--Lose=ICCN:1,2")
        self.assertEqual(done.returncode, 0, done.stdout)
        first, second, third = self.sent_at(ICCN)
        self.assertAlmostEqual(second - first, 1, delta=0.001)
        self.assertAlmostEqual(third - second, 2, delta=0.001)
        self.assertEqual(self.host()["control"]["retransmitted"], 2)

    def test_an_outage(self) -> None:
        done = self.run_with("--Loss=0", "--Outages=0s+4s")
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertEqual(self.host()["control"]["retransmitted"], 3, "after 1, 3 and 7 s")

    def test_acknowledgements_only(self) -> None:
        done = self.run_with("--Loss=1", "--LossOf=zlbs")
        self.assertIn("network up", done.stdout)
        zlbs = f"ip.src == {LNS} && l2tp.type == 1 && l2tp.length == 12"
        self.assertEqual(count_frames(self.path / "voluntary-host-0-wan.pcap", zlbs), 0)
        self.assertGreater(count_frames(self.path / "voluntary-lns-wan.pcap", zlbs), 1)
        self.assertGreater(len(self.sent_at(ICCN)), 1, "it is never acknowledged")

    def test_data_only(self) -> None:
        done = self.run_with("--Loss=1", "--LossOf=data", "--Duration=20s")
        self.assertNotEqual(done.returncode, 0)
        host = self.host()["control"]
        self.assertEqual(host["retransmitted"], 0)
        self.assertNotIn("network up", done.stdout)

    def test_bursts(self) -> None:
        done = self.run_with("--Loss=0.05", "--LossBurst=4")
        self.assertEqual(done.returncode, 0, done.stdout)
        other = self.run_with("--Loss=0.05")
        self.assertNotEqual(done.stdout, other.stdout)

    def test_mistakes_stop_the_program(self) -> None:
        for option, words in (
            ("--LossOf=acks", "--LossOf=acks: choose all, control, messages, zlbs or data"),
            ("--LossBurst=0.5", "--LossBurst=0.5: give 1 or more"),
            ("--Lose=ICCN", "--Lose=ICCN: give a message and its number, as in ICCN:2"),
            ("--Lose=ICNN:1", "'ICNN' is no control message"),
            ("--Outages=10s", "'10s' is no START+LENGTH"),
        ):
            done = self.run_with(option)
            self.assertNotEqual(done.returncode, 0, option)
            self.assertIn(words, done.stderr)


if __name__ == "__main__":
    unittest.main()

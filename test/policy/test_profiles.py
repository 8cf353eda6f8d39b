#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only

"""Profiles: the schedule of each, as captures show it, against the tables of the documentation."""

import json
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "test/scenario"))

# pylint: disable=wrong-import-position
from capture import control_messages, count_frames, faults, tshark

PROGRAM = Path(sys.argv.pop(1)) if len(sys.argv) > 1 else ROOT / "build/bin/l2tp-profile-schedule"
DOC = (ROOT / "doc/control-policies.rst").read_text(encoding="utf-8")
LAC = "192.0.2.1"
SCCRQ, STOPCCN = "1", "4"


def part(name: str) -> str:
    """Return what stands between the marks of a part of the documentation."""
    return DOC.split(f"\n.. {name}\n")[1].split(f"\n.. end of {name}\n")[0]


def schedules() -> list[tuple[str, list[float], float, str]]:
    """Return the table of schedules: profile, sends at, gives up, and which message."""
    rows = []
    for line in part("schedules").splitlines():
        match = re.fullmatch(r"([a-z0-9-]+) +((?:\d+ )+) *(\d+) +(any|first|others)", line)
        if match:
            sends = [float(number) for number in match[2].split()]
            rows.append((match[1], sends, float(match[3]), match[4]))
    return rows


class Case:
    """One run: a LAC with a profile, and a peer that does not answer any more."""

    def __init__(self, folder: str, profile: str, case: str) -> None:
        done = subprocess.run(
            [PROGRAM, f"--Profile={profile}", f"--Case={case}", f"--Out={folder}"],
            capture_output=True, text=True, check=True,
        )
        self.pcap = Path(folder) / f"{profile}-{case}.pcap"
        self.released = float(re.fullmatch(r"released after (\S+) s\n", done.stdout)[1])

        lines = tshark(
            self.pcap, "-Y", f"ip.src == {LAC} && l2tp.avp.message_type",
            "-T", "fields", "-e", "frame.time_relative", "-e", "l2tp.avp.message_type",
        )
        self.sent = [line.split("\t") for line in lines]

    def times(self, message: str) -> list[float]:
        """Return when a kind of message went out, from its first transmission on."""
        at = [float(time) for time, kind in self.sent if kind == message]
        return [round(time - at[0], 3) for time in at]


class Profiles(unittest.TestCase):
    """All profiles that there are."""

    @classmethod
    def setUpClass(cls) -> None:
        done = subprocess.run([PROGRAM, "--List=true"], capture_output=True, text=True, check=True)
        cls.profiles = {profile["name"]: profile for profile in json.loads(done.stdout)}

    def test_each_is_in_the_tables(self) -> None:
        self.assertEqual(set(self.profiles), {row[0] for row in schedules()})
        words = {line.split()[0] for line in part("habits").splitlines() if line.strip()}
        self.assertLessEqual(set(self.profiles), words)

    def test_each_has_one_schedule_for_each_message(self) -> None:
        for name in self.profiles:
            kinds = sorted(row[3] for row in schedules() if row[0] == name)
            self.assertIn(kinds, (["any"], ["first", "others"]), name)

    def test_sources_are_those_of_the_documentation(self) -> None:
        text = " ".join(part("sources").split())
        told = dict(re.findall(r"\* ``([a-z0-9-]+)``: (.*?)\.(?= \* ``|$)", text))
        self.assertEqual(told, {name: p["source"] for name, p in self.profiles.items()})

    def test_habits_are_those_of_the_documentation(self) -> None:
        lines = part("habits").splitlines()
        ruler = next(line for line in lines if line.startswith("==="))
        columns = [match.span() for match in re.finditer("=+", ruler)]
        for line in lines:
            name, *cells = (line[start:end].strip() for start, end in columns)
            if name in self.profiles:
                with self.subTest(name):
                    self.compare_habits(cells, self.profiles[name]["settings"])

    def compare_habits(self, cells: list[str], settings: dict) -> None:
        """Compare a row of the table of habits with what a profile sets."""
        resend, congestion, peer, window, acknowledgement, early, linger = cells
        self.assertEqual(settings["Resend"], resend)
        size = re.fullmatch(r"ns3::L2tpFixedWindow\[Size=(\d+)\]", settings["CongestionWindow"])
        names = {"ns3::L2tpSlowStart": "slow start", "ns3::L2tpFixedWindow": "none"}
        self.assertEqual(size[1] if size else names[settings["CongestionWindow"]], congestion)
        known = {"0": "believed", "32767": "ignored"}
        value = settings["PeerWindow"]
        self.assertEqual(known.get(value, f"taken for {value}"), peer)
        value = settings["ReceiveWindowSize"]
        self.assertEqual(
            value if settings["AdvertiseWindow"] == "true" else f"none ({value})", window
        )
        delay = re.fullmatch(
            r"ns3::L2tpDelayedAcknowledgement\[Delay=(\d+)ms\]", settings["AcknowledgementPolicy"]
        )
        self.assertEqual(f"{delay[1]} ms" if delay else "at once", acknowledgement)
        keeps = {
            "ns3::L2tpKeepEarly": "kept",
            "ns3::L2tpKeepEarly[MaxMessages=16]": "16 kept",
            "ns3::L2tpDiscardEarly": "dropped",
            "ns3::L2tpDiscardEarly[Answer=true]": "ZLB",
        }
        self.assertEqual(keeps[settings["ReceiveQueueing"]], early)
        value = settings["LingerTime"]
        known = {"0s": "cycle", "1ns": "none"}
        self.assertEqual(known.get(value, value.replace("s", " s")), linger)

    def test_hello_intervals_are_those_of_the_documentation(self) -> None:
        others = {"bng-blaster": "30s", "freertr": "50s", "go-l2tp": "0s"}
        for name, profile in self.profiles.items():
            self.assertEqual(profile["settings"]["HelloInterval"], others.get(name, "60s"), name)


class Schedules(unittest.TestCase):
    """When messages go out, by captures of a silent peer."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def compare(self, case: Case, message: str, sends: list[float], gives_up: float) -> None:
        """Compare what a capture shows with the table."""
        self.assertEqual(case.times(message), sends)
        self.assertAlmostEqual(case.released, gives_up, delta=0.011)

    def test_of_a_peer_that_is_unreachable(self) -> None:
        for name, sends, gives_up, which in schedules():
            if which != "others":
                with self.subTest(name):
                    case = Case(self.folder, name, "unreachable")
                    self.compare(case, SCCRQ, sends, gives_up)
                    # Nobody is there to be told.
                    self.assertEqual(len(list(control_messages(case.pcap))), len(sends))
                    self.assertEqual(faults(case.pcap), [])

    def test_of_a_stopccn_over_a_link_that_is_cut(self) -> None:
        for name, sends, gives_up, which in schedules():
            if which != "first":
                with self.subTest(name):
                    case = Case(self.folder, name, "cut")
                    self.assertEqual(case.times(SCCRQ), [0], "the tunnel was established at once")
                    self.compare(case, STOPCCN, sends, gives_up)

    def test_the_window_is_advertised_or_not(self) -> None:
        for name, expected in (("rfc2661", 1), ("l2tpns", 0)):
            case = Case(self.folder, name, "cut")
            shown = f"ip.src == {LAC} && l2tp.avp.receive_window_size"
            self.assertEqual(count_frames(case.pcap, shown), expected, name)


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only

"""The page report.html, as a browser shows it: against summary.json, and against tshark's counts."""

import json
import re
import subprocess
import sys
import tempfile
import unittest
from collections import Counter
from pathlib import Path

from browser import Browser

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "scenario"))

# pylint: disable=wrong-import-position
from capture import tshark

PROGRAMS = Path(sys.argv.pop(1)) if len(sys.argv) > 1 else Path("build/bin")
END, DOWN, HOME = "\ue010", "\ue015", "\ue011"  # keys, as WebDriver names them

# Message types by number (RFC 2661, section 3.2), as the page names them.
TYPES = {1: "SCCRQ", 2: "SCCRP", 3: "SCCCN", 4: "StopCCN", 6: "HELLO", 7: "OCRQ", 8: "OCRP", 9: "OCCN",
         10: "ICRQ", 11: "ICRP", 12: "ICCN", 14: "CDN", 15: "WEN", 16: "SLI"}


class Run:
    """A run of a scenario, and its report."""

    def __init__(self, scenario: str, *options: str) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self.path = Path(self._folder.name)
        self.page = self.path / "report.html"
        self.done = subprocess.run([PROGRAMS / f"l2tp-{scenario}", f"--Out={self.path}", *options],
                                   capture_output=True, text=True, check=False)
        self.summary = json.loads((self.path / "summary.json").read_text(encoding="utf-8"))

    @property
    def data(self) -> dict:
        """What the page has its contents from."""
        text = self.page.read_text(encoding="utf-8")
        return json.loads(re.search(r'id="data">(.*?)</script>', text, re.DOTALL)[1])

    def kinds(self, protocol: str) -> "dict[str, dict]":
        """The counters of a protocol's messages, by their names."""
        return {kind["name"]: kind for kind in self.data["kinds"] if kind["protocol"] == protocol}

    def close(self) -> None:
        """Remove its files."""
        self._folder.cleanup()


def run_with_lost_icrq() -> Run:
    """Run `voluntary` until an ICRQ was lost and sent again."""
    for number in range(1, 30):
        run = Run("voluntary", "--Loss=0.2", "--Duration=20s", f"--RngRun={number}")
        if run.kinds("L2TP").get("ICRQ", {"again": 0})["again"]:
            return run
        run.close()
    raise AssertionError("no ICRQ was lost in 29 runs")


class Page(unittest.TestCase):
    """A report in a browser."""

    run_: Run

    @classmethod
    def setUpClass(cls) -> None:
        cls.browser = Browser()
        cls.addClassCleanup(cls.browser.__exit__)

    def load(self, width: int = 1280, height: int = 900) -> None:
        """Load the page anew; it must load nothing else, and log nothing."""
        self.browser.resize(width, height)
        self.browser.requests()
        self.browser.load(self.run_.page)
        self.assertEqual(self.browser.problems(), [])
        self.assertEqual(self.browser.requests(), [self.run_.page.resolve().as_uri()])

    def shown(self) -> "list[str]":
        """What the rows in view are called for people who don't see them."""
        return self.browser.run("return [...document.querySelectorAll('#ladder-rows .row')]"
                                ".map((row) => row.getAttribute('aria-label'))")


class Voluntary(Page):
    """Loss, retransmission, octets and filters."""

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.run_ = run_with_lost_icrq()
        cls.addClassCleanup(cls.run_.close)

    def test_retransmitted_icrq(self) -> None:
        self.load()
        self.browser.press("#filter-name", "ICRQ")
        self.browser.wait("return document.querySelectorAll('.row').length === ladder.shown.length")
        again = self.browser.run("return document.querySelector('#ladder-rows .row.again').id")
        self.browser.click(f"#{again}")
        self.assertIn("ICRQ (transmission 2)", self.browser.text("#message h3"))
        self.assertEqual(self.browser.count(".row.original"),
                         self.run_.kinds("L2TP")["ICRQ"]["again"], "the other transmissions")
        fields = self.browser.run(
            "return [...document.querySelectorAll('#fields tbody tr:not(.part)')].map((row) =>"
            " [...row.cells].map((cell) => cell.lastChild ? cell.lastChild.textContent : ''))")
        by_name = {name: (value, octets, reference) for name, value, octets, reference in fields}
        (line, *_) = tshark(
            self.run_.path / "voluntary-host-0-wan.pcap", "-Y", "l2tp.avp.message_type == 10",
            "-T", "fields", "-e", "l2tp.avp.assigned_session_id", "-e", "l2tp.avp.call_serial_number",
            "-e", "l2tp.length")
        session, serial, length = line.split("\t")
        self.assertEqual(by_name["Message Type"], ("10 ICRQ", "80 08 00 00 00 00 00 0a",
                                                   "RFC 2661, section 4.4.1"))
        self.assertEqual(by_name["Assigned Session ID"][0], str(int(session, 0)))
        self.assertEqual(by_name["Call Serial Number"][0], str(int(serial, 0)))
        self.assertEqual(by_name["Assigned Session ID"][2], "RFC 2661, section 4.4.4")
        self.assertEqual(by_name["Length"][0], length)
        self.assertEqual(self.browser.count("#octets .o"), int(length))

    def test_octets_are_those_of_the_capture(self) -> None:
        frames = tshark(self.run_.path / "voluntary-host-0-wan.pcap", "-Y",
                        "l2tp.type == 1 && ip.src == 198.18.0.1", "-T", "fields", "-e", "udp.payload")
        data = self.run_.data
        host = next(node["id"] for node in data["nodes"] if node["name"] == "host-0")
        ours = [data["packets"][row[13]][0] for row in data["messages"]
                if row[3] == host and data["kinds"][row[5]]["protocol"] == "L2TP"]
        self.assertEqual(ours, [frame.replace(":", "") for frame in frames])

    def test_fields_cover_all_octets(self) -> None:
        for octets, _, flat in self.run_.data["packets"]:
            fields = [flat[at : at + 6] for at in range(0, len(flat), 6)]
            end = 0
            for offset, size, depth, *_ in fields:
                if depth == 0:
                    self.assertEqual(offset, end)
                    end += size
            self.assertEqual(end, len(octets) // 2)

    def test_filters(self) -> None:
        self.load()
        total = len(self.run_.data["messages"])
        self.assertIn(f"{total} of {total}", self.browser.text("#ladder-count").replace("\u202f", ""))
        self.browser.select("#filter-protocol", "PPP")
        rows = self.shown()
        self.assertTrue(rows)
        self.assertEqual([row for row in rows if ": PPP " not in row], [])
        self.browser.select("#filter-fate", "lost")
        self.assertEqual([row for row in self.shown() if ", lost" not in row], [])
        self.browser.select("#filter-fate", "")
        self.browser.select("#filter-protocol", "")
        self.browser.select("#filter-session", "0")
        rows = self.shown()
        self.assertTrue(any("ICRQ" in row for row in rows) and any("LCP" in row for row in rows))
        self.assertEqual([row for row in rows if "SCCRQ" in row], [], "not of a session")
        self.browser.select("#filter-session", "")
        self.browser.select("#filter-tunnel", "0")
        self.assertTrue(any("SCCRQ" in row for row in self.shown()))
        self.assertEqual(self.browser.problems(), [])

    def test_to_scale(self) -> None:
        self.load()
        self.browser.select("#ladder-scale", "scale")
        tops, sent = self.browser.run("return [ladder.tops, ladder.shown.map((m) => m.sent)]")
        scale = tops[-1] / (sent[-1] - sent[0])
        for top, time in zip(tops, sent):
            self.assertAlmostEqual(top, (time - sent[0]) * scale, delta=1)
        self.assertEqual(self.browser.problems(), [])

    def test_keyboard(self) -> None:
        self.load()
        self.browser.press("#ladder-rows", HOME)
        self.browser.press("#ladder-rows", DOWN)
        self.assertIn("SCCRP", self.browser.text("#message h3"))
        self.browser.press("#ladder-rows", END)
        last = self.browser.run("return ladder.shown.at(-1) === ladder.chosen")
        self.assertTrue(last)
        active = self.browser.run("return document.getElementById(document.getElementById("
                                  "'ladder-rows').getAttribute('aria-activedescendant')).className")
        self.assertIn("chosen", active)

    def test_counts_are_tsharks(self) -> None:
        sent: Counter = Counter()
        for pcap, source in (("host-0-wan", "198.18.0.1"), ("lns-wan", "192.0.2.2")):
            lines = tshark(self.run_.path / f"voluntary-{pcap}.pcap", "-Y",
                           f"l2tp.type == 1 && ip.src == {source}", "-T", "fields",
                           "-e", "l2tp.avp.message_type")
            sent.update(TYPES[int(line)] if line else "ZLB" for line in lines)
        kinds = self.run_.kinds("L2TP")
        self.assertEqual({name: kind["sent"] for name, kind in kinds.items()}, dict(sent))

    def test_counts_are_the_summarys(self) -> None:
        control = self.run_.summary["control"]
        kinds = self.run_.kinds("L2TP")
        self.assertEqual(kinds["ZLB"]["sent"], control["zlb"])
        messages = [kind for name, kind in kinds.items() if name != "ZLB"]
        self.assertEqual(sum(kind["again"] for kind in messages), control["retransmitted"])
        self.assertEqual(sum(kind["sent"] - kind["again"] for kind in messages), control["sent"])
        self.assertEqual(sum(kind["duplicates"] for kind in messages), control["duplicates"])
        spans = [span for stream in self.run_.data["data"]["streams"] for span in stream["spans"]]
        self.assertEqual(sum(span[0] for span in spans), self.run_.summary["data"]["tx_packets"])
        self.assertEqual(sum(span[2] for span in spans), self.run_.summary["data"]["rx_packets"])
        self.assertEqual(self.run_.data["summary"], self.run_.summary)

    def test_numbers_on_the_page(self) -> None:
        self.load()
        cards = self.browser.run("return Object.fromEntries([...document.querySelectorAll('.card')]"
                                 ".map((card) => [card.lastChild.textContent, card.firstChild.textContent]))")
        control = self.run_.summary["control"]
        self.assertEqual(cards["control messages sent"], str(control["sent"]))
        self.assertEqual(cards["sent again"], str(control["retransmitted"]))
        shown = json.loads(self.browser.run("return document.getElementById('summary').textContent"))
        self.assertEqual(shown, self.run_.summary)

    def test_fits_screens(self) -> None:
        for width in (1280, 390):
            self.load(width)
            wide = self.browser.run("return document.documentElement.scrollWidth - window.innerWidth")
            self.assertLessEqual(wide, 0, f"at {width} pixels all is in the window")

    def test_in_the_dark(self) -> None:
        back = "return getComputedStyle(document.body).backgroundColor"
        self.load()
        light = self.browser.run(back)
        self.browser.emulate(prefers_color_scheme="dark")
        self.addCleanup(self.browser.emulate)
        self.assertNotEqual(self.browser.run(back), light)
        self.assertEqual(self.browser.problems(), [])

    def test_on_paper(self) -> None:
        self.load(height=500)
        printed = self.browser.devtools("Page.printToPDF", {})
        self.assertGreater(len(printed["data"]), 10000)
        self.browser.run("window.dispatchEvent(new Event('beforeprint'))")
        self.assertEqual(self.browser.count("#ladder-rows .row"),
                         min(300, len(self.run_.data["messages"])), "not only those in view")

    def test_words_for_pictures(self) -> None:
        self.load()
        unnamed = self.browser.run(
            "return [...document.querySelectorAll('[role=img],svg:not([aria-hidden]),select,input')]"
            ".filter((part) => !(part.getAttribute('aria-label') || part.labels?.length ||"
            " document.getElementById(part.getAttribute('aria-labelledby'))))"
            ".map((part) => part.outerHTML.slice(0, 99))")
        self.assertEqual(unnamed, [])

    def test_how_to_do_it_again(self) -> None:
        self.load()
        number = self.run_.summary["rng_run"]
        options = f"--Loss=0.2 --Duration=20s --RngRun={number}"
        self.assertIn(f"./l2tp run voluntary {options}\n", self.browser.text("#commands") + "\n")
        self.assertIn(f"./ns3 run 'l2tp-voluntary {options}'", self.browser.text("#commands"))


class Long(Page):
    """A run with more messages than are kept."""

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.run_ = Run("voluntary", "--Loss=0.05", "--Clients=20", "--Bytes=0", "--Pcap=0",
                       "--ReportMessages=100", "--ReportOctets=10")
        cls.addClassCleanup(cls.run_.close)

    def test_says_what_it_leaves_out(self) -> None:
        self.load()
        data = self.run_.data
        total = sum(kind["sent"] for kind in data["kinds"])
        self.assertEqual(len(data["messages"]), 100)
        self.assertEqual(data["left_out"], {"messages": total - 100, "after": 75})
        self.assertEqual(len(data["packets"]), 10)
        numbers = [row[0] for row in data["messages"]]
        self.assertEqual(numbers, [*range(75), *range(total - 25, total)])
        self.assertIn(f"{total - 100} in between are left out", self.browser.text("#ladder-count"))
        control = self.run_.summary["control"]
        kinds = self.run_.kinds("L2TP")
        self.assertEqual(sum(kind["sent"] for kind in kinds.values()),
                         control["sent"] + control["retransmitted"] + control["zlb"], "all are counted")
        self.browser.press("#ladder-rows", END)
        self.assertIn("octets were not kept", self.browser.text("#message"))


class Others(Page):
    """Reports of the other tunnelling models."""

    SCENARIOS = {
        "compulsory": ("--Loss=0.05",),
        "multihop": ("--Loss=0.05", "--Duration=20s"),
        "remote-dial": ("--Loss=0.05",),
        "wholesale": ("--Subscribers=10",),
    }

    def test_each(self) -> None:
        for scenario, options in self.SCENARIOS.items():
            with self.subTest(scenario):
                self.run_ = Run(scenario, "--Pcap=0", *options)
                self.addCleanup(self.run_.close)
                for width in (390, 1280):
                    self.load(width)
                self.look()

    def look(self) -> None:
        """Look at what every report has."""
        data, summary = self.run_.data, self.run_.summary
        kinds = self.run_.kinds("L2TP")
        control = summary["control"]
        self.assertEqual(sum(kind["sent"] for kind in kinds.values()),
                         control["sent"] + control["retransmitted"] + control["zlb"])
        spans = [span for stream in data["data"]["streams"] for span in stream["spans"]]
        self.assertEqual(sum(span[0] for span in spans), summary["data"]["tx_packets"])
        self.assertEqual(sum(span[2] for span in spans), summary["data"]["rx_packets"])
        self.assertGreaterEqual(len(data["onion"]["hops"]), 3)
        self.assertEqual(self.browser.count(".hop"), len(data["onion"]["hops"]))
        for hop in data["onion"]["hops"]:
            self.assertEqual(sum(layer[1] for layer in hop["layers"]), hop["octets"])
        self.assertGreater(self.browser.count("#map .tunnel"), 0)
        self.browser.select("#filter-session", "")
        for protocol in {kind["protocol"] for kind in data["kinds"]}:
            self.browser.select("#filter-protocol", protocol)
            rows = self.shown()
            self.assertTrue(rows, protocol)
            self.assertEqual([row for row in rows if f": {protocol} " not in row], [])
        self.assertEqual(self.browser.problems(), [])

    def test_wholesale_has_all_protocols(self) -> None:
        self.run_ = Run("wholesale", "--Pcap=0", "--Subscribers=4")
        self.addCleanup(self.run_.close)
        self.assertEqual({kind["protocol"] for kind in self.run_.data["kinds"]},
                         {"L2TP", "PPP", "PPPoE", "RADIUS"})


class WithoutReport(unittest.TestCase):
    """No report is wanted."""

    def test_nothing_is_written(self) -> None:
        run = Run("voluntary", "--Duration=5s", "--Bytes=0", "--Pcap=0", "--Report=0")
        self.addCleanup(run.close)
        self.assertEqual([path.name for path in run.path.iterdir()], ["summary.json"])


if __name__ == "__main__":
    unittest.main()

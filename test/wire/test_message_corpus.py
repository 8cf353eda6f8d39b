#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Every message with every AVP that it may carry, plain and hidden: what `l2tp dissect` says of it
is what tshark says, and hidden values are found by a few lines that know nothing of the module."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from dissection import FIELDS, Comparison, dissect, tshark
from hiding import RANDOM_VECTOR, reveal

BIN = Path(__file__).resolve().parents[2] / "build/bin"
DISSECT, CORPUS = map(Path, sys.argv[1:3]) if len(sys.argv) > 2 else (
    BIN / "l2tp-dissect", BIN / "l2tp-message-corpus")
del sys.argv[1:]

SECRET = "an open secret"

# RFC 2661, section 4.4: the AVPs that "may be hidden", and RFC 3145, section 2.
HIDEABLE = {3, 4, 6, 8, 9, 11, 13, 14, 15, 16, 17, 18, 19, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30,
            31, 32, 33, 34, 35, 37, 38, 46}

# The module's own AVP: how many tunnel switches a call has gone through.
HOP_COUNT = (32473, 1)


class Corpus(Comparison):
    """The capture that the program message-corpus writes."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.path = Path(folder.name) / "corpus.pcap"
        subprocess.run([CORPUS, cls.path, SECRET], check=True)
        cls.ours = dissect(DISSECT, cls.path)
        cls.revealed = dissect(DISSECT, cls.path, "--secret", SECRET)

    def triples(self):
        """Yield each message: in clear, hidden behind one vector, and behind a vector each."""
        self.assertEqual(len(self.ours) % 3, 1)
        for at in range(0, len(self.ours) - 1, 3):
            yield at, self.ours[at : at + 3]

    def judged(self, condition: str, *options: str) -> str:
        """Return what tshark prints of the frames for which a condition holds."""
        command = ["tshark", "-n", "-r", self.path, "-o", "udp.check_checksum:TRUE",
                   "-o", "ip.check_checksum:TRUE", "-Y", condition, *options]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def test_tshark_finds_no_fault(self):
        bad = ("_ws.malformed || _ws.expert.severity >= 0x600000 || udp.checksum.status == Bad"
               " || ip.checksum.status == Bad")
        vendors = "l2tp.vendor_specific_avp_data"
        self.assertEqual(self.judged(f"({bad}) && !{vendors}"), "")
        # That it doesn't know what is a vendor's is all that it has to say of the rest.
        said = self.judged(vendors, "-T", "fields", "-e", "_ws.expert.message").splitlines()
        self.assertEqual(said, 2 * ["Vendor-Specific AVP data"], "in ICRQ and OCRQ")

    def test_every_field_is_as_tshark_reads_it(self):
        theirs = tshark(self.path)
        self.assertEqual(len(self.ours), len(theirs))
        values = sum(self.compare(*pair) for pair in zip(self.ours, theirs))
        self.assertGreater(values, 1500)

    def test_everything_is_there(self):
        """14 messages and the ZLB; each AVP of the catalogue, in clear and, where it may, hidden."""
        names = {line["message"] for line in self.ours if line["kind"] == "control"}
        self.assertEqual(names, set("SCCRQ SCCRP SCCCN StopCCN HELLO OCRQ OCRP OCCN ICRQ ICRP ICCN "
                                    "CDN WEN SLI".split()))
        self.assertEqual(self.ours[-1]["kind"], "zlb")
        avps = [avp for line in self.ours for avp in line["avps"]]
        for hidden, known in ((False, set(FIELDS)), (True, HIDEABLE)):
            self.assertEqual(
                {(avp["vendor"], avp["type"]) for avp in avps if avp["hidden"] == hidden},
                {(0, kind) for kind in known} | {HOP_COUNT},
            )

    def test_no_fault(self):
        for line in self.revealed:
            self.assertIsNone(line["error"])
            self.assertIsNone(line["fault"], line)
            self.assertTrue(line["roundtrip"])

    def test_hidden_values_are_those_in_clear(self):
        found, padded = 0, set()
        for _, (clear, *hidden) in self.triples():
            for line in hidden:
                plain, vector = iter(clear["avps"]), None
                for avp in line["avps"]:
                    octets = bytes.fromhex(avp["value_hex"])
                    if avp["type"] == RANDOM_VECTOR:
                        vector = octets
                        continue
                    expected = next(plain)
                    self.assertEqual((avp["type"], avp["mandatory"]),
                                     (expected["type"], expected["mandatory"]))
                    value = octets
                    if avp["hidden"]:
                        value, padding = reveal(avp["type"], octets, vector, SECRET)
                        padded.add(len(padding))
                        found += 1
                    self.assertEqual(value.hex(), expected["value_hex"], avp["name"])
                self.assertEqual(list(plain), [])
        self.assertGreater(found, 700)
        self.assertTrue({0, 1, 2, 3, 4, 10} <= padded, "no padding, and several")

    def test_one_vector_pads_to_whole_segments(self):
        """What L2tpControlMessage::Hide() promises: short values look alike."""
        for _, (_, line, _) in self.triples():
            vectors = [avp for avp in line["avps"] if avp["type"] == RANDOM_VECTOR]
            self.assertEqual([len(avp["value_hex"]) // 2 for avp in vectors], [16])
            self.assertIs(line["avps"][1], vectors[0], "behind the Message Type")
            for avp in line["avps"]:
                if avp["hidden"]:
                    size = len(avp["value_hex"]) // 2
                    self.assertTrue(size % 16 == 0 or size == 1017, size)

    def test_several_vectors_are_in_one_message(self):
        self.assertGreater(max(sum(avp["type"] == RANDOM_VECTOR for avp in line["avps"])
                               for line in self.ours), 10)

    def test_the_secret_reveals(self):
        for at, (clear, *_) in self.triples():
            expected = [avp["value"] for avp in clear["avps"]]
            for line, without in zip(self.revealed[at + 1 : at + 3], self.ours[at + 1 : at + 3]):
                values = [avp["value"] for avp in line["avps"] if avp["type"] != RANDOM_VECTOR]
                self.assertEqual(values, expected)
                self.assertEqual({avp["value"] for avp in without["avps"] if avp["hidden"]} - {None},
                                 set(), "nothing is told without the secret")

    def test_another_secret_does_not(self):
        wrong = dissect(DISSECT, self.path, "--secret", SECRET + "!")
        pairs = [(avp, right) for line, true in zip(wrong, self.revealed)
                 for avp, right in zip(line["avps"], true["avps"]) if avp["hidden"]]
        same = sum(avp["value"] == right["value"] for avp, right in pairs)
        self.assertGreater(len(pairs), 700)
        self.assertLess(same, len(pairs) // 100)


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only

"""The animations that scenarios write for NetAnim, or that they say why they can't."""

import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree
from pathlib import Path

IS_AVAILABLE = sys.argv.pop(1) == "1"
PROGRAMS = [Path(sys.argv.pop(1)) for _ in sys.argv[1:]]

# What makes runs short, and the fewest nodes there may be.
SCENARIOS = {
    "compulsory": (["--Bytes=2000"], 6),
    "multihop": (["--Bytes=2000"], 5),
    "quickstart": ([], 4),
    "remote-dial": (["--Bytes=2000"], 8),
    "voluntary": (["--Bytes=20000", "--Clients=3"], 9),
    "wholesale": (["--Subscribers=35", "--TalkTime=1s"], 49),
}


def help_of(program: Path) -> str:
    """What --help prints."""
    return subprocess.run([program, "--help"], capture_output=True, text=True, check=True).stdout


class Animations(unittest.TestCase):
    """Each scenario."""

    def test_each_scenario(self) -> None:
        programs = {program.name[len("l2tp-") :]: program for program in PROGRAMS}
        able = {name for name, program in programs.items() if "--NetAnim" in help_of(program)}
        self.assertEqual(able, set(SCENARIOS))
        for name, (options, least) in SCENARIOS.items():
            program = programs[name]
            with self.subTest(name), tempfile.TemporaryDirectory() as folder:
                command = [program, f"--Out={folder}", "--NetAnim", *options]
                done = subprocess.run(command, capture_output=True, text=True, check=False)
                files = [path.name for path in Path(folder).glob("*.xml")]
                if IS_AVAILABLE:
                    self.assertEqual(done.returncode, 0, done.stderr)
                    self.assertEqual(files, [f"{name}.xml"])
                    self.check(ElementTree.parse(Path(folder) / files[0]).getroot(), least)
                else:
                    self.assertNotEqual(done.returncode, 0)
                    self.assertIn("--NetAnim is not available", done.stderr)
                    self.assertEqual(files, [])

    def check(self, root: ElementTree.Element, least: int) -> None:
        """Check that each node has a place and a name of its own, and that packets move."""
        nodes = {node.get("id") for node in root.iter("node")}
        self.assertGreaterEqual(len(nodes), least)
        places = {(node.get("locX"), node.get("locY")) for node in root.iter("node")}
        self.assertEqual(len(places), len(nodes))
        names = {update.get("id"): update.get("descr") for update in root.iter("nu")
                 if update.get("p") == "d"}
        self.assertEqual(set(names), nodes)
        self.assertEqual(len(set(names.values())), len(nodes))
        self.assertFalse([name for name in names.values() if name.startswith("node ")])
        packets = [*root.iter("p"), *root.iter("pr")]
        self.assertGreater(len(packets), 10)
        self.assertLessEqual({packet.get("fId") for packet in packets}, nodes)


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The installed module, as a scenario of somebody's own finds it: by CMake, and by pkg-config.

Usage: test_out_of_tree.py CMAKE BUILD_FOLDER COMPILER STANDARD [unittest options]
"""

import os
import shlex
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples/out-of-tree"
CMAKE, BUILD, COMPILER, STANDARD = (sys.argv.pop(1) for _ in range(4))


def run(*command: "str | Path", **environment: str) -> str:
    """Run a command that must succeed; return what it prints."""
    done = subprocess.run(
        [str(word) for word in command],
        env={**os.environ, **environment}, capture_output=True, text=True, check=False,
    )
    if done.returncode != 0:
        raise AssertionError(f"{command}\n{done.stdout}{done.stderr}")
    return done.stdout


class Installed(unittest.TestCase):
    """The module in a prefix of its own."""

    @classmethod
    def setUpClass(cls) -> None:
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        cls.prefix = cls.folder / "prefix"
        run(CMAKE, "--install", BUILD, "--prefix", cls.prefix)
        cls.library = next(cls.prefix.rglob("libns3-l2tp.so")).parent

    def judge(self, output: str) -> None:
        """The scenario has worked: a tunnel, a session, echoes, and all cleared."""
        for message in ("SCCRQ", "ICCN", "CDN", "StopCCN"):
            self.assertIn(f"-- {message} --", output)
        self.assertIn("echoes: 4\n", output)

    def test_every_public_header_is_there(self) -> None:
        wanted = {path.name for top in ("model", "helper") for path in (ROOT / top).rglob("*.h")}
        found = {path.name for path in (self.prefix / "include/ns3-l2tp/ns3").iterdir()}
        self.assertEqual(found, wanted)

    def test_nothing_names_the_source_tree(self) -> None:
        for path in self.library.rglob("*"):
            if path.suffix in (".cmake", ".pc"):
                text = path.read_text(encoding="utf-8")
                self.assertNotIn(str(ROOT), text, path.name)

    def test_find_package(self) -> None:
        build = self.folder / "build"
        run(CMAKE, "-S", EXAMPLE, "-B", build, f"-DCMAKE_PREFIX_PATH={self.prefix}",
            f"-DCMAKE_CXX_COMPILER={COMPILER}")
        run(CMAKE, "--build", build)
        self.judge(run(build / "my-tunnel"))

    def test_pkg_config(self) -> None:
        flags = run("pkg-config", "--cflags", "--libs", "ns3-l2tp", "ns3-point-to-point",
                    "ns3-applications", PKG_CONFIG_PATH=str(self.library / "pkgconfig"))
        program = self.folder / "my-tunnel"
        # ns-3.37's own pkg-config files write a stray semicolon.
        words = [word for word in shlex.split(flags) if not word.endswith(";")]
        run(COMPILER, f"-std=c++{STANDARD}", EXAMPLE / "my-tunnel.cc", "-o", program, *words)
        self.judge(run(program, LD_LIBRARY_PATH=str(self.library)))


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The scenarios with a real peer, as far as no peer is needed: what they refuse. `./l2tp interop`
runs them."""

import sys
import unittest
from pathlib import Path

from refusal import assert_refused

*PROGRAMS, BRAS = [Path(word) for word in sys.argv[1:]]
del sys.argv[1:]


class Options(unittest.TestCase):
    """Bad options stop the scenario, and are named."""

    def test_refused(self) -> None:
        for program in (*PROGRAMS, BRAS):
            assert_refused(self, program, "--Duration=1s", "--Interface is missing")
            assert_refused(self, program, "--Interface=no-such-one", "--Interface=no-such-one",
                           "no such interface")  # fmt: skip
            assert_refused(self, program, "--Ipv6=true", "--Ipv6")
        for program in PROGRAMS:
            for option, *words in (
                ("--Peer=10.0.0.1", "--Gateway=198.51.100.2", "--Peer=10.0.0.1"),
                ("--Clear=all", "--Clear=all", "call or tunnel"),
                ("--Challenge=true", "--Challenge needs --Secret"),
                ("--Hide=true", "--Hide needs --Secret"),
                ("--Hello=-1s", "--Hello"),
                ("--Profile=none-such", "none-such", "xl2tpd"),
            ):
                assert_refused(self, program, option, *words)


if __name__ == "__main__":
    unittest.main()

# SPDX-License-Identifier: GPL-2.0-only
"""Real peers and simulated ones, in network namespaces."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import time
from pathlib import Path
from typing import Sequence

import capture  # of test/scenario
import lwip_peer

ROOT = Path(__file__).resolve().parents[2]
LNS = "192.0.2.2"  # the simulated endpoint
PEER = "198.51.100.1"  # xl2tpd
USER, PASSWORD = "alice", "wonderland"


class Problem(Exception):
    """Something is not as it must be."""


def require(condition: bool, what: str) -> None:
    """Raise a Problem unless a condition holds."""
    if not condition:
        raise Problem(what)


class Network:
    """Two network namespaces, by the script that users have."""

    SCRIPT = ROOT / "scripts/emulation-network.sh"

    def __init__(self, name: str = "") -> None:
        self.simulator = f"l2tp-sim-{os.getpid()}{name and '-'}{name}"
        self.peer = f"l2tp-peer-{os.getpid()}{name and '-'}{name}"

    def __enter__(self) -> Network:
        self._run("down")
        self._run("up")
        return self

    def __exit__(self, *_: object) -> None:
        self._run("down")

    def _run(self, word: str) -> None:
        subprocess.run([self.SCRIPT, word, self.simulator, self.peer], check=True)

    @staticmethod
    def inside(namespace: str) -> list[str]:
        """Return what runs a command in a namespace."""
        return ["ip", "netns", "exec", namespace]


class Process:
    """A program with a file for what it prints."""

    def __init__(self, command: Sequence[str | Path], log: Path):
        self.log = log
        with log.open("w", encoding="utf-8") as file:
            self.popen = subprocess.Popen(
                [str(word) for word in command], stdout=file, stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip

    def text(self) -> str:
        """Return what it has printed."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def wait_for(self, pattern: str, seconds: float, count: int = 1) -> None:
        """Wait until it has printed something so often."""
        end = time.monotonic() + seconds
        while len(re.findall(pattern, self.text(), re.MULTILINE)) < count:
            require(time.monotonic() < end, f"{self.log.name}: no '{pattern}' in {seconds:g} s")
            time.sleep(0.05)

    def end(self, seconds: float = 20, number: int = signal.SIGTERM) -> int:
        """Ask it to end, and wait until it has; return its exit status."""
        if self.popen.poll() is None:
            os.kill(self.popen.pid, number)
        return self.wait(seconds)

    def wait(self, seconds: float) -> int:
        """Wait until it has ended; return its exit status."""
        try:
            return self.popen.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(self.popen.pid, signal.SIGKILL)
            raise Problem(f"{self.log.name}: still runs after {seconds:g} s") from None


class Simulated(Process):
    """One of the emulated scenarios."""

    def __init__(self, network: Network, scenario: str, folder: Path, *options: str):
        self.scenario, self.folder = scenario, folder
        program = Path(os.environ["L2TP_BIN"]) / f"l2tp-{scenario}"
        words = [program, "--Interface=to-peer", f"--Out={folder}", *options]
        super().__init__([*network.inside(network.simulator), *words], folder / f"{scenario}.log")
        self.wait_for("^Running on the interface", 30)

    @property
    def summary(self) -> dict:
        """Return summary.json, once it has ended."""
        return json.loads((self.folder / "summary.json").read_text(encoding="utf-8"))

    def pcap(self, side: str) -> Path:
        """Return a capture: that of the interface, or of the endpoint."""
        return self.folder / f"{self.scenario}-{side}.pcap"

    def frames(self, side: str, display_filter: str, *options: str) -> list[str]:
        """Return what tshark prints of the frames that a filter lets through."""
        # A packet socket doesn't see Ethernet's FCS, which ns-3's devices write.
        words = ("-o", "eth.fcs:Never", "-Y", display_filter, *options)
        return capture.tshark(self.pcap(side), *words)

    def count(self, side: str, display_filter: str) -> int:
        """Count the frames that a filter lets through."""
        return len(self.frames(side, display_filter, "-T", "fields", "-e", "frame.number"))

    def check_captures(self) -> None:
        """Have tshark judge all that was on both links."""
        bad = (
            "_ws.malformed || _ws.expert.severity == error || ip.checksum.status == Bad"
            " || udp.checksum.status == Bad"
        )
        for side in ("interface", "endpoint"):
            found = self.frames(side, bad)
            require(not found, f"tshark objects to {self.pcap(side).name}: {found[:3]}")


class Xl2tpd(Process):
    """Debian's xl2tpd, with lwIP behind it in place of pppd."""

    def __init__(self, network: Network, folder: Path, config: str, ppp: str, secret: str = ""):
        """Start it with a configuration; ppp is what lwip-peer is told, $TTY being the terminal."""
        self.control = folder / "control"
        stand_in, settings, secrets = folder / "pppd", folder / "xl2tpd.conf", folder / "secrets"
        peer = lwip_peer.program()
        words = ppp.replace("$TTY", '"$1"')
        stand_in.write_text(f'#!/bin/sh\nexec {peer} {words} > {folder}/ppp-$$.log 2>&1\n')
        stand_in.chmod(0o755)
        settings.write_text(config)
        secrets.write_text(f"* * {secret}\n" if secret else "")
        secrets.chmod(0o600)
        daemon = f"xl2tpd -D -c {settings} -s {secrets} -C {self.control} -p {folder}/pid"
        # In a mount namespace, which `ip netns exec` has made, where pppd is the stand-in.
        script = f"mount --bind {stand_in} /usr/sbin/pppd && exec {daemon}"
        super().__init__([*network.inside(network.peer), "sh", "-c", script], folder / "xl2tpd.log")
        self.folder = folder
        self.wait_for("Listening on IP address", 10)

    def tell(self, words: str) -> None:
        """Tell it something by its control pipe, as xl2tpd-control does."""
        self.control.write_text(f"{words}\n", encoding="utf-8")

    def ppp(self) -> str:
        """Return what all its PPPs have printed."""
        return "".join(log.read_text() for log in sorted(self.folder.glob("ppp-*.log")))


def xl2tpd_lac(*settings: str, sections: int = 1) -> str:
    """Return a configuration of xl2tpd that dials the simulated LNS."""
    text = "[global]\nport = 1701\n"
    for number in range(sections):
        lines = ["redial = no", "autodial = yes", "refuse authentication = yes", f"name = {USER}",
                 "pppoptfile = /dev/null", *settings]  # fmt: skip
        text += "\n".join([f"[lac sim{number}]", f"lns = {LNS}", *lines, ""])
    return text


def xl2tpd_lns(*settings: str) -> str:
    """Return a configuration of xl2tpd that the simulated LAC can dial."""
    lines = ["ip range = 10.9.0.10-10.9.0.99", "local ip = 10.9.0.1", "require authentication = no",
             "refuse authentication = yes", "pppoptfile = /dev/null", *settings]  # fmt: skip
    return "\n".join(["[global]", "port = 1701", "[lns default]", *lines, ""])


class Lwip(Process):
    """lwIP in one of the roles of its own: l2tp or pppoe."""

    def __init__(self, network: Network, folder: Path, role: str, *words: str):
        command = [lwip_peer.program(), role, "to-sim", *words]
        super().__init__([*network.inside(network.peer), *command], folder / "lwip.log")


def lwip_l2tp(network: Network, folder: Path, *secret: str) -> Lwip:
    """Start lwIP's L2TP client."""
    addresses = ("198.51.100.7", "198.51.100.2", LNS)
    return Lwip(network, folder, "l2tp", *addresses, USER, PASSWORD, *secret)


def lwip_pppoe(network: Network, folder: Path) -> Lwip:
    """Start lwIP's PPPoE client."""
    return Lwip(network, folder, "pppoe", f"{USER}@isp.example", PASSWORD)

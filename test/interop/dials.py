# SPDX-License-Identifier: GPL-2.0-only
"""Many dials of xl2tpd through a lossy path: as many fail as in the simulator alone."""

from __future__ import annotations

import json
import math
import os
import subprocess
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import capture  # of test/scenario
from peers import LNS, PASSWORD, PEER, USER, Network, Simulated, Xl2tpd, require, xl2tpd_lac

DIALS = 200
PARALLEL = 40
DELAY = "--Delay=100ms"
PROFILE = "--Profile=xl2tpd"  # of the simulated end, as of both in the simulator
PATIENCE = 110.0  # seconds: three messages, one after the other, each given up after 31 s
CYCLE = 35.0  # seconds, and some more than xl2tpd repeats a message


class Dial(NamedTuple):
    """What a dial has come to."""

    established: bool
    seconds: float  # from the first SCCRQ until the LNS had the ICCN
    sent: "Counter[tuple[str, str]]"  # how often each end has sent each of its messages

    def explain(self, transmissions: int) -> str:
        """Say which message was sent as often as it may be, and so given up; or nothing."""
        given_up = [f"{name} of {who}" for (who, name), n in self.sent.items() if n >= transmissions]
        return ", ".join(sorted(given_up))


NAMES = {1: "SCCRQ", 2: "SCCRP", 3: "SCCCN", 4: "StopCCN", 10: "ICRQ", 11: "ICRP", 12: "ICCN", 14: "CDN"}


def dial(number: int, loss: str, folder: Path) -> Dial:
    """Dial once, in namespaces of its own."""
    folder.mkdir()
    with Network(str(number)) as network:
        lns = Simulated(network, "emulated-lns", folder, DELAY, loss, PROFILE, "--Hello=0s",
                        f"--Duration={PATIENCE + 30:.0f}s", f"--RngRun={number + 1}")  # fmt: skip
        lac = Xl2tpd(network, folder, xl2tpd_lac(), f"line $TTY {USER} {PASSWORD}")
        # Until it is over: PPP passes, or one end has given up.
        end = time.monotonic() + PATIENCE
        is_called = False
        while time.monotonic() < end and not lac.ppp().count("up "):
            text = lac.text()
            if "closed" in text or "Maximum retries" in text:
                break
            if not is_called and "Call established" in text:
                is_called = True
                end = time.monotonic() + CYCLE  # for the ICCN
            time.sleep(0.2)
        time.sleep(1)
        lns.end()
        lac.end()
    sent: Counter[tuple[str, str]] = Counter()
    arrived = begun = math.nan
    for message in capture.control_messages(lns.pcap("endpoint")):
        name = "" if message.is_zlb else NAMES.get(message.body[7], "another")
        if name and message.source == LNS:
            sent["LNS", name] += 1
        elif name == "ICCN" and math.isnan(arrived):
            arrived = message.time
    # What xl2tpd has sent is seen where nothing is lost yet.
    lines = lns.frames("interface", f"l2tp.avp.message_type && ip.src == {PEER}", "-T", "fields",
                       "-e", "frame.time_epoch", "-e", "l2tp.avp.message_type")  # fmt: skip
    for moment, kind in map(str.split, lines):
        sent["xl2tpd", NAMES.get(int(kind), "another")] += 1
        begun = float(moment) if math.isnan(begun) else begun
    return Dial(lns.summary["established"]["sessions"] >= 1, arrived - begun, sent)


def simulated(loss: str) -> tuple[float, float, int]:
    """Return which share fails in the simulator, the mean time of others in seconds, and how often a
    message is sent at most."""
    program = Path(os.environ["L2TP_BIN"]) / "l2tp-study-setup-loss"
    done = subprocess.run([program, DELAY, loss, PROFILE, "--Runs=100000"], capture_output=True, text=True,
                          check=True)  # fmt: skip
    found = json.loads(done.stdout)
    total = sum(nanoseconds * count for nanoseconds, count in found["times_ns"]) / 1e9
    share = found["failed"] / found["runs"]
    return share, total / (found["runs"] - found["failed"]), len(found["intervals_ns"])


def binomial_bounds(trials: int, share: float, level: float) -> tuple[int, int]:
    """Return the least and the greatest number of a central interval of a binomial distribution."""
    tail, low, high, below = (1 - level) / 2, 0, trials, 0.0
    for number in range(trials + 1):
        mass = math.comb(trials, number) * share**number * (1 - share) ** (trials - number)
        if below + mass <= tail:
            low = number + 1
        if below + mass >= 1 - tail:
            high = number
            break
        below += mass
    return low, high


def dial_many(loss: str, folder: Path) -> str:
    """Dial, and compare; return what that has proved."""
    share, mean, transmissions = simulated(loss)
    with ThreadPoolExecutor(max_workers=PARALLEL) as pool:
        dials = list(pool.map(lambda number: dial(number, loss, folder / f"dial-{number}"), range(DIALS)))
    failed = [one for one in dials if not one.established]
    reasons = Counter(one.explain(transmissions) for one in failed)
    low, high = binomial_bounds(DIALS, share, 0.99)
    require(low <= len(failed) <= high,
            f"{len(failed)} of {DIALS} dials failed, not {low} to {high}: {dict(reasons)}")  # fmt: skip
    require("" not in reasons, f"no timer explains {reasons['']} failures")
    seconds = [one.seconds for one in dials if one.established]
    words = "; ".join(f"{count} by {reason}" for reason, count in reasons.most_common())
    return (
        f"{len(failed)} of {DIALS} dials failed; in the simulator {100 * share:.2f} % do, so that 99 of "
        f"100 times it is {low} to {high}. Given up after {transmissions} transmissions: {words or 'none'}. "
        f"Mean time of the others {sum(seconds) / len(seconds):.2f} s, in the simulator {mean:.2f} s"
    )

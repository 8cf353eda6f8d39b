# SPDX-License-Identifier: GPL-2.0-only
"""The cases of interoperability: each runs a real peer against a simulated endpoint, and returns
what that has proved. Sections are those of RFC 2661."""

from __future__ import annotations

import signal
import time
from pathlib import Path
from typing import Callable, NamedTuple

import capture  # of test/scenario
import dials
from hiding import hidden_values  # of test/wire
from peers import (
    LNS,
    PASSWORD,
    PEER,
    USER,
    Network,
    Simulated,
    Xl2tpd,
    lwip_l2tp,
    lwip_pppoe,
    require,
    xl2tpd_lac,
    xl2tpd_lns,
)

SECRET = "interop"
CLIENT = f"line $TTY {USER} {PASSWORD}"
SERVER = f"line-server $TTY {USER} {PASSWORD} 10.9.0.1 10.9.0.10"
QUICK = ("--Delay=20ms", "--Duration=120s", "--Hello=0s")


class Case(NamedTuple):
    """A case, by what it is called."""

    run: Callable[[Network, Path], str]
    quick: bool  # whether it is among the few that each change must pass

    @property
    def name(self) -> str:
        """Its name on the command line."""
        return self.run.__name__.replace("_", "-")

    @property
    def shows(self) -> str:
        """What it is about."""
        return (self.run.__doc__ or "").split(". ")[0].rstrip(".")


CASES: list[Case] = []


def case(quick: bool = False):
    """Add a function to the cases."""

    def add(run: Callable[[Network, Path], str]) -> Callable[[Network, Path], str]:
        CASES.append(Case(run, quick))
        return run

    return add


def check(simulated: Simulated, sessions: int, lossy: bool = False) -> dict:
    """Check what a run came to, with so many sessions that all had PPP and pings."""
    summary = simulated.summary
    found = summary["established"]
    require(found["tunnels"] >= 1, "no tunnel was established")
    require(found["sessions"] == sessions, f"{found['sessions']} sessions, not {sessions}")
    # Where packets are lost, IPCP may come up again: the other end has missed that it was.
    enough = found["ppp"] >= sessions if lossy else found["ppp"] == sessions
    require(enough, f"PPP came up {found['ppp']} times, not {sessions}")
    require(summary["pings_answered"] > 0, "no ping was answered")
    require(summary["left_behind"] == 0, "tunnels or calls are left")
    require(not summary["control"]["dropped"], f"dropped: {summary['control']['dropped']}")
    simulated.check_captures()
    return summary


def words_of(summary: dict) -> str:
    """Say what passed."""
    found, control = summary["established"], summary["control"]
    text = (
        f"{found['tunnels']:.0f} tunnel(s), {found['sessions']:.0f} session(s); LCP, CHAP and IPCP "
        f"{found['ppp']:.0f} time(s), {summary['pings_answered']:.0f} pings answered"
    )
    if control["retransmitted"] or control["duplicates"]:
        # Without loss too, if the machine is too busy for real time.
        text += f"; repeated: {control['retransmitted']} messages of ours, {control['duplicates']} of the peer"
    return text


def messages(simulated: Simulated, number: int) -> int:
    """Count the control messages of a type on the endpoint's link."""
    return simulated.count("endpoint", f"l2tp.avp.message_type == {number}")


def dial_lns(network: Network, folder: Path, *options: str, settings: tuple[str, ...] = (),
             secret: str = "", sections: int = 1) -> tuple[Simulated, Xl2tpd]:  # fmt: skip
    """Have xl2tpd dial the simulated LNS, and wait until PPP is up and has been pinged."""
    lns = Simulated(network, "emulated-lns", folder, *QUICK, *options)
    lac = Xl2tpd(network, folder, xl2tpd_lac(*settings, sections=sections), CLIENT, secret)
    lac.wait_for("Call established", 60, sections)
    wait_for_ppp(lac, sections)
    return lns, lac


def dial_xl2tpd(network: Network, folder: Path, *options: str, settings: tuple[str, ...] = (),
                secret: str = "", calls: int = 1) -> tuple[Simulated, Xl2tpd]:  # fmt: skip
    """Have the simulated LAC dial xl2tpd, and wait until PPP is up and has been pinged."""
    lns = Xl2tpd(network, folder, xl2tpd_lns(*settings), SERVER, secret)
    lac = Simulated(network, "emulated-lac", folder, *QUICK, f"--Calls={calls}", *options)
    lns.wait_for("Call established", 60, calls)
    wait_for_ppp(lns, calls)
    return lac, lns


def wait_for_ppp(peer: Xl2tpd, count: int, seconds: float = 60) -> None:
    """Wait until so many PPPs are up, and for the pings that follow."""
    end = time.monotonic() + seconds
    while peer.ppp().count("up ") < count:
        require(time.monotonic() < end, f"PPP is not up: {peer.ppp()!r}")
        time.sleep(0.1)
    time.sleep(3.5)


@case(quick=True)
def xl2tpd_dials(network: Network, folder: Path) -> str:
    """Xl2tpd as LAC: a call, PPP and pings; the LNS ends the tunnel (5.7)."""
    lns, lac = dial_lns(network, folder)
    lns.end()
    lac.wait_for("Connection closed", 5)
    lac.end()
    return words_of(check(lns, 1)) + "; StopCCN of the LNS acknowledged"


@case()
def xl2tpd_dials_with_challenge(network: Network, folder: Path) -> str:
    """Xl2tpd as LAC: both ends prove that they know the secret (5.1.1)."""
    lns, lac = dial_lns(network, folder, f"--Secret={SECRET}", "--Challenge=true",
                        settings=("challenge = yes",), secret=SECRET)  # fmt: skip
    lns.end()
    lac.end()
    summary = check(lns, 1)
    for name, number in (("Challenge", 11), ("Challenge Response", 13)):
        seen = lns.count("endpoint", f"l2tp.avp.type == {number}")
        require(seen == 2, f"{seen} messages with a {name}, not 2")
    return words_of(summary) + "; Challenge and Challenge Response both ways"


@case()
def xl2tpd_dials_with_wrong_secret(network: Network, folder: Path) -> str:
    """Xl2tpd as LAC, with another secret: refused (4.4.3, 5.1.1)."""
    lns = Simulated(network, "emulated-lns", folder, *QUICK, f"--Secret={SECRET}",
                    "--Challenge=true")  # fmt: skip
    lac = Xl2tpd(network, folder, xl2tpd_lac(), CLIENT, "another")
    lns_code = "result 4: requester is not authorized"
    time.sleep(3)
    lac.end()
    lns.end()
    require(lns.summary["established"]["tunnels"] == 0, "a tunnel was established")
    stops = lns.frames("endpoint", f"l2tp.avp.message_type == 4 && ip.src == {LNS}",
                           "-T", "fields", "-e", "l2tp.result_code")  # fmt: skip
    require(stops[:1] == ["4"], f"the LNS's StopCCN has the results {stops}, not 4")
    lns.check_captures()
    return f"no tunnel; StopCCN with {lns_code}"


@case()
def xl2tpd_dials_with_hidden_bit(network: Network, folder: Path) -> str:
    """Xl2tpd as LAC: "hidden bit = yes" (4.3). Debian builds it without the part that hides: it only
    sends Random Vectors."""
    lns, lac = dial_lns(network, folder, f"--Secret={SECRET}", "--Challenge=true",
                        settings=("challenge = yes", "hidden bit = yes"), secret=SECRET)  # fmt: skip
    lns.end()
    lac.end()
    summary = check(lns, 1)
    theirs = f"ip.src == {PEER}"
    vectors = lns.count("endpoint", f"l2tp.avp.type == 36 && {theirs}")
    hidden = lns.count("endpoint", f"l2tp.avp.hidden == 1 && {theirs}")
    require(vectors > 0, "xl2tpd has sent no Random Vector")
    return words_of(summary) + f"; {vectors} messages of xl2tpd with a Random Vector taken, {hidden} " \
                               "with something hidden"  # fmt: skip


@case()
def xl2tpd_takes_nothing_hidden_early(network: Network, folder: Path) -> str:
    """Xl2tpd as LAC: AVPs hidden in the SCCRP (4.3). It reads its secret only when it comes to the
    Challenge, behind all AVPs of that message, and so finds nonsense; the RFC allows to hide there."""
    lns = Simulated(network, "emulated-lns", folder, *QUICK, f"--Secret={SECRET}", "--Challenge=true",
                    "--Hide=true")  # fmt: skip
    lac = Xl2tpd(network, folder, xl2tpd_lac("challenge = yes"), CLIENT, SECRET)
    lac.wait_for("Invalid Hidden AVP", 10)
    lac.end()
    lns.end()
    lns.check_captures()
    values: dict[int, bytes] = {}
    for message in capture.control_messages(lns.pcap("endpoint")):
        if message.source == LNS and not message.is_zlb:
            values |= hidden_values(message.body, SECRET)
    name = values.get(8, b"").decode()
    require(name != "", f"no Vendor Name behind what was hidden: {values}")
    return f"xl2tpd gives up, as it must; by the RFC {len(values)} AVPs are revealed, Vendor Name " \
           f"'{name}' among them"  # fmt: skip


@case()
def xl2tpd_dials_with_length_and_order(network: Network, folder: Path) -> str:
    """Xl2tpd as LAC: Length and sequence numbers in data messages (3.1, 5.4)."""
    lns, lac = dial_lns(network, folder, "--Length=true", "--Sequencing=true",
                        settings=("length bit = yes",))  # fmt: skip
    lns.end()
    lac.end()
    summary = check(lns, 1)
    data = "l2tp.type == 0 && ip.src == "
    for source, name in ((LNS, "LNS"), (PEER, "xl2tpd")):
        without = lns.count("endpoint", f"{data}{source} && l2tp.length_bit == 0")
        require(without == 0, f"{without} data messages of the {name} without Length")
    numbered = lns.count("endpoint", f"{data}{LNS} && l2tp.seq_bit == 1")
    answers = lns.count("endpoint", f"{data}{PEER} && l2tp.seq_bit == 1")
    return words_of(summary) + f"; Length both ways; {numbered} numbered data messages of the LNS, " \
                               f"{answers} of xl2tpd"  # fmt: skip


@case()
def xl2tpd_dials_thrice(network: Network, folder: Path) -> str:
    """Xl2tpd as LAC: three sessions."""
    lns, lac = dial_lns(network, folder, sections=3)
    lns.end()
    lac.end()
    return words_of(check(lns, 3))


@case()
def xl2tpd_answers_hello(network: Network, folder: Path) -> str:
    """Xl2tpd as LAC: HELLOs of the LNS are acknowledged (5.5)."""
    lns, lac = dial_lns(network, folder, "--Hello=1s")
    time.sleep(4)
    lns.end()
    lac.end()
    hellos = messages(lns, 6)
    require(hellos >= 3, f"{hellos} HELLOs")
    return words_of(check(lns, 1)) + f"; {hellos} HELLOs acknowledged"


@case()
def xl2tpd_says_hello(network: Network, folder: Path) -> str:
    """Xl2tpd as LAC: its own HELLO, which it sends after 60 s whatever passes, is acknowledged (5.5)."""
    lns, lac = dial_lns(network, folder)
    time.sleep(60)
    lns.end()
    lac.end()
    hellos = lns.count("endpoint", f"l2tp.avp.message_type == 6 && ip.src == {PEER}")
    require(hellos >= 1, "xl2tpd has sent no HELLO")
    return words_of(check(lns, 1)) + f"; {hellos} HELLO(s) of xl2tpd acknowledged"


@case()
def lns_clears_call_of_xl2tpd(network: Network, folder: Path) -> str:
    """Xl2tpd as LAC: the LNS clears the call by CDN (5.6)."""
    lns, lac = dial_lns(network, folder, "--ClearAfter=6s")
    time.sleep(4)
    lns.end()
    lac.end()
    require(messages(lns, 14) >= 1, "no CDN")
    return words_of(check(lns, 1)) + "; CDN of the LNS acknowledged"


@case()
def xl2tpd_clears(network: Network, folder: Path) -> str:
    """Xl2tpd as LAC: it disconnects (5.7)."""
    lns, lac = dial_lns(network, folder)
    lac.tell("d sim0")
    time.sleep(3)
    lac.end()
    lns.end()
    require(messages(lns, 4) + messages(lns, 14) >= 1, "neither CDN nor StopCCN")
    return words_of(check(lns, 1)) + "; its clear acknowledged, nothing left at the LNS"


@case()
def xl2tpd_dials_through_loss(network: Network, folder: Path) -> str:
    """Xl2tpd as LAC: 20 % of packets are lost each way, delay 50 ms (5.8)."""
    lns = Simulated(network, "emulated-lns", folder, "--Delay=50ms", "--Duration=180s", "--Loss=0.2",
                    "--Hello=0s")  # fmt: skip
    lac = Xl2tpd(network, folder, xl2tpd_lac(), CLIENT)
    lac.wait_for("Call established", 62)
    wait_for_ppp(lac, 1, 90)
    lns.end()
    lac.end()
    return words_of(check(lns, 1, lossy=True))


@case(quick=True)
def lac_dials_xl2tpd(network: Network, folder: Path) -> str:
    """Xl2tpd as LNS: a call, PPP and pings; the LAC ends the tunnel (5.7)."""
    lac, lns = dial_xl2tpd(network, folder)
    lac.end()
    lns.wait_for("Connection closed", 5)
    lns.end()
    return words_of(check(lac, 1)) + "; StopCCN of the LAC acknowledged"


@case()
def lac_dials_xl2tpd_with_challenge(network: Network, folder: Path) -> str:
    """Xl2tpd as LNS: both ends prove that they know the secret (5.1.1)."""
    lac, lns = dial_xl2tpd(network, folder, f"--Secret={SECRET}", "--Challenge=true",
                           settings=("challenge = yes", "hidden bit = yes"), secret=SECRET)  # fmt: skip
    lac.end()
    lns.end()
    return words_of(check(lac, 1)) + "; Challenge and Challenge Response both ways"


@case()
def lac_dials_xl2tpd_thrice(network: Network, folder: Path) -> str:
    """Xl2tpd as LNS: three calls in one tunnel."""
    lac, lns = dial_xl2tpd(network, folder, "--Hello=1s", calls=3)
    lac.end()
    lns.end()
    summary = check(lac, 3)
    require(summary["established"]["tunnels"] == 1, "more than one tunnel")
    return words_of(summary)


@case()
def xl2tpd_ends_as_lns(network: Network, folder: Path) -> str:
    """Xl2tpd as LNS: it is interrupted, and clears the tunnel (5.7)."""
    lac, lns = dial_xl2tpd(network, folder)
    lns.end(number=signal.SIGINT)
    time.sleep(1)
    lac.end()
    stops = lac.count("endpoint", f"l2tp.avp.message_type == 4 && ip.src == {PEER}")
    require(stops >= 1, "xl2tpd has sent no StopCCN")
    return words_of(check(lac, 1)) + f"; {stops} StopCCN of xl2tpd taken"


@case()
def xl2tpd_vanishes_as_lns(network: Network, folder: Path) -> str:
    """Xl2tpd as LNS: terminated, it says nothing without the kernel's L2TP; HELLO tells (5.5)."""
    lac, lns = dial_xl2tpd(network, folder, "--Hello=2s")
    lns.end()
    # 2 s of silence, and five retransmissions of the HELLO after 1, 2, 4, 8 and 8 s, and 8 s more.
    time.sleep(36)
    lac.end()
    summary = lac.summary
    require(summary["established"]["ppp"] == 1, "PPP was not up")
    require(summary["left_behind"] == 0, "not noticed in 36 s")
    lac.check_captures()
    hellos = messages(lac, 6)
    return words_of(summary) + f"; {hellos} HELLOs, then all state was released"


@case()
def lac_dials_xl2tpd_through_loss(network: Network, folder: Path) -> str:
    """Xl2tpd as LNS: 20 % of packets are lost each way, delay 50 ms (5.8)."""
    lns = Xl2tpd(network, folder, xl2tpd_lns(), SERVER)
    lac = Simulated(network, "emulated-lac", folder, "--Delay=50ms", "--Duration=180s", "--Loss=0.2",
                    "--Hello=0s")  # fmt: skip
    lns.wait_for("Call established", 62)
    wait_for_ppp(lns, 1, 90)
    lac.end()
    lns.end()
    return words_of(check(lac, 1, lossy=True))


@case(quick=True)
def lwip_dials(network: Network, folder: Path) -> str:
    """lwIP's L2TP client: PPP without Address and Control, from a port of its own (8.1)."""
    lns = Simulated(network, "emulated-lns", folder, *QUICK)
    lac = lwip_l2tp(network, folder)
    lac.wait_for("^up 10.8.0.2 10.8.0.1", 30)
    time.sleep(3.5)
    lac.end()
    lns.end()
    ports = lns.frames("endpoint", "l2tp && ip.src == 198.51.100.7", "-T",
                           "fields", "-e", "udp.srcport")  # fmt: skip
    require(set(ports) - {"1701"} != set(), "lwIP has sent from port 1701")
    return words_of(check(lns, 1)) + f"; from port {ports[0]}; lwIP cleared the tunnel"


@case()
def lwip_dials_with_challenge(network: Network, folder: Path) -> str:
    """lwIP's L2TP client: both ends prove that they know the secret (5.1.1)."""
    lns = Simulated(network, "emulated-lns", folder, *QUICK, f"--Secret={SECRET}", "--Challenge=true")
    lac = lwip_l2tp(network, folder, SECRET)
    lac.wait_for("^up 10.8.0.2 10.8.0.1", 30)
    time.sleep(3.5)
    lac.end()
    lns.end()
    return words_of(check(lns, 1)) + "; tunnel authenticated"


@case()
def lwip_dials_by_pppoe(network: Network, folder: Path) -> str:
    """lwIP's PPPoE client (RFC 2516): the simulated BRAS carries its call to the LNS."""
    bras = Simulated(network, "emulated-bras", folder, "--Delay=20ms", "--Duration=120s")
    client = lwip_pppoe(network, folder)
    client.wait_for("^up 10.8.0.2 10.8.0.1", 30)
    time.sleep(3.5)
    client.end()
    time.sleep(0.5)
    bras.end()
    summary = check(bras, 1)
    stages = {}
    for name, code in (("PADI", 0x09), ("PADO", 0x07), ("PADR", 0x19), ("PADS", 0x65), ("PADT", 0xA7)):
        stages[name] = bras.count("interface", f"pppoed && pppoe.code == {code}")
        require(stages[name] >= 1, f"no {name}")
    # What is in the Ethernet is in the tunnel, and PPP there ends at the LNS.
    for side in ("interface", "endpoint"):
        echoes = bras.count(side, "icmp.type == 0")
        require(echoes == 3, f"{echoes} echo replies on the {side}'s link, not 3")
    return words_of(summary) + "; " + ", ".join(f"{count} {name}" for name, count in stages.items())


@case()
def xl2tpd_dials_many_times(_: Network, folder: Path) -> str:
    """Xl2tpd as LAC: 200 dials through 100 ms and 20 % of loss, as many fail as simulated (5.8)."""
    return dials.dial_many("--Loss=0.2", folder)


@case()
def xl2tpd_dials_many_times_in_vain(_: Network, folder: Path) -> str:
    """Xl2tpd as LAC: the same with 40 % of loss, where more fail (5.8)."""
    return dials.dial_many("--Loss=0.4", folder)

# SPDX-License-Identifier: GPL-2.0-only
"""What is on a link for each datagram, computed from the headers' sizes and the rules by which IP
fragments (RFC 791, section 2.3; RFC 8200, section 4.5)."""

from __future__ import annotations

from typing import NamedTuple

LINK = 2  # octets of a point-to-point link's header
UDP = 8
PPP = 4  # Address, Control and Protocol
L2TP = 6  # flags, Tunnel ID and Session ID
OPTIONS = 10  # Length 2, Ns and Nr 4, Offset Size 2, padding 2
IPV4 = 20
IPV6 = 40
FRAGMENT = 8  # IPv6's fragment header
LINK_MTU = 1500  # of all links but the bottleneck

LAYERS = ("link", "outer_ip", "outer_udp", "l2tp", "ppp", "inner_ip", "transport", "payload")


class Setting(NamedTuple):
    """What decides about the headers."""

    tunnel: bool = True
    ipv6: bool = False
    options: bool = False
    mru: int = 1500
    path_mtu: int = 1500


def pieces(data: int, header: int, mtu: int) -> list[int]:
    """Return how many octets of data each fragment has: but for the last a multiple of 8."""
    if header + data <= mtu:
        return [data]
    most = (mtu - header) // 8 * 8
    whole, rest = divmod(data, most)
    return [most] * whole + ([rest] if rest else [])


def pieces_on(data: int, *mtus: int) -> list[int]:
    """Return how many octets of data each fragment of an IPv4 packet has after links of such MTUs."""
    parts = [data]
    for mtu in mtus:
        parts = [piece for part in parts for piece in pieces(part, IPV4, mtu)]
    return parts


def outer_pieces(data: int, setting: Setting) -> tuple[list[int], int]:
    """Return the data in each fragment of a tunnel's packet, and the octets of IP's header of each."""
    if setting.ipv6:
        mtu = min(LINK_MTU, setting.path_mtu)
        if IPV6 + data <= mtu:
            return [data], IPV6
        return pieces(data, IPV6 + FRAGMENT, mtu), IPV6 + FRAGMENT
    return pieces_on(data, LINK_MTU, setting.path_mtu), IPV4


def octets(payload: int, setting: Setting) -> dict[str, int]:
    """Return the frames on the bottleneck for one datagram, and their octets by layer."""
    data = UDP + payload
    count = dict.fromkeys(("frames", *LAYERS), 0)
    count |= {"transport": UDP, "payload": payload}
    if not setting.tunnel:
        count["frames"] = len(pieces_on(data, LINK_MTU, setting.path_mtu))
        count["inner_ip"] = IPV4 * count["frames"]
    else:
        l2tp = L2TP + (OPTIONS if setting.options else 0)
        for inner in pieces_on(data, LINK_MTU, setting.mru):
            outer, header = outer_pieces(UDP + l2tp + PPP + IPV4 + inner, setting)
            count["frames"] += len(outer)
            count["outer_ip"] += header * len(outer)
            count["outer_udp"] += UDP
            count["l2tp"] += l2tp
            count["ppp"] += PPP
            count["inner_ip"] += IPV4
    count["link"] = LINK * count["frames"]
    return count


def on_link(payload: int, setting: Setting) -> int:
    """Return all octets on the bottleneck for one datagram."""
    count = octets(payload, setting)
    return sum(count[layer] for layer in LAYERS)


def goodput(payload: int, setting: Setting, rate: float) -> float:
    """Return the data in bit/s that a link of a rate carries of datagrams back to back."""
    return rate * payload / on_link(payload, setting)


def share(payload: int, setting: Setting, loss: float) -> float:
    """Return the probability that a datagram arrives: all of its fragments must."""
    return (1 - loss) ** octets(payload, setting)["frames"]

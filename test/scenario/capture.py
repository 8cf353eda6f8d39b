# SPDX-License-Identifier: GPL-2.0-only

"""Reads captures: by tshark, and by a few lines of its own where counting is all that is needed."""

import ipaddress
import struct
import subprocess
from collections import Counter
from pathlib import Path
from typing import Iterator, NamedTuple

CHECKS = [
    "-o", "ip.check_checksum:TRUE",
    "-o", "udp.check_checksum:TRUE",
    "-o", "tcp.check_checksum:TRUE",
]


def tshark(pcap: Path, *args: str) -> list[str]:
    """Return the lines that tshark prints, checksums being checked."""
    command = ["tshark", "-n", "-r", str(pcap), *CHECKS, *args]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return done.stdout.splitlines()


def count_frames(pcap: Path, display_filter: str) -> int:
    """Count the frames that a display filter of tshark's lets through."""
    return len(tshark(pcap, "-Y", display_filter, "-T", "fields", "-e", "frame.number"))


def faults(pcap: Path) -> list[str]:
    """Return what tshark objects to: malformed frames, expert errors, bad checksums.

    Ethernet's padding of the shortest frames it takes for a wrong length of PPPoE, except of LCP's
    and IPCP's.
    """
    bad = (
        "(_ws.malformed && !(pppoes && frame.len == 64)) || _ws.expert.severity == error"
        " || ip.checksum.status == Bad || udp.checksum.status == Bad"
        " || tcp.checksum.status == Bad || icmpv6.checksum.status == Bad"
    )
    return tshark(pcap, "-Y", bad)


class ControlMessage(NamedTuple):
    """A control message as found in a capture."""

    time: float
    source: str
    tunnel_id: int
    ns: int
    nr: int
    is_zlb: bool


def control_messages(pcap: Path) -> Iterator[ControlMessage]:
    """Yield the L2TP control messages of a capture of a point-to-point link, in order."""
    data = pcap.read_bytes()
    magic, link_type = struct.unpack_from("<I16xI", data, 0)
    assert magic == 0xA1B2C3D4 and link_type == 9, "a capture of PPP by ns-3"
    at = 24
    while at < len(data):
        seconds, fraction, size = struct.unpack_from("<III", data, at)
        frame = data[at + 16 : at + 16 + size]
        at += 16 + size
        protocol, version = struct.unpack_from("!HB", frame, 0)
        if protocol == 0x0021 and version == 0x45:
            ip_protocol, udp, source = frame[11], 22, frame[14:18]
            if struct.unpack_from("!H", frame, 8)[0] & 0x1FFF:
                continue  # not the first fragment
        elif protocol == 0x0057:
            ip_protocol, udp, source = frame[8], 42, frame[10:26]
        else:
            continue
        if ip_protocol != 17 or 1701 not in struct.unpack_from("!HH", frame, udp):
            continue
        flags, length, tunnel_id, _, ns, nr = struct.unpack_from("!6H", frame, udp + 8)
        if flags & 0x8000:
            address = str(ipaddress.ip_address(source))
            yield ControlMessage(seconds + fraction / 1e6, address, tunnel_id, ns, nr, length == 12)


def retransmissions(pcap: Path, source: str) -> int:
    """Count the messages of a source that stand in a capture more than once, each time but one.

    The source must have had one tunnel only.
    """
    sent: Counter = Counter()
    for message in control_messages(pcap):
        if message.source == source and not message.is_zlb:
            sent[message.ns] += 1
    return sum(count - 1 for count in sent.values())

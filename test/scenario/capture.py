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
    # ns-3's CSMA devices write Ethernet's FCS, which tshark else takes for padding.
    "-o", "eth.fcs:Always",
    "-o", "eth.check_fcs:TRUE",
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
    """Return what tshark objects to: malformed frames, expert errors, bad checksums."""
    bad = (
        "_ws.malformed || _ws.expert.severity == error || eth.fcs.status == Bad"
        " || ip.checksum.status == Bad || udp.checksum.status == Bad"
        " || tcp.checksum.status == Bad || icmpv6.checksum.status == Bad"
    )
    return tshark(pcap, "-Y", bad)


class ControlMessage(NamedTuple):
    """A control message as found in a capture."""

    time: float
    source: str
    destination: str
    tunnel_id: int
    ns: int
    nr: int
    is_zlb: bool
    body: bytes


class IpPacket(NamedTuple):
    """An IP packet, or its first fragment, as found in a capture."""

    time: float
    source: str
    destination: str
    protocol: int
    payload: bytes


def frames(pcap: Path, link_type: int) -> Iterator["tuple[float, bytes]"]:
    """Yield the times and octets of the frames of a capture that ns-3 wrote."""
    data = pcap.read_bytes()
    magic, found = struct.unpack_from("<I16xI", data, 0)
    assert magic == 0xA1B2C3D4 and found == link_type, "a capture of that link type by ns-3"
    at = 24
    while at < len(data):
        seconds, fraction, size = struct.unpack_from("<III", data, at)
        yield seconds + fraction / 1e6, data[at + 16 : at + 16 + size]
        at += 16 + size


def ip_packets(pcap: Path) -> Iterator[IpPacket]:
    """Yield the IP packets of a capture of a point-to-point link, but fragments behind a first."""
    for time, frame in frames(pcap, 9):
        protocol, version = struct.unpack_from("!HB", frame, 0)
        if protocol == 0x0021 and version == 0x45:
            if struct.unpack_from("!H", frame, 8)[0] & 0x1FFF:
                continue
            length = struct.unpack_from("!H", frame, 4)[0]
            next_header, begin, source, end = frame[11], 22, frame[14:18], frame[18:22]
        elif protocol == 0x0057:
            length = 40 + struct.unpack_from("!H", frame, 6)[0]
            next_header, begin, source, end = frame[8], 42, frame[10:26], frame[26:42]
        else:
            continue
        yield IpPacket(time, str(ipaddress.ip_address(source)), str(ipaddress.ip_address(end)),
                       next_header, frame[begin : 2 + length])


def l2tp_datagrams(pcap: Path) -> Iterator[IpPacket]:
    """Yield the L2TP datagrams of a capture of a point-to-point link."""
    for packet in ip_packets(pcap):
        if packet.protocol == 17 and 1701 in struct.unpack_from("!HH", packet.payload, 0):
            yield packet._replace(payload=packet.payload[8:])


def control_messages(pcap: Path) -> Iterator[ControlMessage]:
    """Yield the L2TP control messages of a capture of a point-to-point link, in order."""
    for packet in l2tp_datagrams(pcap):
        flags, length, tunnel_id, _, ns, nr = struct.unpack_from("!6H", packet.payload, 0)
        if flags & 0x8000:
            yield ControlMessage(packet.time, packet.source, packet.destination, tunnel_id, ns, nr,
                                 length == 12, packet.payload[12:length])


def data_messages(pcap: Path, source: str) -> int:
    """Count the L2TP data messages that a source has sent."""
    return sum(packet.source == source and not packet.payload[0] & 0x80
               for packet in l2tp_datagrams(pcap))


def retransmissions(pcap: Path, source: str) -> int:
    """Count the messages of a source that stand in a capture more than once, each time but one.

    The source must have had one tunnel only with each peer.
    """
    sent: Counter = Counter()
    for message in control_messages(pcap):
        if message.source == source and not message.is_zlb:
            sent[message.destination, message.ns] += 1
    return sum(count - 1 for count in sent.values())

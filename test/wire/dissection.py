# SPDX-License-Identifier: GPL-2.0-only

"""What `l2tp dissect --json` says of a capture, compared with what tshark says, field by field."""

import json
import re
import struct
import subprocess
import unittest
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any, Callable, NamedTuple


def dissect(program: Path, source: Path | str, *options: str) -> list[dict]:
    """Return what the program says: an object for each datagram."""
    done = subprocess.run(
        [program, source, "--json", *options], check=True, capture_output=True, text=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


class Avp(NamedTuple):
    """An AVP as tshark reads it."""

    octets: bytes
    mandatory: int
    hidden: int
    length: int
    vendor: int
    type: int
    fields: dict[str, ElementTree.Element]  # the others, by their names


class Datagram(NamedTuple):
    """An L2TP datagram as tshark reads it."""

    frame: int
    header: dict[str, int]
    avps: list[Avp]
    payload: int  # octets behind the header


# What tshark shows of every AVP. It has a peculiarity: it dissects a hidden AVP no further than its
# length, so that Vendor ID and Attribute Type are not among the fields, only among the octets.
FIRST = ("mandatory", "hidden", "length")
IDENTITY = ("vendor_id", "type")


def number(field: ElementTree.Element) -> int:
    """Return the number that a field shows."""
    return int(field.get("show", ""), 0)


def read_avp(element: ElementTree.Element) -> Avp:
    """Read the subtree of an AVP."""
    fields = {field.get("name", ""): field for field in element.findall("field")}
    octets = bytes.fromhex(element.get("value", ""))
    first = [number(fields.pop(f"l2tp.avp.{name}")) for name in FIRST]
    is_hidden = first[1] == 1
    identity = struct.unpack("!HH", octets[2:6]) if is_hidden else [
        number(fields.pop(f"l2tp.avp.{name}")) for name in IDENTITY]
    return Avp(octets, *first, *identity, fields)


def tshark(pcap: Path) -> list[Datagram]:
    """Return what tshark reads in a capture."""
    command = ["tshark", "-n", "-r", str(pcap), "-Y", "l2tp", "-T", "pdml"]
    done = subprocess.run(command, check=True, capture_output=True)
    found = []
    for packet in ElementTree.fromstring(done.stdout).iter("packet"):
        protocols = [protocol.get("name") for protocol in packet.iter("proto")]
        if "icmp" in protocols[: protocols.index("l2tp")]:
            continue  # an error that quotes a datagram
        l2tp = next(p for p in packet.iter("proto") if p.get("name") == "l2tp")
        header = {}
        for field in l2tp.iter("field"):
            name = field.get("name", "")
            if name.startswith("l2tp.") and not name.startswith("l2tp.avp."):
                header.setdefault(name.removeprefix("l2tp."), field)
        avps = [read_avp(field) for field in l2tp.findall("field") if field.get("name") == ""
                and re.search(r" AVP( Type \d+)?$", field.get("show", ""))]
        frame = number(next(f for f in packet.iter("field") if f.get("name") == "frame.number"))
        udp_length = number(next(f for f in packet.iter("field") if f.get("name") == "udp.length"))
        numbers = ("type", "length_bit", "seq_bit", "offset_bit", "priority", "version", "length",
                   "tunnel", "session", "Ns", "Nr", "offset")
        values = {name: number(header[name]) for name in numbers if name in header}
        values["header_size"] = (6 + 2 * values["length_bit"] + 4 * values["seq_bit"]
                                 + (2 + values["offset"] if values["offset_bit"] else 0))
        found.append(Datagram(frame, values, avps, udp_length - 8 - values["header_size"]))
    return found


class Field(NamedTuple):
    """A field of tshark's for an AVP, and what our value of the AVP has for it."""

    name: str
    ours: Callable[[Any], Any]


def whole(name: str) -> list[Field]:
    """The AVP's value is one field."""
    return [Field(f"l2tp.avp.{name}", lambda value: value)]


def bits(high: str, low: str) -> list[Field]:
    """The AVP's value is a mask of two bits."""
    return [Field(f"l2tp.avp.{high}", lambda value: value >> 1 & 1),
            Field(f"l2tp.avp.{low}", lambda value: value & 1)]


def member(name: str, key: str) -> Field:
    """One member of the AVP's value is a field."""
    return Field(name, lambda value: value[key])


# tshark's names of the fields of each AVP.
FIELDS = {
    0: whole("message_type"),
    1: [member("l2tp.result_code", "result"), member("l2tp.avp.error_code", "error"),
        member("l2tp.avp.error_message", "message")],
    2: [Field("l2tp.avp.protocol_version", lambda value: value >> 8),
        Field("l2tp.avp.protocol_revision", lambda value: value & 0xFF)],
    3: bits("async_framing_supported", "sync_framing_supported"),
    4: bits("analog_access_supported", "digital_access_supported"),
    5: [Field("l2tp.tie_breaker", lambda value: value)],
    6: whole("firmware_revision"),
    7: whole("host_name"),
    8: whole("vendor_name"),
    9: whole("assigned_tunnel_id"),
    10: whole("receive_window_size"),
    11: whole("chap_challenge"),
    12: [member("l2tp.avp.cause_code", "cause"), member("l2tp.avp.cause_msg", "message"),
         member("l2tp.avp.advisory_msg", "advisory")],
    13: whole("chap_challenge_response"),
    14: whole("assigned_session_id"),
    15: whole("call_serial_number"),
    16: whole("minimum_bps"),
    17: whole("maximum_bps"),
    18: bits("analog_bearer_type", "digital_bearer_type"),
    19: bits("async_framing_type", "sync_framing_type"),
    21: whole("called_number"),
    22: whole("calling_number"),
    23: whole("sub_address"),
    24: whole("connect_speed"),
    25: whole("physical_channel"),
    26: whole("initial_received_lcp_confreq"),
    27: whole("last_sent_lcp_confreq"),
    28: whole("last_received_lcp_confreq"),
    29: whole("proxy_authen_type"),
    30: whole("proxy_authen_name"),
    31: whole("proxy_authen_challenge"),
    32: whole("proxy_authen_id"),
    33: whole("proxy_authen_response"),
    34: [member(f"l2tp.avp.{name}", name) for name in (
        "crc_errors", "framing_errors", "hardware_overruns", "buffer_overruns", "alignment_errors")]
    + [member("l2tp.avp.time_out_errors", "timeout_errors")],
    35: [member("l2tp.avp.send_accm", "send"), member("l2tp.avp.receive_accm", "receive")],
    36: whole("random_vector"),
    37: whole("private_group_id"),
    38: whole("rx_connect_speed"),
    39: [],
    46: [member("l2tp.avp.disconnect_code", "code"),
         member("l2tp.avp.control_protocol_number", "protocol"),
         member("l2tp.avp.cause_code_direction", "direction"),
         member("l2tp.avp.cause_code_message", "message")],
}


class Comparison(unittest.TestCase):
    """Compares the two."""

    def compare(self, ours: dict, theirs: Datagram) -> int:
        """Compare a datagram in every field; return how many values of AVPs were compared."""
        header = theirs.header
        self.assertEqual(ours["frame"], theirs.frame)
        self.assertEqual(ours["version"], header["version"])
        control = ours["kind"] in ("control", "zlb")
        self.assertEqual(control, header["type"] == 1)
        self.assertEqual(ours["kind"] == "zlb", control and theirs.payload == 0)
        self.assertEqual(ours["length"], header.get("length"))
        self.assertEqual(ours["tunnel_id"], header["tunnel"])
        self.assertEqual(ours["session_id"], header["session"])
        self.assertEqual(ours["ns"], header.get("Ns"))
        self.assertEqual(ours["nr"], header.get("Nr"))
        self.assertEqual(ours["offset"], header.get("offset"))
        self.assertEqual(ours["priority"], header["priority"] == 1)
        self.assertEqual(ours["payload_len"], theirs.payload)
        self.assertIsNone(ours["error"])
        self.assertTrue(ours["roundtrip"])
        self.assertEqual(len(ours["avps"]), len(theirs.avps))
        return sum(self.compare_avp(*pair) for pair in zip(ours["avps"], theirs.avps))

    def compare_avp(self, ours: dict, theirs: Avp) -> int:
        """Compare an AVP in every field; return how many of its value were compared."""
        self.assertEqual(ours["vendor"], theirs.vendor)
        self.assertEqual(ours["type"], theirs.type, ours["name"])
        self.assertEqual(ours["mandatory"], theirs.mandatory == 1)
        self.assertEqual(ours["hidden"], theirs.hidden == 1)
        octets = bytes.fromhex(ours["value_hex"])
        self.assertEqual(len(octets) + 6, theirs.length)
        self.assertEqual(octets, theirs.octets[6:])
        if ours["hidden"]:
            self.assertEqual(theirs.fields, {}, "tshark reveals nothing")
            return 0
        if ours["vendor"]:
            return self.compare_vendors(ours, octets)
        fields = dict(theirs.fields)
        for name, value in ((field.name, field.ours(ours["value"])) for field in FIELDS[ours["type"]]):
            if value in (None, "") and name not in fields:
                continue
            self.assertIn(name, fields, ours)
            self.compare_value(value, fields.pop(name))
        self.assertEqual(list(fields), [], f"{ours['name']}: read by tshark and not compared")
        return len(FIELDS[ours["type"]])

    def compare_vendors(self, ours: dict, octets: bytes) -> int:
        """Compare the value of a vendor's AVP, which tshark shows as octets only."""
        if isinstance(ours["value"], int):
            self.assertEqual(ours["value"], int.from_bytes(octets, "big"), ours["name"])
            return 1
        return 0

    def compare_value(self, ours: Any, field: ElementTree.Element) -> None:
        """Compare a value with a field: a number, text, or octets in hexadecimal digits."""
        if isinstance(ours, int):
            self.assertEqual(ours, number(field), field.get("showname"))
        elif ours != field.get("show"):
            # Octets; a Private Group ID is octets to tshark, and text here.
            self.assertIn(field.get("value"), (ours, ours.encode().hex()), field.get("showname"))

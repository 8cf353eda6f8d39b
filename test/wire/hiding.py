# SPDX-License-Identifier: GPL-2.0-only
"""Hidden AVPs (RFC 2661, section 4.3) in a few lines that know nothing of the module."""

import struct
from hashlib import md5

RANDOM_VECTOR = 36


def reveal(kind: int, hidden: bytes, vector: bytes, secret: str) -> "tuple[bytes, bytes]":
    """Return the value and the padding of a hidden AVP."""
    clear, key = b"", md5(struct.pack("!H", kind) + secret.encode() + vector).digest()
    for at in range(0, len(hidden), 16):
        block = hidden[at : at + 16]
        clear += bytes(a ^ b for a, b in zip(block, key))
        key = md5(secret.encode() + block).digest()
    (length,) = struct.unpack("!H", clear[:2])
    assert length <= len(clear) - 2, "the original length is too long"
    return clear[2 : 2 + length], clear[2 + length :]


def hidden_values(body: bytes, secret: str) -> "dict[int, bytes]":
    """Return the values of the hidden AVPs of a control message, by their types."""
    values, vector, at = {}, b"", 0
    while at < len(body):
        word, _, kind = struct.unpack_from("!3H", body, at)
        value = body[at + 6 : at + (word & 0x3FF)]
        at += word & 0x3FF
        if kind == RANDOM_VECTOR:
            vector = value
        elif word & 0x4000:
            values[kind] = reveal(kind, value, vector, secret)[0]
    return values

"""The wire and log formats written out a second time, by struct, zlib and the `cobs` package.

Knows nothing of beltwire: it is the oracle that beltwire and the vectors are held against.
"""

import struct
import zlib
from typing import Any

from cobs import cobs

Vector = dict[str, Any]

NO_ANGLE = -32768
NO_SIDE = 255


def frame(kind: int, tag: int, payload: bytes) -> bytes:
    """A frame with both delimiters."""
    body = bytes([kind, tag]) + payload
    return b"\0" + cobs.encode(body + struct.pack("<I", zlib.crc32(body))) + b"\0"


def inside(frame: bytes) -> bytes:
    """Type, tag and payload of a frame that is whole."""
    return bytes(cobs.decode(frame[1:-1])[:-4])


def u48(value: int) -> bytes:
    """Six bytes, little-endian."""
    return struct.pack("<Q", value)[:6]


def str8(text: str) -> bytes:
    """A text behind its length."""
    return bytes([len(text.encode())]) + text.encode()


def page(boot: int, first_seq: int, base_s: int, records: list[tuple[int, int, bytes]]) -> bytes:
    """A page of (kind, seconds after the base time, payload)."""
    area = b"".join(struct.pack("<BBH", k, len(p), dt) + p for k, dt, p in records)
    head = struct.pack("<2sBBIIHH", b"PL", 1, len(records), first_seq, base_s, boot, len(area))
    return head + area + struct.pack("<I", zlib.crc32(head + area))


def minute_payload(fields: Vector) -> bytes:
    """The payload of a minute from its named fields."""
    out = b""
    for counts, shape in ((fields["seconds"], "<H"), (fields["bands"], "<B")):
        mask = sum(1 << place for place, count in enumerate(counts) if count)
        out += struct.pack(shape, mask) + bytes(count for count in counts if count)
    out += struct.pack(
        "<hhBBBB",
        *(fields[n] for n in ("flexion_cdeg", "lateral_cdeg", "spread", "steps")),
        *(fields[n] for n in ("slouched_s", "flags")),
    )
    if fields["seconds"][2]:
        out += bytes([fields["lying_side"]])
    return out


def minute_fields(seconds: dict[int, int], bands: dict[int, int], **others: int) -> Vector:
    """All fields of a minute, by activity and band code; those not named are at rest."""
    fields: Vector = {
        "seconds": [seconds.get(code, 0) for code in range(10)],
        "bands": [bands.get(code, 0) for code in range(5)],
        "flexion_cdeg": NO_ANGLE,
        "lateral_cdeg": NO_ANGLE,
        "spread": 0,
        "steps": 0,
        "slouched_s": 0,
        "flags": 0,
        "lying_side": NO_SIDE,
    }
    return fields | others


def event_bytes(code: int, shape: str, values: list[int]) -> bytes:
    """The payload of an event; `shape` is struct's, or "u48" for values of six bytes."""
    if shape == "u48":
        return bytes([code]) + b"".join(u48(value) for value in values)
    return bytes([code]) + struct.pack(shape, *values)

"""Writes protocol/vectors/*.json from sources that know nothing of beltwire.

Framing comes from the `cobs` package, checksums from zlib, proofs from hmac, layouts from struct
and by hand, as protocol/SPEC.md says. Run `python -m tests.protocol.make_vectors` after the
specification has changed; a test holds that the files are what this script writes.
"""

import hashlib
import hmac
import json
import re
import struct
import sys
import zlib
from pathlib import Path
from typing import Any

from cobs import cobs

from tests.protocol.reference import Vector, frame, minute_fields, minute_payload, page, u48
from tests.protocol.samples import (
    BELT_ID,
    BELT_NONCE,
    BUNDLE,
    BUNDLE_FILES,
    EVENTS,
    HOST_NONCE,
    KEY,
    MESSAGES,
    MINUTES,
    PAGES,
    bundle,
    desk_records,
    event_payload,
)

FOLDER = Path(__file__).resolve().parents[2] / "protocol" / "vectors"

# --- COBS and CRC


def cobs_vectors() -> list[Vector]:
    """Pairs of plain and stuffed bytes around every edge of the run length."""
    counting = bytes(range(1, 255))
    plain = {
        "empty": b"",
        "one_zero": b"\0",
        "two_zeros": b"\0\0",
        "zero_between": b"\x11\x22\0\x33",
        "no_zero": b"\x11\x22\x33\x44",
        "zero_behind": b"\x11\0\0\0",
        "run_of_253": counting[:-1],
        "run_of_254": counting,
        "run_of_254_then_zero": counting + b"\0",
        "zero_then_run_of_254": b"\0" + counting,
        "run_of_255": counting + b"\xff",
        "run_of_255_from_2": bytes(range(2, 256)) + b"\0",
        "run_of_255_from_3": bytes(range(3, 256)) + b"\0\x01",
        "run_of_508": counting * 2,
        "run_of_509": counting * 2 + b"\x01",
        "zeros_300": bytes(300),
    }
    return [
        {"name": name, "plain": data.hex(), "stuffed": cobs.encode(data).hex()}
        for name, data in plain.items()
    ]


def crc_vectors() -> list[Vector]:
    """Checksums; the second is the catalogue's check value CBF43926."""
    samples = {"empty": b"", "check": b"123456789", "zeros": bytes(32), "ones": b"\xff" * 512}
    return [{"name": n, "data": d.hex(), "crc": zlib.crc32(d)} for n, d in samples.items()]


# --- Records and pages


def minute_vectors() -> list[Vector]:
    """Minutes, and one of a later version with more activities, bands and bytes behind."""
    vectors = [
        {"name": name, "fields": fields, "payload": minute_payload(fields).hex()}
        for name, fields in MINUTES.items()
    ]
    later = struct.pack("<HBBBBB", 1 << 3 | 1 << 12, 40, 5, 1 << 0 | 1 << 6, 30, 10)
    later += struct.pack("<hhBBBB", 100, -100, 4, 3, 2, 1) + b"later"
    fields = minute_fields(
        {3: 40}, {0: 30}, flexion_cdeg=100, lateral_cdeg=-100, spread=4, steps=3
    ) | {"slouched_s": 2, "flags": 1}
    vectors.append(
        {"name": "of_a_later_version", "fields": fields, "payload": later.hex(), "read_only": True}
    )
    return vectors


def event_vectors() -> list[Vector]:
    """One event of every code, and one with a code of a later version."""
    vectors: list[Vector] = [
        {"name": name, "code": code, "values": values, "payload": event_payload(name).hex()}
        for name, (code, _, values) in EVENTS.items()
    ]
    vectors.append({"name": "event 200", "code": 200, "values": [], "payload": "c80102"})
    return vectors


def page_vectors() -> list[Vector]:
    """Whole pages with their records; `t_s` is base time plus dt."""
    return [
        {
            "name": name,
            "boot": boot,
            "first_seq": first,
            "base_s": base,
            "records": [[k, base + dt, p.hex()] for k, dt, p in records],
            "page": page(boot, first, base, records).hex(),
        }
        for name, (boot, first, base, records) in PAGES.items()
    ]


# --- Messages


def message_vectors() -> list[Vector]:
    """Every message once, with its fields, its payload and its whole frame."""
    return [
        {
            "name": name,
            "message": message,
            "type": kind,
            "tag": tag,
            "fields": fields,
            "payload": payload.hex(),
            "frame": frame(kind, tag, payload).hex(),
        }
        for name, message, kind, tag, fields, payload in MESSAGES
    ]


# --- Damage, streams, and a whole conversation


def damaged_vectors() -> list[Vector]:
    """Bytes that must be refused, by what is to refuse them."""
    good = frame(0x02, 2, b"")[1:-1]
    flipped = bytearray(good)
    flipped[2] ^= 0x40
    records = desk_records()
    whole = page(3, 1021, 93500, records)

    def area(data: bytes, count: int) -> bytes:
        head = struct.pack("<2sBBIIHH", b"PL", 1, count, 1, 0, 1, len(data))
        return head + data + struct.pack("<I", zlib.crc32(head + data))

    later = struct.pack("<2sBBIIHH", b"PL", 2, 1, 1, 0, 1, 4) + b"\x02\x00\x00\x00"
    cases = {
        ("cobs", "empty"): b"",
        ("cobs", "zero_inside"): b"\x02\x11\x00\x01",
        ("cobs", "ends_within_a_run"): b"\x05\x11\x22",
        ("frame", "too_short"): cobs.encode(b"\x02\x02\x00\x00\x00"),
        ("frame", "bit_flipped"): bytes(flipped),
        ("frame", "crc_of_nothing"): cobs.encode(struct.pack("<I", 0)),
        ("frame", "one_too_long"): frame(0x83, 1, bytes(1025))[1:-1],
        ("page", "empty"): b"",
        ("page", "cut_short"): whole[:-1],
        ("page", "with_a_byte_behind"): whole + b"\xff",
        ("page", "erased_flash"): b"\xff" * 512,
        ("page", "wrong_magic"): b"pL" + whole[2:],
        ("page", "wrong_crc"): whole[:-1] + bytes([whole[-1] ^ 1]),
        ("page", "of_a_later_format"): later + struct.pack("<I", zlib.crc32(later)),
        ("page", "no_records"): page(3, 1021, 93500, []),
        ("page", "boot_0"): page(0, 1021, 93500, records),
        ("page", "sequence_0"): page(3, 0, 93500, records),
        ("page", "sequence_too_high"): page(3, 0xFFFFFFFE, 0, records),
        ("page", "too_large"): page(3, 1, 0, [(9, 0, bytes(240)), (9, 0, bytes(245))]),
        ("page", "fewer_records_than_said"): area(b"\x02\x00\x00\x00", 2),
        ("page", "more_records_than_said"): area(b"\x02\x00\x00\x00" * 2, 1),
        ("page", "record_runs_out"): area(b"\x02\x09\x00\x00", 1),
        ("minute", "empty"): b"",
        ("minute", "cut_short"): minute_payload(MINUTES["desk"])[:-1],
        ("minute", "lying_without_side"): minute_payload(MINUTES["lying"])[:-1],
        ("minute", "of_61_seconds"): minute_payload(minute_fields({3: 60, 4: 1}, {})),
        ("event", "empty"): b"",
        ("bundle", "empty"): b"",
        ("bundle", "cut_short"): BUNDLE[:-1],
        ("bundle", "too_long"): BUNDLE + b"x",
        ("bundle", "file_changed"): BUNDLE[:-2] + b"?\n",
        ("bundle", "manifest_changed"): BUNDLE[:12] + b"?" + BUNDLE[13:],
        ("bundle", "of_a_later_format"): BUNDLE[:4] + b"\x02" + BUNDLE[5:],
        ("bundle", "name_leads_out"): bundle(b"\0\2\0", "xiao_c3", [("../main.py", b"")]),
    }
    return [{"what": w, "name": n, "data": d.hex()} for (w, n), d in cases.items()]


def pairing_vectors() -> list[Vector]:
    """HMAC-SHA256: RFC 4231's cases 1, 2 and 6, and both proofs of a pairing."""
    cases = {
        "rfc4231_1": (b"\x0b" * 20, b"Hi There"),
        "rfc4231_2": (b"Jefe", b"what do ya want for nothing?"),
        "rfc4231_6": (b"\xaa" * 131, b"Test Using Larger Than Block-Size Key - Hash Key First"),
        "belt_proof": (KEY, b"plumbline belt" + BELT_ID + HOST_NONCE + BELT_NONCE),
        "host_proof": (KEY, b"plumbline host" + BELT_ID + HOST_NONCE + BELT_NONCE),
    }
    return [
        {
            "name": name,
            "key": key.hex(),
            "message": message.hex(),
            "hmac": hmac.new(key, message, hashlib.sha256).hexdigest(),
        }
        for name, (key, message) in cases.items()
    ]


def bundle_vectors() -> list[Vector]:
    """A whole bundle and what is in it."""
    return [
        {
            "name": "two_files",
            "version": "000200",
            "board": "xiao_c3",
            "files": [[name, data.hex()] for name, data in BUNDLE_FILES],
            "bundle": BUNDLE.hex(),
        }
    ]


def stream_vectors() -> list[Vector]:
    """Streams with garbage, the frames that come out of them and how many were damaged."""
    one, two = frame(0x02, 2, b""), frame(0x06, 5, u48(1) + b"\0\0")
    bodies = [[0x02, 2, ""], [0x06, 5, (u48(1) + b"\0\0").hex()]]
    streams: dict[str, tuple[bytes, list[Any], int]] = {
        "two_frames": (one + two, bodies, 0),
        "shared_delimiter": (one[:-1] + two, bodies, 0),
        "noise_before": (b"MPY: soft reboot\r\n>>> " + one + two, bodies, 1),
        "noise_between": (one + b"garbage" + two, bodies, 1),
        "noise_behind": (one + two + b"half a fra", bodies, 0),
        "zeros": (bytes(50) + one + bytes(50) + two, bodies, 0),
        "first_damaged": (one[:3] + b"\xee" + one[4:] + two, bodies[1:], 1),
        "delimiter_damaged": (one[:-1] + b"\x01" + two, bodies[1:], 1),
        "endless_noise": (b"\x55" * 5000 + one + two, bodies, 1),
    }
    return [
        {"name": n, "stream": s.hex(), "frames": f, "damaged": d}
        for n, (s, f, d) in streams.items()
    ]


def conversation_vectors() -> list[Vector]:
    """One sync, frame by frame: (request of the host or "", answers of the belt)."""
    by_name = {name: (kind, p) for name, _, kind, _, _, p in MESSAGES}
    turns = [
        ("hello", ["hello_reply"]),
        ("challenge", ["challenge_reply"]),
        ("prove", ["prove_reply"]),
        ("time", ["time_reply"]),
        ("list", ["list_reply"]),
        ("fetch", ["page", "last_page", "fetch_end"]),
        ("ack", ["ack_reply"]),
    ]
    return [
        {
            "name": ask,
            "send": frame(by_name[ask][0], tag, by_name[ask][1]).hex(),
            "answers": [frame(by_name[it][0], tag, by_name[it][1]).hex() for it in answers],
        }
        for tag, (ask, answers) in enumerate(turns, 1)
    ]


FILES = {
    "cobs": cobs_vectors,
    "crc": crc_vectors,
    "minutes": minute_vectors,
    "events": event_vectors,
    "pages": page_vectors,
    "messages": message_vectors,
    "damaged": damaged_vectors,
    "streams": stream_vectors,
    "pairing": pairing_vectors,
    "bundles": bundle_vectors,
    "conversation": conversation_vectors,
}


def text_of(name: str) -> str:
    """What the file of that name holds."""
    return json.dumps(FILES[name](), indent=1) + "\n"


def with_hex(spec: str) -> str:
    """SPEC.md's text with the hex of its vector blocks as the vectors have it now."""

    def block(found: re.Match[str]) -> str:
        (vector,) = [each for each in FILES[found[1]]() if each["name"] == found[2]]
        data = bytes.fromhex(vector[found[3]])
        lines = [data[at : at + 24].hex(" ") for at in range(0, len(data), 24)]
        return "\n".join([f"```vector {found[1]}:{found[2]}:{found[3]}", *lines, "```"])

    return re.sub(r"```vector (\w+):(\w+):(\w+)\n.*?```", block, spec, flags=re.DOTALL)


def main() -> int:
    """Write every file, and their hex into SPEC.md."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        (FOLDER / f"{name}.json").write_text(text_of(name), encoding="utf-8")
    spec = FOLDER.parent / "SPEC.md"
    spec.write_text(with_hex(spec.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

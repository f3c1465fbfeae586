"""The samples that the vectors are made of: records, pages and one message of every kind."""

import hashlib
import hmac
import struct

from tests.protocol.reference import (
    Vector,
    event_bytes,
    minute_fields,
    minute_payload,
    page,
    str8,
    u48,
)

BELT_ID = bytes.fromhex("24587c0a1b2c0001")

MINUTES = {
    "desk": minute_fields(
        {3: 60},
        {0: 48, 1: 12},
        flexion_cdeg=1234,
        lateral_cdeg=-150,
        spread=9,
        slouched_s=7,
        flags=1,
    ),
    "walk": minute_fields(
        {4: 8, 5: 50, 9: 2}, {0: 60}, flexion_cdeg=412, lateral_cdeg=35, spread=14, steps=92
    ),
    "lying": minute_fields({2: 60}, {}, lying_side=3, flags=64),
    "not_worn": minute_fields({1: 60}, {}),
    "empty": minute_fields({}, {}, flags=16 | 32),
    "everything": minute_fields(
        dict.fromkeys(range(10), 6),
        dict.fromkeys(range(5), 10),
        flexion_cdeg=-9000,
        lateral_cdeg=9000,
        spread=255,
        steps=255,
        slouched_s=60,
        flags=127,
        lying_side=0,
    ),
}


EVENTS: dict[str, tuple[int, str, list[int]]] = {
    "boot": (1, "<BBBB", [3, 0, 1, 0]),
    "clock_set": (2, "u48", [1795344000000, 93784005]),
    "calibration": (3, "<BB9h", [87, 0, 16384, 0, 0, 0, 16384, 0, 0, 0, -16384]),
    "reminder": (4, "<BhH", [1, 2450, 120]),
    "corrected": (5, "<B", [1]),
    "snooze": (6, "<B", [30]),
    "battery": (7, "<HB", [3712, 64]),
    "charge": (8, "<B", [1]),
    "sensor_fault": (9, "<BH", [3, 517]),
    "storage_fault": (10, "<BH", [1, 2]),
    "overwritten": (11, "<I", [4000000000]),
    "settings": (12, "<Bi", [8, -1]),
    "shift": (13, "<h", [-1250]),
    "belt_upside_down": (14, "<", []),
    "shutdown": (15, "<B", [2]),
    "chair_rises": (16, "<BHHHB", [10, 3120, 1650, 41, 20]),
    "hip_hinges": (17, "<BHHHB", [1, 5400, 2800, 3, 20]),
    "safe_mode": (18, "B", [3]),
}


def event_payload(name: str) -> bytes:
    """The payload of the event called `name` in EVENTS."""
    return event_bytes(*EVENTS[name])


def desk_records() -> list[tuple[int, int, bytes]]:
    """A boot, a clock set in its fifth second, two minutes and a reminder, as belts log them."""
    return [
        (2, 0, event_payload("boot")),
        (2, 5, event_bytes(2, "u48", [1795344000000, 5005])),
        (1, 1, minute_payload(MINUTES["desk"])),
        (1, 61, minute_payload(MINUTES["walk"])),
        (2, 301, event_payload("reminder")),
    ]


def full_records() -> list[tuple[int, int, bytes]]:
    """As many desk minutes as 492 bytes hold."""
    payload = minute_payload(MINUTES["desk"])
    return [(1, 256 + 60 * n, payload) for n in range(492 // (4 + len(payload)))]


PAGES: dict[str, tuple[int, int, int, list[tuple[int, int, bytes]]]] = {
    "desk": (3, 1021, 0, desk_records()),
    "one_minute": (1, 1, 0, [(1, 0, minute_payload(MINUTES["not_worn"]))]),
    "full": (7, 50001, 3600, full_records()),
    "largest_numbers": (65535, 0xFFFFFFFE, 0xFFFF0000, [(2, 65535, event_payload("shift"))]),
    "unknown_kind": (2, 12, 100, [(77, 5, b"whatever"), (1, 6, b""), (0, 7, bytes(255))]),
}


# --- Messages: name -> (class, type, tag, fields, payload)

# --- Pairing: a key and what is proved with it, by Python's own hmac

KEY = bytes(range(0x20, 0x40))
HOST_NONCE = bytes(range(0xA0, 0xB0))
BELT_NONCE = bytes(range(0xB0, 0xC0))


def proof(label: bytes) -> bytes:
    """HMAC-SHA256 of the label, the belt's id and both nonces."""
    return hmac.new(KEY, label + BELT_ID + HOST_NONCE + BELT_NONCE, hashlib.sha256).digest()


BELT_PROOF = proof(b"plumbline belt")
HOST_PROOF = proof(b"plumbline host")

# --- An update: a bundle of two small files

BUNDLE_FILES = [("beltcore/__init__.py", b""), ("device/main.py", b"print('plumb')\n")]


def bundle(version: bytes, board: str, files: list[tuple[str, bytes]]) -> bytes:
    """The manifest, its hash and the files, as the specification lays them out."""
    listed = str8(board) + struct.pack("<H", len(files))
    for name, data in files:
        listed += str8(name) + struct.pack("<I", len(data)) + hashlib.sha256(data).digest()
    head = b"PLUP\x01" + version + struct.pack("<H", 10 + len(listed) + 32)
    manifest = head + listed
    return manifest + hashlib.sha256(manifest).digest() + b"".join(data for _, data in files)


MOUNT = struct.pack("<9h", 0, 0, -16384, 0, 16384, 0, 16384, 0, 0)
BUNDLE = bundle(b"\0\2\0", "xiao_c3", BUNDLE_FILES)

HELLO_REPLY: Vector = {
    "version": 1,
    "belt_id": BELT_ID.hex(),
    "firmware": "000100",
    "flags": 9,
    "boot": 3,
    "mono_ms": 93784005,
    "battery_mv": 3712,
    "max_page": 512,
    "board": "xiao_c3",
    "name": "Gürtel",
}
HELLO_REPLY_BYTES = (
    b"\x01"
    + BELT_ID
    + b"\x00\x01\x00\x09"
    + struct.pack("<H", 3)
    + u48(93784005)
    + struct.pack("<HH", 3712, 512)
    + str8("xiao_c3")
    + str8("Gürtel")
)
LIST_REPLY = {
    "oldest_seq": 1021,
    "next_seq": 1027,
    "acked_seq": 1020,
    "pages": 2,
    "capacity_pages": 1792,
    "overwritten": 0,
}
SETTINGS = [[1, 2], [2, 120], [8, -1], [10, 60]]
SETTINGS_BYTES = b"".join(struct.pack("<Bi", number, value) for number, value in SETTINGS)
DESK_PAGE = page(*PAGES["desk"])
NEXT_PAGE = page(4, 1026, 0, [(2, 256, event_payload("boot"))])
SAMPLE = {
    "mono_ms": 93785000,
    "flexion_cdeg": 2210,
    "lateral_cdeg": -340,
    "activity": 3,
    "confidence": 94,
    "band": 1,
    "flags": 1,
}

MESSAGES: list[tuple[str, str, int, int, Vector, bytes]] = [
    ("hello", "Hello", 0x01, 1, {"min_version": 1, "max_version": 1}, b"\x01\x01"),
    ("hello_reply", "HelloReply", 0x81, 1, HELLO_REPLY, HELLO_REPLY_BYTES),
    ("list", "List", 0x02, 3, {}, b""),
    (
        "list_reply",
        "ListReply",
        0x82,
        3,
        LIST_REPLY,
        struct.pack("<6I", *LIST_REPLY.values()),
    ),
    (
        "fetch",
        "Fetch",
        0x03,
        4,
        {"from_seq": 1021, "credit": 8},
        struct.pack("<IB", 1021, 8),
    ),
    (
        "page",
        "PageMessage",
        0x83,
        4,
        {"follows": 1021, "page": DESK_PAGE.hex()},
        struct.pack("<I", 1021) + DESK_PAGE,
    ),
    (
        "last_page",
        "PageMessage",
        0x83,
        4,
        {"follows": 1026, "page": NEXT_PAGE.hex()},
        struct.pack("<I", 1026) + NEXT_PAGE,
    ),
    ("grant", "Grant", 0x04, 4, {"allowed": 12}, struct.pack("<I", 12)),
    (
        "fetch_end",
        "FetchEnd",
        0x84,
        4,
        {"follows": 1027, "next_seq": 1027},
        struct.pack("<II", 1027, 1027),
    ),
    ("ack", "Ack", 0x05, 5, {"through_seq": 1026}, struct.pack("<I", 1026)),
    ("ack_reply", "AckReply", 0x85, 5, {"acked_seq": 1026}, struct.pack("<I", 1026)),
    (
        "time",
        "Time",
        0x06,
        2,
        {"utc_ms": 1795344000000, "utc_offset_min": 60},
        u48(1795344000000) + struct.pack("<h", 60),
    ),
    (
        "time_reply",
        "TimeReply",
        0x86,
        2,
        {"boot": 4, "mono_ms": 61005, "logged": 1},
        struct.pack("<H", 4) + u48(61005) + b"\x01",
    ),
    ("settings_get", "SettingsGet", 0x07, 6, {}, b""),
    ("settings_reply", "SettingsReply", 0x87, 6, {"pairs": SETTINGS}, SETTINGS_BYTES),
    (
        "settings_set",
        "SettingsSet",
        0x08,
        7,
        {"pairs": [[2, 300], [10, -300]]},
        struct.pack("<BiBi", 2, 300, 10, -300),
    ),
    (
        "settings_set_reply",
        "SettingsSetReply",
        0x88,
        7,
        {"pairs": [[2, 300], [10, -300]]},
        struct.pack("<BiBi", 2, 300, 10, -300),
    ),
    ("live", "Live", 0x09, 8, {"rate": 10}, b"\x0a"),
    ("live_reply", "LiveReply", 0x89, 8, {"rate": 1}, b"\x01"),
    (
        "live_sample",
        "LiveSample",
        0x8D,
        8,
        SAMPLE,
        u48(93785000) + struct.pack("<hhBBBB", 2210, -340, 3, 94, 1, 1),
    ),
    (
        "live_repetition",
        "LiveRepetition",
        0x8E,
        8,
        {"mono_ms": 93785000, "kind": 1, "number": 7, "range_cdeg": 3120, "duration_ms": 1650},
        u48(93785000) + struct.pack("<BHHH", 1, 7, 3120, 1650),
    ),
    ("calibrate", "Calibrate", 0x0A, 9, {"step": 1}, b"\x01"),
    (
        "calibrate_reply",
        "CalibrateReply",
        0x8A,
        9,
        {"status": 3, "quality": 12, "reason": 1},
        b"\x03\x0c\x01",
    ),
    ("selftest", "Selftest", 0x0B, 10, {}, b""),
    (
        "selftest_reply",
        "SelftestReply",
        0x8B,
        10,
        {"tested": 47, "failed": 2},
        struct.pack("<HH", 47, 2),
    ),
    (
        "wipe",
        "Wipe",
        0x0C,
        11,
        {"key": int.from_bytes(b"WIPE", "little"), "what": 1},
        b"WIPE\x01",
    ),
    ("wipe_reply", "WipeReply", 0x8C, 11, {"what": 1}, b"\x01"),
    ("pair", "Pair", 0x10, 12, {"key": KEY.hex()}, KEY),
    ("pair_reply", "PairReply", 0x90, 12, {"status": 1}, b"\x01"),
    ("challenge", "Challenge", 0x11, 13, {"nonce": HOST_NONCE.hex()}, HOST_NONCE),
    (
        "challenge_reply",
        "ChallengeReply",
        0x91,
        13,
        {"nonce": BELT_NONCE.hex(), "proof": BELT_PROOF.hex()},
        BELT_NONCE + BELT_PROOF,
    ),
    ("prove", "Prove", 0x12, 14, {"proof": HOST_PROOF.hex()}, HOST_PROOF),
    ("prove_reply", "ProveReply", 0x92, 14, {}, b""),
    ("developer", "Developer", 0x13, 15, {"mode": 2}, b"\x02"),
    ("developer_reply", "DeveloperReply", 0x93, 15, {"mode": 2}, b"\x02"),
    (
        "update_begin",
        "UpdateBegin",
        0x20,
        16,
        {"version": "000200", "total": len(BUNDLE), "board": "xiao_c3"},
        b"\0\2\0" + struct.pack("<I", len(BUNDLE)) + str8("xiao_c3"),
    ),
    ("update_begin_reply", "UpdateBeginReply", 0xA0, 16, {"piece": 896}, struct.pack("<H", 896)),
    (
        "update_data",
        "UpdateData",
        0x21,
        17,
        {"offset": 0, "data": BUNDLE.hex()},
        struct.pack("<I", 0) + BUNDLE,
    ),
    (
        "update_data_reply",
        "UpdateDataReply",
        0xA1,
        17,
        {"awaited": len(BUNDLE)},
        struct.pack("<I", len(BUNDLE)),
    ),
    ("update_end", "UpdateEnd", 0x22, 18, {}, b""),
    ("update_end_reply", "UpdateEndReply", 0xA2, 18, {}, b""),
    ("update_state", "UpdateState", 0x23, 19, {}, b""),
    ("update_state_reply", "UpdateStateReply", 0xA3, 19, {"on_trial": 0, "last": 1}, b"\0\1"),
    (
        "core_begin",
        "CoreBegin",
        0x30,
        20,
        {"mount": 1, "rows": MOUNT.hex(), "samples": 0, "pairs": [[2, 60]]},
        b"\x01" + MOUNT + b"\0" + struct.pack("<Bi", 2, 60),
    ),
    ("core_begin_reply", "CoreBeginReply", 0xB0, 20, {}, b""),
    (
        "core_step",
        "CoreStep",
        0x31,
        21,
        {"number": 0, "what": 4, "data": "01"},
        struct.pack("<IB", 0, 4) + b"\x01",
    ),
    (
        "core_step_reply",
        "CoreStepReply",
        0xB1,
        21,
        {"number": 0, "status": 0, "rows": ""},
        struct.pack("<IB", 0, 0),
    ),
    ("core_end", "CoreEnd", 0x32, 22, {}, b""),
    ("core_end_reply", "CoreEndReply", 0xB2, 22, {}, b""),
    (
        "error_unknown",
        "RemoteError",
        0xFF,
        12,
        {"code": 1, "detail": 0x3F, "text": "unknown request 0x3f"},
        b"\x01\x3f\x00" + str8("unknown request 0x3f"),
    ),
    (
        "error_version",
        "RemoteError",
        0xFF,
        1,
        {"code": 4, "detail": 0x0302, "text": "protocol versions do not meet"},
        b"\x04\x02\x03" + str8("protocol versions do not meet"),
    ),
]

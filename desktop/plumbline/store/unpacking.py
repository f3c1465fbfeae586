"""Log pages into rows, many at a time: what takes in a year's log spends its time here.

The same as `beltwire.pages.parse_page` and `beltwire.records.unpack_minute`, which stay the
measure: the tests hold the two against each other.
"""

import zlib
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from beltwire import codes, pages
from beltwire.errors import WireError
from beltwire.records import ACTIVITIES, BANDS, MAX_SECONDS
from numpy.typing import NDArray

from plumbline.store.rows import MINUTE_DTYPE, NO_SIDE

MASKS = 3  # bytes of both masks
FIXED = 8  # bytes from the mean flexion to the flags
Row = tuple[int, int, int, int, bytes]  # boot, seq, t_s, kind, payload


class Unpacked(NamedTuple):
    """A page's sequence numbers, the end excluded, and its rows (boot, seq, t_s, kind, payload)."""

    first_seq: int
    next_seq: int
    rows: list[Row]


def unpack_page(data: bytes, *, tail: bool = False) -> Unpacked:
    """The rows of a page, or of a page's tail (see `plumbline.store.archive`); WireError."""
    if len(data) < pages.HEAD + pages.TAIL or data[:2] != b"PL" or data[2] != pages.FORMAT:
        raise WireError("no log page of a known format")
    first, base = (int.from_bytes(data[at : at + 4], "little") for at in (4, 8))
    boot, area = (int.from_bytes(data[at : at + 2], "little") for at in (12, 14))
    end = len(data) - pages.TAIL
    if area > pages.AREA or area < end - pages.HEAD or not (boot and first and data[3]):
        raise WireError("a log page whose head makes no sense")
    if not tail and (
        end != pages.HEAD + area
        or zlib.crc32(data[:end]) != int.from_bytes(data[end:], "little")
        or first + data[3] - 1 > pages.MAX_SEQ
    ):
        raise WireError("a log page that is damaged")
    found = []
    at = pages.HEAD
    while at + pages.ENTRY <= end:
        start = at + pages.ENTRY
        stop = start + data[at + 1]
        found.append((base + (data[at + 2] | data[at + 3] << 8), data[at], data[start:stop]))
        at = stop
    if at != end or len(found) > data[3] or (not tail and len(found) != data[3]):
        raise WireError("a log page that its records do not fill exactly")
    after = first + data[3]
    seq = after - len(found)
    rows = [(boot, number, *entry) for number, entry in enumerate(found, seq)]
    return Unpacked(seq, after, rows)


def unpack_minutes(rows: Sequence[Row]) -> NDArray[np.void]:
    """The minutes among `rows`, in MINUTE_DTYPE; `utc_s` is still t_s.

    Those that are cut short or have more than 60 s, which `unpack_minute` refuses, are left out.
    """
    minutes = [row for row in rows if row[3] == codes.KIND_MINUTE and len(row[4]) >= MASKS]
    out = np.zeros(len(minutes), dtype=MINUTE_DTYPE)
    if not minutes:
        return out
    boots, seqs, times, _kinds, payloads = zip(*minutes, strict=True)
    out["boot"], out["seq"], out["utc_s"] = boots, seqs, times
    lengths = np.fromiter(map(len, payloads), dtype=np.int64, count=len(payloads))
    # Zeros behind the last: a cut minute is read past its end, and then left out.
    data = np.frombuffer(b"".join(payloads) + bytes(64), dtype=np.uint8)
    starts = np.cumsum(lengths) - lengths
    at = starts + 2
    mask = data[starts].astype(np.int64) | data[starts + 1].astype(np.int64) << 8
    whole, at = _counts(data, at, mask, 16, out["seconds"][:, :ACTIVITIES])
    bands_mask = np.where(at < starts + lengths, data[at], 0).astype(np.int64)
    bands_whole, at = _counts(data, at + 1, bands_mask, 8, out["bands"][:, :BANDS])
    for name, place in (("flexion_cdeg", 0), ("lateral_cdeg", 2)):
        pair = data[at + place].astype(np.uint16) | data[at + place + 1].astype(np.uint16) << 8
        out[name] = pair.view(np.int16)
    for place, name in enumerate(("spread", "steps", "slouched_s", "flags"), 4):
        out[name] = data[at + place]
    lying = mask >> codes.LYING & 1
    out["lying_side"] = np.where(lying == 1, data[at + FIXED], NO_SIDE)
    good: NDArray[np.void] = out[whole & bands_whole & (at + FIXED + lying <= starts + lengths)]
    return good


def _counts(
    data: NDArray[np.uint8],
    at: NDArray[np.int64],
    mask: NDArray[np.int64],
    bits: int,
    out: NDArray[np.uint8],
) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Fill `out` by place from the bytes at `at`; whether each sum is 60 s at most, and the end."""
    total = np.zeros(len(at), dtype=np.int64)
    for place in range(bits):
        here = mask >> place & 1
        if here.any():
            count = np.where(here == 1, data[np.minimum(at, len(data) - 1)], 0)
            total += count
            if place < out.shape[1]:
                out[:, place] = count
            at = at + here
    return total <= MAX_SECONDS, at

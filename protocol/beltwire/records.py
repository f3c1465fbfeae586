"""The two kinds of log records of today: a minute of wear, and an event with its reason.

A record's time is kept by its page entry, not by its payload. The time of a minute record is
the START of its minute; it covers the 60 seconds from there. An event's time is when it was.

Minute payload, little-endian:

    activity mask   u16   bit a: the wearer spent seconds in activity a
    seconds         u8    one for every set bit, lowest bit first (1 to 60)
    band mask       u8    bit b: seconds in trunk band b
    seconds         u8    one for every set bit, lowest bit first
    mean flexion    i16   centidegrees, forward positive; -32768 = not known
    mean lateral    i16   centidegrees, to the right positive; -32768 = not known
    spread          u8    mean absolute deviation of flexion, 0.25 degrees, saturating
    steps           u8    saturating
    slouched        u8    seconds of slouched sitting
    flags           u8    FLAG_* of `codes`
    lying side      u8    only where the lying bit of the activity mask is set
    ...                   whatever a later version appends is ignored
"""

from beltwire import codes
from beltwire.errors import RangeError, WireError
from beltwire.fields import Reader, Writer, check

ACTIVITIES = len(codes.ACTIVITY_NAMES)
BANDS = len(codes.BAND_NAMES)
MAX_SECONDS = 60
MAX_EVENT_ARGS = 254


class Minute:
    """One minute of wear.

    seconds: 10 counts by activity code, bands: 5 counts by trunk band, each 0 to 60 and in sum
    at most 60 (what is missing was not measured); angles in centidegrees or NO_ANGLE; spread in
    quarter degrees; lying_side is NO_SIDE unless seconds were spent lying.
    """

    __slots__ = (
        "bands",
        "flags",
        "flexion_cdeg",
        "lateral_cdeg",
        "lying_side",
        "seconds",
        "slouched_s",
        "spread",
        "steps",
    )

    def __init__(
        self,
        seconds: "list[int] | None" = None,
        bands: "list[int] | None" = None,
        flexion_cdeg: int = codes.NO_ANGLE,
        lateral_cdeg: int = codes.NO_ANGLE,
        spread: int = 0,
        steps: int = 0,
        slouched_s: int = 0,
        flags: int = 0,
        lying_side: int = codes.NO_SIDE,
    ) -> None:
        self.seconds = [0] * ACTIVITIES if seconds is None else seconds
        self.bands = [0] * BANDS if bands is None else bands
        self.flexion_cdeg = flexion_cdeg
        self.lateral_cdeg = lateral_cdeg
        self.spread = spread
        self.steps = steps
        self.slouched_s = slouched_s
        self.flags = flags
        self.lying_side = lying_side

    def _key(self) -> "tuple[object, ...]":
        return (
            tuple(self.seconds),
            tuple(self.bands),
            self.flexion_cdeg,
            self.lateral_cdeg,
            self.spread,
            self.steps,
            self.slouched_s,
            self.flags,
            self.lying_side,
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Minute) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        return "Minute{}".format(self._key())


def _pack_counts(counts: "list[int]", places: int, out: bytearray) -> int:
    """Append the non-zero counts to `out`; the mask of their places."""
    if len(counts) != places:
        raise RangeError("{} counts where {} belong".format(len(counts), places))
    mask = 0
    total = 0
    for place in range(places):
        count = counts[place]
        if count:
            mask |= 1 << place
            out.append(check(count, 1, MAX_SECONDS))
            total += count
    check(total, 0, MAX_SECONDS)
    return mask


def pack_minute(minute: Minute) -> bytes:
    """The payload of a minute record; RangeError where a field does not fit."""
    seconds = bytearray()
    bands = bytearray()
    activity_mask = _pack_counts(minute.seconds, ACTIVITIES, seconds)
    band_mask = _pack_counts(minute.bands, BANDS, bands)
    writer = Writer().u16(activity_mask).raw(bytes(seconds)).u8(band_mask).raw(bytes(bands))
    writer.i16(minute.flexion_cdeg).i16(minute.lateral_cdeg)
    writer.u8(minute.spread).u8(minute.steps)
    writer.u8(check(minute.slouched_s, 0, MAX_SECONDS)).u8(minute.flags)
    if minute.seconds[codes.LYING]:
        writer.u8(minute.lying_side)
    return writer.to_bytes()


def _ones(mask: int) -> int:
    count = 0
    while mask:
        count += mask & 1
        mask >>= 1
    return count


def _unpack_counts(data: bytes, at: int, mask: int, places: int) -> "list[int]":
    """Counts by place from the bytes at `at`; those of places not known here are left out."""
    counts = [0] * places
    total = 0
    place = 0
    while mask:
        if mask & 1:
            total += data[at]
            if place < places:
                counts[place] = data[at]
            at += 1
        mask >>= 1
        place += 1
    if total > MAX_SECONDS:
        raise WireError("a minute of {} seconds".format(total))
    return counts


def _i16(data: bytes, at: int) -> int:
    value = data[at] | data[at + 1] << 8
    return value - 65536 if value > 32767 else value


def unpack_minute(payload: bytes) -> Minute:
    """The minute in `payload`; bytes behind it are ignored. WireError where it is none.

    Indexes the bytes itself: a host that takes in a year of minutes spends its time here.
    """
    data = bytes(payload)
    if len(data) < 3:
        raise WireError("a minute of {} bytes".format(len(data)))
    mask = data[0] | data[1] << 8
    lying = mask >> codes.LYING & 1
    bands_at = 2 + _ones(mask)
    at = bands_at + 1 + (_ones(data[bands_at]) if bands_at < len(data) else 0)
    if len(data) < at + 8 + lying:
        raise WireError("a minute that is cut short")
    return Minute(
        _unpack_counts(data, 2, mask, ACTIVITIES),
        _unpack_counts(data, bands_at + 1, data[bands_at], BANDS),
        _i16(data, at),
        _i16(data, at + 2),
        data[at + 4],
        data[at + 5],
        data[at + 6],
        data[at + 7],
        data[at + 8] if lying else codes.NO_SIDE,
    )


class Event:
    """Something that happened: `code` (EVENT_* of `codes`, or one not known yet) and raw `args`."""

    __slots__ = ("args", "code")

    def __init__(self, code: int, args: bytes = b"") -> None:
        self.code = code
        self.args = args

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Event) and (self.code, self.args) == (other.code, other.args)

    def __hash__(self) -> int:
        return hash((self.code, self.args))

    def __repr__(self) -> str:
        return "Event({}, {!r})".format(self.code, self.args)


def pack_event(event: Event) -> bytes:
    """The payload of an event record: its code in one byte, then its arguments as they are."""
    if len(event.args) > MAX_EVENT_ARGS:
        raise RangeError("an event with {} bytes of arguments".format(len(event.args)))
    return Writer().u8(event.code).raw(event.args).to_bytes()


def unpack_event(payload: bytes) -> Event:
    """The event in `payload`; an unknown code is kept. WireError where there is none."""
    reader = Reader(payload)
    return Event(reader.u8(), reader.rest())

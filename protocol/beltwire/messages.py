"""Every message of the wire: its number and its fields in order.

A host's request has a type from 0x01 to 0x7E; the belt's answer to it is the same number with
the top bit set, and carries the request's tag. 0xFF is ERROR. Fields a later version appends
are ignored by `unpack`.

What only the belt's owner may ask besides the log is in `owner`; all of it is offered here.
"""

from beltwire.decoder import Frame
from beltwire.fields import Reader
from beltwire.message import ANSWER as ANSWER
from beltwire.message import Message as Message
from beltwire.message import read_field
from beltwire.owner import *  # noqa: F403 - offered here with the others
from beltwire.owner import OWNERS

VERSION_MIN = 1
VERSION_MAX = 1

HELLO = 0x01
LIST = 0x02
FETCH = 0x03
GRANT = 0x04
ACK = 0x05
TIME = 0x06
SETTINGS_GET = 0x07
SETTINGS_SET = 0x08
LIVE = 0x09
CALIBRATE = 0x0A
SELFTEST = 0x0B
WIPE = 0x0C
PAGE = 0x83
FETCH_END = 0x84
LIVE_SAMPLE = 0x8D
LIVE_REPETITION = 0x8E
ERROR = 0xFF

# WIPE's payload begins with this, so that no other request can be mistaken for it.
WIPE_KEY = 0x45504957


class Hello(Message):
    """Host: the range of protocol versions it speaks. Ends a running FETCH and LIVE."""

    TYPE = HELLO
    LAYOUT = (("min_version", "u8"), ("max_version", "u8"))
    min_version: int
    max_version: int


class HelloReply(Message):
    """Belt: the version both will speak, and who the belt is."""

    TYPE = HELLO | ANSWER
    LAYOUT = (
        ("version", "u8"),
        ("belt_id", "b8"),
        ("firmware", "b3"),
        ("flags", "u8"),
        ("boot", "u16"),
        ("mono_ms", "u48"),
        ("battery_mv", "u16"),
        ("max_page", "u16"),
        ("board", "str8"),
        ("name", "str8"),
    )
    version: int
    belt_id: bytes
    firmware: bytes
    flags: int
    boot: int
    mono_ms: int
    battery_mv: int
    max_page: int
    board: str
    name: str


class List(Message):
    """Host: what is in the log?"""

    TYPE = LIST


class ListReply(Message):
    """Belt: the log's first and next sequence number, and how full it is."""

    TYPE = LIST | ANSWER
    LAYOUT = (
        ("oldest_seq", "u32"),
        ("next_seq", "u32"),
        ("acked_seq", "u32"),
        ("pages", "u32"),
        ("capacity_pages", "u32"),
        ("overwritten", "u32"),
    )
    oldest_seq: int
    next_seq: int
    acked_seq: int
    pages: int
    capacity_pages: int
    overwritten: int


class Fetch(Message):
    """Host: send all pages from `from_seq` on, `credit` of them before the first GRANT."""

    TYPE = FETCH
    LAYOUT = (("from_seq", "u32"), ("credit", "u8"))
    from_seq: int
    credit: int


class PageMessage(Message):
    """Belt: one page. `follows` is the sequence number the belt was looking for."""

    TYPE = PAGE
    LAYOUT = (("follows", "u32"), ("page", "rest"))
    follows: int
    page: bytes


class Grant(Message):
    """Host: in this fetch the belt may send `allowed` pages in all. Not answered."""

    TYPE = GRANT
    LAYOUT = (("allowed", "u32"),)
    allowed: int


class FetchEnd(Message):
    """Belt: no page holds `follows` or anything behind it; the log will go on at `next_seq`."""

    TYPE = FETCH_END
    LAYOUT = (("follows", "u32"), ("next_seq", "u32"))
    follows: int
    next_seq: int


class Ack(Message):
    """Host: everything up to and including `through_seq` is safe with me."""

    TYPE = ACK
    LAYOUT = (("through_seq", "u32"),)
    through_seq: int


class AckReply(Message):
    """Belt: the highest sequence number ever acknowledged."""

    TYPE = ACK | ANSWER
    LAYOUT = (("acked_seq", "u32"),)
    acked_seq: int


class Time(Message):
    """Host: UTC in ms since 1970 without leap seconds, and local time's offset in minutes."""

    TYPE = TIME
    LAYOUT = (("utc_ms", "u48"), ("utc_offset_min", "i16"))
    utc_ms: int
    utc_offset_min: int


class TimeReply(Message):
    """Belt: boot number and ms of its clock when TIME came; logged = 1 if an event was written."""

    TYPE = TIME | ANSWER
    LAYOUT = (("boot", "u16"), ("mono_ms", "u48"), ("logged", "u8"))
    boot: int
    mono_ms: int
    logged: int


class SettingsGet(Message):
    """Host: which settings are in force?"""

    TYPE = SETTINGS_GET


class SettingsReply(Message):
    """Belt: every setting as (id, value)."""

    TYPE = SETTINGS_GET | ANSWER
    LAYOUT = (("pairs", "pairs"),)
    pairs: "list[tuple[int, int]]"


class SettingsSet(Message):
    """Host: change these settings, all or none."""

    TYPE = SETTINGS_SET
    LAYOUT = (("pairs", "pairs"),)
    pairs: "list[tuple[int, int]]"


class SettingsSetReply(Message):
    """Belt: what is stored now, for the ids it was sent and knows."""

    TYPE = SETTINGS_SET | ANSWER
    LAYOUT = (("pairs", "pairs"),)
    pairs: "list[tuple[int, int]]"


class Live(Message):
    """Host: send `rate` live samples a second; 0 ends it."""

    TYPE = LIVE
    LAYOUT = (("rate", "u8"),)
    rate: int


class LiveReply(Message):
    """Belt: the rate it will keep to, 0 when ended."""

    TYPE = LIVE | ANSWER
    LAYOUT = (("rate", "u8"),)
    rate: int


class LiveSample(Message):
    """Belt: one live sample; angles in centidegrees against the calibrated upright."""

    TYPE = LIVE_SAMPLE
    LAYOUT = (
        ("mono_ms", "u48"),
        ("flexion_cdeg", "i16"),
        ("lateral_cdeg", "i16"),
        ("activity", "u8"),
        ("confidence", "u8"),
        ("band", "u8"),
        ("flags", "u8"),
    )
    mono_ms: int
    flexion_cdeg: int
    lateral_cdeg: int
    activity: int
    confidence: int
    band: int
    flags: int


class LiveRepetition(Message):
    """Belt: the wearer has just completed one; `number` counts those of its kind in this boot."""

    TYPE = LIVE_REPETITION
    LAYOUT = (
        ("mono_ms", "u48"),
        ("kind", "u8"),
        ("number", "u16"),
        ("range_cdeg", "u16"),
        ("duration_ms", "u16"),
    )
    mono_ms: int
    kind: int
    number: int
    range_cdeg: int
    duration_ms: int


class Calibrate(Message):
    """Host: start a step of the calibration, cancel it, or ask how it stands."""

    TYPE = CALIBRATE
    LAYOUT = (("step", "u8"),)
    step: int


class CalibrateReply(Message):
    """Belt: status, quality (while collecting: progress) in percent, the reason of a failure."""

    TYPE = CALIBRATE | ANSWER
    LAYOUT = (("status", "u8"), ("quality", "u8"), ("reason", "u8"))
    status: int
    quality: int
    reason: int


class Selftest(Message):
    """Host: test yourself."""

    TYPE = SELFTEST


class SelftestReply(Message):
    """Belt: TEST_* bits of what was tested and of what failed."""

    TYPE = SELFTEST | ANSWER
    LAYOUT = (("tested", "u16"), ("failed", "u16"))
    tested: int
    failed: int


class Wipe(Message):
    """Host: erase the parts named by WIPE_* bits; `key` is WIPE_KEY."""

    TYPE = WIPE
    LAYOUT = (("key", "u32"), ("what", "u8"))
    key: int
    what: int


class WipeReply(Message):
    """Belt: what has been erased."""

    TYPE = WIPE | ANSWER
    LAYOUT = (("what", "u8"),)
    what: int


class RemoteError(Message):
    """Belt: the request was refused. `code` is a REFUSAL_*; see the specification for `detail`."""

    TYPE = ERROR
    LAYOUT = (("code", "u8"), ("detail", "u16"), ("text", "str8"))
    code: int
    detail: int
    text: str


ALL = (
    Hello,
    HelloReply,
    List,
    ListReply,
    Fetch,
    PageMessage,
    Grant,
    FetchEnd,
    Ack,
    AckReply,
    Time,
    TimeReply,
    SettingsGet,
    SettingsReply,
    SettingsSet,
    SettingsSetReply,
    Live,
    LiveReply,
    LiveSample,
    LiveRepetition,
    Calibrate,
    CalibrateReply,
    Selftest,
    SelftestReply,
    Wipe,
    WipeReply,
    RemoteError,
) + OWNERS
BY_TYPE = {message.TYPE: message for message in ALL}


def unpack(frame: Frame) -> "Message | None":
    """The message in `frame`, or None for a type not known; WireError where it is malformed."""
    message = BY_TYPE.get(frame.type)
    if message is None:
        return None
    reader = Reader(frame.payload)
    fields = {name: read_field(reader, kind) for name, kind in message.LAYOUT}
    return message(**fields)


def agree(host_min: int, host_max: int, belt_min: int, belt_max: int) -> int:
    """The highest version both ends speak, or 0 where the ranges do not meet."""
    version = min(host_max, belt_max)
    return version if version >= max(host_min, belt_min) else 0

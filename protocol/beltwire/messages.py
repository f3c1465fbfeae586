"""Every message of the wire: its number and its fields in order.

A host's request has a type from 0x01 to 0x7E; the belt's answer to it is the same number with
the top bit set, and carries the request's tag. 0xFF is ERROR. Fields a later version appends
are ignored by `unpack`.

Kinds of fields: u8 u16 u32 u48 i16 i32 str8 as in `fields`; b3, b8 ...: so many bytes; rest:
all bytes to the end; pairs: (id u8, value i32) to the end.
"""

from beltwire.decoder import Frame, encode_frame
from beltwire.fields import Reader, Writer

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
PAIR = 0x10
CHALLENGE = 0x11
PROVE = 0x12
DEVELOPER = 0x13
UPDATE_BEGIN = 0x20
UPDATE_DATA = 0x21
UPDATE_END = 0x22
UPDATE_STATE = 0x23
CORE_BEGIN = 0x30
CORE_STEP = 0x31
CORE_END = 0x32
ANSWER = 0x80
PAGE = 0x83
FETCH_END = 0x84
LIVE_SAMPLE = 0x8D
LIVE_REPETITION = 0x8E
ERROR = 0xFF

# WIPE's payload begins with this, so that no other request can be mistaken for it.
WIPE_KEY = 0x45504957


class Message:
    """A message with named fields: construct by keyword, `pack`, `unpack`, compare."""

    TYPE = 0
    LAYOUT: "tuple[tuple[str, str], ...]" = ()

    def __init__(self, **fields: object) -> None:
        names = [name for name, _ in self.LAYOUT]
        if len(fields) != len(names):
            raise TypeError("{} takes {}".format(type(self).__name__, ", ".join(names)))
        for name in names:
            setattr(self, name, fields[name])

    def pack(self) -> bytes:
        """The payload; RangeError where a field does not fit."""
        writer = Writer()
        for name, kind in self.LAYOUT:
            value = getattr(self, name)
            if kind == "pairs":
                for number, setting in value:
                    writer.u8(number).i32(setting)
            elif kind == "rest":
                writer.raw(value)
            elif kind[0] == "b":
                writer.raw(value, int(kind[1:]))
            else:
                getattr(writer, kind)(value)
        return writer.to_bytes()

    def frame(self, tag: int) -> bytes:
        """The whole frame, delimiters included."""
        return encode_frame(self.TYPE, tag, self.pack())

    def _key(self) -> "tuple[object, ...]":
        return tuple([getattr(self, name) for name, _ in self.LAYOUT])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Message) and type(self) is type(other) and self._same(other)

    def _same(self, other: "Message") -> bool:
        return self._key() == other._key()

    def __hash__(self) -> int:
        return hash((self.TYPE, repr(self._key())))

    def __repr__(self) -> str:
        return "{}{}".format(type(self).__name__, self._key())


def _pairs(reader: Reader) -> "list[tuple[int, int]]":
    found: "list[tuple[int, int]]" = []
    while reader.left:
        number = reader.u8()
        found.append((number, reader.i32()))
    return found


def _field(reader: Reader, kind: str) -> object:
    if kind == "pairs":
        return _pairs(reader)
    if kind == "rest":
        return reader.rest()
    if kind[0] == "b":
        return reader.raw(int(kind[1:]))
    return getattr(reader, kind)()


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
    """Belt: status, quality in percent, and the reason of a failure."""

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


class Pair(Message):
    """Host: keep this key, if whoever has the belt agrees by pressing its button."""

    TYPE = PAIR
    LAYOUT = (("key", "b32"),)
    key: bytes


class PairReply(Message):
    """Belt: PAIRED, or PRESS_BUTTON while it waits for that."""

    TYPE = PAIR | ANSWER
    LAYOUT = (("status", "u8"),)
    status: int


class Challenge(Message):
    """Host: prove that you have the key; my random bytes."""

    TYPE = CHALLENGE
    LAYOUT = (("nonce", "b16"),)
    nonce: bytes


class ChallengeReply(Message):
    """Belt: its random bytes and its proof."""

    TYPE = CHALLENGE | ANSWER
    LAYOUT = (("nonce", "b16"), ("proof", "b32"))
    nonce: bytes
    proof: bytes


class Prove(Message):
    """Host: its own proof."""

    TYPE = PROVE
    LAYOUT = (("proof", "b32"),)
    proof: bytes


class ProveReply(Message):
    """Belt: the proof is right; from now on everything may be asked."""

    TYPE = PROVE | ANSWER


class Developer(Message):
    """Host: close (0) or open (1) the belt to developers, or open it and leave for the REPL (2)."""

    TYPE = DEVELOPER
    LAYOUT = (("mode", "u8"),)
    mode: int


class DeveloperReply(Message):
    """Belt: what it will do."""

    TYPE = DEVELOPER | ANSWER
    LAYOUT = (("mode", "u8"),)
    mode: int


class UpdateBegin(Message):
    """Host: a bundle of `total` bytes will come, of this version and for this board."""

    TYPE = UPDATE_BEGIN
    LAYOUT = (("version", "b3"), ("total", "u32"), ("board", "str8"))
    version: bytes
    total: int
    board: str


class UpdateBeginReply(Message):
    """Belt: there is room; a piece may have so many bytes."""

    TYPE = UPDATE_BEGIN | ANSWER
    LAYOUT = (("piece", "u16"),)
    piece: int


class UpdateData(Message):
    """Host: a piece of the bundle, from byte `offset` on."""

    TYPE = UPDATE_DATA
    LAYOUT = (("offset", "u32"), ("data", "rest"))
    offset: int
    data: bytes


class UpdateDataReply(Message):
    """Belt: the byte that is awaited next."""

    TYPE = UPDATE_DATA | ANSWER
    LAYOUT = (("awaited", "u32"),)
    awaited: int


class UpdateEnd(Message):
    """Host: that was all; check it, restart and try it."""

    TYPE = UPDATE_END


class UpdateEndReply(Message):
    """Belt: everything is as the manifest says; restarting."""

    TYPE = UPDATE_END | ANSWER


class UpdateState(Message):
    """Host: which version runs, and what became of the latest update?"""

    TYPE = UPDATE_STATE


class UpdateStateReply(Message):
    """Belt: whether this version is on trial, and what became of the latest update before it."""

    TYPE = UPDATE_STATE | ANSWER
    LAYOUT = (("on_trial", "u8"), ("last", "u8"))
    on_trial: int
    last: int


class CoreBegin(Message):
    """Host: make a core beside the belt's own, for a recording that I will send.

    `mount`: 1 if `rows` (nine i16, Q14) say how the sensor sits, else 0.
    """

    TYPE = CORE_BEGIN
    LAYOUT = (("mount", "u8"), ("rows", "b18"), ("samples", "u8"), ("pairs", "pairs"))
    mount: int
    rows: bytes
    samples: int
    pairs: "list[tuple[int, int]]"


class CoreBeginReply(Message):
    """Belt: the core is there."""

    TYPE = CORE_BEGIN | ANSWER


class CoreStep(Message):
    """Host: the next step, numbered from 0; what it is and its data say `beltcore.rehearsal`."""

    TYPE = CORE_STEP
    LAYOUT = (("number", "u32"), ("what", "u8"), ("data", "rest"))
    number: int
    what: int
    data: bytes


class CoreStepReply(Message):
    """Belt: the step's status and rows."""

    TYPE = CORE_STEP | ANSWER
    LAYOUT = (("number", "u32"), ("status", "u8"), ("rows", "rest"))
    number: int
    status: int
    rows: bytes


class CoreEnd(Message):
    """Host: that was all."""

    TYPE = CORE_END


class CoreEndReply(Message):
    """Belt: the core is gone."""

    TYPE = CORE_END | ANSWER


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
    Pair,
    PairReply,
    Challenge,
    ChallengeReply,
    Prove,
    ProveReply,
    Developer,
    DeveloperReply,
    UpdateBegin,
    UpdateBeginReply,
    UpdateData,
    UpdateDataReply,
    UpdateEnd,
    UpdateEndReply,
    UpdateState,
    UpdateStateReply,
    CoreBegin,
    CoreBeginReply,
    CoreStep,
    CoreStepReply,
    CoreEnd,
    CoreEndReply,
    RemoteError,
)
BY_TYPE = {message.TYPE: message for message in ALL}


def unpack(frame: Frame) -> "Message | None":
    """The message in `frame`, or None for a type not known; WireError where it is malformed."""
    message = BY_TYPE.get(frame.type)
    if message is None:
        return None
    reader = Reader(frame.payload)
    fields = {name: _field(reader, kind) for name, kind in message.LAYOUT}
    return message(**fields)


def agree(host_min: int, host_max: int, belt_min: int, belt_max: int) -> int:
    """The highest version both ends speak, or 0 where the ranges do not meet."""
    version = min(host_max, belt_max)
    return version if version >= max(host_min, belt_min) else 0

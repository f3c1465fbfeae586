"""Messages of pairing, developer mode, updates and a recording in the belt's own core."""

from beltwire.message import ANSWER, Message

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


OWNERS = (
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
)

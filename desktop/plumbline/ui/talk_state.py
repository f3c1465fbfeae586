"""How far the talk with the belt is. Knows no Qt."""

from dataclasses import dataclass
from enum import Enum

from beltwire.messages import HelloReply


class TalkPhase(Enum):
    """How far the talk is."""

    NO_BELT = "no belt"
    UNPAIRED = "unpaired"
    CONNECTING = "connecting"
    OPEN = "open"
    SYNCING = "syncing"
    FAILED = "failed"


@dataclass(frozen=True)
class TalkState:
    """The talk as it stands; `rate` is what the belt promised, `error` a whole sentence.

    `goes_on`: by itself, once the user has done what the sentence says.
    """

    phase: TalkPhase = TalkPhase.NO_BELT
    hello: HelloReply | None = None
    rate: int = 0
    error: str = ""
    goes_on: bool = False

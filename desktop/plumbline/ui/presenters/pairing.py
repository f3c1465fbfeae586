"""Pairing a new belt, in words. Knows no Qt."""

from dataclasses import dataclass
from enum import Enum

from plumbline.i18n import _, ngettext
from plumbline.link.belt import BUTTON_S
from plumbline.ui.presenters.status import Phase, SyncState

BEFORE = SyncState(Phase.UNPAIRED)


class PairStage(Enum):
    """What the dialogue waits for."""

    CONNECTING = "connecting"
    WAITING = "waiting"
    PAIRED = "paired"
    FAILED = "failed"


@dataclass(frozen=True)
class Pairing:
    """How far it is: `left_s` until nobody waits for the button any more, `error` a sentence,
    `sync` what follows once it is paired."""

    stage: PairStage = PairStage.CONNECTING
    left_s: int = round(BUTTON_S)
    virtual: bool = False
    error: str = ""
    sync: SyncState = BEFORE


@dataclass(frozen=True)
class PairingView:
    """The dialogue; `percent` of the waiting time that is left, None without a bar."""

    text: str
    said: str
    percent: int | None
    main: str
    can_cancel: bool


def present_pairing(pairing: Pairing) -> PairingView:
    """Texts and buttons for how far it is."""
    if pairing.stage is PairStage.PAIRED:
        text = _("Paired: the belt answers to this account alone.")
        return PairingView(text, _days(pairing.sync), None, _("Close"), False)
    if pairing.stage is PairStage.FAILED:
        return PairingView(_task(pairing), pairing.error, None, _("Try again"), True)
    left = ngettext("{n} second left", "{n} seconds left", pairing.left_s).format(n=pairing.left_s)
    waiting = pairing.stage is PairStage.WAITING
    percent = round(100 * pairing.left_s / BUTTON_S) if waiting else 100
    said = left if waiting else _("Connecting to the belt …")
    return PairingView(_task(pairing), said, percent, "", True)


def _days(sync: SyncState) -> str:
    """Where the days of a belt are that is paired."""
    if sync.phase is Phase.CONNECTED:
        return _("Its days are here.")
    if sync.phase is Phase.SEARCHING:
        return _("It is not connected any more: its days come as soon as it is connected again.")
    if sync.phase is Phase.FAILED:
        left = _("Its days are not all here yet.")
        return f"{sync.error} {left}"
    return _("Its days are being fetched.")


def _task(pairing: Pairing) -> str:
    text = _(
        "Press the belt's button until it buzzes. From then on the belt answers to this account "
        "alone, and to nobody else."
    )
    if pairing.virtual:
        text += " " + _("This belt is a virtual one: press Enter in the terminal in which it runs.")
    return text

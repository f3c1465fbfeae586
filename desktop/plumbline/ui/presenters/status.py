"""What the status bar says of belt and sync, and when a sync is due."""

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import Enum
from math import inf

from plumbline.analysis.wording import number
from plumbline.i18n import _, ngettext
from plumbline.ui.presenters.belts import shown_name

RESYNC_S = 300.0
"""A belt that stays connected is fetched from again after this long."""
RETRY_S = 30.0
"""After a failure the next try waits this long, unless the belt is connected anew."""


class Phase(Enum):
    """What the link is doing."""

    SEARCHING = "searching"
    SYNCING = "syncing"
    CONNECTED = "connected"
    UNPAIRED = "unpaired"
    FAILED = "failed"


@dataclass(frozen=True)
class SyncState:
    """The link as it stands; `error` is a whole sentence, `done` of `total` records.

    `stopped`: by the user, who may go on.
    """

    phase: Phase = Phase.SEARCHING
    belt: str = ""
    done: int = 0
    total: int = 0
    new_minutes: int | None = None
    error: str = ""
    stopped: bool = False


@dataclass(frozen=True)
class StatusView:
    """The status bar; `percent` is None without a bar, -1 for a bar without a known end.

    `message` says what is wrong, `action` is the button beside it.
    """

    text: str
    percent: int | None
    can_cancel: bool
    message: str
    action: str = ""


def present_status(state: SyncState, *, demo: bool = False) -> StatusView:
    """Texts and progress of a state; a message only when something is wrong.

    `demo`: the belt is a virtual one that starts by itself.
    """
    belt = shown_name(state.belt) or _("belt")
    if state.phase is Phase.SYNCING:
        text = _("Fetching from {belt} …").format(belt=belt)
        return StatusView(text, _percent(state), True, "")
    if state.phase is Phase.UNPAIRED:
        message = _("This belt is new: pair it once with this account, by its button.")
        return StatusView(_("Not paired yet"), None, False, message, _("Pair the belt …"))
    if state.phase is Phase.FAILED:
        action = _("Go on") if state.stopped else _("Try again")
        return StatusView(_("Sync did not succeed"), None, False, state.error, action)
    if state.phase is Phase.CONNECTED:
        return StatusView(_connected(belt, state.new_minutes), None, False, "")
    if demo:
        return StatusView(_("Starting the virtual belt …"), _percent(state), False, "")
    return StatusView(_("Looking for a belt; connect it by USB"), None, False, "")


def present_empty(state: SyncState, *, demo: bool = False) -> tuple[str, str]:
    """Title and text of the page that stands for days that are not there yet."""
    if state.phase is Phase.FAILED:
        title = _("The virtual belt is not running") if demo else _("The days are not here yet")
        return title, ""  # what is wrong is said below
    if state.phase is Phase.UNPAIRED:
        return _("A new belt is here"), ""
    if demo:
        return _("Fetching the virtual belt's days"), _(
            "The virtual belt starts the real firmware and offers four weeks of workdays made "
            "from recorded motion. The first time this takes about a minute."
        )
    if state.phase is Phase.SYNCING:
        return _("Fetching the belt's days"), _("They appear here in a moment.")
    return _("Connect your belt"), _(
        "Plug the belt into a USB port of this computer. Plumbline finds it, fetches its days "
        "and shows them here; there is nothing to fill in."
    )


def _percent(state: SyncState) -> int:
    """-1 where the end is not known."""
    return min(100, 100 * state.done // state.total) if state.total else -1


def _connected(belt: str, new_minutes: int | None) -> str:
    if new_minutes is None:
        return _("{belt} connected").format(belt=belt)
    if new_minutes == 0:
        return _("{belt} connected; everything is here").format(belt=belt)
    text = ngettext(
        "{belt} connected; {n} new minute", "{belt} connected; {n} new minutes", new_minutes
    )
    return text.format(belt=belt, n=number(new_minutes))


@dataclass
class SyncPlan:
    """Decides which port to sync when. Times are seconds of a monotonic clock."""

    _due: dict[str, float] = field(default_factory=dict)
    _good: set[str] = field(default_factory=set)

    @property
    def connected(self) -> bool:
        """Whether a belt that was synced is still there."""
        return bool(self._good)

    def is_new(self, port: str) -> bool:
        """Whether the port was not synced since it appeared."""
        return port not in self._good

    def next_port(self, ports: Collection[str], now_s: float) -> str | None:
        """The first port that is due; ports that went away are forgotten."""
        self._due = {port: due for port, due in self._due.items() if port in ports}
        self._good.intersection_update(ports)
        return next((port for port in ports if self._due.get(port, now_s) <= now_s), None)

    def synced(self, port: str, now_s: float) -> None:
        """A sync ended well."""
        self._good.add(port)
        self._due[port] = now_s + RESYNC_S

    def failed(self, port: str, now_s: float) -> None:
        """A sync failed."""
        self._due[port] = now_s + RETRY_S

    def leave_alone(self, port: str) -> None:
        """The user stopped the sync, or it is no belt: not again until it is connected anew."""
        self._due[port] = inf

    def ask_now(self) -> None:
        """The user wants a sync at once."""
        self._due.clear()

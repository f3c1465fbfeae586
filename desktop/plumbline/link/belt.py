"""What can be asked of a belt besides its log: self-test, settings, wipe, the log as it stands.

Each function takes an open `Conversation` (after its `hello`), so the command line and the window
use the same ones; all of them raise LinkError, one sentence. Knows no Qt.
"""

import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from beltwire import codes, pairing, settings
from beltwire.host import PageReceived, PagesLost
from beltwire.messages import (
    FetchEnd,
    HelloReply,
    ListReply,
    PairReply,
    RemoteError,
    SelftestReply,
    SettingsReply,
    SettingsSetReply,
    WipeReply,
)
from beltwire.pages import Record

from plumbline.errors import LinkError, UserError
from plumbline.i18n import _
from plumbline.link import keys
from plumbline.link.conversation import Conversation, NoAnswer, refused
from plumbline.link.port import Port, PortVanished

SELFTEST_S = 12.0
BUTTON_S = 60.0
PAIR_AGAIN_S = 0.5
CREDIT = 16
STALL_S = 2.0
TRIES = 5
PARTS = {
    codes.TEST_SENSOR: "sensor",
    codes.TEST_HAPTIC: "haptic",
    codes.TEST_FLASH: "flash",
    codes.TEST_BATTERY: "battery",
    codes.TEST_BUTTON: "button",
    codes.TEST_MEMORY: "memory",
}
"""The parts a self-test names, in the order of their bits."""


class PairedAlready(LinkError):
    """The belt has a key, so it takes no other."""


class NotPressed(LinkError):
    """Nobody pressed the button in time, or the wait was ended."""


@dataclass(frozen=True)
class SelftestResult:
    """Names of the parts (`PARTS`) that were tested, and those of them that failed."""

    tested: tuple[str, ...]
    failed: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Something was tested, and nothing failed."""
        return bool(self.tested) and not self.failed


@contextmanager
def talking(port: str) -> Iterator[tuple[Conversation, HelloReply]]:
    """The open port, and the belt's greeting; LinkError where no belt answers."""
    with Port(port) as opened:
        talk = Conversation(opened)
        yield talk, talk.hello()


def pair(
    talk: Conversation,
    hello: HelloReply,
    waiting: Callable[[int], None],
    stopped: Callable[[], bool],
) -> None:
    """Give a belt that has no key one, with the consent of whoever presses its button.

    `talk` needs no more than `greet`. `waiting(seconds left)` is called while the button is
    awaited; `stopped` ends that. LinkError where the belt is paired already, or nobody pressed.
    """
    if hello.flags & codes.HELLO_PAIRED:
        raise PairedAlready(
            _("The belt is paired already; a factory reset by its button undoes that.")
        )
    key = secrets.token_bytes(pairing.KEY_BYTES)
    # first: the belt's answer may be lost, and then the belt has the key all the same
    keys.keep(hello.belt_id, key, in_file=bool(hello.flags & codes.HELLO_VIRTUAL))
    try:
        _await_button(talk, key, waiting, stopped)
    except (PortVanished, NoAnswer):
        raise
    except BaseException:
        keys.forget(hello.belt_id)
        raise


def _await_button(
    talk: Conversation, key: bytes, waiting: Callable[[int], None], stopped: Callable[[], bool]
) -> None:
    end = time.monotonic() + BUTTON_S
    while (left := end - time.monotonic()) > 0 and not stopped():
        waiting(round(left))
        reply = talk.ask(lambda: talk.session.pair(key), PairReply)
        if reply.status == codes.PAIRED:
            return
        time.sleep(PAIR_AGAIN_S)
    raise NotPressed(_("The belt's button was not pressed, so it was not paired: try again."))


def log_state(talk: Conversation) -> ListReply:
    """How full the belt's log is."""
    return talk.ask(talk.session.list, ListReply)


def selftest(talk: Conversation) -> SelftestResult:
    """Have the belt test itself: takes some seconds and makes the motor run."""
    reply = talk.ask(talk.session.selftest, SelftestReply, SELFTEST_S)
    return SelftestResult(_parts(reply.tested), _parts(reply.failed))


def _parts(bits: int) -> tuple[str, ...]:
    return tuple(name for bit, name in PARTS.items() if bits & bit)


def read_settings(talk: Conversation) -> dict[str, int]:
    """Every setting in force, by its name; `setting N` for one that is not known here."""
    return _by_name(talk.ask(talk.session.settings_get, SettingsReply).pairs)


def change_settings(talk: Conversation, wishes: Mapping[str, int]) -> dict[str, int]:
    """Change these settings, all or none; what the belt has stored of them."""
    pairs = [(setting_number(name), value) for name, value in wishes.items()]
    for number, value in pairs:
        problem = settings.problem(number, value)
        if problem:
            raise UserError(_("{problem}: nothing was changed.").format(problem=problem))
    reply = talk.ask(lambda: talk.session.settings_set(pairs), SettingsSetReply)
    return _by_name(reply.pairs)


def setting_number(name: str) -> int:
    """The number of the setting `name`; UserError where there is none."""
    for number, row in settings.TABLE.items():
        if row[0] == name:
            return number
    known = ", ".join(row[0] for row in settings.TABLE.values())
    raise UserError(
        _("There is no setting {name}: the settings are {known}.").format(name=name, known=known)
    )


def _by_name(pairs: list[tuple[int, int]]) -> dict[str, int]:
    return {
        settings.TABLE[number][0] if number in settings.TABLE else f"setting {number}": value
        for number, value in pairs
    }


def wipe(talk: Conversation, *, log: bool = True, settings_too: bool = False) -> None:
    """Erase the belt's log, or its settings and calibration, or all of them, for good."""
    what = (codes.WIPE_LOG if log else 0) | (codes.WIPE_SETTINGS if settings_too else 0)
    talk.ask(lambda: talk.session.wipe(what), WipeReply, SELFTEST_S)


def read_log(talk: Conversation, from_seq: int = 1) -> Iterator[Record]:
    """The belt's records from `from_seq` on, as they stand there; nothing is kept or acknowledged.

    Asks again for what is lost on the wire, and gives up after TRIES without anything new.
    """
    expected = max(1, from_seq)
    tries = 0
    while tries < TRIES:
        tries += 1
        talk.port.write(talk.session.fetch(expected, CREDIT))
        for event in _fetched(talk):
            if isinstance(event, FetchEnd):
                return
            yield from (record for record in event.page.records if record.seq >= expected)
            expected = event.page.next_seq
            tries = 0
    raise talk.no_answer()


def _fetched(talk: Conversation) -> Iterator[PageReceived | FetchEnd]:
    """The running fetch's pages and its end; over without an end where something was lost."""
    heard = time.monotonic()
    while time.monotonic() - heard < STALL_S:
        for event in talk.events():
            heard = time.monotonic()
            if isinstance(event, RemoteError):
                raise refused(event)
            if isinstance(event, PagesLost):
                return
            if isinstance(event, PageReceived):
                yield event
                if talk.session.fetching:
                    talk.port.write(talk.session.grant(1))
            if isinstance(event, FetchEnd):
                yield event

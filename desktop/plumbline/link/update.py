"""A new firmware onto a belt: checked here, sent, tried by the belt, kept or rolled back.

Knows no Qt. The belt restarts in the middle of it and its port may go away with it, so this takes
the port's name and opens it itself, as the sync does; nobody else may have it open meanwhile.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from beltwire import bundle, codes
from beltwire.errors import WireError
from beltwire.messages import (
    HelloReply,
    UpdateBeginReply,
    UpdateDataReply,
    UpdateEndReply,
    UpdateStateReply,
)

from plumbline.errors import LinkError, UserError
from plumbline.i18n import _
from plumbline.link import belt
from plumbline.link.conversation import Conversation, NoAnswer, Restarted
from plumbline.link.port import Port

CHECK_S = 12.0
RESTART_S = 30.0
SENDING, RESTARTING, TESTING = "sending", "restarting", "testing"
"""The stages that `progress` is told."""

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Bundle:
    """A bundle that is whole: its bytes, and what its manifest says."""

    data: bytes
    manifest: bundle.Manifest

    @property
    def version(self) -> str:
        """The firmware's version as people write it."""
        return version_text(self.manifest.version)


@dataclass(frozen=True)
class Updated:
    """What became of an update: the version that runs now, and whether it is the new one."""

    kept: bool
    version: str
    failed: tuple[str, ...]
    """Parts that did not pass the new version's self-test."""


def version_text(version: bytes) -> str:
    """A version as people write it."""
    return ".".join(str(part) for part in version)


def read_bundle(path: Path) -> Bundle:
    """The bundle in a file; UserError where it cannot be read or is not as it was made."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UserError(
            _("{file} cannot be read ({reason}): name a bundle that make firmware wrote.").format(
                file=path, reason=error.strerror
            )
        ) from error
    try:
        return Bundle(data, bundle.check_whole(data))
    except WireError as error:
        raise UserError(
            _("{file} is not a whole bundle ({reason}): get it anew.").format(
                file=path, reason=error
            )
        ) from error


def check_fits(hello: HelloReply, wanted: Bundle) -> None:
    """UserError where the bundle is for another board, or not newer than what runs."""
    if wanted.manifest.board != hello.board:
        raise UserError(
            _("The bundle is for a {other}, this belt is a {board}: take the one for it.").format(
                other=wanted.manifest.board, board=hello.board
            )
        )
    if wanted.manifest.version <= hello.firmware:
        raise UserError(
            _("The bundle holds version {old}, the belt runs {now}: only a newer one is taken.")
            .format(old=wanted.version, now=version_text(hello.firmware))
        )  # fmt: skip


def update(port: str, wanted: Bundle, progress: Progress, cancelled: Callable[[], bool]) -> Updated:
    """Send the bundle to the belt at `port`, see it start and test itself; LinkError, UserError.

    `cancelled` is heeded until everything has been sent; the belt then stays as it was.
    """
    with Port(port) as opened:
        talk = Conversation(opened)
        hello = talk.hello()
        check_fits(hello, wanted)
        _send(talk, wanted, progress, cancelled)
    progress(RESTARTING, 0, 1)
    return _verdict(port, hello, wanted, progress)


def _send(
    talk: Conversation, wanted: Bundle, progress: Progress, cancelled: Callable[[], bool]
) -> None:
    manifest, total = wanted.manifest, len(wanted.data)
    begin = talk.session.update_begin
    piece = talk.ask(
        lambda: begin(manifest.version, manifest.board, total), UpdateBeginReply, CHECK_S
    ).piece
    at = 0
    while at < total:
        if cancelled():
            raise LinkError(_("Stopped: the belt runs on as it was."))
        progress(SENDING, at, total)
        at = _send_piece(talk, at, wanted.data[at : at + piece])
    progress(SENDING, total, total)
    try:
        talk.ask(talk.session.update_end, UpdateEndReply, CHECK_S)
    except (Restarted, NoAnswer):
        return  # its answer was lost and it has restarted already: what came of it is asked next


def _send_piece(talk: Conversation, at: int, data: bytes) -> int:
    reply = talk.ask(lambda: talk.session.update_data(at, data), UpdateDataReply)
    return reply.awaited


def _verdict(port: str, before: HelloReply, wanted: Bundle, progress: Progress) -> Updated:
    """Meet the belt after its restart, have it test itself, ask what came of it."""
    end = time.monotonic() + RESTART_S
    failed: tuple[str, ...] = ()
    while True:
        try:
            with Port(port) as opened:
                talk = Conversation(opened)
                hello = talk.hello()
                if hello.belt_id != before.belt_id:
                    raise UserError(_("Another belt was plugged in during the update."))
                if hello.boot == before.boot:
                    raise NoAnswer(_("The belt has not restarted yet."))
                progress(TESTING, 0, 1)
                failed = belt.selftest(talk).failed or failed
                state = talk.ask(talk.session.update_state, UpdateStateReply)
                if state.on_trial:
                    raise NoAnswer(_("The new version is still on trial."))
        except LinkError as error:
            if time.monotonic() > end:
                raise LinkError(
                    _("The belt does not come back after the update: switch it off and on, it then "
                      "runs the version before. ({why})").format(why=error)
                ) from error  # fmt: skip
            time.sleep(0.2)
            continue
        kept = state.last == codes.UPDATE_KEPT
        runs_new = hello.firmware == wanted.manifest.version
        return Updated(kept and runs_new, version_text(hello.firmware), failed)

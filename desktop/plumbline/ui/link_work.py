"""What the window asks of the belt, on the link's thread. Knows no Qt."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Protocol

from plumbline.errors import LinkError
from plumbline.link import discovery, engine
from plumbline.link.conversation import Conversation
from plumbline.link.port import Port
from plumbline.ui import belt_talk
from plumbline.ui.belt_talk import Listener, Wish

TELL_S = 0.1
"""Progress is told this often at most."""


@dataclass(frozen=True)
class SyncOutcome:
    """What a port turned out to be, and what its sync brought."""

    is_belt: bool
    name: str = ""
    new_minutes: int = 0
    cancelled: bool = False
    notices: tuple[str, ...] = ()


class Link(Protocol):
    """The way to the belts."""

    def ports(self) -> list[str]:
        """Ports that may lead to a belt."""

    def sync(
        self,
        port: str,
        began: Callable[[str], None],
        progressed: Callable[[int, int], None],
        cancelled: Callable[[], bool],
    ) -> SyncOutcome:
        """Fetch what is new; UserError with the sentence to show."""

    def talk(
        self,
        port: str,
        wishes: "SimpleQueue[Wish]",
        listener: Listener,
        stopped: Callable[[], bool],
    ) -> None:
        """See `belt_talk.talk`; never while a sync has the port."""


class SerialLink:
    """Belts on this computer's serial ports, into the data folder."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._folder = folder
        self._clock = clock

    def ports(self) -> list[str]:
        """As discovery lists them, those that may be belts."""
        return [port.path for port in discovery.candidates() if port.is_belt_usb]

    def sync(
        self,
        port: str,
        began: Callable[[str], None],
        progressed: Callable[[int, int], None],
        cancelled: Callable[[], bool],
    ) -> SyncOutcome:
        """Say hello first: other devices carry the same USB bridges and are left alone."""
        name = self._belt_name(port)
        if name is None:
            return SyncOutcome(is_belt=False)
        began(name)
        last = -TELL_S

        def tell(progress: engine.Progress) -> None:
            nonlocal last
            now = self._clock()
            if now - last >= TELL_S:
                last = now
                progressed(progress.done, progress.total)

        result = engine.sync(port, self._folder, tell, cancelled)
        return SyncOutcome(
            is_belt=True,
            name=name,
            new_minutes=result.new_minutes,
            cancelled=result.cancelled,
            notices=tuple(result.notices),
        )

    def talk(
        self,
        port: str,
        wishes: "SimpleQueue[Wish]",
        listener: Listener,
        stopped: Callable[[], bool],
    ) -> None:
        """Over the serial port."""
        belt_talk.talk(port, wishes, listener, stopped)

    def _belt_name(self, port: str) -> str | None:
        """None where something answers, or nothing, that is no belt; UserError when not opened.

        A port the user has named is meant to be a belt: there the reason is told.
        """
        with Port(port) as opened:
            try:
                hello = Conversation(opened).greet()
            except LinkError:
                if os.environ.get(discovery.PORT_VARIABLE):
                    raise
                return None
        return hello.name or hello.belt_id.hex()

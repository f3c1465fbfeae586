"""A talk with the belt that stays open: live samples come, wishes are fulfilled in between.

Runs on a thread of its own and knows no Qt. The port is ours alone meanwhile, so a sync has to
wait for its end.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any

from beltwire.messages import HelloReply, LiveRepetition, LiveReply, LiveSample

from plumbline.errors import LinkError
from plumbline.link.conversation import Conversation, NoAnswer, Restarted
from plumbline.link.port import Port, PortVanished

RATE = 25
"""Samples a second asked for; a belt that cannot sends fewer and says how many."""
SILENT_S = 4.0
"""A belt that promised samples and sends none for so long is gone."""


class LiveConversation(Conversation):
    """A conversation that hands out live samples whenever they come, in the midst of an answer."""

    def __init__(
        self,
        port: Port,
        sampled: Callable[[LiveSample, float], None],
        repeated: Callable[[LiveRepetition], None] = lambda _repetition: None,
    ) -> None:
        super().__init__(port)
        self._sampled, self._repeated = sampled, repeated
        self.heard_s = time.monotonic()

    def events(self) -> list[object]:
        """What has come; samples were told with the second of their coming."""
        events = super().events()
        for event in events:
            if isinstance(event, LiveSample):
                self.heard_s = time.monotonic()
                self._sampled(event, self.heard_s)
            elif isinstance(event, LiveRepetition):
                self._repeated(event)
        return events


@dataclass(frozen=True)
class Wish:
    """Something to ask the belt for; `done(answer)` or `failed(error)` is called on its thread."""

    work: Callable[[LiveConversation], Any]
    done: Callable[[Any], None]
    failed: Callable[[Exception], None]


@dataclass(frozen=True)
class Listener:
    """Who is told of a talk; called on the talk's thread."""

    met: Callable[[HelloReply, int], None]
    """The belt's greeting and how many samples a second it will send."""
    sampled: Callable[[LiveSample, float], None]
    """A sample and when it came, in seconds of a monotonic clock."""
    repeated: Callable[[LiveRepetition], None] = lambda _repetition: None
    """A chair rise or hip hinge that was just completed."""


def talk(
    port: str, wishes: "SimpleQueue[Wish]", listener: Listener, stopped: Callable[[], bool]
) -> None:
    """Talk with the belt at `port` until `stopped`; LinkError with the sentence to show."""
    with Port(port) as opened:
        conversation = LiveConversation(opened, listener.sampled, listener.repeated)
        hello = conversation.hello()
        rate = conversation.ask(lambda: conversation.session.live(RATE), LiveReply).rate
        listener.met(hello, rate)
        conversation.heard_s = time.monotonic()
        try:
            while not stopped():
                if _fulfil(conversation, wishes):
                    conversation.heard_s = time.monotonic()  # a self-test holds the samples up
                conversation.events()
                if rate and time.monotonic() - conversation.heard_s > SILENT_S:
                    raise conversation.no_answer()
        finally:
            with suppress(LinkError):  # where it is gone there is nothing to end
                opened.write(conversation.session.live(0))


def _fulfil(conversation: LiveConversation, wishes: "SimpleQueue[Wish]") -> bool:
    """Whether there was a wish."""
    try:
        wish = wishes.get_nowait()
    except Empty:
        return False
    try:
        answer = wish.work(conversation)
    except LinkError as error:
        wish.failed(error)
        if isinstance(error, (PortVanished, NoAnswer, Restarted)):
            raise
    else:
        wish.done(answer)
    return True

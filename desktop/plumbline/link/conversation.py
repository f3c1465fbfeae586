"""Asks the belt and waits for its answers: timeouts and repeats around `beltwire`'s session."""

import hmac
import secrets
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from beltwire import codes, pairing
from beltwire.host import HostSession, explain
from beltwire.messages import ChallengeReply, HelloReply, Message, ProveReply, RemoteError

from plumbline.errors import LinkError
from plumbline.i18n import _
from plumbline.link import keys
from plumbline.link.port import Port, in_use

# Times and repeats are those of SPEC.md, "Timeouts and retries". A belt answers within
# milliseconds; a board that restarts when its port is opened needs some two seconds.
ANSWER_S = 2.0
ATTEMPTS = 3
BUSY_S = 1.0
BUSY_ATTEMPTS = 30
HELLO_S = 0.5
HELLO_ATTEMPTS = 6

Answer = TypeVar("Answer", bound=Message)


class NoAnswer(LinkError):
    """The belt was asked several times and did not answer."""


class Restarted(LinkError):
    """The belt has restarted since the hello: say hello again."""


class Busy(LinkError):
    """The belt cannot do it at this moment."""


class NotOurs(LinkError):
    """The belt's key is not here, or the belt has another."""


class NotPaired(LinkError):
    """The belt has no key yet: pair it."""


class Conversation:
    """One talk over an open port. `session` is open after `hello`."""

    def __init__(self, port: Port) -> None:
        self.port = port
        self.session = HostSession()
        self.received = 0  # bytes

    def hello(self) -> HelloReply:
        """Greet the belt and prove to it that we have its key, where it has one.

        LinkError where what is there is not a belt, NotOurs where it is somebody else's. A belt
        that has no key yet is greeted only: it refuses whatever else it is asked.
        """
        reply = self.greet()
        if reply.flags & codes.HELLO_PAIRED:
            self._prove(reply.belt_id)
        return reply

    def greet(self) -> HelloReply:
        """Greet until the belt answers; LinkError where what is there is not a belt."""
        before = self.received
        for _attempt in range(HELLO_ATTEMPTS):
            self.port.write(self.session.hello())
            reply = self._await(HelloReply, HELLO_S)
            if reply is not None:
                return reply
        raise self._not_a_belt(self.received - before)

    def _prove(self, belt_id: bytes) -> None:
        key = keys.find(belt_id)
        if key is None:
            raise NotOurs(
                _(
                    "The belt is paired with another computer or account, and its key is not "
                    "here: hold its button for 10 seconds to erase it, then pair it anew."
                )
            )
        nonce = secrets.token_bytes(pairing.NONCE_BYTES)
        answer = self.ask(lambda: self.session.challenge(nonce), ChallengeReply)
        expected = pairing.proof(pairing.BELT_LABEL, key, belt_id, nonce, answer.nonce)
        if not hmac.compare_digest(expected, answer.proof):
            raise NotOurs(
                _(
                    "The belt does not have the key that this computer has for it: "
                    "it was erased and paired elsewhere, or it is another belt."
                )
            )
        ours = pairing.proof(pairing.HOST_LABEL, key, belt_id, nonce, answer.nonce)
        self.ask(lambda: self.session.prove(ours), ProveReply)

    def ask(
        self, request: Callable[[], bytes], answer: type[Answer], wait_s: float = ANSWER_S
    ) -> Answer:
        """Send the request until it is answered; LinkError when it is refused or never is.

        `wait_s`: how long the belt may take for one answer.
        """
        unanswered = busy = 0
        while unanswered < ATTEMPTS:
            self.port.write(request())
            try:
                reply = self._await(answer, wait_s)
            except Busy:
                busy += 1
                if busy >= BUSY_ATTEMPTS:
                    raise
                time.sleep(BUSY_S)
                continue
            if reply is not None:
                return reply
            unanswered += 1
        raise self.no_answer()

    def no_answer(self) -> NoAnswer:
        """The exception for a belt that has answered before and does not now."""
        return NoAnswer(
            _(
                "The belt on {port} stopped answering: check its cable and its battery, "
                "then try again."
            ).format(port=self.port.path)
        ).on(self.port.path)

    def events(self) -> list[object]:
        """What has come within a short moment."""
        data = self.port.read()
        self.received += len(data)
        return self.session.receive(data)

    def _await(self, answer: type[Answer], wait_s: float) -> Answer | None:
        for event in self._events_for(wait_s):
            if isinstance(event, answer):
                return event
            if isinstance(event, RemoteError):
                raise refused(event)
        return None

    def _events_for(self, wait_s: float) -> Iterator[object]:
        end = time.monotonic() + wait_s
        while time.monotonic() < end:
            yield from self.events()

    def _not_a_belt(self, received: int) -> LinkError:
        path = self.port.path
        if received:
            return LinkError(
                _(
                    "The device on {port} is not a Plumbline belt (it sends something else): "
                    "choose another port, plumbline ports lists them."
                ).format(port=path)
            )
        return in_use(path) or NoAnswer(
            _(
                "Nothing answers on {port}: switch the belt on, or choose another port, "
                "plumbline ports lists them."
            ).format(port=path)
        ).on(path)


def refused(error: RemoteError) -> LinkError:
    """The exception for a refusal."""
    if error.code == codes.REFUSAL_HELLO_FIRST:
        return Restarted(_("The belt has restarted: try again."))
    if error.code == codes.REFUSAL_NOT_PAIRED:
        return NotPaired(
            _("The belt is not paired with this computer: pair it with plumbline belt pair.")
        )
    if error.code == codes.REFUSAL_BUSY:
        return Busy(_("The belt is busy: try again in a minute."))
    return LinkError(explain(error))

"""A plain host for the tests: pyserial and the protocol; of the desktop only the belts' keys."""

from collections.abc import Iterator
from contextlib import contextmanager

import serial
from beltwire import codes, decoder, messages, pairing
from beltwire.pages import Record, parse_page
from plumbline.link import keys

PATIENCE_S = 30.0


class Host:
    """Asks a belt one thing at a time."""

    def __init__(self, line: serial.SerialBase) -> None:
        self._line = line
        self._decoder = decoder.FrameDecoder()
        self._waiting: list[decoder.Frame] = []
        self._tag = 0

    def send(self, request: messages.Message) -> None:
        """Send a request under a fresh tag."""
        self._tag = self._tag % 250 + 1
        self._line.write(request.frame(self._tag))

    def hear(self) -> messages.Message:
        """The next answer to the latest request."""
        while True:
            while self._waiting:
                frame = self._waiting.pop(0)
                message = messages.unpack(frame)
                if frame.tag == self._tag and message is not None:
                    return message
            data = self._line.read(self._line.in_waiting or 1)
            assert data, "the belt is silent"
            self._waiting += self._decoder.feed(data)

    def ask(self, request: messages.Message) -> messages.Message:
        """Send a request and wait for its answer."""
        self.send(request)
        return self.hear()

    def hello(self) -> messages.HelloReply:
        """Say hello."""
        reply = self.ask(messages.Hello(min_version=1, max_version=1))
        assert isinstance(reply, messages.HelloReply)
        if reply.flags & codes.HELLO_PAIRED:
            self._prove(reply.belt_id)
        return reply

    def _prove(self, belt_id: bytes) -> None:
        """Prove that we have the key; what the belt proves is looked at elsewhere."""
        key = keys.find(belt_id)
        assert key is not None
        answer = self.ask(messages.Challenge(nonce=bytes(16)))
        assert isinstance(answer, messages.ChallengeReply)
        proof = pairing.proof(pairing.HOST_LABEL, key, belt_id, bytes(16), answer.nonce)
        assert self.ask(messages.Prove(proof=proof)) == messages.ProveReply()

    def records(self) -> list[Record]:
        """Fetch the whole log."""
        self.send(messages.Fetch(from_seq=1, credit=255))
        found: list[Record] = []
        while not isinstance(message := self.hear(), messages.FetchEnd):
            assert isinstance(message, messages.PageMessage)
            found += parse_page(message.page).records
        return found


@contextmanager
def talking_to(port: str) -> Iterator[Host]:
    """A host on `port`."""
    with serial.serial_for_url(port, timeout=PATIENCE_S) as line:
        yield Host(line)

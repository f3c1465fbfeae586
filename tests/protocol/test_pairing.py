"""Pairing and proof: nothing but a hello without the key, everything with it."""

import pytest
from beltwire import codes, messages, pairing
from beltwire.belt import BeltSession
from beltwire.decoder import FrameDecoder
from beltwire.messages import Message, RemoteError

from tests.protocol.belts import BELT_ID, MemoryBelt, MemoryKeeper, build_pages

KEY = bytes(range(32))
OTHER = bytes(32)
NONCE = bytes(range(16))
HELLO = messages.Hello(min_version=1, max_version=1)

SANE = {
    "from_seq": 1,
    "credit": 1,
    "utc_ms": 1795344000000,
    "pairs": [(2, 60)],
    "what": 3,
    "key": messages.WIPE_KEY,
    "through_seq": 1,
}
FREE = (messages.Hello, messages.Pair, messages.Challenge, messages.Prove, messages.Grant)


def guarded_requests() -> list[Message]:
    """One of every request that needs the proof, with values a belt would take."""
    found: list[Message] = []
    for kind in messages.ALL:
        if not kind.TYPE & messages.ANSWER and kind not in FREE:
            blank = {"rest": b"", "str8": ""}
            blank |= {f"b{size}": bytes(size) for size in (3, 8, 16, 18, 32)}
            fields = {name: SANE.get(name, blank.get(field, 0)) for name, field in kind.LAYOUT}
            found.append(kind(**fields))
    return found


class Line:
    """A belt with a guard, and frames to and from it."""

    def __init__(self, key: bytes | None = KEY) -> None:
        self.keeper = MemoryKeeper(key)
        self.backend = MemoryBelt(build_pages(3))
        self.belt = BeltSession(self.backend, pairing.Guard(self.keeper))
        self.ask(HELLO)

    def ask(self, message: Message) -> Message:
        """The answer to one request, the first of a stream."""
        self.belt.receive(message.frame(1))
        data = self.belt.pull()
        assert data is not None
        answer = messages.unpack(FrameDecoder().feed(data)[0])
        assert answer is not None
        return answer

    def refusal(self, message: Message) -> int:
        """The code with which it is refused."""
        answer = self.ask(message)
        assert isinstance(answer, RemoteError), answer
        return answer.code

    def host_proof(self, key: bytes = KEY, nonce: bytes = NONCE) -> bytes:
        """Challenge the belt, check its proof, give the host's."""
        answer = self.ask(messages.Challenge(nonce=nonce))
        assert isinstance(answer, messages.ChallengeReply)
        told = pairing.proof(pairing.BELT_LABEL, KEY, BELT_ID, nonce, answer.nonce)
        assert answer.proof == told
        return pairing.proof(pairing.HOST_LABEL, key, BELT_ID, nonce, answer.nonce)

    def prove(self) -> None:
        """Give the proof, which must be taken."""
        assert self.ask(messages.Prove(proof=self.host_proof())) == messages.ProveReply()


@pytest.mark.parametrize("key", [None, KEY], ids=["unpaired", "paired"])
@pytest.mark.parametrize("request_", guarded_requests(), ids=lambda each: type(each).__name__)
def test_without_the_proof_there_is_nothing_but_hello(key: bytes | None, request_: Message) -> None:
    line = Line(key)
    assert line.refusal(request_) == codes.REFUSAL_NOT_PAIRED
    assert (line.backend.wiped, line.backend.reads, line.backend.live_rate) == (0, 0, 0)
    assert isinstance(line.ask(HELLO), messages.HelloReply)


def test_with_the_proof_there_is_everything() -> None:
    line = Line()
    line.prove()
    assert isinstance(line.ask(messages.List()), messages.ListReply)
    assert isinstance(line.ask(messages.Fetch(from_seq=1, credit=9)), messages.PageMessage)


def test_hello_and_reset_end_the_proof() -> None:
    for end in (lambda line: line.ask(HELLO), lambda line: line.belt.reset()):
        line = Line()
        line.prove()
        end(line)
        line.ask(HELLO)
        assert line.refusal(messages.List()) == codes.REFUSAL_NOT_PAIRED


def test_a_wrong_proof_is_denied_and_needs_a_new_challenge() -> None:
    line = Line()
    proof = line.host_proof()
    wrong = proof[:-1] + bytes([proof[-1] ^ 1])
    assert line.refusal(messages.Prove(proof=wrong)) == codes.REFUSAL_DENIED
    assert line.refusal(messages.Prove(proof=proof)) == codes.REFUSAL_DENIED
    assert line.refusal(messages.List()) == codes.REFUSAL_NOT_PAIRED
    line.prove()


def test_another_key_is_denied() -> None:
    line = Line()
    assert line.refusal(messages.Prove(proof=line.host_proof(OTHER))) == codes.REFUSAL_DENIED


def test_a_proof_without_a_challenge_is_denied() -> None:
    assert Line().refusal(messages.Prove(proof=bytes(32))) == codes.REFUSAL_DENIED


def test_no_proof_is_good_twice() -> None:
    line = Line()
    old = line.host_proof()
    line.ask(messages.Prove(proof=old))
    line.ask(HELLO)
    line.host_proof()
    assert line.refusal(messages.Prove(proof=old)) == codes.REFUSAL_DENIED


def test_the_belts_proof_is_not_the_hosts() -> None:
    """A host without the key that sends the belt's own proof back gets nothing."""
    line = Line()
    answer = line.ask(messages.Challenge(nonce=NONCE))
    assert isinstance(answer, messages.ChallengeReply)
    assert line.refusal(messages.Prove(proof=answer.proof)) == codes.REFUSAL_DENIED


def test_requests_may_be_repeated() -> None:
    line = Line()
    challenge = messages.Challenge(nonce=NONCE)
    assert line.ask(challenge) == line.ask(challenge)
    proof = messages.Prove(proof=line.host_proof())
    assert line.ask(proof) == line.ask(proof) == messages.ProveReply()
    assert line.ask(challenge) == line.ask(challenge)
    assert isinstance(line.ask(messages.List()), messages.ListReply)


def test_a_new_challenge_ends_the_proof() -> None:
    line = Line()
    line.prove()
    line.ask(messages.Challenge(nonce=bytes(16)))
    assert line.refusal(messages.List()) == codes.REFUSAL_NOT_PAIRED


def test_a_key_is_taken_while_the_button_is_down_and_never_again() -> None:
    line = Line(None)
    pair = messages.Pair(key=KEY)
    assert line.refusal(messages.Challenge(nonce=NONCE)) == codes.REFUSAL_NOT_PAIRED
    assert line.ask(pair) == messages.PairReply(status=codes.PRESS_BUTTON)
    assert line.keeper.kept is None
    line.keeper.button = True
    assert line.ask(pair) == messages.PairReply(status=codes.PAIRED)
    assert line.keeper.kept == KEY
    line.keeper.button = False
    assert line.ask(pair) == messages.PairReply(status=codes.PAIRED)
    line.keeper.button = True
    assert line.refusal(messages.Pair(key=OTHER)) == codes.REFUSAL_DENIED
    assert line.keeper.kept == KEY
    line.prove()


def test_pairing_is_no_proof() -> None:
    line = Line(None)
    line.keeper.button = True
    line.ask(messages.Pair(key=KEY))
    assert line.refusal(messages.List()) == codes.REFUSAL_NOT_PAIRED


def test_a_key_that_cannot_be_kept_leaves_the_belt_unpaired() -> None:
    line = Line(None)
    line.keeper.button = True
    line.keeper.failure = OSError(28, "no space")
    assert line.refusal(messages.Pair(key=KEY)) == codes.REFUSAL_FAILED
    assert line.keeper.kept is None


def test_every_byte_counts_in_the_comparison() -> None:
    for at in range(32):
        changed = bytearray(KEY)
        changed[at] ^= 0x80
        assert not pairing.same(KEY, bytes(changed))
    assert pairing.same(KEY, bytes(KEY))
    assert not pairing.same(KEY, KEY + b"\0")

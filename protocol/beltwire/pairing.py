"""Who may ask for more than a hello: a key that belt and host share, proved by both.

    host                                   belt
     |  CHALLENGE, 16 random bytes    --->  |
     |  <---  16 random bytes, its proof    |  so the host knows that this belt has the key
     |  PROVE, the host's proof       --->  |  so the belt knows that this host has it
     |  <---  PROVE answer                  |

A proof is HMAC-SHA256 (RFC 2104) under the key over a label, the belt's id, the host's random
bytes and the belt's. The labels differ, so that neither proof can be sent back as the other; the
random bytes differ each time, so that no proof is good twice. The key itself is on the line only
once: when the two are paired.
"""

import hashlib

from beltwire import codes
from beltwire.errors import Refused

KEY_BYTES = 32
NONCE_BYTES = 16
BELT_LABEL = b"plumbline belt"
HOST_LABEL = b"plumbline host"
BLOCK_BYTES = 64


def hmac_sha256(key: bytes, message: bytes) -> bytes:
    """HMAC-SHA256, 32 bytes; MicroPython has no `hmac` of its own."""
    if len(key) > BLOCK_BYTES:
        key = hashlib.sha256(key).digest()
    key = key + bytes(BLOCK_BYTES - len(key))
    inner = hashlib.sha256(bytes([byte ^ 0x36 for byte in key]) + message).digest()
    found: bytes = hashlib.sha256(bytes([byte ^ 0x5C for byte in key]) + inner).digest()
    return found


def same(one: bytes, other: bytes) -> bool:
    """Whether the two are equal, in a time that does not tell where they differ."""
    difference = len(one) ^ len(other)
    for left, right in zip(one, other):
        difference |= left ^ right
    return difference == 0


def proof(label: bytes, key: bytes, belt_id: bytes, host_nonce: bytes, belt_nonce: bytes) -> bytes:
    """The proof of the side named by `label`: BELT_LABEL or HOST_LABEL."""
    return hmac_sha256(key, label + belt_id + host_nonce + belt_nonce)


class Keeper:
    """What a guard asks of the belt. Subclass it."""

    def belt_id(self) -> bytes:
        """The eight bytes of HELLO."""
        raise NotImplementedError

    def key(self) -> "bytes | None":
        """The key, None while the belt is not paired."""
        raise NotImplementedError

    def keep(self, key: bytes) -> None:
        """Keep the key for good. OSError: the belt stays unpaired."""
        raise NotImplementedError

    def consents(self) -> bool:
        """Whoever holds the belt agrees to be paired, at this moment: its button is down."""
        raise NotImplementedError

    def draw(self, count: int) -> bytes:
        """So many random bytes, never the same again."""
        raise NotImplementedError


class Guard:
    """The belt's side of pairing and proof; `proved` while its host may ask for everything.

    Every request may come twice, as from a host that repeats it: the answer is the same.
    """

    def __init__(self, keeper: Keeper) -> None:
        self._keeper = keeper
        self.reset()

    def reset(self) -> None:
        """Another host may be there now: it has to prove itself anew."""
        self._host_nonce = b""
        self._answer = (b"", b"")
        self._expected = b""
        self.proved = False

    def check(self) -> None:
        """Refused unless the host has proved that it has the key."""
        if self.proved:
            return
        if self._keeper.key() is None:
            raise Refused(codes.REFUSAL_NOT_PAIRED, "pair the belt first")
        raise Refused(codes.REFUSAL_NOT_PAIRED, "prove that you have the key first")

    def pair(self, key: bytes) -> int:
        """PAIRED once the button is down, else PRESS_BUTTON. Refused where another key is kept."""
        kept = self._keeper.key()
        if kept is not None:
            if same(kept, key):
                return codes.PAIRED
            raise Refused(codes.REFUSAL_DENIED, "paired already; a factory reset undoes it")
        if not self._keeper.consents():
            return codes.PRESS_BUTTON
        self._keeper.keep(key)
        return codes.PAIRED

    def challenge(self, host_nonce: bytes) -> "tuple[bytes, bytes]":
        """The belt's random bytes and its proof; what the host must answer is noted."""
        key = self._keeper.key()
        if key is None:
            raise Refused(codes.REFUSAL_NOT_PAIRED, "pair the belt first")
        if host_nonce != self._host_nonce:
            belt_id = self._keeper.belt_id()
            nonce = self._keeper.draw(NONCE_BYTES)
            self.proved = False
            self._host_nonce = host_nonce
            self._answer = (nonce, proof(BELT_LABEL, key, belt_id, host_nonce, nonce))
            self._expected = proof(HOST_LABEL, key, belt_id, host_nonce, nonce)
        return self._answer

    def prove(self, host_proof: bytes) -> None:
        """Take the host's proof; Refused where it is wrong, and a new challenge is needed."""
        self.proved = bool(self._expected) and same(self._expected, host_proof)
        if not self.proved:
            self.reset()
            raise Refused(codes.REFUSAL_DENIED, "the proof is wrong: another key")

"""A client written from SPEC.md alone: nothing of beltwire, nothing but the standard library.

If this has to change although SPEC.md has not, SPEC.md is incomplete.
"""

import hashlib
import hmac
import os
import struct
import zlib
from collections.abc import Callable

TRIES = 200
CREDIT = 16

Send = Callable[[bytes], bytes]


def stuff(data: bytes) -> bytes:
    """COBS, as the section on frames tells it."""
    out = b""
    pieces = (data + b"\0").split(b"\0")[:-1]
    for number, whole in enumerate(pieces):
        piece = whole
        last = number == len(pieces) - 1
        while len(piece) >= 254:
            out += b"\xff" + piece[:254]
            piece = piece[254:]
            if last and not piece:
                return out
        out += bytes([len(piece) + 1]) + piece
    return out


def unstuff(data: bytes) -> bytes | None:
    """The other way; None for what is damaged."""
    out = b""
    at = 0
    while at < len(data):
        code = data[at]
        if code == 0 or at + code > len(data):
            return None
        out += data[at + 1 : at + code]
        at += code
        if code != 255 and at < len(data):
            out += b"\0"
    return out


def frame(kind: int, tag: int, payload: bytes) -> bytes:
    """A whole frame."""
    body = bytes([kind, tag]) + payload
    return b"\0" + stuff(body + struct.pack("<I", zlib.crc32(body))) + b"\0"


def frames(stream: bytes) -> list[tuple[int, int, bytes]]:
    """Every undamaged (type, tag, payload) in a stretch of the stream."""
    found = []
    for piece in stream.split(b"\0"):
        data = unstuff(piece)
        if data and 6 <= len(data) <= 1030:
            body, crc = data[:-4], data[-4:]
            if struct.pack("<I", zlib.crc32(body)) == crc:
                found.append((body[0], body[1], body[2:]))
    return found


Record = tuple[int, int, int, int, bytes]  # sequence number, boot, time in s, kind, payload


def parse_page(data: bytes) -> list[Record] | None:
    """The records of a page; None for a damaged one."""
    if len(data) < 20 or data[:3] != b"PL\x01":
        return None
    count, first, base, boot, size = struct.unpack("<BIIHH", data[3:16])
    if len(data) != size + 20 or size > 492 or 0 in (count, first, boot):
        return None
    if struct.pack("<I", zlib.crc32(data[:-4])) != data[-4:]:
        return None
    found: list[Record] = []
    area = data[16:-4]
    while len(area) >= 4:
        kind, length, later = struct.unpack("<BBH", area[:4])
        if len(area) < 4 + length:
            return None
        found.append((first + len(found), boot, base + later, kind, area[4 : 4 + length]))
        area = area[4 + length :]
    return found if len(found) == count and not area else None


class Client:
    """Syncs over `send`, which takes bytes to the belt and gives all that comes back."""

    def __init__(self, send: Send, key: bytes = b"") -> None:
        self._key = key
        self.records: dict[int, Record] = {}
        self.gone: list[tuple[int, int]] = []
        self._send = send
        self._tag = 77
        self._expected = 1

    def _request(self, kind: int, payload: bytes) -> bytes:
        self._tag = self._tag % 255 + 1
        return frame(kind, self._tag, payload)

    def _ask(self, kind: int, payload: bytes) -> bytes:
        """The payload of the answer, asked for until it comes."""
        for _ in range(TRIES):
            for got, tag, answer in frames(self._send(self._request(kind, payload))):
                if tag == self._tag and got == kind | 0x80:
                    return answer
                if tag == self._tag and got == 0xFF and answer[0] in (5, 6):
                    self._greet()
                elif tag == self._tag and got == 0xFF and answer[0] == 10:
                    raise PermissionError("another key")
        raise TimeoutError(f"no answer to 0x{kind:02x}")

    def _greet(self) -> None:
        """HELLO, and where there is a key, both proofs."""
        belt_id = self._ask(0x01, b"\x01\x01")[1:9]
        if not self._key:
            return
        ours = os.urandom(16)
        answer = self._ask(0x11, ours)
        theirs = answer[:16]
        said = belt_id + ours + theirs
        proof = hmac.digest(self._key, b"plumbline belt" + said, hashlib.sha256)
        if not hmac.compare_digest(proof, answer[16:48]):
            raise PermissionError("not the belt it says it is")
        self._ask(0x12, hmac.digest(self._key, b"plumbline host" + said, hashlib.sha256))

    def sync(self) -> None:
        """Everything the belt has, then ACK."""
        self._greet()
        for _ in range(TRIES):
            if self._fetch():
                break
        if self.records:
            self._ask(0x05, struct.pack("<I", max(self.records)))

    def _fetch(self) -> bool:
        """One FETCH from the number expected; whether its end came."""
        coming = self._send(self._request(0x03, struct.pack("<IB", self._expected, CREDIT)))
        pages = allowed = 0
        while coming:
            answers = [(kind, data) for kind, tag, data in frames(coming) if tag == self._tag]
            for kind, data in answers:
                if kind == 0xFF:
                    self._greet()
                    return False
                (follows,) = struct.unpack("<I", data[:4])
                if kind not in (0x83, 0x84) or follows < self._expected:
                    continue
                if follows > self._expected or (kind == 0x83 and not self._take(data[4:])):
                    return False
                if kind == 0x84:
                    return True
                pages += 1
            allowed = pages + CREDIT
            coming = self._send(frame(0x04, self._tag, struct.pack("<I", allowed)))
        return False

    def _take(self, data: bytes) -> bool:
        found = parse_page(data)
        if not found or found[-1][0] < self._expected:
            return False
        if found[0][0] > self._expected:
            self.gone.append((self._expected, found[0][0] - 1))
        self.records.update({record[0]: record for record in found})
        self._expected = found[-1][0] + 1
        return True

"""Frames: bytes of any stream in, whole frames out.

    +------+---------------------------------------------------+------+
    | 0x00 | COBS of: type u8 | tag u8 | payload | CRC-32 u32   | 0x00 |
    +------+---------------------------------------------------+------+

The CRC-32 covers type, tag and payload. The leading zero ends whatever noise came before, so
that a damaged delimiter costs one frame and never two.
"""

from beltwire import cobs
from beltwire.crc import crc32
from beltwire.errors import RangeError, WireError

MAX_PAYLOAD = 1024
MAX_DECODED = MAX_PAYLOAD + 6
MAX_ENCODED = MAX_DECODED + MAX_DECODED // 254 + 1


class Frame:
    """One frame as it came: its type, the tag of the request it belongs to, its payload."""

    __slots__ = ("payload", "tag", "type")

    def __init__(self, type: int, tag: int, payload: bytes) -> None:
        self.type = type
        self.tag = tag
        self.payload = payload

    def _key(self) -> "tuple[int, int, bytes]":
        return (self.type, self.tag, self.payload)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Frame) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        return "Frame{}".format(self._key())


def encode_frame(type: int, tag: int, payload: bytes = b"") -> bytes:
    """A frame with both delimiters, ready to be sent; RangeError above 1024 bytes of payload."""
    if len(payload) > MAX_PAYLOAD or not 0 <= type <= 255 or not 0 <= tag <= 255:
        raise RangeError("a frame of type {}, tag {}, {} bytes".format(type, tag, len(payload)))
    body = bytes((type, tag)) + payload
    return b"\x00" + cobs.encode(body + crc32(body).to_bytes(4, "little")) + b"\x00"


def decode_frame(stuffed: bytes) -> Frame:
    """The frame between two delimiters; WireError where it is damaged."""
    data = cobs.decode(stuffed)
    end = len(data) - 4
    if end < 2 or end > MAX_DECODED - 4:
        raise WireError("a frame of {} bytes".format(len(data)))
    if crc32(data[:end]) != int.from_bytes(data[end:], "little"):
        raise WireError("a frame whose checksum is wrong")
    return Frame(data[0], data[1], data[2:end])


class FrameDecoder:
    """Cuts a stream into frames; what is no frame is counted in `damaged` and dropped.

    Never holds more than `limit` bytes: a longer stretch without a zero is dropped to the next.
    """

    def __init__(self, limit: int = MAX_ENCODED) -> None:
        self.damaged = 0
        self._limit = limit
        self._held = b""
        self._skipping = False

    @property
    def held(self) -> int:
        """How many bytes of an unfinished frame are kept."""
        return len(self._held)

    def reset(self) -> None:
        """Forget an unfinished frame, as after the line was opened anew."""
        self._held = b""
        self._skipping = False

    def feed(self, data: bytes) -> "list[Frame]":
        """The frames that `data`, behind everything fed before, completes; in order."""
        frames: "list[Frame]" = []
        data = bytes(data)
        at = 0
        while True:
            end = data.find(b"\x00", at)
            if end < 0:
                break
            self._finish(data[at:end], frames)
            at = end + 1
        self._hold(data[at:])
        return frames

    def _finish(self, piece: bytes, frames: "list[Frame]") -> None:
        self._hold(piece)
        held = self._held
        self.reset()
        if held:
            try:
                frames.append(decode_frame(held))
            except WireError:
                self.damaged += 1

    def _hold(self, piece: bytes) -> None:
        if self._skipping:
            return
        if len(self._held) + len(piece) > self._limit:
            self._held = b""
            self._skipping = True
            self.damaged += 1
        else:
            self._held += piece

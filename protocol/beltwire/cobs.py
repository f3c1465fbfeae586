"""Consistent Overhead Byte Stuffing (Cheshire and Baker, IEEE/ACM Trans. Networking 7, 1999).

Turns any bytes into bytes without zeros, so that a zero can end a frame. Every run of up to
254 non-zero bytes is preceded by one byte: its length plus one; a length below 254 stands for
a zero behind the run as well, except at the very end. Whole runs are found and copied at once,
because a loop over bytes costs a hundred times more in MicroPython.
"""

from beltwire.errors import WireError

RUN = 254


def encode(data: bytes) -> bytes:
    """`data` stuffed, without a delimiter; one byte longer, and one more per 254 bytes."""
    source = bytes(data)
    size = len(source)
    out = bytearray()
    at = 0
    while True:
        end = source.find(b"\x00", at)
        if end < 0:
            end = size
        while end - at >= RUN:
            out.append(255)
            out += source[at : at + RUN]
            at += RUN
            if at == size:
                return bytes(out)
        out.append(end - at + 1)
        out += source[at:end]
        if end == size:
            return bytes(out)
        at = end + 1


def decode(data: bytes) -> bytes:
    """The bytes that were stuffed into `data` (without delimiters).

    Raises WireError where `data` is empty, holds a zero, or ends within a run.
    """
    source = bytes(data)
    size = len(source)
    if size == 0:
        raise WireError("an empty frame holds no data")
    if source.find(b"\x00") >= 0:
        raise WireError("a zero byte inside a frame")
    out = bytearray()
    at = 0
    while at < size:
        code = source[at]
        end = at + code
        if end > size:
            raise WireError("a frame that ends within a run")
        out += source[at + 1 : end]
        at = end
        if code != 255 and at < size:
            out.append(0)
    return bytes(out)

"""Range-checked packing and unpacking of little-endian integers, bytes and short texts.

`struct` truncates silently on MicroPython where CPython raises; here both raise RangeError.
"""

from beltwire.errors import RangeError, WireError


def check(value: int, low: int, high: int) -> int:
    """`value` if it is an integer from `low` to `high`; else RangeError."""
    if not isinstance(value, int) or value < low or value > high:
        raise RangeError("{} is outside {} to {}".format(value, low, high))
    return value


class Writer:
    """Collects fields; every method returns the writer, so that calls can be chained."""

    def __init__(self) -> None:
        self._out = bytearray()

    def _unsigned(self, value: int, size: int) -> "Writer":
        check(value, 0, (1 << (8 * size)) - 1)
        self._out += value.to_bytes(size, "little")
        return self

    def _signed(self, value: int, size: int) -> "Writer":
        half = 1 << (8 * size - 1)
        check(value, -half, half - 1)
        self._out += (value + 2 * half if value < 0 else value).to_bytes(size, "little")
        return self

    def u8(self, value: int) -> "Writer":
        """Append 0 to 255 in one byte."""
        self._out.append(check(value, 0, 255))
        return self

    def u16(self, value: int) -> "Writer":
        """Append 0 to 65535 in two bytes."""
        return self._unsigned(value, 2)

    def u32(self, value: int) -> "Writer":
        """Append 0 to 2**32 - 1 in four bytes."""
        return self._unsigned(value, 4)

    def u48(self, value: int) -> "Writer":
        """Append 0 to 2**48 - 1 in six bytes."""
        return self._unsigned(value, 6)

    def i16(self, value: int) -> "Writer":
        """Append -32768 to 32767 in two bytes, two's complement."""
        return self._signed(value, 2)

    def i32(self, value: int) -> "Writer":
        """Append -2**31 to 2**31 - 1 in four bytes, two's complement."""
        return self._signed(value, 4)

    def raw(self, data: bytes, size: int = -1) -> "Writer":
        """Append bytes; where `size` is given, RangeError unless there are that many."""
        if size >= 0 and len(data) != size:
            raise RangeError("{} bytes where {} belong".format(len(data), size))
        self._out += data
        return self

    def str8(self, text: str) -> "Writer":
        """Append a text: its UTF-8 length in one byte, then the UTF-8 bytes (255 at most)."""
        data = text.encode()
        self._out.append(check(len(data), 0, 255))
        self._out += data
        return self

    def to_bytes(self) -> bytes:
        """Everything appended so far."""
        return bytes(self._out)


class Reader:
    """Takes fields off the front of `data`; WireError where they run out or make no sense."""

    def __init__(self, data: bytes) -> None:
        self._data = bytes(data)
        self._at = 0

    @property
    def left(self) -> int:
        """How many bytes have not been taken yet."""
        return len(self._data) - self._at

    def raw(self, size: int) -> bytes:
        """The next `size` bytes."""
        end = self._at + size
        if end > len(self._data):
            raise WireError("ends {} bytes too early".format(end - len(self._data)))
        taken = self._data[self._at : end]
        self._at = end
        return taken

    def rest(self) -> bytes:
        """All bytes not taken yet; may be empty."""
        return self.raw(self.left)

    def u8(self) -> int:
        """One byte, 0 to 255."""
        return self.raw(1)[0]

    def u16(self) -> int:
        """Two bytes, 0 to 65535."""
        return int.from_bytes(self.raw(2), "little")

    def u32(self) -> int:
        """Four bytes, 0 to 2**32 - 1."""
        return int.from_bytes(self.raw(4), "little")

    def u48(self) -> int:
        """Six bytes, 0 to 2**48 - 1."""
        return int.from_bytes(self.raw(6), "little")

    def i16(self) -> int:
        """Two bytes, -32768 to 32767."""
        value = self.u16()
        return value - 65536 if value > 32767 else value

    def i32(self) -> int:
        """Four bytes, -2**31 to 2**31 - 1."""
        value = self.u32()
        return value - (1 << 32) if value >> 31 else value

    def str8(self) -> str:
        """A text preceded by its UTF-8 length in one byte."""
        data = self.raw(self.u8())
        text: "str | None" = None
        try:
            text = str(data, "utf-8")
        except UnicodeError:
            pass  # Raised below: MicroPython cannot chain exceptions and warns on the line.
        if text is None:
            raise WireError("a text that is not UTF-8")
        return text

"""A message: a type and named fields in order, packed and unpacked by its layout.

Kinds of fields: u8 u16 u32 u48 i16 i32 str8 as in `fields`; b3, b8 ...: so many bytes; rest:
all bytes to the end; pairs: (id u8, value i32) to the end.
"""

from beltwire.decoder import encode_frame
from beltwire.fields import Reader, Writer

ANSWER = 0x80


class Message:
    """A message with named fields: construct by keyword, `pack`, `unpack`, compare."""

    TYPE = 0
    LAYOUT: "tuple[tuple[str, str], ...]" = ()

    def __init__(self, **fields: object) -> None:
        names = [name for name, _ in self.LAYOUT]
        if len(fields) != len(names):
            raise TypeError("{} takes {}".format(type(self).__name__, ", ".join(names)))
        for name in names:
            setattr(self, name, fields[name])

    def pack(self) -> bytes:
        """The payload; RangeError where a field does not fit."""
        writer = Writer()
        for name, kind in self.LAYOUT:
            value = getattr(self, name)
            if kind == "pairs":
                for number, setting in value:
                    writer.u8(number).i32(setting)
            elif kind == "rest":
                writer.raw(value)
            elif kind[0] == "b":
                writer.raw(value, int(kind[1:]))
            else:
                getattr(writer, kind)(value)
        return writer.to_bytes()

    def frame(self, tag: int) -> bytes:
        """The whole frame, delimiters included."""
        return encode_frame(self.TYPE, tag, self.pack())

    def _key(self) -> "tuple[object, ...]":
        return tuple([getattr(self, name) for name, _ in self.LAYOUT])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Message) and type(self) is type(other) and self._same(other)

    def _same(self, other: "Message") -> bool:
        return self._key() == other._key()

    def __hash__(self) -> int:
        return hash((self.TYPE, repr(self._key())))

    def __repr__(self) -> str:
        return "{}{}".format(type(self).__name__, self._key())


def _pairs(reader: Reader) -> "list[tuple[int, int]]":
    found: "list[tuple[int, int]]" = []
    while reader.left:
        number = reader.u8()
        found.append((number, reader.i32()))
    return found


def read_field(reader: Reader, kind: str) -> object:
    """The next field of `reader`; WireError where it is cut short."""
    if kind == "pairs":
        return _pairs(reader)
    if kind == "rest":
        return reader.rest()
    if kind[0] == "b":
        return reader.raw(int(kind[1:]))
    return getattr(reader, kind)()

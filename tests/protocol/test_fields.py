"""Integers that do not fit are refused on both ways; MicroPython's struct would cut them."""

import struct

import pytest
from beltwire.errors import RangeError, WireError
from beltwire.fields import Reader, Writer, check
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import MicroPython

# kind: (struct's letter or "" for u48, lowest, highest)
KINDS = {
    "u8": ("<B", 0, 2**8 - 1),
    "u16": ("<H", 0, 2**16 - 1),
    "u32": ("<I", 0, 2**32 - 1),
    "u48": ("", 0, 2**48 - 1),
    "i16": ("<h", -(2**15), 2**15 - 1),
    "i32": ("<i", -(2**31), 2**31 - 1),
}
EDGES = [(kind, edge) for kind, (_, low, high) in KINDS.items() for edge in (low, high)]


def packed(kind: str, value: int) -> bytes:
    writer = Writer()
    getattr(writer, kind)(value)
    return writer.to_bytes()


@pytest.mark.parametrize(("kind", "edge"), EDGES)
def test_edges_fit_and_what_is_beyond_does_not(kind: str, edge: int) -> None:
    assert getattr(Reader(packed(kind, edge)), kind)() == edge
    beyond = edge + 1 if edge > 0 else edge - 1
    with pytest.raises(RangeError, match="outside"):
        packed(kind, beyond)


@given(st.sampled_from(sorted(KINDS)), st.data())
def test_the_bytes_are_those_of_struct(kind: str, data: st.DataObject) -> None:
    shape, low, high = KINDS[kind]
    value = data.draw(st.integers(low, high))
    wanted = struct.pack(shape, value) if shape else struct.pack("<Q", value)[:6]
    assert packed(kind, value) == wanted
    assert getattr(Reader(wanted), kind)() == value


@pytest.mark.parametrize("value", [1.0, "1", None, b"1"])
def test_only_integers_are_integers(value: object) -> None:
    with pytest.raises(RangeError):
        check(value, 0, 10)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_field_that_is_cut_is_the_other_ends_fault(kind: str) -> None:
    whole = packed(kind, 1)
    for size in range(len(whole)):
        with pytest.raises(WireError, match="too early"):
            getattr(Reader(whole[:size]), kind)()


def test_texts() -> None:
    assert Writer().str8("Gürtel").to_bytes() == b"\x07G\xc3\xbcrtel"
    assert Reader(b"\x07G\xc3\xbcrtel!").str8() == "Gürtel"
    assert len(Writer().str8("x" * 255).to_bytes()) == 256
    with pytest.raises(RangeError):
        Writer().str8("ü" * 128)
    with pytest.raises(WireError, match="UTF-8"):
        Reader(b"\x02\xff\xfe").str8()
    with pytest.raises(WireError, match="too early"):
        Reader(b"\x05four").str8()


def test_raw_and_rest() -> None:
    reader = Reader(b"\x01\x02\x03\x04")
    assert reader.raw(2) == b"\x01\x02"
    assert reader.left == 2
    assert reader.rest() == b"\x03\x04"
    assert reader.rest() == b""
    with pytest.raises(RangeError, match="3 bytes where 2 belong"):
        Writer().raw(b"abc", 2)


def test_micropython_refuses_the_same(micropython: MicroPython) -> None:
    script = f"""
from beltwire.fields import Writer
from beltwire.errors import RangeError
for kind, edge in {EDGES!r}:
    writer = Writer()
    getattr(writer, kind)(edge)
    try:
        getattr(writer, kind)(edge + 1 if edge > 0 else edge - 1)
    except RangeError:
        print(kind, "".join("%02x" % byte for byte in writer.to_bytes()))
"""
    wanted = [f"{kind} {packed(kind, edge).hex()}" for kind, edge in EDGES]
    assert micropython(script).split("\n")[: len(wanted)] == wanted

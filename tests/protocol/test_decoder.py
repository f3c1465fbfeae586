"""Frames out of any stream: whole, one byte at a time, among garbage; memory stays bounded."""

import random

import pytest
from beltwire import decoder
from beltwire.decoder import Frame, FrameDecoder, decode_frame, encode_frame
from beltwire.errors import RangeError, WireError
from hypothesis import given
from hypothesis import strategies as st

from tests.protocol import reference

FRAMES = st.lists(
    st.builds(Frame, st.integers(0, 255), st.integers(0, 255), st.binary(max_size=300)), max_size=5
)
# Garbage between delimiters can only be a frame by the CRC's chance of one in 2**32.
GARBAGE = st.binary(max_size=80)


def encoded(frame: Frame) -> bytes:
    return encode_frame(frame.type, frame.tag, frame.payload)


@given(FRAMES, st.lists(st.integers(1, 400), max_size=30))
def test_however_it_is_cut_the_same_frames_come_out(frames: list[Frame], cuts: list[int]) -> None:
    stream = b"".join(encoded(frame) for frame in frames)
    cutter = FrameDecoder()
    found: list[Frame] = []
    for size in cuts:
        found += cutter.feed(stream[:size])
        stream = stream[size:]
    assert found + cutter.feed(stream) == frames
    assert cutter.damaged == 0
    assert cutter.held == 0


@given(FRAMES)
def test_one_byte_at_a_time(frames: list[Frame]) -> None:
    cutter = FrameDecoder()
    found: list[Frame] = []
    for frame in frames:
        for byte in encoded(frame):
            found += cutter.feed(bytes([byte]))
    assert found == frames
    assert cutter.damaged == 0


@given(GARBAGE, FRAMES, GARBAGE)
def test_garbage_before_and_behind_costs_no_frame(
    before: bytes, frames: list[Frame], behind: bytes
) -> None:
    cutter = FrameDecoder()
    stream = before + b"".join(encoded(frame) for frame in frames) + behind
    assert cutter.feed(stream) == frames


@given(st.integers(0, 255), st.integers(0, 255), st.binary(max_size=1024))
def test_frames_are_the_references(kind: int, tag: int, payload: bytes) -> None:
    assert encode_frame(kind, tag, payload) == reference.frame(kind, tag, payload)
    assert decode_frame(reference.frame(kind, tag, payload)[1:-1]) == Frame(kind, tag, payload)


@pytest.mark.parametrize("noise", [b"\x55" * 100_000, b"\xff" * 1036, bytes(range(1, 256)) * 40])
def test_noise_without_an_end_is_bounded_and_left_behind(noise: bytes) -> None:
    cutter = FrameDecoder()
    for at in range(0, len(noise), 97):
        assert cutter.feed(noise[at : at + 97]) == []
        assert cutter.held <= decoder.MAX_ENCODED
    assert cutter.damaged == 1
    assert cutter.feed(encode_frame(2, 1)) == [Frame(2, 1, b"")]
    assert cutter.damaged == 1


def test_the_longest_frame_fits_exactly() -> None:
    payload = b"\x01" * decoder.MAX_PAYLOAD
    data = encode_frame(0x83, 1, payload)
    assert len(data) == decoder.MAX_ENCODED + 2
    assert FrameDecoder().feed(data) == [Frame(0x83, 1, payload)]
    short = FrameDecoder(decoder.MAX_ENCODED - 1)
    assert short.feed(data) == []
    assert short.damaged == 1


@pytest.mark.parametrize(
    ("kind", "tag", "size"), [(256, 0, 0), (-1, 0, 0), (1, 256, 0), (1, 1, 1025)]
)
def test_what_is_no_frame_is_our_mistake(kind: int, tag: int, size: int) -> None:
    with pytest.raises(RangeError):
        encode_frame(kind, tag, bytes(size))


def test_a_damaged_delimiter_costs_one_frame() -> None:
    """Each frame brings its own leading delimiter, so two frames cannot run into one."""
    one, two, three = (encode_frame(2, tag) for tag in (1, 2, 3))
    cutter = FrameDecoder()
    stream = one[:-1] + b"\x07" + two + three
    assert [frame.tag for frame in cutter.feed(stream)] == [2, 3]
    assert cutter.damaged == 1


def test_no_single_damage_is_taken_for_a_frame() -> None:
    sent = encode_frame(0x05, 7, b"\x10\x20\x00\x00")
    for at in range(1, len(sent) - 1):
        for value in range(256):
            if value != sent[at]:
                data = sent[:at] + bytes([value]) + sent[at + 1 :]
                assert FrameDecoder().feed(data) == []


def test_random_damage_is_never_taken_for_a_frame() -> None:
    dice = random.Random(11)
    sent = Frame(0x83, 3, bytes(dice.randrange(256) for _ in range(200)))
    data = encoded(sent)
    for _ in range(20_000):
        damaged = bytearray(data)
        for _ in range(dice.randrange(1, 6)):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        assert FrameDecoder().feed(bytes(damaged)) in ([], [sent])


def test_reset_forgets_half_a_frame() -> None:
    cutter = FrameDecoder()
    cutter.feed(b"\x00half a fra")
    assert cutter.held == 10
    cutter.reset()
    assert cutter.held == 0
    assert cutter.feed(encode_frame(2, 9)) == [Frame(2, 9, b"")]
    assert cutter.damaged == 0


@given(st.binary(max_size=300))
def test_any_bytes_are_a_frame_or_a_wire_error(data: bytes) -> None:
    try:
        frame = decode_frame(data)
    except WireError:
        return
    assert reference.frame(frame.type, frame.tag, frame.payload)[1:-1] == data

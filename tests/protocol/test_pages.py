"""Log pages: filling, the edges of what fits, and that no damaged page is ever taken."""

import random

import pytest
from beltwire import codes, pages
from beltwire.errors import RangeError, WireError
from beltwire.pages import PageWriter, Record, parse_head, parse_page
from hypothesis import given
from hypothesis import strategies as st

from tests.protocol import reference
from tests.protocol.belts import build_pages, minute

ENTRIES = st.lists(
    st.tuples(st.integers(0, 255), st.integers(0, 65535), st.binary(max_size=60)),
    min_size=1,
    max_size=30,
)


def writer_at(first_seq: int = 1, now_s: int = 1000, boot: int = 1) -> PageWriter:
    writer = PageWriter()
    writer.begin(boot, first_seq, now_s)
    return writer


@given(st.integers(1, 65535), st.integers(1, 2**31), st.integers(256, 2**31), ENTRIES)
def test_pages_come_back_and_are_the_references(
    boot: int, first: int, now_s: int, entries: list[tuple[int, int, bytes]]
) -> None:
    writer = writer_at(first, now_s, boot)
    base = now_s - pages.BACK_S
    kept = [entry for entry in entries if writer.add(entry[0], base + entry[1], entry[2])]
    if not kept:
        return
    data = writer.to_bytes()
    page = parse_page(data)
    assert [(r.kind, r.t_s - base, r.payload) for r in page.records] == kept
    assert [r.seq for r in page.records] == list(range(first, writer.next_seq))
    assert {r.boot for r in page.records} == {boot}
    assert page.next_seq == writer.next_seq
    assert data == reference.page(boot, first, base, [(k, dt, p) for k, dt, p in kept])


@pytest.mark.parametrize("padding", [0, 1, 300])
def test_the_head_is_found_in_a_flash_slot(padding: int) -> None:
    (data,) = build_pages(7, first_seq=500, boot=9)
    head = parse_head(data + b"\xff" * padding)
    assert (head.boot, head.first_seq, head.count, head.next_seq) == (9, 500, 7, 507)
    assert head.size == len(data)
    assert head.records == []
    if padding:
        with pytest.raises(WireError, match="behind"):
            parse_page(data + b"\xff" * padding)


def test_a_page_grows_and_stays_the_same_page() -> None:
    writer = writer_at()
    seen: list[Record] = []
    for number in range(10):
        assert writer.add(codes.KIND_MINUTE, 1000 + 60 * number, minute(number))
        now = parse_page(writer.to_bytes()).records
        assert now[:-1] == seen
        seen = now


def test_512_bytes_are_the_end() -> None:
    writer = writer_at()
    assert writer.add(1, 1000, bytes(240))
    assert not writer.add(1, 1000, bytes(245))
    assert writer.add(1, 1000, bytes(244))
    assert len(writer.to_bytes()) == pages.PAGE_SIZE
    assert not writer.add(1, 1000, b"")
    assert writer.count == 2
    assert len(parse_page(writer.to_bytes()).records) == 2


def test_123_empty_records_fit_into_a_page() -> None:
    writer = writer_at()
    while writer.add(2, 1000, b""):
        pass
    assert writer.count == pages.AREA // pages.ENTRY
    assert parse_page(writer.to_bytes()).count == writer.count


@pytest.mark.parametrize(
    ("now_s", "t_s", "fits"),
    [
        (1000, 744, True),
        (1000, 743, False),
        (1000, 744 + 65535, True),
        (1000, 744 + 65536, False),
        (100, 0, True),
    ],
)
def test_times_a_page_can_hold(now_s: int, t_s: int, fits: bool) -> None:
    """A minute is dated by its start, so a page takes records from BACK_S before it began."""
    assert writer_at(now_s=now_s).add(1, t_s, b"") is fits


def test_sequence_numbers_end_somewhere() -> None:
    writer = writer_at(first_seq=pages.MAX_SEQ)
    assert writer.add(1, 1000, b"")
    assert not writer.add(1, 1000, b"")
    assert parse_page(writer.to_bytes()).records[0].seq == pages.MAX_SEQ


def test_our_own_mistakes_are_told() -> None:
    with pytest.raises(RangeError, match="begin"):
        PageWriter().add(1, 0, b"")
    with pytest.raises(RangeError):
        writer_at().to_bytes()
    with pytest.raises(RangeError):
        writer_at(boot=0)
    with pytest.raises(RangeError):
        writer_at(first_seq=0)
    with pytest.raises(RangeError):
        writer_at().add(256, 1000, b"")
    with pytest.raises(RangeError):
        writer_at().add(1, 1000, bytes(256))


def test_no_flipped_bit_is_taken() -> None:
    (data,) = build_pages(12)
    for bit in range(8 * len(data)):
        damaged = bytearray(data)
        damaged[bit // 8] ^= 1 << bit % 8
        with pytest.raises(WireError):
            parse_page(bytes(damaged))


def test_no_cut_and_no_splice_is_taken() -> None:
    one, two = build_pages(40)[:2]
    for size in range(len(one)):
        with pytest.raises(WireError):
            parse_page(one[:size])
    dice = random.Random(5)
    for _ in range(2000):
        cut = dice.randrange(1, len(one))
        spliced = one[:cut] + two[dice.randrange(len(two)) :]
        if spliced not in (one, two):
            with pytest.raises(WireError):
                parse_page(spliced)


@given(st.binary(max_size=600))
def test_any_garbage_is_refused(garbage: bytes) -> None:
    with pytest.raises(WireError):
        parse_page(b"PL\x01" + garbage)


def test_records_compare_and_show_themselves() -> None:
    one = Record(1, 2, 3, 4, b"5")
    assert one == Record(1, 2, 3, 4, b"5")
    assert one != Record(1, 2, 3, 4, b"6")
    assert len({one, Record(1, 2, 3, 4, b"5")}) == 1
    assert repr(one) == "Record(1, 2, 3, 4, b'5')"

"""Messages: they come back, tolerate what a later version appends, refuse what is cut."""

import pytest
from beltwire import messages
from beltwire.decoder import Frame
from beltwire.errors import RangeError, WireError
from beltwire.messages import Message, unpack
from hypothesis import given
from hypothesis import strategies as st

RANGES = {
    "u8": (0, 2**8 - 1),
    "u16": (0, 2**16 - 1),
    "u32": (0, 2**32 - 1),
    "u48": (0, 2**48 - 1),
    "i16": (-(2**15), 2**15 - 1),
    "i32": (-(2**31), 2**31 - 1),
}
TEXT = st.text(max_size=60, alphabet=st.characters(exclude_categories=["Cs"]))
PAIRS = st.lists(st.tuples(st.integers(0, 255), st.integers(*RANGES["i32"])), max_size=20)


def values(kind: str) -> st.SearchStrategy[object]:
    if kind in RANGES:
        return st.integers(*RANGES[kind])
    if kind == "str8":
        return TEXT
    if kind == "pairs":
        return PAIRS
    if kind == "rest":
        return st.binary(max_size=512)
    return st.binary(min_size=int(kind[1:]), max_size=int(kind[1:]))


@st.composite
def any_message(draw: st.DrawFn) -> Message:
    kind = draw(st.sampled_from(messages.ALL))
    return kind(**{name: draw(values(field)) for name, field in kind.LAYOUT})


def fixed(message: Message) -> bool:
    return not {kind for _, kind in message.LAYOUT} & {"rest", "pairs"}


@given(any_message(), st.binary(max_size=9))
def test_messages_come_back_whatever_is_appended(message: Message, later: bytes) -> None:
    payload = message.pack() + (later if fixed(message) else b"")
    assert unpack(Frame(message.TYPE, 1, payload)) == message


@given(any_message())
def test_messages_that_are_cut_are_refused(message: Message) -> None:
    payload = message.pack()
    if fixed(message):
        for size in range(len(payload)):
            with pytest.raises(WireError):
                unpack(Frame(message.TYPE, 1, payload[:size]))


@given(st.integers(0, 255), st.binary(max_size=100))
def test_any_payload_is_a_message_or_a_wire_error(kind: int, payload: bytes) -> None:
    try:
        message = unpack(Frame(kind, 1, payload))
    except WireError:
        return
    assert (message is None) == (kind not in messages.BY_TYPE)


def test_types_are_unique_and_answers_have_the_top_bit() -> None:
    assert len(messages.BY_TYPE) == len(messages.ALL)
    for message in messages.ALL:
        told_by_belt = message.__doc__ is not None and message.__doc__.startswith("Belt:")
        assert bool(message.TYPE & messages.ANSWER) == told_by_belt


@pytest.mark.parametrize("fields", [{}, {"allowed": 1, "more": 2}, {"permitted": 1}])
def test_fields_that_are_not_the_messages_are_our_mistake(fields: dict[str, int]) -> None:
    with pytest.raises((TypeError, KeyError)):
        messages.Grant(**fields)


def test_values_that_do_not_fit_are_our_mistake() -> None:
    with pytest.raises(RangeError):
        messages.Grant(allowed=-1).pack()
    with pytest.raises(RangeError):
        messages.Fetch(from_seq=1, credit=256).pack()


def test_messages_compare_by_type_and_fields() -> None:
    assert messages.List() == messages.List()
    assert messages.List() != messages.Selftest()
    assert messages.Grant(allowed=1) != messages.Grant(allowed=2)
    assert len({messages.Grant(allowed=1), messages.Grant(allowed=1)}) == 1
    assert repr(messages.Ack(through_seq=5)) == "Ack(5,)"


@pytest.mark.parametrize(
    ("host", "belt", "version"),
    [
        ((1, 1), (1, 1), 1),
        ((1, 3), (2, 5), 3),
        ((2, 5), (1, 3), 3),
        ((1, 1), (2, 3), 0),
        ((4, 5), (2, 3), 0),
        ((1, 9), (4, 4), 4),
    ],
)
def test_versions_meet_at_the_highest_both_speak(
    host: tuple[int, int], belt: tuple[int, int], version: int
) -> None:
    assert messages.agree(*host, *belt) == version

"""Minutes and events: every field, every edge, later versions, and garbage."""

import pytest
from beltwire import codes, events, records
from beltwire.errors import RangeError, WireError
from beltwire.records import Event, Minute, pack_event, pack_minute, unpack_event, unpack_minute
from hypothesis import given
from hypothesis import strategies as st

from tests.protocol import reference


def counts(places: int) -> st.SearchStrategy[list[int]]:
    """Seconds by place that sum to at most 60."""
    cuts = st.lists(st.integers(0, 60), min_size=places, max_size=places).map(sorted)
    return cuts.map(lambda at: [b - a for a, b in zip([0, *at], at, strict=False)])


@st.composite
def minutes(draw: st.DrawFn) -> Minute:
    angle = st.one_of(st.just(codes.NO_ANGLE), st.integers(-18000, 18000))
    minute = Minute(
        draw(counts(records.ACTIVITIES)),
        draw(counts(records.BANDS)),
        draw(angle),
        draw(angle),
        spread=draw(st.integers(0, 255)),
        steps=draw(st.integers(0, 255)),
        slouched_s=draw(st.integers(0, 60)),
        flags=draw(st.integers(0, 255)),
    )
    if minute.seconds[codes.LYING]:
        minute.lying_side = draw(st.integers(0, 3))
    return minute


@given(minutes(), st.binary(max_size=20))
def test_minutes_come_back_and_what_is_behind_them_is_ignored(minute: Minute, more: bytes) -> None:
    payload = pack_minute(minute)
    assert unpack_minute(payload + more) == minute
    assert len(payload) <= 29


@given(minutes())
def test_minutes_are_packed_as_the_reference_does(minute: Minute) -> None:
    fields = {name: getattr(minute, name) for name in Minute.__slots__}
    assert pack_minute(minute) == reference.minute_payload(fields)


@given(minutes())
def test_a_minute_cut_anywhere_is_refused(minute: Minute) -> None:
    payload = pack_minute(minute)
    for size in range(len(payload)):
        with pytest.raises(WireError):
            unpack_minute(payload[:size])


@given(st.binary(max_size=60))
def test_any_garbage_is_a_minute_or_a_wire_error(garbage: bytes) -> None:
    try:
        minute = unpack_minute(garbage)
    except WireError:
        return
    assert 0 <= sum(minute.seconds) <= 60
    assert 0 <= sum(minute.bands) <= 60


@pytest.mark.parametrize(
    "wrong",
    [
        {"seconds": [61] + [0] * 9},
        {"seconds": [30] * 3 + [0] * 7},
        {"seconds": [0] * 9},
        {"seconds": [-1] + [0] * 9},
        {"bands": [0] * 6},
        {"bands": [0, 0, 31, 30, 0]},
        {"flexion_cdeg": 32768},
        {"lateral_cdeg": -32769},
        {"spread": 256},
        {"steps": -1},
        {"slouched_s": 61},
        {"flags": 256},
        {"seconds": [0, 0, 1] + [0] * 7, "lying_side": 256},
    ],
    ids=str,
)
def test_a_minute_that_does_not_fit_is_our_mistake(wrong: dict[str, object]) -> None:
    with pytest.raises(RangeError):
        pack_minute(Minute(**wrong))  # type: ignore[arg-type]


def test_a_fresh_minute_is_empty_and_its_own() -> None:
    one, two = Minute(), Minute()
    one.seconds[codes.WALKING] = 9
    assert two.seconds == [0] * records.ACTIVITIES
    assert one != two
    assert hash(Minute()) == hash(two)
    assert "60" not in repr(two)


@given(st.integers(0, 255), st.binary(max_size=254))
def test_events_come_back(code: int, args: bytes) -> None:
    event = Event(code, args)
    assert unpack_event(pack_event(event)) == event
    assert pack_event(event) == bytes([code]) + args


def test_events_have_limits() -> None:
    with pytest.raises(RangeError):
        pack_event(Event(1, bytes(255)))
    with pytest.raises(WireError):
        unpack_event(b"")


@pytest.mark.parametrize("code", sorted(events.LAYOUTS))
def test_arguments_come_back_by_name(code: int) -> None:
    name, fields = events.LAYOUTS[code]
    values = list(range(1, len(fields) + 1))
    event = events.make(code, *values)
    assert list(events.arguments(event).values()) == values
    assert list(events.arguments(event)) == [field for field, _ in fields]
    assert events.arguments(Event(code, event.args + b"later")) == events.arguments(event)
    assert events.name(code) == name
    with pytest.raises(RangeError, match=name):
        events.make(code, *values, 0)
    if event.args:
        with pytest.raises(WireError):
            events.arguments(Event(code, event.args[:-1]))


def test_every_event_code_has_a_layout() -> None:
    known = {value for name, value in vars(codes).items() if name.startswith("EVENT_")}
    assert known == set(events.LAYOUTS)
    assert events.name(99) == "event 99"
    assert events.arguments(Event(99, b"abc")) == {}


def test_an_argument_out_of_range_is_our_mistake() -> None:
    with pytest.raises(RangeError):
        events.make(codes.EVENT_BATTERY, 70000, 50)

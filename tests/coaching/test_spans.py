"""Which of the belt's days are read: all that a page shows, no fewer for one among many."""

import pytest
from plumbline.coaching import records as r
from plumbline.coaching.spans import client_spans, course_span, judged, own_spans

from tests.coaching.make import day, episode


def therapy(n: int) -> r.Therapy:
    return r.Therapy(f"t{n}", day(n), "massage")


@pytest.mark.parametrize(
    ("episodes", "today", "wanted"),
    [
        ((), 400, (380, 400)),
        ((episode(300),), 400, (380, 400)),
        ((episode(100, 150),), 400, (130, 150)),  # ended: the course is told of its last weeks
        ((episode(100, 150), episode(390, id="e2")), 400, (380, 400)),
    ],
)
def test_the_course_is_told_of_three_weeks(
    episodes: tuple[r.Episode, ...], today: int, wanted: tuple[int, int]
) -> None:
    found = course_span(r.Records(episodes=episodes), day(today))
    assert found == (day(wanted[0]), day(wanted[1]))


@pytest.mark.parametrize(
    ("records", "wanted"),
    [
        (r.Records(), [(218, 400)]),
        (r.Records(episodes=(episode(10, 100),)), [(80, 100), (218, 400)]),
        (r.Records(therapies=(therapy(50), therapy(60))), [(29, 81), (218, 400)]),
        (r.Records(therapies=(therapy(196), therapy(399))), [(175, 400)]),  # meets the half year
    ],
)
def test_a_person_s_own_pages_have_every_day_they_show(
    records: r.Records, wanted: list[tuple[int, int]]
) -> None:
    found = own_spans(records, day(400))
    assert found == [(day(first), day(last)) for first, last in wanted]


def test_one_among_many_is_judged_by_the_same_days() -> None:
    records = r.Records(episodes=(episode(300, 390),))
    assert client_spans(records, day(400)) == [(day(370), day(400))]
    assert judged(records.episodes, day(400)) == records.episodes[0]
    first, last = course_span(records, day(400))
    for spans in (client_spans(records, day(400)), own_spans(records, day(400))):
        assert any(a <= first and last <= b for a, b in spans)

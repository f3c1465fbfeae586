"""The coach's reader: a person's own page and the list of clients judge by the same days."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from plumbline.coaching.book import CoachBook
from plumbline.coaching.course import Answer, Reason
from plumbline.coaching.records import DiaryEntry, Episode, Therapy
from plumbline.people.changes import assign, keep_wearer
from plumbline.store.database import Store
from plumbline.ui.coach.state import CoachReader
from plumbline.ui.presenters.coach_therapies import compare
from plumbline.ui.presenters.visit import visit_sheet
from plumbline.ui.reader import Reader

from tests.analysis.build import BERLIN, at
from tests.ui.folders import LAST_DAY

BEGIN = date(2026, 10, 19)


def enter(folder: Path, end: date | None) -> None:
    """A client's episode, a massage in it, and a diary of every day."""
    with Store.open(folder) as store:
        wearer = keep_wearer(store, "Kim").id
        assign(store, store.belts()[0].id, wearer, None)
        book = CoachBook(store, lambda: LAST_DAY, wearer)
        book.keep_episode(Episode("", BEGIN, end))
        book.keep_therapy(Therapy("", date(2026, 11, 2), "massage"))
        for n in range((LAST_DAY - BEGIN).days + 1):
            book.write_diary(DiaryEntry("", BEGIN + timedelta(days=n), participation=5))


@pytest.fixture
def coach(folder: Path, request: pytest.FixtureRequest) -> Iterator[CoachReader]:
    """On a day of `request.param`, some time after the belt's last."""
    reader = Reader(lambda: Store.open_existing(folder), BERLIN)
    yield CoachReader(reader, BERLIN, lambda: float(at(f"{request.param} 12:00")))
    reader.close()


@pytest.mark.parametrize("coach", ["2026-11-28", "2027-06-20"], indirect=True)
def test_an_ended_episode_has_the_days_the_belt_was_worn_in_it(
    folder: Path, coach: CoachReader
) -> None:
    enter(folder, LAST_DAY)
    own, among = coach.state(), coach.clients().each[0]
    assert own.course is not None
    assert own.course.answer is not Answer.NOT_ENOUGH
    assert Reason.NO_BELT not in own.course.reasons
    assert among.course == own.course
    told = compare(own.records.therapies[0], own)
    walking = next(row for row in told.rows if "alking" in row[0])
    assert "–" not in walking, "the weeks around a therapy long ago are read"


@pytest.mark.parametrize("coach", ["2027-04-05"], indirect=True)
def test_the_page_for_a_visit_knows_the_belt_of_the_first_weeks(
    folder: Path, coach: CoachReader
) -> None:
    enter(folder, None)
    table = next(each.table for each in visit_sheet(coach.state()).below if each.table)
    steps = next(row for row in table if row[0].startswith("Steps"))
    assert steps[1] != "–"

"""Before and after, side by side, from diary and belt; follow-ups at one, six and twelve weeks."""

import pytest
from plumbline.coaching import records as r
from plumbline.coaching.belt_day import BeltDay
from plumbline.coaching.therapies import FollowUpDue, before_after, follow_ups_due, snapshot

from tests.coaching.make import day, entry


def therapy(n: int, kind: str = "injection", id: str = "t", **more: object) -> r.Therapy:
    return r.Therapy(id, day(n), kind, **more)  # type: ignore[arg-type]


def life(days: range, pain: int, own: int) -> list[r.DiaryEntry]:
    return [entry(n, own, own + 1, pain_average=pain) for n in days]


def worn(days: range, walking: float) -> list[BeltDay]:
    return [BeltDay(day(n), 8.0, walking, walking * 2) for n in days]


def test_a_snapshot_is_the_median_of_three_weeks() -> None:
    diary = [*life(range(0, 10), 9, 1), *life(range(20, 40), 6, 4)]
    found = snapshot(diary, worn(range(20, 40), 30), day(20), day(40))
    assert found == r.Snapshot(6, 4, 5, 30, 60)


@pytest.mark.parametrize(("entries", "pain"), [(2, None), (3, 6)])
def test_two_days_say_nothing(entries: int, pain: float | None) -> None:
    found = snapshot(life(range(20, 20 + entries), 6, 4), [], day(20), day(40))
    assert found == r.Snapshot(pain, *((4, 5) if pain else (None, None)))


def test_before_and_after_leave_out_the_day_itself() -> None:
    diary = [
        *life(range(0, 21), 6, 4),
        entry(21, 0, 0, pain_average=10),
        *life(range(22, 43), 3, 7),
    ]
    belt = [*worn(range(0, 21), 30), *worn(range(22, 43), 45)]
    found = before_after(therapy(21), [], diary, belt, day(60))
    assert found.before == r.Snapshot(6, 4, 5, 30, 60)
    assert found.after == r.Snapshot(3, 7, 8, 45, 90)
    assert found.matters == {"pain": True, "activities": True, "participation": True}


@pytest.mark.parametrize(
    ("before", "after", "matters"),
    [
        *[(6, 4, True), (6, 5, False), (3, 2, True), (4, 6, True), (5, 5, False), (10, 8, True)],
        *[(1, 0, True), (0, 1, False), (0, 2, True)],
    ],
)
def test_a_change_of_pain_that_matters_is_2_points_or_30_percent(
    before: int, after: int, matters: bool
) -> None:
    """Ostelo 2008."""
    diary = [*life(range(0, 21), before, 4), *life(range(22, 43), after, 4)]
    assert before_after(therapy(21), [], diary, [], day(60)).matters["pain"] is matters


def test_what_was_kept_before_a_procedure_is_its_baseline() -> None:
    kept = r.Snapshot(8, 2, 3, 20, 40)
    diary = life(range(22, 43), 3, 7)
    found = before_after(therapy(21, before=kept), [], diary, [], day(60))
    assert found.before == kept


def test_other_therapies_in_the_same_weeks_are_named() -> None:
    others = [therapy(30, "massage", "u"), therapy(50, "other", "v"), therapy(21)]
    found = before_after(therapy(21), others, [], [], day(60))
    assert [each.id for each in found.beside] == ["u"]


@pytest.mark.parametrize(("today", "pain"), [(23, None), (24, 3)])
def test_the_third_day_after_it_tells_on_that_day(today: int, pain: float | None) -> None:
    found = before_after(therapy(21), [], life(range(22, today + 1), 3, 7), [], day(today))
    assert found.after.pain == pain


def test_right_after_there_is_no_after_yet() -> None:
    found = before_after(therapy(21), [], life(range(23), 6, 4), [], day(22))
    assert found.after == r.Snapshot()
    assert not any(found.matters.values())


@pytest.mark.parametrize(
    ("on", "weeks"),
    [
        (0, []),
        (6, []),
        (7, [1]),
        (41, [1]),
        (42, [6]),
        (83, [6]),
        (84, [12]),
        (112, [12]),
        (113, []),
    ],
)
def test_follow_ups_are_due_at_one_six_and_twelve_weeks(on: int, weeks: list[int]) -> None:
    assert [each.week for each in follow_ups_due([therapy(0)], [], day(on))] == weeks


def test_what_was_answered_is_not_asked_again() -> None:
    answered = r.FollowUp("f", "t", 6, day(42), 3, 6)
    assert follow_ups_due([therapy(0)], [answered], day(50)) == []
    assert follow_ups_due([therapy(0)], [answered], day(84)) == [FollowUpDue(therapy(0), 12)]


def test_a_series_of_massages_is_asked_about_once() -> None:
    series = [therapy(7 * n, "massage", f"m{n}") for n in range(4)]
    assert [each.therapy.id for each in follow_ups_due(series, [], day(29))] == ["m0"]
    procedures = [therapy(7 * n, "injection", f"i{n}") for n in range(2)]
    assert len(follow_ups_due(procedures, [], day(20))) == 2
    again = [therapy(0, "massage", "a"), therapy(60, "massage", "b")]
    assert [each.therapy.id for each in follow_ups_due(again, [], day(70))] == ["a", "b"]

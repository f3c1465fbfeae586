"""The demo's five weeks with the coach: they keep every rule, on whichever weekday they end."""

from datetime import date, timedelta
from statistics import mean

import pytest
from plumbline.coaching import quotas
from plumbline.coaching.belt_day import BeltDay
from plumbline.coaching.book import CoachBook
from plumbline.coaching.course import Answer, course
from plumbline.coaching.due import What, due_today
from plumbline.coaching.records import Records
from plumbline.coaching.signs import open_answers
from plumbline.demo_story import DAYS, Draft, story
from plumbline.store.journal import Change
from plumbline.virtual_belt.history import workdays_before

from tests.analysis.build import BERLIN

MONDAY = date(2026, 11, 16)
TODAYS = [MONDAY + timedelta(days=n) for n in range(7)]


def belt_until(today: date) -> list[BeltDay]:
    """Four weeks of workdays, much alike."""
    days = workdays_before(today, 20)
    return [
        BeltDay(day, 9.5, 45.0 + n % 3, 35.0, 5000.0, 8.0, 16.0, 60.0 + n % 7)
        for n, day in enumerate(days)
    ]


def told(today: date) -> list[Change]:
    belt = belt_until(today)
    return story(belt, belt[-1].day, today, BERLIN)


def entered(today: date) -> Records:
    draft = Draft()
    draft.changes = told(today)
    return CoachBook(draft, lambda: today).records()


def test_the_same_days_give_the_same_story_and_it_ends_with_them() -> None:
    today = MONDAY + timedelta(days=2)
    assert told(today) == told(today)
    assert told(today) != told(today + timedelta(days=1))
    last = belt_until(today)[-1].day
    days = {BERLIN.day_of(each.at_utc_ms / 1000) for each in told(today)}
    assert (min(days), max(days)) == (last - timedelta(days=DAYS - 1), last)
    ids = [each.id for each in told(today) if each.kind == "diary"]
    assert len(ids) == len(set(ids)) + 1  # one entry was set right


@pytest.mark.parametrize("today", TODAYS, ids=lambda day: f"{day:%a}")
def test_it_has_what_a_month_with_the_coach_has(today: date) -> None:
    there = entered(today)
    last = belt_until(today)[-1].day
    assert [each.complaint for each in there.episodes] == [True]
    assert there.episodes[0].note
    assert len(there.activities) == 2
    days = [each.day for each in there.diary]
    assert days == sorted(set(days))
    assert 25 <= len(days) < DAYS  # some were missed
    assert [each.measure for each in there.goals] == ["longest_sitting_min"]
    assert 60 <= there.goals[0].baseline <= 66
    assert [each.kind for each in there.therapies] == ["massage"]
    assert [each.week for each in there.follow_ups] == [1]
    assert len(there.lessons) == 2
    assert there.flare_plans[0].text.count("\n") == 2
    assert [each.end is not None for each in there.flares] == [True]
    found = course(there.episodes[0], there.diary, belt_until(today), today)
    assert found is not None
    assert found.answer is Answer.INCREASING
    assert (today - last).days <= 3


@pytest.mark.parametrize("today", TODAYS, ids=lambda day: f"{day:%a}")
def test_the_plan_keeps_to_its_quotas(today: date) -> None:
    there = entered(today)
    plan, flare = there.plans[0], there.flares[0]
    done = quotas.sessions_of(plan, there.sessions)
    baseline = [each.amount for each in done[:3]]
    assert plan.quotas == quotas.quotas(baseline, plan.target, plan.sessions)
    assert plan.quotas[0] == int(0.7 * mean(baseline))
    given = [each for each in done if each.quota is not None]
    assert {quotas.outcome(each).value for each in given} == {"under", "met", "over"}
    assert all(each.quota in plan.quotas for each in given)
    raised = [each for each in given if quotas.flare_on(each.day, there.flares) is None]
    assert [each.quota for each in raised] == list(plan.quotas[: len(raised)])
    held = [each.quota for each in given if quotas.flare_on(each.day, there.flares)]
    before = [each.quota for each in given if each.day < flare.begin] or [plan.quotas[0]]
    assert held
    assert set(held) == {before[-1]}
    first, end = plan.begin, belt_until(today)[-1].day
    planned = [first + timedelta(days=n) for n in range((end - first).days + 1)]
    planned = [day for day in planned if day.weekday() in plan.weekdays]
    assert len(planned) == len(done) + 2  # two were left out
    assert {each.day for each in done} < set(planned)


@pytest.mark.parametrize("today", TODAYS, ids=lambda day: f"{day:%a}")
def test_no_sign_is_open_and_today_asks_for_little(today: date) -> None:
    there = entered(today)
    assert not open_answers(there.answers, today)
    assert all(each.yes == () for each in there.answers)
    gaps = [b.day - a.day for a, b in zip(there.answers, there.answers[1:], strict=False)]
    assert max(gaps) <= timedelta(days=7)
    items = due_today(there, today, 1200, [("why-backs-hurt", False), ("pacing", False)])
    wanted = [What.DIARY, What.SESSION, What.LESSON]
    if today.weekday() == 6:  # nobody has planned one for Sunday
        wanted.remove(What.SESSION)
    assert [each.what for each in items] == wanted


def test_without_enough_days_of_the_belt_there_is_no_goal() -> None:
    belt = belt_until(MONDAY)[-3:]
    changes = story(belt, belt[-1].day, MONDAY, BERLIN)
    assert not [each for each in changes if each.kind == "goal"]
    counted = [each.fields["counted"] for each in changes if each.kind == "session"]
    assert "hand" in counted  # the belt counts where it is worn

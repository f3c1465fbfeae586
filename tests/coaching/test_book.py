"""The records in a real store: checked, kept, changed, and never lost."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from plumbline.coaching import quotas
from plumbline.coaching import records as r
from plumbline.coaching.belt_day import BeltDay
from plumbline.coaching.book import CoachBook
from plumbline.errors import UserError
from plumbline.i18n import use_language
from plumbline.store.database import Store

from tests.coaching.make import day


class Calendar:
    """A today that tests turn on."""

    def __init__(self) -> None:
        self.n = 0

    def __call__(self) -> "object":
        return day(self.n)


@pytest.fixture
def today() -> Calendar:
    return Calendar()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path) as opened:
        yield opened


@pytest.fixture
def book(store: Store, today: Calendar) -> CoachBook:
    return CoachBook(store, today)  # type: ignore[arg-type]


def test_an_episode_and_a_diary_are_kept_and_come_back(book: CoachBook, today: Calendar) -> None:
    book.keep_episode(r.Episode("", day(0), note="after moving house"))
    own = book.keep_activity(r.OwnActivity("", "  working in \n the garden ", day(0)))
    today.n = 3
    book.write_diary(r.DiaryEntry("", day(3), pain_now=4, activities={own: 5}, kind="home"))
    found = book.records()
    assert found.episodes[0].note == "after moving house"
    assert found.activities[0].name == "working in the garden"
    assert found.diary[0].activities == {own: 5}


def test_a_second_entry_of_a_day_is_a_change_of_the_first_and_both_are_kept(
    book: CoachBook, store: Store
) -> None:
    first = book.write_diary(r.DiaryEntry("", day(0), pain_now=4))
    again = book.write_diary(r.DiaryEntry("", day(0), pain_now=6))
    assert again == first
    assert [entry.pain_now for entry in book.records().diary] == [6]
    assert [change.fields["pain_now"] for change in store.history("diary", first)] == [4, 6]
    store.undo("diary", first)
    assert [entry.pain_now for entry in book.records().diary] == [4]


def test_overlapping_episodes_are_refused_and_nothing_is_written(book: CoachBook) -> None:
    book.keep_episode(r.Episode("", day(-30)))
    with pytest.raises(UserError, match="still open"):
        book.keep_episode(r.Episode("", day(-5)))
    first = book.records().episodes
    assert len(first) == 1
    book.keep_episode(r.Episode(first[0].id, day(-30), day(-10)))
    book.keep_episode(r.Episode("", day(-5)))
    assert len(book.records().episodes) == 2


def test_an_episode_is_not_cut_where_the_diary_has_entries(
    book: CoachBook, today: Calendar
) -> None:
    kept = book.keep_episode(r.Episode("", day(0)))
    today.n = 20
    book.write_diary(r.DiaryEntry("", day(10), pain_now=4))
    for begin, end in ((11, None), (0, 9)):
        cut = r.Episode(kept, day(begin), None if end is None else day(end))
        with pytest.raises(UserError, match="Friday, 11 September 2026"):
            book.keep_episode(cut)
    book.keep_episode(r.Episode(kept, day(5), day(10)))
    assert book.records().episodes[0].begin == day(5)


def test_an_activity_with_history_is_put_aside_with_it(book: CoachBook) -> None:
    old = book.keep_activity(r.OwnActivity("", "gardening", day(0)))
    new = book.keep_activity(r.OwnActivity("", "reading", day(0)))
    book.write_diary(r.DiaryEntry("", day(0), activities={old: 5}))
    kept, gone = book.records().activities
    assert book.drop_activity(kept) is True
    assert book.drop_activity(gone) is False
    left = book.records().activities
    assert [(each.id, each.retired) for each in left] == [(old, day(0))]
    assert new != old
    assert book.records().diary[0].activities == {old: 5}
    # Its days can still be changed.
    book.write_diary(r.DiaryEntry("", day(0), activities={old: 6}))


def test_a_plan_goes_through_baseline_quotas_a_flare_up_and_a_sign(
    book: CoachBook, today: Calendar
) -> None:
    plan_id = book.begin_plan("chair-rise", 20, range(7), 6)
    with pytest.raises(UserError, match="already"):
        book.begin_plan("chair-rise", 30, range(7), 6)

    def plan() -> r.Plan:
        return next(each for each in book.records().plans if each.id == plan_id)

    for amount in (10, 10, 10):
        assert book.keep_session("chair-rise", amount, plan()) is quotas.Outcome.BASELINE
        with pytest.raises(UserError, match="already"):
            book.keep_session("chair-rise", amount, plan())
        today.n += 1
    with pytest.raises(UserError, match="stages"):
        book.keep_session("chair-rise", 9, plan())
    with pytest.raises(UserError, match="below"):
        book.fix_quotas(plan(), 5, 6)
    book.fix_quotas(plan(), 17, 6)
    assert plan().quotas == (7, 9, 11, 13, 15, 17)
    assert book.keep_session("chair-rise", 7, plan()) is quotas.Outcome.MET
    today.n += 1
    assert book.keep_session("chair-rise", 8, plan()) is quotas.Outcome.UNDER
    today.n += 1
    book.start_flare()
    book.start_flare()
    assert len(book.records().flares) == 1
    book.keep_session("chair-rise", 7, plan(), counted="belt", reps=[(60.5, 2.25)] * 7)
    assert book.records().sessions[-1].quota == 7
    assert book.records().sessions[-1].reps[0] == (60.5, 2.25)
    today.n += 2
    book.end_flare(book.records().flares[0])
    book.answer_signs(["fever"], "weekly")
    book.keep_session("chair-rise", 9, plan())
    assert book.records().sessions[-1].quota == 9
    today.n += 1
    answer = book.records().answers[0]
    with pytest.raises(UserError, match="before the sign"):
        book.looked(answer, day(today.n - 3), "the doctor")
    with pytest.raises(UserError, match="who"):
        book.looked(answer, day(today.n), " ")
    book.looked(answer, day(today.n), "the doctor")
    book.keep_session("chair-rise", 11, plan())
    assert book.records().sessions[-1].quota == 11
    book.end_plan(plan())
    today.n += 1
    with pytest.raises(UserError, match="done"):
        book.keep_session("chair-rise", 11, plan())


def test_a_flare_up_that_ends_on_its_first_day_is_a_day(book: CoachBook, today: Calendar) -> None:
    book.start_flare()
    book.end_flare(book.records().flares[0])
    assert book.records().flares[0].end == day(0)
    today.n = 1
    assert quotas.flare_on(day(1), book.records().flares) is None


def test_a_procedure_keeps_the_state_before_it(store: Store, today: Calendar) -> None:
    def belt(first: "object", last: "object") -> list[BeltDay]:
        walked = {17: 20.0, 18: 30.0, 19: 40.0, 20: 90.0}
        return [BeltDay(day(n), 8.0, minutes, 60.0) for n, minutes in walked.items()]

    book = CoachBook(store, today, belt_days=belt)  # type: ignore[arg-type]
    for n in range(17, 21):  # the day itself is left out: on four days it would move the middle
        today.n = n
        pain, part = (6, 4) if n < 19 else (7, 5)
        pain, part = (pain, part) if n < 20 else (9, 9)
        book.write_diary(r.DiaryEntry("", day(n), pain_average=pain, participation=part))
    today.n = 25
    book.keep_therapy(r.Therapy("", day(20), "injection", "Dr. M.", "left side"))
    book.keep_therapy(r.Therapy("", day(21), "massage"))
    injection, massage = book.records().therapies
    assert injection.before == r.Snapshot(6, None, 4, 30, 60)
    assert massage.before is None
    with pytest.raises(UserError, match="future"):
        book.keep_therapy(r.Therapy("", day(26), "massage"))


def test_a_goal_has_its_steps_from_the_start(book: CoachBook) -> None:
    book.keep_goal(r.Goal("", "steps", 4000, 6000, day(0), day(28)))
    goal = book.records().goals[0]
    assert goal.steps == (4500, 5000, 5500, 6000)
    book.end_goal(goal)
    assert book.records().goals[0].ended == day(0)
    with pytest.raises(UserError):
        book.keep_goal(r.Goal("", "steps", 4000, 4000, day(0), day(28)))


@pytest.mark.parametrize(
    ("name", "total", "says"),
    [
        ("Roland-Morris", 25, "24"),
        ("Oswestry", -1, "0 to"),
        (" ", 3, "name"),
        ("Oswestry", 30, None),
    ],
)
def test_totals_from_elsewhere(book: CoachBook, name: str, total: float, says: str | None) -> None:
    found = r.Questionnaire("", day(0), name, total)
    if says is None:
        book.keep_questionnaire(found)
        assert book.records().questionnaires[0].total == total
        return
    with pytest.raises(UserError, match=says):
        book.keep_questionnaire(found)


def test_lessons_flare_plan_follow_ups_and_wishes(book: CoachBook, store: Store) -> None:
    book.lesson_seen("sleep", None)
    book.lesson_seen("sleep", True)
    assert [(s.lesson, s.correct) for s in book.records().lessons] == [("sleep", True)]
    book.keep_flare_plan("shorter walks")
    book.keep_flare_plan("shorter walks, warmth")
    plans = book.records().flare_plans
    assert [each.text for each in plans] == ["shorter walks, warmth"]
    assert len(store.history("flare_plan", plans[0].id)) == 2
    book.prefer(1080)
    book.prefer(1140)
    assert book.records().preference.diary_from_min == 1140
    book.keep_follow_up(r.FollowUp("", "t", 1, day(0), 3, 6, "none", "yes"))
    with pytest.raises(UserError):
        book.keep_follow_up(r.FollowUp("", "t", 2, day(0), 3, 6))


def test_wearers_are_apart(store: Store, today: Calendar) -> None:
    one = CoachBook(store, today, "a" * 32)  # type: ignore[arg-type]
    other = CoachBook(store, today)  # type: ignore[arg-type]
    one.keep_episode(r.Episode("", day(-3)))
    assert other.records() == r.Records()
    other.keep_episode(r.Episode("", day(-3)))
    assert len(one.records().episodes) == 1


@pytest.mark.parametrize(
    ("kind", "fields", "says"),
    [
        ("diary", {"day": "2026-09-01", "pain_now": 11}, "0 to 10"),
        ("diary", {"pain_now": 3}, "not complete"),
        ("diary", {"day": "yesterday"}, "“Day” has a value that cannot be kept"),
        ("follow_up", {"therapy": "t", "week": "1", "day": "2026-09-01"}, "“Week” has a value"),
        ("therapy", {"day": "2026-09-01", "kind": "magic"}, "“Kind” has a value that is not known"),
        ("sign_answer", {"day": "2026-09-01", "yes": ["hunger"]}, "not known"),
        ("episode", {"begin": "2026-09-01", "note": "x" * 5000}, "text in “Note”"),
        ("flare_plan", {"day": "2026-09-01", "text": " "}, "empty"),
    ],
)
def test_what_another_program_writes_is_checked_as_well(
    store: Store, kind: str, fields: r.Fields, says: str
) -> None:
    with pytest.raises(UserError, match=says):
        store.put(kind, fields)
    assert store.entries(kind) == []


@pytest.mark.parametrize(
    ("kind", "fields", "says"),
    [
        ("diary", {"day": "gestern"}, "„Tag“ hat einen Wert"),
        ("episode", {"begin": "2026-09-01", "note": "x" * 5000}, "in „Notiz“ ist länger"),
        ("therapy", {"day": "2026-09-01", "kind": "magic"}, "„Art“ hat einen Wert"),
    ],
)
def test_a_refusal_speaks_the_users_language_throughout(
    store: Store, kind: str, fields: r.Fields, says: str
) -> None:
    use_language("de")
    try:
        with pytest.raises(UserError, match=says):
            store.put(kind, fields)
    finally:
        use_language("en")


def test_fields_of_a_newer_program_are_passed_over(store: Store, book: CoachBook) -> None:
    store.put("episode", {"begin": "2026-09-01", "mood": "blue"})
    assert book.records().episodes[0].begin == day(0)


def test_everything_survives_a_rebuild(store: Store, book: CoachBook, today: Calendar) -> None:
    book.keep_episode(r.Episode("", day(0)))
    today.n = 40
    for n in (0, 2, 40):
        book.write_diary(r.DiaryEntry("", day(n), pain_now=n % 10))
    book.write_diary(r.DiaryEntry("", day(2), pain_now=9))
    book.answer_signs(["fall"], "start")
    before = book.records()
    assert [entry.day - day(0) for entry in before.diary] == [
        timedelta(0),
        timedelta(2),
        timedelta(40),
    ]
    folder = store.folder
    store.close()
    for path in folder.glob("*.sqlite*"):
        path.unlink()
    for path in folder.glob("*.db*"):
        path.unlink()
    with Store.open(folder) as again:
        assert CoachBook(again, today).records() == before  # type: ignore[arg-type]


def test_a_baseline_session_of_nothing_is_refused_and_todays_can_be_corrected(
    book: CoachBook,
) -> None:
    book.begin_plan("walking", 30, (0, 1, 2, 3, 4, 5, 6), 6)
    plan = book.records().plans[0]
    with pytest.raises(UserError, match="how much went well"):
        book.keep_session("walking", 0, plan)
    book.keep_session("walking", 20, plan)
    session = book.records().sessions[0]
    with pytest.raises(UserError, match="how much went well"):
        book.change_session(session, 0)
    book.change_session(session, 18)
    assert [each.amount for each in book.records().sessions] == [18]
    with pytest.raises(UserError, match="how much was done"):
        book.keep_session("walking", 0)


def test_a_goal_is_changed_and_what_it_was_stays(book: CoachBook, today: Calendar) -> None:
    own = book.keep_activity(r.OwnActivity("", "gardening", day(0)))
    book.keep_activity(r.OwnActivity("", "cycling", day(0)))
    book.keep_goal(r.Goal("", "own_activity", 4, 8, day(0), day(28), own=own))
    today.n = 8
    (goal,) = book.records().goals
    book.change_goal(goal, 6, day(28), "  an hour of\ngardening ")
    (found,) = book.records().goals
    assert (found.target, found.steps) == (6, (5, 6, 6, 6))
    assert [each.target for _day, each in book.past(found)] == [8, 6]
    assert [each.name for each in book.records().activities] == ["an hour of gardening", "cycling"]
    before = len(book.done)
    book.change_goal(found, 6, day(28), "an hour of gardening")  # nothing is changed
    assert len(book.done) == before
    with pytest.raises(UserError, match="already there"):
        book.change_goal(found, 7, day(28), "Cycling")
    assert book.records().goals == (found,)
    book.answer_signs(["fever"], "changed")
    with pytest.raises(UserError, match="raised"):
        book.change_goal(found, 7, day(28))


def test_an_answer_given_by_a_slip_is_changed_and_the_first_one_stays(
    book: CoachBook, today: Calendar
) -> None:
    book.answer_signs(["fever", "fall"], "start")
    today.n = 1
    (answer,) = book.records().answers
    book.correct_signs(answer, ["fever", "fall"])
    assert len(book.past(answer)) == 1
    book.correct_signs(answer, ["fall"])
    (found,) = book.records().answers
    assert (found.yes, found.slips, found.corrected) == (("fall",), ("fever",), day(1))
    assert [each.yes for _day, each in book.past(found)] == [("fever", "fall"), ("fall",)]


def test_what_was_entered_before_there_was_a_name_can_be_taken_over(
    store: Store, book: CoachBook, today: Calendar
) -> None:
    book.keep_episode(r.Episode("", day(0)))
    own = book.keep_activity(r.OwnActivity("", "gardening", day(0)))
    book.write_diary(r.DiaryEntry("", day(0), pain_now=4, activities={own: 6}))
    therapy = book.keep_therapy(r.Therapy("", day(0), "massage"))
    book.keep_follow_up(r.FollowUp("", therapy, 1, day(0), pain=3))
    book.begin_plan("walking", 30, [0], 6)
    book.keep_session("walking", 10, book.records().plans[0])
    assert book.loose() == 0  # there is nobody to take them
    kim, anna = (CoachBook(store, today, wearer) for wearer in ("kim", "anna"))  # type: ignore[arg-type]
    assert (kim.loose(), anna.loose()) == (7, 7)
    assert kim.records() == r.Records()
    before = book.records()
    kim.take_over()
    found = kim.records()
    assert found.diary[0].activities == {found.activities[0].id: 6}
    assert found.follow_ups[0].therapy == found.therapies[0].id
    assert found.sessions[0].plan == found.plans[0].id
    assert found.episodes[0].begin == day(0)
    assert (kim.loose(), anna.loose()) == (0, 0)
    assert book.records() == r.Records()
    for done in reversed(kim.done):
        store.undo(done.kind, done.id, done.n)
    assert book.records() == before
    assert kim.records() == r.Records()
    kim.write_diary(r.DiaryEntry("", day(0), pain_now=1))
    assert kim.loose() == 0  # with a diary of one's own nothing is mixed

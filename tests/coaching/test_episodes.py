"""Episodes and diary entries: what may be entered, and why not where it may not."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from plumbline.coaching import checks
from plumbline.coaching import records as r
from plumbline.coaching.episodes import covers, on_day, running
from plumbline.errors import UserError

from tests.coaching.make import day, entry, episode

TODAY = day(40)


@pytest.mark.parametrize(
    ("new", "others", "says"),
    [
        (episode(0), [], None),
        (episode(40), [], None),
        (episode(41), [], "future"),
        (episode(5, 41), [], "future"),
        (episode(5, 4), [], "before it begins"),
        (episode(5, 5), [], None),
        (episode(20), [episode(0, 10, id="e0")], None),
        (episode(11), [episode(0, 10, id="e0")], None),
        (episode(10), [episode(0, 10, id="e0")], "overlaps"),
        (episode(20), [episode(0, id="e0")], "still open"),
        (episode(0, 5), [episode(3, id="e0")], "overlaps"),
        (episode(0, 2), [episode(3, id="e0")], None),
        (episode(2, 4), [episode(0, 10)], None),  # an edit of itself
        (r.Episode("e1", date(1899, 12, 31)), [], "1900"),
    ],
)
def test_an_episode_is_taken_or_refused_in_a_sentence(
    new: r.Episode, others: list[r.Episode], says: str | None
) -> None:
    if says is None:
        checks.check_episode(new, others, TODAY)
        return
    with pytest.raises(UserError, match=says):
        checks.check_episode(new, others, TODAY)


def test_an_episode_covers_its_first_and_last_day() -> None:
    closed = episode(3, 5)
    assert [covers(closed, day(n)) for n in (2, 3, 5, 6)] == [False, True, True, False]
    assert covers(episode(3), day(4000))


def test_two_episodes_and_the_gap_between_them() -> None:
    both = [episode(0, 10, id="e0"), episode(20, id="e1")]
    found = [on_day(both, day(n)) for n in (10, 15, 20, 39)]
    assert [each.id if each else None for each in found] == ["e0", None, "e1", "e1"]
    assert running(both, TODAY) == both[1]
    assert running(both[:1], TODAY) is None


@pytest.mark.parametrize(
    ("new", "says"),
    [
        (entry(40, 5), None),
        (entry(41, 5), "future"),
        (entry(0, 5), None),
        (entry(9, 5), "before the episode"),
        (entry(40), "is empty"),
        (entry(40, note="slept badly"), None),
        (entry(40, kind="home"), None),
        (entry(40, 11), "0 to 10"),
        (entry(40, None, -1), "0 to 10"),
        (entry(40, pain_now=7, pain_average=10), None),
        (entry(40, sleep=12), "0 to 10"),
        (entry(40, kind="holiday"), "kind of day"),
        (entry(40, activities={"a9": 3}), "no longer"),
    ],
)
def test_a_diary_entry_is_taken_or_refused_in_a_sentence(
    new: r.DiaryEntry, says: str | None
) -> None:
    episodes = [episode(0, 5, id="e0"), episode(10)]
    own = [r.OwnActivity("a1", "gardening", day(0))]
    if says is None:
        checks.check_entry(new, episodes, own, TODAY)
        return
    with pytest.raises(UserError, match=says):
        checks.check_entry(new, episodes, own, TODAY)


def test_there_are_three_own_activities_at_most_and_each_has_a_name() -> None:
    own = [r.OwnActivity(f"a{n}", f"activity {n}", day(0)) for n in range(3)]
    checks.check_activity(own[2], own[:2])
    with pytest.raises(UserError, match="three"):
        checks.check_activity(r.OwnActivity("a3", "reading", day(0)), own)
    checks.check_activity(own[1], own)  # an edit of itself
    retired = [*own[:2], r.OwnActivity("a2", "activity 2", day(0), retired=day(3))]
    checks.check_activity(r.OwnActivity("a3", "reading", day(0)), retired)
    for name, says in (("", "words"), ("  ", "words"), ("activity 0", "already"), ("x" * 81, "80")):
        with pytest.raises(UserError, match=says):
            checks.check_activity(r.OwnActivity("a9", name, day(0)), own[:1])


def test_a_diary_day_stays_what_it_was_when_the_zone_changes() -> None:
    """Entries bear the wearer's date; flying on gives a day twice or not at all, never a shift."""
    instant = datetime(2026, 9, 20, 23, 30, tzinfo=UTC)
    berlin = instant.astimezone(ZoneInfo("Europe/Berlin")).date()
    new_york = instant.astimezone(ZoneInfo("America/New_York")).date()
    assert (berlin - new_york).days == 1
    written = r.DiaryEntry("d", berlin, activities={"a1": 4})
    again = r.DiaryEntry.read("d", written.fields())
    assert again == written
    assert again.day == berlin
    # A day in the east is tomorrow in the west: it is kept; checks are of the day of entering.
    checks.check_entry(written, [], [r.OwnActivity("a1", "x", day(0))], berlin)
    with pytest.raises(UserError, match="future"):
        checks.check_entry(written, [], [r.OwnActivity("a1", "x", day(0))], new_york)


EVERY = [
    episode(0, 4, note="after the move", complaint=True),
    r.Episode("e", day(0), None, complaint=False),
    entry(3, 4, 5, pain_now=3, pain_average=4, sleep=6, stress=2, kind="office", changed=True),
    r.OwnActivity("a", "gardening", day(0), retired=day(9)),
    r.Questionnaire("q", day(3), "Roland-Morris", 11.0),
    r.Goal("g", "steps", 4000.0, 6000.0, day(0), day(42), (4500.0, 5000.0), own="", remind=True),
    r.Plan("p", "walking", "minutes", day(0), 30, (0, 2, 4), 12, (10, 12), day(50)),
    r.Session("s", day(2), "p", "chair-rise", "times", 10, 9, counted="belt", reps=((62.0, 2.5),)),
    r.FlareUp("f", day(2), day(5), "walked less"),
    r.FlarePlan("fp", day(0), "shorter walks, warmth, call the practice after five days"),
    r.SignAnswer("w", day(2), ("fever",), "weekly", looked=day(4), who="the doctor"),
    r.Therapy("t", day(2), "injection", "Dr. X", "left", r.Snapshot(5.0, 4.0, 3.0, 61.0, 120.0)),
    r.FollowUp("u", "t", 6, day(44), 3, 6, "none", "partly"),
    r.LessonSeen("l", "sleep", day(3), False),
    r.VisitNote("v", day(3), "to lift my child again", ("options", "risk"), "swimming?"),
    r.Preferences("p", 1080),
]


@pytest.mark.parametrize("record", EVERY, ids=lambda each: type(each).__name__)
def test_every_record_survives_the_way_through_the_store(record: r.Record) -> None:
    import json

    fields = json.loads(json.dumps(record.fields()))
    assert type(record).read(record.id, fields) == record


def test_every_kind_of_record_is_tried_here() -> None:
    assert {type(each) for each in EVERY} == set(r.KINDS.values())

"""What the Coach's sub-pages say, as tables: texts from records, no widget."""

from dataclasses import replace
from datetime import date

import pytest
from plumbline.coaching import quotas
from plumbline.coaching import records as r
from plumbline.coaching.belt_day import BeltDay
from plumbline.ui.coach.days_plot import trace_keys
from plumbline.ui.coach.state import CoachState, state_of
from plumbline.ui.presenters import coach_course as course
from plumbline.ui.presenters import coach_plan as plans
from plumbline.ui.presenters import coach_session as sessions
from plumbline.ui.presenters import coach_therapies as therapies
from plumbline.ui.presenters import coach_today as today_
from plumbline.ui.presenters.coach_so_far import so_far_text
from plumbline.ui.presenters.visit import course_lines
from plumbline.ui.theme import LIGHT

from tests.coaching.make import answer, day, entry, episode, flare, plan, session


def state(on: int = 20, belt: tuple[BeltDay, ...] = (), **lists: object) -> CoachState:
    records = r.Records(**{name: tuple(each) for name, each in lists.items()})  # type: ignore[arg-type, call-overload]
    return state_of(records, day(on), 1200, belt)


def rising(first: int, last: int) -> list[r.DiaryEntry]:
    scores = [round(first + (last - first) * n / 20) for n in range(21)]
    return [entry(n, score, score, pain_now=10 - score) for n, score in enumerate(scores)]


def unsteady() -> list[r.DiaryEntry]:
    return [entry(n, s, s) for n, s in zip(range(0, 21, 2), UNSTEADY, strict=True)]


UNSTEADY = (5, 1, 2, 6, 2, 2, 7, 3, 3, 8, 4)
OWN = [r.OwnActivity("a1", "gardening", day(0))]


@pytest.mark.parametrize(
    ("diary", "answer_", "reason"),
    [
        (rising(3, 7), "Activities and taking part are increasing.", "rose by 4"),
        (rising(4, 4), "For three weeks no clear increase", "changed by 0.0 points"),
        (rising(2, 3), "For three weeks no clear increase", "less than a change that matters."),
        (
            unsteady(),
            "For three weeks no clear increase",
            "+2.8 points in three weeks (each by itself: own activities more,",
        ),
        (rising(7, 4), "For three weeks no clear increase", "fell by 3"),
        (rising(9, 9), "Steady on a good level.", "8 or more"),
        (rising(3, 7)[:5], "Not enough to say.", "5 days with scores; it takes eight"),
        (
            rising(3, 7),
            "Activities",
            "(each by itself: own activities more, taking part more). The belt",
        ),
        (rising(3, 7), "Activities", "From 1 Sept to 21 Sept there are scores on 21 of 21 days."),
    ],
)
def test_the_course_in_words(diary: list[r.DiaryEntry], answer_: str, reason: str) -> None:
    view = course.course_view(state(episodes=[episode(0)], diary=diary, activities=OWN))
    assert view.answer.startswith(answer_)
    assert reason in view.text.replace("\n", " ")
    assert "KNGF 2013" in view.sources
    assert "2021" in view.sources
    assert "2014" in view.sources


def test_where_diary_and_belt_disagree_that_is_the_answer() -> None:
    belt = tuple(BeltDay(day(n), 8.0, 60.0 - 2 * n, 30.0) for n in range(21))
    now = state(belt=belt, episodes=[episode(0)], diary=rising(3, 7), activities=OWN)
    assert now.course is not None
    view = course.course_view(now)
    assert view.answer == "Diary and belt say different things: no answer for now."
    assert "The belt saw less" in view.text
    assert course_lines(now.course)[0].startswith(view.answer)


def test_the_course_is_drawn_with_the_band_of_the_change_that_matters() -> None:
    belt = tuple(BeltDay(day(n), 8.0, 20.0 + n, 40.0) for n in range(21))
    view = course.course_view(
        state(belt=belt, episodes=[episode(0)], diary=rising(3, 7), activities=OWN)
    )
    own, part = view.scores
    assert own.band is not None
    assert own.band[1] - own.band[0] == pytest.approx(2.6)
    assert own.trend[0][0] == day(0)
    assert own.trend[1][1] > own.band[1]  # it leaves the band: the change matters
    assert part.band is None
    assert len(view.feet[0].points) == 21
    assert (view.since, view.until) == (day(0), day(20))


def test_a_measure_looks_the_same_wherever_it_is_drawn() -> None:
    shown = state(episodes=[episode(0)], diary=rising(3, 7), activities=OWN)
    view = course.course_view(shown)
    here = {key.name: key for key in trace_keys((*view.scores, *view.pain), LIGHT)}
    there = {key.name: key for key in trace_keys(therapies.timeline(shown).traces, LIGHT)}
    assert set(there) == {"Pain", "Own activities"}
    assert all(here[name] == key for name, key in there.items())
    assert len({(key.symbol, key.colour) for key in here.values()}) == 3


def test_before_three_weeks_and_without_an_episode_the_course_says_so() -> None:
    young = course.course_view(state(10, episodes=[episode(0)], diary=rising(3, 7)[:11]))
    assert "younger than three weeks" in young.text
    assert "Without an episode" in course.course_view(state()).text


def test_totals_of_questionnaires_are_told_with_the_change_that_matters() -> None:
    def totals(*values: float, name: str = "Roland-Morris") -> list[str]:
        found = [r.Questionnaire(f"q{n}", day(n), name, v) for n, v in enumerate(values)]
        return course.total_texts(state(questionnaires=found).records)

    assert totals(12) == ["Roland-Morris: 12 (1 Sept)"]
    assert totals(12, 8)[0].endswith("no change that matters")
    assert totals(12, 7)[0].endswith("– a change that matters")
    assert "matters" not in totals(50, 10, name="My clinic's")[0]
    assert "0 to 24; a change of 5" in course.total_hint("Roland-Morris")


@pytest.mark.parametrize(
    ("wanted", "done", "text"),
    [
        (plan(), [], "Baseline 1 of 3"),
        (plan(), [session(n, 9) for n in range(3)], "baseline is complete"),
        (plan((10, 12, 14)), [session(n, 9) for n in range(3)], "Today: 10 minutes, neither"),
        (plan((10, 12, 14)), [session(n, 9) for n in range(3)], "Stage 1 of 3 to 30 minutes."),
        (plan((10,), stopped=day(5)), [], "Ended on"),
        (plan((10,)), [*[session(n, 9) for n in range(3)], session(4, 10, 10)], "Done: every"),
        (
            plan((10, 12, 14, 16)),
            [session(n, 9) for n in range(3)] + [session(3 + n, 1, 10 + 2 * n) for n in range(3)],
            "Talk about the plan",
        ),
        (plan(weekdays=(0, 2)), [], "On Monday and Wednesday."),
        (plan(), [], "Every day."),
    ],
)
def test_a_plan_in_words(wanted: r.Plan, done: list[r.Session], text: str) -> None:
    view = plans.plan_views(state(plans=[wanted], sessions=done))[0]
    assert text in view.sentence


def test_a_week_with_nothing_planned_is_left_out() -> None:
    mondays = replace(plan(weekdays=(0,)), begin=date(2026, 11, 3))  # a Tuesday
    now = state_of(r.Records(plans=(mondays,)), date(2026, 11, 10))
    assert plans.plan_views(now)[0].weeks == ("Sessions done of planned: this week 0 of 1 so far.")


def test_the_staircase_shows_what_was_and_what_is_to_come() -> None:
    done = [session(n, 9) for n in range(3)] + [session(3, 10, 10), session(4, 9, 12)]
    ladder = plan((10, 12, 14, 16))
    free = plans.plan_views(state(plans=[ladder], sessions=done))[0].stairs
    assert [(s.quota, s.amount) for s in free] == [
        (None, 9),
        (None, 9),
        (None, 9),
        (10, 10),
        (12, 9),
        (14, None),
        (16, None),
    ]
    held = plans.plan_views(state(plans=[ladder], sessions=done, flares=[flare(5)]))[0].stairs
    assert [s.quota for s in held[5:]] == [10, 14, 16]  # once more, then the plan


LADDER = (10, 12, 14)
BASELINE = [session(n, 9) for n in range(3)]


@pytest.mark.parametrize(
    ("quotas_", "done", "said"),
    [
        ((), [session(20, 9)], "Saved: 9 minutes, session 1 of 3 for the baseline. 2 more, as far"),
        ((), [*BASELINE[:2], session(20, 9)], "session 3 of 3 for the baseline. Now the stages"),
        (
            LADDER,
            [*BASELINE, session(20, 10, 10)],
            "Saved: 10 minutes, exactly as planned. Well done. Next session on Tuesday: 12 minutes",
        ),
        (
            LADDER,
            [*BASELINE, session(20, 1, 10)],
            "Saved: 1 minute; 10 were planned. That happens: the plan goes on as it was set. Next",
        ),
        (
            LADDER,
            [*BASELINE, session(20, 15, 10)],
            "Saved: 15 minutes; 10 were planned. More is not needed: the plan goes on",
        ),
        (LADDER[:1], [*BASELINE, session(20, 10, 10)], "That was the last stage of the plan."),
    ],
)
def test_a_saved_session_says_what_it_means_and_praises_what_was_planned(
    quotas_: tuple[int, ...], done: list[r.Session], said: str
) -> None:
    now = state(plans=[plan(quotas_)], sessions=done)
    choice = sessions.Choice("walking", plan(quotas_), "")
    text = sessions.session_view(choice, now).said
    assert said in text
    assert ("Well done" in text) is (quotas.outcome(done[-1]) is quotas.Outcome.MET)
    yesterday = replace(now, today=day(21))
    assert sessions.session_view(choice, yesterday).said == ""


def test_free_sessions_of_today_are_told_and_change_no_plan() -> None:
    free = [session(20, n, plan="", exercise="bird-dog") for n in (1, 8)]
    choice = sessions.Choice("bird-dog", None, "")
    said = sessions.session_view(choice, state(sessions=free)).said
    assert "1 time on each side and 8 times on each side" in said
    assert "change nothing in a plan" in said


@pytest.mark.parametrize(
    ("lists", "title", "text", "button"),
    [
        (
            {"flare_plans": [r.FlarePlan("f", day(1), "walk")], "plans": [plan(LADDER)]},
            "Your plan for a flare-up runs",
            "walk",
            "It is over: back to the plan",
        ),
        (
            {"plans": [plan(LADDER)], "sessions": [*BASELINE, session(4, 10, 10)]},
            "You are in a flare-up",
            "Nothing is raised while it lasts: Walking 10 minutes.",
            "It is over: back to the plan",
        ),
        (
            {"plans": [plan()]},
            "You are in a flare-up",
            "A baseline may wait until it is over.",
            "It is over: back to the plan",
        ),
        ({}, "You are in a flare-up", "Keep moving as far as it goes. What helps", "It is over"),
    ],
)
def test_a_flare_up_says_only_what_is_true(
    lists: dict[str, list[r.Record]], title: str, text: str, button: str
) -> None:
    now = state(flares=[flare(18)], lessons=[r.LessonSeen("l", "why-backs-hurt", day(20))], **lists)
    card = today_.cards(now)[0]
    assert (card.title, card.button) == (title, button)
    assert text in card.text
    assert ("Nothing is raised" in card.text) is ("raised" in text)
    assert ("baseline" in card.text) is ("baseline" in text)


def test_a_card_about_something_gone_is_left_out() -> None:
    shown = state(plans=[plan()])
    assert [card.title for card in today_.cards(shown)] == ["Walking", "Why backs hurt"]
    gone = replace(shown, records=r.Records())
    assert [card.title for card in today_.cards(gone)] == ["Why backs hurt"]


def test_nothing_due_is_said_kindly() -> None:
    seen = [r.LessonSeen("l", "why-backs-hurt", day(20))]
    assert "Begin with an episode" in today_.nothing_due(state(lessons=seen))
    goal = r.Goal("g", "steps", 4000, 6000, day(0), day(60))
    quiet = state(lessons=seen, goals=[goal])
    assert today_.nothing_due(quiet) == "Nothing is due today. Enjoy the day."
    assert today_.nothing_due(state()) == ""


def test_an_open_sign_names_itself_and_what_to_do() -> None:
    card = today_.cards(state(episodes=[episode(0)], answers=[answer(19, "fall", "fever")]))[0]
    assert card.title == "Please see a doctor within a day or two"
    assert "after a fall" in card.text
    assert "fever" in card.text


def test_goals_in_words() -> None:
    belt = tuple(BeltDay(day(n), 8.0, steps=5200.0) for n in range(15, 21))
    goal = r.Goal("g", "steps", 4000, 6000, day(0), day(28), (4500, 5000, 5500, 6000))
    view = plans.goal_views(state(belt=belt, goals=[goal]))[0]
    assert view.title == "Steps a day"
    assert "From 4,000 to 6,000" in view.sentence
    assert "this week 5,500" in view.sentence
    assert view.sentence.endswith("The middle of your last seven days is 5,200.")
    ended = replace(goal, ended=day(5))
    assert plans.goal_views(state(goals=[ended])) == []
    assert "too few data" in plans.goal_views(state(goals=[goal]))[0].sentence


def test_before_and_after_side_by_side() -> None:
    diary = [entry(n, 4, 4, pain_now=7) for n in range(20)]
    diary += [entry(n, 7, 4, pain_now=4) for n in range(21, 40)]
    injection = r.Therapy("t", day(20), "injection", "Dr. Sommer")
    massage = r.Therapy("m", day(25), "massage")
    shown = state(40, diary=diary, therapies=[injection, massage])
    found = therapies.compare(injection, shown)
    assert found.rows[0] == ("Pain", "7", "4", "a change that matters")
    assert found.rows[1] == ("Own activities", "4", "7", "a change that matters")
    assert found.rows[2] == ("Taking part", "4", "4", "no change that matters")
    assert found.rows[3] == ("Walking, minutes a day", "–", "–", "")
    assert "not always a change because of it" in found.note
    assert "Massage" in found.note
    assert "too few days yet" in therapies.compare(injection, replace(shown, today=day(20))).note


def test_the_list_of_therapies_tells_follow_ups() -> None:
    injection = r.Therapy("t", day(0), "injection", "Dr. Sommer", "left")
    answered = r.FollowUp("f", "t", 1, day(8), 3, 6, "a bruise", "partly")
    view = therapies.therapy_views(state(45, therapies=[injection], follow_ups=[answered]))[0]
    assert view.due == 6
    assert "Dr. Sommer · left · after 1 week: pain 3, activities 6" in view.text
    assert "side effects: a bruise" in view.text
    line = therapies.timeline(state(45, therapies=[injection]))
    assert line.marks == ((day(0), "Injection"),)
    assert line.first <= day(0)


def test_what_the_belt_counted_today_can_be_taken_over() -> None:
    belt = (BeltDay(day(20), 8.0, walking_min=23.4),)
    shown = replace(state(belt=belt), counted_today={1: 14, 2: 0})
    by_name = {c.exercise: c for c in sessions.choices(shown)}
    assert sessions.seen_today(by_name["walking"], shown)[0] == 23
    assert sessions.seen_today(by_name["chair-rise"], shown)[0] == 14
    assert sessions.seen_today(by_name["hip-hinge"], shown) == (0, "")
    assert sessions.seen_today(by_name["bridge"], shown) == (0, "")


def test_a_sessions_page_says_what_is_due_and_lets_it_be_changed() -> None:
    ladder = plan((10, 12, 14))
    done = [session(n, 9) for n in range(3)]
    choice = sessions.choices(state(plans=[ladder], sessions=done))[0]
    view = sessions.session_view(choice, state(plans=[ladder], sessions=done))
    assert (view.amount, view.done, view.entered, view.counts) == (10, False, None, False)
    entered = session(20, 10, 10)
    after = state(plans=[ladder], sessions=[*done, entered])
    view = sessions.session_view(sessions.choices(after)[0], after)
    assert (view.amount, view.done, view.entered) == (10, True, entered)


def test_on_other_days_the_next_session_is_told() -> None:
    """Day 20 of these tables is a Monday."""
    assert day(20).weekday() == 0
    done = [session(n, 10, None) for n in range(3)]
    going = replace(plan((23, 26, 30)), weekdays=(1, 3))
    said = plans.plan_views(state(plans=[going], sessions=done))[0].sentence
    assert "Next session on Tuesday: 23 minutes." in said
    assert "Today" not in said
    today = replace(going, weekdays=(0,))
    assert "Today: 23 minutes" in plans.plan_views(state(plans=[today], sessions=done))[0].sentence
    # Entered today already: the next one is a week away.
    entered = state(plans=[today], sessions=[*done, session(20, 23, 23)])
    assert "Next session on Monday: 26" in plans.plan_views(entered)[0].sentence


@pytest.mark.parametrize(
    ("lists", "text"),
    [
        ({}, ""),
        ({"diary": [entry(19, 4)]}, ""),
        ({"diary": [entry(20, 4)]}, "Done today: the diary."),
        (
            {"diary": [entry(20, 4)], "sessions": [session(20, 8, plan="", exercise="bridge")]},
            "Done today: the diary and Bridge (8 times).",
        ),
        ({"plans": [plan(begin=20, weekdays=(0,))]}, ""),  # it stands above, in the list
        (
            {"plans": [plan(begin=20, weekdays=(1, 3))], "diary": [entry(20, 4)]},
            "Done today: the diary. Next session: Walking on Tuesday.",
        ),
        (
            {"plans": [plan(begin=20, weekdays=(1, 3))], "answers": [answer(20, "leg-weakness")]},
            "",  # first help, then exercises
        ),
    ],
)
def test_below_the_list_is_what_was_done_and_what_comes_next(
    lists: dict[str, list[r.Record]], text: str
) -> None:
    assert so_far_text(state(episodes=[episode(0)], **lists)) == text

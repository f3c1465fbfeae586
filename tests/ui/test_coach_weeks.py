"""Weeks as the user's country counts them, and days that were."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from plumbline.coaching import records as r
from plumbline.coaching.course import Answer, Course, Reason
from plumbline.coaching.trend import Slope
from plumbline.i18n import use_language
from plumbline.ui.coach.days_plot import DaysPlot
from plumbline.ui.coach.plan_dialogs import PlanWizard
from plumbline.ui.presenters.coach_course import Measure, Trace, answer_text, reason_texts, trace
from plumbline.ui.presenters.coach_plan import goal_views, plan_views
from plumbline.ui.presenters.coach_therapies import compare, spans_text
from plumbline.ui.theme import LIGHT
from pyqtgraph import InfiniteLine
from pytestqt.qtbot import QtBot

from tests.coaching.make import answer, day, plan, session
from tests.ui.test_coach_presenters import state


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    yield
    use_language("en")


@pytest.mark.parametrize(
    ("place", "first", "weeks"),
    [
        ("en_GB", "Monday", "week of 31 Aug 1 of 2, this week 1 of 1 so far"),
        ("en_US", "Sunday", "week of Aug 30 0 of 1, this week 2 of 2 so far"),
    ],
)
def test_the_weeks_of_a_plan_begin_as_the_country_has_it(
    place: str, first: str, weeks: str, qtbot: QtBot
) -> None:
    """1 September is a Tuesday, day 5 a Sunday."""
    use_language(place)
    ours = plan((10, 12), begin=0, weekdays=(0, 4, 6))
    done = [session(5, 9), session(6, 9)]
    (view,) = plan_views(state(on=8, plans=[ours], sessions=done))
    assert weeks in view.weeks
    wizard = PlanWizard()
    qtbot.addWidget(wizard)
    assert next(iter(wizard.days.values())).text() == first
    assert [wizard.days[n].text() for n in (0, 6)] == ["Monday", "Sunday"]


@pytest.mark.parametrize(
    ("on", "says"),
    [
        (30, "after: from 2 Oct on;"),
        (31, "after: from 2 Oct on;"),
        (32, "after: 2 Oct to today;"),
        (50, "after: 2 Oct to today;"),
        (51, "after: 2 Oct to 22 Oct;"),
        (90, "after: 2 Oct to 22 Oct;"),
    ],
)
def test_no_day_to_come_is_among_those_after_a_therapy(on: int, says: str) -> None:
    assert says in spans_text(r.Therapy("t", day(30), "massage"), day(on))


@pytest.mark.parametrize(
    ("on", "says"), [(40, "too few days yet."), (51, "too few days yet."), (52, "with entries.")]
)
def test_days_after_a_therapy_that_cannot_come_any_more_are_not_waited_for(
    on: int, says: str
) -> None:
    therapy = r.Therapy("t", day(30), "massage")
    assert compare(therapy, state(on=on, therapies=[therapy])).note.endswith(says)


def test_a_goal_on_an_activity_put_aside_says_so() -> None:
    goal = r.Goal("g", "own_activity", 4, 8, day(0), day(28), (5.0, 6.0, 7.0, 8.0), own="a1")
    for retired, says in ((None, "too few data"), (day(3), "put aside")):
        own = r.OwnActivity("a1", "gardening", day(0), retired)
        (view,) = goal_views(state(on=5, goals=[goal], activities=[own]))
        assert says in view.sentence


@pytest.mark.parametrize(
    ("own", "part", "says"),
    [
        (3.0, 3.0, "Activities and taking part are increasing."),
        (3.0, 0.4, "Your own activities are increasing."),
        (0.4, 3.0, "Taking part is increasing."),
        (None, 3.0, "Activities and taking part are increasing."),
    ],
)
def test_the_answer_names_only_what_increases(
    own: float | None, part: float | None, says: str
) -> None:
    each = [None if change is None else Slope(change, 0, 9, 21) for change in (own, part)]
    found = Course(
        Answer.INCREASING, (Reason.DIARY_UP,), day(0), day(20), own=each[0], participation=each[1]
    )
    assert answer_text(found) == says


def test_a_trend_is_drawn_only_where_days_were_seen() -> None:
    found = Course(Answer.STEADY, (), day(0), day(20))
    points = tuple((day(n), 10.0 + n) for n in range(2, 9))
    drawn = trace(Trace(Measure.BELT, "feet", points), Slope(21.0, 0, 30, 7), found)
    assert drawn.trend == ((day(2), 12.0), (day(8), 18.0))


def test_weeks_that_were_held_put_a_goals_end_off() -> None:
    goal = r.Goal("g", "steps", 4000, 6000, day(0), day(28), (4500.0, 5000.0, 5500.0, 6000.0))
    signs = [answer(6, "fever", looked=15)]
    (view,) = goal_views(state(on=20, goals=[goal], answers=signs))
    assert view.why.endswith("So the target comes on 13 Oct, if no further week does.")
    (view,) = goal_views(state(on=60, goals=[goal], answers=signs))
    assert "So the target" not in view.why  # by then it has come


@pytest.mark.parametrize(("n", "before"), [(10, False), (23, False), (24, True), (29, True)])
def test_a_late_marks_name_stands_before_its_line(n: int, before: bool, qtbot: QtBot) -> None:
    """Behind it, it would be cut off where the days end."""
    plot = DaysPlot(190)
    qtbot.addWidget(plot)
    days = (day(0), day(29))
    plot.show_days("Pain", (), days, LIGHT, plot.font(), marks=[(day(n), "Injection")], top=10.0)
    lines = [each for each in plot.plot.items if isinstance(each, InfiniteLine)]
    (named,) = (each for each in lines if hasattr(each, "label"))
    assert (named.label.anchors[0][0] > 1) is before


@pytest.mark.parametrize(
    ("own", "part", "says"),
    [
        (6.9, 6.8, "(each by itself: own activities more, taking part more)"),
        (1.3, 1.2, "(each by itself: own activities more, taking part a little more)"),
        (0.5, 0.4, "(each by itself: own activities a little more, taking part about the same)"),
        (-0.4, -0.5, "(each by itself: own activities about the same, taking part a little less)"),
        (-1.2, -1.3, "(each by itself: own activities a little less, taking part less)"),
    ],
)
def test_what_each_score_did_is_told_in_words_that_nobody_adds(
    own: float, part: float, says: str
) -> None:
    def trend(change: float) -> Slope:
        return Slope(change, change - 1, change + 1, 21)

    found = Course(
        Answer.INCREASING,
        (Reason.DIARY_UP, Reason.NO_BELT),
        day(0),
        day(0) + timedelta(days=20),
        21,
        diary=trend(6.7),
        own=trend(own),
        participation=trend(part),
    )
    assert reason_texts(found)[0] == f"Your scores rose by 6.7 points in three weeks {says}."

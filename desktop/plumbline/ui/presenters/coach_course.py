"""The sub-page Course: the answer with its reasons, guideline and year, and what it rests on."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from statistics import median

from plumbline.analysis.wording import number, short_date
from plumbline.coaching.checks import QUESTIONNAIRES
from plumbline.coaching.course import (
    CHANGE_THAT_MATTERS,
    WINDOW_DAYS,
    Answer,
    Course,
    Reason,
    own_series,
    pain_series,
)
from plumbline.coaching.records import Questionnaire, Records
from plumbline.coaching.trend import Slope
from plumbline.i18n import _, ngettext
from plumbline.ui.coach.state import CoachState

SHOWN_DAYS = 70
NO_CHANGE = 0.5
"""Points in three weeks: less is told as no change (our own choice)."""
Series = tuple[tuple[date, float], ...]


class Measure(Enum):
    """What is drawn; each has one look on every page."""

    OWN = "own"
    PART = "part"
    PAIN = "pain"
    BELT = "belt"


@dataclass(frozen=True)
class Trace:
    """One measure over days: its points, its trend over the three weeks (day, value) twice, and
    the band within which a change is smaller than one that matters."""

    measure: Measure
    name: str
    points: Series
    trend: Series = ()
    band: tuple[float, float] | None = None


@dataclass(frozen=True)
class CourseView:
    """What the page shows. `since`, `until`: the three weeks; `first`: the first day drawn."""

    answer: str
    reasons: tuple[str, ...]
    sources: str
    scores: tuple[Trace, ...] = ()
    pain: tuple[Trace, ...] = ()
    feet: tuple[Trace, ...] = ()
    first: date = date.min
    since: date = date.min
    until: date = date.min

    @property
    def text(self) -> str:
        """Everything in words."""
        return "\n".join((self.answer, *self.reasons))


def course_view(state: CoachState) -> CourseView:
    """The course of the episode that runs, else of the last one."""
    found = state.course
    if found is None:
        text = _("Without an episode of back trouble there is no course to tell of.")
        return CourseView(text, (), "")
    first = max(found.until - timedelta(days=SHOWN_DAYS - 1), _begin(state, found))
    first = min(first, found.since)  # the three weeks at least, also of a young episode
    entries = [e for e in state.records.diary if first <= e.day <= found.until]
    days = [d for d in state.belt_days if first <= d.day <= found.until and d.tells]
    participation = tuple((e.day, float(p)) for e in entries if (p := e.participation) is not None)
    own, pain = tuple(own_series(entries)), tuple(pain_series(entries))
    feet = tuple((d.day, d.upright_min) for d in days)
    return CourseView(
        answer=answer_text(found),
        reasons=tuple(reason_texts(found)),
        sources=sources_text(),
        scores=(
            trace(Trace(Measure.OWN, _("Own activities"), own), found.own, found, band=True),
            trace(Trace(Measure.PART, _("Taking part"), participation), found.participation, found),
        ),
        pain=(trace(Trace(Measure.PAIN, _("Pain"), pain), found.pain, found),),
        feet=(
            trace(Trace(Measure.BELT, _("Minutes on your feet a day"), feet), found.belt, found),
        ),
        first=first,
        since=found.since,
        until=found.until,
    )


def _begin(state: CoachState, found: Course) -> date:
    covering = [e.begin for e in state.records.episodes if e.begin <= found.until]
    return max(covering, default=found.since)


def trace(shown: Trace, slope: Slope | None, found: Course, *, band: bool = False) -> Trace:
    """Points with the trend of the three weeks laid through their middle."""
    inside = [(day, value) for day, value in shown.points if found.since <= day <= found.until]
    if slope is None or not inside:
        return shown
    rate = slope.change / WINDOW_DAYS
    middle = median(value - rate * (day - found.since).days for day, value in inside)
    ends = (inside[0][0], inside[-1][0])  # where nothing was seen nothing is drawn
    trend = tuple((day, middle + rate * (day - found.since).days) for day in ends)
    edges = (middle - CHANGE_THAT_MATTERS, middle + CHANGE_THAT_MATTERS)
    return replace(shown, trend=trend, band=edges if band else None)


def answer_text(found: Course) -> str:
    """The answer; never more than is known."""
    if Reason.DISAGREE in found.reasons:
        return _("Diary and belt say different things: no answer for now.")
    texts = {
        Answer.INCREASING: _increasing(found),
        Answer.STEADY: _("Steady on a good level."),
        Answer.NO_CLEAR_INCREASE: _(
            "For three weeks no clear increase: a good moment to talk to your physiotherapist or "
            "doctor."
        ),
        Answer.NOT_ENOUGH: _("Not enough to say."),
    }
    return texts[found.answer]


def _increasing(found: Course) -> str:
    """What increases: both together are judged, one alone may have carried it."""
    own, part = (
        each is None or each.change >= NO_CHANGE for each in (found.own, found.participation)
    )
    if own == part:
        return _("Activities and taking part are increasing.")
    return _("Your own activities are increasing.") if own else _("Taking part is increasing.")


def reason_texts(found: Course) -> list[str]:
    """Why, a sentence each."""
    if found.reasons == (Reason.YOUNG,):
        return [_("The episode is younger than three weeks; the answer comes after them.")]
    if found.reasons == (Reason.FEW_ENTRIES,):
        text = ngettext(
            "In the three weeks to {until} the diary has {n} day with scores; it takes eight, and "
            "one in every week at least.",
            "In the three weeks to {until} the diary has {n} days with scores; it takes eight, and "
            "one in every week at least.",
            found.entries,
        )
        return [text.format(until=short_date(found.until), n=found.entries)]
    days = _("From {since} to {until} there are scores on {n} of {all} days.").format(
        n=found.entries,
        all=WINDOW_DAYS,
        since=short_date(found.since),
        until=short_date(found.until),
    )
    return [*(_reason(each, found) for each in found.reasons), days]


def _reason(reason: Reason, found: Course) -> str:
    change, belt = _change(found.diary), _change(found.belt)
    points = change.lstrip("+−")
    texts = {
        Reason.DIARY_UP: _("Your scores rose by {points} points in three weeks{parts}."),
        Reason.DIARY_SAME: _same_text(found.diary),
        Reason.DIARY_DOWN: _("Your scores fell by {points} points in three weeks{parts}."),
        Reason.GOOD_LEVEL: _("Your scores are 8 or more on most days and do not fall."),
        Reason.BELT_UP: _("The belt saw more too: {belt} minutes a day on your feet."),
        Reason.BELT_UP_ALONE: _(
            "The belt saw more ({belt} minutes a day on your feet), your own account did not "
            "follow yet; the belt alone does not tell recovery."
        ),
        Reason.BELT_SAME: _("The belt saw about as much walking and standing as before."),
        Reason.BELT_DOWN: _("The belt saw less: {belt} minutes a day on your feet."),
        Reason.NO_BELT: _("The belt was worn on too few days to be counted."),
        Reason.DISAGREE: _("Your own account says that it goes well."),
        Reason.YOUNG: "",
        Reason.FEW_ENTRIES: "",
    }
    parts = _parts(found)
    return texts[reason].format(change=change, points=points, belt=belt, parts=parts)


def _parts(found: Course) -> str:
    """What is judged are both together; each is drawn by itself. In words, as three trends that
    are each found robustly do not add up."""
    if found.own is None or found.participation is None:
        return ""
    text = _(" (each by itself: own activities {own}, taking part {part})")
    return text.format(own=_way(found.own), part=_way(found.participation))


def _way(slope: Slope) -> str:
    """Where a score went, in words; a half point is less than its whole numbers can tell."""
    more, less = slope.change > 0, abs(slope.change) < CHANGE_THAT_MATTERS
    if abs(slope.change) < NO_CHANGE:
        return _("about the same")
    if less:
        return _("a little more") if more else _("a little less")
    return _("more") if more else _("less")


def _same_text(diary: Slope | None) -> str:
    if diary is None or abs(diary.change) < CHANGE_THAT_MATTERS:
        return _(
            "Your scores changed by {change} points in three weeks{parts}; that is less than a "
            "change that matters."
        )
    return _(
        "Your scores changed by {change} points in three weeks{parts}, but your days differ so "
        "much that this may be chance. With more days in the diary it becomes clearer."
    )


def _change(slope: Slope | None) -> str:
    return "–" if slope is None else f"{'+' if slope.change >= 0.05 else ''}{_number(slope.change)}"


def _number(value: float) -> str:
    digits = 0 if abs(value) >= 10 else 1
    return number(round(value, digits) + 0.0, digits).replace("-", "−")  # no "−0.0"


def sources_text() -> str:
    """Guidelines and years."""
    return _(
        "The Dutch guideline of physiotherapists, KNGF 2013: the course is not the usual one when "
        "for three weeks activities do not increase and problems in taking part do not decrease. "
        "KNGF 2021: risk is never judged by a screening tool alone. A change within the shaded "
        "band is smaller than 1.3 points, the least that people in a study called a change (Abbott "
        "and Schmitt 2014)."
    )


def beside_texts(records: Records, since: date, until: date) -> list[tuple[str, str]]:
    """Sleep and stress of the three weeks, shown beside and never scored."""
    entries = [e for e in records.diary if since <= e.day <= until]
    found = []
    for name, values in (
        (_("Sleep"), [e.sleep for e in entries if e.sleep is not None]),
        (_("Stress"), [e.stress for e in entries if e.stress is not None]),
    ):
        if values:
            middle = _whole(float(median(values)))
            found.append((name, _("mostly around {n} in these three weeks").format(n=middle)))
    return found


def total_hint(name: str) -> str:
    """The scale of a questionnaire and the change that matters."""
    if name not in QUESTIONNAIRES:
        return _("Enter its total as it was given to you.")
    highest, matters = QUESTIONNAIRES[name]
    text = _("From 0 to {highest}; a change of {matters} matters (Ostelo 2008).")
    return text.format(highest=_number(highest), matters=number(matters))


def total_name(found: Questionnaire) -> str:
    """ "Oswestry: 24 (3 Nov)"."""
    return f"{found.name}: {_whole(found.total)} ({short_date(found.day)})"


def total_texts(records: Records) -> list[str]:
    """Each questionnaire's totals in order, with whether the last change matters."""
    found: dict[str, list[Questionnaire]] = {}
    for each in records.questionnaires:
        found.setdefault(each.name, []).append(each)
    return [_totals(name, totals) for name, totals in found.items()]


def _totals(name: str, totals: list[Questionnaire]) -> str:
    parts = [
        _("{total} ({day})").format(total=_whole(each.total), day=short_date(each.day))
        for each in totals
    ]
    text = f"{name}: {', '.join(parts)}"
    if len(totals) < 2 or name not in QUESTIONNAIRES:
        return text
    first, last, matters = totals[0].total, totals[-1].total, QUESTIONNAIRES[name][1]
    large = abs(last - first) >= matters
    return f"{text} – {_('a change that matters') if large else _('no change that matters')}"


def _whole(value: float) -> str:
    return number(value, 0 if value == int(value) else 1)

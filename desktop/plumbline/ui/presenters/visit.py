"""What stands on the page for a visit, in words and numbers. Nothing on it is a finding."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from statistics import median

from babel import dates

from plumbline import i18n, made_up
from plumbline.analysis.wording import number
from plumbline.coaching import adherence, quotas
from plumbline.coaching.belt_day import BeltDay
from plumbline.coaching.course import Answer, Course, Reason, own_series, pain_series
from plumbline.coaching.records import DiaryEntry, FollowUp, Plan, Records, VisitNote
from plumbline.coaching.signs import open_answers
from plumbline.coaching.spans import LOOK_BACK, judged
from plumbline.coaching.therapies import LEAST_DAYS, WINDOW
from plumbline.i18n import _, ngettext
from plumbline.lessons.care import specialist_questions, therapy_kind
from plumbline.lessons.exercises import exercise
from plumbline.lessons.signs import warning_signs
from plumbline.ui.coach.state import CoachState
from plumbline.ui.presenters.coach_plan import goal_views

SHORTEST_SPAN = timedelta(days=27)
ADHERENCE_WEEKS = 4


@dataclass(frozen=True)
class Section:
    """A heading, lines that may be cut to the first few, and a table with its head first."""

    title: str
    lines: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    blank: bool = False
    """Room to write by hand, where there are no lines."""


@dataclass(frozen=True)
class Chart:
    """Days and values: pain and own activities 0 to 10, walking in minutes."""

    since: date
    until: date
    pain: tuple[tuple[date, float], ...] = ()
    own: tuple[tuple[date, float], ...] = ()
    walking: tuple[tuple[date, float], ...] = ()
    therapies: tuple[date, ...] = ()
    flares: tuple[tuple[date, date], ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not (self.pain or self.own or self.walking)


@dataclass(frozen=True)
class Sheet:
    """The whole page: `above` and `below` the chart."""

    title: str
    subtitle: str
    above: tuple[Section, ...]
    chart: Chart
    below: tuple[Section, ...]
    note: str
    words: dict[str, str] = field(default_factory=dict)
    """The words of the chart's legend."""
    mark: str = ""
    """What stands above all where the data are a demo's."""


def visit_sheet(state: CoachState) -> Sheet:
    """The page of today, in the user's language."""
    records, today = state.records, state.today
    episode = judged(records.episodes, today)
    since = _since(episode.begin if episode else None, state)
    parts = [day_text(today)]
    if episode:
        kind = _("Back trouble") if episode.complaint else _("Prevention")
        text = _("{kind} since {day}").format(kind=kind, day=day_text(episode.begin))
        parts.append(text)
    wanted = records.visits[-1] if records.visits else VisitNote("", today)
    above = [
        Section(_("What I want from this visit"), _lines(wanted.wish), blank=True),
        Section(_("My questions"), asked(wanted)),
        Section(_("Warning signs"), sign_lines(records, today, since)),
        Section(_("Course over the last three weeks"), course_lines(state.course)),
    ]
    below = [
        Section(_("Diary and belt"), table=numbers(state, since)),
        Section(_("Plan, goals and flare-ups"), plan_lines(state)),
        Section(_("What was tried"), therapy_lines(records)),
    ]
    name = _("For the visit")
    return Sheet(
        f"{name}: {state.wearer}" if state.wearer else name,
        " · ".join(parts),
        tuple(each for each in above if each.lines or each.blank),
        chart_of(state, since),
        tuple(each for each in below if each.lines or len(each.table) > 1),
        _(
            "Made with Plumbline from the wearer's own notes and the belt's measurements: "
            "self-observation, no findings."
        ),
        chart_words(),
        made_up.sentence() if state.is_made_up else "",
    )


def chart_words() -> dict[str, str]:
    """The words of the legend."""
    return {
        "pain": _("Pain (0–10)"),
        "own": _("Own activities (0–10)"),
        "walking": _("Walking (min a day)"),
        "therapy": _("Treatment"),
        "flare": _("Flare-up"),
    }


def day_text(day: date) -> str:
    """ "20 Nov 2026", as the user's country writes it."""
    return dates.format_date(day, "medium", i18n.locale())


def asked(wanted: VisitNote) -> tuple[str, ...]:
    """The wearer's own questions, then those chosen of the library."""
    library = dict(specialist_questions(i18n.language()))
    chosen = [library[each] for each in wanted.asks if each in library]
    return (*_lines(wanted.own), *chosen)


def sign_lines(records: Records, today: date, since: date) -> tuple[str, ...]:
    """What is open, the most urgent first, else when it was asked last; then what was there and
    looked at from `since` on, or taken back as a slip."""
    short = {sign.id: sign.short for sign in warning_signs(i18n.language()).signs}
    text = _("Open since {day}: {signs}")
    lines = [
        text.format(day=day_text(each.day), signs=i18n.listed(short[key] for key in each.yes))
        for each in open_answers(records.answers, today)
    ]
    last = max((each.day for each in records.answers if each.day <= today), default=None)
    if not lines and last:
        lines.append(_("None open; asked last on {day}.").format(day=day_text(last)))
    text = _("{signs}: there on {day}, looked at on {looked}")
    for each in records.answers:
        if each.yes and each.looked and since <= each.looked <= today:
            signs = i18n.listed(short[key] for key in each.yes)
            days = {"day": day_text(each.day), "looked": day_text(each.looked)}
            by = f" ({each.who})" if each.who else ""
            lines.append(text.format(signs=signs, **days) + by)
    text = _("{signs}: yes on {day}, taken back as a slip on {corrected}")
    for each in records.answers:
        if each.slips and each.corrected and since <= each.corrected <= today:
            signs = i18n.listed(short[key] for key in each.slips)
            days = {"day": day_text(each.day), "corrected": day_text(each.corrected)}
            lines.append(text.format(signs=signs, **days))
    return tuple(lines)


def course_lines(found: Course | None) -> tuple[str, ...]:
    """The answer, the trend of pain, and the guideline with its year."""
    if found is None:
        return ()
    sentence = {
        Answer.INCREASING: _("Activities and taking part have clearly increased."),
        Answer.STEADY: _("Activities and taking part are steady on a good level."),
        Answer.NO_CLEAR_INCREASE: _("No clear increase in activities and taking part."),
        Answer.NOT_ENOUGH: _("Not enough to say."),
    }[found.answer]
    if Reason.DISAGREE in found.reasons:
        sentence = _("Diary and belt say different things: no answer for now.")
    count = ngettext("{n} day with entries", "{n} days with entries", found.entries)
    source = _("This answer follows KNGF 2013; KNGF 2021: risk is never judged by one tool alone.")
    lines = [f"{sentence} ({count.format(n=found.entries)})", source]
    for name, slope in ((_("Activities and taking part"), found.diary), (_("Pain"), found.pain)):
        if slope:
            text = _(
                "{name}: {change} points in three weeks, likely between {low} and {high} (92 % "
                "confidence interval)"
            )
            ends = {"low": _signed(slope.low), "high": _signed(slope.high)}
            lines.append(text.format(name=name, change=_signed(slope.change), **ends))
    return tuple(lines)


def numbers(state: CoachState, since: date) -> tuple[tuple[str, ...], ...]:
    """Medians of the first and the last three weeks, a row a measure; the head first."""
    records, end = state.records, state.today + timedelta(days=1)
    spans = ((since, since + WINDOW), (end - WINDOW, end))
    head: tuple[str, ...] = (_("Median (days)"), _("First three weeks"), _("Last three weeks"))
    entries = [[e for e in records.diary if a <= e.day < b] for a, b in spans]
    worn = [[d for d in state.belt_days if a <= d.day < b and d.tells] for a, b in spans]
    if spans[0][1] > spans[1][0]:  # shorter than six weeks: one column tells it all
        head, entries, worn = (head[0], head[2]), entries[1:], worn[1:]
    rows = [
        (_("Pain, 0 to 10 (10: worst)"), [_scores(e, "pain") for e in entries]),
        *(
            (_("{activity}, 0 to 10").format(activity=own.name), [_own(e, own.id) for e in entries])
            for own in records.activities
            if own.retired is None
        ),
        (_("Taking part, 0 to 10"), [_scores(e, "participation") for e in entries]),
        (_("Sleep, 0 to 10"), [_scores(e, "sleep") for e in entries]),
        (_("Stress, 0 to 10 (10: most)"), [_scores(e, "stress") for e in entries]),
        (_("Walking, min a day"), [_belt(d, "walking_min") for d in worn]),
        (_("Standing, min a day"), [_belt(d, "standing_min") for d in worn]),
        (_("Steps a day"), [_belt(d, "steps") for d in worn]),
        (_("Longest sitting, min"), [_belt(d, "longest_min") for d in worn]),
    ]
    told = [(name, *cells) for name, cells in rows if any(cell != "–" for cell in cells)]
    return (head, *told)


def plan_lines(state: CoachState) -> tuple[str, ...]:
    """Plans with what is due and adherence, goals that run, flare-ups, questionnaires."""
    records, today = state.records, state.today
    plans = [plan for plan in records.plans if plan.stopped is None]
    lines = [_plan_line(plan, records, today) for plan in plans]
    lines += [f"{view.title}: {view.sentence}" for view in goal_views(state)]
    flares = [each for each in records.flares if each.begin > today - LOOK_BACK]
    if flares:
        days = i18n.listed(day_text(each.begin) for each in flares[-3:])
        text = ngettext("{n} flare-up: {days}", "{n} flare-ups, the last: {days}", len(flares))
        lines.append(text.format(n=len(flares), days=days))
    for each in reversed(records.questionnaires[-2:]):
        text = _("{name} on {day}: {total}")
        total = number(each.total, 0 if each.total == round(each.total) else 1)
        lines.append(text.format(name=each.name, day=day_text(each.day), total=total))
    return tuple(lines)


def therapy_lines(records: Records) -> tuple[str, ...]:
    """What was tried, the newest first, each with its newest follow-up."""
    lines = []
    for each in reversed(records.therapies):
        kind = therapy_kind(each.kind, i18n.language())
        parts = [kind.name if kind else each.kind, each.by, each.note]
        answers = [f for f in records.follow_ups if f.therapy == each.id]
        if answers:
            parts.append(_follow_up(max(answers, key=lambda answer: answer.week)))
        lines.append(f"{day_text(each.day)}: " + " – ".join(part for part in parts if part))
    return tuple(lines)


def chart_of(state: CoachState, since: date) -> Chart:
    """What is drawn from `since` to today."""
    records, until = state.records, state.today
    diary = [each for each in records.diary if since <= each.day <= until]
    worn = [each for each in state.belt_days if since <= each.day <= until and each.tells]
    return Chart(
        since,
        until,
        tuple(pain_series(diary)),
        tuple(own_series(diary)),
        tuple((each.day, each.walking_min) for each in worn),
        tuple(each.day for each in records.therapies if since <= each.day <= until),
        tuple(
            (max(each.begin, since), min(each.end or until, until))
            for each in records.flares
            if each.begin <= until and (each.end or until) >= since
        ),
    )


def _since(begin: date | None, state: CoachState) -> date:
    """The episode's first day, four weeks ago at the latest and half a year at the earliest."""
    days = [each.day for each in state.records.diary] + [each.day for each in state.belt_days]
    first = begin or min(days, default=state.today)
    earliest, latest = state.today - LOOK_BACK, state.today - SHORTEST_SPAN
    return min(max(first, earliest), latest)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for part in text.splitlines() if (line := " ".join(part.split())))


def _signed(value: float) -> str:
    if value in (float("inf"), float("-inf")):
        return "?"
    shown = round(value, 1)
    return ("+" if shown > 0 else "−" if shown < 0 else "") + number(abs(shown), 1)


def _scores(entries: Sequence[DiaryEntry], name: str) -> str:
    if name == "pain":
        return _middle([value for _day, value in pain_series(entries)], 1)
    values = [getattr(each, name) for each in entries]
    return _middle([float(value) for value in values if value is not None], 1)


def _own(entries: Sequence[DiaryEntry], own: str) -> str:
    return _middle([float(e.activities[own]) for e in entries if own in e.activities], 1)


def _belt(days: Sequence[BeltDay], name: str) -> str:
    return _middle([float(getattr(each, name)) for each in days], 0)


def _middle(values: Sequence[float], digits: int) -> str:
    """Median and how many days; a dash below three days."""
    if len(values) < LEAST_DAYS:
        return "–"
    middle = number(median(values), digits)
    return _("{value} ({n} d)").format(value=middle, n=len(values))


def _plan_line(plan: Plan, records: Records, today: date) -> str:
    found = exercise(plan.exercise, i18n.language())
    step = quotas.due(plan, records.sessions, records.flares, records.answers, today)
    begun = replace(plan, begin=max(plan.begin, today - timedelta(weeks=ADHERENCE_WEEKS)))
    weeks = adherence.weeks(begun, records.sessions, today)
    done, planned = sum(w.done for w in weeks), sum(w.planned for w in weeks)
    name = found.title if found else plan.exercise
    if step.quota is None:
        text = _("{name}: {done} of {planned} planned sessions in the last four weeks")
        return text.format(name=name, done=done, planned=planned)
    unit = found.unit if found else plan.unit
    text = _(
        "{name}: stage {stage} of {stages}, {quota} of {target} {unit}; {done} of {planned} "
        "planned sessions in the last four weeks"
    )
    way = {"stage": step.number, "stages": len(plan.quotas), "quota": step.quota}
    numbers_ = {**way, "target": plan.target, "done": done, "planned": planned}
    return text.format(name=name, unit=unit, **numbers_)


def _follow_up(answer: FollowUp) -> str:
    said = {
        "yes": _("satisfied"),
        "partly": _("partly satisfied"),
        "no": _("not satisfied"),
        "early": _("too early to say"),
    }
    parts = []
    if answer.pain is not None:
        parts.append(_("pain {n}").format(n=answer.pain))
    if answer.activities is not None:
        parts.append(_("activities {n}").format(n=answer.activities))
    if answer.satisfied:
        parts.append(said[answer.satisfied])
    if answer.side_effects:
        parts.append(_("side effects: {text}").format(text=answer.side_effects))
    text = ngettext("after {week} week: {told}", "after {week} weeks: {told}", answer.week)
    return text.format(week=answer.week, told=", ".join(parts))

"""What the demo's wearer entered for the coaching: five weeks that nobody has lived.

Lived day by day through `CoachBook`, as who uses the window does, so every rule holds: quotas
follow from the baseline, a flare-up goes back to the last one met, warning signs are asked weekly
and none is there. The same days of the belt give the same entries.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from uuid import UUID

from plumbline import i18n
from plumbline.analysis.days import DayRule
from plumbline.coaching import goals, quotas, signs
from plumbline.coaching import records as r
from plumbline.coaching.adherence import planned_on
from plumbline.coaching.belt_day import BeltDay
from plumbline.coaching.book import CoachBook
from plumbline.coaching.therapies import follow_ups_due
from plumbline.i18n import _
from plumbline.lessons.care import flare_up_suggestions
from plumbline.store.entries import Entry
from plumbline.store.journal import PUT, REMOVE, Change
from plumbline.store.kinds import Fields, cleaned

DAYS = 36
"""Five weeks, the first and the last day included."""
EVENING_S = 19.5 * 3600
SEED = "a demo's wearer"

UNANSWERED = (3, 8, 13, 20, 21, 27, 33)
"""Days without a diary entry, as they come."""
CHANGED_ON = 25
"""On this day the entry of the day before is set right."""
FLARE_BEGINS, FLARE_ENDS = 14, 18
MASSAGE_ON, GOAL_ON, VISIT_ON = 24, 28, 34
GOAL_WEEKS = 8
MEASURE = "longest_sitting_min"
LESSONS = {32: "why-backs-hurt", 34: "moving-is-safe"}

EXERCISE, TARGET, STAGES = "chair-rise", 24, 14
BASELINE = (14, 16, 15)
LEFT_OUT = (4, 9)
"""Planned sessions that were not done, counted from the first."""
OTHERWISE = {5: -3, 9: 2}
"""How much less or more than its quota was done, by the sessions done before it."""
RISE = (34.0, 2.6)
"""Degrees and seconds of a chair rise, about."""


class Draft:
    """Entries in memory, as `CoachBook` needs them; `changes` is what a journal takes."""

    def __init__(self) -> None:
        self.changes: list[Change] = []
        self.now_ms = 0
        self._random = Random(SEED)

    def put(
        self, kind: str, fields: Fields, *, id: str | None = None, wearer: str | None = None
    ) -> str:
        """As `Store.put`, with names that are the same each time."""
        name = id or UUID(int=self._random.getrandbits(128), version=4).hex
        self._add(Change(0, 0, kind, name, wearer, PUT, cleaned(kind, fields)))
        return name

    def remove(self, kind: str, id: str) -> None:
        """As `Store.remove`."""
        self._add(Change(0, 0, kind, id, None, REMOVE, {}))

    def entries(self, kind: str, *, wearer: str | None) -> Sequence[Entry]:
        """Those of a kind that are there."""
        newest = {each.id: each for each in self.changes if each.kind == kind}
        found = (each for each in newest.values() if each.op == PUT)
        return [Entry(c.id, wearer, c.at_utc_ms, c.fields, c.at_utc_ms) for c in found]

    def history(self, kind: str, id: str) -> Sequence[Change]:
        """Its changes, oldest first."""
        return [each for each in self.changes if (each.kind, each.id) == (kind, id)]

    def _add(self, change: Change) -> None:
        self.now_ms += 1000
        number = len(self.changes) + 1
        self.changes.append(change._replace(n=number, at_utc_ms=self.now_ms))


def story(belt: Sequence[BeltDay], last: date, today: date, rule: DayRule) -> list[Change]:
    """All that was entered in the five weeks that end with `last`, in order of time.

    `belt`: what the belt saw until then. The texts are in the language spoken now, as people's own
    words are. `today` decides the days of the exercise: the next one is soon.
    """
    draft = Draft()
    wearer = _Wearer(draft, belt, last, 1 if today.weekday() in (1, 3, 5) else 0)
    for n in range(DAYS):
        day = last - timedelta(days=DAYS - 1 - n)
        draft.now_ms = round(1000 * (rule.bounds(day)[0] + EVENING_S))
        wearer.live(n, day)
    return draft.changes


class _Wearer:
    """Goes through the days and does on each what is due, or not."""

    def __init__(self, draft: Draft, belt: Sequence[BeltDay], last: date, shift: int) -> None:
        self._day = last
        self._belt = [each for each in belt if each.day <= last]
        self._book = CoachBook(draft, lambda: self._day)
        self._weekdays = tuple(each + shift for each in (0, 2, 4))
        self._random = Random(SEED)
        self._own: list[str] = []
        self._planned = 0

    def live(self, n: int, day: date) -> None:
        """The n-th day, from 0."""
        self._day = day
        if n == 0:
            self._begin()
        if n == FLARE_BEGINS:
            self._book.start_flare()
        if n == FLARE_ENDS + 1:
            self._book.end_flare(self._book.records().flares[-1])
        if n not in UNANSWERED:
            self._write(n)
        if n == CHANGED_ON:
            yesterday = self._book.records().diary[-2]
            self._book.write_diary(replace(yesterday, note=_("A long meeting.")))
        if n == MASSAGE_ON:
            self._book.keep_therapy(r.Therapy("", day, "massage", _("Linden practice")))
        if n == VISIT_ON:
            wish = _("An hour in the car without thinking of my back.")
            self._book.keep_visit(wish, ("nothing", "benefit"), "")
        if n in LESSONS:
            self._book.lesson_seen(LESSONS[n], correct=True)
        self._do_what_is_due(self._book.records(), with_goal=n == GOAL_ON)

    def _begin(self) -> None:
        self._book.keep_episode(r.Episode("", self._day, note=_("Made up for the demo.")))
        for name in (_("hanging up the washing"), _("an hour in the car")):
            self._own.append(self._book.keep_activity(r.OwnActivity("", name, self._day)))
        self._book.begin_plan(EXERCISE, TARGET, self._weekdays, STAGES)
        wanted = ("last-quota", "short-walks", "call-when")
        known = flare_up_suggestions(i18n.language())
        self._book.keep_flare_plan("\n".join(each.text for each in known if each.id in wanted))

    def _write(self, n: int) -> None:
        """Slowly better, with a flare-up between, never quite the same."""
        way = n / (DAYS - 1)
        worse = 2.0 if FLARE_BEGINS <= n <= FLARE_ENDS else 0.0
        weekend = self._day.weekday() >= 5
        entry = r.DiaryEntry(
            "",
            self._day,
            pain_now=self._score(5.6 - 2.8 * way + worse),
            pain_average=self._score(6.0 - 2.8 * way + worse),
            activities={own: self._score(3.8 + 3.2 * way - worse) for own in self._own},
            participation=self._score(5.0 + 2.8 * way - worse),
            sleep=self._score(5.5 + 1.5 * way - worse / 2),
            stress=self._score(5.5 - way - 1.5 * weekend),
            kind="off" if weekend else "home" if self._day.weekday() == 2 else "office",
            note=_("Carried boxes yesterday.") if n == FLARE_BEGINS else "",
            changed=n == FLARE_BEGINS,
        )
        self._book.write_diary(entry)

    def _score(self, level: float) -> int:
        return min(10, max(0, round(level + self._random.gauss(0, 0.6))))

    def _do_what_is_due(self, there: r.Records, *, with_goal: bool) -> None:
        asked = signs.asked(
            there.episodes[0], there.diary, there.therapies, there.answers, self._day
        )
        if asked:
            self._book.answer_signs((), asked.why.value)
        if planned_on(there.plans[0], self._day):
            self._planned += 1
            if self._planned not in LEFT_OUT:
                self._exercise(there.plans[0], there)
        for each in follow_ups_due(there.therapies, there.follow_ups, self._day):
            answer = r.FollowUp("", each.therapy.id, each.week, self._day, 3, 7, "", "partly")
            self._book.keep_follow_up(answer)
        if with_goal:
            self._set_goal(there)

    def _set_goal(self, there: r.Records) -> None:
        """On the longest sitting, where the belt has seen enough of it."""
        base = goals.baseline(MEASURE, self._belt, there.diary, there.sessions, self._day)
        if base is not None:
            by = self._day + timedelta(weeks=GOAL_WEEKS)
            target = goals.suggestion(MEASURE, base)
            self._book.keep_goal(r.Goal("", MEASURE, base, target, self._day, by))

    def _exercise(self, plan: r.Plan, there: r.Records) -> None:
        """The planned session; the belt counts it where it is worn."""
        step = quotas.due(plan, there.sessions, there.flares, there.answers, self._day)
        if step.phase is quotas.Phase.TO_SET:
            self._book.fix_quotas(plan, TARGET, STAGES)
            self._exercise(self._book.records().plans[0], there)
            return
        done = len(there.sessions)
        amount = BASELINE[done] if step.quota is None else step.quota + OTHERWISE.get(done, 0)
        worn = any(each.day == self._day for each in self._belt)
        reps = [self._rise() for _rise in range(amount)] if worn else []
        counted = "belt" if worn else "hand"
        self._book.keep_session(EXERCISE, amount, plan, counted=counted, reps=reps)

    def _rise(self) -> tuple[float, float]:
        degrees, seconds = (round(self._random.gauss(each, each / 12), 1) for each in RISE)
        return degrees, seconds

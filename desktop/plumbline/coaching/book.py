"""What one wearer enters for the coaching: checked against today and the rest, then stored.

Entries are never overwritten: a change is kept as a change (`Store.history`), what is removed
stays in the journal. Every refusal is a UserError with one sentence.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Protocol, TypeVar
from uuid import uuid4

from plumbline.coaching import checks, goals, quotas
from plumbline.coaching import records as r
from plumbline.coaching.belt_day import BeltDay
from plumbline.coaching.keys import PROCEDURES, unit_of
from plumbline.coaching.kinds import register_all
from plumbline.coaching.signs import corrected
from plumbline.coaching.therapies import WINDOW, snapshot
from plumbline.errors import UserError
from plumbline.i18n import _
from plumbline.people.changes import Done
from plumbline.store.journal import PUT, Change

register_all()
T = TypeVar("T", bound=r.Record)
MOST_TARGET = 10_000


class Entries(Protocol):
    """The part of `plumbline.store.database.Store` that the coaching needs."""

    def put(
        self, kind: str, fields: r.Fields, *, id: str | None = None, wearer: str | None = None
    ) -> str: ...

    def remove(self, kind: str, id: str) -> None: ...

    def entries(self, kind: str, *, wearer: str | None) -> Sequence[Any]: ...

    def history(self, kind: str, id: str) -> Sequence[Change]: ...


class CoachBook:
    """One wearer's records in the store; `today` and `day_of(utc_s)` are the wearer's.

    `done`: every change made through this book, for taking them back.
    """

    def __init__(
        self,
        store: Entries,
        today: Callable[[], date],
        wearer: str | None = None,
        belt_days: Callable[[date, date], Sequence[BeltDay]] = lambda _first, _last: (),
        day_of: Callable[[float], date] = date.fromtimestamp,
    ) -> None:
        self._store, self._today, self._wearer = store, today, wearer
        self._belt_days, self._day_of = belt_days, day_of
        self.done: list[Done] = []

    def records(self) -> r.Records:
        """Everything there is, in order of time."""
        return r.Records(
            episodes=self._read(r.Episode, "begin"),
            activities=self._read(r.OwnActivity, "since"),
            diary=self._read(r.DiaryEntry, "day"),
            questionnaires=self._read(r.Questionnaire, "day"),
            goals=self._read(r.Goal, "begin"),
            plans=self._read(r.Plan, "begin"),
            sessions=self._read(r.Session, "day"),
            flares=self._read(r.FlareUp, "begin"),
            flare_plans=self._read(r.FlarePlan, "day"),
            answers=self._read(r.SignAnswer, "day"),
            therapies=self._read(r.Therapy, "day"),
            follow_ups=self._read(r.FollowUp, "day"),
            lessons=self._read(r.LessonSeen, "day"),
            visits=self._read(r.VisitNote, "day"),
            preferences=self._read(r.Preferences, ""),
        )

    def _read(self, kind: type[T], order: str) -> tuple[T, ...]:
        found = self._store.entries(kind.kind_name, wearer=self._wearer)
        read = [kind.read(each.id, each.fields) for each in found]
        return tuple(sorted(read, key=lambda each: getattr(each, order)) if order else read)

    def _put(self, record: r.Record) -> str:
        kind, known = record.kind_name, record.id or None
        kept = self._store.put(kind, record.fields(), id=known, wearer=self._wearer)
        self._remember(kind, kept)
        return kept

    def remove(self, record: r.Record) -> None:
        """Take an entry away; its history stays in the journal."""
        self._store.remove(record.kind_name, record.id)
        self._remember(record.kind_name, record.id)

    def _remember(self, kind: str, id: str) -> None:
        self.done.append(Done(kind, id, self._store.history(kind, id)[-1].n))

    def loose(self) -> int:
        """How many entries are nobody's, made before anybody had a name; 0 once this wearer has
        some of the kind."""
        found = self.records()
        begun = (found.episodes, found.diary, found.goals, found.plans, found.therapies)
        if self._wearer is None or any(begun):
            return 0
        return sum(len(self._store.entries(kind, wearer=None)) for kind in r.KINDS)

    def take_over(self) -> None:
        """Make this wearer's what is nobody's: written anew under the name, as an entry stays
        whose it was made, and only then taken away there."""
        loose = [(kind, e) for kind in r.KINDS for e in self._store.entries(kind, wearer=None)]
        ids = {each.id: uuid4().hex for _kind, each in loose}
        for kind, each in loose:
            fields = _renamed(each.fields, ids)
            self._store.put(kind, fields, id=ids[each.id], wearer=self._wearer)
            self._remember(kind, ids[each.id])
        for kind, each in loose:
            self._store.remove(kind, each.id)
            self._remember(kind, each.id)

    def past(self, record: T) -> list[tuple[date, T]]:
        """Every state the entry has been in, the first and the present one included, each with
        the day from which it was so; a removal taken back leaves no state of its own."""
        found: list[tuple[date, T]] = []
        for change in self._store.history(record.kind_name, record.id):
            state = record.read(record.id, change.fields) if change.op == PUT else None
            if state is not None and (not found or found[-1][1] != state):
                found.append((self._day_of(change.at_utc_ms / 1000), state))
        return found

    # Episode and diary

    def keep_episode(self, episode: r.Episode) -> str:
        """A new episode (id "") or a change of one; what lies in it must stay in it."""
        past = self._read(r.Episode, "begin")
        checks.check_episode(episode, past, self._today())
        before = next((each for each in past if each.id == episode.id), None)
        if before:
            checks.check_left_out(before, episode, self._read(r.DiaryEntry, "day"))
        return self._put(episode)

    def keep_activity(self, activity: r.OwnActivity) -> str:
        """A new own activity (id "") or another name for one."""
        checks.check_activity(activity, self._read(r.OwnActivity, "since"))
        return self._put(replace(activity, name=" ".join(activity.name.split())))

    def drop_activity(self, activity: r.OwnActivity) -> bool:
        """Put an activity aside: with scores in the diary it is kept with them (True), else it
        goes altogether (False)."""
        diary = self._read(r.DiaryEntry, "day")
        goals_of = any(goal.own == activity.id for goal in self._read(r.Goal, "begin"))
        if goals_of or any(activity.id in entry.activities for entry in diary):
            self._put(replace(activity, retired=self._today()))
            return True
        self.remove(activity)
        return False

    def write_diary(self, entry: r.DiaryEntry) -> str:
        """The day's entry; another one of the same day becomes a change of the first."""
        diary = self._read(r.DiaryEntry, "day")
        there = next((each for each in diary if each.day == entry.day), None)
        own = self._read(r.OwnActivity, "since")
        episodes = self._read(r.Episode, "begin")
        checks.check_entry(entry, episodes, own, self._today())
        if there is None:
            return self._put(entry)
        # Nobody is asked any more about an activity put aside: its score of that day stays.
        aside = {each.id for each in own if each.retired} & there.activities.keys()
        scores = {key: there.activities[key] for key in aside} | entry.activities
        return self._put(replace(entry, id=there.id, activities=scores))

    def remove_entry(self, day: date) -> None:
        """Take the day's diary entry away."""
        for each in self._read(r.DiaryEntry, "day"):
            if each.day == day:
                self.remove(each)

    def keep_questionnaire(self, found: r.Questionnaire) -> str:
        """A total from elsewhere."""
        checks.check_questionnaire(found, self._today())
        return self._put(found)

    # Goals, plans, sessions

    def keep_goal(self, goal: r.Goal) -> str:
        """A goal; its steps are set here, in advance."""
        goals.check_goal(goal)
        way = (goal.measure, goal.baseline, goal.target, goal.begin, goal.by)
        return self._put(replace(goal, steps=goals.steps_on_the_way(*way)))

    def change_goal(self, goal: r.Goal, target: float, by: date, words: str = "") -> None:
        """Another target or date for a goal, and other words for the activity it is about; the
        steps until this week stay, those to come are set anew, in advance again."""
        today, signs = self._today(), self._read(r.SignAnswer, "day")
        flares = self._read(r.FlareUp, "begin")
        changed = goals.changed(goal, target, by, today, flares, signs)
        about = next((a for a in self._read(r.OwnActivity, "since") if a.id == goal.own), None)
        name = " ".join(words.split())
        if about and name and name != about.name:
            self.keep_activity(replace(about, name=name))
        if changed != goal:
            self._put(changed)

    def end_goal(self, goal: r.Goal) -> None:
        """Leave a goal; it stays in the past."""
        self._put(replace(goal, ended=self._today()))

    def begin_plan(self, exercise: str, target: int, weekdays: Iterable[int], sessions: int) -> str:
        """A plan of graded activity, beginning with its baseline today."""
        days = tuple(sorted(set(weekdays)))
        if not days:
            raise UserError(_("Choose at least one day of the week."))
        if not 1 <= target <= MOST_TARGET:
            raise UserError(_("Choose a target of 1 to {most}.").format(most=MOST_TARGET))
        for each in self._read(r.Plan, "begin"):
            if each.exercise == exercise and self._is_open(each):
                raise UserError(_("There is a plan for this exercise already: end it first."))
        unit = unit_of(exercise)
        return self._put(r.Plan("", exercise, unit, self._today(), target, days, sessions))

    def _is_open(self, plan: r.Plan) -> bool:
        return self._step(plan).phase is not quotas.Phase.DONE

    def fix_quotas(self, plan: r.Plan, target: int, sessions: int) -> None:
        """Set every quota in advance, from the three baseline sessions."""
        done = quotas.sessions_of(plan, self._read(r.Session, "day"))
        baseline = [each.amount for each in done[: quotas.BASELINE_SESSIONS]]
        ladder = quotas.quotas(baseline, target, sessions)
        self._put(replace(plan, target=target, sessions=sessions, quotas=ladder))

    def end_plan(self, plan: r.Plan) -> None:
        """Leave a plan; what was done stays."""
        self._put(replace(plan, stopped=self._today()))

    def _step(self, plan: r.Plan) -> quotas.Step:
        sessions = self._read(r.Session, "day")
        flares, answers = self._read(r.FlareUp, "begin"), self._read(r.SignAnswer, "day")
        return quotas.due(plan, sessions, flares, answers, self._today())

    def keep_session(
        self,
        exercise: str,
        amount: int,
        plan: r.Plan | None = None,
        *,
        counted: str = "hand",
        reps: Sequence[tuple[float, float]] = (),
    ) -> quotas.Outcome:
        """What was done today, against the quota that was due; an outcome to tell."""
        quota = None
        if plan:
            step = self._step(plan)
            if any(s.day == self._today() for s in self._of(plan)):
                raise UserError(_("Today's session is entered already: change that one."))
            if step.phase is quotas.Phase.TO_SET:
                raise UserError(_("The baseline is complete: set the stages of the plan first."))
            if step.phase is quotas.Phase.DONE:
                raise UserError(_("This plan is done: begin a new one, or enter a free session."))
            quota = step.quota
        _check_amount(plan is not None, quota, amount)
        session = r.Session(
            "",
            self._today(),
            plan.id if plan else "",
            exercise,
            unit_of(exercise),
            amount,
            quota,
            counted,
            tuple((float(a), float(b)) for a, b in reps),
        )
        self._put(session)
        return quotas.outcome(session)

    def change_session(self, session: r.Session, amount: int) -> quotas.Outcome:
        """Another amount for a session; the change is kept as a change."""
        _check_amount(bool(session.plan), session.quota, amount)
        changed = replace(session, amount=amount)
        self._put(changed)
        return quotas.outcome(changed)

    def remove_session(self, session: r.Session) -> None:
        """Take a session away; steps that were set in advance stay as they are."""
        self.remove(session)

    def _of(self, plan: r.Plan) -> list[r.Session]:
        return quotas.sessions_of(plan, self._read(r.Session, "day"))

    # Flare-ups and warning signs

    def start_flare(self) -> None:
        """One click: quotas go back to the last one met until it is over."""
        if quotas.flare_now(self._today(), self._read(r.FlareUp, "begin")) is None:
            self._put(r.FlareUp("", self._today()))

    def end_flare(self, flare: r.FlareUp) -> None:
        """Back to the plan from today on."""
        yesterday = self._today() - timedelta(days=1)
        self._put(replace(flare, end=max(flare.begin, yesterday)))

    def keep_flare_plan(self, text: str) -> None:
        """What to do in a flare-up, for the next one; earlier texts stay in the history."""
        past = self._read(r.FlarePlan, "day")
        self._put(r.FlarePlan(past[-1].id if past else "", self._today(), text.strip()))

    def answer_signs(self, yes: Iterable[str], why: str) -> str:
        """The warning signs as they are today."""
        return self._put(r.SignAnswer("", self._today(), tuple(yes), why))

    def correct_signs(self, answer: r.SignAnswer, yes: Iterable[str]) -> None:
        """Answers given by a slip, as they were meant; the first ones stay in the history."""
        meant = tuple(yes)
        if set(meant) != set(answer.yes):
            self._put(corrected(answer, meant, self._today()))

    def looked(self, answer: r.SignAnswer, day: date, who: str) -> None:
        """A professional has looked at an open sign."""
        checks.check_day(day, self._today())
        if day < answer.day:
            raise UserError(_("This is before the sign was entered: choose a later day."))
        if not who.strip():
            raise UserError(_("Enter who has looked at it, for example your doctor."))
        self._put(replace(answer, looked=day, who=who.strip()))

    # Therapies and lessons

    def keep_therapy(self, therapy: r.Therapy) -> str:
        """A therapy, a new one (id "") or a change of one; before a procedure the state of three
        weeks is kept as its baseline, anew where its day was another."""
        checks.check_day(therapy.day, self._today())
        past = next((t for t in self._read(r.Therapy, "day") if t.id == therapy.id), None)
        if past and (past.day, past.kind) != (therapy.day, therapy.kind):
            therapy = replace(therapy, before=None)
        if therapy.kind in PROCEDURES and therapy.before is None:
            begin, end = therapy.day - WINDOW, therapy.day
            belt = self._belt_days(begin, end)
            state = snapshot(self._read(r.DiaryEntry, "day"), belt, begin, end)
            therapy = replace(therapy, before=state if state != r.Snapshot() else None)
        return self._put(therapy)

    def remove_therapy(self, therapy: r.Therapy) -> None:
        """Take a therapy away, with the answers to its follow-ups."""
        answers = [f for f in self._read(r.FollowUp, "day") if f.therapy == therapy.id]
        for each in (*answers, therapy):
            self.remove(each)

    def keep_follow_up(self, found: r.FollowUp) -> str:
        """The answers to a follow-up."""
        checks.check_day(found.day, self._today())
        return self._put(found)

    def lesson_seen(self, lesson: str, correct: bool | None = None) -> None:
        """A lesson was read today, and whether its question was answered."""
        seen = self._read(r.LessonSeen, "day")
        today = next((s for s in seen if (s.lesson, s.day) == (lesson, self._today())), None)
        self._put(r.LessonSeen(today.id if today else "", lesson, self._today(), correct))

    def keep_visit(self, wish: str, asks: Iterable[str], own: str) -> None:
        """What the wearer wants from the next visit; earlier wishes stay in the history."""
        past = self._read(r.VisitNote, "day")
        note = r.VisitNote("", self._today(), wish.strip(), tuple(asks), own.strip())
        self._put(replace(note, id=past[-1].id if past else ""))

    def prefer(self, diary_from_min: int) -> None:
        """From when on the diary is offered."""
        self._put(replace(self.records().preference, diary_from_min=diary_from_min))

    def see_course(self) -> None:
        """The course was looked at; it is not spoken of for a while."""
        self._put(replace(self.records().preference, course_seen=self._today()))


def _renamed(value: Any, ids: Mapping[str, str]) -> Any:
    """The same fields, with other ids for the entries that they speak of."""
    if isinstance(value, dict):
        return {_renamed(key, ids): _renamed(each, ids) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_renamed(each, ids) for each in value]
    return ids.get(value, value) if isinstance(value, str) else value


def _check_amount(planned: bool, quota: int | None, amount: int) -> None:
    """The steps follow from the baseline's sessions: one of nothing is none. Where a quota was
    due nothing done is an answer, too."""
    if quota is None and amount < 1:
        if planned:
            raise UserError(_("Enter how much went well: the stages follow from the baseline."))
        raise UserError(_("Enter how much was done first."))

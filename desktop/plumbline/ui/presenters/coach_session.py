"""The sub-page Session: what can be done today, and counting with the belt."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from beltwire import codes
from beltwire.messages import LiveRepetition

from plumbline import i18n
from plumbline.analysis.wording import number
from plumbline.coaching import keys
from plumbline.coaching import quotas as q
from plumbline.coaching.records import Plan, Session
from plumbline.i18n import _, ngettext
from plumbline.lessons.exercises import Exercise, exercise, when_to_stop
from plumbline.ui.coach.state import CoachState
from plumbline.ui.presenters.coach_today import amount_text, exercise_title, session_text

KIND_OF = {
    "chair-rise": codes.CHAIR_RISE,
    "squat-to-chair": codes.CHAIR_RISE,
    "hip-hinge": codes.HIP_HINGE,
}


@dataclass(frozen=True)
class Choice:
    """An exercise that can be done now, of a plan or freely."""

    exercise: str
    plan: Plan | None
    title: str


@dataclass(frozen=True)
class SessionView:
    """The chosen exercise: what is due, how it goes, what the belt can count of it; `entered`:
    today's session of the plan, which can be changed."""

    due: str
    purpose: str
    how: tuple[str, ...]
    dose: str
    stop: str
    unit: str
    counts: bool
    amount: int
    done: bool
    entered: Session | None = None


@dataclass
class Counter:
    """The repetitions of a session as the belt tells them; of the wanted kind, each once."""

    kind: int
    reps: list[tuple[float, float]] = field(default_factory=list)
    _last: int | None = None

    def add(self, repetition: LiveRepetition) -> bool:
        """Whether it counts: (range in degrees, length in seconds) is then in `reps`."""
        if repetition.kind != self.kind or repetition.number == self._last:
            return False
        self._last = repetition.number
        self.reps.append((repetition.range_cdeg / 100, repetition.duration_ms / 1000))
        return True


def counter_for(key: str) -> Counter | None:
    """A counter where the belt sees the exercise's repetitions."""
    return Counter(KIND_OF[key]) if key in KIND_OF else None


def choices(state: CoachState) -> list[Choice]:
    """What plans go on, then every exercise freely."""
    r = state.records
    open_ = [
        plan
        for plan in r.plans
        if q.due(plan, r.sessions, r.flares, r.answers, state.today).phase is not q.Phase.DONE
    ]
    planned = [
        Choice(p.exercise, p, _("{exercise} (plan)").format(exercise=exercise_title(p.exercise)))
        for p in open_
    ]
    return planned + [Choice(key, None, exercise_title(key)) for key in keys.EXERCISES]


def session_view(choice: Choice, state: CoachState) -> SessionView:
    """What there is to say of the exercise chosen."""
    found = exercise(choice.exercise, i18n.language())
    amount, done, entered = 0, False, None
    due = _("A free session, outside any plan.")
    if choice.plan:
        r = state.records
        step = q.due(choice.plan, r.sessions, r.flares, r.answers, state.today)
        today = (s for s in r.sessions if (s.plan, s.day) == (choice.plan.id, state.today))
        entered = next(today, None)
        done, amount = entered is not None, entered.amount if entered else step.quota or 0
        due = _("Today's session is entered.") if done else session_text(choice.plan, state)
        if step.phase is q.Phase.TO_SET and not done:
            due = _("The baseline is complete: set the stages on the page Plan.")
            done = True
    return SessionView(
        due=due,
        purpose=found.purpose if found else "",
        how=found.how if found else (),
        dose=_dose(found) if found else "",
        stop=found.stop if found else when_to_stop(i18n.language()),
        unit=keys.unit_of(choice.exercise),
        counts=choice.exercise in KIND_OF,
        amount=amount,
        done=done,
        entered=entered,
    )


def _dose(found: Exercise) -> str:
    """How much, and the other forms."""
    easier = _("Easier: {form}").format(form=found.easier)
    return "\n".join((found.dose, easier, _("Harder: {form}").format(form=found.harder)))


def seen_today(choice: Choice, state: CoachState) -> tuple[int, str]:
    """What the belt's log has of today, and the offer to take it over; 0 and "" for nothing."""
    if choice.exercise == "walking":
        minutes = sum(round(d.walking_min) for d in state.belt_days if d.day == state.today)
        amount, unit = minutes, "minutes"
    else:
        amount, unit = state.counted_today.get(KIND_OF.get(choice.exercise, 0), 0), "times"
    if not amount:
        return 0, ""
    text = _("Take over what the belt saw today: {amount}")
    return amount, text.format(amount=amount_text(amount, unit))


def count_text(reps: Sequence[tuple[float, float]]) -> str:
    """ "12 times, 64° in 2.4 s on average"."""
    if not reps:
        return _("Waiting for the first repetition …")
    count = ngettext("{n} time", "{n} times", len(reps)).format(n=len(reps))
    angle = sum(each for each, _s in reps) / len(reps)
    seconds = sum(each for _deg, each in reps) / len(reps)
    text = _("{count}, {angle}° in {seconds} s on average")
    return text.format(count=count, angle=number(angle), seconds=number(seconds, 1))

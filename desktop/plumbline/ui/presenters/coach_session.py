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
from plumbline.i18n import _, listed, ngettext
from plumbline.lessons.exercises import Exercise, exercise, when_to_stop
from plumbline.ui.coach.state import CoachState
from plumbline.ui.presenters.coach_flare import help_first
from plumbline.ui.presenters.coach_today import session_text
from plumbline.ui.presenters.exercises import amount_text, exercise_title

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
    today's session of the plan, which can be changed; `said`: what was saved today and what it
    means for the plan, whose stages are to be set now where it is `settable`."""

    due: str
    purpose: str
    how: tuple[str, ...]
    dose: str
    stop: str
    counts: bool
    amount: int
    done: bool
    entered: Session | None = None
    said: str = ""
    settable: bool = False


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
    amount, done, entered, settable = 0, False, None, False
    due = _("A free session, outside any plan.")
    if help_first(state):
        due = _("Please get help for the warning sign first; exercises can wait.")
    if choice.plan:
        r = state.records
        step = q.due(choice.plan, r.sessions, r.flares, r.answers, state.today)
        today = (s for s in r.sessions if (s.plan, s.day) == (choice.plan.id, state.today))
        entered = next(today, None)
        done, amount = entered is not None, entered.amount if entered else step.quota or 0
        due = _("Today's session is entered.") if done else session_text(choice.plan, state)
        settable = step.phase is q.Phase.TO_SET
        if settable and not done:
            due = _("The baseline is complete: set the stages on the page Plan.")
            done = True
    return SessionView(
        due=due,
        purpose=found.purpose if found else "",
        how=found.how if found else (),
        dose=_dose(found) if found else "",
        stop=found.stop if found else when_to_stop(i18n.language()),
        counts=choice.exercise in KIND_OF,
        amount=amount,
        done=done,
        entered=entered,
        said=_said(choice, entered, state),
        settable=settable,
    )


def _said(choice: Choice, entered: Session | None, state: CoachState) -> str:
    if choice.plan:
        return entered_text(entered, choice.plan, state) if entered else ""
    today = [s for s in state.records.sessions if (s.plan, s.day) == ("", state.today)]
    done = [amount_text(s.amount, s.exercise) for s in today if s.exercise == choice.exercise]
    if not done:
        return ""
    text = _("Saved today: {amounts}. Free sessions change nothing in a plan.")
    return text.format(amounts=listed(done))


def entered_text(session: Session, plan: Plan, state: CoachState) -> str:
    """What was saved, how it stands to what was due, and what comes next; never a reproach, and
    praise only for what was planned."""
    r, amount = state.records, amount_text(session.amount, session.exercise)
    if session.quota is None:
        number_ = [s.id for s in q.sessions_of(plan, r.sessions)].index(session.id) + 1
        return _baseline_text(amount, number_)
    texts = {
        q.Outcome.MET: _("Saved: {amount}, exactly as planned. Well done."),
        q.Outcome.UNDER: _(
            "Saved: {amount}; {quota} were planned. That happens: the plan goes on as it was set."
        ),
        q.Outcome.OVER: _(
            "Saved: {amount}; {quota} were planned. More is not needed: the plan goes on as it was "
            "set."
        ),
    }
    said = texts[q.outcome(session)].format(amount=amount, quota=session.quota)
    phase = q.due(plan, r.sessions, r.flares, r.answers, state.today).phase
    done = _("That was the last stage of the plan.")
    return f"{said} {done if phase is q.Phase.DONE else session_text(plan, state)}"


def _baseline_text(amount: str, number_: int) -> str:
    text = _("Saved: {amount}, session {n} of 3 for the baseline.")
    said, left = text.format(amount=amount, n=number_), q.BASELINE_SESSIONS - number_
    if not left:
        return " ".join((said, _("Now the stages can be set on the page Plan.")))
    more = ngettext(
        "{n} more, as far as it goes well, then the stages can be set.",
        "{n} more, as far as it goes well, then the stages can be set.",
        left,
    )
    return f"{said} {more.format(n=left)}"


def _dose(found: Exercise) -> str:
    """How much, and the other forms."""
    easier = _("Easier: {form}").format(form=found.easier)
    return "\n".join((found.dose, easier, _("Harder: {form}").format(form=found.harder)))


def seen_today(choice: Choice, state: CoachState) -> tuple[int, str]:
    """What the belt's log has of today, and the offer to take it over; 0 and "" for nothing."""
    if choice.exercise == "walking":
        minutes = sum(round(d.walking_min) for d in state.belt_days if d.day == state.today)
        amount = minutes
    else:
        amount = state.counted_today.get(KIND_OF.get(choice.exercise, 0), 0)
    if not amount:
        return 0, ""
    text = _("Take over what the belt counted today: {amount}")
    if choice.exercise == "walking":
        text = _("Take over all walking of today: {amount}")
    return amount, text.format(amount=amount_text(amount, choice.exercise))


def count_text(reps: Sequence[tuple[float, float]]) -> str:
    """ "12 times, 64° in 2.4 s on average"; of one there is no average."""
    if not reps:
        return _("Waiting for the first repetition …")
    count = ngettext("{n} time", "{n} times", len(reps)).format(n=len(reps))
    angle = sum(each for each, _s in reps) / len(reps)
    seconds = sum(each for _deg, each in reps) / len(reps)
    text = _("{count}, {angle}° in {seconds} s on average")
    if len(reps) == 1:
        text = _("{count}, {angle}° in {seconds} s")
    return text.format(count=count, angle=number(angle), seconds=number(seconds, 1))


def rep_text(n: int, rep: tuple[float, float]) -> str:
    """The session's repetition `n`: its degrees and seconds."""
    return "\n".join(
        [
            _("Repetition {n}").format(n=number(n)),
            _("range {n}°").format(n=number(rep[0])),
            _("{n} seconds long").format(n=number(rep[1], 1)),
        ]
    )

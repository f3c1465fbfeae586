"""Graded activity: quotas fixed in advance, followed by plan and not by pain.

Lambeek, Anema, van Royen and others, BMC Public Health 7:254 (2007), table 2: three baseline
sessions that end when they may; a start quota of 70 % of their mean; the load of every session
until the end set then; a treatment phase in which pain is no reason to stop or to alter them; 26
sessions at most, here the baseline included. While a warning sign is open or a flare-up runs
nothing rises by itself: that rule is our own, on the side of caution.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from plumbline.coaching.records import FlareUp, Plan, Session, SignAnswer
from plumbline.coaching.signs import A_ZONE_AHEAD, is_open, open_answers
from plumbline.errors import UserError
from plumbline.i18n import _

BASELINE_SESSIONS = 3
MOST_SESSIONS = 26
MOST_QUOTAS = MOST_SESSIONS - BASELINE_SESSIONS
FIRST_TENTHS = 7
"""The first quota is 70 % of the baseline's mean."""


class Phase(Enum):
    """Where a plan is."""

    BASELINE = "baseline"
    TO_SET = "to_set"
    QUOTA = "quota"
    DONE = "done"


class Outcome(Enum):
    """What was done against what was due."""

    BASELINE = "baseline"
    UNDER = "under"
    MET = "met"
    OVER = "over"


class Lock(Enum):
    """What keeps quotas from rising."""

    NONE = "none"
    FLARE_UP = "flare_up"
    SIGN = "sign"


@dataclass(frozen=True)
class Step:
    """The next session: `number` counts from 1 within its phase; no quota in the baseline."""

    phase: Phase
    quota: int | None = None
    number: int = 0
    lock: Lock = Lock.NONE
    missed_in_a_row: int = 0


def first_quota(baseline: Sequence[int]) -> int:
    """70 % of the mean of the baseline sessions, never more, and at least 1."""
    return max(1, FIRST_TENTHS * sum(baseline) // (10 * len(baseline)))


def quotas(baseline: Sequence[int], target: int, sessions: int) -> tuple[int, ...]:
    """What each of `sessions` sessions should be, in even steps from 70 % up to `target`.

    UserError where there are not three baseline sessions, where the target lies below the first
    quota, or where there would be more than 26 sessions with the baseline.
    """
    if len(baseline) != BASELINE_SESSIONS:
        raise UserError(_("A plan begins with three baseline sessions: do those first."))
    if not 2 <= sessions <= MOST_QUOTAS:
        text = _(
            "A plan has {most} sessions at most, three of them baseline: choose 2 to {rest} stages."
        )
        raise UserError(text.format(most=MOST_SESSIONS, rest=MOST_QUOTAS))
    first = first_quota(baseline)
    if target < first:
        text = _("The target {target} is below the first stage {first}: choose a higher one.")
        raise UserError(text.format(target=target, first=first))
    return tuple(first + (target - first) * n // (sessions - 1) for n in range(sessions))


def outcome(session: Session) -> Outcome:
    """Under, met or over what was due."""
    if session.quota is None:
        return Outcome.BASELINE
    if session.amount == session.quota:
        return Outcome.MET
    return Outcome.UNDER if session.amount < session.quota else Outcome.OVER


def lock_on(day: date, flares: Sequence[FlareUp], answers: Sequence[SignAnswer]) -> Lock:
    """What kept quotas from rising on a day."""
    if any(is_open(each, day) for each in answers):
        return Lock.SIGN
    return Lock.FLARE_UP if flare_on(day, flares) else Lock.NONE


def lock_now(today: date, flares: Sequence[FlareUp], answers: Sequence[SignAnswer]) -> Lock:
    """What keeps quotas from rising today."""
    if open_answers(answers, today):
        return Lock.SIGN
    return Lock.FLARE_UP if flare_now(today, flares) else Lock.NONE


def flare_on(day: date, flares: Sequence[FlareUp]) -> FlareUp | None:
    """The flare-up that holds the day."""
    held = (each for each in flares if each.begin <= day and (not each.end or day <= each.end))
    return next(held, None)


def flare_now(today: date, flares: Sequence[FlareUp]) -> FlareUp | None:
    """The flare-up that goes on; who flew west may have begun it tomorrow, by the calendar here."""
    return flare_on(today, flares) or flare_on(today + A_ZONE_AHEAD, flares)


def sessions_of(plan: Plan, sessions: Sequence[Session]) -> list[Session]:
    """The plan's sessions in order of time."""
    return sorted((each for each in sessions if each.plan == plan.id), key=lambda each: each.day)


def due(
    plan: Plan,
    sessions: Sequence[Session],
    flares: Sequence[FlareUp],
    answers: Sequence[SignAnswer],
    today: date,
) -> Step:
    """The plan's next session on `today`.

    Every session takes one step, whatever was done in it; a missed day takes none, nor does a
    session done while locked. In a flare-up the quota is the last one met before it, while a
    sign is open the last one that was due: both at most the plan's own.
    """
    done = sessions_of(plan, sessions)
    if plan.stopped and plan.stopped <= today:
        return Step(Phase.DONE)
    lock = lock_now(today, flares, answers)
    if not plan.quotas:
        count = len(done)
        phase = Phase.BASELINE if count < BASELINE_SESSIONS else Phase.TO_SET
        return Step(phase, None, min(count + 1, BASELINE_SESSIONS), lock)
    after = [each for each in done if each.quota is not None]
    taken = [each for each in after if lock_on(each.day, flares, answers) is Lock.NONE]
    index = len(taken)
    if index >= len(plan.quotas):
        return Step(Phase.DONE)
    quota = min(plan.quotas[index], _held(plan, after, index, flares, answers, today))
    return Step(Phase.QUOTA, quota, index + 1, lock, _missed_in_a_row(after))


def _held(
    plan: Plan,
    after: Sequence[Session],
    index: int,
    flares: Sequence[FlareUp],
    answers: Sequence[SignAnswer],
    today: date,
) -> int:
    """What a lock allows at most."""
    most = plan.target
    if open_answers(answers, today):
        most = plan.quotas[max(0, index - 1)]
    flare = flare_now(today, flares)
    if flare:
        met = [s.quota for s in after if s.day < flare.begin and s.amount >= (s.quota or 0)]
        most = min(most, (met[-1] if met else None) or plan.quotas[0])
    return most


def _missed_in_a_row(after: Sequence[Session]) -> int:
    count = 0
    for session in reversed(after):
        if outcome(session) is not Outcome.UNDER:
            break
        count += 1
    return count

"""Warning signs: when they are asked, what follows, and how long one stays open.

The signs and what they may point to (cancer, infection, fracture, inflammatory disease, pressure
on the nerves of the bladder and the legs) are those of KNGF 2021 and of the NVL Kreuzschmerz
2017. NICE NG59 (2016, 1.1.1): think again when symptoms are new or changed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum

from plumbline.coaching.keys import NEAR_SPINE, PROCEDURES, SIGNS
from plumbline.coaching.records import DiaryEntry, Episode, FollowUp, SignAnswer, Therapy

ASK_AGAIN = timedelta(days=7)
KNOWN_FOR = timedelta(days=42)
"""So long a treatment is one of "the last weeks"."""
NONE_AT_ALL = ("", "none", "no", "nothing", "keine", "nein", "nichts", "geen", "nee", "niets")
"""What people answer who had no side effects."""
A_ZONE_AHEAD = timedelta(days=1)
"""So far ahead may the calendar be where an answer was given."""


class Outcome(Enum):
    """What an answer leads to; the values are the keys of the texts."""

    AT_ONCE = "at-once"
    DAYS = "days"
    SOON = "soon"
    NONE = "none"


class Why(Enum):
    """Why the signs are asked."""

    START = "start"
    PROCEDURE = "procedure"
    CHANGED = "changed"
    WEEKLY = "weekly"


@dataclass(frozen=True)
class Asked:
    """The questions are due, for this reason."""

    why: Why


def outcome(yes: Iterable[str]) -> Outcome:
    """The most urgent of the signs decides."""
    there = set(yes)
    for urgency, keys in SIGNS.items():
        if there.intersection(keys):
            return Outcome(urgency)
    return Outcome.NONE


def is_open(answer: SignAnswer, day: date) -> bool:
    """Whether on that day a sign was there that no professional had looked at.

    One that was taken back as a slip was there until then: what it held back does not come all at
    once (our own choice, on the side of caution).
    """
    if day < answer.day or (answer.looked is not None and answer.looked <= day):
        return False
    slip = bool(answer.slips) and answer.corrected is not None and day < answer.corrected
    return bool(answer.yes) or slip


def corrected(answer: SignAnswer, yes: Iterable[str], today: date) -> SignAnswer:
    """The answer as it was meant, where one or more were given by a slip."""
    meant = tuple(yes)
    slips = tuple(key for key in dict.fromkeys((*answer.slips, *answer.yes)) if key not in meant)
    day = today if set(answer.yes) - set(meant) else answer.corrected
    return replace(answer, yes=meant, slips=slips, corrected=day if slips else None)


def is_open_now(answer: SignAnswer, today: date) -> bool:
    """Whether a sign waits for a professional. Who flew west may have answered tomorrow, by the
    calendar here: it waits all the same."""
    return is_open(answer, today) or is_open(answer, today + A_ZONE_AHEAD)


def open_answers(answers: Iterable[SignAnswer], today: date) -> list[SignAnswer]:
    """The ones that wait today, the most urgent first."""
    order = list(Outcome)
    there = [each for each in answers if is_open_now(each, today)]
    return sorted(there, key=lambda each: (order.index(outcome(each.yes)), each.day))


def asked(
    episode: Episode | None,
    diary: Sequence[DiaryEntry],
    therapies: Sequence[Therapy],
    answers: Sequence[SignAnswer],
    today: date,
    follow_ups: Sequence[FollowUp] = (),
) -> Asked | None:
    """Why the signs are due today, or None.

    At the start of an episode with a complaint, after an injection, infusion or other procedure
    and when side effects of one are told, when the diary says that the trouble is new or changed,
    and weekly while the episode is open.
    """
    if episode is None or not episode.complaint:
        return None
    last = max((a.day for a in answers if episode.begin <= a.day <= today), default=None)
    if last is None:
        return Asked(Why.START)
    had = [each for each in therapies if each.day <= today]
    procedures = [each for each in had if each.kind in PROCEDURES]
    days = [each.day for each in procedures]
    days += [each.day for each in follow_ups if asks_for_signs(each, procedures)]
    if any(_unasked(day, last, answers) for day in days if day <= today):
        return Asked(Why.PROCEDURE)
    if any(entry.changed and last < entry.day <= today for entry in diary):
        return Asked(Why.CHANGED)
    return Asked(Why.WEEKLY) if today - last >= ASK_AGAIN else None


def known_procedures(therapies: Iterable[Therapy], today: date) -> list[Therapy]:
    """Injections and procedures near the spine that were entered, the newest first.

    Where there is one, the question about them is answered already: that alone is no news, and a
    yes would lock the plan of everybody who was treated. Fever, which would be one (NVL
    Kreuzschmerz 2017, chapter 3), is asked by itself. How long is our own choice.
    """
    had = (each for each in therapies if each.kind in NEAR_SPINE)
    recent = [each for each in had if timedelta() <= today - each.day <= KNOWN_FOR]
    return sorted(recent, key=lambda each: each.day, reverse=True)


def asks_for_signs(found: FollowUp, therapies: Iterable[Therapy]) -> bool:
    """Whether side effects of a procedure are told in it: fever after an injection may be more."""
    of = next((each for each in therapies if each.id == found.therapy), None)
    return of is not None and of.kind in PROCEDURES and tells_side_effects(found)


def tells_side_effects(found: FollowUp) -> bool:
    """Whether there were any; whoever answers "none" tells of none."""
    return found.side_effects.strip(" .!-–").casefold() not in NONE_AT_ALL


def _unasked(day: date, last: date, answers: Iterable[SignAnswer]) -> bool:
    """Whether a procedure of this day came after the last answer; on the same day only an answer
    that was asked because of it is surely later."""
    same_day = (each for each in answers if each.day == day)
    asked_then = any(each.why == Why.PROCEDURE.value for each in same_day)
    return last < day or (last == day and not asked_then)

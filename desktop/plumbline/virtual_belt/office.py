"""A made-up office worker's day, second by second, out of clips of recorded motion.

The plan of the day comes from a seeded random generator; the wearer hears the belt's buzz and
mostly does something about it. Distributions are chosen to look like an office, not fitted to
anybody: desk bouts of 10 to 95 minutes, breaks of one to six, a lunch with a walk.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import numpy as np
from beltwire import codes

from plumbline.virtual_belt.clips import Clip, Library

MINUTE = 60
NEUTRAL_DEG = 4.0
BENT_DEG = 20.0
NEVER = -1


@dataclass(frozen=True)
class Bout:
    """What the wearer does next, and for how many seconds."""

    kind: str
    seconds: int


@dataclass(frozen=True)
class Traits:
    """What kind of day it is."""

    start_min: int
    """Local minute of the day at which the belt is put on."""
    end_min: int
    lean_deg: float
    restless: float
    """Above 1: changes posture more often."""
    heeds: float
    """How likely a buzz is answered."""
    bends: float
    """How likely a new posture at the desk is a deep one."""


def draw_traits(random: Random) -> Traits:
    """A day's traits."""
    return Traits(
        start_min=510 + random.randint(-25, 20),
        end_min=1050 + random.randint(-30, 35),
        lean_deg=random.gauss(3.0, 3.0),
        restless=random.uniform(0.7, 1.5),
        heeds=random.uniform(0.55, 0.95),
        bends=random.uniform(0.005, 0.045),
    )


def draw_plan(random: Random, traits: Traits) -> list[Bout]:
    """The day's bouts, from putting the belt on to taking it off."""
    lunch_min = 725 + random.randint(-20, 30)
    plan = [Bout("walk", random.randint(150, 420)), Bout("stairs", random.randint(15, 60))]
    plan += _desk_time(random, lunch_min - traits.start_min - 8, meeting=random.random() < 0.5)
    plan += _lunch(random)
    spent = sum(bout.seconds for bout in plan) // MINUTE
    left = traits.end_min - traits.start_min - spent - 8
    plan += _desk_time(random, left, meeting=random.random() < 0.6)
    return [*plan, Bout("stairs", random.randint(15, 60)), Bout("walk", random.randint(150, 420))]


def _desk_time(random: Random, minutes: int, meeting: bool) -> list[Bout]:
    plan: list[Bout] = []
    left = minutes * MINUTE
    while left > 10 * MINUTE:
        if meeting and random.random() < 0.3:
            meeting = False
            kind = "stand" if random.random() < 0.2 else "meeting"
            bout = Bout(kind, random.randint(15, 55) * MINUTE)
        else:
            length = min(95.0, max(10.0, random.lognormvariate(math.log(32), 0.55)))
            bout = Bout("desk", round(length * MINUTE))
        bout = Bout(bout.kind, min(bout.seconds, left))
        plan += [bout, *_break(random)]
        left -= bout.seconds + plan[-1].seconds
    return plan


def _break(random: Random) -> list[Bout]:
    if random.random() < 0.35:
        return [Bout("stand", random.randint(40, 240))]
    there = [Bout("walk", random.randint(20, 90))]
    if random.random() < 0.25:
        there.append(Bout("stairs", random.randint(12, 40)))
    return [*there, Bout("stand", random.randint(30, 200)), Bout("walk", random.randint(20, 90))]


def _lunch(random: Random) -> list[Bout]:
    plan = [Bout("stairs", random.randint(15, 50)), Bout("walk", random.randint(120, 420))]
    plan += [Bout("stand", random.randint(60, 300)), Bout("meal", random.randint(14, 26) * MINUTE)]
    if random.random() < 0.6:
        plan.append(Bout("walk", random.randint(6, 16) * MINUTE))
    return [*plan, Bout("walk", random.randint(90, 240)), Bout("stairs", random.randint(15, 50))]


class Wearer:
    """Goes through a plan; `seconds` gives the library's row for every second of the day."""

    def __init__(self, library: Library, random: Random, traits: Traits) -> None:
        self._random = random
        self._traits = traits
        self._clips: dict[str, list[Clip]] = {}
        for clip in library.clips:
            self._clips.setdefault(clip.posture, []).append(clip)
        self._shift_in = NEVER
        self._rise_in = NEVER

    def seconds(self, plan: list[Bout]) -> Iterator[int]:
        """Row after row. What `feel` is told in between changes what follows."""
        sitting = {"desk": self._traits.lean_deg, "meeting": -6.0, "meal": 2.0}
        for bout in plan:
            if bout.kind == "walk":
                yield from self._move(bout.seconds, ("walking",))
            elif bout.kind == "stairs":
                yield from self._move(bout.seconds, ("stairs_up", "stairs_down"))
            elif bout.kind == "stand":
                yield from self._stand(bout.seconds)
            else:
                yield from self._sit(bout.seconds, sitting[bout.kind])

    def feel(self, cause: int) -> None:
        """The belt buzzes; whether and how soon the wearer answers is a matter of the day."""
        if cause == codes.CAUSE_SITTING_BOUT:
            if self._random.random() < self._traits.heeds * 0.6:
                self._rise_in = self._random.randint(5, 90)
        elif self._random.random() < self._traits.heeds:
            self._shift_in = self._random.randint(2, 25)

    def _move(self, seconds: int, postures: tuple[str, ...]) -> Iterator[int]:
        while seconds > 0:
            clip = self._random.choice(self._clips[self._random.choice(postures)])
            yield from range(clip.first, clip.first + min(clip.count, seconds))
            seconds -= clip.count

    def _stand(self, seconds: int) -> Iterator[int]:
        self._shift_in = self._rise_in = NEVER
        while seconds > 0:
            wanted = self._random.choice((0.0, 2.0, 4.0, 8.0, 14.0))
            clip = self._near("standing", wanted)
            length = min(seconds, self._random.randint(15, 120))
            yield from self._stay(clip, length)
            seconds -= length

    def _sit(self, seconds: int, mean_deg: float) -> Iterator[int]:
        """Sit down, change posture now and then, get up; a buzz may cut it short for a while."""
        yield from self._transition("stand_to_sit")
        self._shift_in = self._rise_in = NEVER
        slump = 0.0
        wanted = NEUTRAL_DEG
        while seconds > 0:
            clip = self._near("sitting", wanted)
            length = min(seconds, self._dwell(clip))
            for row in self._stay(clip, length):
                yield row
                seconds -= 1
                if self._answers():
                    break
            if self._rise_in == 0:
                yield from self._short_break()
                seconds -= 2 * MINUTE
            slump = 0.0 if 0 in (self._rise_in, self._shift_in) else min(12.0, slump + 1.0)
            wanted = self._next_lean(mean_deg + slump)
            self._shift_in = self._rise_in = NEVER
        yield from self._transition("sit_to_stand")

    def _next_lean(self, mean_deg: float) -> float:
        if self._shift_in == 0 or self._rise_in == 0:
            return self._random.uniform(-2.0, 8.0)
        if self._random.random() < self._traits.bends:
            return self._random.uniform(22.0, 42.0)
        return self._random.gauss(mean_deg, 6.0)

    def _dwell(self, clip: Clip) -> int:
        """How long a posture is kept: minutes, but a deep one shorter."""
        typical = 75.0 if clip.lean_deg > BENT_DEG else 170.0
        length = self._random.lognormvariate(math.log(typical), 0.7) / self._traits.restless
        return round(min(900.0, max(20.0, length)))

    def _answers(self) -> bool:
        """Count down to the answer to a buzz; True when it is time."""
        if self._shift_in > 0:
            self._shift_in -= 1
        if self._rise_in > 0:
            self._rise_in -= 1
        return self._shift_in == 0 or self._rise_in == 0

    def _short_break(self) -> Iterator[int]:
        yield from self._transition("sit_to_stand")
        yield from self._stay(self._near("standing", 2.0), self._random.randint(30, 90))
        yield from self._move(self._random.randint(30, 120), ("walking",))
        yield from self._transition("stand_to_sit")
        self._rise_in = 0

    def _transition(self, posture: str) -> Iterator[int]:
        clip = self._random.choice(self._clips[posture])
        yield from range(clip.first, clip.first + clip.count)

    def _stay(self, clip: Clip, seconds: int) -> Iterator[int]:
        """A clip to and fro for so long."""
        swing = list(range(clip.first, clip.first + clip.count))
        swing += swing[-2:0:-1]
        for at in range(seconds):
            yield swing[at % len(swing)]

    def _near(self, posture: str, lean_deg: float) -> Clip:
        """One of the three clips whose lean is nearest."""
        clips = self._clips[posture]
        away = np.array([abs(clip.lean_deg - lean_deg) for clip in clips])
        return clips[int(self._random.choice(np.argsort(away)[:3].tolist()))]

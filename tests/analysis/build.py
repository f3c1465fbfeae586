"""Fixtures made by hand: minutes from a line of letters, and weeks of plausible workdays.

One letter is one minute: S sitting, U standing, W walking, L lying, N not worn, ? unknown,
- no record. A minute of several postures is written in braces: {S20 U40}.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from beltwire import codes, events
from plumbline.analysis.days import DayRule
from plumbline.analysis.postures import Minutes
from plumbline.store.rows import MINUTE_DTYPE, NO_ANGLE, NO_SIDE, StoredEvent

BERLIN = DayRule(ZoneInfo("Europe/Berlin"))
CODE = {
    "S": codes.SITTING,
    "U": codes.STANDING,
    "W": codes.WALKING,
    "L": codes.LYING,
    "N": codes.NOT_WORN,
    "?": codes.UNKNOWN,
    "T": codes.TRANSITION,
    "^": codes.STAIRS_UP,
    "R": codes.RUNNING,
}
TOKEN = re.compile(r"\{[^}]*\}|\S")


def at(text: str, rule: DayRule = BERLIN) -> int:
    """UTC seconds of a wall-clock time such as "2026-11-18 14:10"."""
    return round(datetime.fromisoformat(text).replace(tzinfo=rule.zone).timestamp())


def minutes(begin: str | int, letters: str) -> Minutes:
    """Consecutive minutes from `begin`, as the module's text says."""
    start = at(begin) if isinstance(begin, str) else begin
    rows = [
        _row(start + 60 * n, _seconds(token))
        for n, token in enumerate(TOKEN.findall(letters))
        if token != "-"
    ]
    return np.array(rows, MINUTE_DTYPE) if rows else np.zeros(0, MINUTE_DTYPE)


def _seconds(token: str) -> dict[int, int]:
    if token[0] != "{":
        return {CODE[token]: 60}
    return {CODE[part[0]]: int(part[1:]) for part in token[1:-1].split()}


def _row(utc_s: int, seconds: Mapping[int, int], **fields: int) -> "np.void":
    row = np.zeros(1, MINUTE_DTYPE)
    row["utc_s"], row["boot"], row["seq"] = utc_s, 1, utc_s // 60 % 2**31
    row["flexion_cdeg"] = row["lateral_cdeg"] = NO_ANGLE
    row["lying_side"] = NO_SIDE
    for code, count in seconds.items():
        row["seconds"][0, code] = count
    for name, value in fields.items():
        row[name] = value
    return row[0]


def reminder(
    utc_s: int, cause: int = codes.CAUSE_FLEXION, flexion_cdeg: int = 3150, held_s: int = 120
) -> StoredEvent:
    """A reminder as the belt logs it."""
    args = events.make(codes.EVENT_REMINDER, cause, flexion_cdeg, held_s).args
    return StoredEvent(utc_s, 1, 1, 0, codes.EVENT_REMINDER, args)


def event(utc_s: int | None, code: int, args: bytes = b"") -> StoredEvent:
    """Any other event."""
    return StoredEvent(utc_s, 1, 1, 0, code, args)


class Office:
    """Plausible workdays from a seed: an invented office worker, for pictures and for speed."""

    def __init__(self, last: date, weeks: int, rule: DayRule = BERLIN, seed: int = 20261118):
        self.rule = rule
        self.random = np.random.default_rng(seed)
        self.rows: list[np.void] = []
        self.events: list[StoredEvent] = []
        for n in range(weeks * 7 - 1, -1, -1):
            day = last - timedelta(days=n)
            if day.weekday() < 5:
                self._workday(day)
        self.minutes: Minutes = np.array(self.rows, MINUTE_DTYPE)

    def _workday(self, day: date) -> None:
        start = self.rule.bounds(day)[0] + 60 * int(self.random.integers(460, 530))
        plan: list[tuple[int, int]] = [(codes.NOT_WORN, 4), (codes.WALKING, 12)]
        while sum(length for _, length in plan) < 520:
            plan.append((codes.SITTING, int(self.random.gamma(3, 15)) + 3))
            walk = codes.STAIRS_UP if self.random.random() < 0.15 else codes.WALKING
            plan.append((walk, int(self.random.integers(1, 6))))
            if self.random.random() < 0.35:
                plan.append((codes.STANDING, int(self.random.integers(3, 30))))
            if self.random.random() < 0.05:
                plan.append((codes.UNKNOWN, 3))
        plan += [(codes.WALKING, 14), (codes.LYING, 12), (codes.NOT_WORN, 3)]
        for code, length in plan:
            start = self._stretch(start, code, length)

    def _stretch(self, start: int, code: int, length: int) -> int:
        lean = self.random.normal(9, 7) if code == codes.SITTING else self.random.normal(5, 2)
        known = code not in (codes.NOT_WORN, codes.UNKNOWN, codes.LYING)
        for n in range(length):
            lean += self.random.normal(0, 1.5) + 0.05 * (8 - lean)
            self.rows.append(self._minute(start + 60 * n, code, lean if known else None))
        if code == codes.SITTING and lean > 16:
            self.events.append(reminder(start + 60 * length - 20, flexion_cdeg=round(lean * 100)))
            self.events.append(event(start + 60 * length, codes.EVENT_CORRECTED, b"\x01"))
        return start + 60 * length

    def _minute(self, utc_s: int, code: int, lean: float | None) -> "np.void":
        if lean is None:
            return _row(utc_s, {code: 60})
        row = _row(
            utc_s,
            {code: 57, codes.TRANSITION: 3},
            flexion_cdeg=round(lean * 100),
            lateral_cdeg=round(self.random.normal(0, 2) * 100),
            spread=int(self.random.integers(4, 20)),
            steps=int(self.random.integers(80, 110)) if code == codes.WALKING else 0,
        )
        moderate = int(np.clip((lean - 12) * 4, 0, 57))
        row["bands"][:2] = 57 - moderate, moderate
        return row


def day_of(rows: Sequence["np.void"] | Minutes) -> Minutes:
    """Rows as an array, sorted by time."""
    return np.sort(np.array(rows, MINUTE_DTYPE), order="utc_s")

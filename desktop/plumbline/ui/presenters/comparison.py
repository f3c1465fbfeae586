"""Two periods side by side, in words and numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from plumbline.analysis.compare import Difference, difference
from plumbline.analysis.summary import DaySummary
from plumbline.analysis.trends import Measure, counted_of, counts
from plumbline.analysis.wording import duration, number, short_date
from plumbline.i18n import _
from plumbline.ui.presenters.words import left_out_text

MOST_DAYS = 28
HISTORY_DAYS = 180
"""Before the end of the later period; what they tell of how much days are alike is used."""
_IN_MINUTES = (Measure.SITTING_H, Measure.UPRIGHT_H, Measure.LONGEST_MIN, Measure.BENT_MIN)


@dataclass(frozen=True)
class Spans:
    """The two periods, both ends included."""

    first: tuple[date, date]
    second: tuple[date, date]

    @property
    def reading(self) -> tuple[date, date]:
        """The days that must be read."""
        ends = [*self.first, *self.second]
        return min(min(ends), max(ends) - timedelta(days=HISTORY_DAYS)), max(ends)


@dataclass(frozen=True)
class Row:
    """One measure: its name, both means, the difference and its interval, in words.

    `percent`: difference, low and high of the first mean, None where that cannot be said.
    """

    name: str
    means: tuple[str, str]
    difference: str
    interval: str
    clear: bool
    percent: tuple[float, float, float] | None
    values: "RowValues"

    @property
    def hover(self) -> str:
        """What is said of it where it is drawn."""
        if self.percent is None:
            return ""
        percent = number(self.percent[0], signed=True).replace("-", "−")
        told = _("{difference} ({n} %)").format(difference=self.difference, n=percent)
        likely = _("Likely range")
        return f"{self.name}\n{told}\n{likely}: {self.interval}"


@dataclass(frozen=True)
class RowValues:
    """A row's numbers, as far as they are told: both means, the difference, its interval's ends;
    NaN where not known."""

    measure: Measure
    means: tuple[float, float]
    difference: float
    ends: tuple[float, float]

    @property
    def all(self) -> tuple[float, ...]:
        """From left to right."""
        return (*self.means, self.difference, *self.ends)


@dataclass(frozen=True)
class ComparisonView:
    """The page's table, its plot and its sentence; `counted`: days that count in the means."""

    spans: Spans
    heads: tuple[str, str]
    rows: tuple[Row, ...]
    sentence: str
    note: str
    counted: tuple[int, int] = (0, 0)


def preset(kind: str, day: date, week_begin: date) -> Spans:
    """ "week": the week of `day` and the one before; "month": likewise; "four": four weeks."""
    if kind == "week":
        begin = week_begin
        return Spans(_week(begin - timedelta(days=7)), _week(begin))
    if kind == "four":
        last = week_begin + timedelta(days=6)
        middle = last - timedelta(days=28)
        return Spans((middle - timedelta(days=27), middle), (middle + timedelta(days=1), last))
    first = day.replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return Spans((before, first - timedelta(days=1)), (first, last))


def before_and_after(turn: date, last: date) -> Spans:
    """As many days before the day `turn` as from it on: four weeks, or as far as `last`."""
    days = timedelta(days=max(1, min(MOST_DAYS, (last - turn).days + 1)))
    one = timedelta(days=1)
    return Spans((turn - days, turn - one), (turn, turn + days - one))


def _week(begin: date) -> tuple[date, date]:
    return begin, begin + timedelta(days=6)


def present_comparison(
    spans: Spans, days: Sequence[DaySummary], today: date | None = None
) -> ComparisonView:
    """Compare the two periods; `days` are those of `spans.reading`, `today` is the one that runs.

    Days worn too short for a mean are left out, and so is the day that runs.
    """
    parts = [_inside(days, *spans.first), _inside(days, *spans.second)]
    rows = tuple(_row(measure, parts, days, today) for measure in _names())
    counted = [sum(1 for day in part if counts(day, today)) for part in parts]
    worn = {day.day for part in parts for day in part if day.worn_s}
    said = {day.day for part in parts for day in part if counts(day, today)}
    heads = tuple(_span_text(*span) for span in (spans.first, spans.second))
    note = " ".join(filter(None, (_note(counted), left_out_text(len(worn - said)))))
    told = _sentence(rows, counted)
    return ComparisonView(spans, (heads[0], heads[1]), rows, told, note, (counted[0], counted[1]))


def _inside(days: Sequence[DaySummary], first: date, last: date) -> list[DaySummary]:
    return [day for day in days if first <= day.day <= last]


def _names() -> dict[Measure, str]:
    return {
        Measure.SITTING_H: _("Sitting a day"),
        Measure.LONGEST_MIN: _("Longest sitting"),
        Measure.UPRIGHT_H: _("On your feet a day"),
        Measure.BREAKS: _("Breaks from sitting a day"),
        Measure.STEPS: _("Steps a day"),
        Measure.BENT_MIN: _("Bent forward above 20° a day"),
        Measure.REMINDERS_PER_H: _("Reminders per worn hour"),
        Measure.UNKNOWN_PERCENT: _("Not recognised, % of worn time"),
        Measure.NOT_WORN_PERCENT: _("Not worn, % of recorded time"),
    }


def _row(
    measure: Measure,
    parts: Sequence[Sequence[DaySummary]],
    days: Sequence[DaySummary],
    today: date | None,
) -> Row:
    first, second = (counted_of(part, measure, today) for part in parts)
    within = {day.day for part in parts for day in part}
    others = counted_of(days, measure, today)
    others[[day.day in within for day in days]] = np.nan
    found = difference(first, second, others)
    shown = tuple(_shown(measure, mean) for mean in found.means)
    value = round(shown[1] - shown[0], digits(measure))
    ends = _ends(measure, found, value)
    return Row(
        _names()[measure],
        (_text(measure, shown[0]), _text(measure, shown[1])),
        _signed(measure, value),
        _interval(measure, ends),
        found.clear and value != 0,
        _percent(found),
        RowValues(measure, (shown[0], shown[1]), value, ends),
    )


def _shown(measure: Measure, value: float) -> float:
    """A mean as far as it is told: whole minutes, whole steps, a digit or two.

    The difference is that of the means as they are told: who subtracts finds the same.
    """
    per_unit = {Measure.SITTING_H: 60, Measure.UPRIGHT_H: 60}
    return value if np.isnan(value) else round(value * per_unit.get(measure, 1), digits(measure))


def digits(measure: Measure) -> int:
    """Decimals of a measure as it is told; what is in hours elsewhere is told in minutes."""
    if measure in _IN_MINUTES:
        return 0
    return {Measure.STEPS: 0, Measure.REMINDERS_PER_H: 2}.get(measure, 1)


def _text(measure: Measure, shown: float) -> str:
    if np.isnan(shown):
        return "–"
    if measure in _IN_MINUTES:
        return duration(shown * 60)
    return number(shown, digits(measure))


def _signed(measure: Measure, shown: float) -> str:
    """With a sign in front: "+12 min", "−0.4"."""
    text = _text(measure, abs(shown))
    if np.isnan(shown) or text == _text(measure, 0.0):
        return text
    return f"+{text}" if shown > 0 else f"−{text}"


def _ends(measure: Measure, found: Difference, value: float) -> tuple[float, float]:
    """Where the true difference likely lies; what is told as the difference is always within."""
    low, high = (_shown(measure, end) for end in (found.low, found.high))
    return (low, high) if np.isnan(low) else (min(low, value), max(high, value))


def _interval(measure: Measure, ends: tuple[float, float]) -> str:
    if np.isnan(ends[0]):
        return _("too few days")
    low, high = (_signed(measure, end) for end in ends)
    return _("{low} to {high}").format(low=low, high=high)


def _percent(found: Difference) -> tuple[float, float, float] | None:
    base = found.means[0]
    if np.isnan(found.low) or not base > 0:
        return None
    return 100 * found.value / base, 100 * found.low / base, 100 * found.high / base


def _sentence(rows: Sequence[Row], counts: Sequence[int]) -> str:
    if min(counts) == 0:
        return _("One of the periods has no day that counts: choose another one.")
    clear = [f"{row.name} {row.difference}" for row in rows if row.clear]
    if not clear:
        return _("No difference that is larger than what chance alone often gives.")
    return _("Larger differences than chance often gives: {what}.").format(what="; ".join(clear))


def _note(counts: Sequence[int]) -> str:
    return _(
        "{first} and {second} days with data. Days vary, so the true difference may be smaller or "
        "larger than the one seen: about 19 times in 20 it lies in the likely range (a 95 % "
        "confidence interval, which allows for days on end being alike). Where that range "
        "includes 0, chance alone may explain the difference; of many measures, some differ by "
        "chance."
    ).format(first=number(counts[0]), second=number(counts[1]))


def _span_text(first: date, last: date) -> str:
    return _("{first} to {last}").format(
        first=f"{short_date(first)} {first.year}", last=f"{short_date(last)} {last.year}"
    )

"""The comparison of two periods, to take elsewhere."""

from math import isnan

from plumbline.analysis.trends import Measure
from plumbline.export.tables import Value
from plumbline.i18n import _, number
from plumbline.ui.presenters.comparison import ComparisonView, RowValues, digits
from plumbline.ui.presenters.sheet import Sheet

UNITS = {
    Measure.SITTING_H: "min",
    Measure.LONGEST_MIN: "min",
    Measure.UPRIGHT_H: "min",
    Measure.BENT_MIN: "min",
    Measure.BREAKS: "1",
    Measure.STEPS: "1",
    Measure.REMINDERS_PER_H: "1/h",
    Measure.UNKNOWN_PERCENT: "%",
    Measure.NOT_WORN_PERCENT: "%",
}
"""As programs read them; a mean is of days each."""
NAMES = (
    "measure",
    "unit",
    "first_begin",
    "first_end",
    "first_days",
    "first_mean",
    "second_begin",
    "second_end",
    "second_days",
    "second_mean",
    "difference",
    "low_95",
    "high_95",
)


def comparison_sheet(view: ComparisonView) -> Sheet:
    """Its rows with their units, numbers instead of hours and minutes in words."""
    units = {"min": _("minutes"), "1": _("number"), "1/h": _("per hour"), "%": "%"}
    ends = (_("Likely range from"), _("Likely range to"))
    day = view.spans.second[0]
    return Sheet(
        title=_("comparison {day}").format(day=day),
        heads=(_("Daily mean"), _("Unit"), *view.heads, _("Difference"), *ends),
        rows=tuple(
            (row.name, units[UNITS[row.values.measure]], *_told(row.values)) for row in view.rows
        ),
        names=NAMES,
        values=tuple(_written(view, row.values) for row in view.rows),
        more=((_("Days that count"), units["1"], *map(number, view.counted)),),
    )


def _told(values: RowValues) -> tuple[str, ...]:
    places = digits(values.measure)
    return tuple("" if isnan(each) else number(each, places) for each in values.all)


def _written(view: ComparisonView, values: RowValues) -> tuple[Value, ...]:
    (begin, end), (later, last) = view.spans.first, view.spans.second
    first, second, *rest = (_plain(each, digits(values.measure)) for each in values.all)
    measure = values.measure
    name = {Measure.SITTING_H: "sitting_min", Measure.UPRIGHT_H: "upright_min"}.get(
        measure, measure.value
    )
    return (
        name,
        UNITS[measure],
        *(begin.isoformat(), end.isoformat(), view.counted[0], first),
        *(later.isoformat(), last.isoformat(), view.counted[1], second),
        *rest,
    )


def _plain(value: float, places: int) -> Value:
    """Nothing where it is not known; whole numbers without a point."""
    if isnan(value):
        return None
    return round(value, places) if places else round(value)

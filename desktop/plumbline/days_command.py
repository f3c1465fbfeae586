"""`plumbline days`: a table of days."""

import argparse
from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from plumbline.analysis.days import DayRule, days_between, local_zone
from plumbline.analysis.summary import DaySummary, summarise
from plumbline.analysis.wording import duration
from plumbline.errors import UserError
from plumbline.i18n import _
from plumbline.store.database import Store


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which days."""
    parser.add_argument("--from", dest="first", metavar="DATE", type=a_date, help="2026-11-20")
    parser.add_argument("--to", dest="last", metavar="DATE", type=a_date, help="this day included")
    parser.add_argument("--zone", metavar="NAME", help="time zone (else the system's)")
    parser.add_argument("--belt", metavar="ID", help="only this belt's days")


def a_date(text: str) -> date:
    """A date given on the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a date like 2026-11-20") from None


def day_rule(zone: str | None) -> DayRule:
    """Days of the zone with this name, else of the system's; UserError for an unknown one."""
    if zone is not None:
        try:
            return DayRule(ZoneInfo(zone))
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise UserError(
                _("{zone} is not a time zone: name one like Europe/Amsterdam.").format(zone=zone)
            ) from error
    return DayRule(local_zone())


def run(args: argparse.Namespace) -> int:
    """Print one line a day that has data."""
    rule = day_rule(args.zone)
    with Store.open_existing(args.data) as store:
        for notice in store.notices:
            print(notice)
        summaries = day_summaries(store, rule, args.first, args.last, args.belt)
        unplaced = store.unplaced(args.belt)
    if not summaries and not unplaced:
        raise UserError(
            _("There are no days to show: choose others, or fetch with plumbline sync.")
        )
    print(table(summaries))
    if unplaced:
        print(
            _("{n} minutes have no known time: the belt's clock was never set while they ran.")
            .format(n=unplaced)
        )  # fmt: skip
    return 0


def day_summaries(
    store: Store, rule: DayRule, first: date | None, last: date | None, belt: str | None
) -> list[DaySummary]:
    """The days from `first` to `last` that have minutes; None: from or to the end of the data."""
    span = store.span(belt)
    if span is None:
        return []
    begin = max(filter(None, (first, rule.day_of(span[0]))))
    end = min(filter(None, (last, rule.day_of(span[1]))))
    found = []
    for day in days_between(begin, end):
        start, stop = rule.bounds(day)
        minutes = store.minutes(start, stop, belt)
        if len(minutes):
            found.append(summarise(day, minutes, store.events(start, stop, belt), rule))
    return found


def table(summaries: list[DaySummary]) -> str:
    """The days as columns of text."""
    head = (_("day"), _("worn"), _("sitting"), _("longest"), _("steps"), _("reminders"))
    rows = [head]
    for day in summaries:
        rows.append(
            (
                day.day.isoformat(),
                duration(day.worn_s),
                duration(day.sitting_s),
                duration(day.longest.seconds) if day.longest else "-",
                str(day.steps),
                str(len(day.reminders)),
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )

"""`plumbline days`: a table of days."""

import argparse
from collections.abc import Collection, Iterator
from datetime import date, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from plumbline import made_up
from plumbline.analysis.days import DayRule, days_between, local_zone
from plumbline.analysis.summary import DaySummary
from plumbline.analysis.wording import bout_duration, duration
from plumbline.errors import UserError
from plumbline.i18n import _, number
from plumbline.people.daily import daily
from plumbline.people.subjects import Subject, subject_of_belt, subjects
from plumbline.store.database import Store
from plumbline.store.rows import BeltDrift, BootPlace


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which days."""
    parser.add_argument("--from", dest="first", metavar="DATE", type=a_date, help=_("2026-11-20"))
    parser.add_argument(
        "--to", dest="last", metavar="DATE", type=a_date, help=_("this day included")
    )
    add_day_options(parser)
    parser.add_argument("--belt", metavar="ID", help=_("only this belt's days"))


def add_day_options(parser: argparse.ArgumentParser) -> None:
    """What a day is."""
    parser.add_argument("--zone", metavar="NAME", help=_("time zone (else the system's)"))
    parser.add_argument(
        "--day-begins",
        metavar="HH:MM",
        type=minute_of_day,
        default=0,
        help=_("when a day begins, such as 04:00 for those who are up late (midnight)"),
    )


def minute_of_day(text: str) -> int:
    """Minutes after midnight of a time given on the command line."""
    try:
        clock = time.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            _("{text} is not a time like 04:00").format(text=text)
        ) from None
    return clock.hour * 60 + clock.minute


def a_date(text: str) -> date:
    """A date given on the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            _("{text} is not a date like 2026-11-20").format(text=text)
        ) from None


def day_rule(zone: str | None, split_min: int = 0) -> DayRule:
    """Days of the zone with this name, else of the system's; UserError for an unknown one.

    `split_min`: when they begin, in minutes after midnight.
    """
    if zone is not None:
        try:
            return DayRule(ZoneInfo(zone), split_min)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise UserError(
                _("{zone} is not a time zone: name one like Europe/Amsterdam.").format(zone=zone)
            ) from error
    return DayRule(local_zone(), split_min)


def run(args: argparse.Namespace) -> int:
    """Print one line a day that has data; a table for each wearer and each belt of nobody's."""
    rule = day_rule(args.zone, args.day_begins)
    with Store.open_existing(args.data) as store:
        for notice in store.notices:
            print(notice)
        is_made_up = store.is_made_up
        found = [
            (who, list(daily(store, who, rule, args.first, args.last)))
            for who in shown(store, args.belt)
        ]
        unplaced = store.unplaced(args.belt)
        places = store.boots(args.belt)
        drifts = store.drifts(args.belt)
        names = {belt.id: belt.name or belt.id for belt in store.belts()}
    found = [(who, days) for who, days in found if days]
    if not found and not unplaced:
        raise UserError(
            _("There are no days to show: choose others, or fetch with plumbline sync.")
        )
    if is_made_up:
        print(made_up.sentence())
    about = approximate_days(places, rule)
    for who, days in found:
        if len(found) > 1:
            print(_("{name}:").format(name=who.name or names[who.belts[0]]))
        print(table(days, about))
    for sentence in time_sentences(places, drifts, unplaced):
        print(sentence)
    return 0


def shown(store: Store, belt: str | None) -> list[Subject]:
    """Whose days: of all wearers and of belts that are nobody's, or of one belt, whoever wore it.

    UserError for a belt that is not here.
    """
    known = [each.id for each in store.belts()]
    if belt is None:
        return subjects(store, known)
    if belt not in known:
        raise UserError(
            _("There is no belt {belt} here: name one of {belts}.").format(
                belt=belt, belts=", ".join(known) or "-"
            )
        )
    return [subject_of_belt(belt)]


def approximate_days(places: list[BootPlace], rule: DayRule) -> set[date]:
    """Days that hold a boot which was placed by its neighbours."""
    days: set[date] = set()
    for place in places:
        if place.utc_s and place.within_s and place.minutes:
            days.update(days_between(*(rule.day_of(utc_s) for utc_s in place.utc_s)))
    return days


def time_sentences(
    places: list[BootPlace], drifts: list[BeltDrift], unplaced: int
) -> Iterator[str]:
    """What is to be known of the times in the table."""
    about = [place for place in places if place.within_s and place.minutes]
    if about:
        yield _(
            "~ {n} minutes are placed by what was measured before and after them, and may be off "
            "by up to {within} min: the belt's clock was not set while they ran."
        ).format(
            n=sum(place.minutes for place in about),
            within=-(-max(place.within_s or 0 for place in about) // 60),
        )
    if unplaced:
        yield _(
            "{n} minutes have no known time: the belt's clock was never set while they ran."
        ).format(n=unplaced)
    for drift in drifts:
        yield _("The clock of belt {belt} runs {ppm} ppm; this is corrected.").format(
            belt=drift.belt, ppm=number(drift.ppm, 1, signed=True)
        )


def table(summaries: list[DaySummary], about: Collection[date] = ()) -> str:
    """The days as columns of text, those in `about` with a mark."""
    head = (_("day"), _("worn"), _("sitting"), _("longest"), _("steps"), _("reminders"))
    rows = [head]
    for day in summaries:
        rows.append(
            (
                day.day.isoformat() + ("~" if day.day in about else ""),
                duration(day.worn_s),
                duration(day.sitting_s),
                bout_duration(day.longest) if day.longest else "-",
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

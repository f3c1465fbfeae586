"""Days in words. Texts inform; they never judge a posture."""

from datetime import date, datetime, timedelta
from functools import cache

from babel import Locale, dates

from plumbline.analysis.bouts import Bout
from plumbline.analysis.days import DayRule
from plumbline.analysis.summary import DaySummary
from plumbline.i18n import _, locale, ngettext
from plumbline.i18n import number as number


def duration(seconds: float) -> str:
    """Rounded to minutes, "42 min", "1 h 42 min", "0 min"; below a minute "40 s"."""
    if 0.5 <= seconds < 59.5:
        return _("{n} s").format(n=round(seconds))
    hours, minutes = divmod(round(seconds / 60), 60)
    if hours:
        return _("{hours} h {minutes} min").format(hours=hours, minutes=minutes)
    return _("{minutes} min").format(minutes=minutes)


def clock(utc_s: float, rule: DayRule) -> str:
    """The wearer's clock to the nearest minute: "14:10"."""
    return clock_text(rule.local(round(utc_s / 60) * 60))


def clock_text(local: datetime) -> str:
    """A time of day as the user's country writes it: "14:10"."""
    return dates.format_time(local.time(), "short", locale=locale())


def clock_time(hour: int) -> str:
    """A full hour as the user's country writes it: "14:00"."""
    return clock_text(datetime(2000, 1, 1, hour))


def bout_duration(bout: Bout) -> str:
    """A bout's length as its begin and end on the clock have it, so that the three agree."""
    return duration(60 * bout.minutes)


def long_date(day: date) -> str:
    """ "Friday, 20 November 2026"."""
    return dates.format_date(day, "full", locale())


def short_date(day: date) -> str:
    """ "20 Nov"."""
    return dates.format_skeleton("MMMd", day, locale=locale())


def month_and_year(day: date) -> str:
    """ "November 2026"."""
    return dates.format_skeleton("yMMMM", day, locale=locale())


def weekday_name(day: date) -> str:
    """ "Friday", as it stands alone."""
    return str(locale().days["stand-alone"]["wide"][day.weekday()])


def weekday_short(day: date) -> str:
    """ "Fri", as it stands alone."""
    return str(locale().days["stand-alone"]["abbreviated"][day.weekday()])


def weekday_and_day(day: date) -> str:
    """ "Fri 20"."""
    return dates.format_skeleton("Ed", day, locale=locale())


def month_short(day: date) -> str:
    """ "Nov", as it stands alone."""
    return str(locale().months["stand-alone"]["abbreviated"][day.month])


def week_begin(day: date) -> date:
    """The first day of the week that holds `day`, as the user's country counts weeks."""
    return day - timedelta(days=(day.weekday() - _first_week_day(locale())) % 7)


@cache
def _first_week_day(of: Locale) -> int:
    """Babel looks it up anew each time."""
    return of.first_week_day


def day_sentence(summary: DaySummary, rule: DayRule) -> str:
    """What the day was, in one line; the longest sitting first."""
    if not summary.worn_s:
        return _("No data for this day.") if not summary.recorded_s else _("The belt was not worn.")
    if summary.longest is None:
        return _("No sitting of a minute on end.")
    return _("Longest sitting {bout}.").format(bout=bout_text(summary.longest, rule))


def bout_text(bout: Bout, rule: DayRule) -> str:
    """ "1 h 42 min, 14:10 to 15:52"."""
    return _("{duration}, {begin} to {end}").format(
        duration=bout_duration(bout),
        begin=clock(bout.begin_s, rule),
        end=clock(bout.end_s, rule),
    )


def day_facts(summary: DaySummary) -> list[str]:
    """What else there is to say, most telling first: worn time, steps, breaks, reminders."""
    if not summary.worn_s:
        return []
    steps, breaks, reminders = summary.steps, len(summary.breaks), len(summary.reminders)
    facts = [
        _("worn {duration}").format(duration=duration(summary.worn_s)),
        ngettext("{n} step", "{n} steps", steps).format(n=number(steps)),
        ngettext("{n} break from sitting", "{n} breaks from sitting", breaks).format(n=breaks),
        ngettext("{n} reminder", "{n} reminders", reminders).format(n=reminders),
    ]
    if summary.unknown_share >= 0.05:
        share = round(100 * summary.unknown_share)
        facts.append(_("{share} % of it not recognised").format(share=share))
    return facts


def day_text(summary: DaySummary, rule: DayRule) -> str:
    """The day as plain text of a few lines, for a terminal or a screen reader."""
    lines = [long_date(summary.day), day_sentence(summary, rule)]
    facts = day_facts(summary)
    if facts:
        text = ", ".join(facts)
        lines.append(f"{text[0].upper()}{text[1:]}.")
    return "\n".join(lines)

"""Days in words. Texts inform; they never judge a posture."""

from plumbline.analysis.bouts import Bout
from plumbline.analysis.days import DayRule
from plumbline.analysis.summary import DaySummary
from plumbline.i18n import _, ngettext


def duration(seconds: float) -> str:
    """Rounded to minutes: "42 min", "1 h 42 min", "0 min"."""
    hours, minutes = divmod(round(seconds / 60), 60)
    if hours:
        return _("{hours} h {minutes} min").format(hours=hours, minutes=minutes)
    return _("{minutes} min").format(minutes=minutes)


def clock(utc_s: float, rule: DayRule) -> str:
    """The wearer's clock: "14:10"."""
    return f"{rule.local(utc_s):%H:%M}"


def number(value: int) -> str:
    """With thousands apart: "5,432"."""
    return f"{value:,}"


def day_sentence(summary: DaySummary, rule: DayRule) -> str:
    """What the day was, in one line; the longest sitting first."""
    if not summary.worn_s:
        return _("No data for this day.") if not summary.recorded_s else _("The belt was not worn.")
    if summary.longest is None:
        return _("No sitting of a minute or more.")
    return _("Longest sitting {bout}.").format(bout=bout_text(summary.longest, rule))


def bout_text(bout: Bout, rule: DayRule) -> str:
    """ "1 h 42 min, 14:10 to 15:52"."""
    return _("{duration}, {begin} to {end}").format(
        duration=duration(bout.seconds),
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
    lines = [f"{summary.day:%A, %d %B %Y}", day_sentence(summary, rule)]
    facts = day_facts(summary)
    if facts:
        text = ", ".join(facts)
        lines.append(f"{text[0].upper()}{text[1:]}.")
    return "\n".join(lines)

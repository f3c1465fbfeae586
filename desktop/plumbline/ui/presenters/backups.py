"""What a backup holds and what it takes the place of, in words, before anything is done."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from plumbline.analysis.days import DayRule
from plumbline.analysis.wording import clock_text, long_date
from plumbline.i18n import _, listed, number
from plumbline.people.contents import Contents
from plumbline.ui.presenters.words import in_a_sentence

MOST_NAMES = 6


@dataclass(frozen=True)
class BackupView:
    """`facts`: name and value of what it holds; `says`: what a restore does, in sentences;
    `replaces`: whether there is anything that it takes the place of."""

    facts: tuple[tuple[str, str], ...]
    says: str
    replaces: bool = True


@dataclass(frozen=True)
class Found:
    """A backup that was looked through; `contents` is None where a passphrase is missing yet."""

    contents: Contents | None
    made: datetime | None
    encrypted: bool
    made_up: bool


def present_backup(
    found: Found, here: Contents, encrypted: bool, place: Path, rule: DayRule
) -> BackupView:
    """`here`: what there is now, `encrypted` or not; `place`: where that is put aside."""
    facts = []
    if found.made is not None:
        local = found.made.astimezone(rule.zone)
        day = long_date(local.date())
        facts.append((_("Made"), _("{day}, {time}").format(day=day, time=clock_text(local))))
    if found.contents is not None:
        facts += _facts(found.contents, rule)
    if found.made_up:
        facts.append((_("Whose"), _("demo data: nobody has lived these days")))
    says = _says(found, here, encrypted, place, rule)
    return BackupView(tuple(facts), " ".join(says), not here.is_empty)


def _facts(held: Contents, rule: DayRule) -> list[tuple[str, str]]:
    facts = [(_("Days"), days_text(held, rule))]
    if held.wearers:
        facts.append((_("People"), _names(held.wearers)))
    facts.append((_("Belts"), _names(held.belts) if held.belts else _("none")))
    facts.append((_("Records"), number(held.records)))
    return facts


def days_text(held: Contents, rule: DayRule) -> str:
    """The first and the last day."""
    if held.span is None:
        return _("none")
    first, last = (rule.day_of(utc_s) for utc_s in held.span)
    if first == last:
        return long_date(first)
    return _("{first} to {last}").format(first=long_date(first), last=long_date(last))


def _names(names: tuple[str, ...]) -> str:
    shown = [in_a_sentence(name) for name in names[:MOST_NAMES]]
    if len(names) > MOST_NAMES:
        shown.append(_("{n} more").format(n=len(names) - MOST_NAMES))
    return listed(shown)


def _says(found: Found, here: Contents, encrypted: bool, place: Path, rule: DayRule) -> list[str]:
    """What is replaced, where that goes, and who can read it afterwards."""
    if here.is_empty:
        says = [_("There are no data here yet: nothing is replaced.")]
    else:
        days = days_text(here, rule)
        says = [
            _(
                "It takes the place of everything that is here now (days: {days}), of all people. "
                "What is here now is kept aside in {folder}; nothing of it is deleted."
            ).format(days=days, folder=place)
        ]
    if found.encrypted:
        says.append(_("The backup is encrypted: its passphrase opens the data from then on."))
    elif encrypted:
        says.append(_("The backup is not encrypted; the data stay encrypted as they are."))
    else:
        says.append(_("Neither the backup nor the data here are encrypted."))
    if found.made_up:
        says.append(_("From then on this window says that its days are a demo's."))
    return says

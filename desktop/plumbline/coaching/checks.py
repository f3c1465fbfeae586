"""What may be entered; every refusal is one sentence that says what to do."""

from collections.abc import Iterable, Sequence
from datetime import date

from plumbline.analysis.wording import long_date
from plumbline.coaching.episodes import covers, on_day, overlap
from plumbline.coaching.keys import DAY_KINDS
from plumbline.coaching.records import DiaryEntry, Episode, OwnActivity, Questionnaire
from plumbline.errors import UserError
from plumbline.i18n import _

EARLIEST = date(1900, 1, 1)
MOST_ACTIVITIES = 3
"""The Patient-Specific Functional Scale asks for up to three to five; three keep it short."""
LONGEST_NAME = 80
SCORES = ("pain_now", "pain_average", "participation", "sleep", "stress")


def check_day(day: date, today: date) -> None:
    """Refuse a day in the future or before living memory."""
    if day > today:
        raise UserError(_("This date is in the future: choose today or a day before."))
    if day < EARLIEST:
        raise UserError(_("This date is before 1900: choose a later one."))


def check_episode(new: Episode, others: Iterable[Episode], today: date) -> None:
    """Refuse an episode in the future, one that ends before it begins, or one beside another."""
    check_day(new.begin, today)
    if new.end:
        check_day(new.end, today)
        if new.end < new.begin:
            raise UserError(_("The episode ends before it begins: change one of the two dates."))
    for other in others:
        if other.id != new.id and overlap(new, other):
            if other.end is None and other.begin <= new.begin:
                text = _("The episode from {begin} is still open: enter its end first.")
            else:
                text = _("This overlaps the episode from {begin}: change the dates of one of them.")
            raise UserError(text.format(begin=long_date(other.begin)))


def check_left_out(before: Episode, after: Episode, diary: Iterable[DiaryEntry]) -> None:
    """Refuse dates that would leave out days of the episode which have a diary entry."""
    lost = [e.day for e in diary if covers(before, e.day) and not covers(after, e.day)]
    if lost:
        text = _("The diary has an entry of {day} in this episode: choose dates that include it.")
        raise UserError(text.format(day=long_date(lost[0])))


def check_entry_day(day: date, episodes: Sequence[Episode], today: date) -> None:
    """Refuse a day in the future, before or between episodes."""
    check_day(day, today)
    if episodes and on_day(episodes, day) is None:
        text = _("This day is before the episode or after its end: choose a day inside it.")
        raise UserError(text)


def check_entry(
    new: DiaryEntry, episodes: Sequence[Episode], own: Sequence[OwnActivity], today: date
) -> None:
    """Refuse an entry in the future, before or between episodes, or one that says nothing."""
    check_entry_day(new.day, episodes, today)
    values = [getattr(new, name) for name in SCORES]
    if not (any(v is not None for v in values) or new.activities or new.kind or new.note.strip()):
        raise UserError(_("This entry is empty: answer at least one question."))
    for value in (*values, *new.activities.values()):
        check_score(value)
    if new.kind and new.kind not in DAY_KINDS:
        raise UserError(_("This kind of day is not known: choose one of the list."))
    known = {each.id for each in own}
    if not known.issuperset(new.activities):
        raise UserError(_("One of the activities is no longer there: open the day anew."))


def check_score(value: int | None) -> None:
    """Refuse what is not a whole number from 0 to 10."""
    if value is not None and not 0 <= value <= 10:
        raise UserError(_("Answers go from 0 to 10: choose one of these numbers."))


def check_activity(new: OwnActivity, others: Iterable[OwnActivity]) -> None:
    """Refuse a name that is empty, too long or taken, and a fourth activity."""
    present = [each for each in others if each.id != new.id and each.retired is None]
    name = " ".join(new.name.split())
    if not name:
        raise UserError(_("Describe the activity in your own words."))
    if len(name) > LONGEST_NAME:
        raise UserError(_("Describe the activity in 80 characters or fewer."))
    if name.casefold() in (" ".join(each.name.split()).casefold() for each in present):
        raise UserError(_("This activity is already there."))
    if new.retired is None and len(present) >= MOST_ACTIVITIES:
        raise UserError(_("There are three activities already: put one aside first."))


QUESTIONNAIRES = {
    "Roland-Morris": (24.0, 5.0),
    "Oswestry": (100.0, 10.0),
}
"""The highest total and the change that matters (Ostelo 2008); their items are not ours."""


def check_questionnaire(new: Questionnaire, today: date) -> None:
    """Refuse a total in the future, without a name, or out of its questionnaire's range."""
    check_day(new.day, today)
    if not new.name.strip():
        raise UserError(_("Enter the questionnaire's name."))
    highest = QUESTIONNAIRES.get(new.name, (1000.0, 0.0))[0]
    if not 0 <= new.total <= highest:
        text = _("{name} goes from 0 to {highest:g}: enter a number in between.")
        raise UserError(text.format(name=new.name, highest=highest))

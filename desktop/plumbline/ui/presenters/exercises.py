"""An exercise in words: its name, and how much of it."""

from plumbline import i18n
from plumbline.coaching.keys import unit_of
from plumbline.i18n import ngettext
from plumbline.lessons.exercises import exercise


def exercise_title(key: str) -> str:
    """The exercise's name; its key where a newer program knew it."""
    found = exercise(key, i18n.language())
    return found.title if found else key


def amount_text(amount: int, key: str) -> str:
    """ "12 minutes", "1 time", "10 seconds on each side"."""
    return _form(amount, key).format(n=amount)


def around(amount: int, key: str) -> tuple[str, str]:
    """What stands before and after the number, for a field in which it is entered."""
    before, _number, after = _form(amount, key).partition("{n}")
    return before, after


def _form(amount: int, key: str) -> str:
    if key == "side-plank":
        return ngettext("{n} second on each side", "{n} seconds on each side", amount)
    if key == "bird-dog":
        return ngettext("{n} time on each side", "{n} times on each side", amount)
    if key == "stretching-breaks":
        return ngettext("{n} break", "{n} breaks", amount)
    if unit_of(key) == "minutes":
        return ngettext("{n} minute", "{n} minutes", amount)
    return ngettext("{n} time", "{n} times", amount)

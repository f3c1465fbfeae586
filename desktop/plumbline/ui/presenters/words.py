"""The names of what is drawn, in the user's language."""

import unicodedata

from beltwire import codes

from plumbline.analysis.postures import Posture
from plumbline.analysis.summary import LEAST_WORN_S, Reminder
from plumbline.analysis.wording import duration
from plumbline.i18n import _, ngettext, number

BEGIN_ISOLATED, END_ISOLATED = "\u2068", "\u2069"
FROM_THE_RIGHT = {"R", "AL"}


def in_a_sentence(name: str) -> str:
    """A name that is read from the right keeps its order to itself: the sentence round it stays."""
    if FROM_THE_RIGHT.isdisjoint(map(unicodedata.bidirectional, name)):
        return name
    return f"{BEGIN_ISOLATED}{name}{END_ISOLATED}"


def posture_name(posture: Posture) -> str:
    """ "Sitting"."""
    names = {
        Posture.LYING: _("Lying"),
        Posture.SITTING: _("Sitting"),
        Posture.STANDING: _("Standing"),
        Posture.WALKING: _("Walking"),
        Posture.STAIRS: _("Stairs"),
        Posture.RUNNING: _("Running"),
        Posture.TRANSITION: _("Changing position"),
        Posture.UNKNOWN: _("Not recognised"),
        Posture.NOT_WORN: _("Not worn"),
    }
    return names[posture]


def band_name(band: int) -> str:
    """The trunk band with its limits: "20 to 60°"."""
    names = {
        codes.UPRIGHT: _("up to 20°"),
        codes.MODERATE: _("20 to 60°"),
        codes.HIGH: _("above 60°"),
        codes.BACKWARD: _("leaning back"),
        codes.LATERAL: _("leaning sideways"),
    }
    return names[band]


def reminder_text(reminder: Reminder) -> str:
    """Why the belt buzzed, without blame."""
    held = _held(reminder.held_s)
    if reminder.cause == codes.CAUSE_SITTING_BOUT:
        return _("Reminder after sitting for {held}: time to vary your position").format(held=held)
    if reminder.cause == codes.CAUSE_SLOUCH:
        return _(
            "Reminder after a rounded lower back for {held}: time to vary your position"
        ).format(held=held)
    if reminder.cause == codes.CAUSE_FLEXION:
        return _("Reminder at {angle}° held for {held}: time to vary your position").format(
            angle=round(reminder.flexion_deg), held=held
        )
    return _("Reminder: time to vary your position")


def _held(seconds: int) -> str:
    """Holding times are short: seconds below two minutes."""
    return _("{n} s").format(n=seconds) if seconds < 120 else duration(seconds)


def angle_text(degrees: float) -> str:
    """A trunk angle: "12° forward", "4° back", "upright" within half a degree."""
    whole = round(degrees)
    if whole == 0:
        return _("upright")
    return (_("{angle}° forward") if whole > 0 else _("{angle}° back")).format(angle=abs(whole))


def side_text(degrees: float) -> str:
    """A side lean: "3° to the right"; empty within a degree."""
    whole = round(degrees)
    if abs(whole) <= 1:
        return ""
    return (_("{angle}° to the right") if whole > 0 else _("{angle}° to the left")).format(
        angle=abs(whole)
    )


def left_out_text(days: int) -> str:
    """What is said of days with data that count in no mean; empty where there are none."""
    if not days:
        return ""
    return ngettext(
        "{n} day counts in no mean: worn for less than {hours} hours, or not over yet.",
        "{n} days count in no mean: worn for less than {hours} hours, or not over yet.",
        days,
    ).format(n=number(days), hours=LEAST_WORN_S // 3600)

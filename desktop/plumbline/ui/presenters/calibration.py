"""The guided calibration in words."""

from dataclasses import dataclass

from beltwire import codes
from beltwire.messages import CalibrateReply

from plumbline.i18n import _


@dataclass(frozen=True)
class Step:
    """One step of the wizard: its number on the wire, its button, and what to do."""

    code: int
    button: str
    task: str


def steps() -> tuple[Step, ...]:
    """In the order of the wizard."""
    return (
        Step(
            codes.STEP_STAND,
            _("1  Stand"),
            _("Stand upright and at ease, look ahead and keep still until the belt buzzes."),
        ),
        Step(
            codes.STEP_SIT,
            _("2  Sit"),
            _("Sit upright and at ease and keep still until the belt buzzes."),
        ),
        Step(
            codes.STEP_BOW,
            _("3  Bow"),
            _("Stand, bow forward once from the hip as to greet, and come up again."),
        ),
    )


def outcome(answer: CalibrateReply) -> str:
    """What came of a step, and what to do where it did not succeed; empty while it goes on."""
    if answer.status == codes.CALIBRATION_DONE:
        text = _("Done: quality {quality} of 100; each of the three steps adds to it.")
        return text.format(quality=answer.quality)
    if answer.status == codes.CALIBRATION_FAILED:
        return _reason(answer.reason)
    return ""


def _reason(reason: int) -> str:
    reasons = {
        codes.REASON_MOVED: _("There was too much movement: press the step again, keep still."),
        codes.REASON_NOT_UPRIGHT: _("That was too far from upright: come up, press it again."),
        codes.REASON_NO_BOW: _("No bow was seen: press the step again and bow a little deeper."),
        codes.REASON_NO_SENSOR: _("The sensor gave no samples: wait a minute, press it again."),
        codes.REASON_UPSIDE_DOWN: _("The belt is upside down: turn it round, press it again."),
    }
    return reasons.get(reason, _("That did not succeed: press the step again."))

"""The settings of the reminders: names, meanings and ranges, from the belt's own table."""

from dataclasses import dataclass
from enum import Enum

from beltwire import settings

from plumbline.i18n import _


class Kind(Enum):
    """How a setting is entered."""

    CHOICE = "choice"
    NUMBER = "number"
    SWITCH = "switch"
    CLOCK = "clock"


@dataclass(frozen=True)
class SettingView:
    """One setting; `besides` is a value allowed besides `low` to `high`: off.

    `first`: what is proposed when it is switched on; `partner`: the setting that goes on and off
    with it, as one without the other does nothing.
    """

    number: int
    name: str
    meaning: str
    kind: Kind
    low: int
    high: int
    suffix: str = ""
    choices: tuple[str, ...] = ()
    besides: int | None = None
    first: int | None = None
    partner: int | None = None


NOON_MIN = 12 * 60


def setting_views() -> tuple[SettingView, ...]:
    """The settings that are the wearer's to choose, in the order of the page."""
    return (*_when(), *_how())


def _when() -> tuple[SettingView, ...]:
    """What a reminder is for."""
    return (
        _view(
            settings.REMINDER_MODE,
            _("Reminders"),
            _("Whether the belt buzzes when it is time to vary your position"),
            choices=(_("Off"), _("Off, only record"), _("On")),
        ),
        _view(
            settings.REMINDER_DELAY_S,
            _("Same position for"),
            _(
                "How long a position is held before the belt reminds you; sooner, the further "
                "you lean"
            ),
            suffix=_(" s"),
        ),
        _view(
            settings.FLEXION_LIMIT_DEG,
            _("Forward lean from"),
            _("Forward lean from which a held position counts"),
            suffix=_("°"),
        ),
        _view(
            settings.SITTING_LIMIT_MIN,
            _("Sitting without a break"),
            _("How long you sit before the belt suggests a break; no tick: never"),
            suffix=_(" min"),
        ),
        _view(
            settings.SLOUCH_ON,
            _("Rounded lower back"),
            _("Also remind when sitting with the pelvis rolled back for long"),
            kind=Kind.SWITCH,
        ),
    )


def _how() -> tuple[SettingView, ...]:
    """How often, how strongly and when not."""
    return (
        _view(
            settings.HOURLY_BUDGET,
            _("At most"),
            _("Reminders in an hour; more would only be ignored"),
            suffix=_(" an hour"),
        ),
        _view(
            settings.STRENGTH, _("Strength"), _("How strongly the belt vibrates"), suffix=_(" %")
        ),
        _view(
            settings.PATTERN,
            _("Pattern"),
            _("How a reminder feels"),
            choices=(_("Twice"), _("Once"), _("Rising"), _("Long")),
        ),
        _view(
            settings.SNOOZE_MIN,
            _("Snooze"),
            _("How long a press of the button keeps the belt quiet"),
            suffix=_(" min"),
        ),
        _view(
            settings.QUIET_FROM_MIN,
            _("Quiet from"),
            _("From this time of day the belt does not buzz; no tick: no quiet hours"),
            kind=Kind.CLOCK,
            first=NOON_MIN,
            partner=settings.QUIET_TO_MIN,
        ),
        _view(
            settings.QUIET_TO_MIN,
            _("Quiet until"),
            _("The belt may buzz again from this time of day on"),
            kind=Kind.CLOCK,
            first=NOON_MIN + 60,
            partner=settings.QUIET_FROM_MIN,
        ),
    )


def _view(
    number: int,
    name: str,
    meaning: str,
    *,
    kind: Kind | None = None,
    suffix: str = "",
    choices: tuple[str, ...] = (),
    first: int | None = None,
    partner: int | None = None,
) -> SettingView:
    _name, _unit, low, high, _default, besides = settings.TABLE[number]
    kind = kind or (Kind.CHOICE if choices else Kind.NUMBER)
    return SettingView(
        number, name, meaning, kind, low, high, suffix, choices, besides, first, partner
    )


def changed(stored: dict[int, int], shown: dict[int, int]) -> list[tuple[int, int]]:
    """The pairs to send: what is shown and not stored; settings the belt lacks are left out."""
    return [
        (number, value)
        for number, value in shown.items()
        if number in stored and stored[number] != value
    ]

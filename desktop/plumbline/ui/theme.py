"""Colours, light and dark.

Postures follow the hues of the palette of Okabe and Ito (Color Universal Design, 2008),
shifted in lightness until each stands out from the background (3:1, WCAG 2.1, 1.4.11) and
from every other in normal, protan, deutan and tritan sight. Height in the ribbon and
texts tell the same, so that colour never speaks alone.
"""

from dataclasses import dataclass

from beltwire import codes

from plumbline.analysis.postures import Posture


@dataclass(frozen=True)
class Theme:
    """Every colour the window draws with, as "#RRGGBB"."""

    background: str
    text: str
    muted: str
    line: str
    curve: str
    reminder: str
    rest: str
    badge: str
    badge_text: str
    warning: str
    postures: dict[Posture, str]
    bands: dict[int, str]


LIGHT = Theme(
    background="#FFFFFF",
    text="#1B1D21",
    muted="#5B616B",
    line="#D9DCE1",
    curve="#0A4F96",
    reminder="#B8400A",
    rest="#007A54",
    badge="#FFE3A3",
    badge_text="#4A3200",
    warning="#FFF1D6",
    postures={
        Posture.LYING: "#389AD9",
        Posture.SITTING: "#0A4F96",
        Posture.STANDING: "#C08500",
        Posture.WALKING: "#007A54",
        Posture.STAIRS: "#B0508F",
        Posture.RUNNING: "#6B1E00",
        Posture.TRANSITION: "#8A9099",
        Posture.UNKNOWN: "#8A9099",
        Posture.NOT_WORN: "#C9CDD3",
    },
    bands={
        codes.UPRIGHT: "#7FA8CF",
        codes.MODERATE: "#E0A93B",
        codes.HIGH: "#C8682B",
        codes.BACKWARD: "#6FB8A0",
        codes.LATERAL: "#B98BB5",
    },
)

DARK = Theme(
    background="#1E1F22",
    text="#E8EAED",
    muted="#A3A9B3",
    line="#3A3D43",
    curve="#7FB3F0",
    reminder="#FF9A5C",
    rest="#30CC9A",
    badge="#5C4300",
    badge_text="#FFE3A3",
    warning="#4A3A12",
    postures={
        Posture.LYING: "#B4DCFF",
        Posture.SITTING: "#3A78D0",
        Posture.STANDING: "#F2B01E",
        Posture.WALKING: "#30CC9A",
        Posture.STAIRS: "#D56FAE",
        Posture.RUNNING: "#B0602A",
        Posture.TRANSITION: "#7D838D",
        Posture.UNKNOWN: "#7D838D",
        Posture.NOT_WORN: "#4A4E55",
    },
    bands={
        codes.UPRIGHT: "#4A78A8",
        codes.MODERATE: "#B98420",
        codes.HIGH: "#B45A24",
        codes.BACKWARD: "#3F8F76",
        codes.LATERAL: "#8E6189",
    },
)


def theme_for(dark: bool) -> Theme:
    """The theme of a light or a dark desktop."""
    return DARK if dark else LIGHT


def luminance(colour: str) -> float:
    """Relative luminance of "#RRGGBB" (WCAG 2.1), 0 black to 1 white."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours (WCAG 2.1), 1 to 21."""
    dim, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dim + 0.05)


def mixed(colour: str, background: str, opacity: float) -> str:
    """How `colour` looks over `background`."""
    places = (1, 3, 5)
    pairs = [(int(colour[n : n + 2], 16), int(background[n : n + 2], 16)) for n in places]
    return "#" + "".join(f"{round(a * opacity + b * (1 - opacity)):02X}" for a, b in pairs)

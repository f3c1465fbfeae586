"""The trunk bands as the angle plot shades and names them."""

from beltcore import params
from beltwire import codes

from plumbline.i18n import _
from plumbline.ui.presenters.ticks import Tick
from plumbline.ui.presenters.words import band_name

MODERATE_DEG = params.MODERATE_CDEG / 100
HIGH_DEG = params.HIGH_CDEG / 100
BACKWARD_DEG = params.BACKWARD_CDEG / 100

Edges = tuple[int, float, float]


def band_edges(low: float, high: float) -> list[Edges]:
    """(band, bottom, top) in degrees of the bands between two angles, lowest first."""
    bands = (
        (codes.BACKWARD, low, BACKWARD_DEG),
        (codes.UPRIGHT, BACKWARD_DEG, MODERATE_DEG),
        (codes.MODERATE, MODERATE_DEG, HIGH_DEG),
        (codes.HIGH, HIGH_DEG, high),
    )
    clipped = [(band, max(low, bottom), min(high, top)) for band, bottom, top in bands]
    return [(band, bottom, top) for band, bottom, top in clipped if bottom < top]


def band_ticks(low: float, high: float) -> list[Tick]:
    """The bands' names at their middles."""
    return [((bottom + top) / 2, _short(band)) for band, bottom, top in band_edges(low, high)]


def _short(band: int) -> str:
    return _("back") if band == codes.BACKWARD else band_name(band)


def angle_ticks(low: float, high: float, most: int) -> list[Tick]:
    """Round degrees with their unit: "20°", "−10°"."""
    step = next((s for s in (5, 10, 20, 30, 45, 90) if (high - low) / s <= most), 90)
    first = int(-(-low // step) * step)
    angles = range(first, int(high // 1) + 1, step)
    return [(float(angle), f"{angle}°".replace("-", "−")) for angle in angles]

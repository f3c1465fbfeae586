"""How high each posture stands in the ribbon: the more upright and moving, the higher."""

from plumbline.analysis.postures import Posture
from plumbline.i18n import _
from plumbline.ui.presenters.ticks import Tick

HEIGHT = {
    Posture.NOT_WORN: 0.18,
    Posture.UNKNOWN: 0.4,
    Posture.LYING: 1.0,
    Posture.SITTING: 2.0,
    Posture.TRANSITION: 2.5,
    Posture.STANDING: 3.0,
    Posture.WALKING: 4.0,
    Posture.STAIRS: 4.0,
    Posture.RUNNING: 4.0,
}
TOP = 4.4
BOTTOM = -1.15
REMINDER_Y, BREAK_Y = -0.36, -0.8
"""Marks lie under the ribbon, each kind in a line of its own: the two often come together."""
BRACKET_Y = 2.3
BOOKMARK_Y = 4.15


def lane_ticks() -> list[Tick]:
    """What the ribbon's left axis says."""
    return [(0.5, _("Lying")), (1.5, _("Sitting")), (2.5, _("Standing")), (3.5, _("Moving"))]

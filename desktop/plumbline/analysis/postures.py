"""Postures as people name them: the belt's activity codes in groups of one colour each."""

from enum import IntEnum

import numpy as np
import numpy.typing as npt
from beltwire import codes

Minutes = npt.NDArray[np.void]
"""Rows of `plumbline.store.rows.MINUTE_DTYPE`, sorted by `utc_s`."""
Seconds = npt.NDArray[np.int64]

MINUTE_S = 60


class Posture(IntEnum):
    """What a minute was mostly spent in. The order is the one of legends and stacks."""

    LYING = 0
    SITTING = 1
    STANDING = 2
    WALKING = 3
    STAIRS = 4
    RUNNING = 5
    TRANSITION = 6
    UNKNOWN = 7
    NOT_WORN = 8


POSTURE_OF = {
    codes.UNKNOWN: Posture.UNKNOWN,
    codes.NOT_WORN: Posture.NOT_WORN,
    codes.LYING: Posture.LYING,
    codes.SITTING: Posture.SITTING,
    codes.STANDING: Posture.STANDING,
    codes.WALKING: Posture.WALKING,
    codes.STAIRS_UP: Posture.STAIRS,
    codes.STAIRS_DOWN: Posture.STAIRS,
    codes.RUNNING: Posture.RUNNING,
    codes.TRANSITION: Posture.TRANSITION,
}
UPRIGHT_MOVING = (Posture.STANDING, Posture.WALKING, Posture.STAIRS, Posture.RUNNING)
"""What interrupts sitting: standing, or moving on one's feet."""


def posture_seconds(minutes: Minutes) -> Seconds:
    """Seconds per minute and posture, shape (n, 9)."""
    seconds = np.zeros((len(minutes), len(Posture)), np.int64)
    for code, posture in POSTURE_OF.items():
        seconds[:, posture] += minutes["seconds"][:, code]
    return seconds


def dominant(seconds: Seconds) -> Seconds:
    """Each minute's posture: the one with most seconds; what is known wins a tie.

    A transition is only how one posture became another: it counts where there is nothing else.
    """
    weight = seconds * 2 + 1
    weight[:, Posture.UNKNOWN] -= 1
    weight[:, Posture.TRANSITION] = np.minimum(weight[:, Posture.TRANSITION], 2)
    weight[seconds == 0] = 0
    strongest: Seconds = np.argmax(weight, axis=1)
    return strongest

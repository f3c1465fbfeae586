"""Labels for UMAFall's scripted files, which say what was done but not when.

A chair file is: stand, sit down, sit, stand up, stand; lie_down likewise; a bending file is:
stand, bow, stand. When the manoeuvres took place is read from the body's turning: of all ways
to divide a file into still and moving parts in the script's order, the one is taken that puts
most turning into the moving parts and least into the still ones.
"""

from itertools import combinations_with_replacement

import numpy as np
from beltcore.features import NAMES
from numpy.typing import NDArray

TURNING = NAMES.index("p_energy_1s")
SCRIPTS = {
    "chair": ("standing", "stand_to_sit", "sitting", "sit_to_stand", "standing"),
    "lie_down": ("standing", "stand_to_lie", "lying", "lie_to_stand", "standing"),
    "bending": ("standing", "bow", "standing"),
}
LONGEST_S = 5  # of one manoeuvre


def align(activity: str, features: NDArray[np.uint8]) -> list[str]:
    """Return a label for every second of a scripted file; "" beside every change of label."""
    script = SCRIPTS[activity]
    turning = features[:, TURNING].astype(float)
    level = (np.percentile(turning, 15) + turning.max()) / 2
    gain = np.concatenate([[0.0], np.cumsum(turning - level)])
    best, cuts = -np.inf, (0,) * (len(script) - 1)
    for choice in combinations_with_replacement(range(1, len(turning)), len(script) - 1):
        moving = list(zip(choice[::2], choice[1::2], strict=True))
        if any(not 1 <= b - a <= LONGEST_S for a, b in moving):
            continue
        if len(moving) == 2 and moving[1][0] == moving[0][1]:
            continue
        worth = sum(gain[b] - gain[a] for a, b in moving)
        if worth > best:
            best, cuts = worth, choice
    edges = (0, *cuts, len(turning))
    return [script[k] for k in range(len(script)) for _ in range(edges[k + 1] - edges[k])]

"""A screen of a size and scale of one's own: Qt's offscreen platform has 800 by 800 pixels else,
which at 200 % is less than any window is made for."""

import json
import os
from pathlib import Path


def with_screen(room: tuple[int, int], scale: float, into: Path) -> dict[str, str]:
    """The variables of a process with such a screen; `room` in the units that windows are laid out
    in, `into`: an existing folder, where the screen is described."""
    described = into / f"screen at {scale}.json"
    width, height = (round(side * scale) for side in room)
    one = {"name": "one", "x": 0, "y": 0, "width": width, "height": height}
    plain = {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1.0}
    described.write_text(json.dumps({"screens": [one | plain]}))
    return {
        **os.environ,
        "QT_QPA_PLATFORM": f"offscreen:configfile={described}",
        "QT_SCALE_FACTOR": str(scale),
    }

"""Garbage is looked for between two events of the window's thread, and nowhere else.

Left alone, Python looks for it wherever an object is made, in whatever thread. Qt's objects bear
neither: one that is taken apart in a worker's thread, or while PyQt makes another for Python, ends
in a crash or in a constructor's error where nothing was constructed.
"""

import gc

from PyQt6.QtCore import QObject, QTimer

EVERY_MS = 500
GENERATIONS = (700, 10, 100)
"""As Python's own thresholds (`gc.set_threshold`), the last one higher: what a window keeps is
much, and looking through all of it takes as long as drawing a day does."""


def between_events(window: QObject) -> None:
    """From now on garbage is looked for by a timer of the window's, as long as there is one."""
    gc.disable()
    timer = QTimer(window)
    timer.timeout.connect(look)
    timer.start(EVERY_MS)


def anywhere() -> None:
    """As Python does it by itself; for when the last window is gone."""
    gc.enable()


def look() -> None:
    """Collect the oldest generation that is due, as Python would have."""
    counts = zip(gc.get_count(), GENERATIONS, strict=True)
    due = [generation for generation, (made, most) in enumerate(counts) if made > most]
    if due:
        gc.collect(due[-1])

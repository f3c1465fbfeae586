"""Many shapes as the array that a painter takes: a list of objects takes twenty times as long."""

from typing import Any

import numpy as np
import numpy.typing as npt
from PyQt6 import sip
from PyQt6.QtCore import QRectF
from PyQt6.QtGui import QPainter

FIELDS = {QRectF: 4, QPainter.PixmapFragment: 10}
"""Of the shapes, all 8-byte floats: x, y, width, height; x, y, source rectangle, scale (2),
rotation, opacity."""


def packed(kind: type, rows: npt.NDArray[np.float64]) -> Any:
    """`rows` (n, FIELDS[kind]) as an array of n shapes."""
    array: Any = sip.array  # whose declaration does not know its arguments
    shapes: Any = array(kind, len(rows))
    if len(rows):
        place: Any = sip.voidptr(shapes, rows.size * rows.itemsize)
        np.frombuffer(place, np.float64).reshape(rows.shape)[:] = rows
    return shapes

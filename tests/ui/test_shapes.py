"""Many shapes as one plot item: where they lie, and what they look like."""

import numpy as np
import pyqtgraph as pg
from plumbline.ui.dots import DotsItem
from plumbline.ui.packed import packed
from plumbline.ui.rects import RectsItem
from PyQt6.QtCore import QRectF
from PyQt6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

SIZE = 40


def drawn(item: pg.GraphicsObject, scale: float = 1.0, ratio: float = 1.0) -> QImage:
    """The item on white, a plot unit `scale` pixels wide."""
    side = round(SIZE * ratio)
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.scale(scale, scale)
    item.paint(painter)
    painter.end()
    return image


def dark(image: QImage) -> set[tuple[int, int]]:
    """Pixels that are rather black than white."""
    whole = [(x, y) for x in range(image.width()) for y in range(image.height())]
    return {(x, y) for x, y in whole if image.pixelColor(x, y).lightness() < 128}


def test_rows_become_shapes(qtbot: QtBot) -> None:
    shapes = packed(QRectF, np.array([[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]]))
    assert [shapes[n] for n in range(2)] == [QRectF(1, 2, 3, 4), QRectF(5, 6, 7, 8)]
    assert len(packed(QRectF, np.zeros((0, 4)))) == 0


def test_rectangles_from_rows_and_from_tuples_are_the_same(qtbot: QtBot) -> None:
    sides = [(2.0, 3.0, 10.0, 6.0), (20.0, 30.0, 12.0, 8.0)]  # the second from its far corner
    lists, rows = RectsItem(), RectsItem()
    lists.set_rects([("#000000", 1.0, sides)])
    rows.set_rects([("#000000", 1.0, np.array(sides))])
    assert lists.boundingRect() == rows.boundingRect() == QRectF(2, 3, 18, 27)
    expected = {(x, y) for x in range(2, 10) for y in range(3, 6)}
    expected |= {(x, y) for x in range(12, 20) for y in range(8, 30)}
    assert dark(drawn(rows)) == dark(drawn(lists)) == expected


def test_nothing_to_draw_is_drawn(qtbot: QtBot) -> None:
    rects, dots = RectsItem(), DotsItem()
    rects.set_rects([("#000000", 1.0, np.zeros((0, 4)))])
    dots.set_dots(np.zeros(0), np.zeros(0), "#000000", 3)
    for item in (rects, dots):
        assert item.boundingRect() == QRectF()
        assert not dark(drawn(item))


def test_dots_are_as_large_at_any_zoom_and_scaling(qtbot: QtBot) -> None:
    dots = DotsItem()
    dots.set_dots(np.array([2.0, 8.0]), np.array([8.0, 2.0]), "#000000", 6)
    assert dots.boundingRect() == QRectF(2, 2, 6, 6)
    for scale, ratio in ((4.0, 1.0), (4.0, 2.0), (3.0, 1.5)):
        seen = dark(drawn(dots, scale, ratio))
        for x, y in ((2, 8), (8, 2)):
            middle = np.array([x, y]) * scale * ratio
            near = np.array([at for at in seen if np.abs(at - middle).max() < 6 * ratio]) + 0.5
            assert abs(len(near) - np.pi * (3 * ratio) ** 2) < 0.3 * len(near)
            assert np.abs(near.mean(axis=0) - middle).max() <= 1.0

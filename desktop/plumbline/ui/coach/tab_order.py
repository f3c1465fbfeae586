"""Tab goes the way the eye goes, whatever was made first."""

from itertools import pairwise

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QLayout, QWidget


def order_by_eye(layout: QLayout | None) -> None:
    """Tab takes what can have the focus in the order in which the layout shows it.

    Qt goes by the order of making, so what is made anew, as a list of what is due is, would come
    last.
    """
    for one, next_one in pairwise(_stops(layout)):
        QWidget.setTabOrder(one, next_one)


def _stops(layout: QLayout | None) -> list[QWidget]:
    found: list[QWidget] = []
    for index in range(layout.count() if layout is not None else 0):
        item = layout.itemAt(index) if layout is not None else None
        widget = item.widget() if item else None
        if item is None:
            continue
        if widget is None:
            found += _stops(item.layout())
        elif widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            found.append(widget)
        else:
            found += _stops(widget.layout())
    return found

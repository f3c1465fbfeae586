"""What is amiss with widgets as they are laid out: cut texts, overlaps, scrolling sideways."""

from collections.abc import Iterator
from itertools import combinations

import pyqtgraph as pg
from PyQt6.QtCore import QPoint, QRect, Qt
from PyQt6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QScrollArea,
    QScrollBar,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QTableWidget,
    QWidget,
)

SLACK_PX = 1
CELL_PX = 4
"""Of a table's cell beside its text, on both sides together at least."""


def stumbles(top: QWidget) -> list[str]:
    """A line each for what is amiss in `top`, which is shown; empty where all is well."""
    shown = [each for each in top.findChildren(QWidget) if each.isVisibleTo(top)]
    found = [line for each in (top, *shown) for line in _of(each)]
    found += [line for each in shown for line in _outside(each, top)]
    return found


def _of(widget: QWidget) -> Iterator[str]:
    yield from _cut(widget)
    yield from _overlaps(widget)
    if isinstance(widget, pg.GraphicsView):
        yield from _cut_titles(widget)
    if isinstance(widget, QAbstractScrollArea):
        bar = widget.horizontalScrollBar()
        if bar is not None and bar.isVisible() and bar.maximum() > 0:
            yield f"scrolls sideways: {_name(widget)}"


def _name(widget: QWidget) -> str:
    text = getattr(widget, "text", None)
    words = text() if callable(text) else widget.accessibleName()
    return f"{type(widget).__name__} “{str(words)[:60]}” {widget.width()}x{widget.height()}"


# Texts


def _cut(widget: QWidget) -> Iterator[str]:
    needed = 0
    if isinstance(widget, QLabel):
        yield from _cut_label(widget)
    elif isinstance(widget, QTabBar):
        yield from _cut_tabs(widget)
    elif isinstance(widget, QHeaderView):
        yield from _cut_headings(widget)
    elif isinstance(widget, QTableWidget):
        yield from _cut_cells(widget)
    elif isinstance(widget, QComboBox):
        needed = _combo_needs(widget)
    elif isinstance(widget, QAbstractButton) and widget.text():
        needed = widget.sizeHint().width() - 2 * SLACK_PX
    elif isinstance(widget, QLineEdit) and not widget.text():
        room = widget.fontMetrics().averageCharWidth()
        needed = widget.fontMetrics().horizontalAdvance(widget.placeholderText()) + room
    elif isinstance(widget, QAbstractSpinBox):
        needed = widget.minimumSizeHint().width()
    if needed > widget.width() + SLACK_PX:
        yield f"cut, {needed} px needed: {_name(widget)}"


def _cut_label(label: QLabel) -> Iterator[str]:
    if not label.text() or label.pixmap().width():
        return
    if label.wordWrap():
        needed = label.heightForWidth(label.width())
        if needed > label.height() + SLACK_PX:
            yield f"cut, {needed} px high needed: {_name(label)}"
    if label.minimumSizeHint().width() > label.width() + SLACK_PX:
        yield f"cut, {label.minimumSizeHint().width()} px needed: {_name(label)}"


def _cut_tabs(bar: QTabBar) -> Iterator[str]:
    for n in range(bar.count()):
        place = bar.tabRect(n)
        needed = bar.fontMetrics().horizontalAdvance(bar.tabText(n).replace("&", ""))
        if needed > place.width() or place.right() > bar.width():
            yield f"cut: the tab {bar.tabText(n)}"


def _cut_headings(header: QHeaderView) -> Iterator[str]:
    model = header.model()
    if model is None or header.orientation() is not Qt.Orientation.Horizontal:
        return
    for n in range(header.count()):
        text = str(model.headerData(n, Qt.Orientation.Horizontal) or "")
        needed = header.fontMetrics().horizontalAdvance(text)
        if not header.isSectionHidden(n) and needed + CELL_PX > header.sectionSize(n):
            yield f"cut: the heading {text}"


def _cut_cells(table: QTableWidget) -> Iterator[str]:
    for row in range(table.rowCount()):
        for column in range(table.columnCount()):
            item = table.item(row, column)
            text = item.text() if item else ""
            needed = table.fontMetrics().horizontalAdvance(text) + CELL_PX
            if needed > table.columnWidth(column) and not table.wordWrap():
                yield f"cut: the cell {text}"
        if table.rowHeight(row) < table.fontMetrics().height():
            yield f"cut: row {row} of {_name(table)}"


def _combo_needs(box: QComboBox) -> int:
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    style = box.style()
    assert style is not None
    part = QStyle.SubControl.SC_ComboBoxEditField
    field = style.subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, box)
    widths = [box.fontMetrics().horizontalAdvance(box.itemText(n)) for n in range(box.count())]
    return max(widths, default=0) + box.width() - field.width()


def _cut_titles(view: pg.GraphicsView) -> Iterator[str]:
    for item in view.scene().items():
        if isinstance(item, pg.PlotItem) and item.isVisible() and item.titleLabel.isVisible():
            title = item.titleLabel.item.boundingRect().width()
            if title > item.size().width() + SLACK_PX:
                yield f"cut, {title:.0f} of {item.size().width():.0f} px: the title of a plot"


# Places


def _overlaps(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, (QAbstractScrollArea, QComboBox, QAbstractSpinBox, QLineEdit)):
        return  # their parts lie on one another as they are meant to
    parts = [
        each
        for each in widget.children()
        if isinstance(each, QWidget)
        and each.isVisibleTo(widget)
        and not each.isWindow()
        and not each.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    ]
    for one, other in combinations(parts, 2):
        both = one.geometry().intersected(other.geometry())
        if both.width() > SLACK_PX and both.height() > SLACK_PX:
            yield f"overlap by {both.width()}x{both.height()}: {_name(one)} and {_name(other)}"


def _outside(widget: QWidget, top: QWidget) -> Iterator[str]:
    place = QRect(widget.mapTo(top, QPoint(0, 0)), widget.size())
    whole = top.rect()
    sideways = place.left() < -SLACK_PX or place.right() > whole.right() + SLACK_PX
    upright = place.top() < -SLACK_PX or place.bottom() > whole.bottom() + SLACK_PX
    if widget.size().isEmpty() or isinstance(widget, QScrollBar):
        return
    if sideways or (upright and not _scrolled(widget, top)):
        yield f"outside by {place.getCoords()} of {whole.getCoords()}: {_name(widget)}"


def _scrolled(widget: QWidget, top: QWidget) -> bool:
    above = widget.parentWidget()
    while above is not None and above is not top:
        if isinstance(above, (QScrollArea, QAbstractScrollArea)):
            return True
        above = above.parentWidget()
    return False

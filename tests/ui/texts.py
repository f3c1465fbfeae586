"""Every text of a window that a user can read or hear, with the widget it belongs to."""

from collections.abc import Iterator

from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import (
    QAbstractButton,
    QCalendarWidget,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QTabBar,
    QWidget,
)


def texts(root: QWidget) -> Iterator[tuple[QWidget | QAction, str]]:
    """Of the widget and all below it, shown now or not."""
    yield root, root.windowTitle()
    for widget in root.findChildren(QWidget):
        if not qts_own(widget):
            yield from ((widget, text) for text in texts_of(widget))
    for action in root.findChildren(QAction):
        above = action.parent()
        if isinstance(above, QWidget) and not qts_own(above):
            yield action, action.text()


def qts_own(widget: QWidget) -> bool:
    """What Qt puts inside a calendar and a row of tabs."""
    above = widget.parentWidget()
    while above and not isinstance(above, (QCalendarWidget, QTabBar)):
        above = above.parentWidget()
    return above is not None


def texts_of(widget: QWidget) -> Iterator[str]:
    yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
    if isinstance(widget, (QLabel, QAbstractButton)):
        yield widget.text()
    if isinstance(widget, QGroupBox):
        yield widget.title()
    if isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(index) for index in range(widget.count()))
    if isinstance(widget, QTabBar):
        yield from (widget.tabText(index) for index in range(widget.count()))

"""What every sub-page of the Coach page is."""

from collections.abc import Callable
from typing import Any

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget

from plumbline.ui.appearance import on_base
from plumbline.ui.coach.state import CoachState, Work
from plumbline.ui.theme import Theme

Done = Callable[[Any], None]


class SubPage(QScrollArea):
    """Fill `self.column`. Scrolls where the window is small.

    `wanted(work, done)`: run `work(book)` off the GUI thread, then `done(result)` on it, then
    everything is shown anew; a refusal is shown by the Coach page. A result that is an `Undoable`
    can be taken back. `prepared(work, done)`: run `work()` off the GUI thread, then `done(result)`
    on it; for what is drawn and changes nothing, so nothing is read anew and no sentence goes
    away. `go(key, about)`: show another sub-page, which `open_at(about)` is called of.
    """

    wanted = pyqtSignal(object, object)
    prepared = pyqtSignal(object, object)
    go = pyqtSignal(str, object)

    key = ""
    wants_belt = False

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.inside = QWidget()
        on_base(self.inside)
        self.column = QVBoxLayout(self.inside)
        self.column.setContentsMargins(20, 14, 20, 12)
        self.column.setSpacing(10)
        self.setWidget(self.inside)

    def title(self) -> str:
        """The name in the list of sub-pages, in the user's language."""
        raise NotImplementedError

    def show_coaching(self, state: CoachState, theme: Theme) -> None:
        """Show what there is."""
        raise NotImplementedError

    def open_at(self, about: object) -> None:
        """Show what the other sub-page asked for."""

    def begin_anew(self) -> None:
        """Another wearer's records come: forget what was being filled in."""

    def retranslate(self) -> None:
        """Take the texts of the user's language."""

    def wish(self, work: Work, done: Done | None = None) -> None:
        """Ask for `work`, then for `done`."""
        self.wanted.emit(work, done or (lambda _result: None))


def emptied(layout: QLayout) -> None:
    """Take every widget out of the layout at once."""
    while item := layout.takeAt(0):
        if widget := item.widget():
            widget.setParent(None)
            widget.deleteLater()

"""What every sub-page of the Coach page is."""

from collections.abc import Callable, Generator
from functools import partial
from typing import Any, Self

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget

from plumbline.coaching.book import CoachBook
from plumbline.ui.appearance import on_base
from plumbline.ui.coach.state import CoachState, Told, Work
from plumbline.ui.theme import Theme

Done = Callable[[Any], None]


class SubPage(QScrollArea):
    """Fill `self.column`. Scrolls where the window is small.

    `wanted(work, done)`: run `work(book)` off the GUI thread, then `done(result)` on it, then
    everything is shown anew; a refusal is shown by the Coach page. What it changed can be taken
    back; a result that is a `Told` is the sentence for that. `looked_up(work, done)`: the same for
    what is only looked up in the book, so nothing is shown anew. `prepared(work, done)`: run
    `work()` off the GUI thread, then `done(result)` on it; for what is drawn and changes nothing,
    so nothing is read anew and no sentence goes away. `go(key, about)`: show another sub-page,
    which `open_at(about)` is called of.
    """

    wanted = pyqtSignal(object, object)
    prepared = pyqtSignal(object, object)
    looked_up = pyqtSignal(object, object)
    go = pyqtSignal(str, object)

    key = ""
    wants_belt = False

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab goes on to what is on it
        self.inside = QWidget()
        on_base(self.inside)
        self.column = QVBoxLayout(self.inside)
        self.column.setContentsMargins(20, 14, 20, 12)
        self.column.setSpacing(10)
        self.setWidget(self.inside)

    @classmethod
    def making(cls) -> Generator[None, None, Self]:
        """A new page; yields wherever the window may answer the user before it goes on."""
        yield from ()
        return cls()

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

    def wish(
        self, work: Work, done: Done | None = None, text: Callable[[], str] | None = None
    ) -> None:
        """Ask for `work`, then for `done`; `text()` says what was done, by default in general."""
        asked = partial(_telling, work, text) if text else work
        self.wanted.emit(asked, done or (lambda _result: None))


def _telling(work: Work, text: Callable[[], str], book: CoachBook) -> Told:
    work(book)
    return Told(text)


def emptied(layout: QLayout) -> None:
    """Take every widget out of the layout at once."""
    while item := layout.takeAt(0):
        if widget := item.widget():
            widget.setParent(None)
            widget.deleteLater()

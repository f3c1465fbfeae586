"""What is wrong, and the way out of it: in the page while there are no data, else in the banner."""

from collections.abc import Callable
from typing import NamedTuple

from PyQt6.QtCore import QObject, pyqtSignal

from plumbline.ui.banner import Banner
from plumbline.ui.empty_page import EmptyPage
from plumbline.ui.theme import Theme


class Trouble(NamedTuple):
    """A sentence, the button beside it ("" for none), and what the button does."""

    text: str = ""
    action: str = ""
    act: Callable[[], object] = lambda: None


class Troubles(QObject):
    """Of several sources the first one that has something to say is shown. Emits `shown(text)`."""

    shown = pyqtSignal(str)

    def __init__(self, banner: Banner, page: EmptyPage, sources: tuple[str, ...]) -> None:
        super().__init__(banner)
        self._banner, self._page = banner, page
        self._told = {source: Trouble() for source in sources}
        banner.action_wanted.connect(lambda: self._first.act())
        page.action_wanted.connect(lambda: self._first.act())

    @property
    def _first(self) -> Trouble:
        return next((each for each in self._told.values() if each.text), Trouble())

    def tell(self, source: str, trouble: Trouble, theme: Theme, *, in_page: bool) -> None:
        """Of that source this is to be said now; nothing where its text is empty."""
        self._told[source] = trouble
        self.show_again(theme, in_page=in_page)
        self.shown.emit(self._first.text)

    def show_again(self, theme: Theme, *, in_page: bool) -> None:
        """In the page, or in the banner above all pages."""
        first = self._first
        self._banner.show_message("" if in_page else first.text, theme)
        self._banner.offer("" if in_page else first.action)
        self._page.show_trouble(first.text if in_page else "", first.action)

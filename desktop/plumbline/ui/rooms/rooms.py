"""Makes the pages behind the first while nothing else is to do, or when one is wanted."""

from collections.abc import Callable, Generator
from functools import partial
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

from PyQt6.QtCore import QObject, QTimer, pyqtSignal
from PyQt6.QtWidgets import QWidget

from plumbline import i18n
from plumbline.ui.appearance import on_base
from plumbline.ui.language import tell

if TYPE_CHECKING:
    from plumbline.ui.main_window import MainWindow

TODAY, TRENDS, LIVE, BELT, COACH, PEOPLE = "today", "trends", "live", "belt", "coach", "people"
PAGES = (TODAY, TRENDS, LIVE, BELT, COACH, PEOPLE)
"""In the order of their tabs; the first is there from the beginning."""
IDLE_ORDER = (TRENDS, COACH, PEOPLE, BELT, LIVE)
LANE = "rooms"
BREATH_MS = 3
"""Between two steps: so that the user is answered after each, not after two."""


class Furnished(NamedTuple):
    """A page and what fills it."""

    page: QWidget
    director: QObject | None = None


Making = Generator[None, None, Furnished]
"""Yields wherever the window may answer the user before it goes on."""


class Rooms(QObject):
    """Blank tabs that become pages. A page's module is imported on a thread of its own, then the
    page is made step by step; whoever cannot wait asks for it with `furnish`. While a sync runs
    only a page that is chosen is made."""

    furnished = pyqtSignal(str)
    all_made = pyqtSignal()

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window, self._tabs = window, window.tabs
        self._made: dict[str, Furnished] = {}
        self._under_way: dict[str, Making] = {}
        self._begun_in: dict[str, str] = {}
        self._queue: list[str] = []
        self._wanted = TODAY
        self._importing = self._stopped = False
        self._step = QTimer(self)
        self._step.setSingleShot(True)
        self._step.setInterval(BREATH_MS)
        self._step.timeout.connect(self._go_on)
        for over in (window.sync.changed, window.sync.synced, window.sync.idle):
            over.connect(self._resume)
        for _key in PAGES[1:]:
            blank = QWidget()
            on_base(blank)
            self._tabs.addTab(blank, "")

    @property
    def in_front(self) -> str:
        """The key of the page that is chosen, whether it is made or not."""
        return PAGES[max(0, self._tabs.currentIndex())]

    @property
    def busy(self) -> bool:
        """Whether pages are being made."""
        return bool(self._queue) and not self._stopped and not self._window.sync.syncing

    def made(self, key: str) -> Furnished | None:
        """The page if it is there already."""
        return self._made.get(key)

    def furnish(self, key: str) -> Furnished:
        """The page, made at once if need be."""
        while key not in self._made:
            if key not in self._under_way:
                self._begin(key, _module(key))
            self._advance(key)
        return self._made[key]

    def want(self, key: str) -> None:
        """Make this page next, and let the user do things meanwhile."""
        if key != TODAY and key not in self._made:
            self._queue = [key, *(each for each in self._queue if each != key)]
            self._wanted = key
            self._resume()

    def want_all(self) -> None:
        """Make every page while nothing else is to do."""
        self._queue += [key for key in IDLE_ORDER if key not in self._queue]
        self._resume()

    def stop(self) -> None:
        """Make none any more, whoever still asks."""
        self._stopped = True
        self._queue.clear()
        self._step.stop()

    def _resume(self) -> None:
        if self._queue and not (self._stopped or self._step.isActive()):
            self._step.start()

    def _go_on(self) -> None:
        """A step of the page that is wanted most."""
        self._queue = [key for key in self._queue if key not in self._made]
        if not self._queue or self._importing:
            return
        key = self._queue[0]
        if key != self._wanted and self._window.sync.syncing:
            return
        if key in self._under_way:
            self._queue.pop(0)
            try:
                self._advance(key)
                self._queue.insert(0, key)
            finally:
                self._resume()
        else:
            self._importing = True
            came = partial(self._imported, key)
            self._window.tasks.run(LANE, partial(_module, key), came, self._failed)

    def _imported(self, key: str, module: ModuleType) -> None:
        self._importing = False
        if key not in self._made and key not in self._under_way:
            self._begin(key, module)
        self._resume()

    def _failed(self, error: Exception) -> None:
        self._importing = False
        self.stop()
        self._window.director.failed.emit(error)

    def _begin(self, key: str, module: ModuleType) -> None:
        furnish: Callable[[MainWindow], Making] = module.furnish
        self._under_way[key] = furnish(self._window)
        self._begun_in[key] = i18n.language()

    def _advance(self, key: str) -> None:
        making = self._under_way.pop(key)
        try:
            next(making)
            self._under_way[key] = making
        except StopIteration as end:
            self._made[key] = end.value
            self._place(key, end.value.page)
            if self._begun_in[key] != i18n.language():  # switched while it was half made
                tell(end.value.page)
            self.furnished.emit(key)
            if len(self._made) == len(PAGES) - 1:
                self.all_made.emit()

    def _place(self, key: str, page: QWidget) -> None:
        """Where the blank was; in front if that was in front, which nobody is told of."""
        tabs, index = self._tabs, PAGES.index(key)
        blank, shown = tabs.widget(index), tabs.currentIndex() == index
        on_base(page)
        if blank and not shown:  # of no size, or what is in front would be painted anew
            blank.resize(0, 0)
            page.resize(0, 0)
        tabs.blockSignals(True)
        tabs.insertTab(index + 1, page, tabs.tabText(index))
        if shown:
            tabs.setCurrentIndex(index + 1)
        tabs.removeTab(index)
        tabs.blockSignals(False)
        if blank:
            blank.deleteLater()


def _module(key: str) -> ModuleType:
    return import_module(f"plumbline.ui.rooms.{key}")

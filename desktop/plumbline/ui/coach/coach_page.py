"""The page Coach: a list of sub-pages, the one that is open, and a quiet mark for an open sign."""

from collections.abc import Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QPalette
from PyQt6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from plumbline import i18n
from plumbline.i18n import _
from plumbline.lessons.signs import warning_signs
from plumbline.ui.appearance import coloured, on_base, quiet
from plumbline.ui.banner import Banner
from plumbline.ui.coach.state import CoachState
from plumbline.ui.coach.sub_page import SubPage
from plumbline.ui.coach.tab_order import order_by_eye
from plumbline.ui.fonts import scaled
from plumbline.ui.theme import Theme

LIST_WIDTH = 140


class CoachPage(QWidget):
    """Shows sub-pages; passes on what they want."""

    wanted = pyqtSignal(object, object)
    prepared = pyqtSignal(object, object)
    looked_up = pyqtSignal(object, object)
    opened = pyqtSignal(str)

    def __init__(self, pages: Sequence[SubPage]) -> None:
        super().__init__()
        self.pages = {page.key: page for page in pages}
        self.list, self.stack = QListWidget(), QStackedWidget()
        self.banner, self.mark, self.mark_text = Banner(), QWidget(), QLabel()
        self.mark_open, self.waiting = QPushButton(), QLabel()
        self._state: CoachState | None = None
        self._theme: Theme | None = None
        self._fresh: set[str] = set()
        self._build(pages)
        self.retranslate()

    def _build(self, pages: Sequence[SubPage]) -> None:
        self.list.setFixedWidth(LIST_WIDTH)
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setSpacing(3)
        self.list.setFont(scaled(self.list, 1.1))
        for page in pages:
            self.list.addItem("")
            self.stack.addWidget(page)
            page.wanted.connect(self.wanted)
            page.prepared.connect(self.prepared)
            page.looked_up.connect(self.looked_up)
            page.go.connect(self.open)
        self.waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stack.addWidget(quiet(self.waiting))
        self.stack.setCurrentWidget(self.waiting)
        self.list.currentRowChanged.connect(self._row_chosen)
        self.mark_text.setWordWrap(True)
        self.mark_open.clicked.connect(lambda: self.open("today", "signs"))
        self.mark.setBackgroundRole(QPalette.ColorRole.Window)  # not the page's
        line = QHBoxLayout(self.mark)
        line.setContentsMargins(20, 6, 20, 6)  # in line with what is on the page
        line.addWidget(self.mark_text, 1)
        line.addWidget(self.mark_open)
        self.mark.hide()
        self.banner.hide()
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.mark)
        right.addWidget(self.stack, 1)
        right.addWidget(self.banner)  # below: what is on the page stays under the mouse
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 8, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addLayout(right, 1)
        self.list.setCurrentRow(0)
        on_base(self)

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        self.list.setAccessibleName(_("Pages of the coach"))
        for row, page in enumerate(self.pages.values()):
            item = self.list.item(row)
            if item:
                item.setText(page.title())
            page.setAccessibleName(page.title())
        self.mark_open.setText(_("Look at it"))
        self.waiting.setText(_("Reading …"))
        self._show_mark()

    def open(self, key: str, about: object = None) -> None:
        """Show a sub-page, about something where `about` is given."""
        if key not in self.pages:
            return
        self.list.setCurrentRow(list(self.pages).index(key))
        self._show_front()
        if about is not None:
            self.pages[key].open_at(about)

    def offer(self, key: str, offered: bool) -> None:
        """Whether a sub-page stands in the list; who was on it goes to the first."""
        row = list(self.pages).index(key)
        if not offered and self.list.currentRow() == row:
            self.list.setCurrentRow(0)
        self.list.setRowHidden(row, not offered)

    def tab_text(self) -> str:
        """The page's name, with a mark while a warning sign is open."""
        return _("Coach ●") if self._sign_open else _("Coach")

    @property
    def wants_belt(self) -> bool:
        """Whether the sub-page that is open shows the belt's live samples."""
        return self.front.wants_belt

    @property
    def _sign_open(self) -> bool:
        return bool(self._state and self._state.open_signs)

    @property
    def front(self) -> SubPage:
        """The sub-page that is open."""
        return list(self.pages.values())[max(0, self.list.currentRow())]

    def show_coaching(self, state: CoachState, theme: Theme) -> None:
        """Show what there is; sub-pages that are not open wait until they are."""
        if self._state and self._state.subject != state.subject:
            for page in self.pages.values():
                page.begin_anew()
        self._state, self._theme = state, theme
        self._fresh.clear()
        self._show_mark()
        self._show_front()

    def tell(self, text: str) -> None:
        """A sentence about what was refused; empty: none."""
        if self._theme:
            self.banner.show_message(text, self._theme)

    def _row_chosen(self, _row: int) -> None:
        self.tell("")
        self._show_front()  # before it is seen: whoever comes back finds it in its order
        self.opened.emit(self.front.key)

    def _show_front(self) -> None:
        page = self.front
        if self._state and self._theme and page.key not in self._fresh:
            self._fresh.add(page.key)
            page.show_coaching(self._state, self._theme)
            order_by_eye(page.column)
        if self._state:  # before that a page knows nothing of what there is
            self.stack.setCurrentWidget(page)

    def _show_mark(self) -> None:
        self.mark.setVisible(self._sign_open)
        if self._sign_open and self._theme:
            self.mark_text.setText(warning_signs(i18n.language()).mark)
            coloured(self.mark, self._theme.warning, self._theme.text)
            self.mark_text.setAlignment(Qt.AlignmentFlag.AlignVCenter)

"""The menu bar: pages, language, help."""

from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject
from PyQt6.QtGui import QAction, QActionGroup, QKeySequence
from PyQt6.QtWidgets import QMenu

from plumbline import i18n
from plumbline.i18n import _

if TYPE_CHECKING:
    from plumbline.ui.main_window import MainWindow


class Menus(QObject):
    """Builds the menus anew whenever the language changes."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._menus: list[QMenu] = []
        self.retranslate()

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        bar = self._window.menuBar()
        if bar is None:
            return
        while self._menus:
            self._menus.pop().deleteLater()
        for text, fill in (
            (_("&File"), self._fill_file),
            (_("&Edit"), self._fill_edit),
            (_("&View"), self._fill_view),
        ):
            menu = QMenu(text, bar)
            fill(menu)
            bar.addMenu(menu)
            self._menus.append(menu)

    def _fill_file(self, menu: QMenu) -> None:
        self._add(menu, _("&Sync now"), "F5", self._window.sync.ask_now)
        menu.addSeparator()
        self._add(menu, _("&Quit"), "Ctrl+Q", self._window.close)

    def _fill_edit(self, menu: QMenu) -> None:
        people, today = self._window.people_director, self._window.today
        self._add(menu, _("&Undo"), "Ctrl+Z", self._window.director.undo)
        menu.addSeparator()
        self._add(menu, _("&Exclude a stretch …"), "Ctrl+E", today.mark_stretch)
        self._add(menu, _("&Note on this day …"), "Ctrl+N", people.write_note)
        self._add(menu, _("&Delete this day"), "Ctrl+Shift+Del", people.delete_shown_day)

    def _fill_view(self, menu: QMenu) -> None:
        languages = QMenu(_("&Language"), menu)
        menu.addMenu(languages)
        group = QActionGroup(languages)
        for code, name in i18n.LANGUAGES.items():
            action = QAction(name, languages)
            action.setCheckable(True)
            action.setChecked(code == i18n.language())
            action.triggered.connect(
                lambda _checked, chosen=code: self._window.choose_language(chosen)
            )
            group.addAction(action)
            languages.addAction(action)

    def _add(self, menu: QMenu, text: str, key: str, act: object) -> None:
        action = QAction(text, menu)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda _checked: act())  # type: ignore[operator]
        menu.addAction(action)

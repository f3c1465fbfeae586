"""The menu bar: pages, language, help."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject
from PyQt6.QtGui import QAction, QActionGroup, QKeySequence
from PyQt6.QtWidgets import QMenu

from plumbline import i18n
from plumbline.i18n import _
from plumbline.ui.preferences import SCHEME
from plumbline.ui.presenters.remarks import shortened
from plumbline.ui.scheme import DARK_SCHEME, DESKTOP, LIGHT_SCHEME

LONGEST_UNDO = 60

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
        bar.clear()
        while self._menus:
            self._menus.pop().deleteLater()
        for text, fill in (
            (_("&File"), self._fill_file),
            (_("&Edit"), self._fill_edit),
            (_("&View"), self._fill_view),
            (_("&Help"), self._fill_help),
        ):
            menu = QMenu(text, bar)
            fill(menu)
            bar.addMenu(menu)
            self._menus.append(menu)

    def _fill_file(self, menu: QMenu) -> None:
        self._add(menu, _("&Sync now"), "F5", self._window.sync.ask_now)
        menu.addSeparator()
        window = self._window
        self._add(menu, _("&Export …"), "Ctrl+Shift+E", lambda: window.saving.open_export())
        self._add(menu, _("&Back up …"), "", lambda: window.saving.open_backup())
        restore = _("&Restore from a backup …")
        self._add(menu, restore, "", lambda: window.saving.open_restore())
        menu.addSeparator()
        self._add(menu, _("&Protect the data …"), "", lambda: window.saving.open_protection())
        menu.addSeparator()
        self._add(menu, _("&Quit"), "Ctrl+Q", self._window.leave)

    def _fill_edit(self, menu: QMenu) -> None:
        window, today = self._window, self._window.today
        director = self._window.director
        undo = self._add(menu, _("&Undo"), "Ctrl+Z", director.undo)
        menu.addSeparator()
        exclude = self._add(menu, _("&Exclude a stretch …"), "Ctrl+E", today.mark_stretch)
        self._add(
            menu, _("&Note on this day …"), "Ctrl+N", lambda: window.people_director.write_note()
        )
        delete_day = lambda: window.people_director.delete_shown_day()  # noqa: E731
        delete = self._add(menu, _("&Delete this day"), "Ctrl+Shift+Del", delete_day)

        def offer(day: bool, what: bool) -> None:
            """Grey only while the menu is open: the keys are to work without opening it."""
            exclude.setEnabled(day)
            delete.setEnabled(day)
            undo.setEnabled(what)

        def open_() -> None:
            what = shortened(director.undoable, LONGEST_UNDO).replace("&", "&&")
            undo.setText(_("&Undo: “{what}”").format(what=what) if what else _("&Undo"))
            offer(today.has_data, bool(what))

        menu.aboutToShow.connect(open_)
        menu.aboutToHide.connect(lambda: offer(True, True))

    def _fill_view(self, menu: QMenu) -> None:
        window = self._window
        languages = QMenu(_("&Language"), menu)
        menu.addMenu(languages)
        self._choices(languages, i18n.LANGUAGES, i18n.language(), window.choose_language)
        schemes = QMenu(_("&Appearance"), menu)
        menu.addMenu(schemes)
        names = {
            DESKTOP: _("As the desktop"),
            LIGHT_SCHEME: _("Light"),
            DARK_SCHEME: _("Dark"),
        }
        chosen = window.preferences.text(SCHEME) or DESKTOP
        self._choices(schemes, names, chosen, window.choose_scheme)
        menu.addSeparator()
        tray = QAction(_("Icon in the notification area"), menu)
        tray.setCheckable(True)
        tray.setChecked(window.tray.shown)
        tray.setEnabled(window.tray.possible())
        tray.toggled.connect(window.choose_tray)
        menu.addAction(tray)

    def _fill_help(self, menu: QMenu) -> None:
        folder = self._window.session.folder
        self._add(menu, _("Who can &read the data …"), "", partial(_show_protection, folder))
        self._add(menu, _("&About Plumbline"), "F1", self._window.show_about)

    def _choices(
        self, menu: QMenu, names: dict[str, str], now: str, choose: Callable[[str], None]
    ) -> None:
        """One of several, with a mark at the one that holds."""
        group = QActionGroup(menu)
        for code, name in names.items():
            action = QAction(name, menu)
            action.setCheckable(True)
            action.setChecked(code == now)
            action.triggered.connect(lambda _checked, chosen=code: choose(chosen))
            group.addAction(action)
            menu.addAction(action)

    def _add(self, menu: QMenu, text: str, key: str, act: object) -> QAction:
        action = QAction(text, menu)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda _checked: act())  # type: ignore[operator]
        menu.addAction(action)
        return action


def _show_protection(folder: Path) -> None:
    from plumbline.ui.protection_dialog import show_protection

    show_protection(folder)

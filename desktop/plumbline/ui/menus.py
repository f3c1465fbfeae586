"""The menu bar: pages, language, help."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject
from PyQt6.QtGui import QAction, QActionGroup, QKeySequence
from PyQt6.QtWidgets import QMenu

from plumbline import i18n
from plumbline.analysis.wording import long_date
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
        redo = self._add(menu, _("&Redo"), "", director.redo)
        redo.setShortcuts(QKeySequence.StandardKey.Redo)
        menu.addSeparator()
        exclude = self._add(menu, "", "Ctrl+E", self._mark_stretch)
        note = self._add(menu, "", "Ctrl+N", lambda: window.people_director.write_note())
        delete_day = lambda: window.people_director.delete_shown_day()  # noqa: E731
        delete = self._add(menu, "", "Ctrl+Shift+Del", delete_day)

        def offer(day: bool, back: bool, again: bool) -> None:
            """Grey only while the menu is open: the keys are to work without opening it."""
            exclude.setEnabled(day)
            delete.setEnabled(day)
            undo.setEnabled(back)
            redo.setEnabled(again)

        def name() -> None:
            """Say which day and which change are meant."""
            back, again = _quoted(director.undoable), _quoted(director.redoable)
            undo.setText(_("&Undo: “{what}”").format(what=back) if back else _("&Undo"))
            redo.setText(_("&Redo: “{what}”").format(what=again) if again else _("&Redo"))
            day = long_date(director.day or window.session.today())
            exclude.setText(_("&Exclude a stretch of {day} …").format(day=day))
            note.setText(_("&Note on {day} …").format(day=day))
            delete.setText(_("&Delete {day}").format(day=day))

        def open_() -> None:
            name()
            offer(today.has_data, bool(director.undoable), bool(director.redoable))

        name()
        menu.aboutToShow.connect(open_)
        menu.aboutToHide.connect(lambda: offer(True, True, True))

    def _mark_stretch(self) -> None:
        """On Today, from wherever it is asked for."""
        self._window.tabs.setCurrentWidget(self._window.today)
        self._window.today.mark_stretch()

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
        window = self._window
        change = lambda: window.saving.open_protection()  # noqa: E731
        show = partial(_show_protection, window.session.folder, change)
        self._add(menu, _("Who can &read the data …"), "", show)
        self._add(menu, _("&About Plumbline"), "F1", window.show_about)

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


def _show_protection(folder: Path, change: Callable[[], object]) -> None:
    from plumbline.ui.protection_dialog import show_protection

    show_protection(folder, change)


def _quoted(what: str) -> str:
    return shortened(what, LONGEST_UNDO).replace("&", "&&")

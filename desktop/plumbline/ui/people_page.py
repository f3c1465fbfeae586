"""The page People: whose numbers are shown, and what was entered about them."""

from datetime import date

from PyQt6.QtCore import QDate, Qt, pyqtSignal
from PyQt6.QtGui import QKeySequence, QShortcut
from PyQt6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from plumbline.analysis.wording import long_date
from plumbline.i18n import _
from plumbline.ui.appearance import as_typed, framed, on_base, quiet
from plumbline.ui.calibration_panel import heading
from plumbline.ui.entry_list import EntryList
from plumbline.ui.fonts import scaled
from plumbline.ui.language import follow_country
from plumbline.ui.presenters.people import Line, PeopleView

LEAST_LIST_PX = 210


class PeoplePage(QScrollArea):
    """Left everybody, right what belongs to the one chosen. Says what is wanted, does nothing."""

    subject_chosen = pyqtSignal(str)
    wearer_wanted = pyqtSignal(str)
    rename_wanted = pyqtSignal(str)
    remove_wanted = pyqtSignal()
    erase_wanted = pyqtSignal()
    belt_wanted = pyqtSignal(str, object)
    note_wanted = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self.view: PeopleView | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.hint, self.title, self.belts = QLabel(), QLabel(), QLabel()
        for label in (self.hint, as_typed(self.belts), as_typed(self.title)):
            label.setWordWrap(True)
        quiet(self.hint)
        self.title.setFont(scaled(self.title, 1.35, bold=True))
        self.people, self.name = QListWidget(), QLineEdit()
        self.add, self.rename = QPushButton(), QPushButton()
        self.remove, self.erase = QPushButton(), QPushButton()
        self.belt, self.since, self.assign = QComboBox(), QDateEdit(), QPushButton()
        self.belt.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.whole = QPushButton()
        self.note, self.keep_note, self.note_day = QPlainTextEdit(), QPushButton(), QLabel()
        quiet(self.note_day)
        self.editing: Line | None = None
        self._proposed: str | None = None
        """The belt that was shown before a wearer was added: likely the one that is theirs."""
        self._drafts: dict[str, tuple[str, Line | None]] = {}
        self._day: date | None = None
        self._headings = [heading("") for _n in range(2)]
        self.notes = EntryList(
            lambda: _("Notes"), {"edit": lambda: _("Edit"), "remove": lambda: _("Remove")}, rows=3
        )
        self.bookmarks = EntryList(
            lambda: _("Bookmarks"),
            {"rename": lambda: _("Rename …"), "remove": lambda: _("Remove")},
            rows=2,
        )
        self.excluded = EntryList(
            lambda: _("Excluded from the numbers"), {"include": lambda: _("Include again")}, rows=2
        )
        self.deleted = EntryList(
            lambda: _("Deleted days"), {"back": lambda: _("Bring back")}, rows=2
        )
        for each in (self.people, self.note):
            framed(each)
        self._build()
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        self._headings[0].setText(_("Everybody"))
        self._headings[1].setText(_("Belts"))
        self.people.setAccessibleName(_("Everybody"))
        self.name.setPlaceholderText(_("Name of a wearer"))
        self.name.setAccessibleName(_("Name of a wearer"))
        self.add.setText(_("Add"))
        self._tell_rename()
        self.remove.setText(_("Remove"))
        self.remove.setToolTip(_("Take this wearer off the list; the recordings stay"))
        self.erase.setText(_("Erase …"))
        self.erase.setToolTip(_("Erase this wearer and the recordings for good; asks first"))
        self.belt.setAccessibleName(_("Belt"))
        self.since.setAccessibleName(_("First day"))
        follow_country(self.since)
        self.assign.setText(_("Worn from this day"))
        self.whole.setText(_("Worn from the start"))
        self.note.setPlaceholderText(_("Write a note about the day that Today shows"))
        self.note.setAccessibleName(_("Note"))
        self.keep_note.setText(_("Save note"))
        self.keep_note.setToolTip(_("Save the note (Ctrl+Return)"))

    def show_people(self, view: PeopleView) -> None:
        """Show what the presenter says."""
        self._change_drafts(view)
        if view.wearer and self.view and self.view.nameless:
            self._proposed = self.view.nameless
        self.view = view
        self._tell_rename()
        self.hint.setText(view.hint)
        self.title.setText(view.title)
        self.people.blockSignals(True)
        self.people.clear()
        for line in view.people:
            item = QListWidgetItem(line.text)
            item.setData(Qt.ItemDataRole.UserRole, line.name)
            self.people.addItem(item)
            if line.name == view.shown:
                self.people.setCurrentItem(item)
        self.people.blockSignals(False)
        for button in (self.remove, self.erase):
            button.setEnabled(view.wearer is not None)
        self.rename.setEnabled(bool(view.wearer or view.nameless))
        self.belts.setText("\n".join(line.text for line in view.belts) or _("no belt yet"))
        self._show_choices(view)
        self.notes.show_lines(view.notes)
        self.bookmarks.show_lines(view.bookmarks)
        self.excluded.show_lines(view.excluded)
        self.deleted.show_lines(view.deleted)

    def edit_note(self) -> None:
        """Put the chosen note into the field; `Save note` then changes it."""
        self.editing = self.notes.line()
        if self.editing:
            self.note.setPlainText(self.editing.whole)
            self.note.setFocus()
        self._tell_day()

    def clear_note(self) -> None:
        """Empty the field; the next note is a new one."""
        self.editing = None
        self.note.clear()
        self._tell_day()

    def unsaved(self) -> bool:
        """Whether something was typed into the field, of anybody, and not saved."""
        shown = self.view.shown if self.view else ""
        others = (draft for key, draft in self._drafts.items() if key != shown)
        drafts = ((self.note.toPlainText(), self.editing), *others)
        return any(
            text.strip() and not (line and text.strip() == line.whole.strip())
            for text, line in drafts
        )

    def show_day(self, day: date) -> None:
        """The day that notes are about, and from which a belt is worn unless another is chosen."""
        self._day = day
        self.since.setDate(QDate(day.year, day.month, day.day))
        self._tell_day()

    def _tell_rename(self) -> None:
        nameless = self.view is not None and self.view.nameless is not None
        self.rename.setText(_("Give this name") if nameless else _("Rename"))
        told = _("Who wears the belt that is chosen above, from the start, is called so")
        self.rename.setToolTip(told if nameless else "")

    def _tell_day(self) -> None:
        day = self.editing.day if self.editing else self._day
        self.note_day.setText(_("about {day}").format(day=long_date(day)) if day else "")

    def _change_drafts(self, view: PeopleView) -> None:
        """What was begun about one stays with that one: it is never kept with the next."""
        before = self.view.shown if self.view else view.shown
        if before == view.shown:
            return
        self._drafts[before] = self.note.toPlainText(), self.editing
        there = {line.name for line in view.people}
        self._drafts = {key: draft for key, draft in self._drafts.items() if key in there}
        text, self.editing = self._drafts.get(view.shown, ("", None))
        self.note.setPlainText(text)
        self._tell_day()

    def _show_choices(self, view: PeopleView) -> None:
        chosen, self._proposed = self._proposed or self.belt.currentData(), None
        self.belt.clear()
        for line in view.choices:
            self.belt.addItem(line.text, line.name)
        self.belt.setCurrentIndex(max(0, self.belt.findData(chosen)))
        for widget in (self.belt, self.since, self.assign, self.whole):
            widget.setVisible(view.wearer is not None)
            widget.setEnabled(bool(view.choices))

    def _build(self) -> None:
        inside = QWidget()
        on_base(inside)
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(20, 14, 20, 12)
        columns.setSpacing(32)
        columns.addLayout(self._everybody(), 2)
        columns.addLayout(self._one(), 5)
        self.setWidget(inside)

    def _everybody(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        self.people.setMinimumWidth(LEAST_LIST_PX)
        self.people.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        column.addWidget(self._headings[0])
        column.addWidget(self.people, 1)
        column.addWidget(self.name)
        column.addLayout(_row(self.add, self.rename))
        column.addLayout(_row(self.remove, self.erase))
        column.addWidget(self.hint)
        return column

    def _one(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(10)
        column.addWidget(self.title)
        column.addWidget(self._headings[1])
        column.addWidget(self.belts)
        self.since.setCalendarPopup(True)
        column.addLayout(_row(self.belt, self.since, self.assign, self.whole))
        column.addWidget(self.notes, 3)
        self.note.setFixedHeight(self.note.fontMetrics().height() * 3 + 12)
        self.note.setTabChangesFocus(True)
        column.addWidget(self.note)
        column.addLayout(_row(self.keep_note, self.note_day))
        lower = QHBoxLayout()
        lower.setSpacing(24)
        for each in (self.excluded, self.bookmarks, self.deleted):
            lower.addWidget(each, 1)
        column.addLayout(lower, 2)
        return column

    def _connect(self) -> None:
        self.people.currentItemChanged.connect(self._choose)
        self.add.clicked.connect(lambda: self.wearer_wanted.emit(self.name.text()))
        self.name.returnPressed.connect(lambda: self.wearer_wanted.emit(self.name.text()))
        self.rename.clicked.connect(lambda: self.rename_wanted.emit(self.name.text()))
        self.remove.clicked.connect(lambda: self.remove_wanted.emit())
        self.erase.clicked.connect(lambda: self.erase_wanted.emit())
        self.assign.clicked.connect(
            lambda: self.belt_wanted.emit(self.belt.currentData(), self.since.date().toPyDate())
        )
        self.whole.clicked.connect(lambda: self.belt_wanted.emit(self.belt.currentData(), None))
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            save = QShortcut(QKeySequence(key), self.note)
            save.setContext(Qt.ShortcutContext.WidgetShortcut)
            save.activated.connect(self.keep_note.click)
        self.keep_note.clicked.connect(lambda: self.note_wanted.emit(self.note.toPlainText()))

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.subject_chosen.emit(item.data(Qt.ItemDataRole.UserRole))


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(6)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row

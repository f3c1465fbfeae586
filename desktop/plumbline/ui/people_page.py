"""The page People: whose numbers are shown, and what was entered about them."""

from datetime import date

from PyQt6.QtCore import QDate, QEvent, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PyQt6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QFrame,
    QHBoxLayout,
    QLabel,
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
from plumbline.ui.appearance import framed, on_base, quiet
from plumbline.ui.calibration_panel import heading
from plumbline.ui.coach.tab_order import order_by_eye
from plumbline.ui.entry_list import EntryList
from plumbline.ui.fonts import TITLE, scaled
from plumbline.ui.language import follow_country
from plumbline.ui.name_dialog import NameDialog
from plumbline.ui.presenters.people import Line, PeopleView
from plumbline.ui.wrapped import Wrapped

LIST_WIDTH = 190
LEAST_ROWS = 4


class PeoplePage(QWidget):
    """Left everybody, where there are several; right what belongs to the one chosen.

    Says what is wanted, does nothing.
    """

    subject_chosen = pyqtSignal(str)
    wearer_wanted = pyqtSignal(str)
    rename_wanted = pyqtSignal(str)
    remove_wanted = pyqtSignal()
    erase_wanted = pyqtSignal()
    belt_wanted = pyqtSignal(str, object)
    note_wanted = pyqtSignal(str)
    mark_wanted = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.view: PeopleView | None = None
        self.dialog: NameDialog | None = None
        self.hint, self.title, self.belts, self.marks = (Wrapped() for _n in range(4))
        self.people = Everybody()
        self.add, self.add_first, self.rename = QPushButton(), QPushButton(), QPushButton()
        self.remove, self.erase = QPushButton(), QPushButton()
        self.belt, self.since, self.assign = QComboBox(), QDateEdit(), QPushButton()
        self.whole, self.change_belt = QPushButton(), QPushButton()
        self.note, self.keep_note, self.note_day = NoteField(), QPushButton(), QLabel()
        self.leave_note, self.mark = QPushButton(), QPushButton()
        self.editing: Line | None = None
        self._proposed: str | None = None
        """The belt that was shown before a wearer was added: likely the one that is theirs."""
        self._drafts: dict[str, tuple[str, Line | None]] = {}
        self._day: date | None = None
        self.headings = {name: heading("") for name in ("belts", "notes", "marks")}
        remove = lambda: _("Remove")  # noqa: E731
        self.notes = EntryList(None, {"edit": lambda: _("Edit"), "remove": remove})
        self.excluded = EntryList(
            lambda: _("Excluded from the numbers"),
            {"include": lambda: _("Include again")},
            part=True,
        )
        self.bookmarks = EntryList(
            lambda: _("Bookmarks"), {"rename": lambda: _("Rename …"), "remove": remove}, part=True
        )
        self.deleted = EntryList(lambda: _("Deleted days"), {"back": lambda: _("Bring back")})
        self._build()
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        texts = {"belts": _("Belts"), "notes": _("Notes"), "marks": _("Marked stretches")}
        for name, label in self.headings.items():
            label.setText(texts[name])
        self.people.setAccessibleName(_("Everybody"))
        for button in (self.add, self.add_first):
            button.setText(_("Add a wearer …"))
        self._tell_rename()
        self.remove.setText(_("Remove"))
        self.remove.setToolTip(_("Take this wearer off the list; the recordings stay"))
        self.erase.setText(_("Erase …"))
        self.erase.setToolTip(_("Erase this wearer and the recordings for good; asks first"))
        self.change_belt.setText(_("Change …"))
        self.change_belt.setAccessibleDescription(_("Belts"))
        self.belt.setAccessibleName(_("Belt"))
        self.since.setAccessibleName(_("First day"))
        follow_country(self.since)
        self.assign.setText(_("Worn from this day"))
        self.whole.setText(_("Worn from the start"))
        self.note.setAccessibleName(_("Note"))
        self.note.setPlaceholderText(_("What was special about this day?"))
        self.keep_note.setText(_("Save note"))
        self.keep_note.setToolTip(_("Save the note (Ctrl+Return)"))
        self.leave_note.setText(_("Leave it as it was"))
        self.mark.setText(_("Mark a stretch …"))
        self.mark.setToolTip(_("On Today: exclude a stretch of the day, or keep it as a bookmark"))
        self.marks.setText(
            _("None yet. A stretch of a day can be left out of the numbers, or get a bookmark.")
        )
        self._tell_day()

    def show_people(self, view: PeopleView) -> None:
        """Show what the presenter says."""
        self._change_drafts(view)
        if view.wearer and self.view and self.view.nameless:
            self._proposed = self.view.nameless
        if self.view is None or (view.shown, view.belts) != (self.view.shown, self.view.belts):
            self.change_belt.setChecked(False)
        self.view = view
        at = self.window().focusWidget()  # type: ignore[union-attr]  # it is in one, or is one
        self.setUpdatesEnabled(False)  # else the page is seen half filled for a moment
        try:
            self._fill(view)
        finally:
            self.setUpdatesEnabled(True)
        if at is not None and self.isAncestorOf(at) and not at.isVisibleTo(self):
            self._go_on_from_here()

    def _go_on_from_here(self) -> None:
        """What was used is not there any more: on with what comes next, not into a text."""
        nexts = (self.belt, self.people, self.rename, self.add_first)
        next((each for each in nexts if each.isVisibleTo(self)), self.note).setFocus()

    def _fill(self, view: PeopleView) -> None:
        several = len(view.people) > 1
        self.people.show_people(view.people, view.shown)
        self.left.setVisible(several)
        self.hint.setText(view.hint)
        self.hint.setVisible(bool(view.hint))
        self.title.setText(view.title)
        self.title.setToolTip(view.title)
        self._tell_rename()
        self.add_first.setVisible(not several)
        self.rename.setVisible(bool(view.wearer or view.nameless))
        for widget in (self.remove, self.erase, self.headings["belts"], self.belts):
            widget.setVisible(view.wearer is not None)
        self.belts.setText("\n".join(line.text for line in view.belts) or view.beltless)
        self._show_choices(view)
        self.notes.show_lines(view.notes)
        self.bookmarks.show_lines(view.bookmarks)
        self.excluded.show_lines(view.excluded)
        self.deleted.show_lines(view.deleted)
        self.marks.setVisible(not (view.bookmarks or view.excluded))
        self.mark.setEnabled(view.markable)
        self.of_one.setVisible(bool(view.shown))
        self.area.show()

    def edit_note(self, name: str) -> None:
        """Put a note into the field; `Save note` then changes it."""
        self.editing = self.notes.line(name)
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

    def choose_belt(self) -> None:
        """Open what says which belt is worn."""
        self.change_belt.setChecked(True)
        self.belt.setFocus()

    def _tell_rename(self) -> None:
        nameless = self.view is not None and self.view.nameless is not None
        self.rename.setText(_("Give a name …") if nameless else _("Rename …"))

    def _tell_day(self) -> None:
        day = self.editing.day if self.editing else self._day
        self.note_day.setText(_("about {day}").format(day=long_date(day)) if day else "")
        self.leave_note.setVisible(self.editing is not None)
        self.keep_note.setEnabled(bool(self.note.toPlainText().strip()))

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
        self._show_belt_row()

    def _show_belt_row(self) -> None:
        view = self.view
        choosable = bool(view and view.wearer and view.choices)
        has_one = bool(view and view.belts)
        self.change_belt.setVisible(choosable and has_one)
        self.belt_row.setVisible(choosable and (not has_one or self.change_belt.isChecked()))

    def _ask_new(self) -> None:
        """Who is it?"""
        told = _("Notes, exclusions and numbers are kept for each wearer.")
        dialog = self._ask(_("Add a wearer"), _("Add"), told=told)
        dialog.named.connect(self.wearer_wanted)

    def _ask_name(self) -> None:
        if self.view is None:
            return
        if self.view.nameless:
            told = _("Who wears this belt, from its first day on, is called so.")
            dialog = self._ask(_("Give a name"), _("Give this name"), told=told)
        else:
            dialog = self._ask(_("Rename the wearer"), _("Rename"), name=self.view.title)
        dialog.named.connect(self.rename_wanted)

    def _ask(self, title: str, main: str, *, name: str = "", told: str = "") -> NameDialog:
        self.dialog = NameDialog(self, title=title, main=main, name=name, told=told)
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.open()
        return self.dialog

    # Building

    def _build(self) -> None:
        on_base(self)
        for label in (self.hint, self.marks, self.note_day):
            quiet(label)
        self.title.setFont(scaled(self.title, TITLE, bold=True))
        self.belt.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.since.setCalendarPopup(True)
        self.change_belt.setCheckable(True)
        self.left, self.of_one, inside = QWidget(), QWidget(), QWidget()
        on_base(inside)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._everybody = QVBoxLayout(self.left)
        self._everybody.setContentsMargins(8, 8, 0, 12)
        self._everybody.addWidget(self.people)
        self._everybody.addWidget(self.add)
        self._everybody.addStretch(1)
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(20, 14, 20, 12)
        self._column.setSpacing(10)
        buttons = (self.rename, self.remove, self.erase, self.add_first)
        self._column.addLayout(_head(self.title, *buttons))
        self._column.addWidget(self.hint)
        self._column.addWidget(self.of_one)
        self._column.addStretch(1)
        self._fill_of_one(QVBoxLayout(self.of_one))
        self.area.setWidget(inside)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.left)
        row.addWidget(self.area, 1)
        self.left.hide()  # until it is known who there is
        self.area.hide()

    def _fill_of_one(self, column: QVBoxLayout) -> None:
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.belt_row = QWidget()
        _fill_row(QHBoxLayout(self.belt_row), self.belt, self.since, self.assign, self.whole)
        column.addLayout(_head(self.headings["belts"], self.change_belt))
        column.addWidget(self.belts)
        column.addWidget(self.belt_row)
        column.addSpacing(6)
        column.addWidget(self.headings["notes"])
        column.addWidget(self.note)
        keep = QHBoxLayout()
        _fill_row(keep, self.keep_note, self.leave_note, self.note_day)
        column.addLayout(keep)
        column.addWidget(self.notes)
        column.addSpacing(6)
        column.addLayout(_head(self.headings["marks"], self.mark))
        for widget in (self.marks, self.excluded, self.bookmarks):
            column.addWidget(widget)
        column.addSpacing(6)
        column.addWidget(self.deleted)

    def _connect(self) -> None:
        self.people.currentItemChanged.connect(self._choose)
        for button in (self.add, self.add_first):
            button.clicked.connect(self._ask_new)
        self.rename.clicked.connect(self._ask_name)
        self.remove.clicked.connect(lambda: self.remove_wanted.emit())
        self.erase.clicked.connect(lambda: self.erase_wanted.emit())
        self.change_belt.toggled.connect(lambda _on: self._show_belt_row())
        self.assign.clicked.connect(
            lambda: self.belt_wanted.emit(self.belt.currentData(), self.since.date().toPyDate())
        )
        self.whole.clicked.connect(lambda: self.belt_wanted.emit(self.belt.currentData(), None))
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            save = QShortcut(QKeySequence(key), self.note)
            save.setContext(Qt.ShortcutContext.WidgetShortcut)
            save.activated.connect(self.keep_note.click)
        self.note.textChanged.connect(self._tell_day)
        self.keep_note.clicked.connect(lambda: self.note_wanted.emit(self.note.toPlainText()))
        self.leave_note.clicked.connect(self._leave_note)
        self.mark.clicked.connect(lambda: self.mark_wanted.emit())
        for each in (self.notes, self.excluded, self.bookmarks, self.deleted):
            each.rows_made.connect(lambda: order_by_eye(self._column))

    def _leave_note(self) -> None:
        self.clear_note()
        self.note.setFocus()

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.subject_chosen.emit(item.data(Qt.ItemDataRole.UserRole))


class NoteField(QPlainTextEdit):
    """Takes the keys of undo and redo only where it has something to undo: else they are the
    window's."""

    def __init__(self) -> None:
        super().__init__()
        framed(self)
        self.setFixedHeight(self.fontMetrics().height() * 3 + 12)
        self.setTabChangesFocus(True)

    def event(self, event: QEvent | None) -> bool:
        """Leave these keys to the window."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            document, keys = self.document(), QKeySequence.StandardKey
            undo = event.matches(keys.Undo) and not (document and document.isUndoAvailable())
            redo = event.matches(keys.Redo) and not (document and document.isRedoAvailable())
            if undo or redo:
                event.ignore()
                return False
        return super().event(event)


class Everybody(QListWidget):
    """Who there is, as the coach lists its pages; as high as it takes, if there is room."""

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSpacing(3)
        self.setFixedWidth(LIST_WIDTH)
        self.setFont(scaled(self, 1.1))
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def show_people(self, people: tuple[Line, ...], shown: str) -> None:
        """Replace all, with the one shown chosen; nobody is told of it."""
        self.blockSignals(True)
        self.clear()
        for line in people:
            item = QListWidgetItem(line.text)
            item.setToolTip(line.text)
            item.setData(Qt.ItemDataRole.UserRole, line.name)
            self.addItem(item)
            if line.name == shown:
                self.setCurrentItem(item)
        self.blockSignals(False)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """All rows."""
        return QSize(LIST_WIDTH, self._rows_px(self.count()))

    def minimumSizeHint(self) -> QSize:
        """A few; the others are scrolled to."""
        return QSize(LIST_WIDTH, self._rows_px(min(self.count(), LEAST_ROWS)))

    def _rows_px(self, rows: int) -> int:
        return rows * (max(0, self.sizeHintForRow(0)) + 2 * self.spacing()) + 4


def _head(label: QLabel, *buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(6)
    row.addWidget(label, 1)
    for button in buttons:
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
    return row


def _fill_row(row: QHBoxLayout, *widgets: QWidget) -> None:
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)

"""The settings of the reminders as a form; what was changed is stored with a button."""

from PyQt6.QtCore import QLocale, Qt, QTime, pyqtSignal
from PyQt6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QTimeEdit,
    QWidget,
)

from plumbline.i18n import _
from plumbline.ui.appearance import quiet
from plumbline.ui.presenters.belt_settings import Kind, SettingView, changed, setting_views

GAP_PX = 8


class SettingField(QWidget):
    """One value; `edited` when the user has changed it."""

    edited = pyqtSignal()
    switched = pyqtSignal(bool)
    """On or off, by the user."""

    def __init__(self, view: SettingView) -> None:
        super().__init__()
        self.view = view
        self._meaning = quiet(QLabel())
        self._meaning.setWordWrap(True)
        self._switch, self._choice = QCheckBox(), QComboBox()
        self._number, self._time = QSpinBox(), QTimeEdit()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_PX)
        self._editors: list[QWidget] = []
        self._before = QWidget()  # keeps the switch's place where there is none
        self.value_editor: QWidget | None = None
        if view.kind is Kind.CHOICE:
            self._choice.addItems(view.choices)
            self._choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            self._choice.activated.connect(lambda _index: self.edited.emit())
            self.value_editor = self._choice
        if view.kind is Kind.SWITCH or view.besides is not None:
            self._editors.append(self._switch)
        if view.kind is Kind.NUMBER:
            self._number.setRange(view.low, view.high)
            self.value_editor = self._number
        if view.kind is Kind.CLOCK:
            self.value_editor = self._time
        self._after = self.value_editor or QWidget()
        if self.value_editor:
            self._editors.append(self.value_editor)
        self._switch.toggled.connect(self._toggled)
        self._number.valueChanged.connect(lambda _value: self.edited.emit())
        self._time.timeChanged.connect(lambda _time: self.edited.emit())
        first = self._switch if self._switch in self._editors else self._before
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(first, 0, top)
        row.addWidget(self._after, 0, top)
        row.addWidget(self._meaning, 1, top)
        self.word(view)

    def line_up(self, wide: int, high: int) -> None:
        """Columns as in all other rows: the switch, a value of this width, what it means; the
        texts' first lines at the height of the value."""
        switch = self._switch.sizeHint().width()
        for widget in (self._switch, self._before):
            widget.setFixedSize(switch, high)
        self._after.setFixedSize(wide, high)
        lower(self._meaning, high)

    def word(self, view: SettingView) -> None:
        """Take the texts of a language."""
        self.view = view
        self._meaning.setText(view.meaning)
        self._number.setSuffix(view.suffix)
        self._time.setLocale(QLocale())
        self._time.setDisplayFormat(QLocale().timeFormat(QLocale.FormatType.ShortFormat))
        for index, choice in enumerate(view.choices):
            self._choice.setItemText(index, choice)
        for editor in self._editors:
            editor.setAccessibleName(view.name)
            editor.setAccessibleDescription(view.meaning)
            editor.setToolTip(view.meaning)

    @property
    def value(self) -> int:
        """As the belt takes it."""
        view = self.view
        if view.kind is Kind.CHOICE:
            return self._choice.currentIndex()
        if view.kind is Kind.SWITCH:
            return int(self._switch.isChecked())
        if view.besides is not None and not self._switch.isChecked():
            return view.besides
        if view.kind is Kind.CLOCK:
            return self._time.time().hour() * 60 + self._time.time().minute()
        return self._number.value()

    def show_value(self, value: int) -> None:
        """Show what is stored."""
        self.blockSignals(True)
        self._choice.setCurrentIndex(value)
        beside = value == self.view.besides
        self._switch.setChecked(bool(value) if self.view.kind is Kind.SWITCH else not beside)
        shown = self.view.first if beside else value
        if shown is not None:
            self._number.setValue(shown)
            if self.view.kind is Kind.CLOCK:
                self._time.setTime(QTime(shown // 60, shown % 60))
        self._enable()
        self.blockSignals(False)

    def switch(self, on: bool) -> None:
        """As if the user had."""
        self._switch.setChecked(on)

    def _toggled(self) -> None:
        self._enable()
        self.switched.emit(self._switch.isChecked())
        self.edited.emit()

    def _enable(self) -> None:
        on = self.view.besides is None or self._switch.isChecked()
        self._number.setEnabled(on)
        self._time.setEnabled(on)


def lower(label: QLabel, high: int) -> None:
    """Its first line in the middle of a row that is so high; more lines go below."""
    above = max(0, (high - label.fontMetrics().height()) // 2)
    label.setContentsMargins(0, above, 0, 0)


class SettingsForm(QWidget):
    """All settings; `store_wanted` with the pairs to send."""

    store_wanted = pyqtSignal(object)

    def __init__(self) -> None:
        super().__init__()
        self._stored: dict[int, int] = {}
        self.fields = {view.number: SettingField(view) for view in setting_views()}
        self.names = {number: QLabel() for number in self.fields}
        self.store, self.undo = QPushButton(), QPushButton()
        self.said = quiet(QLabel())
        form = QGridLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(6)
        form.setHorizontalSpacing(2 * GAP_PX)
        form.setColumnStretch(1, 1)
        for at, (number, field) in enumerate(self.fields.items()):
            form.addWidget(self.names[number], at, 0, Qt.AlignmentFlag.AlignTop)
            form.addWidget(field, at, 1)
            field.edited.connect(self._edited)
            if field.view.partner is not None:
                field.switched.connect(self.fields[field.view.partner].switch)
        row = QHBoxLayout()
        row.setSpacing(GAP_PX)
        for widget in (self.store, self.undo, self.said):
            row.addWidget(widget)
        row.addStretch(1)
        form.addLayout(row, len(self.fields), 0, 1, 2)
        self.store.clicked.connect(lambda: self.store_wanted.emit(self.pairs()))
        self.undo.clicked.connect(lambda: self.show_settings(self._stored))
        self.retranslate()
        self.setEnabled(False)

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        for view in setting_views():
            self.fields[view.number].word(view)
            self.names[view.number].setText(view.name)
            self.names[view.number].setToolTip(view.meaning)
        hints = [each.value_editor.sizeHint() for each in self.fields.values() if each.value_editor]
        wide = max(hint.width() for hint in hints)
        high = max(hint.height() for hint in hints)
        for number, field in self.fields.items():
            field.line_up(wide, high)
            lower(self.names[number], high)
        self.store.setText(_("Save on the belt"))
        self.undo.setText(_("Undo"))

    def pairs(self) -> list[tuple[int, int]]:
        """What differs from what is stored."""
        shown = {number: field.value for number, field in self.fields.items()}
        return changed(self._stored, shown)

    def show_settings(self, stored: dict[int, int], said: str = "") -> None:
        """Show what the belt has stored."""
        self._stored = dict(stored)
        self.setEnabled(True)
        for number, field in self.fields.items():
            field.setEnabled(number in stored)
            if number in stored:
                field.show_value(stored[number])
        self._edited()
        self.said.setText(said)

    def say(self, text: str) -> None:
        """A sentence beside the buttons."""
        self.said.setText(text)

    def lose(self) -> None:
        """The belt is not there: its settings are not known."""
        self._stored = {}
        self.said.clear()
        self._edited()
        self.setEnabled(False)

    def _edited(self) -> None:
        differs = bool(self.pairs())
        self.store.setEnabled(differs)
        self.undo.setEnabled(differs)
        self.said.clear()

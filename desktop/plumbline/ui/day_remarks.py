"""Under the plots of a day: what is excluded, with a way back, notes, doubtful times."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from plumbline.i18n import _, ngettext
from plumbline.ui.appearance import as_typed, quiet
from plumbline.ui.presenters.day import DayView
from plumbline.ui.presenters.remarks import shortened

MOST = 3
LONGEST_NOTE = 300


class DayRemarks(QWidget):
    """Takes no room where there is nothing to say."""

    include_wanted = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        self.more, self.notes, self.times = QLabel(), QLabel(), QLabel()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(self._rows)
        for label in (self.more, self.notes, self.times):
            as_typed(label).setWordWrap(True)
            column.addWidget(label)
        quiet(self.times)

    def show_day(self, view: DayView) -> None:
        """Show what the presenter says."""
        while item := self._rows.takeAt(0):
            if widget := item.widget():
                widget.setParent(None)
                widget.deleteLater()
        for each in view.excluded[:MOST]:
            text = _("Excluded: {stretch}").format(stretch=each.text)
            self._rows.addWidget(self._row(each.name, text))
        more = len(view.excluded) - MOST
        text = ngettext(
            "{n} more excluded stretch: see People.",
            "{n} more excluded stretches: see People.",
            more,
        )
        self.more.setText(text.format(n=more) if more > 0 else "")
        notes = [shortened(note, LONGEST_NOTE) for note in view.notes]
        self.notes.setText("\n".join(_("Note: {text}").format(text=note) for note in notes))
        self.times.setText(view.time_text)
        for label in (self.more, self.notes, self.times):
            label.setVisible(bool(label.text()))
        self.setVisible(bool(view.excluded or view.notes or view.time_text))

    def _row(self, name: str, text: str) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        button = QPushButton(_("Include again"))
        button.setAccessibleDescription(text)
        button.clicked.connect(lambda: self.include_wanted.emit(name))
        line.addWidget(as_typed(QLabel(text)))
        line.addWidget(button)
        line.addStretch(1)
        return row

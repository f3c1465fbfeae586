"""What to do with a stretch of the day: leave it out of the numbers, or bookmark it."""

from PyQt6.QtCore import Qt, QTime, pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTimeEdit,
    QVBoxLayout,
)

from plumbline.analysis.days import DayRule
from plumbline.i18n import _


class StretchPanel(QFrame):
    """Times by keyboard, a reason, buttons; hidden until it is wanted. Instants are UTC seconds."""

    exclude_wanted = pyqtSignal(int, int, str)
    bookmark_wanted = pyqtSignal(int, int, str)
    changed = pyqtSignal(int, int)
    closed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._limits = (0, 0)
        self._rule: DayRule | None = None
        self.hint, self.to = QLabel(), QLabel()
        self.begin, self.end, self.reason = QTimeEdit(), QTimeEdit(), QLineEdit()
        self.exclude, self.bookmark, self.cancel = QPushButton(), QPushButton(), QPushButton()
        self.exclude.setDefault(True)
        row = QHBoxLayout()
        for widget in (self.begin, self.to, self.end):
            row.addWidget(widget)
        row.addWidget(self.reason, 1)
        for button in (self.exclude, self.bookmark, self.cancel):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 10, 6)
        column.addWidget(self.hint)
        column.addLayout(row)
        for edit in (self.begin, self.end):
            edit.timeChanged.connect(lambda _time: self.changed.emit(*self.stretch()))
        self.exclude.clicked.connect(lambda: self._want(self.exclude_wanted))
        self.bookmark.clicked.connect(lambda: self._want(self.bookmark_wanted))
        self.reason.returnPressed.connect(lambda: self._want(self.exclude_wanted))
        self.cancel.clicked.connect(self.close_panel)
        self.retranslate()
        self.hide()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """As in a dialogue: Return in a time excludes, Escape wants nothing."""
        key = event.key() if event else None
        typing = self.begin.hasFocus() or self.end.hasFocus()
        if typing and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.exclude.click()
        elif key == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        self.hint.setText(
            _("Drag the edges in the plot, or Shift and drag for another stretch, or type times.")
        )
        self.to.setText(_("to"))
        self.begin.setAccessibleName(_("Start of the stretch"))
        self.end.setAccessibleName(_("End of the stretch"))
        self.reason.setPlaceholderText(_("Why, if you like: driving, belt lent …"))
        self.reason.setAccessibleName(_("Reason or name"))
        self.exclude.setText(_("Exclude"))
        self.exclude.setToolTip(_("Leave this stretch out of every number"))
        self.bookmark.setText(_("Bookmark"))
        self.cancel.setText(_("Cancel"))

    def open_for(self, begin_s: int, end_s: int, limits: tuple[int, int], rule: DayRule) -> None:
        """Show the panel for a stretch of the day within `limits`."""
        self._limits, self._rule = limits, rule
        self.show_stretch(begin_s, end_s)
        self.show()
        self.begin.setFocus()

    def show_stretch(self, begin_s: int, end_s: int) -> None:
        """Show the stretch's times; tells nobody."""
        if self._rule is None:
            return
        for edit, utc_s in ((self.begin, begin_s), (self.end, min(end_s, self._limits[1] - 1))):
            local = self._rule.local(utc_s)
            edit.blockSignals(True)
            edit.setTime(QTime(local.hour, local.minute))
            edit.blockSignals(False)

    def stretch(self) -> tuple[int, int]:
        """Begin and end as typed; an end that is the day's last minute takes it in."""
        begin, end = (self._instant(edit.time()) for edit in (self.begin, self.end))
        return begin, self._limits[1] if self._limits[1] - end <= 60 else end

    def close_panel(self) -> None:
        """Nothing is wanted any more."""
        self.hide()
        self.reason.clear()
        self.closed.emit()

    def _instant(self, time: QTime) -> int:
        """The first instant of the day at which its clock shows the time."""
        assert self._rule is not None
        day = self._rule.local(self._limits[0])
        wall = day.replace(tzinfo=None, hour=time.hour(), minute=time.minute(), second=0)
        utc_s = round(wall.replace(tzinfo=self._rule.zone).timestamp())
        return utc_s + 86_400 if utc_s < self._limits[0] else utc_s

    def _want(self, signal: object) -> None:
        signal.emit(*self.stretch(), self.reason.text())  # type: ignore[attr-defined]
        self.close_panel()

"""A day that was: today or before. Any date can be typed on the way to the one meant."""

from collections.abc import Callable
from datetime import date

from PyQt6.QtCore import QDate, QEvent, QObject, QTimer
from PyQt6.QtWidgets import QDateEdit, QLabel, QPushButton

from plumbline.coaching.checks import check_day
from plumbline.errors import UserError
from plumbline.i18n import _


class DayEdit(QDateEdit):
    """With a limit Qt would refuse the first digits of "25 October" where today is 22 November, so
    there is none: `trouble` is a sentence about a day that cannot be, else empty."""

    def __init__(self, today: date, earliest: date | None = None) -> None:
        super().__init__()
        self._today, self._earliest = today, earliest
        self.setCalendarPopup(True)
        self.show_day(today)
        line = self.lineEdit()
        if line:
            line.installEventFilter(self)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """A click on the day, month or year selects it, so that what is typed replaces it."""
        if event and event.type() == QEvent.Type.MouseButtonRelease:
            QTimer.singleShot(0, lambda: self.setSelectedSection(self.currentSection()))
        return super().eventFilter(watched, event)

    @property
    def day(self) -> date:
        """The day that is entered."""
        return self.date().toPyDate()

    def show_day(self, day: date) -> None:
        """Enter a day."""
        self.setDate(QDate(day.year, day.month, day.day))

    def new_today(self, today: date) -> None:
        """The last day that can be entered."""
        self._today = today

    def trouble(self) -> str:
        """Why the day cannot be."""
        if self._earliest and self.day < self._earliest:
            return _("This is before the sign was entered: choose a later day.")
        try:
            check_day(self.day, self._today)
        except UserError as error:
            return str(error)
        return ""


def guard(
    edits: list[DayEdit], keep: QPushButton, said: QLabel, hint: Callable[[], str] = str
) -> Callable[[], bool]:
    """Nothing is kept while a day cannot be, and `said` says why; else it says `hint()`.

    Gives what looks again, and says whether all is well.
    """

    def look() -> bool:
        trouble = next(filter(None, (e.trouble() for e in edits if e.isEnabled())), "")
        said.setText(trouble or hint())
        said.setVisible(bool(said.text()))
        keep.setEnabled(not trouble)
        return not trouble

    for each in edits:
        each.dateChanged.connect(lambda _date: look())
    return look

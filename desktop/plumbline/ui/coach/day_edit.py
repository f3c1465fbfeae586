"""A day that was: today or before. Any date can be typed on the way to the one meant."""

import re
from collections.abc import Callable, Collection
from datetime import date, timedelta

from PyQt6.QtCore import QDate, QEvent, QObject, Qt, QTimer
from PyQt6.QtGui import QFocusEvent, QFont, QKeyEvent, QTextCharFormat
from PyQt6.QtWidgets import QAbstractSpinBox, QDateEdit, QLabel, QPushButton

from plumbline.coaching.checks import check_day
from plumbline.errors import UserError
from plumbline.i18n import _
from plumbline.ui.calendar_popup import first_weekday


class DayEdit(QDateEdit):
    """With a limit Qt would refuse the first digits of "25 October" where today is 22 November, so
    there is none: `trouble` is a sentence about a day that cannot be, else empty. The calendar
    ends today; Up and Down go a day further or back, wherever the cursor is. A whole date can be
    typed where all of it is selected, as it is after Tab; Qt by itself takes it in parts."""

    def __init__(self, today: date, earliest: date | None = None) -> None:
        super().__init__()
        self._today, self._earliest = today, earliest
        self._marked: set[date] = set()
        self._typed = ""
        self.setDisplayFormat(re.sub("y+", "yyyy", self.displayFormat()))
        self.setCalendarPopup(True)
        self._calendar = self.calendarWidget()  # asked for again it would forget its bounds
        self.show_day(today)
        for watched in (self.lineEdit(), self._calendar):
            if watched:
                watched.installEventFilter(self)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """A click on the day, month or year selects it, so that what is typed replaces it; the
        calendar that opens ends today."""
        if event and watched is self.lineEdit() and event.type() == QEvent.Type.MouseButtonRelease:
            self._typed = ""
            QTimer.singleShot(0, lambda: self.setSelectedSection(self.currentSection()))
        if event and watched is self._calendar and event.type() == QEvent.Type.Show:
            self._bound()
        return super().eventFilter(watched, event)

    def focusInEvent(self, event: QFocusEvent | None) -> None:
        """Tab selects the whole date."""
        super().focusInEvent(event)
        tabs = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if event and event.reason() in tabs:
            QTimer.singleShot(0, self.selectAll)

    def focusNextPrevChild(self, next: bool) -> bool:
        """One stop for Tab; Qt by itself makes three of it, one for each part."""
        return QAbstractSpinBox.focusNextPrevChild(self, next)

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        """What is typed next is another date."""
        self._typed = ""
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Typed over the whole date, it is read as a whole."""
        line, text = self.lineEdit(), event.text() if event else ""
        whole = line is not None and line.selectedText() == self.text()
        if event and whole and text and (text.isdigit() or (self._typed and text in "./- ")):
            self._typed += text
            if day := typed_day(self._typed, self.displayFormat(), self.day):
                self.show_day(day)
            self.selectAll()
            return
        self._typed = ""
        super().keyPressEvent(event)

    def stepBy(self, steps: int) -> None:
        """A day, as on the calendar."""
        self.show_day(self.day + timedelta(days=steps))

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

    def mark(self, days: Collection[date]) -> None:
        """Show these days in bold in the calendar."""
        bold = QTextCharFormat()
        bold.setFontWeight(QFont.Weight.Bold)
        looks = dict.fromkeys(self._marked, QTextCharFormat()) | dict.fromkeys(days, bold)
        for day, look in looks.items():
            if self._calendar:
                self._calendar.setDateTextFormat(QDate(day.year, day.month, day.day), look)
        self._marked = set(days)

    def _bound(self) -> None:
        first, last = self._earliest, self._today
        if self.day > last:
            self.show_day(last)  # a change makes Qt forget the calendar's bounds
        if self._calendar:
            self._calendar.setFirstDayOfWeek(first_weekday())
        if self._calendar and first:
            self._calendar.setMinimumDate(QDate(first.year, first.month, first.day))
        if self._calendar:
            self._calendar.setMaximumDate(QDate(last.year, last.month, last.day))

    def trouble(self) -> str:
        """Why the day cannot be."""
        if self._earliest and self.day < self._earliest:
            return _("This is before the sign was entered: choose a later day.")
        try:
            check_day(self.day, self._today)
        except UserError as error:
            return str(error)
        return ""


def typed_day(typed: str, shown: str, before: date) -> date | None:
    """The day that is typed in the order in which `shown` ("dd.MM.yyyy") has its parts; what is
    not typed yet is as in `before`. None where it is no day, or its year is not whole yet."""
    order = re.findall("[dMy]", re.sub(r"(.)\1+", r"\1", shown))
    digits = len(typed) == 8 and typed.isdigit()
    width = {"d": 2, "M": 2, "y": 4}
    pattern = "".join(rf"(\d{{{width[part]}}})" for part in order)
    found = re.fullmatch(pattern, typed) if digits else None
    given = list(found.groups()) if found else [each for each in re.split(r"\D+", typed) if each]
    parts = {"d": before.day, "M": before.month, "y": before.year}
    for part, text in zip(order, given, strict=False):
        if part != "y" or len(text) == width["y"]:
            parts[part] = int(text)
        elif len(text) == 2 and len(given) == len(order):
            parts[part] = 2000 + int(text)
    try:
        return date(parts["y"], parts["M"], parts["d"])
    except ValueError:
        return None


def guard(
    edits: list[DayEdit], keep: QPushButton, said: QLabel, hint: Callable[[], str] = str
) -> Callable[[], bool]:
    """Nothing is kept while a day cannot be, and `said` says why; else it says `hint()`. Its room
    is kept, so that nothing moves when it comes.

    Gives what looks again, and says whether all is well.
    """

    def look() -> bool:
        trouble = next(filter(None, (e.trouble() for e in edits if e.isEnabled())), "")
        said.setText(trouble or hint())
        keep.setEnabled(not trouble)
        return not trouble

    for each in edits:
        each.dateChanged.connect(lambda _date: look())
    return look

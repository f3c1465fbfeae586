"""A calendar that marks the days with data."""

from collections.abc import Collection
from datetime import date

from PyQt6.QtCore import QDate, QLocale, QPoint, Qt, pyqtSignal
from PyQt6.QtGui import QFont, QKeySequence, QShortcut, QTextCharFormat
from PyQt6.QtWidgets import QCalendarWidget, QFrame, QVBoxLayout, QWidget

from plumbline.i18n import _, locale

DAYS_AROUND = 31
"""Of a month's first day: its own, and those of its neighbours beside them."""


def first_weekday() -> Qt.DayOfWeek:
    """With which day the user's country begins its weeks."""
    return Qt.DayOfWeek(locale().first_week_day + 1)


class CalendarPopup(QFrame):
    """Opens at a place and closes when a day is chosen, by click or by Return.

    No menu: in that, arrows and Return are the menu's.
    """

    day_chosen = pyqtSignal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setFrameShape(QFrame.Shape.StyledPanel)  # it lies over plots of the same colour
        self._with_data: Collection[date] = ()
        self.calendar = QCalendarWidget()
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setHorizontalHeaderFormat(
            QCalendarWidget.HorizontalHeaderFormat.ShortDayNames
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self.calendar)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self).activated.connect(self.close)
        self.calendar.clicked.connect(self._choose)
        self.calendar.activated.connect(self._choose)
        self.calendar.currentPageChanged.connect(lambda _year, _month: self._mark())
        self._plain()
        self.retranslate()

    def retranslate(self) -> None:
        """Take the texts, and the first day of the week, of the user's language."""
        self.calendar.setAccessibleName(_("Calendar; days with data are bold and underlined"))
        self.calendar.setLocale(QLocale())
        self.calendar.setFirstDayOfWeek(first_weekday())

    def show_day(self, day: date, latest: date, with_data: Collection[date]) -> None:
        """Select `day`, mark `with_data`, close what lies after `latest`."""
        self._with_data = with_data
        self.calendar.setMaximumDate(_qdate(latest))
        self.calendar.setSelectedDate(_qdate(day))
        self._mark()

    def open_at(self, place: QPoint) -> None:
        """Show it with its upper left corner there, but on the screen; arrows move the day."""
        self.adjustSize()
        screen = self.screen()
        if screen:
            inside = screen.availableGeometry()
            place = QPoint(
                max(inside.left(), min(place.x(), inside.right() - self.width())),
                max(inside.top(), min(place.y(), inside.bottom() - self.height())),
            )
        self.move(place)
        self.show()
        self.calendar.setFocus()

    def _mark(self) -> None:
        """The days in sight alone: years of them would take longer than a day takes to draw."""
        first = date(self.calendar.yearShown(), self.calendar.monthShown(), 1).toordinal()
        marked = QTextCharFormat()
        marked.setFontWeight(QFont.Weight.Bold)
        marked.setFontUnderline(True)
        self.calendar.setDateTextFormat(QDate(), QTextCharFormat())
        for each in self._with_data:
            if -DAYS_AROUND <= each.toordinal() - first < 2 * DAYS_AROUND:
                self.calendar.setDateTextFormat(_qdate(each), marked)

    def _plain(self) -> None:
        """No red weekends: a weekend is not an alarm."""
        for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(weekday, QTextCharFormat())

    def _choose(self, chosen: QDate) -> None:
        self.close()
        self.day_chosen.emit(date(chosen.year(), chosen.month(), chosen.day()))


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)

"""Which day is shown, and the ways to another one."""

from collections.abc import Collection
from datetime import date

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QAbstractButton, QHBoxLayout, QPushButton, QToolButton, QWidget

from plumbline.i18n import _
from plumbline.ui.calendar_popup import CalendarPopup
from plumbline.ui.focus_ring import FocusRing
from plumbline.ui.fonts import scaled
from plumbline.ui.presenters.navigation import DayNavigation

ZOOM = 1.5


class DayHeader(QWidget):
    """Buttons for the day before and after, today, a calendar; zoom buttons on the right."""

    day_chosen = pyqtSignal(object)
    zoom_chosen = pyqtSignal(float)
    whole_chosen = pyqtSignal()
    stretch_chosen = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self._navigation: DayNavigation | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.before, self.after = QToolButton(), QToolButton()
        self.before.setArrowType(Qt.ArrowType.LeftArrow)
        self.after.setArrowType(Qt.ArrowType.RightArrow)
        self.title = QPushButton()
        self.title.setFlat(True)
        self.title.setFont(scaled(self.title, 1.35, bold=True))
        FocusRing(self.title)  # a flat button shows nothing
        self.today = QPushButton()
        self.calendar = CalendarPopup(self)
        self.calendar.day_chosen.connect(self.day_chosen)
        for widget in (self.before, self.after, self.today, self.title):
            row.addWidget(widget)
        row.addStretch(1)
        self.stretch = QPushButton()
        self.stretch.clicked.connect(lambda: self.stretch_chosen.emit())
        row.addWidget(self.stretch)
        self.more, self.less = QToolButton(), QToolButton()
        for button, text, factor in ((self.more, "−", ZOOM), (self.less, "+", 1 / ZOOM)):
            button.setText(text)
            button.clicked.connect(lambda _checked, by=factor: self.zoom_chosen.emit(by))
            row.addWidget(button)
        self.whole = QPushButton()
        self.whole.clicked.connect(lambda: self.whole_chosen.emit())
        row.addWidget(self.whole)
        self.before.clicked.connect(lambda: self.go("before"))
        self.after.clicked.connect(lambda: self.go("after"))
        self.today.clicked.connect(lambda: self.go("today"))
        self.title.clicked.connect(self.open_calendar)
        self.retranslate()

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        named(self.before, _("Day before (Left arrow)"))
        named(self.after, _("Day after (Right arrow)"))
        named(self.more, _("Show more of the day (Ctrl+-)"))
        named(self.less, _("Show less of the day, larger (Ctrl++)"))
        self.title.setToolTip(_("Choose a day from the calendar (Ctrl+D)"))
        self.today.setText(_("Today"))
        self.stretch.setText(_("Mark a stretch …"))
        self.stretch.setToolTip(_("Leave a stretch of the day out, or bookmark it (Ctrl+E)"))
        self.whole.setText(_("Whole day"))
        self.whole.setToolTip(_("Show the whole recorded day (Ctrl+0)"))

    def show_day(self, navigation: DayNavigation, with_data: Collection[date]) -> None:
        """Show what the presenter says. The title is the last: its length moves nothing."""
        self._navigation = navigation
        self.title.setText(f"{navigation.title}  ▾")
        self.title.setAccessibleName(_("Day shown: {day}").format(day=navigation.title))
        self.before.setEnabled(navigation.before is not None)
        self.after.setEnabled(navigation.after is not None)
        self.today.setEnabled(navigation.today is not None)
        self.calendar.show_day(navigation.day, navigation.latest, with_data)

    def offer_stretches(self, offered: bool) -> None:
        """Whether there is anything to exclude, bookmark or enlarge."""
        for button in (self.stretch, self.more, self.less, self.whole):
            button.setEnabled(offered)

    def go(self, where: str) -> None:
        """Ask for the day "before", "after" or "today", if there is one."""
        day = getattr(self._navigation, where, None)
        if day is not None:
            self.day_chosen.emit(day)

    def open_calendar(self) -> None:
        """Open the calendar under the title."""
        self.calendar.open_at(self.title.mapToGlobal(self.title.rect().bottomLeft()))


def named(button: QAbstractButton, name: str) -> None:
    """Say what a button without a word on it does, to the eye and to the ear."""
    button.setToolTip(name)
    button.setAccessibleName(name)

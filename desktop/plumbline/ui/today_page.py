"""The page Today: one day at a glance."""

from collections.abc import Collection
from datetime import date

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from plumbline.analysis.wording import long_date
from plumbline.i18n import _
from plumbline.ui.day_header import DayHeader
from plumbline.ui.day_plots import DayPlots
from plumbline.ui.day_remarks import DayRemarks
from plumbline.ui.fonts import scaled
from plumbline.ui.legend import CIRCLE, DIAMOND, SQUARE, TRIANGLE, Key, Legend
from plumbline.ui.presenters.day import DayView, MarkKind
from plumbline.ui.presenters.navigation import DayNavigation
from plumbline.ui.share_bar import ShareBar
from plumbline.ui.stretch_panel import StretchPanel
from plumbline.ui.theme import Theme
from plumbline.ui.tile_row import TileRow


class TodayPage(QWidget):
    """Header, sentence, numbers, plots, legend and bands; or a note that there is no data."""

    day_chosen = pyqtSignal(object)
    people_wanted = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.header, self.tiles, self.plots = DayHeader(), TileRow(), DayPlots()
        self.sentence, self.legend = QLabel(), Legend()
        self.bands_title = QLabel()
        self.bands, self.bands_legend = ShareBar(), Legend()
        self.panel, self.remarks = StretchPanel(), DayRemarks()
        self._view: DayView | None = None
        self.nearest, self.to_people = QPushButton(), QPushButton()
        self._nearest: date | None = None
        self.sentence.setFont(scaled(self.sentence, 1.25))
        self.sentence.setWordWrap(True)
        self.bands_title.setFont(scaled(self.bands_title, 1.0, bold=True))
        self._body = QStackedWidget()
        self._body.addWidget(self._filled())
        self._body.addWidget(self._empty())
        keeps_room = self._body.sizePolicy()
        keeps_room.setRetainSizeWhenHidden(True)
        self._body.setSizePolicy(keeps_room)
        self._body.hide()  # until there is a day to show
        page = QVBoxLayout(self)
        page.setContentsMargins(20, 14, 20, 12)
        page.setSpacing(10)
        for widget in (self.header, self.sentence, self._body):
            page.addWidget(widget)
        page.setStretchFactor(self._body, 1)
        self.header.day_chosen.connect(self.day_chosen)
        self.header.zoom_chosen.connect(self.plots.zoom)
        self.header.whole_chosen.connect(self.plots.reset_view)
        self.header.stretch_chosen.connect(self.mark_stretch)
        self.panel.changed.connect(self._typed)
        self.panel.closed.connect(self.plots.region.hide)
        self.plots.region.moved.connect(self._dragged)
        self.nearest.clicked.connect(lambda: self.day_chosen.emit(self._nearest))
        self.to_people.clicked.connect(lambda: self.people_wanted.emit())
        self.retranslate()

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        self.bands_title.setText(_("Time in each trunk band"))
        self.to_people.setText(_("Choose a belt"))

    def show_navigation(self, navigation: DayNavigation, with_data: Collection[date]) -> None:
        """Show at once which day is meant, while its data still load."""
        self.header.show_day(navigation, with_data)
        self._nearest = navigation.nearest
        self.nearest.setVisible(navigation.nearest is not None)
        if navigation.nearest:
            self.nearest.setText(_("Go to {day}").format(day=long_date(navigation.nearest)))

    def show_day(self, view: DayView, theme: Theme) -> None:
        """Show the day's data."""
        if self._view is None or self._view.day != view.day:
            self.panel.close_panel()
        self._view = view
        self.remarks.show_day(view)
        self.sentence.setText(view.sentence)
        self._body.setCurrentIndex(0 if view.has_data else 1)
        self._body.show()
        self.to_people.setVisible(view.beltless)
        if view.has_data:
            self._below_plots.insertWidget(0, self.remarks)
        else:
            self._empty_column.insertWidget(0, self.remarks)
        self.header.offer_stretches(view.has_data)
        if not view.has_data:
            return
        self.tiles.show_tiles(view.tiles)
        self.plots.show_day(view, theme, self.font())
        self.legend.show_keys(_legend(view, theme))
        colours = [theme.bands[share.key] for share in view.bands]
        parts = [(c, share.seconds) for c, share in zip(colours, view.bands, strict=True)]
        words = ", ".join(f"{share.name} {share.text}" for share in view.bands)
        self.bands.show_parts(parts, words)
        for widget in (self.bands_title, self.bands, self.bands_legend):
            widget.setVisible(bool(view.bands))  # a day without any angle has none
        self.bands_legend.show_keys(
            Key(SQUARE, c, share.name, share.text)
            for c, share in zip(colours, view.bands, strict=True)
        )

    @property
    def has_data(self) -> bool:
        """Whether the day shown has any minute."""
        return self._view is not None and self._view.has_data

    def mark_stretch(self) -> None:
        """Begin to mark a stretch of the day shown."""
        if self.has_data:
            self._open_panel(*self.plots.middle())

    def _open_panel(self, begin_s: int, end_s: int) -> None:
        assert self._view is not None
        day = self._view.limits
        self.plots.region.show_stretch(begin_s - day[0], end_s - day[0])
        self.panel.open_for(begin_s, end_s, day, self._view.rule)

    def _dragged(self, begin_s: int, end_s: int, done: bool) -> None:
        """The stretch was marked or moved in the plot; seconds since the day's begin.

        The panel, which takes room from the plots, does not open under the mouse's button.
        """
        if self._view is None:
            return
        begin, last = self._view.limits
        ends = begin + max(0, begin_s), min(last, begin + end_s)
        if self.panel.isVisible():
            self.panel.show_stretch(*ends)
        elif done:
            self._open_panel(*ends)

    def _typed(self, begin_s: int, end_s: int) -> None:
        if self._view and end_s > begin_s:
            day = self._view.limits[0]
            self.plots.region.show_stretch(begin_s - day, end_s - day)

    def _filled(self) -> QWidget:
        filled = QWidget()
        column = QVBoxLayout(filled)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.tiles)
        column.addWidget(self.panel)
        column.addWidget(self.plots, 1)
        self._below_plots = QVBoxLayout()
        self._below_plots.setSpacing(8)
        for widget in (self.remarks, self.legend, self.bands_title, self.bands, self.bands_legend):
            self._below_plots.addWidget(widget)
        column.addLayout(self._below_plots)
        return filled

    def _empty(self) -> QWidget:
        empty = QWidget()
        column = self._empty_column = QVBoxLayout(empty)
        column.setContentsMargins(0, 0, 0, 0)
        for button in (self.nearest, self.to_people):
            column.addWidget(button)
            policy = button.sizePolicy().Policy
            button.setSizePolicy(policy.Maximum, policy.Fixed)
        column.addStretch(1)
        return empty


def _legend(view: DayView, theme: Theme) -> list[Key]:
    keys = [
        Key(SQUARE, theme.postures[view_posture], share.name, share.text)
        for share in view.postures
        for view_posture in theme.postures
        if view_posture == share.key
    ]
    keys += [
        Key(TRIANGLE, theme.reminder, _("Reminder")),
        Key(CIRCLE, theme.rest, _("Break from sitting")),
    ]
    if any(mark.kind is MarkKind.BOOKMARK for mark in view.marks):
        keys.append(Key(DIAMOND, theme.text, _("Bookmark")))
    return keys

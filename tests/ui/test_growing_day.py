"""A day that grows while it is shown: what is new is seen, unless a part was chosen."""

from datetime import date

from plumbline.ui.day_plots import DayPlots
from plumbline.ui.presenters.day import DayView, present_day
from plumbline.ui.theme import LIGHT
from PyQt6.QtGui import QFont
from pytestqt.qtbot import QtBot

from tests.analysis.build import BERLIN, minutes

DAY = date(2026, 11, 18)


def day_until(sitting: int) -> DayView:
    return present_day(DAY, minutes("2026-11-18 09:00", "S" * sitting), [], BERLIN)


def test_new_minutes_are_seen_where_the_whole_day_was(qtbot: QtBot) -> None:
    plots, font = DayPlots(), QFont()
    qtbot.addWidget(plots)
    plots.show_day(day_until(40), LIGHT, font)
    before = plots.angle.viewRange()[0]
    plots.show_day(day_until(120), LIGHT, font)
    shown = plots.angle.viewRange()[0]
    assert shown[1] > 11 * 3600 > before[1]
    plots.zoom(0.5)
    part = plots.angle.viewRange()[0]
    plots.show_day(day_until(180), LIGHT, font)
    assert plots.angle.viewRange()[0] == part

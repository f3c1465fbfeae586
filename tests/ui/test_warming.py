"""The days that are summarised beforehand, while nothing else is to do."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.ui.conftest import Opened
from tests.ui.folders import session
from tests.ui.test_live import until


def test_what_had_to_wait_is_over_for_somebody_without_a_day(
    opened: Opened, qtbot: QtBot, folder: Path
) -> None:
    """Somebody with days was shown, then somebody who has none: the first one's work goes on."""
    window = opened(session(folder))
    until(qtbot, lambda: window.tabs.isVisible())
    director = window.director
    director.overview = replace(director.overview, days=frozenset())
    director._to_warm = date(2026, 5, 4)
    with qtbot.waitSignal(director.warmed):
        director.warm_on()
    assert director._to_warm is None

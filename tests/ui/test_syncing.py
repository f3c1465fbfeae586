"""Belts come, are synced without being asked, fail, go."""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from plumbline.errors import LinkError
from plumbline.store.database import Store
from plumbline.ui.angle_plot import AnglePlot
from plumbline.ui.main_window import MainWindow
from plumbline.ui.preferences import Preferences
from plumbline.ui.presenters.status import Phase
from plumbline.ui.ribbon_plot import RibbonPlot
from plumbline.ui.rooms.rooms import COACH
from plumbline.ui.trend_plots import TrendPlots
from PyQt6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.analysis.build import BERLIN, minutes
from tests.ui.conftest import WAIT_MS, MainWindowAwaiter, Opened
from tests.ui.folders import (
    LAST_DAY,
    BeltThatBrings,
    BrokenLink,
    EndlessBelt,
    fill,
    office,
    session,
)


def bring_weeks(folder: Path) -> BeltThatBrings:
    weeks = office()
    return BeltThatBrings(lambda: fill(folder, weeks.minutes, weeks.events))


def test_first_start_says_what_to_do(opened: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    window = opened(session(tmp_path / "data"))
    qtbot.waitUntil(window.empty.isVisible, timeout=WAIT_MS)
    assert not window.tabs.isVisible()
    assert window.empty.demo_button.text() == "Try it with a virtual belt"
    with qtbot.waitSignal(window.demo_wanted, timeout=WAIT_MS):
        window.empty.demo_button.click()
    assert window.summary_text() == "There are no data yet."


def test_who_left_at_trends_is_not_told_to_connect_a_belt_meanwhile(
    opened: Opened, folder: Path, qtbot: QtBot
) -> None:
    Preferences(session(folder).settings_path).keep(page="1")
    window = opened(session(folder))
    assert window.tabs.currentIndex() == 1
    seen: list[bool] = []
    window.stack.currentChanged.connect(lambda _n: seen.append(window.empty.isVisible()))
    assert not window.empty.isVisible()
    qtbot.waitUntil(window.tabs.isVisible, timeout=WAIT_MS)
    assert seen == [False]


def test_the_coach_is_there_before_the_first_belt(
    opened: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    link = bring_weeks(tmp_path)
    link.plugged = False
    window = opened(session(tmp_path, link))
    qtbot.waitUntil(window.empty.isVisible, timeout=WAIT_MS)
    window.empty.coach_button.click()
    qtbot.waitUntil(lambda: window.rooms.made(COACH) is not None, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.coach_director.state is not None, timeout=WAIT_MS)
    assert window.coach.isVisible()
    with qtbot.waitSignal(window.coach_director.drawn, timeout=WAIT_MS):
        window.coach.wanted.emit(lambda book: book.keep_flare_plan("Ruhig gehen."), lambda _n: None)
    assert window.coach.isVisible()
    window.tabs.setCurrentWidget(window.today)
    assert window.empty.isVisible()
    window.open_coach()
    link.plugged = True
    with qtbot.waitSignal(window.day_drawn, timeout=WAIT_MS):
        window.sync.look()
    assert window.coach.isVisible()
    idle: list[bool] = []
    window.director.when_done(lambda: idle.append(True))
    qtbot.waitUntil(lambda: bool(idle), timeout=WAIT_MS)
    state = window.coach_director.state
    assert state is not None
    assert [each.text for each in state.records.flare_plans] == ["Ruhig gehen."]
    window.tabs.setCurrentWidget(window.today)
    assert window.today.isVisible()


def test_a_belt_is_found_and_its_days_appear(opened: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    link = bring_weeks(tmp_path)
    window = opened(session(tmp_path, link))
    phases: list[Phase] = []
    window.sync.changed.connect(lambda state: phases.append(state.phase))
    with qtbot.waitSignal(window.day_drawn, timeout=WAIT_MS):
        pass
    assert window.tabs.isVisible()
    assert window.today.header.title.text().startswith("Friday, 20 November 2026")
    assert window.status.text.text() == "Test belt connected; 480 new minutes"
    assert not window.banner.isVisible()
    assert (phases[0], phases[-1]) == (Phase.SYNCING, Phase.CONNECTED)
    window.sync.look()
    with qtbot.waitSignal(window.sync.idle, timeout=WAIT_MS):
        pass
    assert link.syncs == 1


def test_progress_is_shown_in_one_place(opened: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    window = opened(session(tmp_path, EndlessBelt()))
    bars = window.empty.progress, window.status.bar
    qtbot.waitUntil(window.empty.isVisible, timeout=WAIT_MS)
    qtbot.waitUntil(window.status.stop.isVisible, timeout=WAIT_MS)
    assert [bar.isVisible() for bar in bars] == [True, False]
    window.open_coach()
    assert [bar.isVisible() for bar in bars] == [False, True]
    window.tabs.setCurrentWidget(window.today)
    assert [bar.isVisible() for bar in bars] == [True, False]


def test_what_a_sync_did_not_change_is_not_drawn_again(
    opened: Opened, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    for kind in (RibbonPlot, AnglePlot, TrendPlots):
        show = "drawing" if kind is TrendPlots else "show_day"
        counted(monkeypatch, kind, show, drawn)
    weeks = office()
    before_noon = weeks.minutes["utc_s"] < BERLIN.bounds(LAST_DAY)[0] + 12 * 3600
    link = BeltThatBrings(new_minutes=0)
    fill(tmp_path, weeks.minutes[before_noon], [])
    window = MainWindowAwaiter(opened, qtbot).open(session(tmp_path, link))
    window.tabs.setCurrentWidget(window.trends)
    settled(window, qtbot)
    assert sorted(set(drawn)) == ["AnglePlot", "RibbonPlot", "TrendPlots"]

    drawn.clear()
    again(window, qtbot)
    assert drawn == []  # nothing came

    link.bring = lambda: fill(tmp_path, weeks.minutes, [])
    again(window, qtbot)
    assert sorted(drawn) == ["AnglePlot", "RibbonPlot", "TrendPlots"]  # each once


def counted(monkeypatch: pytest.MonkeyPatch, kind: type[Any], name: str, calls: list[str]) -> None:
    real = getattr(kind, name)

    def noted(*args: Any, **options: Any) -> Any:
        calls.append(kind.__name__)
        return real(*args, **options)

    monkeypatch.setattr(kind, name, noted)


def settled(window: MainWindow, qtbot: QtBot) -> None:
    """Until everything asked for has been answered."""
    idle: list[bool] = []
    window.director.when_done(lambda: idle.append(True))
    qtbot.waitUntil(lambda: bool(idle), timeout=WAIT_MS)


def again(window: MainWindow, qtbot: QtBot) -> None:
    """Another sync, and what it brought on the screen."""
    with (
        qtbot.waitSignal(window.sync.synced, timeout=WAIT_MS),
        qtbot.waitSignal(window.day_drawn, timeout=WAIT_MS),
    ):
        window.sync.ask_now()
    settled(window, qtbot)


def test_f5_syncs_again_and_unplugging_is_seen(opened: Opened, qtbot: QtBot, folder: Path) -> None:
    link = BeltThatBrings(new_minutes=0)
    window = MainWindowAwaiter(opened, qtbot).open(session(folder, link))
    qtbot.waitUntil(lambda: window.sync.state.phase is Phase.CONNECTED, timeout=WAIT_MS)
    with qtbot.waitSignal(window.sync.synced, timeout=WAIT_MS) as again:
        window.sync.ask_now()
    assert link.syncs == 2
    assert again.args is not None
    assert again.args[1] is False
    link.plugged = False
    window.sync.look()
    qtbot.waitUntil(lambda: window.sync.state.phase is Phase.SEARCHING, timeout=WAIT_MS)
    assert window.status.text.text() == "Looking for a belt; connect it by USB"


def test_the_last_sync_is_told_also_where_it_brought_nothing(
    opened: Opened, qtbot: QtBot, folder: Path
) -> None:
    window = MainWindowAwaiter(opened, qtbot).open(session(folder, BeltThatBrings(new_minutes=0)))
    now = "20 Nov 19:30"
    qtbot.waitUntil(lambda: window.belt.text().endswith(f"last sync {now}"), timeout=WAIT_MS)
    page = window.belt_page
    qtbot.waitUntil(
        lambda: now in [each.text() for each in page.findChildren(QLabel)], timeout=WAIT_MS
    )


def test_the_day_the_user_chose_stays_when_new_data_come(
    opened: Opened, qtbot: QtBot, folder: Path
) -> None:
    window = MainWindowAwaiter(opened, qtbot).open(session(folder))
    window.step(-1)
    with qtbot.waitSignal(window.day_drawn, timeout=WAIT_MS):
        pass
    with qtbot.waitSignal(window.trends_drawn, timeout=WAIT_MS):
        window.director.reload()
    assert window.today.header.title.text().startswith("Thursday, 19 November 2026")


def test_a_later_sync_does_not_turn_the_page(opened: Opened, qtbot: QtBot, folder: Path) -> None:
    """New minutes of today do not take away the day that is being read."""
    window = MainWindowAwaiter(opened, qtbot).open(session(folder))
    tomorrow = minutes("2026-11-21 09:00", "S" * 30)
    fill(folder, np.concatenate((office().minutes, tomorrow)), [])
    with qtbot.waitSignal(window.trends_drawn, timeout=WAIT_MS):
        window.director.reload(follow=False)
    assert window.today.header.title.text().startswith("Friday, 20 November 2026")
    assert date(2026, 11, 21) in window.director.overview.days


def test_a_failure_is_told_in_the_banner_and_can_be_closed(
    opened: Opened, qtbot: QtBot, folder: Path
) -> None:
    sentence = "The port /dev/belt is in use by screen (process 7): close it and try again."
    window = MainWindowAwaiter(opened, qtbot).open(session(folder, BrokenLink(LinkError(sentence))))
    qtbot.waitUntil(lambda: window.banner.isVisible(), timeout=WAIT_MS)
    assert window.banner.label.text() == sentence
    assert window.status.text.text() == "Sync did not succeed"
    window.banner.close_button.click()
    assert not window.banner.isVisible()
    # the same message does not come back by itself, another one does
    window.banner.show_message(sentence, window.theme)
    assert not window.banner.isVisible()
    window.banner.show_message("Something else.", window.theme)
    assert window.banner.isVisible()


def test_a_sync_can_be_stopped_and_stays_so(opened: Opened, qtbot: QtBot, folder: Path) -> None:
    link = EndlessBelt()
    window = MainWindowAwaiter(opened, qtbot).open(session(folder, link))
    qtbot.waitUntil(lambda: window.status.text.text() == "Fetching from Endless belt …")
    assert window.status.bar.isVisible()
    window.status.stop.click()
    qtbot.waitUntil(lambda: window.banner.isVisible(), timeout=WAIT_MS)
    assert window.banner.label.text() == (
        "The sync was stopped: press F5 or connect the belt anew to go on."
    )
    assert not window.status.stop.isVisible()
    with qtbot.waitSignal(window.sync.idle, timeout=WAIT_MS):
        window.sync.look()
    assert link.tries == 1
    window.sync.ask_now()
    qtbot.waitUntil(lambda: link.tries == 2, timeout=WAIT_MS)


def test_progress_of_a_first_sync_is_in_the_middle(
    opened: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    window = opened(session(tmp_path, EndlessBelt()))
    qtbot.waitUntil(lambda: window.empty.progress.value() == 1, timeout=WAIT_MS)
    qtbot.waitUntil(window.empty.progress.isVisible, timeout=WAIT_MS)
    window.sync.cancel()
    qtbot.waitUntil(window.empty.action.isVisible, timeout=WAIT_MS)
    assert not window.empty.progress.isVisible()
    assert not window.banner.isVisible()  # it would say the same
    assert window.empty.trouble.text().startswith("The sync was stopped")
    assert window.empty.action.text() == "Go on"
    window.empty.action.click()
    qtbot.waitUntil(window.empty.progress.isVisible, timeout=WAIT_MS)
    assert not window.empty.trouble.isVisible()


def test_a_bug_in_the_sync_is_logged_and_told(opened: Opened, qtbot: QtBot, folder: Path) -> None:
    link = BrokenLink(ZeroDivisionError("division by zero"))
    window = MainWindowAwaiter(opened, qtbot).open(session(folder, link))
    qtbot.waitUntil(lambda: window.banner.isVisible(), timeout=WAIT_MS)
    assert "This is a bug in Plumbline (ZeroDivisionError)" in window.banner.label.text()
    assert "ZeroDivisionError" in (folder / "plumbline-errors.log").read_text()


def test_a_database_that_is_none_is_told(opened: Opened, qtbot: QtBot, folder: Path) -> None:
    window_session = session(folder)
    broken = LinkError("The database is locked: close the other program.")

    def refuse() -> Store:
        raise broken

    window = opened(
        type(window_session)(
            folder, window_session.link, refuse, window_session.rule, window_session.now_utc_s
        )
    )
    qtbot.waitUntil(lambda: window.banner.isVisible(), timeout=WAIT_MS)
    assert window.banner.label.text() == str(broken)


@pytest.mark.parametrize("closing", range(3))
def test_closing_in_the_middle_ends_in_good_order(
    opened: Opened, qtbot: QtBot, folder: Path, closing: int
) -> None:
    window = opened(session(folder, BeltThatBrings()))
    qtbot.wait(closing * 20)
    window.close()
    qtbot.wait(20)
    assert not window.isVisible()


def test_trends_follow_the_sync_into_another_month_unless_moved_by_hand(
    opened: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    fill(tmp_path, minutes("2026-10-30 09:00", "S" * 300), [])
    link = bring_weeks(tmp_path)
    link.plugged = False
    window = MainWindowAwaiter(opened, qtbot).open(session(tmp_path, link))
    assert window.trends.title.text() == "October 2026"
    link.plugged = True
    qtbot.waitUntil(lambda: window.trends.title.text() == "November 2026", timeout=WAIT_MS)
    with qtbot.waitSignal(window.trends_drawn, timeout=WAIT_MS):
        window.director.step_period(-1)
    with qtbot.waitSignal(window.trends_drawn, timeout=WAIT_MS):
        window.director.reload()
    assert window.trends.title.text() == "October 2026"

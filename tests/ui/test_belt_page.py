"""The page Belt: words for what the belt tells, settings there and back, the calibration."""

import pytest
from beltwire import codes, events, settings
from beltwire.messages import ListReply
from plumbline.store.rows import BeltDrift, BeltInfo, StoredEvent
from plumbline.ui.main_window import MainWindow
from plumbline.ui.presenters.belt_settings import Kind, changed, setting_views
from plumbline.ui.presenters.belt_state import BeltFacts, belt_rows, event_text, told
from plumbline.ui.settings_form import SettingsForm
from plumbline.ui.talk_state import TalkPhase
from PyQt6.QtCore import QPoint
from PyQt6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.analysis.build import BERLIN, at
from tests.ui.conftest import Opened
from tests.ui.folders import Path, session
from tests.ui.test_live import LivelyBelt, LivelyEnd, PtyLink, sample, until


class TeachableBelt(LivelyBelt):
    """Stores settings."""

    def __init__(self) -> None:
        super().__init__(bytes([9] * 8))
        self.stored = settings.defaults()

    def settings(self) -> list[tuple[int, int]]:
        return sorted(self.stored.items())

    def change_settings(self, pairs: list[tuple[int, int]]) -> None:
        self.stored |= dict(pairs)


def event(code: int, *values: int, utc_s: int = 0) -> StoredEvent:
    return StoredEvent(utc_s, 1, 1, 0, code, events.make(code, *values).args)


def test_the_state_in_words() -> None:
    info = BeltInfo("0a", "Anna", at("2026-11-20 17:02"), "0.1.0", 3725, 1)
    log = ListReply(
        oldest_seq=1, next_seq=9, acked_seq=0, pages=12, capacity_pages=4096, overwritten=3
    )
    facts = BeltFacts(info, BeltDrift("0a", 20.0, 30.0))
    assert belt_rows(facts, None, log, BERLIN) == [
        ("Belt", "Anna"),
        ("Firmware", "0.1.0"),
        ("Battery", "about 50 %"),
        (
            "Memory",
            "room for 68 more days; 3 records were overwritten before they were fetched",
        ),
        ("Last sync", "20 Nov 17:02"),
        ("Clock", "1.7 s a day fast, corrected"),
    ]
    assert belt_rows(BeltFacts(), None, None, BERLIN) == []


@pytest.mark.parametrize(
    ("fetched", "says"),
    [
        (47_999, "room for 33 more days"),
        (5_000, "room for 3 more days"),
        (2_000, "room for 1 more day"),
        (0, "room for less than a day: fetch what is on it"),
    ],
)
def test_the_memory_is_told_by_the_days_it_has_room_for(fetched: int, says: str) -> None:
    log = ListReply(
        oldest_seq=1,
        next_seq=48_000,
        acked_seq=fetched,
        pages=1850,
        capacity_pages=1860,
        overwritten=0,
    )
    assert belt_rows(BeltFacts(), None, log, BERLIN) == [("Memory", says)]


def test_faults_are_told_and_ordinary_events_are_not() -> None:
    morning = at("2026-11-20 08:00")
    seen = [
        event(codes.EVENT_BOOT, codes.RESET_POWER_ON, 0, 1, 0, utc_s=morning),
        event(codes.EVENT_SENSOR_FAULT, codes.SENSOR_OVERRUN, 2, utc_s=morning + 60),
        event(codes.EVENT_SHIFT, 900, utc_s=morning + 120),
        StoredEvent(morning, 1, 1, 0, codes.EVENT_SHIFT, b""),  # cut short
    ]
    assert told(seen, BERLIN) == [
        "20 Nov 08:02  The belt has shifted on the body: calibrate it again.",
        "20 Nov 08:01  Some samples were missed.",
    ]


@pytest.mark.parametrize("fault", range(1, 8))
def test_every_fault_has_words(fault: int) -> None:
    assert event_text(event(codes.EVENT_SENSOR_FAULT, fault, 1))
    assert event_text(event(codes.EVENT_STORAGE_FAULT, fault, 1))


def test_every_setting_of_the_wearer_is_there() -> None:
    views = {view.number: view for view in setting_views()}
    assert views.keys() == settings.TABLE.keys() - {settings.UTC_OFFSET_MIN}
    for number, view in views.items():
        _name, _unit, low, high, default, besides = settings.TABLE[number]
        assert (view.low, view.high, view.besides) == (low, high, besides)
        assert view.meaning
        if view.kind is Kind.CHOICE:
            assert len(view.choices) == high - low + 1
        assert settings.problem(number, default) == ""


def test_only_changes_that_the_belt_knows_are_sent() -> None:
    assert changed({1: 2, 2: 120}, {1: 2, 2: 60, 99: 1}) == [(2, 60)]


@pytest.mark.parametrize("edge", ["low", "high", "besides"])
def test_the_form_gives_back_what_it_is_given(qtbot: QtBot, edge: str) -> None:
    form = SettingsForm()
    qtbot.addWidget(form)
    values = {
        view.number: view.low if getattr(view, edge) is None else getattr(view, edge)
        for view in setting_views()
    }
    form.show_settings(values)
    assert {number: field.value for number, field in form.fields.items()} == values
    assert form.pairs() == []
    assert not form.store.isEnabled()


def test_quiet_hours_have_a_begin_and_an_end_or_are_none(qtbot: QtBot) -> None:
    form = SettingsForm()
    qtbot.addWidget(form)
    begin, end = settings.QUIET_FROM_MIN, settings.QUIET_TO_MIN
    none = {number: settings.TABLE[number][5] for number in (begin, end)}
    form.show_settings(none)
    form.fields[begin]._switch.click()
    assert form.pairs() == [(begin, 12 * 60), (end, 13 * 60)]
    form.fields[end]._switch.click()
    assert form.pairs() == []
    form.show_settings({begin: 8 * 60, end: 9 * 60})
    form.fields[end]._switch.click()
    assert dict(form.pairs()) == none


def test_settings_reach_the_belt(
    opened: Opened, qtbot: QtBot, folder: Path, artefacts: Path
) -> None:
    belt = TeachableBelt()
    with LivelyEnd(belt) as end:
        window = open_belt(opened, qtbot, folder, end)
        form = window.belt_page.settings
        form.fields[settings.REMINDER_MODE].show_value(settings.MODE_TRACKING)
        field = form.fields[settings.SITTING_LIMIT_MIN]
        field._switch.setChecked(False)
        assert form.store.isEnabled()
        end.send(sample(1000))
        window.resize(1024, 700)
        assert window.grab().save(str(artefacts / "window-belt.png"))
        form.store.click()
        until(qtbot, lambda: form.said.text() == "Saved.")
        assert belt.stored[settings.REMINDER_MODE] == settings.MODE_TRACKING
        assert belt.stored[settings.SITTING_LIMIT_MIN] == 0
        assert not form.store.isEnabled()


def test_a_belt_pulled_on_this_page_is_told(opened: Opened, qtbot: QtBot, folder: Path) -> None:
    with LivelyEnd(TeachableBelt()) as end:
        window = open_belt(opened, qtbot, folder, end)
        window.session.link.plugged = False  # type: ignore[attr-defined]
    until(qtbot, lambda: window.talk.state.phase is TalkPhase.FAILED)
    page = window.belt_page
    assert "is no longer connected (port " in page.message.text()
    assert not page.settings.isEnabled()
    assert not page.calibration.isEnabled()


def open_belt(opened: Opened, qtbot: QtBot, folder: Path, end: LivelyEnd) -> MainWindow:
    window = opened(session(folder, PtyLink(folder, end.path)))
    until(qtbot, lambda: window.tabs.isVisible() and window.sync.port is not None)
    window.tabs.setCurrentWidget(window.belt_page)
    until(qtbot, lambda: window.belt_page.settings.isEnabled())
    return window


def test_the_rows_of_the_form_are_one_table(qtbot: QtBot) -> None:
    form = SettingsForm()
    qtbot.addWidget(form)
    form.show_settings(settings.defaults())
    form.resize(400, 900)  # what the values mean breaks into lines here
    form.show()
    fields = list(form.fields.values())

    def left(widget: QWidget | None) -> int:
        return widget.mapTo(form, QPoint()).x() if widget else 0

    values = [each.value_editor for each in fields if each.value_editor]
    assert len({left(value) for value in values}) == 1
    assert len({(value.width(), value.height()) for value in values}) == 1
    assert any(each.height() > values[0].height() for each in fields)
    for number, field in form.fields.items():
        if field.value_editor:
            name, value = form.names[number], field.value_editor
            first_line = name.mapTo(form, QPoint()).y() + name.contentsMargins().top()
            middle = value.mapTo(form, QPoint()).y() + value.height() / 2
            assert abs(first_line + name.fontMetrics().height() / 2 - middle) <= 1

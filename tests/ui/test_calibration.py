"""The calibration wizard: every state in words, and the whole way with the belt's own firmware."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from beltwire import codes
from beltwire.messages import CalibrateReply
from plumbline.ui.calibration_director import CalibrationDirector
from plumbline.ui.main_window import MainWindow
from plumbline.ui.presenters.calibration import (
    COUNTDOWN_S,
    STEPS,
    Stage,
    Wizard,
    calibration_text,
    present_wizard,
    quality_text,
    quality_word,
    reason_text,
)
from plumbline.ui.presenters.live import LiveView, as_tilt
from plumbline.ui.talk_state import TalkPhase
from plumbline.virtual_belt import VirtualBelt
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Opened
from tests.ui.folders import session
from tests.ui.test_live import PtyLink, until

MOVED = codes.REASON_MOVED
COLLECTING, DONE, FAILED = (
    codes.CALIBRATION_COLLECTING,
    codes.CALIBRATION_DONE,
    codes.CALIBRATION_FAILED,
)


def answer(status: int, quality: int = 0, reason: int = 0) -> CalibrateReply:
    return CalibrateReply(status=status, quality=quality, reason=reason)


def through(wizard: Wizard, quality: int) -> Wizard:
    """A step from its beginning to its end."""
    wizard = wizard.started()
    for _second in range(COUNTDOWN_S):
        assert wizard.stage is Stage.COUNTDOWN
        wizard = wizard.second_gone()
    assert wizard.stage is Stage.COLLECTING
    assert present_wizard(wizard.answered(answer(COLLECTING, 50))).percent == 50
    return wizard.answered(answer(DONE, quality))


def test_the_way_through_and_a_step_repeated() -> None:
    wizard = Wizard().begun()
    for step, quality in zip(STEPS, (58, 67, 71), strict=True):
        assert wizard.step == step
        assert (wizard.stage, present_wizard(wizard).can_skip) == (
            Stage.READY,
            step != codes.STEP_STAND,
        )
        wizard = through(wizard, quality)
    assert (wizard.stage, wizard.quality, wizard.gains) == (Stage.RESULT, 71, (58, 9, 4))
    view = present_wizard(wizard)
    assert view.title == "Quality 71 of 100: fair"
    assert "straight ahead" in view.text  # the bow gave 4 of 24
    assert view.repeats == (0, 1, 2)
    again = through(wizard.repeated(2), 90)
    assert (again.stage, again.quality, again.gains) == (Stage.RESULT, 90, (58, 9, 23))
    assert "straight ahead" not in present_wizard(again).text
    assert wizard.repeated(0) == Wizard().begun()


def test_who_cannot_bow_leaves_it_out() -> None:
    wizard = through(Wizard().begun(), 57).skipped().skipped()
    view = present_wizard(wizard)
    assert (wizard.stage, view.title) == (Stage.RESULT, "Quality 57 of 100: fair")
    assert "walking a little way" in view.text
    assert [("✓" in line) for line in view.steps] == [True, False, False]


@pytest.mark.parametrize("stage", list(Stage))
def test_a_belt_that_goes_and_comes_back(stage: Stage) -> None:
    wizard = replace(Wizard(), stage=stage, place=1, gains=(58, None, None), quality=58)
    gone = wizard.gone("The port went away.")
    if stage is Stage.RESULT:
        assert gone == wizard
        return
    view = present_wizard(gone)
    assert (view.said, view.main, view.can_skip) == ("The port went away.", "Try again", False)
    assert gone.back() == Wizard().begun()  # what was not complete is gone with the belt
    repeating = replace(wizard, again=True)
    back = repeating.gone("The port went away.").back()
    assert (back.stage, back.place, back.quality) == (Stage.READY, 1, 58)


@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("reason", range(7))
def test_every_failure_of_a_step_says_what_to_do(reason: int, place: int) -> None:
    collecting = replace(Wizard().begun(), stage=Stage.COLLECTING, place=place)
    view = present_wizard(collecting.answered(answer(FAILED, 0, reason)))
    assert view.said == reason_text(reason, STEPS[place])
    assert "try again" in view.said
    assert view.main == "Try again"
    assert view.repeats == ((0,) if place else ())  # the first may have been measured elsewhere


def test_each_step_says_first_what_begins_it() -> None:
    view = present_wizard(Wizard().begun())
    assert view.said == f"Press “{view.main}”; you have 5 seconds before the belt looks."


def test_who_fidgets_is_told_that_the_belt_begins_again() -> None:
    wizard = replace(Wizard().begun().started(), stage=Stage.COLLECTING)
    said = []
    for percent, reason in ((0, 0), (33, 0), (0, MOVED), (33, MOVED), (66, 0)):
        wizard = wizard.answered(answer(COLLECTING, percent, reason))
        said.append(present_wizard(wizard).said)
    waits, still, moved = said[:3]
    assert "come to rest" in waits
    assert moved == "You moved a little, so the belt begins again. Keep still …"
    assert said == [waits, still, moved, moved, still]
    failed = wizard.answered(answer(FAILED, 0, MOVED))
    assert "breathe calmly" in present_wizard(failed).said
    again = replace(failed.started(), stage=Stage.COLLECTING)
    assert present_wizard(again).said == waits  # what was said of the last try is over


def test_a_step_that_was_taken_at_its_quietest_is_worth_repeating() -> None:
    wizard = replace(Wizard(), stage=Stage.RESULT, quality=80, gains=(58, 5, 17))
    assert "Sitting was restless" in present_wizard(wizard).text
    assert present_wizard(wizard).repeats == (0, 1, 2)


def test_quality_in_words() -> None:
    assert [quality_word(n) for n in (0, 54, 55, 74, 75, 100)] == [
        "poor",
        "poor",
        "fair",
        "fair",
        "good",
        "good",
    ]
    assert "rough" in calibration_text(0)
    poor = replace(Wizard(), stage=Stage.RESULT, quality=30, gains=(30, None, None))
    assert "restless" in present_wizard(poor).text


def test_a_lean_whose_direction_is_not_known_is_a_tilt() -> None:
    view = LiveView("", 30.0, -40.0, "30° forward", "40° to the left", "", (), "")
    tilt = as_tilt(view)
    assert (round(tilt.flexion or 0), tilt.lateral, tilt.flexion_text) == (
        48,
        None,
        "48° from upright",
    )
    unknown = LiveView("", None, None, "–", "–", "", (), "")
    assert as_tilt(unknown) == unknown


# --- with the belt's own firmware


@pytest.fixture(scope="module")
def belt_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The virtual belt's memory."""
    return tmp_path_factory.mktemp("belt")


@pytest.fixture(scope="module")
def worn(belt_folder: Path) -> Iterator[VirtualBelt]:
    """Twice as fast as life: half of the waiting."""
    with VirtualBelt(belt_folder, speed="2") as running:
        yield running
    assert running.failure == ""


@pytest.fixture
def at_belt(opened: Opened, qtbot: QtBot, folder: Path, worn: VirtualBelt) -> MainWindow:
    """A window with the page Belt in front."""
    window = opened(session(folder, PtyLink(folder, worn.port)))
    until(qtbot, lambda: window.tabs.isVisible() and window.sync.port is not None)
    window.tabs.setCurrentWidget(window.belt_page)
    until(qtbot, lambda: window.belt_page.settings.isEnabled())
    return window


def test_stand_sit_and_bow_by_keyboard(
    at_belt: MainWindow, qtbot: QtBot, artefacts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("plumbline.ui.presenters.calibration.COUNTDOWN_S", 1)
    window = at_belt
    window.belt_page.calibration.button.click()
    director = window.belt_director.calibration
    dialog = director.dialog
    assert dialog is not None
    assert names(dialog)
    seen: list[int] = []
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    for place in range(3):
        until(qtbot, lambda at=place: (director.wizard.stage, director.wizard.place) == READY[at])
        assert dialog.main.isDefault()
        assert dialog.text.text() in dialog.main.accessibleDescription()
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
        until(qtbot, lambda: director.wizard.stage is Stage.COLLECTING)
        assert dialog.bar.isVisible()
        until(qtbot, lambda: director.wizard.stage not in (Stage.COLLECTING,))
        assert director.wizard.stage is not Stage.FAILED, director.wizard
        seen.append(director.wizard.quality)
        assert window.sync.state.error == ""
    assert director.wizard.stage is Stage.RESULT
    assert seen == sorted(seen)
    assert seen[-1] >= 75
    assert dialog.title.text() == f"Quality {seen[-1]} of 100: good"
    window.choose_language("de")
    assert dialog.title.text() == quality_text(seen[-1])
    assert dialog.title.text().endswith("von 100: gut")
    assert dialog.windowTitle() == "Gürtel kalibrieren"
    assert dialog.grab().save(str(artefacts / "calibration-result.png"))
    window.choose_language("en")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    until(qtbot, lambda: director.dialog is None)
    told = f"Quality {seen[-1]} of 100: good"
    until(qtbot, lambda: window.belt_page.calibration.text.text() == told)


READY = [(Stage.READY, place) for place in range(3)]


def names(dialog: QWidget) -> bool:
    """Whether every button says what it is."""
    return all(button.text() for button in dialog.findChildren(QPushButton))


def test_cancelled_in_the_midst_of_a_step(
    at_belt: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("plumbline.ui.presenters.calibration.COUNTDOWN_S", 1)
    director = at_belt.belt_director.calibration
    at_belt.belt_page.calibration.button.click()
    dialog = director.dialog
    assert dialog is not None
    dialog.main.click()
    dialog.main.click()
    until(qtbot, lambda: director.wizard.stage is Stage.COLLECTING)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    until(qtbot, lambda: director.dialog is None)
    told: list[int] = []
    director.quality_known.connect(told.append)
    director.ask_quality()  # no longer collecting, or nothing would be told
    until(qtbot, lambda: bool(told))
    assert at_belt.talk.state.phase is TalkPhase.OPEN


def take_step(director: CalibrationDirector, qtbot: QtBot) -> None:
    """The present step, until it is done."""
    assert director.dialog is not None
    place = director.wizard.place
    director.dialog.main.click()
    until(qtbot, lambda: director.wizard.place > place)


def in_force(window: MainWindow, qtbot: QtBot) -> int:
    """The quality that the belt tells when it is asked."""
    told: list[int] = []
    director = window.belt_director.calibration
    director.quality_known.connect(told.append)
    director.ask_quality()
    until(qtbot, lambda: bool(told))
    director.quality_known.disconnect(told.append)
    return told[-1]


def calibrations(folder: Path) -> bytes:
    """What the belt has on its flash of its calibration: rows, quality, the seat."""
    (kept,) = folder.rglob("calibration")
    return kept.read_bytes()


def test_broken_off_after_sitting_and_finished_without_the_bow(
    at_belt: MainWindow,
    qtbot: QtBot,
    belt_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("plumbline.ui.presenters.calibration.COUNTDOWN_S", 1)
    director, panel = at_belt.belt_director.calibration, at_belt.belt_page.calibration
    quality, kept = in_force(at_belt, qtbot), calibrations(belt_folder)
    for leaves_out in (False, True):
        panel.button.click()
        dialog = director.dialog
        assert dialog is not None
        dialog.main.click()
        take_step(director, qtbot)
        take_step(director, qtbot)
        found = director.wizard.quality
        assert director.wizard.stage is Stage.READY
        assert (in_force(at_belt, qtbot), calibrations(belt_folder)) == (found, kept)
        if leaves_out:
            dialog.skip.click()
            until(qtbot, lambda: director.wizard.stage is Stage.RESULT)
        dialog.reject()
        until(qtbot, lambda: director.dialog is None)
        expected = quality_text(found if leaves_out else quality)
        until(qtbot, lambda text=expected: panel.text.text() == text)
        assert in_force(at_belt, qtbot) == (found if leaves_out else quality)
        assert (calibrations(belt_folder) == kept) is not leaves_out

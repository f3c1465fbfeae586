"""What a new user does in a real window, from the first day to a comparison; run under a display.

`python -m tests.e2e.tour FOLDER PICTURES`: connect the virtual belt, fetch, look at it live,
calibrate, change the day, compare two weeks, export into FOLDER/out, change the language, close; by
keys and clicks. Prints each step when it is done.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from plumbline.ui import app as window_app
from plumbline.ui.calibration_director import CalibrationDirector
from plumbline.ui.main_window import MainWindow
from plumbline.ui.presenters.calibration import GOOD, Stage
from plumbline.ui.session import real_session
from plumbline.ui.talk_state import TalkPhase
from plumbline.ui.trends_page import COMPARE
from plumbline.virtual_belt import VirtualBelt
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QComboBox, QMenu, QMenuBar, QWidget

from tests.link.belt import BELT
from tests.ui.folders import fill, office
from tests.ui.test_live import PtyLink

LIMIT_S = 90


def until(true: Callable[[], bool], what: str) -> None:
    """Let the window work until it is so."""
    end = time.monotonic() + LIMIT_S
    while not true():
        if time.monotonic() > end:
            raise SystemExit(f"never came: {what}")
        QTest.qWait(20)


def press(window: MainWindow, key: Qt.Key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(window, key, modifier)


def tour(window: MainWindow, pictures: Path, out: Path) -> None:
    """One step after the other; keys where there are keys."""

    def done(what: str) -> None:
        window.grab().save(str(pictures / f"real-{what}.png"))
        print(what, flush=True)

    control = Qt.KeyboardModifier.ControlModifier
    until(lambda: window.sync.port is not None, "a sync of the virtual belt")
    done("synced")
    press(window, Qt.Key.Key_3, control)
    until(lambda: window.tabs.currentWidget() is window.live, "the page Live")
    until(lambda: window.talk.state.phase is TalkPhase.OPEN, "the live view")
    until(lambda: bool(window.live.posture.text()), "a live sample")
    done("live")
    press(window, Qt.Key.Key_4, control)
    panel = window.belt_page.calibration
    until(panel.isEnabled, "the page Belt")
    QTest.mouseClick(panel.button, Qt.MouseButton.LeftButton)
    quality = calibrate(window.belt_director.calibration, pictures)
    assert quality >= GOOD, f"a calibration of quality {quality}"
    window.activateWindow()  # Xvfb has nobody who does it
    QTest.qWaitForWindowActive(window)
    done("calibrated")
    known = window.director.overview.subjects
    worn = next(each for each in known if BELT in each.belts)
    take(window.chooser, known.index(worn))
    press(window, Qt.Key.Key_1, control)
    until(lambda: window.today.sentence.text().startswith("Longest sitting"), "the last day")
    before = window.today.header.title.text()
    press(window, Qt.Key.Key_Left)
    until(lambda: window.today.header.title.text() != before, "the day before")
    plots = window.today.plots
    area = plots.angle.getViewBox().sceneBoundingRect().center()
    QTest.mouseMove(plots.viewport(), plots.mapFromScene(area) - QPoint(5, 0))
    QTest.mouseMove(plots.viewport(), plots.mapFromScene(area))
    until(lambda: "trunk" in plots.hover.text, "the values under the mouse")
    done("another-day")
    press(window, Qt.Key.Key_2, control)
    click(window.trends.kinds.buttons()[COMPARE])
    compare = window.trends.compare
    until(lambda: compare.view is not None, "a comparison")
    week = compare.spans()
    take(compare.kind, 1)
    until(lambda: compare.view is not None and compare.view.spans != week, "four weeks")
    until(lambda: "days with data" in compare.note.text(), "how many days there are")
    done("compared")
    choose(window, "File", "Export …")
    dialog = window.saving.dialog
    assert dialog is not None
    dialog.path.selectAll()
    QTest.keyClicks(dialog.path, str(out))
    QTest.keyClick(dialog.path, Qt.Key.Key_Return)
    until(lambda: "minutes and" in dialog.said.text(), "the end of the export")
    dialog.grab().save(str(pictures / "real-export.png"))
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    done("exported")
    speak_german(window)
    done("in-german")


def speak_german(window: MainWindow) -> None:
    """The whole window does, and the comparison in front."""
    choose(window, "View", "Language", "Deutsch")
    until(lambda: "Personen" in [window.tabs.tabText(n) for n in range(6)], "German")
    compare = window.trends.compare
    until(lambda: "Tage mit Daten" in compare.note.text(), "the comparison in German")
    heading = compare.table.horizontalHeaderItem(0)
    assert heading is not None
    assert heading.text() == "Mittel pro Tag"
    QTest.qWait(0)  # what was told takes its place


def click(widget: QWidget) -> None:
    """With the left button, in the middle."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def take(box: QComboBox, row: int) -> None:
    """By keyboard, as who cannot use a mouse does."""
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Home)
    for _row in range(row):
        QTest.keyClick(box, Qt.Key.Key_Down)


def choose(window: MainWindow, *texts: str) -> None:
    """From the menu bar, by the mouse, one menu after the other."""
    bar: QWidget | None = window.menuBar()
    for text in texts:
        assert isinstance(bar, (QMenuBar, QMenu))
        actions = {each.text().replace("&", ""): each for each in bar.actions()}
        action = actions[text]
        place = bar.actionGeometry(action).center()
        QTest.mouseMove(bar, place)
        QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=place)
        bar = action.menu()
        if bar is not None:
            until(bar.isVisible, f"the menu {text}")


def calibrate(director: CalibrationDirector, pictures: Path) -> int:
    """Through the wizard with the Return key; whoever wears the belt stands, sits and bows."""
    dialog = director.dialog
    assert dialog is not None
    for place in range(-1, 3):
        until(lambda: director.wizard.stage in (Stage.INTRO, Stage.READY), "the next step")
        assert place < 0 or director.wizard.place == place
        QTest.keyClick(dialog, Qt.Key.Key_Return)
        if place < 0:
            continue
        until(lambda: director.wizard.stage is Stage.COLLECTING, "the end of the countdown")
        until(lambda: director.wizard.stage is not Stage.COLLECTING, "the outcome of a step")
        assert director.wizard.stage is not Stage.FAILED, dialog.said.text()
    assert director.wizard.stage is Stage.RESULT
    dialog.grab().save(str(pictures / "real-calibration.png"))
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    until(lambda: director.dialog is None, "the wizard's end")
    return director.wizard.quality


def main(folder: Path, pictures: Path) -> int:
    """0 where every step was done and nothing was reported as a bug."""
    weeks = office()
    data = folder / "data"
    fill(data, weeks.minutes, weeks.events)
    with VirtualBelt(folder / "belt") as belt:
        app = window_app.application()
        session = replace(real_session(data), link=PtyLink(data, belt.port))
        window = MainWindow(session)
        with window_app.bugs_told(session) as bugs:
            window.show()
            window.start()
            window.activateWindow()
            QTest.qWaitForWindowActive(window)
            tour(window, pictures, folder / "out")
            choose(window, "Datei", "Beenden")
            until(lambda: not window.isVisible(), "the end")
            app.processEvents()
    return 1 if bugs else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))

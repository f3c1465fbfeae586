"""Every page and dialogue at one scale: `python -m tests.ui.scaled_window FOLDER LANGUAGE` prints
what is amiss with their layout, as JSON. Qt takes QT_SCALE_FACTOR once, so it is a process."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from beltwire import settings
from plumbline import made_up
from plumbline.coaching.records import FollowUp, SignAnswer
from plumbline.errors import UserError
from plumbline.ui import app
from plumbline.ui.main_window import MainWindow
from plumbline.ui.presenters.live import SampleWindow, present_live
from plumbline.ui.presenters.trends import Range
from plumbline.ui.rooms.rooms import PAGES
from PyQt6.QtCore import QCoreApplication, QEventLoop
from PyQt6.QtWidgets import QDialog, QMessageBox, QWidget

from tests.ui import visits
from tests.ui.folders import session
from tests.ui.stumbles import stumbles
from tests.ui.test_live import OPEN, sample
from tests.ui.test_named import DIALOGUES

SIZE = (1024, 700)
PATIENCE_S = 300
LONG = (
    "The database in /home/somebody/.local/share/plumbline is held by another program, which "
    "has not let go of it for half a minute: close it, and then try again here."
)
Made = Callable[[MainWindow], QDialog]


def main(folder: Path, language: str) -> int:
    """Print a line for everything looked at and what is amiss with it."""
    made_up.mark(folder)  # the mark takes its room, too
    held = app.application()  # a program without one ends
    window = MainWindow(session(folder), remember=False)
    window.resize(*SIZE)
    window.show()
    window.start()
    until(lambda: window.shows_a_day)
    for key in PAGES[1:]:
        window.rooms.furnish(key)
    window.choose_language(language)
    settle(window)
    found = {}
    for name in pages(window):
        settle(window)
        found[name] = looked_at(window)
    filled = {made.__name__: made for made in FILLED}
    for name, make in {**DIALOGUES, **filled}.items():
        dialogue = make(window)
        dialogue.show()
        found[f"dialogue {name}"] = looked_at(dialogue)
        if not isinstance(dialogue, QMessageBox):
            dialogue.close()
        dialogue.deleteLater()
    screen = window.screen()
    assert screen is not None
    room = [screen.size().width(), screen.size().height()]
    print(json.dumps({"ratio": window.devicePixelRatioF(), "room": room, "found": found}))
    sys.stdout.flush()
    window.leave_at_once = True
    window.close()
    return 0 if held else 1


def looked_at(widget: QWidget) -> list[str]:
    """What is amiss, once everything is laid out; a window larger than there is room, too."""
    for _turn in range(3):
        QCoreApplication.processEvents()
    found = stumbles(widget)
    if widget.width() > SIZE[0] or widget.height() > SIZE[1]:
        found.append(f"too large: {widget.width()}x{widget.height()}")
    return found


def until(true: Callable[[], bool]) -> None:
    """Let the window work; however slow the machine is, it comes to an end."""
    end = time.monotonic() + PATIENCE_S
    while not true():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)
        if time.monotonic() > end:
            raise SystemExit("nothing more comes")


def settle(window: MainWindow) -> None:
    """Until everything that was asked for is answered and shown."""
    for _turn in range(2):
        answered: list[bool] = []
        window.director.when_done(lambda a=answered: a.append(True))  # type: ignore[misc]
        until(lambda a=answered: bool(a))  # type: ignore[misc]
    QCoreApplication.processEvents()


def pages(window: MainWindow) -> Iterator[str]:
    """Every page in front, and every part of those that have parts; their names."""
    for key in PAGES:
        window.tabs.setCurrentIndex(PAGES.index(key))
        page = window.tabs.currentWidget()
        if page is window.trends:
            for kind in range(4):
                page.choose_kind(kind)
                yield f"{key} {kind}"
            page.compare.kind.setCurrentIndex(3)
            page.compare.kind.activated.emit(3)
            yield f"{key} around a date"
            page.choose_kind(0)
            page.choose(Range.ALL)
            yield f"{key} all"
        elif page is window.coach:
            for part in page.pages:
                page.open(part)
                yield f"{key} {part}"
        else:
            yield key
        if page is window.live:
            live = present_live(OPEN, sample(), SampleWindow(26))
            window.live.show_live(live, window.theme)
            yield f"{key} with a belt"
        if page is window.belt_page:
            page.show_talk("", open_=True)
            page.settings.show_settings(settings.defaults())
            page.calibration.show_quality(74)
            yield f"{key} with a belt"
    window.tabs.setCurrentIndex(0)
    window.today.mark_stretch()
    yield "today, a stretch"
    window.director.failed.emit(UserError(LONG))
    yield "today, a banner"
    window.passing.say(LONG, True)
    yield "today, a message"


# Dialogues


def export(window: MainWindow) -> QDialog:
    from plumbline.ui.saving.export_dialog import ExportDialog

    overview = window.director.overview
    return ExportDialog(window, overview, window.session.rule, Path("/home/somebody/Documents"))


def leaving(window: MainWindow) -> QDialog:
    from plumbline.ui.leaving import LeavingBox

    return LeavingBox(window, lambda: None, lambda: None)


def episode(window: MainWindow) -> QDialog:
    from plumbline.ui.coach.episode_dialog import EpisodeDialog

    return EpisodeDialog(visits.month(), window)


def looked(window: MainWindow) -> QDialog:
    from plumbline.ui.coach.signs_dialog import LookedDialog

    return LookedDialog(SignAnswer("a", visits.TODAY, ("numb",)), visits.month(), window)


def goal(window: MainWindow) -> QDialog:
    from plumbline.ui.coach.plan_dialogs import GoalWizard

    return GoalWizard(visits.month(), window)


def plan(window: MainWindow) -> QDialog:
    from plumbline.ui.coach.plan_dialogs import PlanWizard

    return PlanWizard(window)


def steps(window: MainWindow) -> QDialog:
    from plumbline.ui.coach.plan_dialogs import StepsWizard

    return StepsWizard(visits.month().records.plans[0], (20, 22, 24), window)


def flare(window: MainWindow) -> QDialog:
    from plumbline.ui.coach.plan_dialogs import FlareWizard

    return FlareWizard("", window)


def therapy(window: MainWindow) -> QDialog:
    from plumbline.ui.coach.therapy_dialogs import TherapyWizard

    return TherapyWizard(visits.month(), window)


def follow_up(window: MainWindow) -> QDialog:
    from plumbline.ui.coach.therapy_dialogs import FollowUpWizard

    tried = visits.month().records.therapies[0]
    return FollowUpWizard(tried, [FollowUp("", tried.id, 6, visits.TODAY)], window)


def questionnaire(window: MainWindow) -> QDialog:
    from plumbline.ui.coach.questionnaire_dialog import QuestionnaireWizard

    return QuestionnaireWizard(visits.month(), window)


def sessions(window: MainWindow) -> QDialog:
    from plumbline.ui.coach.sessions_dialog import SessionsDialog

    records = visits.month().records
    return SessionsDialog(records.plans[0], records.sessions, window)


FILLED: tuple[Made, ...] = (
    *(export, leaving, episode, looked, goal, plan, steps, flare, therapy, follow_up),
    *(questionnaire, sessions),
)
"""With more in them than there is in those of `DIALOGUES`."""


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))

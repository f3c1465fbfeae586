"""Leads through the guided calibration: countdown, the belt's answers, a belt that goes away."""

from functools import partial

from beltwire import codes
from beltwire.messages import CalibrateReply
from PyQt6.QtCore import QObject, QTimer, pyqtSignal
from PyQt6.QtWidgets import QWidget

from plumbline.ui.belt_talk import LiveConversation
from plumbline.ui.calibration_dialog import CalibrationDialog
from plumbline.ui.presenters.calibration import STEPS, Stage, Wizard
from plumbline.ui.presenters.live import LiveView, as_tilt, talk_message
from plumbline.ui.sync_controller import SyncController
from plumbline.ui.talk_controller import TalkController
from plumbline.ui.talk_state import TalkPhase, TalkState
from plumbline.ui.theme import Theme

SECOND_MS = 1000
ASK_AGAIN_MS = 250


class CalibrationDirector(QObject):
    """`open` shows the dialogue; `quality_known` tells what the belt says of its calibration."""

    quality_known = pyqtSignal(int)

    def __init__(self, talk: TalkController, sync: SyncController) -> None:
        super().__init__(talk)
        self._talk, self._sync = talk, sync
        self._live: tuple[LiveView, Theme] | None = None
        self.wizard = Wizard()
        self.dialog: CalibrationDialog | None = None
        self._second, self._again = QTimer(self), QTimer(self)
        self._second.setInterval(SECOND_MS)
        self._second.timeout.connect(self._count)
        self._again.setInterval(ASK_AGAIN_MS)
        self._again.setSingleShot(True)
        self._again.timeout.connect(partial(self._ask, codes.STEP_QUERY))
        talk.changed.connect(self._changed)

    def open(self, parent: QWidget) -> None:
        """Begin; a sync that is due waits until this is over."""
        if self.dialog is not None:
            return
        dialog = self.dialog = CalibrationDialog(parent)
        dialog.main_wanted.connect(self._go_on)
        dialog.skip_wanted.connect(self._skip)
        dialog.repeat_wanted.connect(lambda place: self._show(self.wizard.repeated(place)))
        dialog.finished.connect(lambda _result: self._close())
        self._sync.hold(True)
        hello = self._talk.state.hello
        self._show(Wizard(virtual=bool(hello and hello.flags & codes.HELLO_VIRTUAL)))
        self._move()
        dialog.open()

    def show_lean(self, view: LiveView, theme: Theme) -> None:
        """Move the figure."""
        self._live = view, theme
        self._move()

    def _move(self) -> None:
        if self.dialog and self._live:
            view, theme = self._live
            knows_forward = self.wizard.stage in (Stage.INTRO, Stage.RESULT)
            self.dialog.figure.show_lean(view if knows_forward else as_tilt(view), theme)

    def ask_quality(self) -> None:
        """How good the calibration in force is."""
        work = partial(_calibrate, codes.STEP_QUERY)
        self._talk.ask(work, self._told_quality, lambda _error: None)

    def _told_quality(self, answer: CalibrateReply) -> None:
        if answer.status != codes.CALIBRATION_COLLECTING:
            self.quality_known.emit(answer.quality)

    def _go_on(self) -> None:
        stage = self.wizard.stage
        if stage is Stage.INTRO:
            self._show(self.wizard.begun())
        elif stage in (Stage.READY, Stage.FAILED):
            self._show(self.wizard.started())
        elif stage is Stage.LOST:
            self._talk.try_again()
        elif stage is Stage.RESULT and self.dialog:
            self.dialog.accept()

    def _show(self, wizard: Wizard) -> None:
        """Go to a state: start and stop what belongs to it."""
        before, self.wizard = self.wizard, wizard
        if wizard.stage is Stage.COUNTDOWN:
            self._second.start()
        else:
            self._second.stop()
        if wizard.stage is Stage.COLLECTING and before.stage is Stage.COUNTDOWN:
            self._ask(STEPS[wizard.place])
        if wizard.stage is Stage.RESULT:
            self.quality_known.emit(wizard.quality)
        if self.dialog:
            self.dialog.show_wizard(wizard)
            self._move()

    def _count(self) -> None:
        self._show(self.wizard.second_gone())

    def _ask(self, step: int) -> None:
        self._talk.ask(partial(_calibrate, step), self._answered, self._refused)

    def _skip(self) -> None:
        """Leave a step out; after the last one the belt puts in force what the others found."""
        then = self.wizard.skipped()
        if then.stage is not Stage.RESULT:
            self._show(then)
            return
        finish = partial(_calibrate, codes.STEP_FINISH)
        self._talk.ask(finish, partial(self._finished, self.wizard, then), self._refused)

    def _finished(self, asked: Wizard, then: Wizard, _answer: CalibrateReply) -> None:
        if self.dialog and self.wizard == asked:  # nothing has been begun meanwhile
            self._show(then)

    def _answered(self, answer: CalibrateReply) -> None:
        if self.dialog is None or self.wizard.stage is not Stage.COLLECTING:
            return
        self._show(self.wizard.answered(answer))
        if self.wizard.stage is Stage.COLLECTING:
            self._again.start()

    def _refused(self, error: Exception) -> None:
        if self.dialog:
            self._show(self.wizard.refused(str(error)))

    def _changed(self, state: TalkState) -> None:
        if self.dialog is None:
            return
        self._again.stop()
        if state.phase is TalkPhase.OPEN:
            self._show(self.wizard.back())
        else:
            self._show(self.wizard.gone(talk_message(state)))

    def _close(self) -> None:
        """Before its end, all that was begun is given up: the belt goes on as it was before."""
        self._second.stop()
        self._again.stop()
        if self.wizard.stage not in (Stage.INTRO, Stage.RESULT):
            ended = partial(_calibrate, codes.STEP_CANCEL)
            self._talk.ask(ended, self._told_quality, lambda _error: None)
        if self.dialog:
            self.dialog.deleteLater()
            self.dialog = None
        self._sync.hold(False)


def _calibrate(step: int, talk: LiveConversation) -> CalibrateReply:
    return talk.ask(lambda: talk.session.calibrate(step), CalibrateReply)

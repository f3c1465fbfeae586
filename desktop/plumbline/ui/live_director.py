"""What the live page shows while the talk with the belt is open."""

from beltwire.messages import LiveSample
from PyQt6.QtCore import QObject, pyqtSignal

from plumbline.ui.presenters.live import LiveView, SampleWindow, present_live
from plumbline.ui.talk_controller import TalkController
from plumbline.ui.talk_state import TalkPhase, TalkState


class LiveDirector(QObject):
    """Holds the newest sample and the quality of the last seconds; tells the view of them."""

    live_ready = pyqtSignal(object)

    def __init__(self, talk: TalkController) -> None:
        super().__init__(talk)
        self._state = talk.state
        self._sample: LiveSample | None = None
        self._window: SampleWindow | None = None
        talk.changed.connect(self._changed)
        talk.sampled.connect(self._sampled)

    @property
    def view(self) -> LiveView:
        """What there is to show now."""
        return present_live(self._state, self._sample, self._window)

    def _changed(self, state: TalkState) -> None:
        self._state = state
        self._sample = None
        self._window = SampleWindow(state.rate) if state.phase is TalkPhase.OPEN else None
        self.live_ready.emit(self.view)

    def _sampled(self, sample: LiveSample, at_s: float) -> None:
        if self._window is None:
            return  # of a talk that is over
        self._window.add(sample.mono_ms, at_s)
        self._sample = sample
        self.live_ready.emit(self.view)

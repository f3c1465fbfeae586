"""A setting of the belt that goes with a goal: set when the wearer's belt is there, not before.

It waits in the window's own file, so closing the window does not forget it.
"""

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from beltwire import settings
from beltwire.messages import SettingsReply, SettingsSetReply
from PyQt6.QtCore import QObject

from plumbline.errors import UserError
from plumbline.i18n import _, ngettext
from plumbline.ui.belt_talk import LiveConversation
from plumbline.ui.preferences import Preferences
from plumbline.ui.talk_state import TalkPhase, TalkState

if TYPE_CHECKING:
    from plumbline.ui.main_window import MainWindow

WAITING = "setting_for_the_belt"


class Waiting(NamedTuple):
    """A setting and its value, for the belt of the one whose key is `subject`."""

    setting: int
    value: int
    subject: str

    @classmethod
    def read(cls, text: str | None) -> "Waiting | None":
        """From what `str` has kept; None where there is nothing that can be read."""
        parts = (text or "").split(" ", 2)
        if len(parts) != 3 or not all(part.isdecimal() for part in parts[:2]):
            return None
        return cls(int(parts[0]), int(parts[1]), parts[2])

    def __str__(self) -> str:
        return f"{self.setting} {self.value} {self.subject}"


class LaterSetting(QObject):
    """Create with the window; the newest wish holds. `waiting` is None once it is set."""

    def __init__(self, window: "MainWindow", kept: Preferences) -> None:
        super().__init__(window)
        self._window, self._kept = window, kept
        self.waiting = Waiting.read(kept.text(WAITING))
        window.talk.changed.connect(self._talk_changed)

    def want(self, setting: int, value: int) -> None:
        """Now, or as soon as the belt of the one shown is there."""
        shown = self._window.director.overview.subject
        self._wait(Waiting(setting, value, shown.key if shown else ""))
        self._window.passing.say(_("The belt's reminder is set as soon as it is connected."), False)
        self._window.want_talk()
        self._talk_changed(self._window.talk.state)

    def _wait(self, waiting: Waiting | None) -> None:
        self.waiting = waiting
        self._kept.keep(**{WAITING: str(waiting) if waiting else ""})

    def _talk_changed(self, state: TalkState) -> None:
        if state.phase is TalkPhase.OPEN and self.waiting and self._is_theirs(state):
            work = partial(set_one, (self.waiting.setting, self.waiting.value))
            self._window.talk.ask(work, partial(self._done, self.waiting), self._refused)

    def _is_theirs(self, state: TalkState) -> bool:
        """Whether the belt is, as far as is known, of the one it is for."""
        known = self._window.director.overview.subjects
        key = self.waiting.subject if self.waiting else ""
        belts = next((each.belts for each in known if each.key == key), ())
        return not belts or (state.hello is not None and state.hello.belt_id.hex() in belts)

    def _done(self, asked: Waiting, stored: dict[int, int]) -> None:
        if self.waiting == asked:  # else another was wished for meanwhile
            self._wait(None)
        minutes = stored.get(settings.SITTING_LIMIT_MIN, 0)
        text = ngettext(
            "The belt now suggests a break after {n} minute of sitting.",
            "The belt now suggests a break after {n} minutes of sitting.",
            minutes,
        )
        said = [text.format(n=minutes)]
        if stored.get(settings.REMINDER_MODE) != settings.MODE_TRAINING:
            said.append(_("Its reminders are off; the page Belt switches them on."))
        self._window.passing.say(" ".join(said), False)
        self._window.want_talk()

    def _refused(self, error: Exception) -> None:
        told = isinstance(error, UserError)
        self._wait(None)
        self._window.passing.say(
            str(error) if told else self._window.session.report_bug(error), False
        )
        self._window.want_talk()


def set_one(pair: tuple[int, int], talk: LiveConversation) -> dict[int, int]:
    """Every setting the belt has afterwards."""
    talk.ask(lambda: talk.session.settings_set([pair]), SettingsSetReply)
    return dict(talk.ask(talk.session.settings_get, SettingsReply).pairs)

"""What the page Belt asks of the belt and of the store."""

from functools import partial

from beltwire.messages import (
    HelloReply,
    ListReply,
    SettingsReply,
    SettingsSetReply,
)
from PyQt6.QtCore import QObject

from plumbline.analysis.days import DayRule
from plumbline.i18n import _
from plumbline.link.belt import log_state
from plumbline.ui.belt_page import BeltPage
from plumbline.ui.belt_talk import LiveConversation
from plumbline.ui.calibration_director import CalibrationDirector
from plumbline.ui.care_director import CareDirector
from plumbline.ui.presenters.belt_state import BeltFacts, belt_rows, told
from plumbline.ui.presenters.live import talk_message
from plumbline.ui.sync_controller import SyncController
from plumbline.ui.talk_controller import TalkController
from plumbline.ui.talk_state import TalkPhase, TalkState

Pairs = list[tuple[int, int]]


class BeltDirector(QObject):
    """Fills the page; fetches state and settings whenever the talk opens."""

    def __init__(
        self, talk: TalkController, sync: SyncController, page: BeltPage, rule: DayRule
    ) -> None:
        super().__init__(talk)
        self._talk, self._page, self._rule = talk, page, rule
        self._facts = BeltFacts()
        self._hello: HelloReply | None = None
        self._log: ListReply | None = None
        self._settings: dict[int, int] = {}
        self.calibration = CalibrationDirector(talk, sync)
        self.care = CareDirector(talk, sync, page.care, self._ask_state)
        talk.changed.connect(self._changed)
        page.settings.store_wanted.connect(self._store)
        page.calibration.wanted.connect(lambda: self.calibration.open(page))
        self.calibration.quality_known.connect(page.calibration.show_quality)
        self._changed(talk.state)

    def show_facts(self, facts: BeltFacts) -> None:
        """What the store knows of the belt."""
        self._facts = facts
        self._show_state()

    def _changed(self, state: TalkState) -> None:
        open_ = state.phase is TalkPhase.OPEN
        self._page.show_talk("" if open_ else talk_message(state), open_=open_)
        self._hello, self._log = state.hello, None
        self._show_state()
        if open_:
            self._ask_state()

    def _ask_state(self) -> None:
        self.calibration.ask_quality()
        self._talk.ask(log_state, self._listed, lambda _error: None)
        self._talk.ask(_get_settings, self._got_settings, self._refused)

    def _listed(self, log: ListReply) -> None:
        self._log = log
        self._show_state()

    def _got_settings(self, reply: SettingsReply) -> None:
        self._settings = dict(reply.pairs)
        self._page.settings.show_settings(self._settings)

    def _store(self, pairs: Pairs) -> None:
        self._talk.ask(partial(_set_settings, pairs), self._stored, self._refused)

    def _stored(self, reply: SettingsSetReply) -> None:
        self._settings |= dict(reply.pairs)
        self._page.settings.show_settings(self._settings, _("Saved."))

    def _refused(self, error: Exception) -> None:
        self._page.settings.say(str(error))

    def _show_state(self) -> None:
        rows = belt_rows(self._facts, self._hello, self._log, self._rule)
        self._page.show_state(rows, told(self._facts.events, self._rule))


def _get_settings(talk: LiveConversation) -> SettingsReply:
    return talk.ask(talk.session.settings_get, SettingsReply)


def _set_settings(pairs: Pairs, talk: LiveConversation) -> SettingsSetReply:
    return talk.ask(lambda: talk.session.settings_set(pairs), SettingsSetReply)

"""Between the Coach page and the store: runs what is wanted, then shows everything anew."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from beltwire import codes
from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from plumbline.errors import UserError
from plumbline.link.wearer import exercise_frame
from plumbline.ui.coach.clients_page import ClientsPage
from plumbline.ui.coach.coach_page import CoachPage
from plumbline.ui.coach.plan_page import PlanPage
from plumbline.ui.coach.session_page import SessionPage
from plumbline.ui.coach.state import CoachReader, CoachState, Did, Told, Work
from plumbline.ui.director import LANE
from plumbline.ui.presenters.coach_done import done_text
from plumbline.ui.presenters.live import talk_message
from plumbline.ui.reader import Overview
from plumbline.ui.talk_state import TalkPhase, TalkState

if TYPE_CHECKING:
    from plumbline.ui.main_window import MainWindow

MINUTE_MS = 60_000


class CoachDirector(QObject):
    """Create with the window and its page; `drawn` when the page shows what there is."""

    drawn = pyqtSignal(object)

    def __init__(self, window: "MainWindow", page: CoachPage) -> None:
        super().__init__(window)
        self._window, self._page, self._tasks = window, page, window.tasks
        session = window.session
        self._reader = CoachReader(window.director.reader, session.rule, session.now_utc_s)
        self.state: CoachState | None = None
        # The days asked for at the same time come first.
        window.overviews.follow(lambda _o: QTimer.singleShot(0, self.reload))
        self._page.wanted.connect(self._do)
        self._page.prepared.connect(self._prepare)
        self._page.looked_up.connect(self._look_up)
        window.talk.changed.connect(self._talk_changed)
        plan, exercise = (self._page.pages.get(key) for key in ("plan", "session"))
        if isinstance(plan, PlanPage):
            plan.setting_wanted.connect(lambda pair: window.later.want(*pair))
        self._session = exercise if isinstance(exercise, SessionPage) else None
        if self._session:
            window.talk.repeated.connect(self._session.repeated)
            self._session.counts.connect(self._tell_wearer)
        clients = self._page.pages.get("clients")
        if isinstance(clients, ClientsPage):
            clients.asked.connect(partial(self._ask_clients, clients))
            window.overviews.follow(self._offer_clients)
        self._talk_changed(window.talk.state)
        self._minute = QTimer(self)  # midnight, and the time the diary is offered from
        self._minute.setInterval(MINUTE_MS)
        self._minute.timeout.connect(self._look_again)
        self._minute.start()

    def _look_again(self) -> None:
        if self._page.isVisible():
            self.reload()

    def _offer_clients(self, overview: Overview) -> None:
        """Who is alone here has none."""
        self._page.offer(ClientsPage.key, len(overview.subjects) > 1)

    def _ask_clients(self, page: ClientsPage) -> None:
        self._tasks.run(LANE, self._reader.clients, page.show_clients, self._failed)

    def reload(self, *, belt: bool = True) -> None:
        """Read anew what was entered and, with `belt`, what the belt saw."""
        self._tasks.run(LANE, partial(self._reader.state, belt=belt), self._came, self._failed)

    def show_again(self) -> None:
        """After a change of colours or language."""
        if self.state:
            self._page.show_coaching(self.state, self._window.theme)

    def _talk_changed(self, state: TalkState) -> None:
        open_ = state.phase is TalkPhase.OPEN
        if self._session:
            self._session.show_talk("" if open_ else talk_message(state), open_=open_)

    def _tell_wearer(self, kind: int) -> None:
        """Whoever wears a virtual belt does the exercise; a real belt is told nothing."""
        talk = self._window.talk
        hello = talk.state.hello
        if hello and hello.flags & codes.HELLO_VIRTUAL:
            frame = exercise_frame(kind)
            # Nothing answers; a line that is gone ends the talk, which says so itself.
            talk.ask(lambda belt: belt.port.write(frame), lambda _none: None, lambda _error: None)

    def _do(self, work: Work, done: Callable[[Any], None]) -> None:
        did = partial(self._did, done)
        self._tasks.run(LANE, partial(self._reader.do, work), did, self._failed)

    def _prepare(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        self._tasks.run(LANE, work, done, self._failed)

    def _look_up(self, work: Work, done: Callable[[Any], None]) -> None:
        told = lambda did: done(did.result)  # noqa: E731
        self._tasks.run(LANE, partial(self._reader.do, work), told, self._failed)

    def _did(self, done: Callable[[Any], None], did: Did) -> None:
        self._page.tell("")
        if did.done:
            told = did.result.text if isinstance(did.result, Told) else None
            text = told or partial(done_text, did.done[0].kind)
            self._window.director.remember(did.done, text)
        done(did.result)
        self.reload(belt=False)

    def _came(self, state: CoachState) -> None:
        if state != self.state:  # what is being filled in is left alone where nothing changed
            self.state = state
            self.show_again()
            self._window.retranslate()  # the tab's name bears the mark
        self.drawn.emit(state)

    def _failed(self, error: Exception) -> None:
        told = isinstance(error, UserError)
        self._page.tell(str(error) if told else self._window.session.report_bug(error))

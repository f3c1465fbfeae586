"""Whose days, which day and which period are shown; asks the reader, tells the pages."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from plumbline.errors import StoreError
from plumbline.i18n import _
from plumbline.people.changes import Done
from plumbline.people.subjects import Subject
from plumbline.people.undoing import Step, Steps, take_back
from plumbline.store.failures import DamagedInUse
from plumbline.store.rows import BeltInfo
from plumbline.store.upkeep import Kept
from plumbline.ui.presenters.belt_state import BeltFacts
from plumbline.ui.presenters.comparison import ComparisonView, Spans
from plumbline.ui.presenters.day import DayView
from plumbline.ui.presenters.navigation import DayNavigation, first_shown, navigate
from plumbline.ui.presenters.trends import Period, Range, TrendView, neighbour, period
from plumbline.ui.reader import Overview, Reader, Source
from plumbline.ui.session import Session
from plumbline.ui.tasks import Tasks

LANE = "store"
CHECK_LANE = "check"
WARM_DAYS = 10
MENDS = 3
REST_MS, CHECK_MS = 50, 10_000
"""After the day: the paint comes first, and what takes a processor for long when all is quiet."""


class Director(QObject):
    """Answers that were overtaken by a later question are dropped."""

    overview_ready = pyqtSignal(object)
    navigation_ready = pyqtSignal(object)
    day_ready = pyqtSignal(object)
    trends_ready = pyqtSignal(object)
    comparison_ready = pyqtSignal(object)
    facts_ready = pyqtSignal(object)
    people_ready = pyqtSignal(object)
    warmed = pyqtSignal()
    changed = pyqtSignal(str, bool)
    failed = pyqtSignal(object)

    def __init__(self, tasks: Tasks, session: Session) -> None:
        super().__init__(tasks)
        self._tasks, self._session = tasks, session
        self.reader = Reader(session.open_source, session.rule, session.now_utc_s)
        self.overview = Overview((), frozenset())
        self.day: date | None = None
        self.range = Range.MONTH
        self._period: Period | None = None
        self._spans: Spans | None = None
        self._chosen = self._subject_chosen = self._stepped = False
        self._kept_up: date | None = None
        self._met: dict[str, int] = {}
        self._mends_left = MENDS
        self.failed.connect(self._mend)
        self.others_work: Callable[[], bool] = lambda: False
        """Whether what can wait has to: a sync runs."""
        self._to_warm: date | None = None
        self._steps = Steps()
        self._rest, self._check = QTimer(self), QTimer(self)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._show_rest)
        self._check.setInterval(CHECK_MS)
        self._check.timeout.connect(self._keep_up)
        for timer in (self._rest, self._check):
            timer.setSingleShot(True)

    def begin(self, key: str | None) -> None:
        """Read what there is, of the subject with that key if there still is one."""
        self._ask_overview(key, follow=True)

    def reload(self, *, follow: bool = True) -> None:
        """Read anew what there is; `follow`: go to the newest day of
        the belt met last, unless the user chose another."""
        shown = self.overview.subject
        stay = shown and (self._chosen or self._subject_chosen or not follow)
        if follow and not self._chosen and not self._stepped:
            self._period = None  # the one around the newest day, which may be another now
        self._ask_overview(shown.key if shown and stay else None, follow)

    def choose_day(self, day: date) -> None:
        """Show a day because the user wants it."""
        self._chosen = day != first_shown(self.overview.days, self._session.today())
        self._show_day(day)

    def choose_subject(self, key: str) -> None:
        """Show the days of the wearer or belt with this key because the user wants it."""
        self._subject_chosen = True
        self._chosen = self._stepped = False
        self._period = None
        self._ask_overview(key, follow=True)

    def change(
        self,
        make: Callable[[Source, Subject], Done | tuple[Done, ...]],
        text: Callable[[], str],
        chosen: Callable[[Done], str] | None = None,
        then: Callable[[], None] = lambda: None,
    ) -> None:
        """Change what was entered, then show everything anew; `text()` says what was done.

        `make`: several changes are taken back as one.
        `chosen`: of the first, the key of the subject to show from then on, else the one shown.
        `then`: called when it is done, and not where it was refused.
        """

        def came(made: Done | tuple[Done, ...]) -> None:
            done = (made,) if isinstance(made, Done) else made
            self.remember(done, text)
            then()
            if chosen:
                self.choose_subject(chosen(done[0]))
            else:
                self.reload(follow=False)

        def failed(error: Exception) -> None:
            self.failed.emit(_not_saved(error))

        self._tasks.run(LANE, partial(self.reader.change, make), came, failed)

    def remember(self, done: tuple[Done, ...], text: Callable[[], str]) -> None:
        """Say what was done; it is what `undo` takes back next, all of it together. `text` is
        asked for again then, as the language may be another."""
        self._steps.remember(Step(done, text))
        self.changed.emit(text(), True)

    @property
    def undoable(self) -> str:
        """What `undo` would take back, as it was said; empty where there is nothing."""
        return self._steps.back[-1].text() if self._steps.back else ""

    @property
    def redoable(self) -> str:
        """What `redo` would do again, as it was said; empty where there is nothing."""
        return self._steps.again[-1].text() if self._steps.again else ""

    def undo(self) -> None:
        """Take the newest change back that was not taken back yet."""
        if not self._steps.back:
            self.changed.emit(_("There is nothing to take back."), False)
            return
        steps, told = self._steps, lambda: _("Taken back: “{what}”")
        self._reverse(steps.back, steps.again, told, undoable=False)

    def redo(self) -> None:
        """Do again what was taken back last."""
        if not self._steps.again:
            self.changed.emit(_("There is nothing to do again."), False)
            return
        steps, told = self._steps, lambda: _("Done again: “{what}”")
        self._reverse(steps.again, steps.back, told, undoable=True)

    def _reverse(
        self, of: list[Step], to: list[Step], told: Callable[[], str], *, undoable: bool
    ) -> None:
        step = of.pop()

        def came(made: tuple[Done, ...]) -> None:
            to.append(step._replace(done=made))
            self.changed.emit(told().format(what=step.text()), undoable)
            self.reload(follow=False)

        def failed(error: Exception) -> None:
            of.append(step)  # for another try
            self.failed.emit(error)

        def work(source: Source, _subject: Subject) -> tuple[Done, ...]:
            return take_back(source, step.done)

        self._tasks.run(LANE, partial(self.reader.change, work), came, failed)

    def choose_range(self, kind: Range) -> None:
        """Show a week, month, year or everything around the end of the present period."""
        self.range = kind
        self._period, self._stepped = None, False
        self.show_trends()

    def choose_week(self, day: date) -> None:
        """Show the week that holds `day`."""
        self.range = Range.WEEK
        self._period, self._stepped = period(Range.WEEK, day, self.overview.span), True
        self.show_trends()

    def step_period(self, step: int) -> None:
        """Show the period before (-1) or after (+1)."""
        if self._period and self.range is not Range.ALL:
            span = self.overview.span
            self._period = period(self.range, neighbour(self._period, step), span)
            self._stepped = True
            self.show_trends()

    def show_trends(self) -> None:
        """Ask for the period's data."""
        if self._period is None or self.range is Range.ALL:
            day = self.day or self._session.today()
            self._period = period(self.range, day, self.overview.span)
        wanted = self._period
        work = partial(self.reader.trends, wanted)
        self._tasks.run(LANE, work, self._trends_came, self.failed.emit)

    def compare(self, spans: Spans) -> None:
        """Ask for two periods side by side."""
        self._spans = spans
        work = partial(self.reader.comparison, spans)
        self._tasks.run(LANE, work, self._comparison_came, self.failed.emit)

    def navigation(self) -> DayNavigation:
        """Ways from the day shown."""
        today = self._session.today()
        return navigate(self.day or today, self.overview.days, today)

    def when_done(self, then: Callable[[], None]) -> None:
        """Call `then` after everything asked for so far has been answered."""
        if self._rest.isActive():
            self._show_rest()
        self._tasks.run(LANE, lambda: None, lambda _none: then(), self.failed.emit)

    def close(self) -> None:
        """Let the reader close what it opened, on its own thread."""
        self._rest.stop()
        self._check.stop()
        self._tasks.close({LANE: self.reader.close})

    def erase(self, wearer: str) -> None:
        """Erase a wearer for good; nothing of what was done before can be taken back then."""

        def came(_none: None) -> None:
            self._steps.forget()
            self.changed.emit(_("The wearer and all backups are erased."), False)
            self.reload(follow=False)

        work = partial(self.reader.erase, self._session.folder, wearer)
        self._tasks.run(LANE, work, came, self.failed.emit)

    def met(self, belt: str) -> None:
        """A sync of the belt with that name has ended well; not each is written down."""
        self._met[belt] = int(self._session.now_utc_s())

    def _latest(self, info: BeltInfo | None) -> BeltInfo | None:
        """With the last sync that was seen here."""
        if info is None:
            return None
        seen = max(self._met.get(info.name or info.id, 0), info.last_sync_utc_s or 0)
        return replace(info, last_sync_utc_s=seen or None)

    def _facts_came(self, facts: BeltFacts) -> None:
        self.facts_ready.emit(replace(facts, info=self._latest(facts.info)))

    def _ask_overview(self, key: str | None, follow: bool) -> None:
        work = partial(self.reader.overview, key)
        came = partial(self._overview_came, follow)
        self._tasks.run(LANE, work, came, self.failed.emit)

    def _overview_came(self, follow: bool, overview: Overview) -> None:
        """Whose day was shown may be gone: then the newest of whoever comes instead is meant."""
        before, now = self.overview.subject, overview.subject
        if before and now and before.key != now.key:
            follow, self._chosen = True, False
        self.overview = overview = replace(overview, belt=self._latest(overview.belt))
        self.overview_ready.emit(overview)
        if overview.belts:
            self._show_shown(follow)
        else:
            self._tasks.run(LANE, self.reader.people, self.people_ready.emit, self.failed.emit)

    def warm_on(self) -> None:
        """Go on with what had to wait."""
        last, self._to_warm = self._to_warm, None
        if last:
            self._warm(self.overview, last)

    def _warm(self, overview: Overview, last: date | None) -> None:
        """Summarise the days before `last` a piece at a time, so that any range is there at once
        when it is asked for; what the user asks for goes between two pieces."""
        if overview is not self.overview:
            return
        if last is None or not overview.days or last < min(overview.days):
            self.warmed.emit()
            return
        if self.others_work():
            self._to_warm = last
            return
        first = last - timedelta(days=WARM_DAYS - 1)
        work = partial(self.reader.warm, first, last)
        following = first - timedelta(days=1)
        self._tasks.run(LANE, work, lambda _none: self._warm(overview, following), self.failed.emit)

    def _show_shown(self, follow: bool) -> None:
        """The day before all else: it is what is waited for."""
        stay = self._chosen or not follow
        newest = first_shown(self.overview.days, self._session.today())
        self._show_day(self.day if stay and self.day else newest, self._rest.start)

    def _show_rest(self) -> None:
        """What comes after the day."""
        self._rest.stop()
        overview = self.overview
        self._to_warm = None
        self.show_trends()
        work = partial(self.reader.facts, self._session.now_utc_s())
        self._tasks.run(LANE, work, self._facts_came, self.failed.emit)
        self._tasks.run(LANE, self.reader.people, self.people_ready.emit, self.failed.emit)
        self._warm(overview, max(overview.days, default=None))

    def _show_day(self, day: date, then: Callable[[], None] = lambda: None) -> None:
        """`then`: called when the day is there, or why it is not."""
        self.day = day
        self.navigation_ready.emit(self.navigation())

        def failed(error: Exception) -> None:
            self.failed.emit(error)
            then()

        came = partial(self._day_came, then)
        self._tasks.run(LANE, partial(self.reader.day, day), came, failed)

    def _day_came(self, then: Callable[[], None], view: DayView) -> None:
        if view.day == self.day:
            self.day_ready.emit(view)
        then()
        if self._kept_up != self._session.today():
            self._kept_up = self._session.today()
            self._check.start()

    def _keep_up(self) -> None:
        self._tasks.run(CHECK_LANE, self._session.keep_up, self._looked_after, self.failed.emit)

    def _mend(self, error: Exception) -> None:
        """A database that cannot be read is put away and built anew; a few times at most."""
        if isinstance(error, DamagedInUse) and self._mends_left:
            self._mends_left -= 1
            self._keep_up()

    def _looked_after(self, kept: Kept) -> None:
        """A database found damaged was built anew: what is open is the old one."""
        if kept.notices:
            self.changed.emit("\n".join(kept.notices), False)
        if not kept.whole:
            self._tasks.run(LANE, self.reader.close, lambda _none: self.reload(), self.failed.emit)

    def _comparison_came(self, view: ComparisonView) -> None:
        if view.spans == self._spans:
            self.comparison_ready.emit(view)

    def _trends_came(self, view: TrendView) -> None:
        if view.period == self._period:
            self.trends_ready.emit(view)


def _not_saved(error: Exception) -> Exception:
    """The sentence of a disk that is full says that what was just entered is not on it."""
    if isinstance(error, StoreError) and not isinstance(error, DamagedInUse):
        return StoreError(_("This is not saved. {reason}").format(reason=error))
    return error

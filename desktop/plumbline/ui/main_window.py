"""The window: pages, status bar, keys, and what it remembers."""

from PyQt6.QtCore import QEvent, QSize, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QCloseEvent
from PyQt6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from plumbline.errors import UserError
from plumbline.i18n import _
from plumbline.ui.appearance import desktop_theme, on_base
from plumbline.ui.badge import DemoBadge
from plumbline.ui.banner import Banner
from plumbline.ui.belt_label import BeltLabel
from plumbline.ui.director import Director
from plumbline.ui.empty_page import EmptyPage
from plumbline.ui.keys import add_keys
from plumbline.ui.language import speak
from plumbline.ui.later_setting import LaterSetting
from plumbline.ui.link_work import SyncOutcome
from plumbline.ui.live_director import LiveDirector
from plumbline.ui.menus import Menus
from plumbline.ui.page_tabs import PageTabs
from plumbline.ui.pairing_director import PairingDirector
from plumbline.ui.passing import Passing
from plumbline.ui.preferences import (
    COACH_PAGE,
    GEOMETRY,
    LANGUAGE,
    PAGE,
    RANGE,
    SCHEME,
    SUBJECT,
    TRAY,
    VIEW,
    Preferences,
)
from plumbline.ui.presenters.day import DayView
from plumbline.ui.presenters.navigation import DayNavigation
from plumbline.ui.presenters.status import Phase, StatusView, SyncState, present_status
from plumbline.ui.presenters.trends import Range, TrendView
from plumbline.ui.presenters.troubles import called
from plumbline.ui.reader import Overview
from plumbline.ui.rooms.doors import Doors
from plumbline.ui.rooms.recent import Recent
from plumbline.ui.rooms.rooms import BELT, COACH, LIVE, PAGES, PEOPLE, TODAY, TRENDS, Rooms
from plumbline.ui.scheme import DESKTOP, dress_desktop
from plumbline.ui.session import LinkInTurn, Session
from plumbline.ui.sync_controller import SyncController
from plumbline.ui.sync_status import SyncStatus
from plumbline.ui.talk_controller import TalkController
from plumbline.ui.tasks import Tasks
from plumbline.ui.titles import MADE_UP, entitle
from plumbline.ui.today_page import TodayPage
from plumbline.ui.tray import Tray
from plumbline.ui.troubles import Trouble, Troubles
from plumbline.ui.wearer_chooser import WearerChooser

DEFAULT_SIZE = (1280, 800)
LEAST_SIZE = (760, 560)
FRAME_PX = 40
"""For the desktop's frame around it, of which nothing is known before the window is shown."""
OTHERS_MS = 300
"""After the day is drawn, the other pages are made."""


class MainWindow(QMainWindow, Doors):
    """Create, `show`, `start`. Emits `day_drawn` and `trends_drawn` when data are on screen.

    `remember`: open at the place and size of the last time, and keep them for the next.
    """

    day_drawn = pyqtSignal(object)
    trends_drawn = pyqtSignal(object)
    demo_wanted = pyqtSignal()
    reopen_wanted = pyqtSignal()
    """The data are others now: the window is to close, and another one to open on them."""
    closing = pyqtSignal()

    def __init__(self, session: Session, *, remember: bool = True) -> None:
        super().__init__()
        self.session = session
        self.preferences = Preferences(
            session.settings_path if remember else None, session.personal
        )
        speak(self.preferences.text(LANGUAGE))
        self._dress()
        self.theme = desktop_theme(QApplication.palette())
        self.tasks = Tasks(self)
        self.director = Director(self.tasks, session)
        self.sync = SyncController(self.tasks, LinkInTurn(session), session.report_bug)
        self.talk = TalkController(self.tasks, session.link, self.sync)
        self.live_director = LiveDirector(self.talk)
        self.later = LaterSetting(self, self.preferences)
        self.overviews, self.facts, self.people_facts, self.navigations = (
            Recent(self.director.overview_ready),
            Recent(self.director.facts_ready),
            Recent(self.director.people_ready),
            Recent(self.director.navigation_ready),
        )
        self.today = TodayPage()
        self.empty, self.banner = EmptyPage(demo=session.demo, kept=session.demo_kept), Banner()
        self.status, self.belt, self.badge = SyncStatus(), BeltLabel(), DemoBadge()
        self.chooser, self.passing = WearerChooser(), Passing()
        self.tabs, self.stack = PageTabs(), QStackedWidget()
        self._others = QTimer(self)
        self.troubles = Troubles(self.banner, self.empty, ("data", "belt"))
        self.leave_at_once = False
        self.setProperty(MADE_UP, session.is_made_up)
        self._day_view: DayView | None = None
        self.trend_view: TrendView | None = None
        self._build()
        self.pairing = PairingDirector(self)
        self.tray = Tray(self)
        self.menus = Menus(self)
        self.retranslate()
        self._connect()
        add_keys(self)
        self._restore()

    def start(self) -> None:
        """Show what is there, then look for belts."""
        self._show_state(self.sync.state)
        self.director.begin(self.preferences.text(SUBJECT))
        self.sync.start()

    @property
    def on_today(self) -> bool:
        """Whether the page Today is in front."""
        return self.rooms.in_front == TODAY

    def step(self, by: int) -> None:
        """The day or period before (-1) or after (+1)."""
        if self.on_today:
            self.today.header.go("before" if by < 0 else "after")
        elif self.rooms.in_front == TRENDS:
            self.director.step_period(by)

    @property
    def shows_a_day(self) -> bool:
        """Whether there are data and a day of them is on the screen."""
        return self._day_view is not None

    def summary_text(self) -> str:
        """The day shown, in words."""
        return self._day_view.text if self._day_view else _("There are no data yet.")

    # Language

    def choose_language(self, language: str) -> None:
        """Speak another language from now on, and at the next start."""
        self.preferences.keep(language=language)
        speak(language, self)
        self._show_state(self.sync.state)
        self.talk.changed.emit(self.talk.state)
        if self.rooms.made(COACH):
            self.coach_director.show_again()
        self.director.reload(follow=False)

    def choose_scheme(self, scheme: str) -> None:
        """Light, dark, or as the desktop has it, from now on and at the next start."""
        self.preferences.keep(scheme=scheme)
        self._dress()

    def choose_tray(self, wanted: bool) -> None:
        """Whether there is an icon in the notification area."""
        self.preferences.keep(tray="yes" if wanted else "no")
        self.tray.show(wanted)

    def show_about(self) -> None:
        """Versions and licences."""
        from plumbline.ui.about import AboutBox

        about = AboutBox(self)
        about.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        about.open()

    def _dress(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            dress_desktop(app, self.preferences.text(SCHEME) or DESKTOP)

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        entitle(self, _("Plumbline"))
        self.tabs.setAccessibleName(_("Pages"))
        bar = self.tabs.tabBar()
        if bar:
            bar.setAccessibleName(_("Pages"))
        for key, text in self._page_names().items():
            self.tabs.setTabText(PAGES.index(key), text)
            self._name_page(key)

    def _name_page(self, key: str) -> None:
        """Some can be scrolled by keyboard, and then are called what their tab is."""
        page = self.tabs.widget(PAGES.index(key))
        if page:
            page.setAccessibleName(self.tabs.tabText(PAGES.index(key)))

    def _furnished(self, key: str) -> None:
        self._name_page(key)
        self.want_talk()

    # Building

    def _page_names(self) -> dict[str, str]:
        return {
            TODAY: _("Today"),
            TRENDS: _("Trends"),
            LIVE: _("Live"),
            BELT: _("Belt"),
            COACH: self.coach.tab_text() if self.rooms.made(COACH) else _("Coach"),
            PEOPLE: _("People"),
        }

    def _build(self) -> None:
        self.setMinimumSize(*LEAST_SIZE)
        self.tabs.setDocumentMode(True)
        on_base(self.today)
        self.tabs.addTab(self.today, "")
        self.rooms = Rooms(self)
        self.badge.dress(self.theme)
        self.tabs.setCornerWidget(self._corner())
        blank = QWidget()  # until it is known whether there are data
        on_base(blank)
        self.stack.addWidget(blank)
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.tabs)
        central = QWidget()
        column = QVBoxLayout(central)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self.stack, 1)
        column.addWidget(self.passing)
        self.setCentralWidget(central)
        bar = self.statusBar()
        if bar:
            bar.addWidget(self.status, 1)
            bar.addPermanentWidget(self.belt)
            self.passing.setMinimumHeight(bar.sizeHint().height())
            self.passing.shown.connect(bar.setHidden)

    def _corner(self) -> QWidget:
        corner = QWidget()
        row = QHBoxLayout(corner)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.chooser)
        row.addWidget(self.badge)
        self.badge.setVisible(self.session.is_made_up)
        return corner

    def _connect(self) -> None:
        director = self.director
        director.overview_ready.connect(self._show_overview)
        director.navigation_ready.connect(self._show_navigation)
        director.day_ready.connect(self._show_day)
        director.trends_ready.connect(self._show_trends)
        director.changed.connect(self.passing.say)
        self.passing.undo_wanted.connect(director.undo)
        director.failed.connect(self._show_failure)
        self.today.day_chosen.connect(director.choose_day)
        panel = self.today.panel
        panel.exclude_wanted.connect(lambda *said: self.people_director.exclude(*said))
        panel.bookmark_wanted.connect(lambda *said: self.people_director.bookmark(*said))
        self.today.remarks.include_wanted.connect(lambda cut: self.people_director.include(cut))
        self.chooser.subject_chosen.connect(director.choose_subject)
        self.sync.changed.connect(self._show_state)
        self.sync.called = self._called
        self.troubles.shown.connect(self.tray.tell)
        self.sync.synced.connect(self._synced)
        director.others_work = lambda: self.sync.syncing or self.rooms.busy
        self.sync.idle.connect(director.warm_on)
        self.rooms.all_made.connect(director.warm_on)
        self.tabs.currentChanged.connect(lambda _index: self._enter())
        self.rooms.furnished.connect(self._furnished)
        self.closing.connect(self.rooms.stop)
        self._others.setSingleShot(True)
        self._others.setInterval(OTHERS_MS)
        self._others.timeout.connect(self.rooms.want_all)
        self.status.cancel_wanted.connect(self.sync.cancel)
        self.empty.demo_wanted.connect(self.demo_wanted)
        self.empty.coach_wanted.connect(self.open_coach)
        self.empty.remove_wanted.connect(self.badge.remove_wanted)

    def _synced(self, outcome: SyncOutcome, first: bool) -> None:
        if outcome.notices:
            self.passing.say("\n".join(outcome.notices), False)
        if not outcome.cancelled:
            self.director.met(outcome.name)
        self.director.reload(follow=first)

    # Showing

    def _show_overview(self, overview: Overview) -> None:
        self._tell("data", Trouble())
        self._open_what_there_is()
        self.chooser.show_subjects(overview)
        for label in (self.belt, self.passing.belt):
            label.show_belt(overview.belt, self.session.rule)

    def _show_navigation(self, navigation: DayNavigation) -> None:
        self.today.show_navigation(navigation, self.director.overview.days)

    def _show_day(self, view: DayView) -> None:
        self._day_view = view
        self.today.show_day(view, self.theme)
        self._open(self.tabs)  # once there is something on it, so that it is drawn once
        self.day_drawn.emit(view)
        self._others.start()

    def _show_trends(self, view: TrendView) -> None:
        self.trend_view = view
        if self.rooms.made(TRENDS):
            self.trends.show_trends(view, self.theme, lambda: self.trends_drawn.emit(view))
        else:
            self.trends_drawn.emit(view)

    def open_coach(self) -> None:
        """The coach needs no belt: who waits for one may begin with it."""
        self.tabs.setCurrentIndex(PAGES.index(COACH))
        self._enter()

    def _open_what_there_is(self) -> None:
        """Before the first belt, pages about days are what there is to do first."""
        if self.director.overview.belts:
            return  # the tabs come with the first day
        self._open(self.empty if self.rooms.in_front in (TODAY, TRENDS) else self.tabs)

    def _enter(self) -> None:
        if self.stack.currentIndex():  # else it is not known yet what there is
            self._open_what_there_is()
        self.rooms.want(self.rooms.in_front)
        self.want_talk()

    def want_talk(self) -> None:
        """The belt is talked with while a page that needs it can be seen."""
        seen = self.isVisible() and not self.isMinimized() and self.tabs.isVisible()
        page = self.rooms.in_front
        exercise = page == COACH and self.rooms.made(COACH) and self.coach.wants_belt
        wanted = exercise or page in (LIVE, BELT) or self.later.waiting is not None
        self.talk.want(bool(seen and wanted))

    def _show_state(self, state: SyncState) -> None:
        view = self._show_progress()
        self.empty.show_state(state)
        new = state.phase is Phase.UNPAIRED
        act = self.pairing.open if new else self.sync.ask_now
        self._tell("belt", Trouble(view.message, view.action, act))
        if state.phase is Phase.FAILED:
            self.director.reload()  # what had come until then is kept

    def _show_progress(self) -> StatusView:
        """In one place: on the page that stands for the days, else in the status bar."""
        view = present_status(self.sync.state, demo=self.session.demo)
        in_page = self.stack.currentWidget() is self.empty
        self.status.show_status(view, with_bar=not in_page)
        self.empty.show_progress(view.percent)
        return view

    def _open(self, page: QWidget) -> None:
        """The tabs, or what there is to do before the first data."""
        if self.stack.currentWidget() is not page:
            self.stack.setCurrentWidget(page)
            self._show_progress()
            self.troubles.show_again(self.theme, in_page=page is self.empty)
            self.want_talk()

    def _show_failure(self, error: Exception) -> None:
        if self.director.overview.belts:
            self._open(self.tabs)
        text = str(error) if isinstance(error, UserError) else self.session.report_bug(error)
        self._tell("data", Trouble(text, _("Try again"), self._try_again))

    def _try_again(self) -> None:
        """Read anew, and fetch what a full disk may have stopped, too."""
        self.director.reload()
        if self.sync.state.phase is Phase.FAILED:
            self.sync.ask_now()

    def _tell(self, source: str, trouble: Trouble) -> None:
        """Show what is wrong, of the data before the belt."""
        in_page = self.stack.currentWidget() is self.empty
        self.troubles.tell(source, trouble, self.theme, in_page=in_page)

    def _called(self, name: str) -> str:
        overview = self.director.overview
        return called(name, overview.belts, overview.subjects, self.session.now_utc_s())

    # The desktop

    def changeEvent(self, event: QEvent | None) -> None:
        """Follow the desktop from light to dark and back."""
        super().changeEvent(event)
        if event and event.type() == QEvent.Type.PaletteChange:
            self.theme = desktop_theme(self.palette())
            self.badge.dress(self.theme)
            if not self.banner.isHidden():
                self.troubles.show_again(self.theme, in_page=False)
            if self._day_view:
                self.today.show_day(self._day_view, self.theme)
            self.live_director.live_ready.emit(self.live_director.view)
            if self.trend_view and self.rooms.made(TRENDS):
                self.trends.show_trends(self.trend_view, self.theme)
            if self.rooms.made(COACH):
                self.coach_director.show_again()
        if event and event.type() == QEvent.Type.WindowStateChange:
            self.want_talk()

    def closeEvent(self, event: QCloseEvent | None) -> None:
        """Remember the window, end what runs; what a sync has fetched is kept."""
        self._remember()
        if self.tray.shown and event:
            event.ignore()
            self.hide()
            self.want_talk()
            return
        if event and not self._may_leave():
            event.ignore()
            return
        self.hide()  # the threads may need a moment
        self.closing.emit()
        self.talk.stop()
        self.sync.stop()
        self.director.close()
        super().closeEvent(event)

    def leave(self) -> None:
        """End the program, the icon in the notification area too."""
        if not self._may_leave():
            return
        self.leave_at_once = True
        self.tray.show(False)
        self.close()
        QApplication.quit()

    def reopen(self) -> None:
        """Make room for a window on other data in the same folder."""
        self.leave_at_once = True
        self.reopen_wanted.emit()
        self.leave()

    @property
    def unsaved(self) -> bool:
        """Whether a note was typed and not saved."""
        return bool(self.rooms.made(PEOPLE)) and self.people.unsaved()

    def _may_leave(self) -> bool:
        """Ask where a note was typed and not saved."""
        if self.leave_at_once or not self.unsaved:
            return True
        from plumbline.ui.leaving import LeavingBox

        def leave() -> None:
            self.leave_at_once = True
            self.leave()

        self.show()
        LeavingBox(self, self.people_director.write_note, leave).open()
        return False

    def _remember(self) -> None:
        """What a page that was not made would have opened at stays remembered."""
        values = {"page": str(self.tabs.currentIndex()), "range": self.director.range.value}
        if self.rooms.made(TRENDS):
            values[VIEW] = str(self.trends.kind)
        if self.rooms.made(COACH):
            values[COACH_PAGE] = self.coach.front.key
        if self.director.overview.subject:
            values[SUBJECT] = self.director.overview.subject.key
        self.preferences.keep(geometry=self.saveGeometry(), **values)

    def _restore(self) -> None:
        size = QSize(*DEFAULT_SIZE)
        screen = self.screen()
        if screen and QApplication.platformName() != "offscreen":  # a picture has room enough
            size = size.boundedTo(screen.availableSize() - QSize(0, FRAME_PX))
        self.resize(size)
        geometry = self.preferences.bytes(GEOMETRY)
        if geometry is not None:
            self.restoreGeometry(geometry)
        page = self.preferences.text(PAGE)
        known = [str(index) for index in range(self.tabs.count())]
        self.tabs.setCurrentIndex(int(page) if page and page in known else 0)
        kind = self.preferences.text(RANGE)
        if kind in {each.value for each in Range}:
            self.director.range = Range(kind)
        self.tray.show(self.preferences.text(TRAY) == "yes")

"""A month with the coach as a new user has it: a fresh data folder, filled by a sync of the virtual
belt's own month, and everything else entered through the window, from the episode's first day to
the page for the visit. The belt is the real firmware in real MicroPython behind a serial port."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from beltwire import settings
from beltwire.messages import SettingsGet, SettingsReply
from plumbline.__main__ import main
from plumbline.coaching import quotas
from plumbline.coaching.course import Answer, Reason
from plumbline.coaching.due import What
from plumbline.ui.coach.episode_dialog import EpisodeDialog
from plumbline.ui.coach.plan_dialogs import FlareWizard, GoalWizard, PlanWizard, StepsWizard
from plumbline.ui.coach.plan_page import PlanPage
from plumbline.ui.coach.session_page import SessionPage
from plumbline.ui.coach.signs_dialog import LookedDialog, SignsDialog
from plumbline.ui.coach.state import CoachState
from plumbline.ui.coach.therapies_page import TherapiesPage
from plumbline.ui.coach.therapy_dialogs import FollowUpWizard, TherapyWizard
from plumbline.ui.coach.today_page import TodayPage
from plumbline.ui.coach.visit_page import VisitPage
from plumbline.ui.later_setting import WAITING
from plumbline.ui.preferences import Preferences
from plumbline.ui.presenters.coach_course import course_view
from plumbline.virtual_belt import VirtualBelt
from plumbline.virtual_belt.folder import BeltFolder
from PyQt6.QtCore import QDate, Qt
from PyQt6.QtPdf import QPdfDocument
from pytestqt.qtbot import QtBot

from tests.analysis.build import at
from tests.ui.coaching import Coached, texts
from tests.ui.conftest import MainWindowAwaiter, Opened
from tests.ui.folders import LAST_DAY, session
from tests.ui.test_live import PtyLink
from tests.virtual.host import talking_to
from tests.virtual.weeks import write_weeks

FIRST = date(2026, 10, 23)
DAYS = 29
WORKDAYS, LIVED, SEED = 26, 7, 3
SESSION_DAYS = (0, 2, 4)


class Month:
    """The days one after the other, and what is done on each."""

    def __init__(self, coached: Coached, turn: Callable[[date], None], artefacts: Path) -> None:
        self.coached, self._turn, self._artefacts = coached, turn, artefacts
        self.random = np.random.default_rng(20261023)
        self.day = FIRST
        self.state: CoachState = coached.settle()

    def turn(self, day: date) -> None:
        """The next morning."""
        self.day = day
        self._turn(day)
        self.state = self.coached.settle()
        if self.coached.page.front.key != "today":
            self.coached.open("today")

    @property
    def n(self) -> int:
        return (self.day - FIRST).days

    @property
    def today(self) -> TodayPage:
        page = self.coached.page.pages["today"]
        assert isinstance(page, TodayPage)
        return page

    def due(self) -> list[What]:
        return [item.what for item in self.state.due]

    def picture(self, name: str) -> None:
        self.coached.grab(self._artefacts / f"coach-month-{name}.png")

    def begin(self) -> None:
        self.coached.qtbot.keyClick(self.today.begin, Qt.Key.Key_Space)
        dialog = self.today.dialog
        assert isinstance(dialog, EpisodeDialog)
        for line, name in zip(dialog.names, ("gardening", "sitting in a car"), strict=False):
            self.coached.qtbot.keyClicks(line, name)
        self.state = self.coached.press(dialog.keep)

    def answer_signs(self, *yes: str) -> None:
        self.coached.qtbot.keyClick(self.coached.card("signs"), Qt.Key.Key_Space)
        dialog = self.today.dialog
        assert isinstance(dialog, SignsDialog)
        for key in dialog.groups:
            dialog.choose(key, key in yes)
        self.coached.press(dialog.next)
        self.state = self.coached.press(dialog.close_button)

    def looked(self) -> None:
        self.coached.qtbot.keyClick(self.coached.card("open_sign"), Qt.Key.Key_Space)
        dialog = self.today.dialog
        assert isinstance(dialog, LookedDialog)
        self.coached.qtbot.keyClicks(dialog.who, "the doctor")
        self.state = self.coached.press(dialog.keep)

    def write(self, pain: float, able: float) -> None:
        """The diary by one key a question; half a point of noise."""
        levels = [pain, pain, able, able, able, 6, 3]
        bars = self.today.diary.bars.values()
        for bar, level in zip(bars, levels, strict=True):
            score = int(np.clip(round(level + self.random.normal(0, 0.5)), 0, 9))
            self.coached.qtbot.keyClicks(bar, str(score))
        self.state = self.coached.press(self.today.diary.keep)

    def plan(self) -> None:
        page = self.coached.open("plan")
        assert isinstance(page, PlanPage)
        self.coached.qtbot.keyClick(page.new_plan, Qt.Key.Key_Space)
        wizard = page.dialog
        assert isinstance(wizard, PlanWizard)
        wizard.target.setValue(30)
        wizard.sessions.setValue(8)
        self.state = self.coached.press(wizard.keep)
        self.coached.open("today")

    def write_flare_plan(self) -> None:
        page = self.coached.open("plan")
        assert isinstance(page, PlanPage)
        self.coached.qtbot.keyClick(page.flare_edit, Qt.Key.Key_Space)
        wizard = page.dialog
        assert isinstance(wizard, FlareWizard)
        for box in wizard.boxes[:2]:
            self.coached.qtbot.keyClick(box, Qt.Key.Key_Space)
        self.state = self.coached.press(wizard.keep)
        self.coached.open("today")

    def exercise(self, amount: int | None = None) -> quotas.Outcome | None:
        """The planned session; as planned where no amount is given."""
        self.coached.qtbot.keyClick(self.coached.card("session"), Qt.Key.Key_Space)
        page = self.coached.page.front
        assert isinstance(page, SessionPage)
        if amount is not None:
            page.amount.setValue(amount)
        self.state = self.coached.press(page.keep)
        done = quotas.outcome(self.state.records.sessions[-1])
        if done is quotas.Outcome.MET:
            assert "exactly as planned. Well done." in page.outcome.text()
        self.coached.open("today")
        return done

    def set_steps(self) -> None:
        self.coached.qtbot.keyClick(self.coached.card("set"), Qt.Key.Key_Space)
        page = self.coached.page.front
        assert isinstance(page, PlanPage)
        wizard = page.dialog
        assert isinstance(wizard, StepsWizard)
        self.state = self.coached.press(wizard.keep)
        self.coached.open("today")

    def therapy(self, kind: str, by: str) -> TherapiesPage:
        page = self.coached.open("therapies")
        assert isinstance(page, TherapiesPage)
        self.coached.qtbot.keyClick(page.new, Qt.Key.Key_Space)
        wizard = page.dialog
        assert isinstance(wizard, TherapyWizard)
        wizard.kind.setCurrentIndex(wizard.kind.findData(kind))
        self.coached.qtbot.keyClicks(wizard.by, by)
        self.state = self.coached.press(wizard.keep)
        return page

    def follow_up(self, pain: str, able: str) -> None:
        self.coached.qtbot.keyClick(self.coached.card("follow_up"), Qt.Key.Key_Space)
        page = self.coached.page.front
        assert isinstance(page, TherapiesPage)
        wizard = page.dialog
        assert isinstance(wizard, FollowUpWizard)
        self.coached.qtbot.keyClicks(wizard.pain, pain)
        self.coached.qtbot.keyClicks(wizard.activities, able)
        wizard.satisfied.setCurrentIndex(2)
        self.state = self.coached.press(wizard.keep)
        self.coached.open("today")


@pytest.fixture(scope="module")
def belt(tmp_path_factory: pytest.TempPathFactory, recordings: list[Path]) -> Iterator[VirtualBelt]:
    """With the month's workdays in its log, made of one recording by the belt's own core."""
    folder = tmp_path_factory.mktemp("belt")
    flash = BeltFolder(folder).flash
    flash.mkdir(parents=True)
    write_weeks(flash, WORKDAYS, LIVED, SEED, LAST_DAY + timedelta(days=1), recordings[1])
    with VirtualBelt(folder) as belt:
        yield belt
    assert belt.failure == ""


@pytest.fixture
def synced(belt: VirtualBelt, tmp_path: Path) -> Path:
    """A fresh data folder after its first sync."""
    data = tmp_path / "data"
    assert main(["--data", str(data), "sync", "--port", belt.port]) == 0
    return data


@pytest.fixture
def month(opened: Opened, qtbot: QtBot, synced: Path, artefacts: Path) -> Month:
    clock = {"now": at(f"{FIRST} 19:30")}
    of = replace(session(synced, demo=True), now_utc_s=lambda: clock["now"])
    coached = Coached(MainWindowAwaiter(opened, qtbot).open(of), qtbot)
    return Month(coached, lambda day: clock.update(now=at(f"{day} 19:30")), artefacts)


def test_a_month_with_the_coach(month: Month, tmp_path: Path) -> None:
    assert "DEMO DATA" in month.coached.window.badge.label.text()
    month.begin()
    month.answer_signs()
    month.write(6, 4)
    month.plan()
    assert month.due() == [What.SESSION, What.LESSON]
    month.write_flare_plan()
    assert month.exercise(20) is quotas.Outcome.BASELINE
    lived = Lived()
    for n in range(1, DAYS):
        month.turn(FIRST + timedelta(days=n))
        one_day(month, lived)
    # The flare-up went back to the last step met; the sign held the last one due.
    records = month.state.records
    ladder = records.plans[0].quotas
    assert ladder[0] == 14
    assert ladder[-1] == 30
    given = [s.quota for s in records.sessions if s.quota is not None]
    assert given == [14, 16, 16, 18, 18, 18, 20, 23, 25, 27]
    assert lived.held == {12: 16, 17: 18, 19: 18}  # the last one due; the last one met, twice
    assert lived.signs == [7, 11, 18, 25]  # every week, and the day after an injection
    assert lived.follow_ups == [15, 17]  # a week after the massage, and after the injection
    assert len(records.diary) == DAYS
    assert len(records.follow_ups) == 2
    assert not month.state.open_signs
    assert month.state.course is not None
    assert month.state.course.answer is Answer.INCREASING
    assert Reason.NO_BELT not in month.state.course.reasons
    injection = next(t for t in records.therapies if t.kind == "injection")
    assert injection.before is not None
    assert (injection.before.walking_min or 0) > 10  # minutes, as the belt's own log has them
    end_pictures(month)
    print_the_visit(month, tmp_path / "visit.pdf")


@dataclass
class Lived:
    """On which days warning signs and follow-ups were asked, and the sessions that were locked."""

    signs: list[int] = field(default_factory=list)
    follow_ups: list[int] = field(default_factory=list)
    held: dict[int, int | None] = field(default_factory=dict)


def one_day(month: Month, lived: Lived) -> None:
    """What happens on the n-th day, in the order of the list."""
    n = month.n
    if n == 19:
        month.picture("day-19-before-three-weeks")
        assert "younger than three weeks" in course_view(month.state).text
    if What.SIGNS in month.due():
        lived.signs.append(n)
        month.answer_signs(*(["fever"] if n == 11 else []))
    if n == 12:
        assert month.coached.page.mark.isVisible()
        month.picture("sign-open")
    if n == 14:
        month.looked()
        assert not month.coached.page.mark.isVisible()
    if n == 17:
        month.state = month.coached.press(month.today.flare)
    if n == 20:
        assert What.FLARE_UP in month.due()
        month.state = month.coached.press(month.coached.card("flare_up"))
    if What.DIARY in month.due():
        month.write(6 - n / 9, 4 + n / 8)
    if What.SET in month.due():
        month.set_steps()
    if What.SESSION in month.due():
        step = quotas.due(
            month.state.records.plans[0],
            month.state.records.sessions,
            month.state.records.flares,
            month.state.records.answers,
            month.day,
        )
        if step.lock is not quotas.Lock.NONE:
            lived.held[n] = step.quota
        done = month.exercise(20 if step.phase is quotas.Phase.BASELINE else None)
        assert done is (quotas.Outcome.BASELINE if step.quota is None else quotas.Outcome.MET)
    if n == 8:
        page = month.therapy("massage", "practice Linden")
        assert page.exercise.isVisible()
    if n == 10:
        month.therapy("injection", "Dr. Sommer")
        injection = month.state.records.therapies[-1]
        assert injection.before is not None
        assert injection.before.pain is not None
    if What.FOLLOW_UP in month.due():
        lived.follow_ups.append(n)
        month.follow_up("4", "6")


def print_the_visit(month: Month, file: Path) -> None:
    """The page for the doctor's visit, with what the month was."""
    page = month.coached.open("visit")
    assert isinstance(page, VisitPage)
    month.coached.qtbot.keyClicks(page.wish_text, "an hour in the garden")
    page.write(file)
    month.coached.qtbot.waitUntil(file.exists, timeout=20_000)
    month.coached.settle()
    document = QPdfDocument(None)
    assert document.load(str(file)) == QPdfDocument.Error.None_
    assert document.pageCount() == 1
    text = " ".join(document.getAllText(0).text().split())
    document.close()
    for said in ("an hour in the garden", "Massage", "Injection", "Fever", "clearly increased"):
        assert said.casefold() in text.casefold()


def test_a_goals_reminder_waits_for_the_belt_while_the_window_is_closed(
    opened: Opened, qtbot: QtBot, synced: Path, belt: VirtualBelt
) -> None:
    link = PtyLink(synced, belt.port)
    link.plugged = False
    waiter = MainWindowAwaiter(opened, qtbot)
    coached = Coached(waiter.open(session(synced, link)), qtbot)
    page = coached.open("plan")
    assert isinstance(page, PlanPage)
    qtbot.keyClick(page.new_goal, Qt.Key.Key_Space)
    wizard = page.dialog
    assert isinstance(wizard, GoalWizard)
    wizard.measure.setCurrentIndex(wizard.measure.findData("longest_sitting_min"))
    wizard.baseline.setValue(60)
    wizard.target.setValue(35)
    qtbot.keyClick(wizard.remind, Qt.Key.Key_Space)
    coached.press(wizard.keep)
    assert "as soon as it is connected" in coached.window.passing.label.text()
    coached.window.close()

    link.plugged = True
    kept = Preferences(session(synced).settings_path).text(WAITING) or ""
    assert kept.startswith(f"{settings.SITTING_LIMIT_MIN} 35 ")
    window = waiter.open(session(synced, link))
    qtbot.waitUntil(lambda: window.later.waiting is None, timeout=60_000)
    assert "after 35 minutes of sitting" in window.passing.label.text()
    window.close()
    assert opened(session(synced)).later.waiting is None
    with talking_to(belt.port) as host:
        host.hello()
        reply = host.ask(SettingsGet())
    assert isinstance(reply, SettingsReply)
    assert dict(reply.pairs)[settings.SITTING_LIMIT_MIN] == 35


def end_pictures(month: Month) -> None:
    """Every sub-page at the end, and the lessons in each language."""
    coached = month.coached
    shown = {}
    for key, page in coached.page.pages.items():
        if key == "clients":  # who is alone has none
            continue
        coached.open(key)
        month.picture(key)
        shown[key] = texts(page)
    assert "Activities and taking part are increasing." in shown["course"]
    therapies = coached.page.pages["therapies"]
    assert isinstance(therapies, TherapiesPage)
    assert therapies.table.item(0, 0).text() == "Pain"  # type: ignore[union-attr]
    assert therapies.table.item(0, 1).text() != "–"  # type: ignore[union-attr]
    assert "not always a change because of it" in therapies.note.text()
    lesson = next(item.of for item in month.state.due if item.what is What.LESSON)
    read = {}
    for language in ("de", "nl", "en"):
        coached.window.choose_language(language)
        coached.settle()
        coached.page.open("learn", lesson)
        read[language] = texts(coached.page.pages["learn"])
        month.picture(f"lesson-{language}")
    assert len(set(read.values())) == 3
    assert QDate(2026, 11, 20).toPyDate() == month.day

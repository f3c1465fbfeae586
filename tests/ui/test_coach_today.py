"""The sub-page Today of the coach: begin an episode, answer, keep the diary; all by keyboard."""

from datetime import date
from pathlib import Path

import pytest
from plumbline.i18n import use_language
from plumbline.lessons.signs import warning_signs
from plumbline.ui.coach.episode_dialog import EpisodeDialog
from plumbline.ui.coach.score_bar import ScoreBar
from plumbline.ui.coach.signs_dialog import LookedDialog, SignsDialog
from plumbline.ui.main_window import MainWindow
from PyQt6.QtCore import QDate, Qt
from PyQt6.QtWidgets import QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.coaching import Coached, texts, with_book
from tests.ui.conftest import WAIT_MS, Opened
from tests.ui.folders import LAST_DAY, session
from tests.ui.test_access import inner, spoken


@pytest.fixture
def coached(window: MainWindow, qtbot: QtBot) -> Coached:
    return Coached(window, qtbot)


def begin(coached: Coached, *activities: str, prevention: bool = False) -> None:
    today = coached.page.pages["today"]
    coached.qtbot.keyClick(today.begin, Qt.Key.Key_Space)
    dialog = today.dialog
    assert isinstance(dialog, EpisodeDialog)
    if prevention:
        coached.qtbot.keyClick(dialog.prevention, Qt.Key.Key_Space)
    for editor, name in zip(dialog.names, activities, strict=False):
        coached.qtbot.keyClicks(editor, name)
    dialog.begin.setDate(QDate(2026, 11, 2))
    coached.qtbot.keyClick(dialog.keep, Qt.Key.Key_Space)
    coached.settle()


def answer(coached: Coached, *yes: str) -> SignsDialog:
    """Go through the dialogue by keyboard up to its outcome."""
    dialog = coached.page.pages["today"].dialog
    assert isinstance(dialog, SignsDialog)
    for key, group in dialog.groups.items():
        assert not dialog.next.isEnabled()
        button = group.button(int(key in yes))
        button.setFocus()
        coached.qtbot.keyClick(button, Qt.Key.Key_Space)
    coached.qtbot.keyClick(dialog.next, Qt.Key.Key_Space)
    coached.settle()
    return dialog


def test_a_first_look_says_kindly_where_to_begin(coached: Coached) -> None:
    today = coached.page.pages["today"]
    assert "No episode is open." in texts(today)
    assert today.begin.isVisible()
    assert not today.diary_frame.isVisible()
    assert not coached.page.mark.isVisible()


def test_an_episode_is_begun_answered_and_written_about(coached: Coached, artefacts: Path) -> None:
    begin(coached, "half an hour of gardening", "sitting through a film")
    state = coached.settle()
    assert state.episode is not None
    assert state.episode.begin == date(2026, 11, 2)
    assert [each.name for each in state.records.activities] == [
        "half an hour of gardening",
        "sitting through a film",
    ]
    today = coached.page.pages["today"]
    coached.qtbot.keyClick(coached.card("signs"), Qt.Key.Key_Space)
    coached.settle()
    dialog = answer(coached)
    assert dialog.outcome_title.text() == warning_signs("en").none.title
    coached.press(dialog.close_button)
    assert not coached.page.mark.isVisible()
    card = today.diary
    assert card.isVisible()
    names = [bar.accessibleName() for bar in card.bars.values()]
    assert names[:3] == ["Pain now", "Pain on average today", "half an hour of gardening"]
    for bar, key in zip(card.bars.values(), "4365", strict=False):
        coached.qtbot.keyClicks(bar, key)
    coached.grab(artefacts / "coach-today.png")
    state = coached.press(card.keep)
    entry = state.records.diary[0]
    assert (entry.day, entry.pain_now, entry.pain_average) == (LAST_DAY, 4, 3)
    named = {each.name: entry.activities[each.id] for each in state.records.activities}
    assert named == {"half an hour of gardening": 6, "sitting through a film": 5}
    assert entry.participation is None
    assert not today.diary_frame.isVisible()
    # Changing it shows what was answered; the change is kept as one.
    coached.press(today.diary_open)
    coached.qtbot.keyClicks(card.bars["pain_now"], "2")
    state = coached.press(card.keep)
    assert [each.pain_now for each in state.records.diary] == [2]


def test_a_day_before_can_be_written_and_the_future_not(coached: Coached) -> None:
    begin(coached)
    card = coached.page.pages["today"].diary
    assert card.day.day == LAST_DAY
    card.day.setDate(QDate(2026, 11, 10))
    coached.qtbot.keyClicks(card.bars["stress"], "7")
    state = coached.press(card.keep)
    assert [(e.day, e.stress) for e in state.records.diary] == [(date(2026, 11, 10), 7)]
    # The card stays for the days before and after, in words of that day.
    assert card.shown_day == date(2026, 11, 10)
    assert card.stands.text() == "An entry is saved."
    assert "entry of 10 Nov is saved" in coached.window.passing.label.text()
    assert "today" not in texts(card).lower()
    assert "pain_now" not in card.bars
    coached.qtbot.mouseClick(card.before, Qt.MouseButton.LeftButton)
    assert card.stands.text() == "No entry yet."
    assert "Monday, 9 November 2026" in card.hint.text()
    coached.qtbot.keyClicks(card.bars["sleep"], "4")
    assert card.stands.text() == "Not saved yet."
    coached.qtbot.mouseClick(card.after, Qt.MouseButton.LeftButton)
    assert (card.bars["stress"].score, card.bars["sleep"].score) == (7, None)
    coached.qtbot.mouseClick(card.before, Qt.MouseButton.LeftButton)
    assert card.bars["sleep"].score == 4  # what was not saved waited
    card.day.setDate(QDate(2026, 10, 1))
    assert "before the episode" in card.hint.text()
    assert not card.keep.isEnabled()
    coached.press(card.close_button)
    assert card.shown_day == LAST_DAY


def test_what_comes_while_somebody_is_at_the_diary_stands_below_it(coached: Coached) -> None:
    begin(coached)
    today = coached.page.pages["today"]
    card, folder = today.diary, coached.window.session.folder
    at = card.mapTo(today.inside, card.bars["sleep"].pos())
    with_book(folder, LAST_DAY, lambda b: b.begin_plan("walking", 30, range(7), 6))
    coached.settle()
    assert coached.card("session").isVisible()
    assert card.mapTo(today.inside, card.bars["sleep"].pos()) == at
    coached.press(card.keep)
    assert coached.page.banner.isVisible()
    assert card.mapTo(today.inside, card.bars["sleep"].pos()) == at
    coached.open("plan")  # whoever comes back finds everything in its order
    with_book(folder, LAST_DAY, lambda b: b.begin_plan("bridge", 30, range(7), 6))
    coached.settle()
    coached.open("today")
    below = card.mapTo(today.inside, card.bars["sleep"].pos())
    assert below.y() > at.y() + 100


def test_an_empty_entry_is_refused_in_a_sentence(coached: Coached) -> None:
    begin(coached)
    card = coached.page.pages["today"].diary
    coached.press(card.keep)
    assert "entry is empty" in coached.page.banner.label.text()


@pytest.mark.parametrize("language", ["en", "de", "nl"])
@pytest.mark.parametrize(
    ("yes", "urgency"),
    [
        ((), None),
        (("leg-weakness",), "at-once"),
        (("fever",), "days"),
        (("inflammation",), "soon"),
        (("inflammation", "fall"), "days"),
        (("fever", "bladder-bowel"), "at-once"),
    ],
)
def test_each_outcome_of_the_warning_signs(
    qtbot: QtBot, yes: tuple[str, ...], urgency: str | None, language: str
) -> None:
    use_language(language)
    try:
        dialog = SignsDialog("weekly")
        qtbot.addWidget(dialog)
        told: list[list[str]] = []
        dialog.answered.connect(told.append)
        for key in dialog.groups:
            assert not dialog.next.isEnabled()
            dialog.choose(key, key in yes)
        qtbot.keyClick(dialog.next, Qt.Key.Key_Space)
    finally:
        use_language("en")
    signs = warning_signs(language)
    found = [outcome for key, outcome in signs.outcomes.items() if key == urgency]
    outcome = found[0] if found else signs.none
    assert dialog.outcome_title.text() == outcome.title
    assert dialog.outcome_text.text() == outcome.advice
    assert dialog.note.isHidden() == (urgency in (None, "at-once"))
    assert told == []  # one that was meant otherwise can still be changed
    qtbot.keyClick(dialog.back, Qt.Key.Key_Space)
    dialog.choose("weight-loss", True)
    qtbot.keyClick(dialog.next, Qt.Key.Key_Space)
    dialog.reject()  # closed however: what was answered counts
    assert [sorted(each) for each in told] == [sorted({*yes, "weight-loss"})]


def test_a_sign_stays_marked_until_a_professional_has_looked(
    coached: Coached, artefacts: Path
) -> None:
    begin(coached)
    today = coached.page.pages["today"]
    coached.qtbot.keyClick(coached.card("signs"), Qt.Key.Key_Space)
    dialog = answer(coached, "fever")
    dialog.grab().save(str(artefacts / "coach-sign-days.png"))
    coached.press(dialog.close_button)
    assert coached.page.mark.isVisible()
    assert tab_of_the_coach(coached).endswith("●")
    # It stays until a professional has looked.
    for _visit in range(2):
        coached.qtbot.keyClick(coached.card("open_sign"), Qt.Key.Key_Space)
        looked = today.dialog
        assert isinstance(looked, LookedDialog)
        assert not looked.keep.isEnabled()
        coached.press(looked.cancel)
        assert coached.page.mark.isVisible()
    coached.qtbot.keyClick(coached.page.mark_open, Qt.Key.Key_Space)
    looked = today.dialog
    assert isinstance(looked, LookedDialog)
    coached.qtbot.keyClicks(looked.who, "Dr. Sommer")
    coached.grab(artefacts / "coach-sign-open.png")
    state = coached.press(looked.keep)
    assert not state.open_signs
    assert state.records.answers[0].who == "Dr. Sommer"
    assert not coached.page.mark.isVisible()
    assert tab_of_the_coach(coached) == "Coach"


def tab_of_the_coach(coached: Coached) -> str:
    tabs = coached.window.tabs
    return tabs.tabText(tabs.indexOf(coached.page))


def test_return_behind_the_last_answer_goes_on(coached: Coached) -> None:
    begin(coached)
    coached.press(coached.card("signs"))
    dialog = coached.page.pages["today"].dialog
    assert isinstance(dialog, SignsDialog)
    for _question in dialog.groups:
        coached.qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Space)
        coached.qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    coached.qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert dialog.outcome_title.text() == warning_signs("en").none.title
    coached.press(dialog.close_button)


def test_the_questions_can_wait(coached: Coached) -> None:
    begin(coached)
    coached.qtbot.keyClick(coached.card("signs"), Qt.Key.Key_Space)
    dialog = coached.page.pages["today"].dialog
    assert isinstance(dialog, SignsDialog)
    state = coached.press(dialog.cancel)
    assert state.records.answers == ()
    assert coached.card("signs").isVisible()


def test_prevention_asks_no_signs(coached: Coached) -> None:
    begin(coached, prevention=True)
    state = coached.settle()
    assert state.episode is not None
    assert not state.episode.complaint
    assert [item.what.value for item in state.due] == ["diary", "lesson"]


def test_an_activity_is_renamed_by_a_new_one_and_the_old_keeps_its_scores(
    coached: Coached,
) -> None:
    begin(coached, "gardening")
    today = coached.page.pages["today"]
    coached.qtbot.keyClicks(list(today.diary.bars.values())[2], "6")
    coached.press(today.diary.keep)
    coached.qtbot.keyClick(today.begin, Qt.Key.Key_Space)
    dialog = today.dialog
    assert isinstance(dialog, EpisodeDialog)
    assert dialog.names[0].text() == "gardening"
    dialog.names[0].clear()
    coached.qtbot.keyClicks(dialog.names[0], "swimming")
    coached.qtbot.keyClick(dialog.over, Qt.Key.Key_Space)
    state = coached.press(dialog.keep)
    old, new = state.records.activities
    assert (old.name, old.retired) == ("gardening", LAST_DAY)
    assert (new.name, new.retired) == ("swimming", None)
    assert state.records.episodes[0].end == LAST_DAY
    assert state.records.diary[0].activities == {old.id: 6}


@pytest.mark.parametrize(
    ("key", "score"),
    [
        (Qt.Key.Key_7, 7),
        (Qt.Key.Key_Right, 0),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_End, 10),
        (Qt.Key.Key_Delete, None),
    ],
)
def test_a_score_is_given_by_one_key(qtbot: QtBot, key: Qt.Key, score: int | None) -> None:
    bar = ScoreBar()
    qtbot.addWidget(bar)
    bar.show()
    if key == Qt.Key.Key_Delete:
        bar.show_score(4)
    qtbot.keyClick(bar, key)
    assert bar.score == score
    assert bar.accessibleDescription() == ("not answered" if score is None else str(score))


def test_a_score_is_given_and_taken_back_by_one_click(qtbot: QtBot) -> None:
    bar = ScoreBar()
    bar.resize(330, 30)
    qtbot.addWidget(bar)
    bar.show()
    for expected in (3, None):
        qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.rect().center() * 0 + _at(3))
        assert bar.score == expected


def _at(cell: int) -> "object":
    from PyQt6.QtCore import QPoint

    return QPoint(cell * 30 + 15, 15)


def test_every_control_of_the_coach_has_a_name(coached: Coached) -> None:
    begin(coached, "gardening")
    nameless, named = [], set()
    coached.page.offer("clients", True)
    for page in coached.page.pages.values():
        coached.open(page.key)
        for control in page.findChildren(QWidget):
            if not control.isVisible() or control.focusPolicy() == Qt.FocusPolicy.NoFocus:
                continue
            if inner(control) or isinstance(control, (QScrollArea, QLabel)):
                continue
            named.add(spoken(control))
            if not spoken(control).strip():
                nameless.append(f"{page.key}: {type(control).__name__} {control.objectName()}")
    assert nameless == []
    assert {"gardening", "Pain now", "A new goal …", "Save session"} <= named


def test_names_are_shown_as_they_were_typed(coached: Coached) -> None:
    begin(coached, "<b>bags</b> & beds")
    today = coached.page.pages["today"]
    name = next(w for w in today.diary.findChildren(QLabel) if "bags" in w.text())
    assert name.text() == "<b>bags</b> && beds"
    assert name.buddy() is not None  # to which the doubled & is a single one
    own = [w for w in today.findChildren(QLabel) if "bags" in w.text()]
    assert len(own) == 2
    assert all(w.textFormat() is Qt.TextFormat.PlainText for w in own)


def test_a_flare_up_that_ended_today_offers_no_other_one_today(coached: Coached) -> None:
    today = coached.open("today")
    today.wish(lambda book: book.keep_flare_plan("Shorter walks."))
    coached.settle()
    coached.press(today.flare)
    state = coached.press(coached.card("flare_up"))
    assert state.records.flares[0].end == LAST_DAY
    assert not today.flare.isVisible()


def test_nothing_is_said_before_what_there_is_was_read(
    opened: Opened, qtbot: QtBot, folder: Path
) -> None:
    """A page that knows nothing yet would offer to begin an episode that is there."""
    window = opened(session(folder))
    page = window.coach
    window.tabs.setCurrentWidget(page)
    assert page.stack.currentWidget() is page.waiting
    page.list.setCurrentRow(1)
    assert page.stack.currentWidget() is page.waiting
    page.list.setCurrentRow(0)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.pages["today"], timeout=WAIT_MS)

"""The sub-page Learn: lists, reads, asks; by keyboard, in every language."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from plumbline import i18n
from plumbline.coaching.records import LessonSeen, Records
from plumbline.lessons.files import LANGUAGES
from plumbline.lessons.library import lessons
from plumbline.ui import app
from plumbline.ui.coach.learn_page import LearnPage
from plumbline.ui.coach.state import CoachState, state_of
from plumbline.ui.language import speak
from plumbline.ui.presenters.coach_learn import answer_text, lesson_of_today, rows, sources_text
from plumbline.ui.theme import LIGHT
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

TODAY = date(2026, 11, 20)
ARTEFACTS = Path(__file__).parents[2] / "artefacts"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    speak("en")
    yield
    speak("en")


def state(*seen: LessonSeen) -> CoachState:
    return state_of(Records(lessons=seen), TODAY)


class BookFake:
    """Keeps what was read."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, bool | None]] = []

    def lesson_seen(self, lesson: str, correct: bool | None = None) -> None:
        self.seen.append((lesson, correct))


@pytest.fixture
def page(qtbot: QtBot) -> LearnPage:
    app.application()
    made = LearnPage()
    qtbot.addWidget(made)
    made.resize(1000, 760)
    made.show()
    made.show_coaching(state(), LIGHT)
    return made


def test_the_first_lesson_is_open_and_marked_as_todays(page: LearnPage) -> None:
    assert page.shown == "why-backs-hurt"
    assert page.list.count() == 17
    first = page.list.item(0)
    assert first
    assert first.text() == "Why backs hurt\nToday's lesson"
    assert "Lancet 391, 2018" in page.sources.text()


def test_what_was_read_is_marked_with_its_day() -> None:
    seen = LessonSeen("x", "why-backs-hurt", date(2026, 11, 18), True)
    shown = {row.id: row.note for row in rows(state(seen), "en")}
    assert shown["why-backs-hurt"] == "Read on 18 Nov"
    assert shown["moving-is-safe"] == "Today's lesson"
    assert shown["pacing"] == ""


def test_a_lesson_is_chosen_read_and_answered_by_keyboard(page: LearnPage, qtbot: QtBot) -> None:
    wanted: list[Callable[[BookFake], None]] = []
    page.wanted.connect(lambda work, _done: wanted.append(work))
    page.list.setFocus()
    for _n in range(3):
        qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert page.shown == "pacing"
    assert page.headline.text().startswith("Step by step")
    assert not page.check.isEnabled()
    page.answers[0].setFocus()
    qtbot.keyClick(page.answers[0], Qt.Key.Key_Space)
    qtbot.keyClick(page.check, Qt.Key.Key_Space)
    assert page.told.text().startswith("Another answer fits better: “Ten minutes, as planned.”")
    qtbot.keyClick(page.answers[0], Qt.Key.Key_Down)
    qtbot.keyClick(page.check, Qt.Key.Key_Space)
    assert page.told.text().startswith("Yes. ")
    book = BookFake()
    for work in wanted:
        work(book)
    assert book.seen == [("pacing", False), ("pacing", True)]


def test_what_is_told_stays_when_the_page_is_shown_anew(page: LearnPage, qtbot: QtBot) -> None:
    qtbot.keyClick(page.answers[1], Qt.Key.Key_Space)
    qtbot.keyClick(page.check, Qt.Key.Key_Space)
    page.show_coaching(state(LessonSeen("x", page.shown, TODAY, True)), LIGHT)
    assert page.shown == "why-backs-hurt"
    assert page.told.text().startswith("Yes. ")
    first = page.list.item(0)
    assert first
    assert first.text().endswith("Read on 20 Nov")


def test_a_click_on_the_words_chooses_the_answer(page: LearnPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.answer_texts[2], Qt.MouseButton.LeftButton)
    assert page.choice.checkedId() == 2
    assert page.answers[2].accessibleName() == page.answer_texts[2].text()
    assert page.check.isEnabled()


def test_a_narrow_window_breaks_lines_instead_of_cutting_them(page: LearnPage) -> None:
    page.resize(584, 460)
    speak("de", page)
    for lesson in lessons("de"):
        page.open_at(lesson.id)
        QApplication.processEvents()
        bar = page.horizontalScrollBar()
        assert bar
        assert bar.maximum() == 0, lesson.id


def test_another_page_opens_a_lesson(page: LearnPage) -> None:
    page.open_at("sleep")
    assert page.shown == "sleep"
    page.open_at("from-a-newer-version")
    assert page.shown == "sleep"


def test_the_lesson_speaks_the_language_of_the_app(page: LearnPage) -> None:
    page.open_at("sitting")
    ARTEFACTS.mkdir(exist_ok=True)
    titles = {}
    for language in LANGUAGES:
        speak(language, page)
        assert i18n.language() == language
        assert page.shown == "sitting"
        titles[language] = page.headline.text()
        QApplication.processEvents()
        page.grab().save(str(ARTEFACTS / f"learn-{language}.png"))
    assert titles == {
        "en": "Sitting, standing, changing",
        "de": "Sitzen, stehen, wechseln",
        "nl": "Zitten, staan, wisselen",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_answer_is_called_a_mistake(language: str) -> None:
    speak(language)
    for lesson in lessons(language):
        told = {answer_text(lesson, chosen) for chosen in range(3)}
        assert len(told) == 2
        assert all(lesson.question.because in text for text in told)
        assert str(lesson.sources[0].year) in sources_text(lesson)


def test_no_lesson_is_due_where_one_was_read_today() -> None:
    assert lesson_of_today(state(LessonSeen("x", "sleep", TODAY, None))) == ""
    assert lesson_of_today(replace(state(), due=())) == ""

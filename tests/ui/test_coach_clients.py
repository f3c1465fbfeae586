"""The sub-page Clients: names and reasons in words, numbers only of groups of five and more."""

from datetime import date
from pathlib import Path

import pytest
from plumbline.coaching.book import CoachBook
from plumbline.coaching.looks import Group, Look, Reason, Why
from plumbline.coaching.records import Episode, Goal
from plumbline.people.records import WEARER
from plumbline.store.database import Store
from plumbline.ui.coach.clients_page import ClientsPage
from plumbline.ui.coach.state import Clients
from plumbline.ui.presenters.coach_clients import present_clients, reason_text
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.ui.coaching import Coached, texts
from tests.ui.conftest import MainWindowAwaiter, Opened
from tests.ui.folders import session

DAY = date(2026, 11, 3)
ARTEFACTS = Path(__file__).parents[2] / "artefacts"


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        (Reason(Why.OPEN_SIGN, DAY, ("fever",)),
         "A warning sign is open since 3 Nov: fever or feeling ill with back pain."),
        (Reason(Why.NO_CLEAR_INCREASE, DAY), "No clear increase in activities since 3 Nov."),
        (Reason(Why.LONG_FLARE, DAY), "A flare-up has lasted since 3 Nov."),
        (
            Reason(Why.SIDE_EFFECTS, DAY, ("massage",)),
            "Side effects were reported on 3 Nov: Massage.",
        ),
        (Reason(Why.SIDE_EFFECTS, DAY, ("",)), "Side effects were reported on 3 Nov: a treatment."),
        (Reason(Why.UNDER, DAY, ("walking",)),
         "Less than planned in a row since 3 Nov: Walking."),
        (Reason(Why.SILENT, DAY), "No entry since 3 Nov; all may well be fine."),
    ],
)  # fmt: skip
def test_reasons_are_told_in_words(reason: Reason, told: str) -> None:
    assert reason_text(reason) == told


@pytest.mark.parametrize(
    ("clients", "sentence", "group"),
    [
        (Clients(0), "Nobody is entered yet.", ""),
        (Clients(2), "Nobody needs a look", "Groups under 5 people show no numbers"),
        (Clients(2, (Look("Bo", ()),)), "By name, each with the reason", "Groups under 5"),
        (Clients(6, (), Group(6, 4, 0)), "Nobody needs", "6 people, 4 of them in an episode."),
    ],
)
def test_the_group_shows_numbers_from_five_people_on(
    clients: Clients, sentence: str, group: str
) -> None:
    view = present_clients(clients)
    assert view.sentence.startswith(sentence)
    assert view.group.startswith(group)


def test_people_are_read_and_shown(opened: Opened, qtbot: QtBot, folder: Path) -> None:
    with Store.open(folder) as store:
        for name, sign in (("Zoe", ["fall"]), ("Anna", []), ("Bo <b>", ["fever"])):
            wearer = store.put(WEARER, {"name": name})
            book = CoachBook(store, lambda: date(2026, 11, 18), wearer)
            book.keep_episode(Episode("", date(2026, 11, 16)))
            book.answer_signs(sign, "start")
            if name == "Anna":
                book.keep_goal(Goal("", "steps", 4000, 6000, DAY, date(2026, 12, 15)))
                book.begin_plan("walking", 30, range(7), 6)
                book.keep_session("walking", 20, book.records().plans[0])
                book.start_flare()
    window = MainWindowAwaiter(opened, qtbot).open(session(folder))
    coached = Coached(window, qtbot)
    page = coached.open("clients")
    assert isinstance(page, ClientsPage)
    coached.settle()
    shown = texts(page)
    assert "2 people" not in shown
    assert shown.index("Bo <b>") < shown.index("Zoe")
    names = [each for each in page.findChildren(QLabel) if each.text() == "Bo <b>"]
    assert names[0].textFormat() is Qt.TextFormat.PlainText
    looked, each = (
        [texts(layout.itemAt(n).widget()) for n in range(layout.count())]
        for layout in (page.looked, page.standing)
    )
    assert [text.split("\n")[0] for text in looked] == ["Bo <b>", "Zoe"]
    assert [text.split("\n")[0] for text in each] == ["Anna", "Bo <b>", "Zoe"]
    standing = "\n".join(each)
    for told in (
        "Not enough to say.",
        "Walking: Sessions done of planned: this week 1 of ",
        "Steps a day: From 4,000 to 6,000 by 15 Dec",
        "1 flare-up in the last four weeks.",
        "A warning sign is open: Fever or feeling ill with back pain.",
    ):
        assert told in standing
    assert "pain after a fall or an accident" in shown
    assert "Groups under 5 people show no numbers" in shown
    ARTEFACTS.mkdir(exist_ok=True)
    coached.grab(ARTEFACTS / "coach-clients.png")


def test_who_is_alone_has_no_clients(opened: Opened, qtbot: QtBot, folder: Path) -> None:
    window = MainWindowAwaiter(opened, qtbot).open(session(folder))
    coached = Coached(window, qtbot)
    row = list(coached.page.pages).index("clients")
    assert coached.page.list.isRowHidden(row)
    for name in ("Anna", "Bo"):
        window.people.wearer_wanted.emit(name)
    qtbot.waitUntil(lambda: not coached.page.list.isRowHidden(row))
    coached.open("clients")
    coached.page.offer("clients", False)
    assert coached.page.front.key == "today"

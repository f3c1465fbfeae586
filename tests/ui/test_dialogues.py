"""All dialogues are one hand's: margins, the desktop's order of buttons, what Return presses."""

from collections.abc import Iterator

import pytest
from plumbline.ui.dialogues import MARGINS
from PyQt6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.test_named import DIALOGUES

IN_THE_WINDOW = ("settings",)
"""A part of a page that is tried with the dialogues."""
ROLE = QDialogButtonBox.ButtonRole
CHANGES_NOTHING = ("Cancel", "Close", "Not now", "Not yet", "Keep")
"""How the button begins that leaves all as it is."""


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[list[tuple[str, QDialog]]]:
    parent = QWidget()
    qtbot.addWidget(parent)
    found: list[tuple[str, QDialog]] = []
    for name, make in DIALOGUES.items():
        dialogue = make(parent)
        qtbot.addWidget(dialogue)
        if name not in IN_THE_WINDOW:
            assert isinstance(dialogue, QDialog), name
            dialogue.show()
            found.append((name, dialogue))
    yield found
    for _name, dialogue in found:
        dialogue.close()


def boxes(dialogue: QDialog) -> list[QDialogButtonBox]:
    return [box for box in dialogue.findChildren(QDialogButtonBox) if box.isVisible()]


def test_the_buttons_are_in_the_desktops_order(opened: list[tuple[str, QDialog]]) -> None:
    for name, dialogue in opened:
        (box,) = boxes(dialogue)
        leaving = [b for b in box.buttons() if box.buttonRole(b) == ROLE.RejectRole]
        assert len(leaving) == 1, name
        assert leaving[0].text().replace("&", "").startswith(CHANGES_NOTHING), name


def test_return_presses_the_main_button_or_the_one_that_loses_nothing(
    opened: list[tuple[str, QDialog]],
) -> None:
    for name, dialogue in opened:
        (box,) = boxes(dialogue)
        seen = [b for b in dialogue.findChildren(QPushButton) if b.isVisible()]
        roles = {box.buttonRole(b) for b in seen}
        default = [box.buttonRole(b) for b in seen if b.isDefault()]
        if ROLE.DestructiveRole in roles or ROLE.AcceptRole not in roles:
            assert default in ([], [ROLE.RejectRole]), name
        else:
            assert default == [ROLE.AcceptRole], name


def test_all_have_the_same_margins(opened: list[tuple[str, QDialog]]) -> None:
    for name, dialogue in opened:
        layout = dialogue.layout()
        assert layout is not None
        found = layout.contentsMargins()
        assert (found.left(), found.top(), found.right(), found.bottom()) == MARGINS, name

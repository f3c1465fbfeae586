"""What all dialogues share: their margins, and their buttons in the desktop's own order."""

from collections.abc import Iterable

from PyQt6.QtWidgets import QDialogButtonBox, QLabel, QPushButton, QVBoxLayout, QWidget

MARGINS = (20, 18, 20, 16)
SPACING = 12
TEXT_WIDTH = 440


def column_in(dialogue: QWidget) -> QVBoxLayout:
    """The dialogue's only layout, from its top to its buttons."""
    column = QVBoxLayout(dialogue)
    column.setContentsMargins(*MARGINS)
    column.setSpacing(SPACING)
    return column


def part_in(page: QWidget) -> QVBoxLayout:
    """The layout of one of several pages in a dialogue."""
    column = column_in(page)
    column.setContentsMargins(0, 0, 0, 0)
    return column


def told(label: QLabel) -> QLabel:
    """What the dialogue says, in lines of a length that is read easily."""
    label.setWordWrap(True)
    label.setMinimumWidth(TEXT_WIDTH)
    return label


def add_buttons(
    column: QVBoxLayout,
    main: QPushButton,
    leave: QPushButton,
    *,
    others: Iterable[QPushButton] = (),
    aside: Iterable[QPushButton] = (),
) -> None:
    """The dialogue's last row, its buttons: `main` is pressed by Return, `leave` changes nothing.

    `others` stand with them, `aside` at the other end. Which of them comes first is the desktop's.
    """
    box, role = QDialogButtonBox(), QDialogButtonBox.ButtonRole
    for button in aside:
        box.addButton(button, role.ResetRole)
    box.addButton(main, role.AcceptRole)
    for button in others:
        box.addButton(button, role.ActionRole)
    box.addButton(leave, role.RejectRole)
    column.addWidget(box)
    main.setDefault(True)  # once it is in the dialogue, which else would choose


def add_destructive(
    column: QVBoxLayout,
    act: QPushButton,
    keep: QPushButton,
    *,
    others: Iterable[QPushButton] = (),
) -> None:
    """The same where something would be lost: to keep it is the default."""
    box, role = QDialogButtonBox(), QDialogButtonBox.ButtonRole
    box.addButton(act, role.DestructiveRole)
    for button in others:
        box.addButton(button, role.ActionRole)
    box.addButton(keep, role.RejectRole)
    column.addWidget(box)
    keep.setDefault(True)

"""A button that stays down while its choice holds, seen as clearly in the dark as in the light."""

from PyQt6.QtGui import QPaintEvent, QPalette
from PyQt6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QStylePainter

from plumbline.ui.theme import contrast

PUSH_BUTTON = QStyle.ControlElement.CE_PushButton
ON, RAISED = QStyle.StateFlag.State_On, QStyle.StateFlag.State_Raised
"""Taken here: the first look into QStyle takes 20 ms, which the first painting would."""
READABLE = 6.0
"""Above the 4.5 of WCAG 2.1: the style draws the button somewhat lighter than its colour."""


class ChoiceButton(QPushButton):
    """Checkable; checked it wears the colours of what is selected."""

    def __init__(self) -> None:
        super().__init__()
        self.setCheckable(True)

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """As the style draws it, in other colours while it is checked."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        if self.isChecked():
            palette = self.palette()
            text = palette.color(QPalette.ColorRole.HighlightedText)
            selected = palette.color(QPalette.ColorRole.Highlight)
            while contrast(selected.name(), text.name()) < READABLE and selected.lightness() > 20:
                selected = selected.darker(110)  # some desktops' are too pale for small letters
            palette.setColor(QPalette.ColorRole.Button, selected)
            palette.setColor(QPalette.ColorRole.ButtonText, text)
            option.palette = palette
            option.state &= ~ON  # it would be darkened once more
            option.state |= RAISED
        painter = QStylePainter(self)
        painter.drawControl(PUSH_BUTTON, option)

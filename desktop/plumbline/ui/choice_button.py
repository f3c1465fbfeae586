"""A button that stays down while its choice holds, seen as clearly in the dark as in the light."""

from PyQt6.QtGui import QPaintEvent, QPalette
from PyQt6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QStylePainter


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
            selected = palette.color(QPalette.ColorRole.Highlight)
            palette.setColor(QPalette.ColorRole.Button, selected)
            palette.setColor(
                QPalette.ColorRole.ButtonText, palette.color(QPalette.ColorRole.HighlightedText)
            )
            option.palette = palette
            option.state &= ~QStyle.StateFlag.State_On  # it would be darkened once more
            option.state |= QStyle.StateFlag.State_Raised
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)

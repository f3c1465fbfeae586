"""Where the keyboard is, on widgets that do not show it themselves."""

from PyQt6.QtCore import QEvent, QObject, Qt
from PyQt6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPalette, QPen
from PyQt6.QtWidgets import QWidget

BY_KEY = {
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
}
WIDTH, ROUND = 2, 3


class FocusRing(QWidget):
    """Lies over `of` while that has the focus and got it by a key; lets the mouse through."""

    def __init__(self, of: QWidget) -> None:
        super().__init__(of)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        of.installEventFilter(self)

    def eventFilter(self, of: QObject | None, event: QEvent | None) -> bool:
        """Come and go with the focus, and keep the size."""
        if isinstance(event, QFocusEvent) and isinstance(of, QWidget):
            self.resize(of.size())
            self.raise_()
            self.setVisible(event.gotFocus() and event.reason() in BY_KEY)
        elif event and event.type() == QEvent.Type.Resize and isinstance(of, QWidget):
            self.resize(of.size())
        return False

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """A line along the edges in the colour of what is chosen."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), WIDTH))
        inside = self.rect().adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(inside, ROUND, ROUND)

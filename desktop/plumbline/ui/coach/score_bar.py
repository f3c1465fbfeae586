"""A number from 0 to 10 by one click or one key; it may stay unanswered."""

from collections.abc import Callable
from math import inf
from time import monotonic

from PyQt6.QtCore import QEvent, QRectF, QSize, Qt
from PyQt6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PyQt6.QtWidgets import QSizePolicy, QSlider

from plumbline.i18n import _

UNANSWERED = -1
CELLS = 11
GAP = 3.0
TEN_WITHIN_S = 1.0
"""A 0 so soon after a 1 makes 10 of it; later it is a change of mind."""
OWN_KEYS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End)


class ScoreBar(QSlider):
    """Arrows, Home (0), End (10) and digits choose, 1 and 0 in a row choose 10; Delete takes the
    answer back."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._clock, self._one_at = clock, -inf
        self.setRange(UNANSWERED, CELLS - 1)
        self.setPageStep(1)
        self.setValue(UNANSWERED)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.valueChanged.connect(lambda _value: self._describe())
        self._describe()

    @property
    def score(self) -> int | None:
        """The answer."""
        return None if self.value() == UNANSWERED else self.value()

    def show_score(self, score: int | None) -> None:
        """Show an answer, or that there is none."""
        self.setValue(UNANSWERED if score is None else score)

    def sizeHint(self) -> QSize:
        """Room for eleven numbers."""
        height = self.fontMetrics().height()
        return QSize(CELLS * (height + 14), height + 12)

    def minimumSizeHint(self) -> QSize:
        """As small as the numbers allow."""
        height = self.fontMetrics().height()
        return QSize(CELLS * (height + 6), height + 12)

    def event(self, event: QEvent | None) -> bool:
        """Arrows are ours, not the window's, while the bar has the focus."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            plain = event.modifiers() in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.KeypadModifier,
            )
            if plain and event.key() in OWN_KEYS:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Digits choose, Delete and Backspace take back, Home is 0."""
        if event is None:
            return
        text = event.text()
        soon = self._clock() - self._one_at <= TEN_WITHIN_S
        self._one_at = self._clock() if text == "1" else -inf
        if text in tuple("0123456789") and text:
            self.setValue(10 if text == "0" and soon else int(text))
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.setValue(UNANSWERED)
        elif event.key() == Qt.Key.Key_Home:
            self.setValue(0)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """The cell under the mouse; the chosen one again takes the answer back."""
        if event is None:
            return
        cell = int(event.position().x() * CELLS / max(1, self.width()))
        chosen = min(CELLS - 1, max(0, cell))
        self.setValue(UNANSWERED if chosen == self.value() else chosen)

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        """Nothing is dragged."""

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Eleven cells with their numbers, the chosen one filled."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        width = self.width() / CELLS
        for cell in range(CELLS):
            box = QRectF(cell * width + GAP / 2, 1.5, width - GAP, self.height() - 3)
            chosen = cell == self.value()
            role = QPalette.ColorRole.Highlight if chosen else QPalette.ColorRole.Base
            edge = QPalette.ColorRole.Highlight if self.hasFocus() else QPalette.ColorRole.Mid
            painter.setBrush(palette.color(role))
            painter.setPen(QPen(palette.color(edge), 1.0))
            painter.drawRoundedRect(box, 4, 4)
            written = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
            painter.setPen(palette.color(written))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(cell))
        painter.end()

    def _describe(self) -> None:
        score = self.score
        self.setAccessibleDescription(_("not answered") if score is None else str(score))
        self.update()

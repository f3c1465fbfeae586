"""The tabs of the window's pages."""

from PyQt6.QtCore import QRect
from PyQt6.QtGui import QPainter, QPaintEvent, QPalette
from PyQt6.QtWidgets import QTabBar, QTabWidget

MARK, INSET = 3, 1


class PageTabs(QTabWidget):
    """Pages with tabs, of which the chosen one can be told in dark windows, too."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabBar(MarkedBar())


class MarkedBar(QTabBar):
    """A line in the accent colour lies along the top of the chosen tab: the style
    Fusion makes that tab only a little lighter, which is lost in dark windows."""

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """The tabs, then the line."""
        super().paintEvent(event)
        with QPainter(self) as painter:
            painter.fillRect(self.mark(), self.palette().color(QPalette.ColorRole.Accent))

    def mark(self) -> QRect:
        """Where the line is."""
        tab = self.tabRect(self.currentIndex())
        return QRect(tab.left() + INSET, tab.top(), tab.width() - 2 * INSET, MARK)

"""The desktop's own look: light or dark, its background and text colours."""

from dataclasses import replace

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QColor, QPalette
from PyQt6.QtWidgets import QApplication, QFrame, QLabel, QWidget

from plumbline.ui.theme import Theme, theme_for

DARK_BELOW = 128
SECONDARY_OPACITY = 0.68


def desktop_theme(palette: QPalette) -> Theme:
    """Our colours on the desktop's base colour, so that plots and controls are of one piece."""
    base = palette.color(QPalette.ColorRole.Base)
    theme = theme_for(dark=base.lightness() < DARK_BELOW)
    return replace(theme, background=base.name())


def on_base(widget: QWidget) -> None:
    """Paint the widget's background as lists and text fields have it."""
    widget.setBackgroundRole(QPalette.ColorRole.Base)
    widget.setAutoFillBackground(True)


def readable_secondary_text(app: QApplication) -> None:
    """Placeholder texts are often too pale (below 4.5:1); ours carry information."""
    palette = app.palette()
    colour = palette.color(QPalette.ColorRole.Text)
    colour.setAlphaF(SECONDARY_OPACITY)
    palette.setColor(QPalette.ColorRole.PlaceholderText, colour)
    app.setPalette(palette)


def quiet(label: QLabel) -> QLabel:
    """Secondary text."""
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label


def as_typed(label: QLabel) -> QLabel:
    """Show what people typed as they typed it: a name with <b> in it is no bold one, and one that
    is read from the right stands where the others stand."""
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setAlignment(label.alignment() | Qt.AlignmentFlag.AlignAbsolute)
    return label


def framed(widget: QFrame) -> None:
    """A frame that can be seen in dark windows, too, where the style's own is lost."""
    widget.setFrameShape(QFrame.Shape.Box)
    widget.setFrameShadow(QFrame.Shadow.Plain)
    widget.setForegroundRole(QPalette.ColorRole.Mid)


def coloured(widget: QWidget, background: str, text: str) -> None:
    """Give a widget colours of its own through its palette."""
    palette = widget.palette()
    palette.setColor(QPalette.ColorRole.Window, QColor(background))
    palette.setColor(QPalette.ColorRole.WindowText, QColor(text))
    palette.setColor(QPalette.ColorRole.ButtonText, QColor(text))
    widget.setPalette(palette)
    widget.setAutoFillBackground(True)

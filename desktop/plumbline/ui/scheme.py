"""Light, dark, or as the desktop has it."""

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QColor, QPalette
from PyQt6.QtWidgets import QApplication

from plumbline.ui.appearance import DARK_BELOW, readable_secondary_text
from plumbline.ui.theme import DARK, LIGHT, Theme

DESKTOP, LIGHT_SCHEME, DARK_SCHEME = "desktop", "light", "dark"
SCHEMES = {DESKTOP: None, LIGHT_SCHEME: LIGHT, DARK_SCHEME: DARK}
_WANTED = {
    DESKTOP: Qt.ColorScheme.Unknown,
    LIGHT_SCHEME: Qt.ColorScheme.Light,
    DARK_SCHEME: Qt.ColorScheme.Dark,
}
FIELDS = ("QLineEdit", "QAbstractSpinBox", "QCheckBox", "QRadioButton")
EDGE_ON_DARK = "#777D87"
DARKER = 140
_Role, _Group = QPalette.ColorRole, QPalette.ColorGroup


def dress_desktop(app: QApplication, scheme: str) -> None:
    """Ask the platform for the scheme; where it has none of its own, bring our colours."""
    hints = app.styleHints()
    if hints:
        hints.setColorScheme(_WANTED.get(scheme, Qt.ColorScheme.Unknown))
    app.setPalette(QPalette())  # the platform's own again
    theme = SCHEMES.get(scheme)
    base = app.palette().color(_Role.Base)
    if theme is not None and (base.lightness() < 128) != (theme is DARK):
        app.setPalette(palette_of(theme))
    readable_secondary_text(app)
    visible_edges(app)


def visible_edges(app: QApplication) -> None:
    """Fields to type in and boxes to tick have an edge in dark windows, too.

    The style Fusion draws it in the window's colour made darker by 140 %, which is lost there:
    those controls get a window's colour that gives `EDGE_ON_DARK` (3:1, WCAG 2.1, 1.4.11).
    """
    palette = app.palette()
    if palette.color(_Role.Base).lightness() < DARK_BELOW:
        palette.setColor(_Role.Window, QColor(EDGE_ON_DARK).lighter(DARKER))
        for name in FIELDS:
            app.setPalette(palette, name)


def palette_of(theme: Theme) -> QPalette:
    """Every colour of a control that Qt asks for, from the theme's few."""
    dark = theme is DARK
    window = QColor("#2B2D31" if dark else "#EFEFEF")
    palette = QPalette(QColor("#3C3F45" if dark else "#EFEFEF"), window)
    text = QColor(theme.text)
    for role in (_Role.WindowText, _Role.Text, _Role.ButtonText, _Role.ToolTipText):
        palette.setColor(role, text)
    palette.setColor(_Role.Base, QColor(theme.background))
    palette.setColor(_Role.AlternateBase, window)
    palette.setColor(_Role.Mid, QColor("#5F646D" if dark else "#B4B8BE"))
    palette.setColor(_Role.ToolTipBase, window)
    palette.setColor(_Role.Highlight, QColor("#2F6BC0" if dark else "#0A4F96"))
    palette.setColor(_Role.HighlightedText, QColor("#FFFFFF"))
    palette.setColor(_Role.Link, QColor(theme.curve))
    palette.setColor(_Role.Accent, QColor(theme.curve))
    for role in (_Role.WindowText, _Role.Text, _Role.ButtonText):
        palette.setColor(_Group.Disabled, role, QColor(theme.muted))
    return palette

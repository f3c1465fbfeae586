"""The mark on made-up data."""

from PyQt6.QtWidgets import QLabel

from plumbline.i18n import _
from plumbline.ui.appearance import coloured
from plumbline.ui.fonts import scaled
from plumbline.ui.theme import Theme


def demo_badge(theme: Theme) -> QLabel:
    """ "DEMO DATA" in colours of its own."""
    badge = QLabel(_("DEMO DATA"))
    badge.setFont(scaled(badge, 1.0, bold=True))
    badge.setContentsMargins(12, 4, 12, 4)
    badge.setToolTip(_("These days come from a virtual belt, not from a person."))
    coloured(badge, theme.badge, theme.badge_text)
    return badge

"""The mark on made-up data, and the way to be rid of them."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from plumbline.i18n import _
from plumbline.ui.appearance import coloured
from plumbline.ui.fonts import scaled
from plumbline.ui.theme import Theme


class DemoBadge(QWidget):
    """ "DEMO DATA" in colours of its own, and a button that removes them."""

    remove_wanted = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.label = QLabel()
        self.label.setFont(scaled(self.label, 1.0, bold=True))
        self.label.setContentsMargins(12, 4, 12, 4)
        self.remove = QPushButton()
        self.remove.setFlat(True)
        self.remove.clicked.connect(lambda: self.remove_wanted.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.remove)
        row.addWidget(self.label)
        self.retranslate()

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        self.label.setText(_("DEMO DATA"))
        self.label.setToolTip(
            _("These days come from a virtual belt and a made-up diary, not from a person.")
        )
        self.remove.setText(_("Remove demo data"))
        self.remove.setToolTip(_("Remove the demo's data and close the window"))
        self.remove.setAccessibleName(_("Remove the demo's data and close the window"))

    def dress(self, theme: Theme) -> None:
        """Take the theme's colours."""
        coloured(self.label, theme.badge, theme.badge_text)

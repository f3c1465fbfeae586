"""Which belt the data came from and when, at the end of the status bar."""

from PyQt6.QtWidgets import QLabel

from plumbline.analysis.days import DayRule
from plumbline.store.rows import BeltInfo
from plumbline.ui.presenters.belts import belt_text


class BeltLabel(QLabel):
    """Name, battery and last sync of the belt shown."""

    def __init__(self) -> None:
        super().__init__()
        self.setContentsMargins(0, 0, 14, 0)

    def show_belt(self, belt: BeltInfo | None, rule: DayRule) -> None:
        """Show what the presenter says."""
        self.setText(belt_text(belt, rule))

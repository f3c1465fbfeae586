"""The sub-page Clients, for those who accompany others."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QFrame, QLabel, QVBoxLayout

from plumbline.i18n import _
from plumbline.ui.appearance import as_typed, framed, quiet
from plumbline.ui.coach.state import Clients, CoachState
from plumbline.ui.coach.sub_page import SubPage, emptied
from plumbline.ui.fonts import ITEM, TITLE, scaled
from plumbline.ui.presenters.coach_clients import present_clients
from plumbline.ui.theme import Theme


class ClientsPage(SubPage):
    """`asked`: everybody is to be read; `show_clients` shows the answer."""

    asked = pyqtSignal()

    key = "clients"

    def __init__(self) -> None:
        super().__init__()
        self.heading, self.sentence, self.group = QLabel(), QLabel(), QLabel()
        self.heading.setFont(scaled(self.heading, TITLE, bold=True))
        self.sentence.setFont(scaled(self.sentence, 1.1))
        self.looked, self.standing = QVBoxLayout(), QVBoxLayout()
        self.second = QLabel()
        self.second.setFont(scaled(self.second, TITLE, bold=True))
        self._clients: Clients | None = None
        for label in (self.sentence, self.group):
            label.setWordWrap(True)
        self.column.addWidget(self.heading)
        self.column.addWidget(self.sentence)
        self.column.addLayout(self.looked)
        self.column.addWidget(quiet(self.group))
        self.column.addSpacing(12)
        self.column.addWidget(self.second)
        self.column.addLayout(self.standing)
        self.column.addStretch(1)
        self.retranslate()

    def title(self) -> str:
        """As in the list."""
        return _("Clients")

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        self.heading.setText(_("Who may need a look this week"))
        self.second.setText(_("How it stands with each, by name"))
        if self._clients:
            self.show_clients(self._clients)

    def show_coaching(self, state: CoachState, theme: Theme) -> None:
        """Ask for everybody."""
        self.asked.emit()

    def show_clients(self, clients: Clients) -> None:
        """Names and reasons, by name."""
        self._clients = clients
        view = present_clients(clients)
        self.sentence.setText(view.sentence)
        self.group.setText(view.group)
        self.second.setVisible(bool(view.standing))
        for layout, lines in ((self.looked, view.lines), (self.standing, view.standing)):
            emptied(layout)
            for name, told in lines:
                layout.addWidget(_card(name, told))


def _card(name: str, told: str) -> QFrame:
    frame = QFrame()
    framed(frame)
    column = QVBoxLayout(frame)
    title, text = as_typed(QLabel(name)), as_typed(QLabel(told))
    title.setFont(scaled(title, ITEM, bold=True))
    text.setWordWrap(True)
    column.addWidget(title)
    column.addWidget(text)
    return frame

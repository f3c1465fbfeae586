"""What the colours stand for: swatches with texts that wrap like words."""

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QLabel


class Key(NamedTuple):
    """A swatch (a symbol in a colour), a name and what belongs to it (may be empty)."""

    symbol: str
    colour: str
    name: str
    text: str = ""


SQUARE, TRIANGLE, CIRCLE, LINE, DIAMOND = "■", "▲", "●", "━", "◆"


class Legend(QLabel):
    """A row of keys, in as many lines as it needs."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)

    def show_keys(self, keys: Iterable[Key]) -> None:
        """Replace all keys."""
        shown = list(keys)
        self.setText(" &nbsp; ".join(_html(key) for key in shown))
        # without the symbols, which would be read out as "black square"
        self.setAccessibleName(", ".join(f"{key.name} {key.text}".strip() for key in shown))


def _html(key: Key) -> str:
    name = escape(key.name).replace(" ", "&nbsp;")
    text = f"&nbsp;<b>{escape(key.text).replace(' ', '&nbsp;')}</b>" if key.text else ""
    return f'<span style="color:{key.colour}">{key.symbol}</span>&nbsp;{name}{text}'

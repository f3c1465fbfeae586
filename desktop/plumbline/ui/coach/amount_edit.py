"""A field for how much of an exercise, with its unit in the form that the number wants."""

from PyQt6.QtWidgets import QSpinBox

from plumbline.coaching.book import MOST_TARGET
from plumbline.ui.presenters.exercises import around


class AmountEdit(QSpinBox):
    """`count(exercise)` first; it is as wide as its longest text, so nothing beside it moves."""

    def __init__(self, least: int = 0, value: int = 0) -> None:
        super().__init__()
        self._exercise = ""
        self.setRange(least, MOST_TARGET)
        self.setValue(value)
        self.valueChanged.connect(lambda _value: self._name())

    def count(self, exercise: str) -> None:
        """Count in the unit of this exercise."""
        self._exercise = exercise
        self.setMinimumWidth(0)
        self._name(MOST_TARGET)
        self.setMinimumWidth(self.sizeHint().width())
        self._name()

    def _name(self, amount: int | None = None) -> None:
        before, after = around(self.value() if amount is None else amount, self._exercise)
        self.setPrefix(before)
        self.setSuffix(after)

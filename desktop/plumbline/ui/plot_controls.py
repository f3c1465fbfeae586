"""What a plot of pyqtgraph asks of the form behind its menu, without the form.

Every plot makes that form: 30 widgets that nobody sees here, and that take as long to make as all
else in it. These stand-ins answer with what the form's widgets would say, as nobody touches them.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pyqtgraph as pg
from PyQt6 import sip
from PyQt6.QtWidgets import QWidget, QWidgetAction

CHECKED = ("peakRadio", "autoDownsampleCheck", "autoPointsCheck")
UNCHECKED = (
    *("fftCheck", "subtractMeanCheck", "logXCheck", "logYCheck", "derivativeCheck"),
    *("phasemapCheck", "downsampleCheck", "subsampleRadio", "meanRadio", "clipToViewCheck"),
    *("autoAlphaCheck", "maxTracesCheck", "forgetTracesCheck", "xGridCheck", "yGridCheck"),
)
NUMBERS = {
    "downsampleSpin": (1, 100_000),
    "gridAlphaSlider": (128, 255),
    "alphaSlider": (1000, 1000),
    "maxTracesSpin": (0, 99),
}
GROUPS = ("transform", "decimate", "average", "alpha", "grid", "points")


class Silent:
    """A signal that is never emitted."""

    def connect(self, slot: Callable[..., object]) -> None:
        """Nobody will be called."""


class Control:
    """A box or a number that stays as it is."""

    toggled = valueChanged = Silent()

    def __init__(self, value: int, most: int = 1) -> None:
        self._value, self._most = value, most

    def isChecked(self) -> bool:
        """Whether the box is checked."""
        return bool(self._value)

    def value(self) -> int:
        """The number."""
        return self._value

    def maximum(self) -> int:
        """The highest number."""
        return self._most


class NoList:
    """A list that stays empty: of parameters to average curves by."""

    itemClicked = Silent()

    def count(self) -> int:
        """None."""
        return 0

    def clear(self) -> None:
        """It is."""

    def findItems(self, _text: str, _how: object) -> list[object]:
        """None."""
        return []

    def addItem(self, _item: object) -> None:
        """Is not kept."""


class Group(QWidget):
    """A part of the form, not in use."""

    toggled = Silent()

    def isChecked(self) -> bool:
        """Never."""
        return False


class Controls(SimpleNamespace):
    """All of them, by the names of the form."""

    def setupUi(self, _form: QWidget) -> None:
        """As the form's, which makes its widgets here."""
        for name in CHECKED:
            setattr(self, name, Control(1))
        for name in UNCHECKED:
            setattr(self, name, Control(0))
        for name, (value, most) in NUMBERS.items():
            setattr(self, name, Control(value, most))
        self.avgParamList = NoList()
        for name in GROUPS:
            setattr(self, f"{name}Group", Group())


def throw_away_menu(plot: pg.PlotItem) -> None:
    """The menu that showed the form, with all that it is made of: nobody opens it, and PyQt, which
    takes apart what is left when the program ends, can stumble over so many that hang together."""
    for action in plot.findChildren(QWidgetAction):
        sip.delete(action)
    sip.delete(plot.ctrlMenu)
    plot.ctrlMenu = None


@contextmanager
def without_form() -> Iterator[None]:
    """Plots made inside have stand-ins; on the window's thread only, as all plots are."""
    module: Any = sys.modules[pg.PlotItem.__module__]
    form = module.ui_template
    module.ui_template = SimpleNamespace(Ui_Form=Controls)
    try:
        yield
    finally:
        module.ui_template = form

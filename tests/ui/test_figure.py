"""The figure goes with the words over it: bent legs for who sits, straight for who lies."""

import pytest
from beltwire import codes
from plumbline.ui.figure import FITS, HEAD, TRUNK, Figure, Lean, leg_lines
from plumbline.ui.presenters.live import Legs, SampleWindow, as_tilt, present_live
from plumbline.ui.theme import LIGHT
from PyQt6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from tests.ui.test_live import OPEN, sample

HIP, UPRIGHT = QPointF(100, 100), QPointF(0, -1)


@pytest.mark.parametrize(
    ("activity", "legs"),
    [
        (codes.SITTING, Legs.BENT),
        (codes.LYING, Legs.IN_LINE),
        (codes.STANDING, Legs.DOWN),
        (codes.WALKING, Legs.DOWN),
        (codes.UNKNOWN, Legs.DOWN),
    ],
)
def test_the_legs_go_with_the_posture(activity: int, legs: Legs) -> None:
    seen = sample()
    seen.activity = activity
    assert present_live(OPEN, seen, SampleWindow(25)).legs is legs


def lines(legs: Legs, shape: str = "side", up: QPointF = UPRIGHT) -> list[list[QPointF]]:
    lean = Lean("", 0.0, "", shape, legs)
    return [[QPointF(point) for point in line] for line in leg_lines(HIP, up, 200, 20, lean)]


def test_from_the_side_knees_are_forward_of_who_sits() -> None:
    ((hip, foot),) = lines(Legs.DOWN)
    assert hip == HIP
    assert foot.x() == hip.x()
    assert foot.y() > hip.y()
    ((hip, knee, heel),) = lines(Legs.BENT)
    assert knee.y() == hip.y()
    assert knee.x() > hip.x()
    assert heel.x() == knee.x()
    assert heel.y() < foot.y()  # feet that do not reach as far down as those of who stands


def test_from_behind_there_are_two_legs() -> None:
    assert [len(lines(legs, "behind")) for legs in Legs] == [2, 2, 2]


def test_who_lies_has_the_legs_where_the_trunk_does_not_point() -> None:
    ((hip, foot),) = lines(Legs.IN_LINE, up=QPointF(-1, 0))
    assert foot.y() == hip.y()
    assert foot.x() > hip.x()


def test_the_head_of_who_lies_is_inside_its_half() -> None:
    assert FITS * (TRUNK + (1.15 + 1) * HEAD) <= 0.5


def test_a_belt_that_knows_no_forward_is_drawn_once_in_the_middle(qtbot: QtBot) -> None:
    figure = Figure()
    qtbot.addWidget(figure)
    live = present_live(OPEN, sample(), SampleWindow(25))
    figure.show_lean(live, LIGHT)
    assert [lean.shape for lean in figure.shown] == ["side", "behind"]
    figure.show_lean(as_tilt(live), LIGHT)
    (only,) = figure.shown
    assert only.text.endswith("from upright")

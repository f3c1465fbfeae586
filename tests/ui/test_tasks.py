"""The bridge between threads."""

import threading
from collections.abc import Callable
from functools import partial

import pytest
from plumbline.ui.tasks import Tasks
from PyQt6.QtCore import QEventLoop
from PyQt6.QtGui import QPaintEvent
from PyQt6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot


@pytest.fixture
def tasks(qtbot: QtBot):
    bridge = Tasks()
    yield bridge
    bridge.close()


def raised(error: Exception) -> None:
    raise error


def test_work_runs_elsewhere_and_its_result_comes_back_here(tasks: Tasks, qtbot: QtBot) -> None:
    here, threads, results = threading.get_ident(), [], []

    def work() -> int:
        threads.append(threading.get_ident())
        return 42

    def done(result: int) -> None:
        results.append((result, threading.get_ident()))

    tasks.run("store", work, done, raised)
    qtbot.waitUntil(lambda: bool(results))
    assert results == [(42, here)]
    assert threads[0] != here


def test_an_error_comes_back_as_an_error(tasks: Tasks, qtbot: QtBot) -> None:
    errors: list[Exception] = []
    tasks.run("store", lambda: 1 // 0, lambda _: None, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], ZeroDivisionError)


def test_a_lane_keeps_order_on_one_thread(tasks: Tasks, qtbot: QtBot) -> None:
    order: list[int] = []
    threads: set[int] = set()
    for n in range(20):
        tasks.run(
            "store",
            lambda: threads.add(threading.get_ident()),
            lambda _, n=n: order.append(n),
            raised,
        )
    qtbot.waitUntil(lambda: len(order) == 20)
    assert order == list(range(20))
    assert len(threads) == 1


def test_lanes_do_not_wait_for_each_other(tasks: Tasks, qtbot: QtBot) -> None:
    held, results = threading.Event(), []
    tasks.run("link", lambda: held.wait(20), lambda _: results.append("link"), raised)
    tasks.run("store", lambda: None, lambda _: results.append("store"), raised)
    qtbot.waitUntil(lambda: results == ["store"])
    held.set()
    qtbot.waitUntil(lambda: results == ["store", "link"])


def test_after_closing_nothing_comes_back(qtbot: QtBot) -> None:
    bridge = Tasks()
    held, ran, back, last = threading.Event(), [], [], []
    bridge.run("store", lambda: held.wait(20), back.append, raised)
    held.set()
    bridge.close({"store": lambda: last.append(threading.current_thread().name)})
    bridge.run("store", lambda: ran.append("late"), back.append, raised)
    qtbot.wait(50)
    assert ran == []
    assert back == []
    assert last[0].startswith("plumbline-store")


class Painted(QWidget):
    """Notes when it is painted."""

    def __init__(self, order: list[str]) -> None:
        super().__init__()
        self._order = order

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        self._order.append("painted")


def painted(qtbot: QtBot) -> tuple[list[str], Callable[[str], None]]:
    """What happens to a widget that is on the screen, in order, and what shows something on it."""
    order: list[str] = []
    widget = Painted(order)
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()

    def show(name: str) -> None:
        order.append(name)
        widget.update()

    order.clear()
    return order, show


def test_what_comes_together_is_painted_one_after_the_other(tasks: Tasks, qtbot: QtBot) -> None:
    order, show = painted(qtbot)
    for name in "abc":
        tasks.post(partial(show, name))
    qtbot.waitUntil(lambda: order.count("painted") == 3)
    assert order == ["a", "painted", "b", "painted", "c", "painted"]


def test_a_window_that_paints_slowly_does_not_lag_behind(tasks: Tasks, qtbot: QtBot) -> None:
    order, show = painted(qtbot)
    names = [f"sample {n}" for n in range(50)]
    for name in names:
        tasks.post(partial(show, name))
    qtbot.waitUntil(lambda: order.count("painted") >= 2 and order[-1] == "painted")
    qtbot.waitUntil(lambda: names[-1] in order)
    assert [each for each in order if each != "painted"] == names
    assert order.count("painted") < 6


def test_a_lane_goes_on_when_its_result_is_shown(tasks: Tasks, qtbot: QtBot) -> None:
    order: list[str] = []
    for n in range(3):
        work, done = f"work {n}", f"shown {n}"
        tasks.run("store", partial(order.append, work), lambda _, d=done: order.append(d), raised)
    qtbot.waitUntil(lambda: len(order) == 6)
    assert order == [f"{what} {n}" for n in range(3) for what in ("work", "shown")]


def test_what_a_call_waits_for_in_a_loop_of_its_own_comes(tasks: Tasks, qtbot: QtBot) -> None:
    order: list[str] = []
    loop = QEventLoop()

    def asks() -> None:
        loop.exec()
        order.append("asked")

    def answers() -> None:
        order.append("answered")
        loop.quit()

    tasks.post(asks)
    tasks.post(answers)
    qtbot.waitUntil(lambda: len(order) == 2)
    assert order == ["answered", "asked"]


def test_the_end_does_not_wait_for_who_gives_way(qtbot: QtBot) -> None:
    bridge = Tasks()
    began, gave = threading.Event(), []

    def work() -> None:
        began.set()
        for _n in range(1000):
            bridge.give_way()
        gave.append(1)

    bridge.run("link", work, lambda _: None, raised)
    began.wait(20)
    bridge.close()
    assert gave == [1]

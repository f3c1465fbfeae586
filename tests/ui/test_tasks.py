"""The bridge between threads."""

import threading

import pytest
from plumbline.ui.tasks import Tasks
from pytestqt.qtbot import QtBot


@pytest.fixture
def tasks(qtbot: QtBot):
    bridge = Tasks()
    yield bridge
    bridge.close()


def unexpected(error: Exception) -> None:
    raise error


def test_work_runs_elsewhere_and_its_result_comes_back_here(tasks: Tasks, qtbot: QtBot) -> None:
    here, threads, results = threading.get_ident(), [], []

    def work() -> int:
        threads.append(threading.get_ident())
        return 42

    def done(result: int) -> None:
        results.append((result, threading.get_ident()))

    tasks.run("store", work, done, unexpected)
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
            unexpected,
        )
    qtbot.waitUntil(lambda: len(order) == 20)
    assert order == list(range(20))
    assert len(threads) == 1


def test_lanes_do_not_wait_for_each_other(tasks: Tasks, qtbot: QtBot) -> None:
    held, results = threading.Event(), []
    tasks.run("link", lambda: held.wait(20), lambda _: results.append("link"), unexpected)
    tasks.run("store", lambda: None, lambda _: results.append("store"), unexpected)
    qtbot.waitUntil(lambda: results == ["store"])
    held.set()
    qtbot.waitUntil(lambda: results == ["store", "link"])


def test_after_closing_nothing_comes_back(qtbot: QtBot) -> None:
    bridge = Tasks()
    held, ran, back, last = threading.Event(), [], [], []
    bridge.run("store", lambda: held.wait(20), back.append, unexpected)
    held.set()
    bridge.close({"store": lambda: last.append(threading.current_thread().name)})
    bridge.run("store", lambda: ran.append("late"), back.append, unexpected)
    qtbot.wait(50)
    assert ran == []
    assert back == []
    assert last[0].startswith("plumbline-store")

"""Garbage is taken apart in the window's thread, between two events."""

import gc
import threading
from collections.abc import Iterator

import pytest
from plumbline.ui import garbage
from PyQt6.QtCore import QObject
from pytestqt.qtbot import QtBot

RINGS = 5000  # many times what has Python look for garbage by itself


class Ring:
    """Refers to itself: only a collection takes it apart, and it tells in which thread."""

    def __init__(self, told: list[int]) -> None:
        self.itself, self.told = self, told

    def __del__(self) -> None:
        self.told.append(threading.get_ident())


@pytest.fixture
def as_python_does() -> Iterator[None]:
    collects = gc.isenabled()
    gc.enable()
    yield
    if not collects:
        gc.disable()


@pytest.mark.usefixtures("as_python_does")
def test_what_any_thread_leaves_is_taken_apart_by_the_windows_between_events(qtbot: QtBot) -> None:
    window, told = QObject(), list[int]()

    def leave() -> None:
        for _n in range(RINGS):
            Ring(told)

    garbage.between_events(window)
    worker = threading.Thread(target=leave)
    worker.start()
    worker.join()
    leave()
    assert not told
    qtbot.waitUntil(lambda: len(told) == 2 * RINGS, timeout=20_000)
    assert set(told) == {threading.get_ident()}
    garbage.anywhere()
    assert gc.isenabled()


def test_the_oldest_generation_that_is_due_is_looked_through(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked: list[int] = []
    monkeypatch.setattr(gc, "collect", looked.append)
    for counts in ((700, 10, 100), (701, 0, 0), (701, 11, 0), (0, 11, 101)):
        monkeypatch.setattr(gc, "get_count", lambda counts=counts: counts)
        garbage.look()
    assert looked == [0, 1, 2]

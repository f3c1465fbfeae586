"""One measurement in a process of its own: `python -m bench.window PART FOLDER`; prints JSON.

start    from the first line of Python to Today on the screen
changes  days and ranges, one after the other
pages    each page for the first time, when the window has had time to make it
at-once  each page for the first time, as soon as Today is on the screen
sync     a month fetched while the window shows a page
first-sync   a month fetched while the window has nothing to show
live     the virtual belt's samples, until they are drawn
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

BEGAN = time.perf_counter()
DAYS, PERIODS = 20, 4
LIVE_S = 12.0
QUIET_S = 3.0
LIMIT_S = 120.0


def seen(window, signal, act: Callable[[], None], plots=None) -> float:
    """Milliseconds from `act` until `plots` are painted with what `signal` brought; without
    `plots` until it comes: `trends_drawn` does when the last piece is painted."""
    from PyQt6.QtCore import QEvent, QEventLoop, QObject, QTimer

    class Painted(QObject):
        def __init__(self) -> None:
            super().__init__()
            self.ready = False

        def eventFilter(self, _watched: QObject | None, event: QEvent | None) -> bool:
            if self.ready and event is not None and event.type() == QEvent.Type.Paint:
                self.ready = False
                QTimer.singleShot(0, loop.quit)  # after this paint
            return False

    loop, painted = QEventLoop(), Painted()

    def arrived(*_args: object) -> None:
        if plots is None:
            loop.quit()
            return
        painted.ready = True
        plots.viewport().update()

    if plots is not None:
        plots.viewport().installEventFilter(painted)
    connection = signal.connect(arrived)
    guard = QTimer()
    guard.setSingleShot(True)
    guard.timeout.connect(lambda: loop.exit(1))
    guard.start(round(LIMIT_S * 1000))
    began = time.perf_counter()
    act()
    status = loop.exec()
    took = (time.perf_counter() - began) * 1000
    signal.disconnect(connection)
    if plots is not None:
        plots.viewport().removeEventFilter(painted)
    if status:
        raise SystemExit(f"nothing was drawn within {LIMIT_S:.0f} s")
    return took


def opened(folder: Path, link: object | None = None):
    """The application and its window, made but not shown."""
    from dataclasses import replace

    from plumbline import cli

    cli.module("gui")  # as the program does
    from plumbline.ui import app as window_app
    from plumbline.ui.link_work import SerialLink
    from plumbline.ui.main_window import MainWindow
    from plumbline.ui.session import real_session

    class NoBelt(SerialLink):
        """A computer without belts."""

        def ports(self) -> list[str]:
            return []

    app = window_app.application()
    session = replace(real_session(folder), link=link or NoBelt(folder))
    return app, MainWindow(session, remember=False)


def show(window) -> None:
    """As `plumbline gui` does."""
    from plumbline.ui import app

    app.show(window)


def shut(window) -> None:
    """Close a window as the program does."""
    from plumbline.ui import app

    window.close()
    app.take_apart(window)


def start(folder: Path) -> dict[str, float]:
    """A cold start, imports included; the interpreter's own start is told by the caller."""
    _app, window = opened(folder)
    seen(window, window.day_drawn, lambda: show(window), window.today.plots)
    took = (time.perf_counter() - BEGAN) * 1000
    worked = time.process_time() * 1000
    shut(window)
    return {
        "middle_ms": took,
        "work_ms": worked,
        "memory_mb": memory_mb(),
    }


def memory_mb() -> float:
    """The most memory this process has had at once."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def changes(folder: Path) -> dict[str, object]:
    """Every kind of change: worst and middle time until drawn, and worst stall."""
    from plumbline.ui.presenters.trends import Range

    from bench.stalls import Stalls

    _app, window = opened(folder)
    seen(window, window.trends_drawn, lambda: show(window), window.today.plots)
    stalls = Stalls()
    rows: dict[str, object] = {}

    def measure(name: str, signal, plots, acts: list[Callable[[], None]]) -> None:
        times, stalled, worked = [], [], []
        for act in acts:
            stalls.reset()
            times.append(seen(window, signal, act, plots))
            stalled.append(stalls.worst_ms)
            worked.append(stalls.work_ms)
        rows[name] = {
            "middle_ms": median(times),
            "worst_ms": max(times),
            "stall_ms": max(stalled),
            "work_ms": max(worked),
        }

    measure(
        "day",
        window.day_drawn,
        window.today.plots,
        [lambda: window.today.header.go("before")] * DAYS,
    )
    window.tabs.setCurrentWidget(window.trends)
    settle(0.3)
    for kind in Range:
        choose = [lambda kind=kind: window.trends.choose(kind)]
        if kind is not Range.ALL:
            choose += [lambda: window.director.step_period(-1)] * PERIODS
        measure(kind.value, window.trends_drawn, None, choose)
    rows["memory_mb"] = memory_mb()
    shut(window)
    return rows


def pages(folder: Path) -> dict[str, object]:
    """Each page chosen for the first time, one after the other."""
    from plumbline.ui.rooms.rooms import PAGES

    _app, window = opened(folder)
    seen(window, window.day_drawn, lambda: show(window), window.today.plots)
    all_made(window)
    settle(1.0)
    rows = {key: entered(window, key) for key in PAGES[1:]}
    shut(window)
    return rows


def all_made(window) -> None:
    """Wait until every page is there."""
    from plumbline.ui.rooms.rooms import PAGES

    until = time.perf_counter() + LIMIT_S
    while not all(window.rooms.made(key) for key in PAGES[1:]):
        if time.perf_counter() > until:
            raise SystemExit(f"not all pages are made within {LIMIT_S:.0f} s")
        settle(0.1)


def at_once(folder: Path) -> dict[str, object]:
    """Each page chosen for the first time while the window has nothing but Today."""
    from plumbline.ui.rooms.rooms import PAGES

    rows: dict[str, object] = {}
    for key in PAGES[1:]:
        rows[key] = fresh("enter", folder, key)
    return rows


def enter(folder: Path, key: str) -> dict[str, float]:
    """One page, as soon as Today is on the screen."""
    _app, window = opened(folder)
    seen(window, window.day_drawn, lambda: show(window), window.today.plots)
    row = entered(window, key)
    shut(window)
    return row


def entered(window, key: str) -> dict[str, float]:
    """From the key that chooses the page until it is painted with what there is to show on it."""
    from plumbline.ui.rooms.rooms import COACH, PAGES, TRENDS
    from PyQt6.QtCore import QEvent, QEventLoop, QObject, QTimer
    from PyQt6.QtWidgets import QApplication

    from bench.stalls import Stalls

    class Painted(QObject):
        def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
            if event is not None and event.type() == QEvent.Type.Paint and there():
                QTimer.singleShot(0, loop.quit)  # after this paint
            return False

    def there() -> bool:
        if not window.rooms.made(key):
            return False
        if key == COACH and window.coach_director.state is None:
            return False
        return key != TRENDS or window.trend_view is not None

    loop, painted, stalls, app = QEventLoop(), Painted(), Stalls(), QApplication.instance()
    settle(0.05)
    again = QTimer()
    again.timeout.connect(lambda: there() and window.tabs.currentWidget().update())
    again.start(20)
    app.installEventFilter(painted)
    stalls.reset()
    began = time.perf_counter()
    window.tabs.setCurrentIndex(PAGES.index(key))
    loop.exec()
    took = (time.perf_counter() - began) * 1000
    app.removeEventFilter(painted)
    settle(0.1)  # what comes behind the paint counts as well
    return {"middle_ms": took, "stall_ms": stalls.worst_ms, "work_ms": stalls.work_ms}


def fresh(*words: object) -> dict[str, float]:
    """A part in a process of its own."""
    command = [sys.executable, "-m", "bench.window", *map(str, words)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(ran.stdout.strip().splitlines()[-1])
    return found


def settle(seconds: float) -> None:
    """Let the window do what it does."""
    from PyQt6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def sync(folder: Path, page: str) -> dict[str, float]:
    """A month of a second belt comes in while the window shows this page; on Today at its start,
    on others when all is quiet. What is drawn when it has come counts as well."""
    from plumbline.ui.rooms.rooms import TODAY

    from bench.far_belt import month_on_a_belt
    from bench.live import OnePort
    from bench.stalls import Stalls

    with month_on_a_belt() as port, TemporaryDirectory() as scratch:
        copy = Path(scratch) / "data"
        shutil.copytree(folder, copy)
        link = OnePort(copy, port)
        link.plugged_in = page == TODAY
        _app, window = opened(copy, link)
        seen(window, window.day_drawn, lambda: show(window), window.today.plots)
        if page != TODAY:
            all_made(window)
            entered(window, page)
            settle(QUIET_S)
        row = fetched(window, Stalls(), link)
        shut(window)
    return row


def first_sync(_folder: Path) -> dict[str, float]:
    """A month comes in while the window has nothing to show."""
    from bench.far_belt import month_on_a_belt
    from bench.live import OnePort
    from bench.stalls import Stalls

    with month_on_a_belt() as port, TemporaryDirectory() as scratch:
        link = OnePort(Path(scratch), port)
        link.plugged_in = False
        _app, window = opened(Path(scratch), link)
        show(window)
        settle(QUIET_S)
        row = fetched(window, Stalls(), link)
        if not window.shows_a_day:
            raise SystemExit("what was fetched is not shown")
        shut(window)
    return row


def fetched(window, stalls, link) -> dict[str, float]:
    """The worst from when the belt is there until all is quiet behind its month."""
    done: list[object] = []
    window.sync.synced.connect(lambda *outcome: done.append(outcome))
    stalls.reset()
    began = time.perf_counter()
    link.plugged_in = True
    while not done and time.perf_counter() - began < LIMIT_S:
        settle(0.02)
    if not done or not done[0][0].new_minutes:
        raise SystemExit("nothing was fetched")
    during, took = stalls.worst_ms, time.perf_counter() - began
    settle(QUIET_S)
    return {
        "seconds": took,
        "during_ms": during,
        "stall_ms": stalls.worst_ms,
        "work_ms": stalls.work_ms,
    }


def live(folder: Path) -> dict[str, float]:
    """The virtual belt on a pty: samples drawn a second, and their delay from the belt's clock."""
    from bench.live import measure

    return measure(folder, LIVE_S)


PARTS: dict[str, Callable[..., object]] = {
    "start": start,
    "changes": changes,
    "pages": pages,
    "at-once": at_once,
    "enter": enter,
    "sync": sync,
    "first-sync": first_sync,
    "live": live,
}


def main(argv: list[str]) -> int:
    """Print what was measured."""
    part, folder, *more = argv
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    print(json.dumps(PARTS[part](Path(folder), *more)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

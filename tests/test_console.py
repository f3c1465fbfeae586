"""Progress on a terminal and in a file."""

import io

from plumbline import i18n
from plumbline.console import ProgressText


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def shown(stream: io.StringIO, steps: list[tuple[float, int]]) -> str:
    clock = Clock()
    text = ProgressText("Fetching", stream, clock)
    for now, done in steps:
        clock.now = now
        text.show(done, 200, ", x")
    text.close()
    return stream.getvalue()


def test_what_is_quick_says_nothing() -> None:
    assert shown(Terminal(), [(0.1, 50), (0.9, 200)]) == ""
    assert shown(io.StringIO(), [(0.1, 50), (0.9, 200)]) == ""


def test_a_terminal_gets_a_bar_that_is_taken_away_again() -> None:
    assert shown(Terminal(), [(1.0, 50), (1.05, 60), (2.0, 100)]) == (
        "\r[#######.......................] Fetching  25 %, x, 3 s left\x1b[K"
        "\r[###############...............] Fetching  50 %, x, 2 s left\x1b[K"
        "\r\x1b[K"
    )


def test_a_file_gets_a_few_lines() -> None:
    assert shown(io.StringIO(), [(1.0, 50), (3.0, 80), (6.0, 150), (12.0, 200)]) == (
        "Fetching  25 %, x, 3 s left\nFetching  75 %, x, 2 s left\nFetching 100 %, x\n"
    )


def test_what_was_told_reaches_its_end() -> None:
    assert shown(io.StringIO(), [(1.0, 194), (1.1, 200), (1.2, 200)]) == (
        "Fetching  97 %, x, 0 s left\nFetching 100 %, x\n"
    )


def test_progress_speaks_the_language() -> None:
    i18n.use_language("de")
    try:
        assert shown(io.StringIO(), [(1.0, 50)]) == "Fetching  25 %, x, noch 3 s\n"
    finally:
        i18n.use_language("en")


def test_an_unknown_total_says_nothing() -> None:
    clock = Clock()
    text = ProgressText("Fetching", stream := io.StringIO(), clock)
    clock.now = 5.0
    text.show(0, 0)
    assert stream.getvalue() == ""

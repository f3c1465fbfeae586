"""Drawing in pieces, each painted before the next: in between the user is answered."""

from collections.abc import Callable, Iterator

from plumbline.ui.tasks import Tasks


class InTurns:
    """Call with an iterator that yields after each piece of work, and with what is to be done once
    all is painted. What was begun before is left as it is, and nothing done after it."""

    def __init__(self, tasks: Tasks) -> None:
        self._tasks = tasks
        self._pieces: Iterator[None] | None = None

    def __call__(self, pieces: Iterator[None], then: Callable[[], None]) -> None:
        self._pieces = pieces
        self._tasks.post(lambda: None)  # a turn in which the first is painted
        self._go_on(pieces, then)

    def _go_on(self, pieces: Iterator[None], then: Callable[[], None]) -> None:
        if pieces is not self._pieces:
            return
        try:
            next(pieces)
        except StopIteration:
            self._pieces = None
            then()
        else:
            self._tasks.post(lambda: self._go_on(pieces, then))

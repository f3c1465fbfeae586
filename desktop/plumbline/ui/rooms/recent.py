"""A signal for those who come later: they are told at once what it said last."""

from collections.abc import Callable
from typing import Any


class Recent:
    """Keeps a signal's newest arguments."""

    def __init__(self, signal: Any) -> None:
        self._signal = signal
        self._said: tuple[Any, ...] | None = None
        signal.connect(self._keep)

    def follow(self, slot: Callable[..., None]) -> None:
        """Connect `slot`, and call it with what was said last."""
        self._signal.connect(slot)
        if self._said is not None:
            slot(*self._said)

    def _keep(self, *said: Any) -> None:
        self._said = said

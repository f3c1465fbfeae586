"""The one button: debounced, with a meaning by how long it is held."""

DEBOUNCE_MS = 30
HOLD_MS = 3000
RESET_MS = 10000
TOO_LONG_MS = 15000

NOTHING = 0
PRESSED = 1
HELD = 2
HELD_LONG = 3
ABOUT_TO_RESET = 4


class Button:
    """Feed it the level; it answers once per press, when the button is let go.

    Held for 10 s it says so at once, so that its holder can be warned; whoever then goes on
    holding it for 5 s more has changed his mind, and nothing follows.
    """

    def __init__(self) -> None:
        self._down_ms = -1
        self._up_ms = -1
        self._warned = False
        self._swallowed = False

    def swallow(self) -> None:
        """The present press has had its meaning: letting go means nothing more."""
        self._swallowed = self._down_ms >= 0

    def tick(self, down: bool, now_ms: int) -> int:
        """PRESSED, HELD (3 s) or HELD_LONG (10 to 15 s) when a press has ended, else NOTHING.

        ABOUT_TO_RESET once, 10 s into a press.
        """
        if down:
            return self._hold(now_ms)
        if self._down_ms < 0:
            return NOTHING
        if self._up_ms < 0:
            self._up_ms = now_ms
        if now_ms - self._up_ms < DEBOUNCE_MS:
            return NOTHING
        held_ms = self._up_ms - self._down_ms
        meaning = NOTHING if self._swallowed else _meaning(held_ms)
        self._down_ms = self._up_ms = -1
        self._warned = self._swallowed = False
        return meaning

    def _hold(self, now_ms: int) -> int:
        self._up_ms = -1
        if self._down_ms < 0:
            self._down_ms = now_ms
        if self._warned or self._swallowed or now_ms - self._down_ms < RESET_MS:
            return NOTHING
        self._warned = True
        return ABOUT_TO_RESET


def _meaning(held_ms: int) -> int:
    """What a press of this length asks for."""
    if held_ms < DEBOUNCE_MS or held_ms >= TOO_LONG_MS:
        return NOTHING
    if held_ms >= RESET_MS:
        return HELD_LONG
    return HELD if held_ms >= HOLD_MS else PRESSED

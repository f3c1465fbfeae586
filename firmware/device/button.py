"""The one button: debounced, with a meaning by how long it is held."""

DEBOUNCE_MS = 30
HOLD_MS = 3000
RESET_MS = 10000

NOTHING = 0
PRESSED = 1
HELD = 2
HELD_LONG = 3


class Button:
    """Feed it the level; it answers once per press, when the button is let go."""

    def __init__(self) -> None:
        self._down_ms = -1
        self._up_ms = -1

    def tick(self, down: bool, now_ms: int) -> int:
        """PRESSED, HELD (3 s) or HELD_LONG (10 s) when a press has ended, else NOTHING."""
        if down:
            self._up_ms = -1
            if self._down_ms < 0:
                self._down_ms = now_ms
            return NOTHING
        if self._down_ms < 0:
            return NOTHING
        if self._up_ms < 0:
            self._up_ms = now_ms
        if now_ms - self._up_ms < DEBOUNCE_MS:
            return NOTHING
        held_ms = self._up_ms - self._down_ms
        self._down_ms = -1
        self._up_ms = -1
        if held_ms < DEBOUNCE_MS:
            return NOTHING
        if held_ms >= RESET_MS:
            return HELD_LONG
        return HELD if held_ms >= HOLD_MS else PRESSED

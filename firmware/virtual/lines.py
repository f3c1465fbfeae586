"""The two lines of the I2C bus, and what can go wrong on them."""

TIMED_OUT = 116
NO_DEVICE = 19
HELD_FOR_GOOD = -1


class Lines:
    """SCL and SDA. Set by a test:

    `held`: so many clocks a chip wants to see before it lets go of SDA (HELD_FOR_GOOD: a short).
    `unheard`: so many transfers that nobody acknowledges.
    """

    def __init__(self) -> None:
        self.held = 0
        self.unheard = 0
        self._scl = 1

    def transfer(self) -> None:
        """A transfer begins. OSError: the bus is held, or nobody acknowledges."""
        if self.held:
            raise OSError(TIMED_OUT)
        if self.unheard:
            self.unheard -= 1
            raise OSError(NO_DEVICE)

    def drive_scl(self, level: int) -> None:
        """The master drives the clock; a rising edge is a clock to the chips."""
        if level and not self._scl and self.held > 0:
            self.held -= 1
        self._scl = level

    def sda(self) -> int:
        """The data line, which any chip can hold low."""
        return 0 if self.held else 1

"""What a reset leaves: a few bytes in the memory of the chip's clock.

It survives every reset and deep sleep, and is gone when the power goes. It holds why the belt
went to sleep or restarts, how often in a row it has fallen over, and what the time was by the
chip's own slow clock, which goes on meanwhile (good enough for quiet hours, not for the log).
"""

from beltwire import codes
from beltwire.crc import crc32

TYPE_CHECKING = False
if TYPE_CHECKING:
    from device.board import Board

MAGIC = b"PK1"
BYTES = 14
AWAKE = 0
NOT_WORN = 1
FLAT = 2

PLAINLY = 0
"""No cause: the reset came unasked."""
FALLS = (codes.RESET_UNKNOWN, codes.RESET_WATCHDOG, codes.RESET_BROWN_OUT)
"""Causes that nobody asked for."""
MOST_FALLS = 255


class Keep:
    """The bytes, read when made; `write` puts them back."""

    def __init__(self, board: "Board") -> None:
        self._board = board
        self.state = AWAKE
        """Why the belt sleeps, if it does."""
        self.cause = PLAINLY
        """RESET_* of a restart that was asked for."""
        self.falls = 0
        """How often in a row the belt fell over soon after its start."""
        self._utc_s = 0
        self._rtc_s = 0
        self._read()

    def _read(self) -> None:
        data = self._board.rtc_memory()
        if len(data) != BYTES + 4 or data[:3] != MAGIC:
            return
        if crc32(data[:BYTES]) != int.from_bytes(data[BYTES:], "little"):
            return
        self.state = data[3]
        self.cause = data[4]
        self.falls = data[5]
        self._utc_s = int.from_bytes(data[6:10], "little")
        self._rtc_s = int.from_bytes(data[10:14], "little")

    def write(self) -> None:
        """Put everything where the next start finds it."""
        data = MAGIC + bytes((self.state, self.cause, self.falls))
        data += self._utc_s.to_bytes(4, "little") + self._rtc_s.to_bytes(4, "little")
        self._board.keep_in_rtc(data + crc32(data).to_bytes(4, "little"))

    def take_cause(self, found: int) -> int:
        """Why the belt started, where the chip says RESET_* `found`; counts falls in a row."""
        cause = self.cause or found
        self.cause = PLAINLY
        self.state = AWAKE
        self.falls = min(self.falls + 1, MOST_FALLS) if cause in FALLS else 0
        self.write()
        return cause

    def stands(self) -> None:
        """The belt has run long enough to trust it."""
        if self.falls:
            self.falls = 0
            self.write()

    def note_time(self, utc_s: int) -> None:
        """It is `utc_s` now."""
        self._utc_s = utc_s
        self._rtc_s = self._board.rtc_s()
        self.write()

    def utc_s(self) -> int:
        """What the time is by the chip's slow clock; 0 where it is not known."""
        return self._utc_s + self._board.rtc_s() - self._rtc_s if self._utc_s else 0

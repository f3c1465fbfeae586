# Plumbline belt core: worn or not
"""Not worn: an hour of stillness no body can hold.

Breathing alone turns a belt by a few tenths of a degree at every breath. A second counts as
moved when the mean "up" has turned by more than about 0.08 degrees in two seconds. Of the seconds
of lying wearers (HAPT) 55 to 100 % are moved ones (the stillest of 80 bouts 20 %), of seated and
standing ones more; a desk's vibrations average out, even heavy typing beside the belt moves hardly
a second. A minute with at
most 6 moved seconds is a still one, and after MINUTES still ones in a row the belt is not worn;
the first minute that is not still, or three moved seconds in a row, ends it.
"""

from array import array

from .motion import EX, EZ

MINUTES = 60
_TURN = 150  # of a sum of 26 unit vectors of 4096: 1.4 mrad
_MOVED_MOST = 6  # moved seconds in a still minute
_NUMBERS = 10
_WAKE = 3  # moved seconds in a row that mean a hand or a body

# _s: 0-5 sums of the last two seconds, 6 second of the minute, 7 moved seconds, 8 still minutes,
# 9 moved seconds in a row


class Wear:
    """Tells from each second's sums (a row of Motion) whether anyone wears the belt."""

    def __init__(self, minutes: int = MINUTES) -> None:
        self._minutes = minutes
        self._s = array("i", bytes(4 * _NUMBERS))

    @property
    def not_worn(self) -> bool:
        """True from the end of the last still minute needed on."""
        return self._s[8] >= self._minutes

    def add(self, row: "array[int]") -> None:
        """Take one second's row."""
        s = self._s
        moved = False
        for k in range(EX, EZ + 1):
            turn = row[k] - s[k - EX]
            if turn > _TURN or turn < -_TURN:
                moved = True
            s[k - EX] = s[k - EX + 3]
            s[k - EX + 3] = row[k]
        s[9] = s[9] + 1 if moved else 0
        if s[9] >= _WAKE:
            s[9] = s[8] = s[7] = s[6] = 0
            return
        s[7] += 1 if moved else 0
        s[6] += 1
        if s[6] == 60:
            s[8] = min(s[8] + 1, self._minutes) if s[7] <= _MOVED_MOST else 0
            s[6] = s[7] = 0

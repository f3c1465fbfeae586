# Plumbline belt core: how the sensor sits on the body
"""The rotation from sensor axes to body axes (x forward, y left, z up) in Q14 integers."""

from array import array

from .fixed import ONE_Q14, norm3, unit_q14

# Until a calibration has said otherwise: sensor x up, y to the left, z backward (board on the
# small of the back, its face outward).
DEFAULT = (0, 0, -16384, 0, 16384, 0, 16384, 0, 0)


class Mounting:
    """The rotation sensor -> body: `rows`, array("h") of 9, rows forward, left, up in Q14.

    Each row is the body axis written in sensor axes, so body = rows @ sensor.
    """

    def __init__(self) -> None:
        self.rows = array("h", DEFAULT)
        self._work = array("i", bytes(36))

    def set_rows(self, rows: "array[int]") -> None:
        """Take over nine Q14 numbers that are a rotation; anything else raises ValueError."""
        _check_rotation(rows)
        for k in range(9):
            self.rows[k] = rows[k]

    def forget(self) -> None:
        """The default again, as if there had never been a calibration."""
        for k in range(9):
            self.rows[k] = DEFAULT[k]

    def rotate(self, block: "array[int]", count: int, out: "array[int]", stride: int = 6) -> None:
        """Turn `count` vectors of stride 3 or 6 from sensor into body axes.

        block: 3 numbers a sample (up vectors) or 6 (acceleration, angular rate), int16 range;
        out: as many, body axes, held within +-32767 (array("h") will do).
        """
        rows = self.rows
        a = rows[0]
        b = rows[1]
        c = rows[2]
        d = rows[3]
        e = rows[4]
        f = rows[5]
        g = rows[6]
        h = rows[7]
        i = rows[8]
        for at in range(0, count * stride, 3):
            x = block[at]
            y = block[at + 1]
            z = block[at + 2]
            v = (a * x + b * y + c * z + 8192) >> 14
            out[at] = v if -32767 <= v <= 32767 else (32767 if v > 0 else -32767)
            v = (d * x + e * y + f * z + 8192) >> 14
            out[at + 1] = v if -32767 <= v <= 32767 else (32767 if v > 0 else -32767)
            v = (g * x + h * y + i * z + 8192) >> 14
            out[at + 2] = v if -32767 <= v <= 32767 else (32767 if v > 0 else -32767)

    def from_upright(self, up: "array[int]") -> bool:
        """Take "up" (3 numbers, sensor axes, any length) and keep forward as near as it can be.

        The present forward axis is made level; where it stands too steep against the new up
        (less than 30 degrees), the axis out of the board, then the board's x take its place.
        Returns False (nothing changed) when up has no length.
        """
        work = self._work
        for k in range(3):
            work[k] = up[k]
        if not unit_q14(work, 0):
            return False
        rows = self.rows
        for choice in range(3):
            work[3] = rows[0] if choice == 0 else (16384 if choice == 2 else 0)
            work[4] = rows[1] if choice == 0 else 0
            work[5] = rows[2] if choice == 0 else (-16384 if choice == 1 else 0)
            if self._complete():
                return True
        return False

    def from_upright_and_forward(self, up: "array[int]", forward: "array[int]") -> bool:
        """Take "up" and a direction that leans forward (3 numbers each, sensor axes, any length).

        Only the level part of forward counts. Returns False (nothing changed) when one of them has
        no length or when they are within 30 degrees of one line.
        """
        work = self._work
        for k in range(3):
            work[k] = up[k]
            work[3 + k] = forward[k]
        if not unit_q14(work, 0) or not unit_q14(work, 3):
            return False
        return self._complete()

    def _complete(self) -> bool:
        """Set rows from work = up (unit), forward (unit, not yet level)."""
        w = self._work
        along = (w[0] * w[3] + w[1] * w[4] + w[2] * w[5] + 8192) >> 14
        if along > 14189 or along < -14189:  # cos 30 degrees
            return False
        for k in range(3):
            w[3 + k] -= (along * w[k] + 8192) >> 14
        unit_q14(w, 3)
        w[6] = (w[1] * w[5] - w[2] * w[4] + 8192) >> 14
        w[7] = (w[2] * w[3] - w[0] * w[5] + 8192) >> 14
        w[8] = (w[0] * w[4] - w[1] * w[3] + 8192) >> 14
        unit_q14(w, 6)
        for k in range(3):
            self.rows[k] = w[3 + k]
            self.rows[3 + k] = w[6 + k]
            self.rows[6 + k] = w[k]
        return True


def _check_rotation(rows: "array[int]") -> None:
    """Raise ValueError unless nine numbers are a rotation in Q14 to about 1 in 500."""
    if len(rows) != 9:
        raise ValueError("a mounting has nine numbers, rows forward, left, up in Q14")
    for number in rows:
        if not -16400 <= number <= 16400:
            raise ValueError("a mounting's numbers lie within +-16384")
    for p in range(0, 9, 3):
        if not -32 <= norm3(rows[p], rows[p + 1], rows[p + 2]) - ONE_Q14 <= 32:
            raise ValueError("a mounting's rows have the length 16384")
        q = (p + 3) % 9
        r = (p + 6) % 9
        for k in range(3):
            k1 = (k + 1) % 3
            k2 = (k + 2) % 3
            cross = (rows[p + k1] * rows[q + k2] - rows[p + k2] * rows[q + k1]) >> 14
            if not -32 <= cross - rows[r + k] <= 32:
                raise ValueError("a mounting's rows must be a right-handed rotation")

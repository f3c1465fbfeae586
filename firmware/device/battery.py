"""Battery voltage over a divider, and what is left in a LiPo cell at that voltage."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from device.parts import Gauge

READINGS = 8

# Open-circuit millivolts and percent of a LiPo cell at 25 degrees and light load; the belt
# draws under C/50, so the measured voltage is close to it. Between the points: straight lines.
CURVE = (
    (3300, 0),
    (3500, 4),
    (3600, 8),
    (3700, 20),
    (3750, 32),
    (3800, 45),
    (3850, 55),
    (3900, 63),
    (4000, 79),
    (4100, 92),
    (4180, 100),
)
LOW_PERCENT = 10
EMPTY_MV = 3300


def percent_left(millivolts: int) -> int:
    """0 to 100 for a cell at `millivolts`."""
    if millivolts <= CURVE[0][0]:
        return 0
    for place in range(1, len(CURVE)):
        high_mv, high = CURVE[place]
        if millivolts < high_mv:
            low_mv, low = CURVE[place - 1]
            return low + (high - low) * (millivolts - low_mv) // (high_mv - low_mv)
    return 100


class Battery:
    """`read_uv` gives the pin's microvolts; the divider multiplies by ratio_permille / 1000.

    Empty is what two measurements in a row say, low a single one.
    """

    def __init__(self, read_uv: "Gauge", ratio_permille: int) -> None:
        self._read_uv = read_uv
        self._ratio_permille = ratio_permille
        self._empty_readings = 0
        self.millivolts = 0
        self.percent = 0

    def measure(self) -> int:
        """Average some readings; returns millivolts."""
        total = 0
        for _ in range(READINGS):
            total += self._read_uv() // 1000
        self.millivolts = total * self._ratio_permille // (1000 * READINGS)
        self.percent = percent_left(self.millivolts)
        self._empty_readings = self._empty_readings + 1 if self.millivolts <= EMPTY_MV else 0
        return self.millivolts

    def is_low(self) -> bool:
        """Time to charge."""
        return self.percent < LOW_PERCENT

    def is_empty(self) -> bool:
        """Time to end in order, before the voltage breaks down."""
        return self._empty_readings >= 2

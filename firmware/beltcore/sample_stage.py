# Plumbline belt core: from samples to seconds
"""The first stage of the pipeline: a block of samples becomes a second.

block (sensor axes) --> inclination --> mounting --> angles, band, side  --> live
                                                --> activity, steps      --> decided, LAG s later
                                                --> repetitions: chair rises, hip hinges
                                                --> walking: how the belt sits
"""

from array import array

from beltwire import codes

from . import walking
from .activity import LAG, Activity
from .calibration import Calibration
from .ergonomics import band_of
from .inclination import Inclination
from .mounting import Mounting
from .repetitions import Repetitions
from .second import FIELDS, Second
from .trig import flexion_cdeg, lateral_cdeg

RATE_HZ = 52
BLOCK = 6 * RATE_HZ
_UP = 3 * RATE_HZ
_RING = LAG + 1
_GAP_RESET_S = 2  # s without samples after which the inclination starts afresh


class SampleStage:
    """Samples to seconds.

    `up` holds the last block's up vectors in sensor axes (156 numbers). `walked` says what
    walking has shown in this second of how the belt sits (codes of `walking`); `moved` says that
    it has turned the mounting about "up", which the belt may want to keep.
    """

    VIEWS = ("decided",)

    def __init__(self) -> None:
        self.mounting = Mounting()
        self.calibration = Calibration(self.mounting)
        self.walk = walking.Walk()
        self.walked = walking.NOTHING
        self.moved = False
        self.inclination = Inclination()
        self.activity = Activity()
        self.repetitions = Repetitions()
        self.up = array("h", bytes(2 * _UP))
        self.count = 0
        self.live = Second()
        self.decided: "Second | None" = None
        self._body = array("h", bytes(2 * BLOCK))
        self._body_up = array("h", bytes(2 * _UP))
        self._decided = Second()
        self._ring = array("h", bytes(2 * FIELDS * _RING))  # the last seconds
        self._band = codes.NO_BAND
        self._gap_s = 0
        self._flushed = 0

    def second(self, block: "array[int]", motor_on: bool = False) -> None:
        """Take one second of samples: 312 int16 counts in sensor axes (ax ay az gx gy gz)."""
        live = self._begin()
        if self._gap_s >= _GAP_RESET_S:
            self.inclination.reset()
        self._gap_s = 0
        self.inclination.update(block, RATE_HZ, self.up)
        if motor_on:
            self.activity.missing()
            self.repetitions.missing()
        else:
            self.mounting.rotate(block, RATE_HZ, self._body)
            self.mounting.rotate(self.up, RATE_HZ, self._body_up, 3)
            self._measure(live)
            self.activity.second(self._body, self._body_up)
            self.repetitions.second(self.activity.motion, self.activity.state, self.activity.rises)
            live.activity = self.activity.live
            live.confidence = self.activity.live_confidence
            self._learn(block, live.activity == codes.WALKING)
        self._end(live)

    def missing(self) -> None:
        """Take one second without samples."""
        live = self._begin()
        live.gap = True
        self._gap_s = min(self._gap_s + 1, _GAP_RESET_S)
        self.activity.missing()
        self.repetitions.missing()
        self._end(live)

    def flush(self) -> bool:
        """Decide one more second without waiting for what comes after it; False: none is left.

        For the end of a run. Only flush() may follow.
        """
        if self._flushed >= LAG or not self.count:
            self.decided = None
            return False
        self._flushed += 1
        self.activity.missing()
        while self.count + self._flushed <= LAG:
            self._flushed += 1
            self.activity.missing()
        self._decide(self.count + self._flushed)
        return True

    def relink(self) -> None:
        """After restoring: say again whether there is a decided second."""
        self.decided = self._decided if self.count > LAG else None

    def _begin(self) -> Second:
        live = self.live
        live.clear(self.count)
        self.walked = walking.NOTHING
        self.moved = False
        self.count += 1
        return live

    def _end(self, live: Second) -> None:
        live.store(self._ring, live.index % _RING * FIELDS)
        self._decide(self.count)

    def _learn(self, block: "array[int]", walking_now: bool) -> None:
        """Learn from walking how the belt sits."""
        known = self.calibration
        self.walked = self.walk.add(
            block, RATE_HZ, self.up, walking_now, self.mounting, known.calibrated
        )
        if self.walked == walking.FORWARD_FOUND or self.walked == walking.TURNED:
            self.moved = known.found_forward(self.walk.forward, self.walk.quality)

    def _measure(self, live: Second) -> None:
        """Fill in angles, band and side from the mean up vector of the second."""
        x = y = z = 0
        up = self._body_up
        for at in range(0, _UP, 3):
            x += up[at]
            y += up[at + 1]
            z += up[at + 2]
        x //= RATE_HZ
        y //= RATE_HZ
        z //= RATE_HZ
        live.flexion_cdeg = flexion_cdeg(x, z, abs(x) + abs(y) + abs(z))
        live.lateral_cdeg = lateral_cdeg(x, y, z)
        self._band = band_of(live.flexion_cdeg, live.lateral_cdeg, self._band)
        live.band = self._band
        if abs(x) >= abs(y):
            live.side = codes.SIDE_BACK if x >= 0 else codes.SIDE_BELLY
        else:
            live.side = codes.SIDE_RIGHT if y >= 0 else codes.SIDE_LEFT
        live.known = True

    def _decide(self, taken: int) -> None:
        """Fill in what `taken` seconds tell of the second LAG before the last of them."""
        index = taken - 1 - LAG
        if index < 0:
            self.decided = None
            return
        decided = self._decided
        decided.load(index, self._ring, index % _RING * FIELDS)
        if not decided.gap:
            decided.activity = self.activity.decided
            decided.confidence = self.activity.decided_confidence
            decided.steps = self.activity.steps
        self.decided = decided

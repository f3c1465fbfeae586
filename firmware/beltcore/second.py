# Plumbline belt core: what is known of one second
"""One second of a wearer's day, as the stages of the pipeline hand it on."""

from array import array

from beltwire import codes

FIELDS = 8  # numbers of a stored second


class Second:
    """What is known of one second; all integers.

    index: seconds since the start; activity: code; confidence: percent; flexion_cdeg,
    lateral_cdeg: centidegrees, NO_ANGLE where not known; band: of these angles, whatever the
    activity; steps: begun in it; side: the side that is down, meaningful while lying;
    known: samples were there and the motor was at rest; gap: there were no samples.
    """

    def __init__(self) -> None:
        self.index = -1
        self.activity = codes.UNKNOWN
        self.confidence = 0
        self.flexion_cdeg = codes.NO_ANGLE
        self.lateral_cdeg = codes.NO_ANGLE
        self.band = codes.NO_BAND
        self.steps = 0
        self.side = codes.NO_SIDE
        self.known = False
        self.gap = False

    def clear(self, index: int) -> None:
        """Make this the unknown second number `index`."""
        self.index = index
        self.activity = codes.UNKNOWN
        self.confidence = 0
        self.flexion_cdeg = codes.NO_ANGLE
        self.lateral_cdeg = codes.NO_ANGLE
        self.band = codes.NO_BAND
        self.steps = 0
        self.side = codes.NO_SIDE
        self.known = False
        self.gap = False

    def store(self, ring: "array[int]", at: int) -> None:
        """Write what is known of it to ring[at:at + FIELDS]."""
        ring[at] = self.activity
        ring[at + 1] = self.confidence
        ring[at + 2] = self.flexion_cdeg
        ring[at + 3] = self.lateral_cdeg
        ring[at + 4] = self.band
        ring[at + 5] = self.steps
        ring[at + 6] = self.side
        ring[at + 7] = (1 if self.known else 0) + (2 if self.gap else 0)

    def load(self, index: int, ring: "array[int]", at: int) -> None:
        """Become second number `index`, as stored."""
        self.index = index
        self.activity = ring[at]
        self.confidence = ring[at + 1]
        self.flexion_cdeg = ring[at + 2]
        self.lateral_cdeg = ring[at + 3]
        self.band = ring[at + 4]
        self.steps = ring[at + 5]
        self.side = ring[at + 6]
        self.known = ring[at + 7] & 1 != 0
        self.gap = ring[at + 7] & 2 != 0

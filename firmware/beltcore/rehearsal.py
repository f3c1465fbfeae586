"""A core beside the belt's own, fed with a recording step by step: what `replay` runs.

The same steps are taken in CPython, in MicroPython and over the wire in a board's own core, so the
answers can be held against each other bit by bit. Nothing here touches the belt's log. Rows are
int32 in the machine's byte order, which is little-endian wherever this runs.
"""

from array import array

from beltwire import codes

from .calibration import Calibration
from .inclination import Inclination
from .mounting import Mounting
from .pipeline import BLOCK, RATE_HZ, Pipeline
from .reminder import NOTHING, REMIND, THANK

# What a step is, and what its data are.
SECOND = 0  # a second of samples: into the pipeline
WARM = 1  # samples before a pose: for the inclination alone
POSE = 2  # a second of a pose; status 1 when the calibration has enough
FLUSH = 3  # no data: bring out what is pending
BEGIN_POSE = 4  # a byte, STEP_STAND or STEP_SIT: the samples begin anew
END_POSE = 5  # no data; status: how it went
CALIBRATE = 6  # no data: put the poses in force

# Status of SECOND and FLUSH: which rows came, in this order.
HAS_ACTION = 1
HAS_UPS = 2
HAS_DECIDED = 4
HAS_MINUTE = 8
MORE = 16  # of FLUSH: there is more to bring out

# Status of END_POSE.
CALIBRATED = 0
FIDGETED = 1  # the wearer moved in the pose; its mean was taken all the same
NOT_UPRIGHT = 2  # the belt could not take up from it

SAMPLE_BYTES = 12
MEAN_SHIFT = 4


class Rehearsal:
    """`step` takes what has to be done, returns a status and leaves the rows in `rows`.

    mount: nine Q14 numbers (rows forward, left, up in sensor axes) or None for the default;
    pairs: (number, value) of `beltwire.settings`; samples: whether up vectors are wanted.
    """

    def __init__(
        self,
        mount: "array[int] | None",
        pairs: "list[tuple[int, int]]",
        samples: bool,
        pipeline: "Pipeline | None" = None,
    ) -> None:
        self.pipeline = Pipeline() if pipeline is None else pipeline
        self.rows = b""
        self._wants_ups = samples
        self._mounted = mount is not None
        self._mounting = Mounting()
        if mount is not None:
            self._mounting.set_rows(mount)
        for number, value in pairs:
            self.pipeline.configure(number, value)
        self._calibration = Calibration(self._mounting)
        self._inclination = Inclination()
        self._block = array("h", bytes(2 * BLOCK))
        self._ups = array("h", bytes(BLOCK))
        self._mean = array("i", (0, 0, 0))
        self._pose = codes.STEP_CANCEL
        self._seated = False
        self._done = False
        self._second = 0

    def step(self, what: int, data: bytes) -> int:
        """Take one step. ValueError where there is no such step or its data do not fit."""
        self.rows = b""
        if what == SECOND:
            return self._take_second(data)
        if what == WARM:
            self._incline(data)
            return 0
        if what == POSE:
            return self._take_pose(data)
        if what == FLUSH:
            more = self.pipeline.flush()
            return self._decided() | (MORE if more else 0)
        if what == BEGIN_POSE and len(data) == 1:
            self._begin_pose(data[0])
            return 0
        if what == END_POSE:
            return self._end_pose()
        if what == CALIBRATE:
            self._calibrate()
            return 0
        raise ValueError("no such step")

    def _fill(self, data: bytes) -> int:
        """Put the samples into the block; how many there are."""
        count = len(data) // SAMPLE_BYTES
        if count > RATE_HZ or count * SAMPLE_BYTES != len(data):
            raise ValueError("samples of a second at most")
        memoryview(self._block)[: 6 * count] = memoryview(array("h", data))
        return count

    def _incline(self, data: bytes) -> int:
        count = self._fill(data)
        self._inclination.update(self._block, count, self._ups)
        return count

    def _take_second(self, data: bytes) -> int:
        """The second after a buzz is one in which the motor runs, as on the belt."""
        if self._fill(data) != RATE_HZ:
            raise ValueError("a second has {} samples".format(RATE_HZ))
        pipeline = self.pipeline
        motor_on = pipeline.action == REMIND or pipeline.action == THANK
        pipeline.second(self._block, motor_on, -1)
        status = 0
        if pipeline.action != NOTHING:
            row = (self._second, pipeline.action, pipeline.cause, pipeline.held_s)
            self.rows += bytes(array("i", row))
            status |= HAS_ACTION
        if self._wants_ups:
            self.rows += bytes(pipeline.samples.up)
            status |= HAS_UPS
        self._second += 1
        return status | self._decided()

    def _decided(self) -> int:
        """The rows of the second that has been decided and of the minute that is over."""
        status = 0
        second = self.pipeline.decided
        if second is not None:
            seen = [second.activity, second.confidence, second.flexion_cdeg, second.lateral_cdeg]
            seen += [second.band, second.steps, 1 if second.known else 0]
            self.rows += bytes(array("i", seen))
            status |= HAS_DECIDED
        minute = self.pipeline.minute
        if minute is not None:
            row = [self.pipeline.minute_start_s]
            row += list(minute.seconds) + list(minute.bands)
            row += [minute.flexion_cdeg, minute.lateral_cdeg, minute.spread, minute.steps]
            row += [minute.slouched_s, minute.flags, minute.lying_side]
            self.rows += bytes(array("i", row))
            status |= HAS_MINUTE
        return status

    def _begin_pose(self, pose: int) -> None:
        self._calibration.begin(pose, True)
        self._pose = pose
        self._seated = self._seated or pose == codes.STEP_SIT
        self._done = False
        self._inclination = Inclination()
        for k in range(3):
            self._mean[k] = 0

    def _take_pose(self, data: bytes) -> int:
        count = self._incline(data)
        for at in range(0, 3 * count, 3):
            for k in range(3):
                self._mean[k] += self._ups[at + k] >> MEAN_SHIFT
        status = self._calibration.add(self._block, count, self._ups)
        self._done = status == codes.CALIBRATION_DONE
        return 1 if self._done else 0

    def _end_pose(self) -> int:
        if self._done:
            return CALIBRATED
        if self._pose != codes.STEP_STAND:
            return FIDGETED
        return FIDGETED if self._mounting.from_upright(self._mean) else NOT_UPRIGHT

    def _calibrate(self) -> None:
        seated = self._calibration.seated_cdeg if self._seated else codes.NO_ANGLE
        quality = 100 if self._mounted else self._calibration.quality
        self.pipeline.calibrate(self._mounting.rows, seated, quality)

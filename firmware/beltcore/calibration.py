# Plumbline belt core: the guided calibration
"""The guided calibration: stand upright, sit upright, bow once - in integers.

    begin(STEP_STAND) --at rest, and still--> DONE   mounting gets "up"
    begin(STEP_SIT)   --at rest, and still--> DONE   the seated neutral, `seated_cdeg`
    begin(STEP_BOW)   --lean 20+ and back---> DONE   mounting gets "forward"
    any step          --out of patience-----> FAILED with a reason; nothing has changed

Standing comes first; the others may change places. Each second goes in through add(). Where the
wearer never bows, forward comes from walking (`walking.Walk`), and walking has the last word: two
of seven people in UMAFall "bend" by crouching, which rolls the pelvis, and the belt with it,
backward. The seat is measured anew whenever forward is found.

What "still" means is in `stillness`. While a step collects, the reason says MOVED as long as what
had been seen of the pose has just been given up for a movement.
"""

from array import array

from beltwire import codes

from . import state
from .fixed import ONE_Q14, clamp, norm3, unit_q14
from .inclination import ONE_G
from .mounting import Mounting
from .stillness import Stillness
from .trig import angle_cdeg, flexion_cdeg, lateral_cdeg

_STEPS = (codes.STEP_STAND, codes.STEP_SIT, codes.STEP_BOW)  # made once: begin allocates nothing
PATIENCE_S = 15  # seconds a wearer may need to come to rest and keep still
BOW_PATIENCE_S = 20
_ONE_G_OFF = 820  # counts: 0.2 g, more than any sensor's scale and offset error
_BOW_FROM = 4240  # Q14, sine of 15 degrees: a lean that counts
_BOW_ENOUGH = 5604  # sine of 20 degrees
_BOW_BACK = 2845  # sine of 10 degrees: upright again
_SEATED_MOST_CDEG = 6000  # further from upright nobody sits
_UPSIDE_DOWN_CDEG = 12000
_TURNED_CDEG = 9000
_BOW_MOST = 80  # quality of a bow until walking has confirmed it


class Calibration:
    """State of the guided calibration.

    status, reason   CALIBRATION_ and REASON_ codes of beltwire.codes
    quality          0-100: standing gives up to 60, forward 30, sitting 10
    seated_cdeg, seated_lateral_cdeg   the seated neutral, NO_ANGLE until known
    upside_down, turned   the last step found the belt the other way round than before
    """

    def __init__(self, mounting: Mounting) -> None:
        self.mounting = mounting
        self.status = codes.CALIBRATION_IDLE
        self.reason = codes.REASON_NONE
        self.step = codes.STEP_CANCEL
        self.calibrated = False
        self.upside_down = False
        self.turned = False
        self.seated_cdeg = codes.NO_ANGLE
        self.seated_lateral_cdeg = codes.NO_ANGLE
        self._stand = 0  # quality of each part, 0-100
        self._forward = 0
        self._seated = 0
        self._left = 0
        self._begun = False  # the second that was under way when the step began is over
        self._leant = 0  # all that a bow has leant
        self._deepest = 0
        self._risen = False  # a bow begins upright: who still sits back has not bowed yet
        self._sum = array("i", (0, 0, 0))
        self._stillness = Stillness()
        self._seat = array("i", (0, 0, 0))  # "up" of the seat, sensor axes; 0 0 0: not known
        self._up = array("i", (0, 0, 0))
        self._work = array("i", (0, 0, 0))

    @property
    def quality(self) -> int:
        """0-100; a calibration without bow and seat ends at 60."""
        return (6 * self._stand + 3 * self._forward + self._seated) // 10

    @property
    def complete(self) -> bool:
        """Whether standing, sitting and forward are all known."""
        return self._stand > 0 and self._seated > 0 and self._forward > 0

    @property
    def progress(self) -> int:
        """0-100: how much of the step that is being collected has been seen."""
        if self.step != codes.STEP_BOW:
            return 100 * self._stillness.row // self._stillness.needed
        return 80 * min(self._deepest, _BOW_ENOUGH) // _BOW_ENOUGH

    def begin(self, step: int, known: bool = False) -> None:
        """Start a step (STEP_STAND, STEP_SIT or STEP_BOW); an unknown one raises ValueError.

        known: somebody has named the seconds to come as ones of this pose; nobody has to arrive.
        """
        if step not in _STEPS:
            raise ValueError("a calibration step is stand, sit or bow")
        self.step = step
        self.status = codes.CALIBRATION_COLLECTING
        self.reason = codes.REASON_NONE
        self._left = BOW_PATIENCE_S if step == codes.STEP_BOW else PATIENCE_S
        self._begun = known
        self._stillness.begin(known)
        self._leant = 0
        self._deepest = 0
        self._risen = False
        for k in range(3):
            self._sum[k] = 0
        if step != codes.STEP_STAND and not self.calibrated:
            self._fail(codes.REASON_NOT_UPRIGHT)

    def cancel(self) -> None:
        """Stop collecting; what earlier steps found stays."""
        self.status = codes.CALIBRATION_IDLE
        self.reason = codes.REASON_NONE

    def add(self, block: "array[int]", count: int, ups: "array[int]") -> int:
        """Take one second, sensor axes: block 6 counts a sample, ups 3; return the status."""
        if self.status != codes.CALIBRATION_COLLECTING:
            return self.status
        self._left -= 1
        if not _one_g(block, count):
            self._stillness.lose()
            if self._left <= 0:
                self._fail(codes.REASON_NO_SENSOR)
        elif self.step == codes.STEP_BOW:
            self._add_bow(ups, count)
        elif self._begun:
            self._add_pose(block, count, ups)
        self._begun = True
        return self.status

    def restore(self, rows: "array[int]", quality: int, seated_cdeg: int) -> None:
        """Put a stored calibration in force; ValueError where rows are no rotation."""
        self.mounting.set_rows(rows)
        self.calibrated = True
        self.seated_cdeg = seated_cdeg
        self._forget_seat()
        self._stand = clamp(quality * 10 // 6, 100)
        self._forward = clamp((quality * 10 - 6 * self._stand) // 3, 100)
        self._seated = clamp(quality * 10 - 6 * self._stand - 3 * self._forward, 100)

    def take_over(self, other: "Calibration") -> None:
        """Become as the other is, mounting included."""
        state.restore(self, state.save(other))

    def forget(self) -> None:
        """As at the beginning: nothing has been calibrated."""
        self.mounting.forget()
        self.cancel()
        self.calibrated = self.upside_down = self.turned = False
        self._stand = self._forward = self._seated = 0
        self._forget_seat()
        self.seated_cdeg = codes.NO_ANGLE
        self.seated_lateral_cdeg = codes.NO_ANGLE

    def found_forward(self, forward: "array[int]", quality: int) -> bool:
        """Take "forward" (3 numbers, sensor axes, not 0 long) from walking, quality 0-100.

        It is taken where there was no bow, and where it contradicts the bow (`turned` is set):
        who crouches instead of bowing rolls the pelvis backward. It confirms a bow that agrees.
        Returns whether the mounting has changed.
        """
        if not self.calibrated:
            return False
        self._read_up()
        off = angle_cdeg(forward, self.mounting.rows)
        if self._forward and off < _TURNED_CDEG:
            self._forward = max(self._forward, quality)
            return False
        return self._take_forward(forward, quality)

    def _fail(self, reason: int) -> None:
        self.status = codes.CALIBRATION_FAILED
        self.reason = reason

    def _read_up(self) -> None:
        for k in range(3):
            self._up[k] = self.mounting.rows[6 + k]

    def _add_pose(self, block: "array[int]", count: int, ups: "array[int]") -> None:
        """Look for a pose that is kept; where patience ends, for the quietest one there was."""
        found = self._stillness
        if found.add(block, count, ups) or (self._left <= 0 and found.settle()):
            self._finish_pose(100 - found.drift // 5)
        elif self._left <= 0:
            self._fail(codes.REASON_MOVED)
        else:
            self.reason = codes.REASON_MOVED if found.moved else codes.REASON_NONE

    def _finish_pose(self, quality: int) -> None:
        self.reason = codes.REASON_NONE
        for k in range(3):
            self._sum[k] = self._stillness.pose[k]
        if self.step == codes.STEP_STAND:
            self._finish_stand(quality)
        else:
            self._finish_seat(quality)

    def _finish_stand(self, quality: int) -> None:
        """The pose is upright: "up"."""
        self._read_up()
        self.upside_down = self.calibrated and angle_cdeg(self._up, self._sum) > _UPSIDE_DOWN_CDEG
        self.turned = False
        self.mounting.from_upright(self._sum)
        self.calibrated = True
        self._stand = quality
        self._forward = 0
        self._seated = 0
        self._forget_seat()
        self.seated_cdeg = codes.NO_ANGLE
        self.seated_lateral_cdeg = codes.NO_ANGLE
        self.status = codes.CALIBRATION_DONE

    def _finish_seat(self, quality: int) -> None:
        """The pose is the seated neutral."""
        self._read_up()
        if angle_cdeg(self._up, self._sum) > _SEATED_MOST_CDEG:
            self._fail(codes.REASON_NOT_UPRIGHT)
            return
        for k in range(3):
            self._seat[k] = self._sum[k]
        self._measure_seat()
        self._seated = quality
        self.status = codes.CALIBRATION_DONE

    def _measure_seat(self) -> None:
        """The seated neutral's angles, which follow what is known of forward."""
        body = self._work
        self.mounting.rotate(self._seat, 1, body, 3)
        self.seated_cdeg = flexion_cdeg(body[0], body[2], ONE_Q14)
        self.seated_lateral_cdeg = lateral_cdeg(body[0], body[1], body[2])

    def _forget_seat(self) -> None:
        for k in range(3):
            self._seat[k] = 0

    def _add_bow(self, ups: "array[int]", count: int) -> None:
        """Sum where "up" goes while the trunk leans: in a bow it goes backward in the body."""
        self._read_up()
        lean = self._work
        sine = 0
        for at in range(0, 3 * count, 3 * 4):
            sine = _lean(ups, at, self._up, lean)
            self._risen = self._risen or sine < _BOW_BACK
            if not self._risen:
                continue
            if sine > self._deepest:
                self._deepest = sine
            if sine > _BOW_FROM:
                self._leant += sine >> 6
                for k in range(3):
                    self._sum[k] -= lean[k] >> 6
        if self._deepest > _BOW_ENOUGH and sine < _BOW_BACK:
            straight = self._straightness()
            if not self._take_forward(self._sum, straight):
                self._fail(codes.REASON_NO_BOW)
                return
            self.status = codes.CALIBRATION_DONE
        elif self._left <= 0:
            self._fail(codes.REASON_NO_BOW if self._risen else codes.REASON_NOT_UPRIGHT)

    def _straightness(self) -> int:
        """1 to _BOW_MOST: how much all leans of the bow went one way; 1 when 8 % went astray."""
        scale = (max(self._leant, 1) >> 14) + 1
        total = self._leant // scale
        for k in range(3):
            self._work[k] = self._sum[k] // scale
        from_all = self._work
        along = norm3(from_all[0], from_all[1], from_all[2])
        crooked = (total - min(along, total)) * 1000 // max(total, 1)
        return clamp(_BOW_MOST - crooked, _BOW_MOST) if crooked < _BOW_MOST else 1

    def _take_forward(self, forward: "array[int]", quality: int) -> bool:
        """Turn the mounting about "up" so that forward is level and ahead."""
        before = self._work
        for k in range(3):
            before[k] = self.mounting.rows[k]
        if not self.mounting.from_upright_and_forward(self._up, forward):
            return False
        self.turned = angle_cdeg(before, self.mounting.rows) > _TURNED_CDEG
        self._forward = quality
        if self._seat[0] or self._seat[1] or self._seat[2]:
            self._measure_seat()
        return True


def _one_g(block: "array[int]", count: int) -> bool:
    """True when the mean acceleration of a second could be gravity's."""
    x = y = z = 0
    for at in range(0, 6 * count, 6):
        x += block[at]
        y += block[at + 1]
        z += block[at + 2]
    length = norm3(x // count, y // count, z // count)
    return -_ONE_G_OFF <= length - ONE_G <= _ONE_G_OFF


def _lean(ups: "array[int]", at: int, up: "array[int]", lean: "array[int]") -> int:
    """Write the level part of the unit vector at ups[at] to lean (Q14); return its length."""
    for k in range(3):
        lean[k] = ups[at + k]
    if not unit_q14(lean):
        return 0
    along = (lean[0] * up[0] + lean[1] * up[1] + lean[2] * up[2] + 8192) >> 14
    for k in range(3):
        lean[k] -= (along * up[k] + 8192) >> 14
    return norm3(lean[0], lean[1], lean[2])

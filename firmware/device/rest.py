"""When the belt sleeps, and what wakes it.

Nobody wears it: after an hour of stillness (`beltcore.wear`) and a minute more the belt goes into
deep sleep, with the sensor on watch. A knock alone does not bring it back: it looks for ten
seconds whether it is really carried, asleep but for its sensor, before it boots and takes a slot
of the log. The battery is empty: an orderly end, and from then on a look every ten minutes
whether there is power again.
"""

from beltwire import codes

from device import battery, keep
from device.clock import Clock
from device.imu import Imu

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from device.board import Board
    from device.main import Belt

NOT_WORN_S = 60
"""So long on top of the core's own hour."""
HOST_S = 120
"""A host that spoke within this time may go on."""
LOOK_AGAIN_MS = 600_000
"""Asleep the belt looks this often at battery and cable."""
LOOK_MS = 10_000
APART_MS = 800
MOTIONS = 3
"""Carried: motion in so many different seconds of the ten."""
RECOVERED_MV = 3500
"""An empty battery counts as such until it is charged or shows this much."""


def until_wanted(board: "Board", kept: keep.Keep) -> "Iterator[int]":
    """Go back to sleep unless the belt is wanted; yields milliseconds to wait in between."""
    cell = battery.Battery(board.battery_pin_uv, board.table["battery_ratio_permille"])
    least = RECOVERED_MV if kept.state == keep.FLAT else battery.EMPTY_MV
    if cell.measure() <= least and not board.on_usb_power():
        fall_asleep(board, kept, keep.FLAT)
    asleep = kept.state == keep.NOT_WORN and board.reset_cause() == codes.RESET_DEEP_SLEEP
    if not asleep or _is_called(board):
        return
    sensor = Imu(board.i2c, board.table["imu_address"], board.sleep_ms)
    if sensor.moved():
        clock = Clock(board.ticks_ms, board.ticks_diff)
        motions = 0
        again_ms = APART_MS
        while clock.now_ms() < LOOK_MS:
            yield 200
            clock.update()
            if _is_called(board):
                return
            if clock.now_ms() >= again_ms and sensor.moved():
                motions += 1
                again_ms = clock.now_ms() + APART_MS
                if motions == MOTIONS:
                    return
    fall_asleep(board, kept, keep.NOT_WORN)


def _is_called(board: "Board") -> bool:
    return board.button_down() or board.on_usb_power()


def fall_asleep(board: "Board", kept: keep.Keep, state: int) -> None:
    """Deep sleep; the chip restarts when it ends. Motion and button wake a belt not worn."""
    kept.state = state
    kept.write()
    board.deep_sleep(LOOK_AGAIN_MS, state == keep.NOT_WORN)


class Rest:
    """Decides for `belt` (a `device.main.Belt`) when it is time to sleep."""

    def __init__(self, belt: "Belt") -> None:
        self._belt = belt
        self._since_s = -1

    def tick(self, now_s: int) -> None:
        """Look; does not come back when the belt goes to sleep."""
        belt = self._belt
        if belt.board.on_usb_power():
            self._since_s = -1
            return
        if belt.battery.is_empty():
            belt.end(codes.SHUTDOWN_LOW_BATTERY)
        if belt.pipeline.live.activity != codes.NOT_WORN:
            self._since_s = -1
        elif self._since_s < 0:
            self._since_s = now_s
        elif now_s - self._since_s >= NOT_WORN_S and now_s - belt.link.heard_s >= HOST_S:
            belt.end(codes.SHUTDOWN_NOT_WORN)

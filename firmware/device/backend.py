"""What the serial session asks of the belt, answered by the belt's parts."""

import gc
from array import array

from beltcore.rehearsal import Rehearsal
from beltwire import codes, messages, session
from beltwire import settings as table
from beltwire.errors import Refused

from device import FIRMWARE_VERSION, haptic, selftest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from device.main import Belt


class BeltBackend(session.Backend):
    """The `session.Backend` of `belt` (a `device.main.Belt`)."""

    def __init__(self, belt: "Belt") -> None:
        self._belt = belt
        self._core: "Rehearsal | None" = None

    def hello(self) -> messages.HelloReply:
        """Who the belt is. A version on trial has been met by this.

        A calibration that a host before has not ended is dropped: this one knows nothing of it.
        """
        belt = self._belt
        belt.updates.met()
        belt.guide.drop_draft()
        return messages.HelloReply(
            version=messages.VERSION_MAX,
            belt_id=belt.board.unique_id(),
            firmware=bytes(FIRMWARE_VERSION),
            flags=belt.hello_flags(),
            boot=belt.log.boot,
            mono_ms=belt.clock.now_ms(),
            battery_mv=belt.battery.millivolts,
            max_page=512,
            board=belt.board.texts["name"],
            name=belt.store.name,
        )

    def log_state(self) -> messages.ListReply:
        """Where the log begins and ends."""
        log = self._belt.log
        return messages.ListReply(
            oldest_seq=log.oldest_seq,
            next_seq=log.next_seq,
            acked_seq=log.acked_seq,
            pages=log.pages,
            capacity_pages=log.capacity_pages,
            overwritten=log.overwritten,
        )

    def read_page(self, from_seq: int) -> "bytes | None":
        """The page with `from_seq` or the next one behind it."""
        return self._belt.log.read_page(from_seq)

    def acknowledge(self, through_seq: int) -> int:
        """Note what the host has."""
        return self._belt.log.acknowledge(through_seq)

    def set_time(self, utc_ms: int, utc_offset_min: int) -> "tuple[int, int, bool]":
        """Anchor the clock; the event is logged only where it says something new."""
        belt = self._belt
        belt.clock.update()
        mono_ms = belt.clock.now_ms()
        logged = belt.anchor.set(utc_ms, mono_ms)
        if logged:
            belt.log_event(codes.EVENT_CLOCK_SET, utc_ms, mono_ms)
            belt.keep.note_time(utc_ms // 1000)
            belt.age_reminding()
            belt.keep_reminding()
        belt.store.change([(table.UTC_OFFSET_MIN, utc_offset_min)])
        return belt.log.boot, mono_ms, logged

    def settings(self) -> "list[tuple[int, int]]":
        """All settings."""
        return self._belt.store.pairs()

    def change_settings(self, pairs: "list[tuple[int, int]]") -> None:
        """Store checked settings, log each that changed, and put them in force."""
        belt = self._belt
        for number, value in belt.store.change(pairs):
            belt.log_event(codes.EVENT_SETTINGS, number, value)
        belt.apply_settings()

    def live(self, rate: int) -> int:
        """The sensor is read as often as it takes: 1, 2, 4, 13 or 26 times a second."""
        return self._belt.live.begin(rate)

    def calibrate(self, step: int) -> "tuple[int, int, int]":
        """Begin, finish, cancel or query the guided calibration."""
        guide = self._belt.guide
        if step == codes.STEP_CANCEL:
            guide.cancel()
        elif step == codes.STEP_FINISH:
            guide.finish()
        elif step in (codes.STEP_STAND, codes.STEP_SIT, codes.STEP_BOW):
            guide.begin(step)
        elif step != codes.STEP_QUERY:
            raise Refused(codes.REFUSAL_RANGE, "no such step of the calibration")
        collecting = guide.status == codes.CALIBRATION_COLLECTING
        return guide.status, guide.progress if collecting else guide.quality, guide.reason

    def selftest(self) -> "tuple[int, int]":
        """Test what can be tested in place; a short buzz says that it has begun."""
        belt = self._belt
        belt.haptic.play(haptic.CONFIRM, 60, belt.clock.now_ms())
        tested, failed = selftest.run(belt)
        if belt.updates.on_trial and failed:
            belt.restart_for = codes.SHUTDOWN_REQUEST  # back to the version before
        belt.updates.tested(failed)
        return tested, failed

    def wipe(self, what: int) -> None:
        """Erase the log, the settings or both."""
        belt = self._belt
        if what & codes.WIPE_SETTINGS:
            belt.forget_settings()
        if what & codes.WIPE_LOG:
            belt.log.wipe()

    def developer(self, mode: int) -> None:
        """Close or open the belt to developers; the prompt comes with a restart."""
        belt = self._belt
        if mode == codes.CLOSED:
            belt.access.close()
        elif mode == codes.OPEN:
            belt.access.open()
        elif belt.board.is_virtual():
            raise Refused(codes.REFUSAL_UNSUPPORTED, "a virtual belt has no REPL")
        else:
            belt.access.leave_for_repl()
            belt.restart_for = codes.SHUTDOWN_REQUEST

    def update_begin(self, version: bytes, board: str, total: int) -> None:
        """Make room beside the running version."""
        self._belt.updates.begin(version, board, total)

    def update_data(self, offset: int, data: bytes) -> int:
        """Write a piece."""
        return self._belt.updates.take(offset, data)

    def update_end(self) -> None:
        """Check all of it; the restart follows the answer."""
        self._belt.updates.finish()
        self._belt.restart_for = codes.SHUTDOWN_UPDATE

    def update_state(self) -> "tuple[bool, int]":
        """Whether this version is on trial, and what became of the latest update."""
        updates = self._belt.updates
        return updates.on_trial, updates.last

    def core_begin(self, mount: bytes, samples: bool, pairs: "list[tuple[int, int]]") -> None:
        """A core of the host's own, beside the one that watches the wearer."""
        self._core = None
        gc.collect()
        try:
            rows = array("h", mount) if mount else None
            self._core = Rehearsal(rows, pairs, samples)
        except MemoryError:
            raise Refused(codes.REFUSAL_BUSY, "no memory for a second core") from None
        except ValueError as error:
            raise Refused(codes.REFUSAL_RANGE, str(error)) from None

    def core_step(self, what: int, data: bytes) -> "tuple[int, bytes]":
        """A step of it."""
        if self._core is None:
            raise Refused(codes.REFUSAL_RANGE, "no core has been begun")
        try:
            status = self._core.step(what, data)
        except ValueError as error:
            raise Refused(codes.REFUSAL_RANGE, str(error)) from None
        return status, self._core.rows

    def core_end(self) -> None:
        """Give its memory back."""
        self._core = None

"""What the serial session asks of the belt, answered by the belt's parts."""

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

    def hello(self) -> messages.HelloReply:
        """Who the belt is."""
        belt = self._belt
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
        """Begin, cancel or query the guided calibration."""
        guide = self._belt.guide
        if step == codes.STEP_CANCEL:
            guide.cancel()
        elif step in (codes.STEP_STAND, codes.STEP_SIT, codes.STEP_BOW):
            guide.begin(step)
        elif step != codes.STEP_QUERY:
            raise Refused(codes.REFUSAL_RANGE, "no such step of the calibration")
        collecting = guide.status == codes.CALIBRATION_COLLECTING
        return guide.status, 0 if collecting else guide.quality, guide.reason

    def selftest(self) -> "tuple[int, int]":
        """Test what can be tested in place; a short buzz says that it has begun."""
        belt = self._belt
        belt.haptic.play(haptic.CONFIRM, 60, belt.clock.now_ms())
        return selftest.run(belt)

    def wipe(self, what: int) -> None:
        """Erase the log, the settings or both."""
        belt = self._belt
        if what & codes.WIPE_SETTINGS:
            belt.store.wipe()
            belt.apply_settings()
        if what & codes.WIPE_LOG:
            belt.log.wipe()

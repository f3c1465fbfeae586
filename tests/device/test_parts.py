"""Clock, button, battery, haptic driver, small files, link: each part alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from beltwire import settings
from beltwire.pages import crc32
from device import button, haptic
from device.battery import CURVE, Battery, percent_left
from device.button import Button
from device.clock import NO_MINUTE, Anchor, Clock
from device.faults import FaultCounter
from device.files import Files, read_whole, write_whole
from device.link import Link
from device.store import Kept, Store
from virtual import clockwork
from virtual.drv2605l import Drv2605l

WRAP = 1 << 30


def wrapped_diff(end: int, start: int) -> int:
    return ((end - start + WRAP // 2) & (WRAP - 1)) - WRAP // 2


class TestClock:
    def test_counts_on_over_the_wrap_of_the_ticks(self) -> None:
        now = [WRAP - 1500]
        clock = Clock(lambda: now[0] & (WRAP - 1), wrapped_diff)
        for _ in range(10):
            now[0] += 700
            clock.update()
        assert clock.now_ms() == 7000
        assert clock.seconds == 7

    def test_survives_many_wraps(self) -> None:
        now = [0]
        clock = Clock(lambda: now[0] & (WRAP - 1), wrapped_diff)
        for _ in range(20):
            now[0] += WRAP // 2 - 1
            clock.update()
        assert clock.now_ms() == 20 * (WRAP // 2 - 1)

    def test_never_goes_back(self) -> None:
        now = [5000]
        clock = Clock(lambda: now[0], wrapped_diff)
        now[0] = 4000
        clock.update()
        assert clock.now_ms() == 0


class TestAnchor:
    def test_the_first_time_counts_and_the_same_again_does_not(self) -> None:
        anchor = Anchor()
        assert anchor.set(1_000_000, 5000)
        assert not anchor.set(1_060_000, 65_000)
        assert not anchor.set(1_061_900, 65_000)

    def test_a_step_of_more_than_two_seconds_counts(self) -> None:
        anchor = Anchor()
        anchor.set(1_000_000, 5000)
        assert anchor.set(1_062_001, 65_000)

    def test_an_old_anchor_is_renewed(self) -> None:
        anchor = Anchor()
        anchor.set(0, 0)
        half_a_day = 12 * 3600 * 1000
        assert not anchor.set(half_a_day, half_a_day)
        assert anchor.set(half_a_day + 1, half_a_day + 1)

    @pytest.mark.parametrize(
        ("utc_min", "offset", "minute"), [(0, 0, 0), (1439, 60, 59), (30, -90, 1380), (720, 0, 720)]
    )
    def test_the_minute_of_the_day(self, utc_min: int, offset: int, minute: int) -> None:
        anchor = Anchor()
        assert anchor.minute_of_day(0, offset) == NO_MINUTE
        anchor.set(utc_min * 60000, 7000)
        assert anchor.minute_of_day(7000, offset) == minute
        assert anchor.minute_of_day(7000 + 60000, offset) == (minute + 1) % 1440


class TestButton:
    def press(self, held_ms: int) -> int:
        found = button.NOTHING
        part = Button()
        for now in range(0, held_ms, 10):
            warned = now == button.RESET_MS
            assert part.tick(True, now) == (button.ABOUT_TO_RESET if warned else button.NOTHING)
        for now in range(held_ms, held_ms + 200, 10):
            found = max(found, part.tick(False, now))
        return found

    @pytest.mark.parametrize(
        ("held_ms", "meaning"),
        [
            (10, button.NOTHING),
            (60, button.PRESSED),
            (2900, button.PRESSED),
            (3010, button.HELD),
            (9900, button.HELD),
            (10010, button.HELD_LONG),
            (14900, button.HELD_LONG),
            (15010, button.NOTHING),
        ],
    )
    def test_meaning_by_length(self, held_ms: int, meaning: int) -> None:
        assert self.press(held_ms) == meaning

    def test_a_press_that_had_its_meaning_has_no_other(self) -> None:
        part = Button()
        part.tick(True, 0)
        part.swallow()
        for now in range(10, 11000, 10):
            assert part.tick(True, now) == button.NOTHING
        assert [part.tick(False, 11000 + at) for at in (0, 40)] == [button.NOTHING] * 2
        part.tick(True, 12000)
        assert [part.tick(False, 12100 + at) for at in (0, 40)][1] == button.PRESSED

    def test_a_bouncing_contact_is_one_press(self) -> None:
        part = Button()
        levels = [True, False, True, True, False, True, True, True] + [False] * 10
        answers = [part.tick(level, 10 * at) for at, level in enumerate(levels)]
        assert [answer for answer in answers if answer] == [button.PRESSED]


class TestBattery:
    def test_the_curve_only_rises(self) -> None:
        percents = [percent_left(mv) for mv in range(3000, 4300)]
        assert percents == sorted(percents)
        assert (percents[0], percents[-1]) == (0, 100)
        for millivolts, percent in CURVE:
            assert percent_left(millivolts) == percent

    def test_the_divider_is_taken_out(self) -> None:
        readings: Iterator[int] = iter([1_950_000, 1_960_000] * 4)
        battery = Battery(lambda: next(readings), 2000)
        assert battery.measure() == 3910
        assert battery.percent == percent_left(3910)


class HapticBus:
    def __init__(self) -> None:
        self.chip = Drv2605l()

    def readfrom_mem_into(self, _address: int, register: int, buffer: bytearray) -> None:
        self.chip.read(register, buffer)

    def writeto_mem(self, _address: int, register: int, data: bytearray) -> None:
        self.chip.write(register, data)


class TestHaptic:
    def rig(self) -> tuple[haptic.Haptic, Drv2605l]:
        bus = HapticBus()

        def enable(on: int) -> None:
            bus.chip.enabled = bool(on)

        return haptic.Haptic(bus, 0x5A, enable), bus.chip

    def test_the_motor_follows_the_pattern(self) -> None:
        part, chip = self.rig()
        part.play((200, 100, 50), 50, 1000)
        seen = []
        for now in range(1000, 1400, 10):
            part.tick(now)
            seen.append(chip.amplitude)
        assert seen == [63] * 20 + [0] * 10 + [63] * 5 + [0] * 5
        assert not part.playing
        assert not chip.enabled

    def test_a_missed_step_is_caught_up(self) -> None:
        part, chip = self.rig()
        part.play((200, 100, 50), 100, 0)
        part.tick(1000)
        assert chip.amplitude == 0
        assert not part.playing

    def test_the_seconds_in_which_it_ran_are_told(self) -> None:
        part, _ = self.rig()
        assert not part.take_ran()
        part.play(haptic.LONG, 100, 0)
        part.tick(500)
        assert part.take_ran()
        part.tick(1000)
        assert part.take_ran()
        assert not part.take_ran()

    def test_every_reminder_ends_within_its_second(self) -> None:
        assert all(sum(pattern) < 1000 for pattern in (*haptic.REMINDERS, haptic.CORRECTED))

    def test_a_dead_bus_switches_the_motor_off_and_is_counted(self) -> None:
        part, chip = self.rig()
        part.play(haptic.LONG, 100, 0)
        chip.absent = True
        part.tick(2000)
        assert not chip.enabled
        assert (part.faults, part.playing) == (1, False)

    def test_it_knows_its_chip(self) -> None:
        part, chip = self.rig()
        assert part.present()
        chip.absent = True
        with pytest.raises(OSError, match="19"):
            part.present()


class TestStore:
    def test_settings_and_calibration_come_back(self, tmp_path: Path) -> None:
        store = Store(Files(str(tmp_path)))
        store.load()
        assert store.settings == settings.defaults()
        assert store.change([(settings.REMINDER_DELAY_S, 90)]) == [(settings.REMINDER_DELAY_S, 90)]
        assert store.change([(settings.REMINDER_DELAY_S, 90)]) == []
        rows = [16384, 0, 0, 0, 16384, 0, 0, 0, 16384]
        store.calibrate(Kept(rows, 83, 1, -450))
        again = Store(Files(str(tmp_path)))
        again.load()
        assert again.settings[settings.REMINDER_DELAY_S] == 90
        assert again.calibration is not None
        kept = again.calibration
        assert (list(kept.rows), kept.quality, kept.source) == (rows, 83, 1)
        assert kept.seated_cdeg == -450
        assert again.lost == []

    @pytest.mark.parametrize("name", ["settings", "calibration"])
    def test_a_damaged_file_is_lost_and_named(self, tmp_path: Path, name: str) -> None:
        (tmp_path / name).write_bytes(b"rubbish and no checksum")
        store = Store(Files(str(tmp_path)))
        store.load()
        assert store.lost == [name]
        assert store.settings == settings.defaults()

    def test_a_setting_of_another_version_is_passed_over(self, tmp_path: Path) -> None:
        body = bytes([200, 1, 0, 0, 0])
        (tmp_path / "settings").write_bytes(body + crc32(body).to_bytes(4, "little"))
        store = Store(Files(str(tmp_path)))
        store.load()
        assert store.settings == settings.defaults()


class Interrupted(Files):
    """A folder whose files take half of what is written, then the power goes."""

    def open(self, name: str, mode: str):  # type: ignore[no-untyped-def]
        file = super().open(name, mode)
        if mode == "wb":
            file.write(b"half")
            file.close()
            raise KeyboardInterrupt
        return file


def test_a_file_is_replaced_as_a_whole_or_not_at_all(tmp_path: Path) -> None:
    write_whole(Files(str(tmp_path)), "name", b"the old one")
    with pytest.raises(KeyboardInterrupt):
        write_whole(Interrupted(str(tmp_path)), "name", b"half of it never comes")
    assert read_whole(Files(str(tmp_path)), "", "name") == b"the old one"
    write_whole(Files(str(tmp_path)), "name", b"the new one")
    assert read_whole(Files(str(tmp_path)), "", "name") == b"the new one"
    assert read_whole(Files(str(tmp_path)), "", "another") is None


class Frames:
    """A session that has these frames to send."""

    def __init__(self, frames: list[bytes]) -> None:
        self.frames = frames
        self.heard = b""

    def receive(self, data: bytes) -> None:
        self.heard += data

    def pull(self) -> bytes | None:
        return self.frames.pop(0) if self.frames else None


class Narrow:
    """A line that takes a few bytes at a time, then none for a while."""

    def __init__(self, waiting: bytes) -> None:
        self.waiting = waiting
        self.sent = b""
        self.calls = 0

    def readinto(self, buffer: bytearray) -> int | None:
        chunk, self.waiting = self.waiting[:7], self.waiting[7:]
        buffer[: len(chunk)] = chunk
        return len(chunk) or None

    def write(self, data: memoryview) -> int | None:
        self.calls += 1
        if self.calls % 3 == 0:
            return None
        self.sent += bytes(data[:5])
        return min(5, len(data))


def test_the_link_loses_nothing_on_a_narrow_line() -> None:
    frames = [bytes([n]) * (n + 1) for n in range(40)]
    session = Frames(list(frames))
    line = Narrow(b"from the host, in pieces")
    link = Link(line, session, Clock(lambda: 0, clockwork.ticks_diff))  # type: ignore[arg-type]
    for _ in range(2000):
        link.poll()
    assert line.sent == b"".join(frames)
    assert session.heard == b"from the host, in pieces"
    assert not link.busy


class Endless:
    """A host that sends noise faster than any belt can read it."""

    def __init__(self) -> None:
        self.reads = 0

    def readinto(self, buffer: bytearray) -> int | None:
        self.reads += 1
        assert self.reads < 1000, "nothing else has its turn any more"
        buffer[:] = bytes(len(buffer))
        return len(buffer)

    def write(self, data: memoryview) -> int | None:
        return len(data)


def test_a_host_that_never_stops_does_not_hold_the_belt_up() -> None:
    session = Frames([b"answer"])
    link = Link(Endless(), session, Clock(lambda: 0, clockwork.ticks_diff))  # type: ignore[arg-type]
    assert link.poll()
    assert session.heard
    assert not session.frames


def test_faults_are_reported_once_a_minute_each_kind_with_its_count() -> None:
    counter = FaultCounter()
    assert not counter.due(0)
    counter.note(3)
    assert counter.due(0)
    assert counter.take(0) == [(3, 1)]
    for second in range(1, 60):
        counter.note(3 if second % 2 else 1)
        assert not counter.due(second)
    assert counter.due(60)
    assert counter.take(60) == [(1, 29), (3, 30)]
    assert not counter.due(999)

"""Gives a virtual belt a past: workdays in its own log, computed by the belt's own core.

Every workday is a boot of its own, begins with a CLOCK_SET as a sync in the morning would leave
it, and runs through `SecondStage` and the firmware's own flash log, so a first sync brings
weeks. Chair rises and hip hinges are those that the core counts in the recordings played, in sets
as the core makes them. The days are those before today, Monday to Friday; the same seed gives the
same days.
"""

import shutil
from copy import copy
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

import numpy as np
from beltcore.activity import LAG
from beltcore.pipeline import Second, SecondStage
from beltcore.reminder import NOTHING, REMIND, THANK
from beltcore.sets import Sets
from beltwire import codes, events, records, settings
from device import FIRMWARE_VERSION
from device.battery import percent_left
from device.board_table import PINS
from device.files import Files
from device.flashlog import FOLDER, FlashLog

from plumbline import private
from plumbline.console import ProgressText
from plumbline.errors import UserError
from plumbline.i18n import _
from plumbline.virtual_belt import clips
from plumbline.virtual_belt.cache import Told, load_library
from plumbline.virtual_belt.clips import Library
from plumbline.virtual_belt.office import Bout, Wearer, draw_plan, draw_traits

MOST_DAYS = 75  # of nine hours; more do not fit the belt's memory
CLOCK_SET_S = 40
FULL_MV = 4150
SNOOZES = 0.04  # how likely a buzz is answered by a snooze

Repeated = tuple[int, int, int]  # kind, range in centidegrees, duration in ms


def write_history(
    flash: Path,
    days: int,
    seed: int,
    today: date | None = None,
    library: Library | None = None,
    told: Told | None = None,
) -> bool:
    """Put `days` workdays before `today` into an empty log; False where there is a log already.

    The days are made of `library`, by default of all bundled recordings. UserError where `days`
    is out of range or the flash folder cannot be written. `told(done, total)` on the way, the
    recordings first, else the terminal is told.
    """
    if not 0 < days <= MOST_DAYS:
        raise UserError(_("--history takes 1 to {most} days.").format(most=MOST_DAYS))
    if (flash / FOLDER).exists():
        return False
    recordings, past = (None, None) if told is None else _parts(told)
    library = library or load_library(recordings)
    making = flash.with_name(flash.name + ".new")
    shutil.rmtree(making, ignore_errors=True)
    private.make_folder(making)
    faults = 0
    with ProgressText(_("history")) as progress:
        for done, day in enumerate(workdays_before(today or date.today(), days)):
            (past or progress.show)(done, days)
            log = FlashLog(Files(str(making)), PINS["virtual"]["log_segments"])
            live_a_day(log, library, day, Random(f"{seed} {done}"))
            faults += log.write_faults
        (past or progress.show)(days, days)
    if faults:
        raise UserError(
            _("{folder} cannot be written: make room or name another one.").format(folder=flash)
        )
    (making / FOLDER).rename(flash / FOLDER)
    making.rmdir()
    return True


def _parts(told: Told) -> tuple[Told, Told]:
    """One progress for both: computing the recordings takes about as long as the past."""
    return (
        lambda done, total: told(done, 2 * total),
        lambda done, total: told(total + done, 2 * total),
    )


def workdays_before(today: date, count: int) -> list[date]:
    """The last `count` days from Monday to Friday before `today`, oldest first."""
    found: list[date] = []
    day = today
    while len(found) < count:
        day -= timedelta(days=1)
        if day.weekday() < 5:
            found.append(day)
    return found[::-1]


def live_a_day(log: FlashLog, library: Library, day: date, random: Random) -> None:
    """One boot of the belt: `day` from putting it on to switching it off."""
    traits = draw_traits(random)
    log.start()
    Day(log, library, random, traits.start_min, day).run(
        Wearer(library, random, traits), draw_plan(random, traits)
    )
    log.flush()


class Day:
    """A day's way through the second half of the core into the log."""

    def __init__(
        self, log: FlashLog, library: Library, random: Random, start_min: int, day: date
    ) -> None:
        self._log = log
        self._random = random
        self._stage = calibrated_stage()
        self._start_min = start_min
        local = datetime.combine(day, time(start_min // 60, start_min % 60))
        self._start_ms = round(local.timestamp() * 1000)
        self._live, self._decided = _seconds(library)
        self._shaken = Second()
        self._repeated = _repetitions(library)
        self._sets = Sets()
        self._is_set_open = False
        self._now_s = 0

    def run(self, wearer: Wearer, plan: list[Bout]) -> None:
        """Live through the plan, then switch the belt off."""
        self._event(codes.EVENT_BOOT, codes.RESET_POWER_ON, *FIRMWARE_VERSION)
        self._event(codes.EVENT_BATTERY, FULL_MV, percent_left(FULL_MV))
        stage = self._stage
        seen: list[Second] = []
        motor_on = False
        for row in wearer.seconds(plan):
            stage.live(
                self._shaken if motor_on else self._live[row],
                (self._start_min + self._now_s // 60) % 1440,
            )
            seen.append(self._shaken if motor_on else self._decided[row])
            stage.decide(seen[-1 - LAG] if len(seen) > LAG else None)
            if self._is_set_open or row in self._repeated:
                self._repeat(None if motor_on else self._repeated.get(row))
            motor_on = stage.action in (REMIND, THANK)
            if stage.action != NOTHING:
                self._act(self._live[row].flexion_cdeg, wearer)
            if stage.minute is not None:
                payload = records.pack_minute(stage.minute)
                self._log.append(codes.KIND_MINUTE, stage.minute_start_s, payload, flush=False)
            self._now_s += 1
            if self._now_s == CLOCK_SET_S:
                mono_ms = 1000 * CLOCK_SET_S
                self._event(codes.EVENT_CLOCK_SET, self._start_ms + mono_ms, mono_ms)
        while self._sets.flush():
            self._tell_set()
        self._event(codes.EVENT_SHUTDOWN, codes.SHUTDOWN_BUTTON)

    def _repeat(self, told: Repeated | None) -> None:
        """A second goes by for the sets under way, and it may end a repetition."""
        self._sets.age()
        if self._sets.ended:
            self._tell_set()
        if told is not None:
            self._sets.add(*told, 0)
        self._is_set_open = self._sets.under_way

    def _tell_set(self) -> None:
        rises = self._sets.ended == codes.CHAIR_RISE
        code = codes.EVENT_CHAIR_RISES if rises else codes.EVENT_HIP_HINGES
        self._event(code, *self._sets.last.told())

    def _act(self, flexion_cdeg: int, wearer: Wearer) -> None:
        """Log what the core decided, and let the wearer feel it."""
        stage = self._stage
        if stage.action != REMIND:
            self._event(codes.EVENT_CORRECTED, stage.cause)
            return
        self._event(codes.EVENT_REMINDER, stage.cause, flexion_cdeg, stage.held_s)
        wearer.feel(stage.cause)
        if self._random.random() < SNOOZES:
            minutes = settings.TABLE[settings.SNOOZE_MIN][4]
            stage.reminder.snooze(stage.now_s, minutes)
            self._event(codes.EVENT_SNOOZE, minutes)

    def _event(self, code: int, *values: int) -> None:
        payload = records.pack_event(events.make(code, *values))
        self._log.append(codes.KIND_EVENT, self._now_s, payload, flush=False)


def calibrated_stage() -> SecondStage:
    """The core's second half with default settings, for a wearer whose calibration is done."""
    stage = SecondStage()
    stage.calibrated = True
    stage.reminder.limits.seated_cdeg = 0
    return stage


def _repetitions(library: Library) -> dict[int, Repeated]:
    """What is repeated, by the row that ends it."""
    found = np.flatnonzero(library.rows[:, clips.REPEATED])
    return {row: tuple(library.rows[row, clips.REPEATED :].tolist()) for row in found.tolist()}


def _seconds(library: Library) -> tuple[list[Second], list[Second]]:
    """Every row as its live and as its decided second."""
    live: list[Second] = []
    decided: list[Second] = []
    for row in library.rows.tolist():
        now = Second()
        now.activity, now.confidence = row[clips.ACTIVITY], row[clips.CONFIDENCE]
        now.flexion_cdeg, now.lateral_cdeg = row[clips.FLEXION], row[clips.LATERAL]
        now.band, now.side = row[clips.BAND], row[clips.SIDE]
        now.known = row[clips.KNOWN] != 0
        later = copy(now)
        later.activity, later.confidence = row[clips.DECIDED], row[clips.SURE]
        later.steps = row[clips.STEPPED]
        live.append(now)
        decided.append(later)
    return live, decided

"""A data folder as syncs leave it: an invented office worker's weeks on a belt in memory."""

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from beltwire import codes
from plumbline.analysis.postures import Minutes
from plumbline.store.database import Store
from plumbline.store.rows import StoredEvent
from plumbline.ui.link_work import SyncOutcome
from plumbline.ui.session import Session

from tests.analysis.build import BERLIN, Office, at
from tests.link.belt import BELT_ID, MemoryBelt
from tests.store.filling import archive, packed

LAST_DAY = date(2026, 11, 20)
NOW = "2026-11-20 19:30"
WEEKS = 5
NEW_BOOT_S = 4 * 3600


def office() -> Office:
    """Five weeks of workdays up to Friday, 20 November 2026."""
    return Office(LAST_DAY, WEEKS)


def fill(
    folder: Path,
    rows: Minutes,
    events: list[StoredEvent],
    name: str = "Test belt",
    belt_id: bytes = BELT_ID,
) -> None:
    """Put the minutes and events into the folder as a sync of a belt would have; a boot a day."""
    belt = MemoryBelt(belt_id, name)
    entries: list[tuple[int, Callable[[int], None]]] = []
    for row in rows:
        payload = packed(row)
        entries.append(
            (int(row["utc_s"]), lambda t_s, p=payload: belt.log(codes.KIND_MINUTE, p, t_s))
        )
    for event in events:
        payload = bytes((event.code,)) + event.args
        entries.append(
            (event.utc_s or 0, lambda t_s, p=payload: belt.log(codes.KIND_EVENT, p, t_s))
        )
    boot_at, before = 0, 0
    for utc_s, log in sorted(entries, key=lambda entry: entry[0]):
        if utc_s - before > NEW_BOOT_S:
            belt.mono_s += 60
            belt.reboot()
            boot_at = utc_s
            belt.event(codes.EVENT_CLOCK_SET, utc_s * 1000, 0)
        before = utc_s
        belt.mono_s = utc_s - boot_at
        log(belt.mono_s)
    with Store.open(folder):
        pass
    archive(folder, belt, before * 1000)
    with Store.open(folder) as store:
        store.ingest(belt.belt_id.hex())


class NoBelt:
    """A computer without belts."""

    def ports(self) -> list[str]:
        return []

    def sync(self, *_: object) -> SyncOutcome:
        raise AssertionError("there is nothing to sync")


class BeltThatBrings:
    """A belt on one port whose sync runs `bring` and ends well; `plugged` may change."""

    def __init__(self, bring: Callable[[], None] = lambda: None, new_minutes: int = 480) -> None:
        self.bring = bring
        self.new_minutes = new_minutes
        self.plugged = True
        self.syncs = 0

    def ports(self) -> list[str]:
        return ["/dev/belt"] if self.plugged else []

    def sync(
        self,
        port: str,
        began: Callable[[str], None],
        progressed: Callable[[int, int], None],
        cancelled: Callable[[], bool],
    ) -> SyncOutcome:
        self.syncs += 1
        began("Test belt")
        progressed(240, 480)
        self.bring()
        return SyncOutcome(True, "Test belt", self.new_minutes, cancelled())


class EndlessBelt:
    """A belt that sends until it is told to stop."""

    def __init__(self) -> None:
        self.tries = 0

    def ports(self) -> list[str]:
        return ["/dev/belt"]

    def sync(
        self,
        port: str,
        began: Callable[[str], None],
        progressed: Callable[[int, int], None],
        cancelled: Callable[[], bool],
    ) -> SyncOutcome:
        self.tries += 1
        began("Endless belt")
        while not cancelled():
            progressed(self.tries, 100)
            time.sleep(0.005)
        return SyncOutcome(True, "Endless belt", cancelled=True)


class BrokenLink:
    """A port whose sync fails with `error`, the first `times` times."""

    def __init__(self, error: Exception, times: int = 1000) -> None:
        self.error = error
        self.times = times
        self.tries = 0

    def ports(self) -> list[str]:
        return ["/dev/belt"]

    def sync(self, *_: object) -> SyncOutcome:
        self.tries += 1
        if self.tries > self.times:
            return SyncOutcome(True, "Test belt")
        raise self.error


def session(folder: Path, link: object | None = None, *, demo: bool = False) -> Session:
    """A session on a folder, in Berlin, in the evening of the last day."""
    return Session(
        folder,
        link or NoBelt(),  # type: ignore[arg-type]
        lambda: Store.open(folder),
        BERLIN,
        lambda: at(NOW),
        demo,
    )

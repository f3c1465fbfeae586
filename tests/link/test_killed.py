"""kill -9 at random moments of a sync, again and again; then one clean sync."""

import multiprocessing
import os
import random
import signal
import threading
from collections.abc import Iterable
from pathlib import Path

from beltwire.belt import BeltSession
from plumbline.link.engine import sync
from plumbline.store.archive import archive_path, read_frames
from plumbline.store.database import Store
from plumbline.store.frames import PAGE

from tests.link.belt import BELT, NOON_MS, MemoryBelt, PtyEnd, belt_answers

KILLS = int(os.environ.get("KILLS", "30"))
SEED = 20261122
# Moments of a sync, as bytes that the belt has sent, and some time on top, for what the
# host does between hearing and asking.
MOST_BYTES = 4000
MOST_DELAY_S = 0.02


def sync_here(path: str, folder: Path) -> None:
    """What the process that gets killed does."""
    sync(path, folder, lambda told: None, lambda: False, utc_ms=lambda: NOON_MS)


class KillingBelt:
    """A belt that has its host killed once it has sent so many bytes."""

    def __init__(self, belt: MemoryBelt) -> None:
        self.session = BeltSession(belt)
        self.left = -1
        self.moment = threading.Event()

    def answer(self, data: bytes) -> Iterable[bytes]:
        for frame in belt_answers(self.session)(data):
            yield frame
            if self.left >= 0:
                self.left -= len(frame)
                if self.left < 0:
                    self.moment.set()


def killed_sync(belt: KillingBelt, path: str, folder: Path, chance: random.Random) -> bool:
    """One sync, killed; False where it was faster than its killer."""
    process = multiprocessing.get_context("forkserver").Process(
        target=sync_here, args=(path, folder)
    )
    belt.moment.clear()
    belt.left = chance.randrange(MOST_BYTES)
    process.start()
    while not belt.moment.wait(0.01) and process.is_alive():
        pass
    process.join(chance.random() * MOST_DELAY_S)
    process.kill()
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode != 0


def test_kills_at_random_moments_lose_and_double_nothing(tmp_path: Path) -> None:
    multiprocessing.get_context("forkserver").set_forkserver_preload(["tests.link.test_killed"])
    chance = random.Random(SEED)
    memory = MemoryBelt()
    memory.minutes(200)
    belt = KillingBelt(memory)
    killed = 0
    with PtyEnd(belt.answer) as end:
        for _ in range(4 * KILLS):  # some syncs are faster than their killer
            if killed == KILLS:
                break
            killed += killed_sync(belt, end.path, tmp_path, chance)
            memory.minutes(chance.randrange(300))
            acked = memory.acked
            with Store.open(tmp_path) as store:  # whatever was acknowledged is here
                (first, last), *_ = store.coverage(BELT).intervals() or [(1, 0)]
                assert first == 1
                assert last >= acked
        belt.left = -1
        sync_here(end.path, tmp_path)
    assert killed == KILLS
    with Store.open(tmp_path) as store:
        query = "SELECT seq, records.boot, t_s, kind, payload FROM records ORDER BY log, seq"
        kept = store._all(query)
        before = store.dump()
        store.rebuild(lambda done, total: None)
        assert store.dump() == before
    assert kept == [(r.seq, r.boot, r.t_s, r.kind, r.payload) for r in memory.records()]
    frames = read_frames(archive_path(tmp_path, BELT))
    assert {f.page()[1] for f in frames if f.kind == PAGE} >= set(memory.pages[-3:])

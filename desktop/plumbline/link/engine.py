"""The sync: fetches from a belt what is not here yet, and loses nothing, doubles nothing.

    hello -> time -> list -> fetch pages -> archive, on the disk -> database -> acknowledge

Pages go into the archive as they came before anything is made of them, and the belt is
told "acknowledged" only when they are safe there. A sync that ends anywhere, by whatever
cause, is continued by the next one.

The fetch begins AT the newest record that is here: if what the belt has under that
number is something else, its memory was wiped and its log begun anew, and everything is
fetched as a new log. Numbers the belt no longer has become a "hole" in the archive, so
that nobody asks for them again.

Facts written to the archive: "sync" (who, when, and the anchor of the belt's clock),
"new_log", "hole" (first_seq, last_seq).
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from beltwire import codes
from beltwire.belt import EARLIEST_UTC_MS
from beltwire.host import PageReceived, PagesLost
from beltwire.messages import AckReply, FetchEnd, HelloReply, ListReply, RemoteError, TimeReply
from beltwire.pages import ENTRY, Page, Record

from plumbline.errors import LinkError
from plumbline.i18n import _, number
from plumbline.link.conversation import Conversation, NoAnswer, Restarted, refused
from plumbline.link.port import Port, PortVanished
from plumbline.store.archive import ArchiveWriter
from plumbline.store.clock import Anchor, agree
from plumbline.store.database import Store
from plumbline.store.failures import DamagedInUse
from plumbline.store.ingest import HOLE, NEW_LOG, SYNC, Ingested

CREDIT = 32  # pages under way at most: 16 KB, 0.2 s at 921,600 baud, for the disk to be slow in
GRANT_STEP = CREDIT // 2
STALL_S = 2.0  # nothing came for so long: ask again
TRIES = 5  # without a new page between them
PAGES_PER_FLUSH = 16  # so that saving them takes less time than those under way
MEETING_MS = 3_600_000  # a meeting that says nothing new of the clock: once an hour
STAGE_BELT, STAGE_FETCH, STAGE_DONE = "belt", "fetch", "done"


@dataclass(frozen=True)
class Progress:
    """`done` of `total` records of this sync are here; `bytes` came over the port."""

    stage: str
    done: int
    total: int
    bytes: int


@dataclass(frozen=True)
class SyncResult:
    """What a sync brought; `notices` are sentences on what had to be mended or is missing."""

    belt: str
    name: str
    new_minutes: int
    new_events: int
    records: int
    bytes: int
    seconds: float
    cancelled: bool
    notices: list[str] = field(default_factory=list)


def sync(
    port: str,
    folder: Path,
    progress: Callable[[Progress], None],
    cancelled: Callable[[], bool],
    utc_ms: Callable[[], int] = lambda: time.time_ns() // 1_000_000,
) -> SyncResult:
    """Fetch what is new on the belt at `port` into the data folder.

    Raises LinkError or StoreError; what had come until then is kept. `utc_ms` is the
    computer's clock. Nobody waits for the day's check of the database here:
    `plumbline.store.upkeep` is for afterwards.
    """
    try:
        return _sync(port, folder, progress, cancelled, utc_ms)
    except DamagedInUse:  # opened anew, it is mended; what came is in the archive
        return _sync(port, folder, progress, cancelled, utc_ms)


def _sync(
    port: str,
    folder: Path,
    progress: Callable[[Progress], None],
    cancelled: Callable[[], bool],
    utc_ms: Callable[[], int],
) -> SyncResult:
    started = time.monotonic()
    with Port(port) as opened, Store.open(folder, check=False) as store:
        talk = Conversation(opened)
        progress(Progress(STAGE_BELT, 0, 0, 0))
        hello = talk.hello()
        belt = hello.belt_id.hex()
        with ArchiveWriter(folder, belt, store.archive_end(belt)) as archive:
            run = _Sync(talk, store, archive, belt, progress, cancelled, utc_ms)
            complete = run.run(hello)
    progress(Progress(STAGE_DONE, run.total.records, run.total.records, talk.received))
    return SyncResult(
        belt=belt,
        name=hello.name,
        new_minutes=run.total.minutes,
        new_events=run.total.events,
        records=run.total.records,
        bytes=talk.received,
        seconds=time.monotonic() - started,
        cancelled=not complete,
        notices=store.notices + run.notices,
    )


class _Sync:
    """One sync of one belt; see `sync`."""

    def __init__(
        self,
        talk: Conversation,
        store: Store,
        archive: ArchiveWriter,
        belt: str,
        progress: Callable[[Progress], None],
        cancelled: Callable[[], bool],
        utc_ms: Callable[[], int],
    ) -> None:
        self._talk = talk
        self._session = talk.session
        self._store = store
        self._archive = archive
        self._belt = belt
        self._progress = progress
        self._cancelled = cancelled
        self._utc_ms = utc_ms
        self.total = Ingested()
        self.notices: list[str] = []
        self._met: dict[str, object] = {}  # the "sync" fact until it is written
        self._last = store.last_record(belt)  # the newest that is here, on belt and host alike
        self._known = store.coverage(belt).last()
        self._next_seq = 0  # where the belt's log ended when we asked
        self._first = 1  # where this sync began
        self._unsaved = 0  # pages
        self._fruitless = 0  # tries without a new page

    def run(self, hello: HelloReply) -> bool:
        """The whole sync; False when it was cancelled."""
        if self._archive.mended is not None:
            self.notices.append(
                _("The archive's end was incomplete; it was mended, the rest is kept as {kept}.")
                .format(kept=self._archive.mended)
            )  # fmt: skip
        while True:
            try:
                return self._once(hello)
            except PortVanished as error:
                raise self._ended_early(error) from error
            except (NoAnswer, Restarted) as error:
                self._fruitless += 1
                if self._fruitless >= TRIES:
                    raise self._ended_early(error) from error
                hello = self._again(hello)
            finally:
                self._save()

    def _again(self, hello: HelloReply) -> HelloReply:
        """Greet the belt once more; LinkError when it is another one now."""
        again = self._talk.hello()
        if again.belt_id != hello.belt_id:
            raise LinkError(_("Another belt was plugged in during the sync: start the sync again."))
        return again

    def _once(self, hello: HelloReply) -> bool:
        self._anchor(hello)
        extent = self._talk.ask(self._session.list, ListReply)
        self._next_seq = extent.next_seq
        if self._last is not None and extent.next_seq <= self._last.seq:
            self._begin_new_log()
        self._first = self._known + 1
        if not self._fetch(self._last.seq if self._last else self._known + 1):
            return False
        self._write_down_meeting()
        self._save()
        if self._known:
            self._talk.ask(lambda: self._session.ack(self._known), AckReply)
        return True

    def _anchor(self, hello: HelloReply) -> None:
        """Set the belt's clock and write down where it stands on the UTC line."""
        now = datetime.fromtimestamp(self._utc_ms() / 1000).astimezone()
        if self._utc_ms() < EARLIEST_UTC_MS:
            raise LinkError(
                _("This computer's clock shows {date}: set it, then sync again.").format(
                    date=now.date().isoformat()
                )
            )
        offset = now.utcoffset()
        offset_min = round(offset.total_seconds() / 60) if offset else 0
        sent_ms = 0

        def request() -> bytes:
            nonlocal sent_ms
            sent_ms = self._utc_ms()
            return self._session.time(sent_ms, offset_min)

        reply = self._talk.ask(request, TimeReply)
        self._met = {
            "name": hello.name,
            "board": hello.board,
            "firmware": ".".join(str(part) for part in hello.firmware),
            "battery_mv": hello.battery_mv,
            "boot": reply.boot,
            "mono_ms": reply.mono_ms,
            "utc_ms": sent_ms,
            "utc_offset_min": offset_min,
        }

    def _write_down_meeting(self) -> None:
        """The "sync" fact, when it is clear to which log it belongs, and if it says anything."""
        if self._met and not self._met_lately():
            self._archive.append_fact(fact=SYNC, **self._met)
        self._met = {}

    def _met_lately(self) -> bool:
        """There was a meeting lately in this boot and log that says the same of the clock."""
        before = self._store.last_meeting(self._belt)
        if self._last is None or before is None or before[0] != self._met["boot"]:
            return False
        now = Anchor(int(str(self._met["mono_ms"])), int(str(self._met["utc_ms"])))
        return 0 <= now.mono_ms - before[1].mono_ms < MEETING_MS and agree(before[1], now)

    def _begin_new_log(self) -> None:
        self._archive.append_fact(fact=NEW_LOG, utc_ms=self._utc_ms())
        self.notices.append(
            _("The belt's memory was wiped since the last sync; its log begins anew.")
        )
        self._last = None
        self._known = 0

    def _fetch(self, from_seq: int) -> bool:
        """Fetch to the log's end; False when cancelled. Raises NoAnswer after TRIES in vain."""
        while True:
            self._talk.port.write(self._session.fetch(from_seq, CREDIT))
            outcome = self._receive()
            if outcome is not None:
                return outcome
            from_seq = self._known + 1
            self._fruitless += 1
            if self._fruitless >= TRIES:
                raise self._talk.no_answer()

    def _receive(self) -> bool | None:
        """Take pages: True at the end, False when cancelled, None to ask again."""
        heard = time.monotonic()
        ungranted = 0
        while not self._cancelled():
            for event in self._talk.events():
                heard = time.monotonic()
                if isinstance(event, FetchEnd):
                    return True
                if isinstance(event, PagesLost):
                    return None
                if isinstance(event, RemoteError):
                    raise refused(event)
                if isinstance(event, PageReceived):
                    if not self._take(event):
                        return None
                    ungranted += 1
            if ungranted >= GRANT_STEP and self._session.fetching:
                self._talk.port.write(self._session.grant(ungranted))
                ungranted = 0
            if time.monotonic() - heard > STALL_S:
                return None
        return False

    def _take(self, event: PageReceived) -> bool:
        """Archive the page if it brings anything; False when a new log has come to light."""
        if self._last is not None and not _continues(event.page.records, self._last):
            self._begin_new_log()
            return False
        if event.page.next_seq - 1 > self._known:
            self._write_down_meeting()
            first = max(event.follows, self._known + 1)
            last = event.page.first_seq - 1
            if last >= first:
                self._archive.append_fact(fact=HOLE, first_seq=first, last_seq=last)
            left_out = self._here_already(event.page)
            if left_out:
                self._archive.append_tail(self._utc_ms(), event.data, left_out)
            else:
                self._archive.append_page(self._utc_ms(), event.data)
            self._count(event.page)
            self._known = event.page.next_seq - 1
            self._last = event.page.records[-1]
            self._fruitless = 0
            self._unsaved += 1
        if self._unsaved >= PAGES_PER_FLUSH:
            self._save()
        self._report()
        return True

    def _count(self, page: Page) -> None:
        """What it brings. Not what the database took in here: who looks after it meanwhile, behind
        a sync of another belt, reads all archives, this one's, too."""
        kinds = [record.kind for record in page.records if record.seq > self._known]
        minutes, events = kinds.count(codes.KIND_MINUTE), kinds.count(codes.KIND_EVENT)
        self.total.add(Ingested(len(kinds), minutes, events))

    def _here_already(self, page: Page) -> int:
        """How many bytes of the page's records need not be archived any more.

        They are in the archive, all of them as they are now; or were, and were erased.
        """
        if page.first_seq > self._known:
            return 0
        self._save()
        older = page.records[: self._known + 1 - page.first_seq]
        found = self._store.records(self._belt, page.boot, page.first_seq, self._known)
        known = {record.seq: record for record in found}
        covered = self._store.coverage(self._belt)
        if any(known.get(old.seq, old) != old or old.seq not in covered for old in older):
            return 0
        return sum(ENTRY + len(record.payload) for record in older)

    def _report(self) -> None:
        total = max(self._next_seq - 1, self._known) - self._first + 1
        done = self._known - self._first + 1
        self._progress(Progress(STAGE_FETCH, done, total, self._talk.received))

    def _save(self) -> None:
        """Everything onto the disk, then into the database."""
        self._archive.sync()
        self._store.ingest(self._belt)
        self._unsaved = 0

    def _ended_early(self, error: LinkError) -> LinkError:
        """The same sentence, and what was kept."""
        self._save()
        kept = _("What had come is kept ({records} records); the next sync goes on from there.")
        kept = kept.format(records=number(self.total.records))
        ended = type(error)(f"{error} {kept}").on(error.port)
        ended.kept = kept
        return ended


def _continues(records: list[Record], last: Record) -> bool:
    """Whether the page agrees with the newest record that is here (true if it is not in it)."""
    return all(record == last for record in records if record.seq == last.seq)

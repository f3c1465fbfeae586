"""The belt's log on flash: pages in append-only segment files, and the open page beside them.

    log/00000007.seg    whole slots of 512 bytes, one page each, 0xFF behind the page
    log/open            the newest page, replaced as a whole with every record
    log/state           boot number, acknowledged sequence number, records overwritten

A record is on flash when `append` returns; a power cut loses the one being written and no other.
A full page moves from `open` to the end of the newest segment before the next page is begun, so
at any moment it is in at least one of the two; a page that is in both is recognised by its
sequence numbers. The oldest segment makes way when there are too many. The file system's own
wear levelling spreads the rewriting of `open`. Works on anything with the methods of
`device.files.Files`.
"""

from beltwire.crc import crc32
from beltwire.errors import WireError
from beltwire.pages import MAX_SEQ, PAGE_SIZE, PageWriter, parse_head

from device.files import make_folder, read_whole, write_whole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from beltwire.pages import Page

    from device.parts import Folder

FOLDER = "log"
SEGMENT_PAGES = 31
"""With the pointers that littlefs keeps in a file's blocks, 31 pages are four of them, 32 five."""
MIN_SEGMENTS = 2
HEAD_BYTES = 16
STATE_BYTES = 14


class Segment:
    """One segment file: its number, its pages (slots) and its first readable sequence number."""

    __slots__ = ("first_seq", "number", "pages")

    def __init__(self, number: int, pages: int, first_seq: int) -> None:
        self.number = number
        self.pages = pages
        self.first_seq = first_seq

    def path(self) -> str:
        """The file's name."""
        return "{}/{:08d}.seg".format(FOLDER, self.number)


class FlashLog:
    """The log in the folder `log` of `files`: at most `max_segments` of `segment_pages` pages.

    `start` before anything else. Errors of the file system never escape from `append`,
    `flush` and `acknowledge`: they are counted in `write_faults`. An open page that could not be
    written stays in memory and is tried again with the next record; a full page that finds no
    place, even after the oldest segment has made way, is lost and leaves a gap in the numbers.
    """

    def __init__(
        self, files: "Folder", max_segments: int, segment_pages: int = SEGMENT_PAGES
    ) -> None:
        self._files = files
        self._max_segments = max(MIN_SEGMENTS, max_segments)
        self._segment_pages = segment_pages
        self._segments: "list[Segment]" = []
        self._page = PageWriter()
        self._slot = b""
        self._hint_number = -1
        self._hint_slot = 0
        self._hint_seq = 0
        self.boot = 0
        self.next_seq = 1
        self.acked_seq = 0
        self.overwritten = 0
        self.write_faults = 0
        self.damaged_pages = 0

    # --- recovery

    def start(self) -> None:
        """Find what is there and begin a new boot. OSError where the flash cannot be read."""
        make_folder(self._files, FOLDER)
        self._segments = []
        self._page = PageWriter()
        self.next_seq = 1
        self._read_state()
        last_boot = self.boot
        for number in self._segment_numbers():
            last_boot = max(last_boot, self._survey(number))
        last_boot = max(last_boot, self._adopt_open_page())
        self.next_seq = max(self.next_seq, self.acked_seq + 1)
        self.boot = last_boot % 65535 + 1
        self._write_state()

    def _segment_numbers(self) -> "list[int]":
        names = [name for name in self._files.listdir(FOLDER) if name.endswith(".seg")]
        return sorted([int(name[:-4]) for name in names if name[:-4].isdigit()])

    def _survey(self, number: int) -> int:
        """Take a segment into the index; returns the newest boot number seen in it."""
        segment = Segment(number, 0, 0)
        size = self._files.size(segment.path())
        if size % PAGE_SIZE:
            self._pad(segment, PAGE_SIZE - size % PAGE_SIZE)
        segment.pages = (size + PAGE_SIZE - 1) // PAGE_SIZE
        boot = 0
        for slot in range(segment.pages):
            head = self._head_at(segment, slot)
            if head is not None:
                segment.first_seq = head.first_seq
                boot = head.boot
                break
        for slot in range(segment.pages - 1, -1, -1):
            head = self._head_at(segment, slot)
            if head is not None:
                self.next_seq = max(self.next_seq, head.next_seq)
                boot = max(boot, head.boot)
                break
        if segment.first_seq == 0:
            segment.first_seq = self.next_seq
        self._segments.append(segment)
        return boot

    def _pad(self, segment: Segment, count: int) -> None:
        """Fill up a slot that a power cut left half written, so that slots stay aligned."""
        with self._files.open(segment.path(), "ab") as out:
            out.write(b"\xff" * count)

    def _adopt_open_page(self) -> int:
        """Move the open page of the last boot behind the others; returns its boot number."""
        data = read_whole(self._files, FOLDER, "open")
        if data is None:
            return 0
        try:
            head = parse_head(data)
        except WireError:
            self.damaged_pages += 1
            return 0
        if head.first_seq >= self.next_seq:
            self._store(data[: head.size], head.first_seq)
            self.next_seq = head.next_seq
        return head.boot

    # --- writing

    def append(self, kind: int, t_s: int, payload: bytes, flush: bool = True) -> int:
        """Log a record of belt time `t_s`; returns its sequence number.

        With `flush=False` it is only in memory until the next flush or until its page is full.
        """
        page = self._page
        if page.count == 0 or not page.add(kind, t_s, payload):
            if page.count:
                self._store(page.to_bytes(), page.first_seq)
            page.begin(self.boot, self.next_seq, t_s)
            if not page.add(kind, t_s, payload):
                raise ValueError("a record of {} bytes fits no page".format(len(payload)))
        seq = self.next_seq
        self.next_seq = seq + 1
        if flush:
            self.flush()
        return seq

    def flush(self) -> None:
        """Bring the open page onto flash."""
        if self._page.count:
            self._write("open", self._page.to_bytes())

    def acknowledge(self, through_seq: int) -> int:
        """The host has everything up to `through_seq`; returns what is acknowledged now."""
        through_seq = min(through_seq, self.next_seq - 1)
        if through_seq > self.acked_seq:
            self.acked_seq = through_seq
            self._write_state()
        return self.acked_seq

    def wipe(self) -> None:
        """Forget all records. Boot and sequence numbers go on, so none is ever used twice."""
        for segment in self._segments:
            self._files.remove(segment.path())
        self._segments = []
        self._hint_number = -1  # segments are numbered from 1 again
        self._page = PageWriter()
        if "open" in self._files.listdir(FOLDER):
            self._files.remove(FOLDER + "/open")
        self.overwritten = 0
        self.acked_seq = self.next_seq - 1
        self._write_state()

    def _store(self, page: bytes, first_seq: int) -> None:
        """Append a full page to the newest segment, or to a new one."""
        try:
            self._append_slot(page, first_seq)
        except OSError:
            self.write_faults += 1
            if len(self._segments) >= MIN_SEGMENTS:
                self._drop_oldest()
                self._store_or_lose(page, first_seq)

    def _store_or_lose(self, page: bytes, first_seq: int) -> None:
        """Second try, on the space that the oldest segment left."""
        try:
            self._append_slot(page, first_seq)
        except OSError:
            self.write_faults += 1

    def _append_slot(self, page: bytes, first_seq: int) -> None:
        last = self._segments[-1] if self._segments else None
        if last is None or last.pages >= self._segment_pages:
            while len(self._segments) >= self._max_segments:
                self._drop_oldest()
            number = last.number + 1 if last else 1
            last = Segment(number, 0, first_seq)
            self._segments.append(last)
        with self._files.open(last.path(), "ab") as out:
            out.write(page + b"\xff" * (PAGE_SIZE - len(page)))
        last.pages += 1

    def _drop_oldest(self) -> None:
        gone = self._segments.pop(0)
        try:
            self._files.remove(gone.path())
        except OSError:
            self.write_faults += 1
        end = self._segments[0].first_seq if self._segments else self.next_seq
        kept_from = max(gone.first_seq, self.acked_seq + 1)
        if end > kept_from:
            self.overwritten += end - kept_from
        self._write_state()

    # --- reading

    @property
    def oldest_seq(self) -> int:
        """The first sequence number still there; `next_seq` where there is none."""
        if self._segments:
            return self._segments[0].first_seq
        return self._page.first_seq if self._page.count else self.next_seq

    @property
    def pages(self) -> int:
        """Pages there, the open one included."""
        full = sum([segment.pages for segment in self._segments])
        return full + (1 if self._page.count else 0)

    @property
    def capacity_pages(self) -> int:
        """Pages there can be."""
        return self._max_segments * self._segment_pages

    def read_page(self, from_seq: int) -> "bytes | None":
        """The page with `from_seq`, or the next one behind it; None where there is none.

        A damaged page is passed over; the gap in the sequence numbers tells the host.
        """
        if from_seq >= self.next_seq:
            return None
        if self._page.count and from_seq >= self._page.first_seq:
            return self._page.to_bytes()
        for place in range(self._place_of(from_seq), len(self._segments)):
            found = self._search(self._segments[place], from_seq)
            if found is not None:
                return found
        return self._page.to_bytes() if self._page.count else None

    def _place_of(self, from_seq: int) -> int:
        """Where in the index the segment lies that may hold `from_seq`."""
        place = 0
        while place + 1 < len(self._segments) and self._segments[place + 1].first_seq <= from_seq:
            place += 1
        return place

    def _search(self, segment: Segment, from_seq: int) -> "bytes | None":
        first = 0
        if segment.number == self._hint_number and from_seq >= self._hint_seq:
            first = self._hint_slot
        for slot in range(first, segment.pages):
            if self._ends_before(segment, slot, from_seq):
                continue
            head = self._head_at(segment, slot)
            if head is None:
                self.damaged_pages += 1
            elif head.next_seq > from_seq:
                self._hint_number = segment.number
                self._hint_slot = slot + 1
                self._hint_seq = head.next_seq
                return bytes(self._slot[: head.size])
        return None

    def _ends_before(self, segment: Segment, slot: int, from_seq: int) -> bool:
        """By its unchecked head alone: the page in this slot ends before `from_seq`."""
        with self._files.open(segment.path(), "rb") as source:
            source.seek(slot * PAGE_SIZE)
            head = source.read(HEAD_BYTES)
        if len(head) < HEAD_BYTES:
            return False
        first_seq = int.from_bytes(head[4:8], "little")
        return head[:2] == b"PL" and first_seq + head[3] <= from_seq

    def _head_at(self, segment: Segment, slot: int) -> "Page | None":
        """The checked head of the page in a slot, its bytes in `_slot`; None where damaged."""
        with self._files.open(segment.path(), "rb") as source:
            source.seek(slot * PAGE_SIZE)
            self._slot = source.read(PAGE_SIZE)
        try:
            return parse_head(self._slot)
        except WireError:
            return None

    # --- the small state file

    def _read_state(self) -> None:
        data = read_whole(self._files, FOLDER, "state")
        if data is None or len(data) != STATE_BYTES:
            return
        if int.from_bytes(data[10:14], "little") != crc32(data[:10]):
            return
        self.boot = int.from_bytes(data[0:2], "little")
        self.acked_seq = min(int.from_bytes(data[2:6], "little"), MAX_SEQ - 1)
        self.overwritten = int.from_bytes(data[6:10], "little")

    def _write_state(self) -> None:
        data = self.boot.to_bytes(2, "little") + self.acked_seq.to_bytes(4, "little")
        data += min(self.overwritten, 0xFFFFFFFF).to_bytes(4, "little")
        self._write("state", data + crc32(data).to_bytes(4, "little"))

    def _write(self, name: str, data: bytes) -> None:
        try:
            write_whole(self._files, FOLDER + "/" + name, data)
        except OSError:
            self.write_faults += 1

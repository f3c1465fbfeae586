"""Log pages: the unit of the belt's flash, of the wire and of the host's archive.

    0        2        3       4            8            12     14     16        16+n     20+n
    +--------+--------+-------+------------+------------+------+------+---------+--------+
    | "PL"   | format | count | first seq  | base time  | boot |  n   | records | CRC-32 |
    |        | u8 = 1 |  u8   |    u32     | u32 s      | u16  | u16  | n bytes |  u32   |
    +--------+--------+-------+------------+------------+------+------+---------+--------+
    record:  kind u8 | length u8 | dt u16 (seconds after base time) | payload

A page holds 1 to 123 records of one boot with consecutive sequence numbers, 512 bytes at most.
"""

from beltwire.crc import crc32
from beltwire.errors import RangeError, WireError
from beltwire.fields import Writer, check

PAGE_SIZE = 512
FORMAT = 1
HEAD = 16
ENTRY = 4
TAIL = 4
AREA = PAGE_SIZE - HEAD - TAIL
MAX_PAYLOAD = 255
MAX_SEQ = 0xFFFFFFFE

# A page's base time lies this far before its first record, because a minute record is dated
# by its start but written behind events that happened since.
BACK_S = 256


class Record:
    """One log record: sequence number, boot number, belt time in s, kind and raw payload."""

    __slots__ = ("boot", "kind", "payload", "seq", "t_s")

    def __init__(self, seq: int, boot: int, t_s: int, kind: int, payload: bytes) -> None:
        self.seq = seq
        self.boot = boot
        self.t_s = t_s
        self.kind = kind
        self.payload = payload

    def _key(self) -> "tuple[int, int, int, int, bytes]":
        return (self.seq, self.boot, self.t_s, self.kind, self.payload)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        return "Record{}".format(self._key())


class Page:
    """A page's head and, from `parse_page`, its records; `size` is its length in bytes."""

    __slots__ = ("base_s", "boot", "count", "first_seq", "records", "size")

    def __init__(self, boot: int, first_seq: int, base_s: int, count: int, size: int) -> None:
        self.boot = boot
        self.first_seq = first_seq
        self.base_s = base_s
        self.count = count
        self.size = size
        self.records: "list[Record]" = []

    @property
    def next_seq(self) -> int:
        """The sequence number behind the page's last record."""
        return self.first_seq + self.count


class PageWriter:
    """Fills pages: `begin`, then `add` until it says False, `to_bytes` at any time between."""

    def __init__(self) -> None:
        self.count = 0
        self.first_seq = 0
        self._boot = 0
        self._base_s = 0
        self._area = bytearray()

    @property
    def next_seq(self) -> int:
        """The sequence number that the next record added will have."""
        return self.first_seq + self.count

    def begin(self, boot: int, first_seq: int, now_s: int) -> None:
        """Start an empty page at belt time `now_s`; records may be dated up to BACK_S before."""
        self._boot = check(boot, 1, 65535)
        self.first_seq = check(first_seq, 1, MAX_SEQ)
        self._base_s = max(0, check(now_s, 0, 0xFFFFFFFF) - BACK_S)
        self._area = bytearray()
        self.count = 0

    def add(self, kind: int, t_s: int, payload: bytes) -> bool:
        """Append a record; False, and nothing changed, where this page has no place for it.

        There is no place when 512 bytes are full or `t_s` is not within 18 hours behind the
        base time: begin a new page then.
        """
        if self._boot == 0:
            raise RangeError("add() before begin()")
        size = check(len(payload), 0, MAX_PAYLOAD)
        check(kind, 0, 255)
        after = check(t_s, 0, 0xFFFFFFFF) - self._base_s
        if len(self._area) + ENTRY + size > AREA:
            return False
        if after < 0 or after > 65535 or self.next_seq > MAX_SEQ:
            return False
        self._area += bytes((kind, size, after & 255, after >> 8))
        self._area += payload
        self.count += 1
        return True

    def to_bytes(self) -> bytes:
        """The page as it stands, 20 + n bytes; RangeError while it is empty."""
        check(self.count, 1, AREA // ENTRY)
        writer = Writer().raw(b"PL").u8(FORMAT).u8(self.count)
        writer.u32(self.first_seq).u32(self._base_s).u16(self._boot)
        writer.u16(len(self._area)).raw(bytes(self._area))
        return writer.u32(crc32(writer.to_bytes())).to_bytes()


def _u32(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "little")


def parse_head(data: bytes) -> Page:
    """The head of the page at the front of `data`, checked against its CRC, without records.

    `data` may go on behind the page, as a flash slot does: see `Page.size`.
    Raises WireError where there is no whole, undamaged page.
    """
    if len(data) < HEAD + TAIL or data[0] != 0x50 or data[1] != 0x4C:
        raise WireError("no log page")
    if data[2] != FORMAT:
        raise WireError("a log page of format {}, known is {}".format(data[2], FORMAT))
    area = data[14] | data[15] << 8
    if area > AREA or len(data) < HEAD + area + TAIL:
        raise WireError("a log page that is cut short")
    end = HEAD + area
    if crc32(data[:end]) != _u32(data, end):
        raise WireError("a log page whose checksum is wrong")
    page = Page(data[12] | data[13] << 8, _u32(data, 4), _u32(data, 8), data[3], end + TAIL)
    if page.boot == 0 or page.first_seq == 0 or page.count == 0:
        raise WireError("a log page without boot, sequence number or records")
    if page.next_seq - 1 > MAX_SEQ:
        raise WireError("a log page behind the last sequence number")
    return page


def parse_page(data: bytes) -> Page:
    """The page that `data` is, with its records; WireError where it is anything else."""
    data = bytes(data)
    page = parse_head(data)
    if page.size != len(data):
        raise WireError("a log page with bytes behind it")
    at = HEAD
    end = page.size - TAIL
    for seq in range(page.first_seq, page.next_seq):
        if at + ENTRY > end:
            raise WireError("a log page with fewer records than it says")
        start = at + ENTRY
        stop = start + data[at + 1]
        t_s = page.base_s + (data[at + 2] | data[at + 3] << 8)
        page.records.append(Record(seq, page.boot, t_s, data[at], data[start:stop]))
        at = stop
    if at != end:
        raise WireError("a log page that its records do not fill exactly")
    return page

"""Reading a whole log back, for the tests of everything that writes one."""

from beltwire.pages import Record, parse_page
from device.flashlog import FlashLog


def all_records(log: FlashLog) -> list[Record]:
    """Every record a host would fetch, in the order it would."""
    found: list[Record] = []
    seq = 1
    while (page := log.read_page(seq)) is not None:
        parsed = parse_page(page)
        found += [record for record in parsed.records if record.seq >= seq]
        seq = parsed.next_seq
    return found


def payload(seq: int, size: int = 40) -> bytes:
    """A payload that tells which record it belongs to."""
    return seq.to_bytes(4, "little") * (size // 4)

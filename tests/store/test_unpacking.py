"""Fast unpacking against `beltwire`, which is the measure."""

import random
import zlib

import numpy as np
import pytest
from beltwire.errors import WireError
from beltwire.pages import HEAD, PageWriter, parse_page
from beltwire.records import Minute, pack_minute, unpack_minute
from plumbline.store.unpacking import unpack_minutes, unpack_page

NAMES = ("flexion_cdeg", "lateral_cdeg", "spread", "steps", "slouched_s", "flags", "lying_side")


def some_minute(chance: random.Random) -> bytes:
    seconds, bands = [0] * 10, [0] * 5
    for counts in (seconds, bands):
        left = 60
        while left and chance.random() < 0.7:
            count = chance.randint(1, left)
            place = chance.randrange(len(counts))
            counts[place] += count
            left -= count
    angles = [chance.randint(-32768, 32767) for _ in range(2)]
    rest = [chance.randrange(256), chance.randrange(256), chance.randrange(61)]
    side = chance.randrange(4) if seconds[2] else 255
    return pack_minute(Minute(seconds, bands, *angles, *rest, chance.randrange(256), side))


def check(payloads: list[bytes]) -> int:
    """Compare all of them; how many are minutes."""
    rows = [(7, seq, 60 * seq, 1, payload) for seq, payload in enumerate(payloads, 1)]
    found = {int(row["seq"]): row for row in unpack_minutes(rows)}
    for seq, payload in enumerate(payloads, 1):
        try:
            minute = unpack_minute(payload)
        except WireError:
            assert seq not in found, payload.hex()
            continue
        row = found[seq]
        assert (row["boot"], row["utc_s"]) == (7, 60 * seq)
        assert row["seconds"].tolist() == minute.seconds
        assert row["bands"].tolist() == minute.bands
        assert [int(row[name]) for name in NAMES] == [getattr(minute, name) for name in NAMES]
    return len(found)


def test_minutes_are_those_of_beltwire() -> None:
    chance = random.Random(5)
    assert check([some_minute(chance) for _ in range(3000)]) == 3000


def test_damaged_long_and_short_minutes_too() -> None:
    chance = random.Random(6)
    payloads = []
    for _ in range(4000):
        payload = bytearray(some_minute(chance))
        for _ in range(chance.randrange(3)):
            payload[chance.randrange(len(payload))] = chance.randrange(256)
        end = chance.randrange(len(payload) + 4)
        payloads.append(bytes(payload[:end]) if chance.random() < 0.4 else bytes(payload) + b"\7")
    kept = check(payloads)
    assert 1000 < kept < 3500
    check([bytes(chance.randrange(256) for _ in range(n % 30)) for n in range(3000)])


def test_a_last_minute_cut_at_every_byte_reads_nothing_behind_it() -> None:
    whole = bytes.fromhex("ffff" + "01" * 16 + "ff" + "01" * 8 + "0000000000000000" + "02")
    assert [check([whole[:end]]) for end in range(len(whole) + 1)] == [0] * len(whole) + [1]


def test_no_rows_are_no_minutes() -> None:
    assert len(unpack_minutes([])) == len(unpack_minutes([(1, 1, 0, 2, b"abcdefghijklmnop")])) == 0


def some_page(chance: random.Random) -> bytes:
    writer = PageWriter()
    writer.begin(chance.randint(1, 65535), chance.randint(1, 1 << 31), chance.randrange(1 << 20))
    base = max(0, writer._base_s)
    for _ in range(chance.randint(1, 40)):
        payload = bytes(chance.randrange(256) for _ in range(chance.randrange(30)))
        writer.add(chance.randrange(256), base + chance.randrange(60_000), payload)
    return writer.to_bytes()


def test_pages_are_those_of_beltwire() -> None:
    chance = random.Random(7)
    for _ in range(300):
        data = some_page(chance)
        page, found = parse_page(data), unpack_page(data)
        assert (found.first_seq, found.next_seq) == (page.first_seq, page.next_seq)
        assert found.rows == [(r.boot, r.seq, r.t_s, r.kind, r.payload) for r in page.records]


def test_what_beltwire_refuses_is_refused() -> None:
    chance = random.Random(8)
    data = some_page(chance)
    for at in range(len(data)):
        hit = bytearray(data)
        hit[at] ^= 1 << chance.randrange(8)
        with pytest.raises(WireError):
            unpack_page(bytes(hit))
    for end in range(len(data)):
        with pytest.raises(WireError):
            unpack_page(data[:end])
    with pytest.raises(WireError):
        unpack_page(data + b"\0")


def test_heads_and_records_that_make_no_sense_are_refused() -> None:
    """With a right checksum, field by field against beltwire."""
    chance = random.Random(9)
    refused = 0
    for _ in range(3000):
        hit = bytearray(some_page(chance)[:-4])
        at = chance.choice([2, 3, 4, 7, 12, 13, 14, 15, HEAD + 1, len(hit) - 1])
        hit[at] = chance.choice([0, 1, 255, hit[at] ^ 1])
        data = bytes(hit) + zlib.crc32(bytes(hit)).to_bytes(4, "little")
        try:
            expected = [(r.boot, r.seq, r.t_s, r.kind, r.payload) for r in parse_page(data).records]
        except WireError:
            refused += 1
            with pytest.raises(WireError):
                unpack_page(data)
        else:
            assert unpack_page(data).rows == expected
    assert 300 < refused < 2900


def test_a_tail_gives_the_records_that_are_in_it() -> None:
    chance = random.Random(10)
    for _ in range(100):
        data = some_page(chance)
        rows = unpack_page(data).rows
        left_out = chance.randrange(len(rows))
        size = sum(4 + len(row[4]) for row in rows[:left_out])
        tail = data[:HEAD] + data[HEAD + size :]
        found = unpack_page(tail, tail=True)
        assert found.rows == rows[left_out:]
        assert (found.first_seq, found.next_seq) == (rows[left_out][1], rows[-1][1] + 1)


def test_unpacked_minutes_are_writable_copies() -> None:
    rows = unpack_minutes([(1, 1, 0, 1, some_minute(random.Random(1)))])
    rows["utc_s"] += 1
    assert np.all(rows["utc_s"] == 1)

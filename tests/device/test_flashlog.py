"""The log on the host's folders and on real littlefs: filling, wrapping, rebooting, damage."""

from pathlib import Path

import pytest
from beltwire.pages import PAGE_SIZE, parse_page
from device.board_table import PINS
from device.files import Files
from device.flashlog import SEGMENT_PAGES, FlashLog

from tests.device.little import Flash, LittleFiles
from tests.device.logs import all_records, payload

KIND = 1


@pytest.fixture(params=["folder", "littlefs"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> Files | LittleFiles:
    return Files(str(tmp_path)) if request.param == "folder" else LittleFiles(Flash(64), fresh=True)


def started(files: Files | LittleFiles, segments: int = 4, pages: int = 4) -> FlashLog:
    log = FlashLog(files, segments, pages)
    log.start()
    return log


def fill(log: FlashLog, count: int, size: int = 40) -> None:
    for _ in range(count):
        log.append(KIND, 60 * log.next_seq, payload(log.next_seq, size))


def test_a_new_log_is_empty_and_in_its_first_boot(files: Files | LittleFiles) -> None:
    log = started(files)
    assert (log.boot, log.oldest_seq, log.next_seq, log.pages) == (1, 1, 1, 0)
    assert log.read_page(1) is None


def test_records_come_back_as_they_were_written(files: Files | LittleFiles) -> None:
    log = started(files)
    fill(log, 100)
    records = all_records(log)
    assert [record.seq for record in records] == list(range(1, 101))
    assert all(record.payload == payload(record.seq) for record in records)
    assert all(record.t_s == 60 * record.seq for record in records)


def test_every_record_is_on_flash_when_append_returns(files: Files | LittleFiles) -> None:
    for count in range(1, 15):
        log = started(files, segments=8)
        log.append(KIND, 0, payload(count))
        assert len(all_records(started(files, segments=8))) == count


def test_boots_count_up_and_sequence_numbers_go_on(files: Files | LittleFiles) -> None:
    for boot in range(1, 6):
        log = started(files)
        assert log.boot == boot
        fill(log, 7)
    records = all_records(started(files))
    assert [record.seq for record in records] == list(range(1, 36))
    assert [record.boot for record in records] == [1 + at // 7 for at in range(35)]


def test_a_boot_without_records_is_counted_too(files: Files | LittleFiles) -> None:
    started(files)
    assert started(files).boot == 2


def test_a_full_log_drops_its_oldest_segment_and_counts_it(files: Files | LittleFiles) -> None:
    log = started(files, segments=3, pages=2)
    fill(log, 120)
    records = all_records(log)
    assert records[0].seq == log.oldest_seq == log.overwritten + 1 > 1
    assert [record.seq for record in records] == list(range(log.oldest_seq, 121))
    assert log.pages <= log.capacity_pages + 1
    again = started(files, segments=3, pages=2)
    assert again.next_seq == 121
    assert again.oldest_seq == again.overwritten + 1 >= log.oldest_seq


def test_what_the_host_has_is_not_counted_as_overwritten(files: Files | LittleFiles) -> None:
    log = started(files, segments=2, pages=2)
    fill(log, 30)
    assert log.acknowledge(30) == 30
    fill(log, 60)
    assert log.overwritten == max(0, log.oldest_seq - 31)
    assert started(files, segments=2, pages=2).acked_seq == 30


def test_an_acknowledgement_never_goes_back_nor_ahead(files: Files | LittleFiles) -> None:
    log = started(files)
    fill(log, 10)
    assert log.acknowledge(7) == 7
    assert log.acknowledge(3) == 7
    assert log.acknowledge(99) == 10


def test_unflushed_records_wait_in_memory_until_flush(tmp_path: Path) -> None:
    files = Files(str(tmp_path))
    log = started(files)
    log.append(KIND, 0, payload(1), flush=False)
    assert len(all_records(log)) == 1
    assert all_records(started(files)) == []
    log.flush()
    assert len(all_records(started(files))) == 1


def test_the_open_page_is_served_as_it_grows(files: Files | LittleFiles) -> None:
    log = started(files)
    fill(log, 3)
    first = parse_page(log.read_page(1) or b"")
    fill(log, 2)
    second = parse_page(log.read_page(1) or b"")
    assert first.first_seq == second.first_seq == 1
    assert second.records[:3] == first.records
    assert len(second.records) == 5


def damage(folder: Path, slot: int, at: int) -> None:
    """Flip a bit in a page of the first segment."""
    file = sorted((folder / "log").glob("*.seg"))[0]
    data = bytearray(file.read_bytes())
    data[slot * PAGE_SIZE + at] ^= 0x10
    file.write_bytes(data)


@pytest.mark.parametrize("at", [0, 2, 3, 5, 12, 15, 100])
def test_a_damaged_page_costs_only_itself(tmp_path: Path, at: int) -> None:
    log = started(Files(str(tmp_path)))
    fill(log, 100)
    whole = all_records(log)
    lost = set(range(*page_span(log, 1)))
    damage(tmp_path, 1, at)
    for seen in (log, started(Files(str(tmp_path)))):
        found = all_records(seen)
        assert found == [record for record in whole if record.seq not in lost]
        assert seen.next_seq == 101


def test_any_flipped_bit_is_found_and_costs_its_page_alone(tmp_path: Path) -> None:
    log = started(Files(str(tmp_path)))
    fill(log, 40)
    whole = all_records(log)
    lost = set(range(*page_span(log, 1)))
    file = sorted((tmp_path / "log").glob("*.seg"))[0]
    sound = file.read_bytes()
    used = len(log.read_page(min(lost)) or b"")
    for at in range(used):
        damaged = bytearray(sound)
        damaged[PAGE_SIZE + at] ^= 1 << at % 8
        file.write_bytes(damaged)
        found = all_records(log)
        assert found == [record for record in whole if record.seq not in lost], at


def page_span(log: FlashLog, place: int) -> tuple[int, int]:
    """First and next sequence number of a page, counted from 0."""
    seq = 1
    for _ in range(place):
        seq = parse_page(log.read_page(seq) or b"").next_seq
    page = parse_page(log.read_page(seq) or b"")
    return page.first_seq, page.next_seq


def test_a_damaged_newest_page_never_makes_a_number_come_twice(tmp_path: Path) -> None:
    log = started(Files(str(tmp_path)))
    fill(log, 20)
    log.acknowledge(20)
    (tmp_path / "log" / "open").write_bytes(b"rubbish")
    again = started(Files(str(tmp_path)))
    assert (again.boot, again.next_seq) == (2, 21)


def test_a_half_written_slot_is_filled_up_and_passed_over(tmp_path: Path) -> None:
    log = started(Files(str(tmp_path)))
    fill(log, 62)
    file = sorted((tmp_path / "log").glob("*.seg"))[-1]
    assert file.stat().st_size < log.capacity_pages // 4 * PAGE_SIZE
    with file.open("ab") as out:
        out.write(b"PL\x01half a page")
    again = started(Files(str(tmp_path)))
    fill(again, 40)
    assert [record.seq for record in all_records(again)] == list(range(1, 103))


def test_a_lost_state_file_costs_the_acknowledgement_only(tmp_path: Path) -> None:
    log = started(Files(str(tmp_path)))
    fill(log, 50)
    log.acknowledge(50)
    (tmp_path / "log" / "state").write_bytes(bytes(14))
    again = started(Files(str(tmp_path)))
    assert (again.boot, again.next_seq, again.acked_seq) == (2, 51, 0)


class Failing(Files):
    """A folder whose disk takes nothing while `full` is set."""

    full = False

    def open(self, name: str, mode: str):  # type: ignore[no-untyped-def]
        if self.full and mode != "rb":
            raise OSError(28, "no space")
        return super().open(name, mode)


def test_a_full_disk_is_counted_and_the_open_page_tried_again(tmp_path: Path) -> None:
    files = Failing(str(tmp_path))
    log = started(files)
    fill(log, 3)
    files.full = True
    fill(log, 2)
    assert log.write_faults == 2
    assert len(all_records(log)) == 5
    files.full = False
    fill(log, 1)
    assert len(all_records(started(files))) == 6


def test_wiping_forgets_records_but_not_numbers(files: Files | LittleFiles) -> None:
    log = started(files)
    fill(log, 100)
    log.wipe()
    assert (log.oldest_seq, log.next_seq, log.pages) == (101, 101, 0)
    assert started(files).boot == 2
    again = started(files)
    fill(again, 1)
    assert [record.seq for record in all_records(again)] == [101]


def test_what_is_written_behind_a_wipe_is_served_whole(files: Files | LittleFiles) -> None:
    """The segments are numbered anew then: where the last fetch stood says nothing of them."""
    log = started(files)
    fill(log, 30)
    assert len(all_records(log)) == 30
    log.wipe()
    fill(log, 30)
    assert [record.seq for record in all_records(log)] == list(range(31, 61))


def test_a_month_of_minutes_fits_a_megabyte() -> None:
    """30 days of 1,440 minutes of 16 bytes and an event an hour, by the layout's own numbers."""
    flash = Flash(256)
    files = LittleFiles(flash, fresh=True)
    log = started(files, PINS["c3"]["log_segments"], SEGMENT_PAGES)
    for minute in range(30 * 1440):
        log.append(1, 60 * minute, bytes(16), flush=False)
        if minute % 60 == 0:
            log.append(2, 60 * minute, bytes(6), flush=False)
    log.flush()
    assert (log.overwritten, log.write_faults) == (0, 0)
    assert log.oldest_seq == 1

"""The power is cut at every program and erase of a scenario that fills, wraps and reboots."""

import pytest
from device.flashlog import FlashLog

from tests.device.little import Flash, LittleFiles, PowerCut
from tests.device.logs import all_records, payload

BLOCKS = 24
BOOTS = 3
RECORDS = 9  # a boot
SIZE = 200


class Written:
    """What the scenario has got done, as far as it was told."""

    def __init__(self) -> None:
        self.records: dict[int, tuple[int, bytes]] = {}
        self.acked = 0


def scenario(flash: Flash, written: Written) -> None:
    """Boots, records and acknowledgements; PowerCut where the power goes."""
    for _ in range(BOOTS):
        log = FlashLog(LittleFiles(flash), 3, 2)
        log.start()
        for _ in range(RECORDS):
            seq = log.append(1, 60, payload(log.next_seq, SIZE))
            assert log.write_faults == 0
            written.records[seq] = (log.boot, payload(seq, SIZE))
        written.acked = log.acknowledge(log.next_seq - 4)


def formatted() -> Flash:
    flash = Flash(BLOCKS)
    LittleFiles(flash, fresh=True)
    flash.operations = 0
    return flash


def check(flash: Flash, written: Written, at: int) -> None:
    """Everything that was written is there, unaltered, once, unless it had to make way."""
    log = FlashLog(LittleFiles(flash), 3, 2)
    log.start()
    found = all_records(log)
    seqs = [record.seq for record in found]
    assert seqs == sorted(set(seqs)), at
    kept = {record.seq: (record.boot, record.payload) for record in found}
    for seq, expected in written.records.items():
        if seq >= log.oldest_seq:
            assert kept.get(seq) == expected, (at, seq)
    assert len(kept) >= min(len(written.records), 8), at
    extra = set(kept) - set(written.records)
    assert len(extra) <= 1, (at, extra)
    assert log.acked_seq >= written.acked, at
    assert log.next_seq > max(written.records, default=0), at


def test_no_power_cut_loses_doubles_or_alters_a_record() -> None:
    calm = formatted()
    done = Written()
    scenario(calm, done)
    total = calm.operations
    check(calm, done, 0)
    assert len(done.records) == BOOTS * RECORDS
    assert total > 100
    for at in range(1, total + 1):
        flash = formatted()
        flash.cut_at = at
        written = Written()
        with pytest.raises(PowerCut):
            scenario(flash, written)
        flash.repower()
        check(flash, written, at)


def test_the_scenario_completes_after_any_cut() -> None:
    """Cut once every so often, then run to the end: boots and numbers go on."""
    total_flash = formatted()
    scenario(total_flash, Written())
    for at in range(1, total_flash.operations, 29):
        flash = formatted()
        flash.cut_at = at
        first = Written()
        with pytest.raises(PowerCut):
            scenario(flash, first)
        flash.repower()
        second = Written()
        scenario(flash, second)
        assert min(second.records) > max(first.records, default=0)
        check(flash, second, at)

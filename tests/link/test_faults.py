"""A line that spoils bytes in both directions: nothing false gets in, nothing is lost for good."""

import random
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from beltwire.belt import BeltSession
from plumbline.errors import LinkError
from plumbline.link import conversation, engine
from plumbline.link.engine import sync
from plumbline.store.database import Store

from tests.link.belt import NOON_MS, MemoryBelt, PtyEnd, belt_answers, on_pty

SEED = 3
Spoil = Callable[[random.Random, bytes, float], bytes]


def chosen(chance: random.Random, data: bytes, rate: float) -> list[int]:
    return [at for at in range(len(data)) if chance.random() < rate]


def corrupted(chance: random.Random, data: bytes, rate: float) -> bytes:
    out = bytearray(data)
    for at in chosen(chance, data, rate):
        out[at] ^= 1 << chance.randrange(8)
    return bytes(out)


def dropped(chance: random.Random, data: bytes, rate: float) -> bytes:
    lost = set(chosen(chance, data, rate))
    return bytes(byte for at, byte in enumerate(data) if at not in lost)


def doubled(chance: random.Random, data: bytes, rate: float) -> bytes:
    twice = set(chosen(chance, data, rate))
    return b"".join(bytes([byte]) * (1 + (at in twice)) for at, byte in enumerate(data))


def swapped(chance: random.Random, data: bytes, rate: float) -> bytes:
    out = bytearray(data)
    for at in chosen(chance, data[1:], rate):
        out[at], out[at + 1] = out[at + 1], out[at]
    return bytes(out)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "STALL_S", 0.1)
    monkeypatch.setattr(conversation, "ANSWER_S", 0.1)
    monkeypatch.setattr(conversation, "HELLO_S", 0.05)


class BadLine:
    """The belt behind a line that spoils what is sent either way; counts what it changed."""

    def __init__(self, belt: MemoryBelt, spoil: Spoil, rate: float) -> None:
        self._answer = belt_answers(BeltSession(belt))
        self._spoil = spoil
        self._rate = rate
        self._chance = random.Random(SEED)
        self.changed = 0

    def _pass(self, data: bytes) -> bytes:
        out = self._spoil(self._chance, data, self._rate)
        self.changed += out != data
        return out

    def answer(self, data: bytes) -> Iterable[bytes]:
        for frame in self._answer(self._pass(data)):
            yield self._pass(frame)


def records_in(folder: Path) -> list[tuple]:
    query = "SELECT seq, records.boot, t_s, kind, payload FROM records ORDER BY log, seq"
    with Store.open(folder) as store:
        return store._all(query)


@pytest.mark.parametrize("rate", [0.01, 0.0005], ids=["1 %", "0.05 %"])
@pytest.mark.parametrize("spoil", [corrupted, dropped, doubled, swapped])
def test_spoilt_bytes(
    tmp_path: Path, spoil: Spoil, rate: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At 1 % hardly a page of 500 bytes gets through: such a sync may fail, and says so."""
    if rate < 0.01:
        monkeypatch.setattr(engine, "TRIES", 50)  # however busy the machine is
    belt = MemoryBelt()
    belt.minutes(1500)
    line = BadLine(belt, spoil, rate)
    failures = 0
    with PtyEnd(line.answer) as end:
        for _ in range(3 if rate < 0.01 else 1):
            try:
                sync(end.path, tmp_path, lambda told: None, lambda: False, lambda: NOON_MS)
            except LinkError:
                failures += 1
            whole = [(r.seq, r.boot, r.t_s, r.kind, r.payload) for r in belt.records()]
            kept = records_in(tmp_path)
            assert kept == whole[: len(kept)]  # nothing false, nothing twice, no gap
    assert line.changed > 10
    if rate < 0.01:
        assert failures == 0
    with on_pty(belt) as path:
        sync(path, tmp_path, lambda told: None, lambda: False, lambda: NOON_MS)
    assert records_in(tmp_path) == [
        (r.seq, r.boot, r.t_s, r.kind, r.payload) for r in belt.records()
    ]
    with Store.open(tmp_path) as store:
        before = store.dump()
        store.rebuild(lambda done, total: None)
        assert store.dump() == before

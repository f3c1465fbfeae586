"""Whatever a host asks, with whatever numbers: the firmware answers and goes on."""

import random
from pathlib import Path

import pytest
from beltwire import messages
from beltwire.decoder import FrameDecoder, encode_frame
from beltwire.fields import Writer

from tests.device.bench import Bench
from tests.device.logs import all_records

ASKED = 250
BITS = {"u8": 8, "u16": 16, "u32": 32, "u48": 48}
TIMES = (1_577_836_800_000, 4_102_444_799_999, 4_102_444_800_000)
REQUESTS = [
    message
    for message in messages.ALL
    if not message.TYPE & messages.ANSWER and message is not messages.Grant
]
"""Each is answered: by what it asks for or by ERROR."""


def number(chance: random.Random, bits: int) -> int:
    """An unsigned number, rather at an edge than anywhere."""
    top = (1 << bits) - 1
    edges = [0, 1, 2, 3, 10, 60, top >> 1, (top >> 1) + 1, top - 1, top, chance.randint(0, top)]
    return chance.choice([edge for edge in (*edges, *TIMES) if edge <= top])


def field(chance: random.Random, kind: str, board: str) -> bytes:
    """The bytes of one field."""
    out = Writer()
    if kind in BITS:
        return number(chance, BITS[kind]).to_bytes(BITS[kind] // 8, "little")
    if kind == "i16":
        return out.i16(chance.choice([0, -841, -840, 840, 841, -32768, 32767])).to_bytes()
    if kind == "str8":
        return out.str8(chance.choice([board, board, "", "x" * 255])).to_bytes()
    if kind == "rest":
        return chance.randbytes(chance.choice([0, 1, 12, 624, 625, 1000]))
    if kind == "pairs":
        for _ in range(chance.randint(0, 4)):
            out.u8(chance.choice([0, *range(1, 14), 255]))
            out.i32(chance.choice([-(1 << 31), (1 << 31) - 1, -1, 0, 1, 30, 60, 100]))
        return out.to_bytes()
    size = int(kind[1:])
    return chance.choice([bytes(size), chance.randbytes(size)])


@pytest.mark.parametrize("seed", range(4))
def test_every_request_is_answered_and_the_log_stays_whole(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    bench = Bench(tmp_path).start()
    decoder = FrameDecoder()
    board = bench.belt.board.texts["name"]
    bench.wire.to_belt += messages.Hello(min_version=1, max_version=1).frame(1)
    bench.run(1)
    bench.wire.to_host.clear()
    for asked in range(ASKED):
        request = chance.choice(REQUESTS)
        payload = b"".join([field(chance, kind, board) for _, kind in request.LAYOUT])
        if chance.random() < 0.1:
            payload = payload[: chance.randint(0, len(payload))]
        if request is messages.Hello:
            payload = b"\x01\x01"
        tag = asked % 255 + 1
        bench.wire.to_belt += encode_frame(request.TYPE, tag, payload)
        for _ in range(3):
            bench.belt.tick()
        came = {f.type for f in decoder.feed(bytes(bench.wire.to_host)) if f.tag == tag}
        bench.wire.to_host.clear()
        waits = request is messages.Fetch and payload[4:] == b"\x00"
        expected = {request.TYPE | messages.ANSWER, messages.ERROR, messages.FETCH_END}
        assert came & expected or waits, (request.__name__, payload.hex())
    bench.run(5)
    seqs = [record.seq for record in all_records(bench.belt.log)]
    assert seqs == list(range(bench.belt.log.oldest_seq, bench.belt.log.next_seq))
    assert bench.belt.log.next_seq > 2

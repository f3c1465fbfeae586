"""SPEC.md is enough: a client written from it alone syncs with the belt's end, faults and all."""

import ast
from pathlib import Path

import pytest
from beltwire import pages
from beltwire.pairing import Guard
from beltwire.session import BeltSession
from cobs import cobs
from hypothesis import given
from hypothesis import strategies as st

from tests.protocol import spec_client
from tests.protocol.belts import FaultyLine, Line, MemoryBelt, MemoryKeeper, build_pages, clean
from tests.protocol.spec_client import Client, Record


def client_of(
    backend: MemoryBelt, up: Line = clean, down: Line = clean, key: bytes = b"", kept: bytes = b""
) -> Client:
    """A client with `key`, of a belt that keeps the key `kept`, if any."""
    belt = BeltSession(backend, Guard(MemoryKeeper(kept)) if kept else None)

    def send(data: bytes) -> bytes:
        belt.receive(up(data))
        came = b""
        while (frame := belt.pull()) is not None:
            came += down(frame)
        return came

    return Client(send, key)


def wanted(log: list[bytes]) -> dict[int, Record]:
    return {
        record.seq: (record.seq, record.boot, record.t_s, record.kind, record.payload)
        for page in log
        for record in pages.parse_page(page).records
    }


def test_the_client_knows_nothing_of_beltwire() -> None:
    tree = ast.parse(Path(spec_client.__file__).read_text("utf-8"))
    imported = {
        name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names
    } | {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported == {"hashlib", "hmac", "os", "struct", "zlib", "collections.abc"}


@given(st.binary(max_size=800))
def test_its_cobs_is_cobs(data: bytes) -> None:
    assert spec_client.stuff(data) == cobs.encode(data)
    assert spec_client.unstuff(cobs.encode(data)) == data


def test_a_clean_sync() -> None:
    backend = MemoryBelt(build_pages(1000))
    client = client_of(backend)
    client.sync()
    assert client.records == wanted(backend.log)
    assert client.gone == []
    assert backend.acked == 1000


def test_what_is_gone_is_known() -> None:
    backend = MemoryBelt(build_pages(100, per_page=10))
    del backend.log[3:5]
    client = client_of(backend)
    client.sync()
    assert client.records == wanted(backend.log)
    assert client.gone == [(31, 50)]


@pytest.mark.parametrize("seed", range(3))
def test_a_faulty_line(seed: int) -> None:
    backend = MemoryBelt(build_pages(300, per_page=4))
    client = client_of(backend, FaultyLine(seed, 0.01), FaultyLine(9 + seed, 0.01))
    client.sync()
    assert client.records == wanted(backend.log)
    assert client.gone == []


def test_a_paired_belt_and_its_key_on_a_faulty_line() -> None:
    backend = MemoryBelt(build_pages(300, per_page=4))
    key = bytes(range(32))
    client = client_of(backend, FaultyLine(5, 0.004), FaultyLine(6, 0.004), key, key)
    client.sync()
    assert client.records == wanted(backend.log)


def test_another_key_is_found_out_by_the_belts_proof() -> None:
    client = client_of(MemoryBelt(build_pages(3)), key=bytes(32), kept=bytes(range(32)))
    with pytest.raises(PermissionError, match="not the belt it says it is"):
        client.sync()
    assert client.records == {}

"""The window's way to the belt, over a real pty."""

import os
import pty
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest
from plumbline.errors import LinkError
from plumbline.link import conversation
from plumbline.link.discovery import PORT_VARIABLE
from plumbline.store.database import Store
from plumbline.ui.link_work import SerialLink, SyncOutcome

from tests.link.belt import MemoryBelt, on_pty


@pytest.fixture(autouse=True)
def no_named_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(PORT_VARIABLE, raising=False)


@pytest.fixture
def silent_port(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A port where nothing answers, which is soon clear."""
    monkeypatch.setattr(conversation, "HELLO_S", 0.05)
    ours, theirs = pty.openpty()
    tty.setraw(theirs)
    path = os.ttyname(theirs)
    yield path
    os.close(ours)
    os.close(theirs)


def sync(link: SerialLink, port: str) -> tuple[SyncOutcome, list[str], list[tuple[int, int]]]:
    names: list[str] = []
    steps: list[tuple[int, int]] = []
    outcome = link.sync(
        port, names.append, lambda done, total: steps.append((done, total)), lambda: False
    )
    return outcome, names, steps


def test_a_belt_is_synced_with_progress(tmp_path: Path) -> None:
    belt = MemoryBelt()
    belt.minutes(300)
    ticks = iter(range(10_000))
    link = SerialLink(tmp_path, clock=lambda: float(next(ticks)))
    with on_pty(belt) as port:
        outcome, names, steps = sync(link, port)
        again, _, _ = sync(link, port)
    assert outcome == SyncOutcome(True, "test belt", 300)
    assert again == SyncOutcome(True, "test belt", 0)
    assert names == ["test belt"]
    done, total = steps[-1]
    assert done == total >= 300
    with Store.open(tmp_path) as store:
        assert len(store.minutes(0, 1 << 40)) == 300


def test_progress_is_told_a_few_times_a_second(tmp_path: Path) -> None:
    belt = MemoryBelt()
    belt.minutes(300)
    link = SerialLink(tmp_path, clock=lambda: 7.0)
    with on_pty(belt) as port:
        _, _, steps = sync(link, port)
    assert len(steps) == 1


def test_what_is_no_belt_is_left_alone(tmp_path: Path, silent_port: str) -> None:
    outcome, names, _ = sync(SerialLink(tmp_path), silent_port)
    assert outcome == SyncOutcome(is_belt=False)
    assert names == []
    assert not list(tmp_path.iterdir())


def test_a_port_the_user_named_is_told_of(
    tmp_path: Path, silent_port: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PORT_VARIABLE, silent_port)
    link = SerialLink(tmp_path)
    assert link.ports()[0] == silent_port
    with pytest.raises(LinkError, match="Nothing answers"):
        sync(link, silent_port)


def test_a_port_that_cannot_be_opened_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(LinkError, match="There is no port"):
        sync(SerialLink(tmp_path), str(tmp_path / "nothing"))

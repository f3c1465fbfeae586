"""The host's side of pairing, on a belt in memory behind a pty."""

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import platformdirs
import pytest
from beltwire import codes
from beltwire.belt import BeltSession
from beltwire.messages import HelloReply
from beltwire.pairing import Guard, Keeper
from plumbline.__main__ import main
from plumbline.errors import LinkError, UserError
from plumbline.link import belt, keys
from plumbline.link.conversation import Conversation, NotOurs, NotPaired
from plumbline.link.port import Port

from tests.link.belt import BELT_ID, MemoryBelt, PtyEnd, belt_answers

KEY = bytes(range(32))


class KeptKey(Keeper):
    """A key in memory, and a button that is pressed at the `presses_at`th look."""

    def __init__(self, key: bytes | None, presses_at: int = 1) -> None:
        self.kept = key
        self.looks = 0
        self._presses_at = presses_at

    def belt_id(self) -> bytes:
        return BELT_ID

    def key(self) -> bytes | None:
        return self.kept

    def keep(self, key: bytes) -> None:
        self.kept = key

    def consents(self) -> bool:
        self.looks += 1
        return self.looks >= self._presses_at

    def draw(self, count: int) -> bytes:
        return bytes(count)


class OwnedBelt(MemoryBelt):
    """A belt that says in its hello whether it has a key."""

    def __init__(self, keeper: KeptKey) -> None:
        super().__init__()
        self._keeper = keeper

    def hello(self) -> HelloReply:
        reply = super().hello()
        reply.flags |= codes.HELLO_PAIRED if self._keeper.kept else 0
        return reply


@contextmanager
def behind_pty(keeper: KeptKey) -> Iterator[str]:
    """A belt with this keeper; gives the port."""
    session = BeltSession(OwnedBelt(keeper), Guard(keeper))
    with PtyEnd(belt_answers(session)) as end:
        yield end.path


@pytest.fixture(autouse=True)
def no_keys() -> Iterator[None]:
    """Each test begins and ends without a key."""
    keys.forget(BELT_ID)
    yield
    keys.forget(BELT_ID)


def test_a_belt_whose_key_is_here_answers_everything() -> None:
    keys.keep(BELT_ID, KEY)
    with behind_pty(KeptKey(KEY)) as path, belt.talking(path) as (talk, _):
        assert belt.log_state(talk).next_seq == 1


@pytest.mark.parametrize("kept", [None, bytes(32)], ids=["no key", "another key"])
def test_a_belt_of_somebody_else_is_one_sentence(
    kept: bytes | None, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    if kept:
        keys.keep(BELT_ID, kept)
    with behind_pty(KeptKey(KEY)) as path:
        with Port(path) as port, pytest.raises(NotOurs):
            Conversation(port).hello()
        assert main(["--data", str(tmp_path), "sync", "--port", path]) == 2
    shown = capsys.readouterr().err
    assert len(shown.splitlines()) == 1
    assert "key" in shown


def test_a_new_belt_says_that_it_wants_to_be_paired() -> None:
    with (
        behind_pty(KeptKey(None)) as path,
        belt.talking(path) as (talk, _),
        pytest.raises(NotPaired, match="plumbline belt pair"),
    ):
        belt.log_state(talk)


def test_pairing_by_the_button(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(belt, "PAIR_AGAIN_S", 0.0)
    keeper = KeptKey(None, presses_at=3)
    with behind_pty(keeper) as path:
        assert main(["belt", "pair", "--port", path]) == 0
        shown = capsys.readouterr()
        assert "Paired" in shown.out
        assert shown.err == "Press the belt's button until it buzzes …\n"
        assert keeper.kept == keys.find(BELT_ID)
        assert keeper.looks == 3
        assert main(["belt", "info", "--port", path]) == 0
        assert main(["belt", "pair", "--port", path]) == 2
        told = capsys.readouterr().err
        assert told.startswith("The belt is paired already")
        assert len(told.splitlines()) == 1


def test_a_button_that_nobody_presses_leaves_no_key() -> None:
    told: list[int] = []
    with behind_pty(KeptKey(None, presses_at=99)) as path, Port(path) as port:
        talk = Conversation(port)
        with pytest.raises(LinkError, match="was not pressed"):
            belt.pair(talk, talk.greet(), told.append, lambda: bool(told))
    assert told
    assert keys.find(BELT_ID) is None


def test_a_key_file_is_for_its_owner_alone() -> None:
    keys.keep(BELT_ID, KEY, in_file=True)
    folder = platformdirs.user_config_path("plumbline", appauthor=False) / keys.FOLDER
    file = folder / f"{BELT_ID.hex()}.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert keys.find(BELT_ID) == KEY
    file.write_text("damaged")
    assert keys.find(BELT_ID) is None


def test_a_key_that_cannot_be_kept_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "plumbline").write_text("in the way")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    with pytest.raises(UserError, match="make room there"):
        keys.keep(BELT_ID, KEY, in_file=True)

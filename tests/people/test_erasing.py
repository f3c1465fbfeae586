"""A wearer who is erased is gone: records, entries, backups; others keep theirs."""

from itertools import pairwise
from pathlib import Path

import pytest
from beltwire import codes
from plumbline.__main__ import main
from plumbline.link.engine import sync
from plumbline.people.changes import assign, keep_note, keep_wearer
from plumbline.people.erasing import erase_wearer
from plumbline.people.records import NOTE, WEARER, WORN
from plumbline.people.subjects import subjects
from plumbline.store import keyfile
from plumbline.store.archive import archive_path, read_frames
from plumbline.store.backup import back_up
from plumbline.store.database import Store
from plumbline.store.frames import PAGE, TAIL
from plumbline.store.protecting import encrypt

from tests.link.belt import BELT, NOON_MS, MemoryBelt, on_pty
from tests.store.filling import archive

EVER = (-(1 << 40), 1 << 40)
OWN = "ff00ff00ff00ff00"
NOON_S = NOON_MS // 1000
DAY_S = 86_400
SECRET = b"what the wearer's body did"


def silent(done: int, total: int) -> None:
    pass


def shared_belt() -> MemoryBelt:
    """Three boots of an hour, a day apart; in the second one something telling."""
    belt = MemoryBelt()
    for day in range(3):
        belt.minutes(60)
        if day == 1:
            belt.log(codes.KIND_EVENT, b"\xf0" + SECRET, belt.mono_s)
        belt.event(codes.EVENT_CLOCK_SET, NOON_MS + 1000 * DAY_S * day, belt.mono_s * 1000)
        if day < 2:
            belt.reboot()
    return belt


@pytest.fixture(params=["plain", "encrypted"])
def filled(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """Anna, Ben and Clara wear one belt a day each; Ben has a belt of his own."""
    folder = tmp_path / "data"
    archive(folder, shared_belt(), None)
    own = MemoryBelt(bytes.fromhex(OWN), "own")
    own.minutes(45)
    archive(folder, own)
    with Store.open(folder) as store:
        for day, name in enumerate(("Anna", "Ben", "Clara")):
            wearer = keep_wearer(store, name).id
            begin = None if day == 0 else NOON_S + DAY_S * day - DAY_S // 2
            assign(store, BELT, wearer, begin)
            if name == "Ben":
                assign(store, OWN, wearer, None)
        for subject in subjects(store, [BELT, OWN]):
            keep_note(store, subject, f"note on {subject.name}", None)
    back_up(folder, folder / "backups" / "plumbline-20260101T000000Z.zip", silent)
    if request.param == "encrypted":
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(keyfile, "LOG_N", 7)
            encrypt(
                folder, "correct horse", keyring=False, keep_backups=True, tell=lambda a, b: None
            )
    return folder


def minutes_by_day(folder: Path) -> list[int]:
    with Store.open(folder) as store:
        times = store.minutes(*EVER, belt=BELT)["utc_s"]
    edges = [NOON_S + DAY_S * day - DAY_S // 2 for day in range(4)]
    return [int(((times >= a) & (times < b)).sum()) for a, b in pairwise(edges)]


def test_one_wearer_goes_the_others_stay(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert minutes_by_day(filled) == [60, 60, 60]
    assert main(["--data", str(filled), "erase", "--wearer", "Ben", "--yes"]) == 0
    assert capsys.readouterr().out.startswith("The data and all backups in")
    files = [path for path in filled.rglob("*") if path.is_file()]
    content = b"".join(path.read_bytes() for path in files)
    assert SECRET not in content
    assert b"Ben" not in content
    assert not (filled / "backups").exists()
    assert minutes_by_day(filled) == [60, 0, 60]
    with Store.open(filled) as store:
        assert [belt.id for belt in store.belts()] == [BELT]
        assert sorted(e.fields["name"] for e in store.entries(WEARER)) == ["Anna", "Clara"]
        assert sorted(e.fields["text"] for e in store.entries(NOTE)) == [
            "note on Anna",
            "note on Clara",
        ]
        owners = {s.name: s.belts_in(*EVER) for s in subjects(store, [BELT])}
        assert owners == {"Anna": [BELT], "Clara": [BELT], "": [BELT]}
        assert [e.wearer is None for e in store.entries(WORN)].count(True) == 1
        before = store.dump()
        store.rebuild(lambda done, total: None)
        assert store.dump() == before


def test_the_belt_does_not_bring_it_back(filled: Path) -> None:
    with Store.open(filled) as store:
        (wearer,) = (e.id for e in store.entries(WEARER) if e.fields["name"] == "Clara")
    erase_wearer(filled, wearer)  # the newest part of the log: a sync begins there
    belt = shared_belt()
    for _ in range(2):
        belt.minutes(5)
        with on_pty(belt) as path:
            sync(path, filled, lambda told: None, lambda: False, lambda: NOON_MS + 1000 * DAY_S * 3)
    assert minutes_by_day(filled)[:2] == [60, 60]
    frames = list(read_frames(archive_path(filled, BELT)))
    again = [frame.body for frame in frames if frame.kind in (PAGE, TAIL)]
    # 5 minutes of 17 bytes each time, behind a page's head and the time; not the hour before them
    assert max(map(len, again)) < 8 + 20 + 8 * 17
    with Store.open(filled) as store:
        assert len(store.minutes(*EVER, belt=BELT)) == 130
        before = store.dump()
        store.rebuild(lambda done, total: None)
        assert store.dump() == before


def test_who_is_not_there(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(filled), "erase", "--wearer", "Dora", "--yes"]) == 2
    assert "There is no wearer Dora in" in capsys.readouterr().err
    with Store.open(filled) as store:
        keep_wearer(store, "Anna")
    assert main(["--data", str(filled), "erase", "--wearer", "Anna", "--yes"]) == 2
    assert "Several wearers are called Anna" in capsys.readouterr().err
    assert minutes_by_day(filled) == [60, 60, 60]

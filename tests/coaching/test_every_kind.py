"""Entries of every kind, two wearers', changed and removed ones among them, go whole through
export and import, backup and restore, rebuild and encryption; and one wearer's erasure takes all of
that wearer's and nothing else."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from plumbline.__main__ import main
from plumbline.coaching import records as r
from plumbline.coaching.book import CoachBook
from plumbline.people.changes import keep_wearer
from plumbline.people.records import WEARER
from plumbline.store.database import Store
from plumbline.store.journal import Change
from plumbline.store.protecting import decrypt, encrypt

from tests.coaching.make import day
from tests.store.filling import archive, worn_belt

ANNA, BEN = "Änne “A”", "Ben"
Seen = tuple[dict[str, r.Records], list[Change]]


def a_month(book: CoachBook, turn: Callable[[int], None]) -> None:
    """Through every kind there is, with changes."""
    turn(0)
    book.keep_episode(r.Episode("", day(0), note="nach dem Umzug\u2028ü"))
    own = book.keep_activity(r.OwnActivity("", "gardening", day(0)))
    book.keep_activity(r.OwnActivity("", "sitting in a car", day(0)))
    book.answer_signs(["fever"], "start")
    book.looked(book.records().answers[0], day(0), "the doctor")
    book.prefer(18 * 60)
    book.keep_flare_plan("walk\ncall Kim")
    book.keep_questionnaire(r.Questionnaire("", day(0), "Oswestry", 32.0))
    by = day(0) + timedelta(days=40)
    book.keep_goal(r.Goal("", "own_activity", 4, 6, day(0), by, own=own, remind=True))
    book.begin_plan("chair-rise", 30, (0, 2, 4), 6)
    for n in range(12):
        turn(n)
        book.write_diary(r.DiaryEntry("", day(n), 5, 4, {own: 5}, 6, 7, 2, "home", f"note {n}"))
        book.lesson_seen("sleep", n % 2 == 0)
        if n < 3:
            reps = [(64.5, 2.5), (63.0, 2.25)]
            book.keep_session("chair-rise", 20, book.records().plans[0], counted="belt", reps=reps)
    book.fix_quotas(book.records().plans[0], 30, 6)
    book.write_diary(r.DiaryEntry("", day(11), 3, changed=True))
    book.remove_entry(day(4))
    book.start_flare()
    book.end_flare(book.records().flares[0])
    book.drop_activity(book.records().activities[1])
    therapy = book.keep_therapy(r.Therapy("", day(11), "injection", "Dr. Sommer", "left"))
    book.keep_follow_up(r.FollowUp("", therapy, 1, day(11), 3, 6, "none", "partly"))
    book.keep_visit("swim", ["signs"], "And my bike?")


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lived") / "data"
    archive(folder, worn_belt(10))
    with Store.open(folder) as store:
        for name in (ANNA, BEN):
            wearer = keep_wearer(store, name).id
            now = {"n": 0}
            book = CoachBook(store, lambda now=now: day(now["n"]), wearer)  # type: ignore[misc]
            a_month(book, lambda n, now=now: now.update(n=n))  # type: ignore[misc]
    return folder


def seen(folder: Path) -> Seen:
    """What each wearer has now, and every change that led there."""
    with Store.open(folder) as store:
        names = {each.fields["name"]: each.id for each in store.entries(WEARER)}
        records = {n: CoachBook(store, lambda: day(11), w).records() for n, w in names.items()}
        kinds = {*r.KINDS, WEARER}  # an export is written down, too
        changes = [c._replace(n=0) for c in store.all_changes() if c.kind in kinds]
    return records, changes


def run(folder: Path, *argv: str) -> None:
    assert main(["--data", str(folder), *argv]) == 0


def test_every_kind_is_there(lived: Path) -> None:
    records, changes = seen(lived)
    assert set(records) == {ANNA, BEN}
    for found in records.values():
        assert {name for name, value in vars(found).items() if not value} == set()
        assert len(found.diary) == 11
    assert {change.kind for change in changes} >= set(r.KINDS)
    assert len(r.KINDS) == 15


def test_export_and_import(lived: Path, tmp_path: Path) -> None:
    run(lived, "export", "--out", str(tmp_path / "out"))
    run(tmp_path / "there", "import", str(tmp_path / "out"))
    assert seen(tmp_path / "there") == seen(lived)


def test_backup_and_restore(lived: Path, tmp_path: Path) -> None:
    run(lived, "backup", str(tmp_path / "b.zip"))
    run(tmp_path / "there", "restore", str(tmp_path / "b.zip"))
    assert seen(tmp_path / "there") == seen(lived)


def test_rebuild(lived: Path) -> None:
    before = seen(lived)
    run(lived, "rebuild")
    assert seen(lived) == before


def test_encryption_and_back(lived: Path) -> None:
    before = seen(lived)
    silent = lambda _done, _total: None  # noqa: E731
    encrypt(lived, "seven old bikes in a row", keyring=False, keep_backups=False, tell=silent)
    try:
        assert seen(lived) == before
        assert b"Dr. Sommer" not in b"".join(f.read_bytes() for f in (lived / "archive").iterdir())
    finally:
        decrypt(lived, silent)
    assert seen(lived) == before


def test_one_wearers_erasure(lived: Path) -> None:
    """Last: it changes the folder."""
    before, _changes = seen(lived)
    run(lived, "erase", "--wearer", ANNA, "--yes")
    after, changes = seen(lived)
    assert after == {BEN: before[BEN]}
    assert len({change.wearer for change in changes}) == 1
    left = b"".join(f.read_bytes() for f in lived.rglob("*") if f.is_file())
    assert b"Dr. Sommer" in left
    assert before[BEN].therapies[0].id.encode() in left
    assert before[ANNA].therapies[0].id.encode() not in left

"""The raw archive: whole frames or none, torn ends mended, damage costs what it hit."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest
from plumbline.errors import StoreError
from plumbline.store.archive import ArchiveWriter, archive_path, archived_belts, read_frames
from plumbline.store.frames import FACT, PAGE, Frame, pack_frame, parse_frames

BELT = "0102030405060708"


def bodies(folder: Path) -> list[bytes]:
    return [frame.body[8:] for frame in read_frames(archive_path(folder, BELT))]


def write_pages(folder: Path, *pages: bytes) -> None:
    with ArchiveWriter(folder, BELT) as writer:
        for page in pages:
            writer.append_page(7, page)
        writer.sync()


def test_the_bytes_of_a_frame() -> None:
    assert pack_frame(PAGE, b"ab") == bytes.fromhex("504c4631 01 000000 02000000 6162 d1f8 da9e")


def test_frames_come_back_as_written(tmp_path: Path) -> None:
    with ArchiveWriter(tmp_path, BELT) as writer:
        writer.append_page(1_795_262_400_000, b"page one")
        writer.append_fact(fact="sync", name="Gürtel", boot=3)
        writer.append_page(-1, b"")
    page, fact, empty = read_frames(archive_path(tmp_path, BELT))
    assert page.page() == (1_795_262_400_000, b"page one")
    assert (fact.kind, fact.fact()) == (FACT, {"boot": 3, "fact": "sync", "name": "Gürtel"})
    assert empty.page() == (-1, b"")
    assert empty.end == archive_path(tmp_path, BELT).stat().st_size


def test_reading_goes_on_from_the_end_of_a_frame(tmp_path: Path) -> None:
    write_pages(tmp_path, b"one", b"two", b"three")
    path = archive_path(tmp_path, BELT)
    whole = list(read_frames(path))
    assert list(read_frames(path, whole[0].end)) == whole[1:]


def test_a_second_writer_appends(tmp_path: Path) -> None:
    write_pages(tmp_path, b"one")
    write_pages(tmp_path, b"two")
    assert bodies(tmp_path) == [b"one", b"two"]


@pytest.mark.parametrize("cut", range(1, 31))
def test_a_torn_end_is_put_away_and_the_rest_goes_on(tmp_path: Path, cut: int) -> None:
    write_pages(tmp_path, b"first", b"second")
    path = archive_path(tmp_path, BELT)
    whole = path.read_bytes()
    frame = len(pack_frame(PAGE, b"\0" * 8 + b"second"))
    assert frame == 30
    path.write_bytes(whole[:-cut])
    with ArchiveWriter(tmp_path, BELT) as writer:
        kept = writer.mended
        writer.append_page(7, b"third")
    assert bodies(tmp_path) == [b"first", b"third"]
    if cut == frame:  # cut at a frame's end: nothing is torn
        assert kept is None
    else:
        assert kept is not None
        assert kept.parent == tmp_path / "quarantine"
        assert kept.read_bytes() == whole[-frame:-cut]
        report = (kept.parent / "report.txt").read_text()
        assert report.endswith(f"\t{kept.name}\tan archive's unfinished end\n")


def test_mending_begins_where_the_file_was_checked(tmp_path: Path) -> None:
    write_pages(tmp_path, b"first", b"second")
    path = archive_path(tmp_path, BELT)
    first, second = read_frames(path)
    with path.open("ab") as file:
        file.write(b"PLF1torn")
    with ArchiveWriter(tmp_path, BELT, checked=first.end) as writer:
        assert writer.mended is not None
    assert path.stat().st_size == second.end


def test_damage_within_costs_only_its_frame(tmp_path: Path) -> None:
    write_pages(tmp_path, b"first", b"second", b"third")
    path = archive_path(tmp_path, BELT)
    data = bytearray(path.read_bytes())
    for at in range(len(data)):
        hit = bytearray(data)
        hit[at] ^= 0x40
        left = [frame.body[8:] for frame in parse_frames(bytes(hit))]
        expected = [b"first", b"second", b"third"]
        del expected[0 if at < 29 else 1 if at < 59 else 2]
        assert left == expected, at


def test_a_length_from_nowhere_is_not_believed() -> None:
    frame = bytearray(pack_frame(PAGE, b"x"))
    frame[8:12] = (0xFFFFFFFF).to_bytes(4, "little")
    assert list(parse_frames(bytes(frame) + pack_frame(PAGE, b"y"))) == [
        Frame(PAGE, b"y", len(frame) + len(frame), len(frame))
    ]


def test_only_one_writer_at_a_time(tmp_path: Path) -> None:
    with ArchiveWriter(tmp_path, BELT), pytest.raises(StoreError) as told:
        ArchiveWriter(tmp_path, BELT)
    assert str(told.value) == (
        "Another Plumbline is fetching from this belt right now: wait until it is done, "
        "then try again."
    )
    ArchiveWriter(tmp_path, BELT).close()


def test_the_archive_is_its_owners_alone(tmp_path: Path) -> None:
    write_pages(tmp_path, b"one")
    assert archive_path(tmp_path, BELT).stat().st_mode & 0o777 == 0o600


def test_belts_in_the_order_they_were_met(tmp_path: Path) -> None:
    for belt, utc_ms in (("0b", 100), ("0a", 200)):
        with ArchiveWriter(tmp_path, belt) as writer:
            writer.append_fact(fact="sync", utc_ms=utc_ms)
    with ArchiveWriter(tmp_path, "0c") as writer:
        writer.append_page(150, b"page")
    assert archived_belts(tmp_path) == ["0b", "0c", "0a"]


FILL_UP = """
import sys
from pathlib import Path
from plumbline.errors import StoreError
from plumbline.store.archive import ArchiveWriter
writer = ArchiveWriter(Path(sys.argv[1]), "0102030405060708")
try:
    while True:
        writer.append_page(7, b"0123456789" * 30)
        writer.sync()
except StoreError as error:
    print(error)
"""


def fill_up(folder: Path, command: list[str], **limits: object) -> str:
    ran = subprocess.run(
        [*command, sys.executable, "-c", FILL_UP, str(folder)],
        capture_output=True,
        text=True,
        check=True,
        **limits,  # type: ignore[call-overload]
    )
    return ran.stdout


def test_a_full_disk_leaves_whole_frames(tmp_path: Path) -> None:
    """The limit on a file's size gives EFBIG in the middle of a frame, as a quota would."""
    limit = 5000
    said = fill_up(
        tmp_path,
        [],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    full = f"There is no room left on the disk of {tmp_path}: free some space and try again.\n"
    assert said == full
    path = archive_path(tmp_path, BELT)
    frames = list(read_frames(path))
    assert len(frames) == limit // 324
    assert path.stat().st_size == frames[-1].end


def test_a_disk_that_is_really_full(tmp_path: Path) -> None:
    mount = tmp_path / "disk"
    mount.mkdir()
    script = 'mount -t tmpfs -o size=64k none "$0" && exec "$@"'
    inside = ["unshare", "--mount", "--map-root-user", "sh", "-c", script, str(mount)]
    try:
        tried = subprocess.run([*inside, "true"], capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("unshare is not installed")
    if tried.returncode != 0:
        pytest.skip("this system lets nobody mount a small disk")
    said = fill_up(mount / "data", inside)
    assert said == (
        f"There is no room left on the disk of {mount / 'data'}: free some space and try again.\n"
    )


def test_what_the_system_refuses_otherwise(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("a file where the folder should be")
    with pytest.raises(StoreError) as told:
        ArchiveWriter(tmp_path, BELT)
    assert str(told.value) == (
        f"The data folder {tmp_path} is not a folder: move the file of that name away or give "
        "another one with --data."
    )

"""Opens the database file: pragmas, version, migration, integrity, repair from the archive."""

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Lock

from plumbline import made_up, private
from plumbline.errors import LOG_NAME, StoreError
from plumbline.i18n import _
from plumbline.store import beside, entries, migrations, sqlite
from plumbline.store.archive import archive_path, archived_belts, is_being_written
from plumbline.store.exchange import MARKER, NEW, OLD, PARTS
from plumbline.store.failures import DamagedDatabase, no_data, told
from plumbline.store.healing import heal
from plumbline.store.ingest import ends_match, ingest
from plumbline.store.locks import FolderLock
from plumbline.store.migrations import migrate, refuse_newer, schema_version
from plumbline.store.quarantine import FOLDER as QUARANTINE
from plumbline.store.quarantine import move_away
from plumbline.store.sealing import PLAIN, database_key, refuse_mixed
from plumbline.store.sqlite import Connection
from plumbline.store.whole import is_as_left, note_as_left

NAME = "plumbline.sqlite3"
BACKUPS = "backups"
HEALTH = (*PARTS, BACKUPS, QUARANTINE, LOG_NAME)
# What the demo, the virtual belt, the window and an exchange of data put beside them.
BESIDE = ("demo", "belt", "virtual-belt", made_up.NAME, "window.ini", NEW, OLD, MARKER)
WAIT_S = 10.0
# Database files (path, inode), and the day on which this process knew them to be whole.
_checked: dict[tuple[Path, int], date] = {}
_doubted: set[tuple[Path, int]] = set()  # and those found damaged after they were opened
_mending = Lock()


def database_path(folder: Path) -> Path:
    """The database file in a data folder."""
    return folder / NAME


def database_files(folder: Path) -> list[Path]:
    """The database file and those that SQLite keeps beside it."""
    path = database_path(folder)
    return [path, *(Path(f"{path}{end}") for end in ("-wal", "-shm"))]


def make_folder(folder: Path) -> bool:
    """The data folder, for its owner alone; whether it was made now. Raises StoreError."""
    with told(folder):
        missing = not folder.exists()
        private.make_folder(folder)
        return missing


def _close_to_others(folder: Path) -> None:
    """What others may read of it, since somebody made or copied it so, they may no longer.

    A folder that holds more than Plumbline's own things stays as it is, those things do not.
    """
    names = [path.name for path in folder.iterdir()]
    if all(name in (*HEALTH, *BESIDE) or name.startswith(beside.PREFIX) for name in names):
        private.close_to_others(folder)
    for name in HEALTH:
        private.close_to_others(folder / name)


def open_writable(
    folder: Path, wait_s: float, notices: list[str], *, check: bool = True
) -> Connection:
    """The database of `folder`, up to date with the archive; made where there is none.

    What had to be mended on the way is told in `notices`. Without `check` the file is not read
    through first: `upkeep.keep_up` does that when the first data are shown. Raises StoreError.
    """
    with told(folder):
        _close_to_others(folder)
    seen = _file_number(folder)
    try:
        return _open_checked(folder, wait_s, notices, check)
    except DamagedDatabase as damage:
        why = f"a damaged database: {damage}"
    with _mending:
        if _file_number(folder) == seen:  # else another thread has mended it
            with told(folder):
                kept = move_away(folder, database_files(folder), why)
            notices.append(
                _(
                    "The database could not be read; it was rebuilt from the archive, the old file "
                    "is kept as {kept}."
                ).format(kept=kept)
            )
        return _open_checked(folder, wait_s, notices)


def _file_number(folder: Path) -> int | None:
    """Which file the database is, None where there is none."""
    try:
        return database_path(folder).stat().st_ino
    except OSError:
        return None


def was_checked(folder: Path) -> bool:
    """Whether the database is known to have been whole today."""
    return _is_known(database_path(folder))


def is_whole(folder: Path) -> bool:
    """Read the database through on a connection of its own; where it is not whole, the next
    opening finds that and mends it. Raises StoreError."""
    path = database_path(folder)
    with told(folder):
        with closing(connect(path, folder, WAIT_S)) as connection:
            try:
                _check(connection, path)
            except sqlite.engine.OperationalError:  # in use, or the disk: no damage
                raise
            except (DamagedDatabase, sqlite.engine.DatabaseError):
                doubt(folder)
                return False
        closed(folder)
    return True


def doubt(folder: Path) -> None:
    """It was found damaged: have the next opening put it away and build it anew."""
    with suppress(FileNotFoundError):
        _doubted.add(_key(database_path(folder)))


def connect(path: Path, folder: Path, wait_s: float) -> Connection:
    """A connection to a database that is protected as the data of `folder` are."""
    return sqlite.connect(path, database_key(folder), timeout=wait_s)


def closed(folder: Path) -> None:
    """What is to be noted when a connection of `open_writable` was closed."""
    path = database_path(folder)
    if path.exists() and _is_known(path):
        note_as_left(path)


def open_read_only(folder: Path, wait_s: float) -> Connection:
    """The database of `folder` as it is, without touching anything. Raises StoreError."""
    path = database_path(folder)
    if not path.exists():
        raise no_data(folder)
    try:
        with told(folder):
            refuse_other_protection(path, folder)
            connection = _connect_read_only(path, folder, wait_s)
            try:
                refuse_newer(connection, path)
            except BaseException:
                connection.close()
                raise
            return connection
    except DamagedDatabase as error:
        raise StoreError(
            _("The database {path} cannot be read: rebuild it with plumbline rebuild.").format(
                path=path
            )
        ) from error


def _connect_read_only(path: Path, folder: Path, wait_s: float) -> Connection:
    """SQLite wants to make files beside the database; in a folder that takes none it need not."""
    key = database_key(folder)
    connection = sqlite.connect(path, key, timeout=wait_s, mode="ro")
    try:
        connection.execute("SELECT COUNT(*) FROM sqlite_schema").fetchone()
    except sqlite.engine.OperationalError:
        connection.close()
        unwritten = Path(f"{path}-wal")
        if unwritten.exists() and unwritten.stat().st_size:
            raise
        connection = sqlite.connect(path, key, timeout=wait_s, mode="ro", immutable=True)
    return connection


def refuse_other_protection(path: Path, folder: Path) -> None:
    """StoreError where the database is encrypted and the folder is not, or the other way round."""
    if not path.exists() or path.stat().st_size == 0:
        return
    encrypted = database_key(folder) is not None
    if encrypted and sqlite.is_plain(path):
        raise StoreError(
            _(
                "The database {path} is not encrypted as the other data are: somebody put it "
                "there; move it away, it is built anew from the archive."
            ).format(path=path)
        )
    if not encrypted:
        for belt in archived_belts(folder):
            refuse_mixed(archive_path(folder, belt), PLAIN)


def _open_checked(
    folder: Path, wait_s: float, notices: list[str], check: bool = True
) -> Connection:
    with told(folder):
        path = database_path(folder)
        refuse_other_protection(path, folder)
        as_left = is_as_left(path)
        connection = connect(path, folder, wait_s)
        try:
            _prepare(connection, path)
            if as_left:
                _checked[_key(path)] = _today()
            if check or _key(path) in _doubted:
                _check(connection, path)
            with strange_is_damage(connection, path):
                _catch_up(connection, folder, notices)
        except BaseException:
            connection.close()
            raise
        return connection


def _prepare(connection: Connection, path: Path) -> None:
    refuse_newer(connection, path)
    if schema_version(connection) == 0:
        connection.execute(f"PRAGMA page_size = {sqlite.PAGE_SIZE}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    _keep_before_upgrade(connection, path.parent)
    migrate(connection)


def _keep_before_upgrade(connection: Connection, folder: Path) -> None:
    """A copy of a database of an older version, in the backups, before its first new step."""
    version = schema_version(connection)
    target = folder / BACKUPS / f"before-upgrade-from-{version}.sqlite3"
    if not 0 < version < len(migrations.MIGRATIONS) or target.exists():
        return
    private.make_folder(target.parent)
    alone = FolderLock.take(target.parent, shared=False, wait_s=WAIT_S)  # two at once: one copies
    if alone is None:
        raise StoreError(
            _("Another Plumbline is writing in {folder}: wait, then try again.").format(
                folder=target.parent
            )
        )
    try:
        if not target.exists():
            draft = target.with_suffix(".part")
            draft.unlink(missing_ok=True)
            with closing(connect(draft, folder, WAIT_S)) as copy:
                connection.backup(copy)
            draft.replace(target)
    finally:
        alone.release()


def _check(connection: Connection, path: Path) -> None:
    """SQLite's own check of the whole file, once a day.

    Spared where the file is as the last process left it that knew it whole today.
    """
    if _is_known(path):
        return
    if _key(path) in _doubted:
        raise DamagedDatabase("found when it was read")
    answer = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if answer != "ok":
        raise DamagedDatabase(answer)
    _checked[_key(path)] = _today()


@contextmanager
def strange_is_damage(connection: Connection, path: Path) -> Iterator[None]:
    """Rows that make no sense are a damaged database, where SQLite's check says so, else a bug."""
    try:
        yield
    except (TypeError, ValueError, LookupError, OverflowError):
        _checked.pop(_key(path), None)
        _check(connection, path)
        raise


def _is_known(path: Path) -> bool:
    key = _key(path)
    return _checked.get(key) == _today() and key not in _doubted


def _today() -> date:
    return datetime.now(UTC).date()


def _key(path: Path) -> tuple[Path, int]:
    return path, path.stat().st_ino


def _catch_up(connection: Connection, folder: Path, notices: list[str]) -> None:
    """Read what the archive has and the database has not, left by a process that was killed."""
    if not ends_match(connection, folder) or entries.is_lost(connection, folder):
        notices += heal(connection, folder)
    ends = dict(connection.execute("SELECT hex, archive_end FROM belts"))
    for belt in archived_belts(folder):
        path = archive_path(folder, belt)
        if path.stat().st_size > ends.get(belt, -1) and not is_being_written(path):
            ingest(connection, folder, belt)
    entries.catch_up(connection, folder)

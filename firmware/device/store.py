"""What must survive without the log: settings, calibration, the belt's name.

One small file each, written as a whole and closed by a CRC-32. A file that cannot be read
counts as lost: the defaults take its place and `lost` names it.
"""

from array import array

from beltwire import settings as table
from beltwire.crc import crc32
from beltwire.fields import Reader, Writer

from device.files import read_whole, write_whole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from device.parts import Folder

SETTINGS_FILE = "settings"
CALIBRATION_FILE = "calibration"
NAME_FILE = "name"
MATRIX_VALUES = 9
EVENT_BYTES = 2 + 2 * MATRIX_VALUES
DEFAULT_NAME = "Plumbline belt"
CRC_BYTES = 4


def load_checked(files: "Folder", name: str) -> "bytes | None":
    """The data of the file `name` without its CRC; None where there is none or it is damaged."""
    data = read_whole(files, "", name)
    if data is None or len(data) < CRC_BYTES:
        return None
    body = data[:-CRC_BYTES]
    return body if crc32(body) == int.from_bytes(data[-CRC_BYTES:], "little") else None


def save_checked(files: "Folder", name: str, body: bytes) -> None:
    """Replace the file `name` by `body` and its CRC. OSError where that fails."""
    write_whole(files, name, body + crc32(body).to_bytes(CRC_BYTES, "little"))


class Kept:
    """A calibration: mounting rows (nine Q14 integers), quality 0-100, source, seated neutral.

    `source` is a CALIBRAT* value of `beltwire.codes`, `seated_cdeg` the flexion of upright
    sitting or NO_ANGLE.
    """

    def __init__(self, rows: "array[int]", quality: int, source: int, seated_cdeg: int) -> None:
        self.rows = rows
        self.quality = quality
        self.source = source
        self.seated_cdeg = seated_cdeg

    def to_bytes(self) -> bytes:
        """Quality, source and rows as in the arguments of a CALIBRATION event, then the seat."""
        writer = Writer().u8(self.quality).u8(self.source)
        for value in self.rows:
            writer.i16(value)
        return writer.i16(self.seated_cdeg).to_bytes()


def read_calibration(body: bytes) -> Kept:
    """The calibration that `to_bytes` wrote; WireError where it is cut short."""
    reader = Reader(body)
    quality = reader.u8()
    source = reader.u8()
    rows = array("h", [reader.i16() for _ in range(MATRIX_VALUES)])
    return Kept(rows, quality, source, reader.i16())


class Store:
    """The small files in the root of `files`."""

    def __init__(self, files: "Folder") -> None:
        self._files = files
        self.lost: "list[str]" = []
        self.settings = table.defaults()
        self.calibration: "Kept | None" = None
        self.name = DEFAULT_NAME

    def load(self) -> None:
        """Read what is there. OSError where the flash cannot be read."""
        self.lost = []
        body = self._load(SETTINGS_FILE)
        if body is not None:
            reader = Reader(body)
            while reader.left:
                number = reader.u8()
                value = reader.i32()
                if number in table.TABLE:
                    self.settings[number] = value
        body = self._load(CALIBRATION_FILE)
        self.calibration = None
        if body is not None and len(body) >= EVENT_BYTES + 2:
            self.calibration = read_calibration(body)
        body = self._load(NAME_FILE)
        if body is not None:
            self.name = str(body, "utf-8")

    def _load(self, name: str) -> "bytes | None":
        body = load_checked(self._files, name)
        if body is None and name in self._files.listdir(""):
            self.lost.append(name)
        return body

    def pairs(self) -> "list[tuple[int, int]]":
        """Every setting as (id, value), ids ascending."""
        return [(number, self.settings[number]) for number in sorted(self.settings)]

    def change(self, pairs: "list[tuple[int, int]]") -> "list[tuple[int, int]]":
        """Store checked (id, value) pairs; returns those that differ. OSError: nothing changed."""
        changed = [pair for pair in pairs if self.settings[pair[0]] != pair[1]]
        if not changed:
            return changed
        fresh = dict(self.settings)
        for number, value in changed:
            fresh[number] = value
        writer = Writer()
        for number in sorted(fresh):
            writer.u8(number).i32(fresh[number])
        save_checked(self._files, SETTINGS_FILE, writer.to_bytes())
        self.settings = fresh
        return changed

    def calibrate(self, calibration: Kept) -> None:
        """Keep a calibration. OSError: the old one stays."""
        save_checked(self._files, CALIBRATION_FILE, calibration.to_bytes())
        self.calibration = calibration

    def wipe(self) -> None:
        """Forget settings, calibration and name."""
        present = self._files.listdir("")
        for name in (SETTINGS_FILE, CALIBRATION_FILE, NAME_FILE):
            if name in present:
                self._files.remove(name)
        self.settings = table.defaults()
        self.calibration = None
        self.name = DEFAULT_NAME

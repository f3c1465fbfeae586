"""The folder a virtual belt lives in: its flash, its identity, and the motion it wears.

flash/       the firmware's own files, laid out by the firmware alone
belt.id      eight bytes in hexadecimal that no other belt has
motion.bin   the recording as the sensor gives it: 624 bytes a second
lock         held while a belt runs on this folder
"""

import hashlib
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from beltwire.pairing import KEY_BYTES
from device.files import Files
from device.pairing import KEY_FILE
from device.store import CALIBRATION_FILE, load_checked, save_checked

from plumbline import private
from plumbline.errors import UserError
from plumbline.i18n import _
from plumbline.link import keys
from plumbline.recording import RATE_HZ, Recording
from plumbline.virtual_belt.calibrated import calibrated_pipeline, kept_calibration

ID_BYTES = 8


class BeltFolder:
    """One virtual belt's place on this computer's disk."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.flash = path / "flash"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Make the folder where it is missing, and hold it alone; UserError where that fails."""
        try:
            private.make_folder(self.flash)
            lock = private.open_file(self.path / "lock", "a+b")
        except OSError as error:
            raise UserError(
                _("The virtual belt cannot write to {folder} ({reason}): name another one.").format(
                    folder=self.path, reason=error.strerror
                )
            ) from error
        with lock:
            if not _lock_file(lock.fileno()):
                raise UserError(
                    _("A virtual belt is already running on {folder}: end it first.").format(
                        folder=self.path
                    )
                )
            yield

    def belt_id(self) -> bytes:
        """The belt's eight bytes, drawn at its first start."""
        file = self.path / "belt.id"
        if not file.exists():
            self._replace(file, secrets.token_hex(ID_BYTES).encode())
        try:
            found = bytes.fromhex(file.read_text(encoding="ascii"))
        except ValueError:
            found = b""
        if len(found) != ID_BYTES:
            raise UserError(
                _("{file} does not hold a belt's id: remove the folder to begin anew.").format(
                    file=file
                )
            )
        return found

    def write_motion(self, recording: Recording) -> Path:
        """The recording's whole seconds in the form the sensor model reads."""
        file = self.path / "motion.bin"
        self._replace(file, recording.counts[: recording.seconds * RATE_HZ].tobytes())
        return file

    def calibrate(self, recording: Recording, upright: str | None, seated: str | None) -> None:
        """Put the poses' calibration on the flash, once for every recording and poses.

        What the belt has learnt since about the same wearer stays. Without an upright pose the
        flash is left alone: the belt then says itself that it is not calibrated.
        """
        if upright is None:
            return
        digest = hashlib.sha256(recording.counts.tobytes()).hexdigest()
        worn = f"{digest} {upright} {seated}\n".encode()
        note = self.path / "worn"
        if note.exists() and note.read_bytes() == worn:
            return
        kept = kept_calibration(calibrated_pipeline(recording, upright, seated))
        try:
            save_checked(Files(str(self.flash)), CALIBRATION_FILE, kept.to_bytes())
        except OSError as error:
            raise UserError(
                _("{folder} cannot be written ({reason}): make room or name another one.").format(
                    folder=self.flash, reason=error.strerror
                )
            ) from error
        self._replace(note, worn)

    def provision(self) -> None:
        """See that the belt has a key and that this account knows it, as flashing a board does."""
        files = Files(str(self.flash))
        key = load_checked(files, KEY_FILE)
        if key is None or len(key) != KEY_BYTES:
            key = secrets.token_bytes(KEY_BYTES)
            try:
                save_checked(files, KEY_FILE, key)
            except OSError as error:
                raise UserError(
                    _(
                        "{folder} cannot be written ({reason}): make room or name another one."
                    ).format(folder=self.flash, reason=error.strerror)
                ) from error
        belt_id = self.belt_id()
        if keys.find(belt_id) != key:
            keys.keep(belt_id, key, in_file=True)

    def forget_key(self) -> None:
        """Be a belt that was never paired, to this account either."""
        (self.flash / KEY_FILE).unlink(missing_ok=True)
        keys.forget(self.belt_id())

    def _replace(self, file: Path, data: bytes) -> None:
        """Write a file in one step; UserError where the disk does not take it."""
        waiting = file.with_suffix(".new")
        try:
            private.write_file(waiting, data)
            waiting.replace(file)
        except OSError as error:
            raise UserError(
                _("{file} cannot be written ({reason}): make room or name another folder.").format(
                    file=file, reason=error.strerror
                )
            ) from error


def _lock_file(handle: int) -> bool:
    """Lock an open file for as long as it is open; False where somebody else holds it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True

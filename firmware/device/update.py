"""Updates: a bundle comes in pieces, is written beside the running version, checked, tried."""

import hashlib

from beltwire import bundle, codes
from beltwire.errors import Refused, WireError

from device import FIRMWARE_VERSION, slots
from device.files import make_folder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from device.parts import Folder

TRIAL_S = 180
"""A version on trial has so long to be met by a host and to pass its self-test."""
READ_BYTES = 512


def _nothing() -> None:
    """Where nothing needs to be fed."""


class Updates:
    """The belt's updates. `files`: its flash; `board`: the name bundles for it bear."""

    def __init__(self, files: "Folder", board: str) -> None:
        self._files = files
        self._board = board
        self._state = slots.State()
        self._manifest: "bundle.Manifest | None" = None
        self._head = b""
        self._version = b""
        self._total = 0
        self._came = 0
        self._at = 0
        self._written = 0
        self._met = False
        self._passed = False
        self.feed = _nothing

    def load(self) -> None:
        """Read which slot runs, and whether it is on trial."""
        self._state = slots.read_state(self._files)

    @property
    def on_trial(self) -> bool:
        """This version runs for the first time and has not been kept yet."""
        return self._state.trial == slots.TRYING

    @property
    def last(self) -> int:
        """What became of the latest update: NO_UPDATE, KEPT or ROLLED_BACK of `slots`."""
        return self._state.last

    # --- the trial

    def met(self) -> None:
        """A host has been given our hello."""
        self._met = True
        self._keep_if_proven()

    def tested(self, failed: int) -> None:
        """The self-test is over; `failed` are the parts that did not pass."""
        self._passed = failed == 0
        self._keep_if_proven()

    def overdue(self, now_s: int) -> bool:
        """The trial has lasted too long: start over, with the version before."""
        return self.on_trial and now_s > TRIAL_S

    def _keep_if_proven(self) -> None:
        if self.on_trial and self._met and self._passed:
            kept = slots.State(self._state.running, slots.SETTLED, slots.KEPT)
            slots.write_state(self._files, kept)
            self._state = kept

    # --- a bundle comes

    def begin(self, version: bytes, board: str, total: int) -> None:
        """Make room for a bundle of `total` bytes. Refused where this belt must not have it."""
        if board != self._board:
            raise Refused(codes.REFUSAL_RANGE, "this belt is a {}".format(self._board))
        if tuple(version) < FIRMWARE_VERSION:
            raise Refused(codes.REFUSAL_RANGE, "older than what is running")
        if self._state.trial != slots.SETTLED:
            raise Refused(codes.REFUSAL_BUSY, "an update is still on trial")
        self._manifest = None
        self._head = b""
        self._version = version
        self._total = total
        self._came = self._at = self._written = 0
        self._clear()

    def take(self, offset: int, data: bytes) -> int:
        """The next piece, which begins at byte `offset`; the byte that is awaited then.

        OSError where the flash does not take it: the update is over, and the log has its room back.
        """
        self._check_begun()
        if offset > self._came or offset + len(data) > self._total:
            raise Refused(codes.REFUSAL_RANGE, "byte {} is awaited".format(self._came))
        fresh = data[self._came - offset :]
        self._came += len(fresh)
        try:
            if self._manifest is None:
                fresh = self._take_manifest(fresh)
            while fresh:
                fresh = self._write(fresh)
        except OSError:
            self._total = 0
            self._clear()
            raise
        return self._came

    def _check_begun(self) -> None:
        if not self._total:
            raise Refused(codes.REFUSAL_RANGE, "no update has been begun")

    def finish(self) -> None:
        """All has come: check it on the flash, and have it tried at the next start."""
        if self._state.trial == slots.TO_TRY:
            return
        self._check_begun()
        manifest = self._manifest
        if manifest is None or self._came != self._total:
            raise Refused(codes.REFUSAL_RANGE, "byte {} is awaited".format(self._came))
        for entry in manifest.entries:
            if self._digest(entry.name) != entry.digest:
                raise Refused(codes.REFUSAL_FAILED, "{} is damaged".format(entry.name))
            self.feed()
        tried = slots.State(self._state.current, slots.TO_TRY, self._state.last)
        slots.write_state(self._files, tried)
        self._state = tried
        self._total = 0

    def _take_manifest(self, data: bytes) -> bytes:
        """Collect the manifest; what is left behind it."""
        self._head += data
        if len(self._head) < bundle.HEAD_BYTES:
            return b""
        try:
            size = bundle.manifest_size(self._head)
            if len(self._head) < size:
                return b""
            manifest = bundle.parse_manifest(self._head)
        except WireError as error:
            self._total = 0
            raise Refused(codes.REFUSAL_FAILED, str(error)) from None
        begun = (self._version, self._board, self._total)
        if (manifest.version, manifest.board, manifest.total) != begun:
            self._total = 0
            raise Refused(codes.REFUSAL_RANGE, "the bundle is not the one that was begun")
        left = self._head[size:]
        self._head = b""
        self._manifest = manifest
        self._begin_file()
        return left

    def _write(self, data: bytes) -> bytes:
        """Append what belongs to the present file; the rest."""
        manifest = self._manifest
        if manifest is None:
            return b""
        entry = manifest.entries[self._at]
        piece = data[: entry.size - self._written]
        with self._files.open(self._path(entry.name), "ab") as out:
            out.write(piece)
        self._written += len(piece)
        if self._written == entry.size:
            self._at += 1
            self._begin_file()
        return data[len(piece) :]

    def _begin_file(self) -> None:
        """Make the next file, and those without contents that stand before the next with some."""
        self._written = 0
        entries = self._manifest.entries if self._manifest is not None else []
        while self._at < len(entries):
            entry = entries[self._at]
            folder = entry.name.partition("/")[0]
            if folder not in self._files.listdir(self._slot()):
                self._files.mkdir(self._slot() + "/" + folder)
            with self._files.open(self._path(entry.name), "wb"):
                pass
            if entry.size:
                return
            self._at += 1

    def _digest(self, name: str) -> bytes:
        """SHA-256 of a file as it stands on the flash; empty where it is not there."""
        folder, _, file = name.partition("/")
        if file not in self._files.listdir(self._slot() + "/" + folder):
            return b""
        seen = hashlib.sha256()
        with self._files.open(self._path(name), "rb") as source:
            data = source.read(READ_BYTES)
            while data:
                seen.update(data)
                data = source.read(READ_BYTES)
        digest: bytes = seen.digest()
        return digest

    def _slot(self) -> str:
        """Where an update goes: the slot that does not run."""
        return slots.SLOTS[1 - self._state.running]

    def _path(self, name: str) -> str:
        return self._slot() + "/" + name

    def _clear(self) -> None:
        """Empty the slot that does not run."""
        slot = self._slot()
        make_folder(self._files, slots.FOLDER)
        if slot.rpartition("/")[2] not in self._files.listdir(slots.FOLDER):
            self._files.mkdir(slot)
        for folder in self._files.listdir(slot):
            for file in self._files.listdir(slot + "/" + folder):
                self._files.remove(slot + "/" + folder + "/" + file)
                self.feed()

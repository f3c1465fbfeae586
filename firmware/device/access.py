"""Whether the belt is open to developers: a production build is not, until its owner says so."""

from beltwire import codes
from beltwire.errors import Refused

from device import board_table, loader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from device.parts import Folder

OPEN_FILE = "developer"


class Access:
    """`is_open` is what HELLO says. A developer build is open always."""

    def __init__(self, files: "Folder") -> None:
        self._files = files
        self._opened = False

    @property
    def is_open(self) -> bool:
        """Open to developers, by its build or by its owner."""
        return board_table.DEVELOPER or self._opened

    def load(self) -> None:
        """Read what the owner has said."""
        self._opened = OPEN_FILE in self._files.listdir("")

    def open(self) -> None:
        """The owner opens the belt. OSError: it stays as it was."""
        with self._files.open(OPEN_FILE, "wb"):
            pass
        self._opened = True

    def close(self) -> None:
        """The owner closes it again; Refused by a developer build."""
        if board_table.DEVELOPER:
            raise Refused(codes.REFUSAL_UNSUPPORTED, "a developer build is always open")
        self.forget()

    def leave_for_repl(self) -> None:
        """Open, and at the next start there is the prompt."""
        self.open()
        loader.leave_for_repl(self._files)

    def forget(self) -> None:
        """As before anybody opened it."""
        if OPEN_FILE in self._files.listdir(""):
            self._files.remove(OPEN_FILE)
        self._opened = False

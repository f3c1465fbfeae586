"""The belt's key: kept in a small file, given once, forgotten by a factory reset."""

import hashlib

from beltwire import pairing
from beltwire.fields import Writer

from device import haptic
from device.store import load_checked, save_checked

TYPE_CHECKING = False
if TYPE_CHECKING:
    from device.main import Belt

KEY_FILE = "key"


class KeyKeeper(pairing.Keeper):
    """What the session's guard asks of `belt` (a `device.main.Belt`)."""

    def __init__(self, belt: "Belt") -> None:
        self._belt = belt
        self._key: "bytes | None" = None
        self._drawn = 0

    def load(self) -> None:
        """Read the key. One that is damaged is none: the belt can be paired anew."""
        found = load_checked(self._belt.files, KEY_FILE)
        self._key = found if found is not None and len(found) == pairing.KEY_BYTES else None

    def belt_id(self) -> bytes:
        """As in HELLO."""
        return self._belt.board.unique_id()

    def key(self) -> "bytes | None":
        """The key, None while the belt is not paired."""
        return self._key

    def keep(self, key: bytes) -> None:
        """Keep the key; the press that allowed it means nothing else, a buzz confirms it."""
        save_checked(self._belt.files, KEY_FILE, key)
        self._key = key
        self._belt.button.swallow()
        self._belt.buzz(haptic.CONFIRM)

    def consents(self) -> bool:
        """The button is down."""
        return self._belt.board.button_down()

    def draw(self, count: int) -> bytes:
        """Random bytes of the chip, stirred with numbers that never come again."""
        belt = self._belt
        self._drawn += 1
        never_again = Writer().u16(belt.log.boot).u48(belt.clock.now_ms()).u32(self._drawn)
        stirred = belt.board.random(count) + never_again.to_bytes() + belt.board.unique_id()
        drawn: bytes = hashlib.sha256(stirred).digest()
        return drawn[:count]

    def forget(self) -> None:
        """Be a belt that nobody owns."""
        if KEY_FILE in self._belt.files.listdir(""):
            self._belt.files.remove(KEY_FILE)
        self._key = None

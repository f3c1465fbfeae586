"""The belt tests itself in place: does every part answer as it should.

The sensor's own test takes its samples away for a second or two; they are told as missing.
"""

from beltwire import codes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from device.haptic import Haptic
    from device.main import Belt
    from device.parts import Folder

SCRATCH_FILE = "selftest"
PATTERN = b"\x55\xaa\x00\xff" * 16
LOWEST_MV = 2500
HIGHEST_MV = 4400


def run(belt: "Belt") -> "tuple[int, int]":
    """TEST_* bits of (tested, failed) for `belt` (a `device.main.Belt`)."""
    failed = 0
    if not belt.sensing.self_test():
        failed |= codes.TEST_SENSOR
    if not _haptic_answers(belt.haptic):
        failed |= codes.TEST_HAPTIC
    if not _flash_keeps(belt.files):
        failed |= codes.TEST_FLASH
    if not LOWEST_MV <= belt.battery.measure() <= HIGHEST_MV:
        failed |= codes.TEST_BATTERY
    if belt.board.button_down():
        failed |= codes.TEST_BUTTON
    tested = codes.TEST_SENSOR | codes.TEST_HAPTIC | codes.TEST_FLASH
    return tested | codes.TEST_BATTERY | codes.TEST_BUTTON, failed


def _haptic_answers(haptic: "Haptic") -> bool:
    try:
        return haptic.present()
    except OSError:
        return False


def _flash_keeps(files: "Folder") -> bool:
    """What is written can be read again."""
    try:
        with files.open(SCRATCH_FILE, "wb") as out:
            out.write(PATTERN)
        with files.open(SCRATCH_FILE, "rb") as source:
            kept = source.read() == PATTERN
        files.remove(SCRATCH_FILE)
    except OSError:
        return False
    return kept

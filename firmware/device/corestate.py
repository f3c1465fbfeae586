"""What the core has learnt, kept over a restart that was asked for and over deep sleep.

Kept is what outlives a pause: the gyro's bias, how walking showed the belt to sit, whether it is
worn, the sitting under way, the reminders given. Minutes are not: those pending are logged before.
The reminders given and a snooze are kept in a file of their own whenever they change, because the
budget and the snooze hold over a power cut, too.

With them goes the minute (UTC) in which they were written, where it is known: where it is known
again after the pause, they are older by it.
"""

from array import array

from beltcore import state
from beltcore.params import MINUTE_S
from beltwire.fields import Reader, Writer

from device import FIRMWARE_VERSION
from device.store import load_checked, save_checked

TYPE_CHECKING = False
if TYPE_CHECKING:
    from beltcore.pipeline import Pipeline

    from device.parts import Folder

STATE_FILE = "core"
REMINDING_FILE = "reminding"
FILES = (STATE_FILE, REMINDING_FILE)
NOTHING = -1
"""There was nothing to take up."""
NO_TIME = 0
"""When it was written is not known."""
_FORMAT = 1  # of the reminding file; with it, its length is odd, as it was not before
_HEAD = 2  # numbers before the core's: its seconds, the minute


def _parts(pipeline: "Pipeline") -> "list[object]":
    samples = pipeline.samples
    seconds = pipeline.seconds
    return [samples.inclination, samples.walk, samples.activity, seconds.load, seconds.reminder]


def save(files: "Folder", pipeline: "Pipeline", utc_min: int) -> None:
    """Write what is to be kept; it is minute `utc_min`. OSError where the flash cannot."""
    numbers = array("i", [pipeline.seconds.now_s, utc_min])
    for part in _parts(pipeline):
        numbers.extend(state.save(part))
    save_checked(files, STATE_FILE, bytes(FIRMWARE_VERSION) + bytes(numbers))


def restore(files: "Folder", pipeline: "Pipeline") -> int:
    """Take up what was saved, once: the file is gone afterwards. The minute in which it was saved.

    NOTHING: there is nothing to take. The seconds of the core go on at the next full minute.
    """
    body = load_checked(files, STATE_FILE)
    if STATE_FILE in files.listdir(""):
        files.remove(STATE_FILE)
    head = len(FIRMWARE_VERSION)
    if body is None or body[:head] != bytes(FIRMWARE_VERSION) or (len(body) - head) % 4:
        return NOTHING
    numbers = array("i", body[head:])
    if len(numbers) != _HEAD + sum([state.size(part) for part in _parts(pipeline)]):
        return NOTHING
    at = _HEAD
    for part in _parts(pipeline):
        size = state.size(part)
        state.restore(part, numbers[at : at + size])
        at += size
    pipeline.seconds.resume(-(-numbers[0] // MINUTE_S) * MINUTE_S)
    pipeline.samples.inclination.reset()
    return numbers[1]


def save_reminding(files: "Folder", pipeline: "Pipeline", utc_min: int) -> None:
    """Write the reminders of the last hour and what is left of a snooze. OSError as above."""
    reminder = pipeline.seconds.reminder
    now_s = pipeline.seconds.now_s
    writer = Writer().u8(_FORMAT).u32(utc_min).u16(reminder.snooze_left(now_s))
    for age_s in reminder.given_ages(now_s):
        writer.u16(age_s)
    save_checked(files, REMINDING_FILE, writer.to_bytes())


def restore_reminding(files: "Folder", pipeline: "Pipeline") -> int:
    """Take them up as if no time had passed. The minute in which they were saved, or NOTHING."""
    body = load_checked(files, REMINDING_FILE)
    if body is None or len(body) % 2 == 0 or body[0] != _FORMAT:
        return NOTHING
    reader = Reader(body)
    reader.u8()
    utc_min = reader.u32()
    left_s = reader.u16()
    ages = []
    while reader.left:
        ages.append(reader.u16())
    pipeline.seconds.reminder.remember(pipeline.seconds.now_s, ages, left_s)
    return utc_min

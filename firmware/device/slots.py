"""Two places for the firmware, and which of them runs: an update is tried once, then kept or not.

The running version is in one slot, an update is written into the other. `fw/state` says what the
loader is to do at the next start:

    SETTLED   run the current slot
    TO_TRY    write TRYING, then run the other slot
    TRYING    the try ended without being kept: write SETTLED, run the current slot

so a version on trial has one start, and whatever ends it early (a reset, the watchdog, a flat
battery) brings the old version back. The file is replaced in one step. This module needs nothing
of the firmware's others, because the loader has its own copy outside of both slots.
"""

import binascii

TYPE_CHECKING = False
if TYPE_CHECKING:
    from device.parts import Folder

FOLDER = "fw"
STATE = "fw/state"
SLOTS = ("fw/a", "fw/b")
MAGIC = 0x53
FORMAT = 1
BODY_BYTES = 5

SETTLED = 0
TO_TRY = 1
TRYING = 2

NO_UPDATE = 0
KEPT = 1
ROLLED_BACK = 2


class State:
    """`current`: the slot (0 or 1) to fall back on; `trial`: see above; `last`: what became of
    the latest update: NO_UPDATE, KEPT or ROLLED_BACK."""

    def __init__(self, current: int = 0, trial: int = SETTLED, last: int = NO_UPDATE) -> None:
        self.current = current
        self.trial = trial
        self.last = last

    @property
    def running(self) -> int:
        """The slot that runs, once the loader has done its part."""
        return 1 - self.current if self.trial == TRYING else self.current


def read_state(files: "Folder") -> State:
    """The state on flash; where there is none, or a damaged one, a slot that holds a firmware."""
    state = _stored_state(files)
    if state is not None:
        return state
    first = _is_there(files, SLOTS[0]) or not _is_there(files, SLOTS[1])
    return State(0 if first else 1)


def _stored_state(files: "Folder") -> "State | None":
    if FOLDER not in files.listdir("") or STATE[len(FOLDER) + 1 :] not in files.listdir(FOLDER):
        return None
    with files.open(STATE, "rb") as source:
        data = source.read()
    body = data[:BODY_BYTES]
    whole = len(data) == BODY_BYTES + 4
    if not whole or binascii.crc32(body) != int.from_bytes(data[BODY_BYTES:], "little"):
        return None
    magic, form, current, trial, last = body
    if magic != MAGIC or form != FORMAT or current > 1:
        return None
    return State(current, trial, last)


def write_state(files: "Folder", state: State) -> None:
    """Replace the state in one step. OSError: the old one stands."""
    if FOLDER not in files.listdir(""):
        files.mkdir(FOLDER)
    body = bytes((MAGIC, FORMAT, state.current, state.trial, state.last))
    with files.open(STATE + ".new", "wb") as out:
        out.write(body + binascii.crc32(body).to_bytes(4, "little"))
    files.rename(STATE + ".new", STATE)


def choose(files: "Folder") -> str:
    """What the loader does at every start: the slot to run, such as "fw/a"."""
    state = read_state(files)
    if state.trial == TO_TRY:
        state.trial = TRYING
        write_state(files, state)
    elif state.trial != SETTLED:
        state.trial = SETTLED
        state.last = ROLLED_BACK
        write_state(files, state)
    return SLOTS[state.running]


def _is_there(files: "Folder", slot: str) -> bool:
    """The slot holds a firmware."""
    name = slot[len(FOLDER) + 1 :]
    if FOLDER not in files.listdir("") or name not in files.listdir(FOLDER):
        return False
    return "device" in files.listdir(slot)

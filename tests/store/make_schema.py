"""Writes the backup that tests keep of the present schema: python -m tests.store.make_schema

Run once, when a version with a new schema is released; a written one is never changed.
"""

import tempfile
from pathlib import Path

from beltwire import codes
from plumbline.store.backup import back_up
from plumbline.store.migrations import MIGRATIONS

from tests.link.belt import NOON_MS, MemoryBelt
from tests.store.filling import archive

KEPT = Path(__file__).parent / "schemas"


def fill(folder: Path) -> None:
    """Two boots, one of them of unknown time, events of every sort."""
    belt = MemoryBelt()
    belt.minutes(15)
    belt.event(codes.EVENT_CHARGE, 1)
    belt.reboot()
    belt.minutes(45)
    belt.event(codes.EVENT_REMINDER, codes.CAUSE_FLEXION, 2345, 120)
    belt.event(codes.EVENT_CLOCK_SET, NOON_MS, belt.mono_s * 1000)
    belt.log(9, b"from the future", belt.mono_s)
    archive(folder, belt)


if __name__ == "__main__":
    KEPT.mkdir(exist_ok=True)
    target = KEPT / f"{len(MIGRATIONS)}.zip"
    assert not target.exists(), f"{target} is released"
    with tempfile.TemporaryDirectory() as scratch:
        fill(Path(scratch))
        back_up(Path(scratch), target, lambda done, total: None)

"""Developer mode and the loader: no prompt but by the owner's wish, and then only once."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from beltwire import codes
from beltwire.errors import Refused
from device import board_table, loader, slots
from device.access import Access
from device.files import Files

FIRMWARE = """
ran = []

def main():
    ran.append("firmware")
    {ending}
"""


class Chip:
    """Notes what the loader does to the board."""

    def __init__(self) -> None:
        self.keyboard: list[int] = []
        self.resets = 0

    def set_keyboard(self, byte: int) -> None:
        self.keyboard.append(byte)

    def reset(self) -> None:
        self.resets += 1


@pytest.fixture
def no_device() -> Iterator[None]:
    """The loader finds the `device` of the slot, and afterwards ours is there again."""
    kept = {name: sys.modules.pop(name) for name in list(sys.modules) if name[:6] == "device"}
    path = list(sys.path)
    yield
    sys.path[:] = path
    for name in list(sys.modules):
        if name[:6] == "device":
            del sys.modules[name]
    sys.modules.update(kept)


def put_firmware(folder: Path, slot: str, ending: str = "pass") -> None:
    """A firmware that notes that it ran."""
    package = folder / slot / "device"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "main.py").write_text(FIRMWARE.format(ending=ending))


def start(folder: Path) -> Chip:
    """What main.py does."""
    chip = Chip()
    loader.run(Files(str(folder)), str(folder), chip.set_keyboard, chip.reset)
    return chip


@pytest.mark.parametrize("ending", ["pass", "raise ValueError", "raise SystemExit"])
def test_whatever_ends_the_firmware_the_chip_is_reset(
    tmp_path: Path, no_device: None, ending: str
) -> None:
    put_firmware(tmp_path, slots.SLOTS[0], ending)
    chip = Chip()
    try:
        loader.run(Files(str(tmp_path)), str(tmp_path), chip.set_keyboard, chip.reset)
    except (ValueError, SystemExit):
        assert ending != "pass"  # a board is reset before anybody sees it
    assert (chip.resets, chip.keyboard) == (1, [])
    assert sys.modules["device.main"].ran == ["firmware"]


def test_the_chosen_slot_runs(tmp_path: Path, no_device: None) -> None:
    put_firmware(tmp_path, slots.SLOTS[0], "raise ValueError")
    put_firmware(tmp_path, slots.SLOTS[1])
    slots.write_state(Files(str(tmp_path)), slots.State(0, slots.TO_TRY))
    assert start(tmp_path).resets == 1


def test_the_prompt_comes_once(tmp_path: Path, no_device: None) -> None:
    put_firmware(tmp_path, slots.SLOTS[0])
    loader.leave_for_repl(Files(str(tmp_path)))
    chip = start(tmp_path)
    assert (chip.resets, chip.keyboard) == (0, [loader.CTRL_C])
    assert start(tmp_path).resets == 1


def test_a_firmware_that_is_not_there_is_no_way_to_the_prompt(
    tmp_path: Path, no_device: None
) -> None:
    chip = Chip()
    with pytest.raises(ImportError):
        loader.run(Files(str(tmp_path)), str(tmp_path), chip.set_keyboard, chip.reset)
    assert chip.resets == 1


def test_a_production_build_is_closed_until_its_owner_opens_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(board_table, "DEVELOPER", False)
    files = Files(str(tmp_path))
    access = Access(files)
    access.load()
    assert not access.is_open
    access.open()
    again = Access(files)
    again.load()
    assert again.is_open
    assert not loader.wants_repl(files)
    again.leave_for_repl()
    assert loader.wants_repl(files)
    again.close()
    last = Access(files)
    last.load()
    assert not last.is_open


def test_a_developer_build_cannot_be_closed(tmp_path: Path) -> None:
    access = Access(Files(str(tmp_path)))
    assert access.is_open
    with pytest.raises(Refused) as told:
        access.close()
    assert told.value.code == codes.REFUSAL_UNSUPPORTED

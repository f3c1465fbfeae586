"""The board table, and the build for both boards."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from device import board_table


@pytest.fixture(scope="module")
def build(root: Path) -> ModuleType:
    """firmware/build.py as a module."""
    spec = importlib.util.spec_from_file_location("build", root / "firmware" / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_board_table_is_generated_from_the_pins(build: ModuleType, root: Path) -> None:
    written = (root / "firmware" / "device" / "board_table.py").read_text()
    assert written == build.table_source(build.read_boards(), board_table.DEFAULT), (
        "run `python firmware/build.py --table`"
    )


def test_no_pin_is_used_twice_on_a_board(build: ModuleType) -> None:
    pins = ("i2c_sda", "i2c_scl", "imu_int1", "haptic_enable", "battery_adc", "usb_sense", "button")
    for table in build.read_boards().values():
        used = [table[pin] for pin in pins]
        assert len(set(used)) == len(used)


def test_every_board_says_the_same_things(build: ModuleType) -> None:
    keys = {frozenset(table) for table in build.read_boards().values()}
    assert len(keys) == 1


def test_what_must_wake_the_chip_can(build: ModuleType) -> None:
    """RTC pins by the chips' data sheets; the C3's GPIO 2, 8 and 9 are read at reset."""
    boards = build.read_boards()
    for pin in ("imu_int1", "button"):
        assert boards["c3"][pin] in range(6)
        assert boards["esp32"][pin] in (0, 2, 4, *range(12, 16), *range(25, 28), *range(32, 40))
    assert not {2, 8, 9} & {boards["c3"][pin] for pin in ("imu_int1", "button", "haptic_enable")}
    assert boards["c3"]["battery_adc"] in range(5)
    assert boards["esp32"]["battery_adc"] in range(32, 40)


@pytest.mark.parametrize("board", ["c3", "esp32"])
def test_the_whole_firmware_compiles_for_a_board(
    build: ModuleType,
    board: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(build, "OUT", tmp_path)
    assert build.main([board]) == 0
    modules = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*.mpy"))
    sources = [file for folder in build.PARTS.values() for file in folder.glob("*.py")]
    assert len(modules) == len(sources) > 30
    assert (tmp_path / board / "main.py").read_text() == build.BOOT_FILE
    last = capsys.readouterr().out.splitlines()[-1]
    total = sum(path.stat().st_size for path in tmp_path.rglob("*.mpy"))
    assert last.split()[0] == str(total)


@pytest.mark.parametrize("argv", [[], ["virtual"], ["stm32"], ["c3", "esp32"]])
def test_an_unknown_board_is_one_sentence(
    build: ModuleType, argv: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert build.main(argv) == 2
    assert capsys.readouterr().err == ("Which board? Known are c3, esp32 (hardware/pins.toml).\n")


def test_a_module_that_does_not_compile_is_named(build: ModuleType, tmp_path: Path) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text("def broken(:\n")
    with pytest.raises(SystemExit, match=r"device/bad\.py does not compile for xtensawin"):
        build.compile_file(bad, tmp_path / "bad.mpy", "xtensawin", "device/bad.py")
    assert "build" not in sys.modules

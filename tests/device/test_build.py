"""The board table, and the build for both boards."""

import importlib.util
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from beltwire import bundle
from device import board_table

from tests.conftest import MicroPython


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
    own = tomllib.loads((root / "hardware" / "pins.toml").read_text())
    assert written == build.table_source(own, board_table.DEFAULT), (
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
    flash = tmp_path / board / "flash"
    modules = sorted(path.relative_to(flash) for path in (flash / "fw" / "a").rglob("*.mpy"))
    sources = [file for folder in build.PARTS.values() for file in folder.glob("*.py")]
    assert len(modules) == len(sources) > 30
    assert "kbd_intr(-1)" in (flash / "boot.py").read_text()
    lines = capsys.readouterr().out.splitlines()
    files = [path for path in flash.rglob("*") if path.is_file()]
    assert f"{sum(path.stat().st_size for path in files):8} bytes in all, production" in lines[-2]
    assert {"beltwire", "beltcore", "device", "loader"} <= {line.split()[1] for line in lines}
    whole = bundle.check_whole((tmp_path / board / f"plumbline-{board}-0.1.0.plb").read_bytes())
    assert whole.board == build.read_boards()[board]["name"]
    assert [entry.name for entry in whole.entries] == [
        path.relative_to("fw/a").as_posix() for path in modules
    ]


def test_a_developer_build_says_so_and_waits_for_ctrl_c(build: ModuleType) -> None:
    boards = build.read_boards()
    assert "DEVELOPER = True" in build.table_source(boards, "c3", True)
    assert "DEVELOPER = False" in build.table_source(boards, "c3", False)
    assert "kbd_intr" not in build.BOOT[True]
    assert "sleep_ms" in build.BOOT[True]


def test_a_third_board_is_a_file_and_no_code(
    build: ModuleType, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another name, another chip, other pins: named by a file alone, it is built like any."""
    monkeypatch.setattr(build, "OUT", tmp_path / "out")
    monkeypatch.setattr(build, "FURTHER_BOARDS", tmp_path)
    monkeypatch.setattr(build, "PARTS", {"device": build.PARTS["device"]})
    table = build.read_boards()["esp32"] | {"name": "Plumbline new", "button": 2, "imu_int1": 4}
    lines = [f"{key} = {value!r}".replace("'", '"') for key, value in table.items()]
    (tmp_path / "new.toml").write_text("\n".join(lines))
    assert build.main(["new"]) == 0
    flash = tmp_path / "out" / "new" / "flash"
    assert b"Plumbline new" in (flash / "fw" / "a" / "device" / "board_table.mpy").read_bytes()
    (tmp_path / "new.toml").write_text("\n".join(lines[:-1]))
    with pytest.raises(SystemExit, match=r"new\.toml lacks log_segments"):
        build.main(["new"])


def test_the_virtual_belt_gets_a_bundle_of_sources(
    build: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "OUT", tmp_path)
    assert build.main(["virtual"]) == 0
    (file,) = (tmp_path / "virtual").iterdir()
    whole = bundle.check_whole(file.read_bytes())
    assert whole.board == "Plumbline virtual"
    assert "device/main.py" in [entry.name for entry in whole.entries]


@pytest.mark.parametrize("argv", [[], ["stm32"], ["c3", "esp32"], ["c3", "--fast"]])
def test_an_unknown_board_is_one_sentence(
    build: ModuleType, argv: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert build.main(argv) == 2
    shown = capsys.readouterr().err
    assert shown.startswith("Which board? Known are c3, esp32, virtual")
    assert shown.endswith("(hardware/pins.toml, hardware/boards).\n")


def test_a_module_that_does_not_compile_is_named(build: ModuleType, tmp_path: Path) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text("def broken(:\n")
    with pytest.raises(SystemExit, match=r"device/bad\.py does not compile for xtensawin"):
        build.compile_file(bad, tmp_path / "bad.mpy", "xtensawin", "device/bad.py")


LOADED = """
import sys

sys.path[:] = ["/board"]
from loader import loader, slots
from loader.files import Files

slot = slots.choose(Files("/board"))
sys.path[:] = ["/board/" + slot, "/lib"]
import beltcore.rehearsal, beltwire.session, device.access, device.pairing, device.update

core = beltcore.rehearsal.Rehearsal(None, [(2, 60)], False)
print(slot, device.update.__file__, core.step(0, bytes(624)), device.access.board_table.DEFAULT)
"""


def test_what_is_built_for_a_board_loads_in_micropython(
    build: ModuleType, micropython: MicroPython, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The compiled modules themselves: they are bytecode, which runs on any processor."""
    monkeypatch.setattr(build, "OUT", tmp_path)
    assert build.main(["c3"]) == 0
    said = micropython(LOADED, put=[(tmp_path / "c3" / "flash", "/board")])
    assert said.split() == ["fw/a", "/board/fw/a/device/update.mpy", "0", "c3"]

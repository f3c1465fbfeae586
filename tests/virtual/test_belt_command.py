"""`plumbline belt` and `replay --on board` on the virtual belt: the firmware itself answers."""

import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from beltwire import bundle
from device import FIRMWARE_VERSION
from plumbline.__main__ import main
from plumbline.virtual_belt import VirtualBelt

MAJOR, MINOR, PATCH = FIRMWARE_VERSION
BOARD = "Plumbline virtual"
RUNNING = f"{MAJOR}.{MINOR}.{PATCH}"
NEWER = f"{MAJOR}.{MINOR + 1}.0"


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A minute of leaning a little this way and that, x up, at 52 Hz."""
    path = tmp_path_factory.mktemp("recording") / "leaning.csv"
    rows = [f"{n / 52:.5f},{0.99 + n % 5 * 0.004},0,{n % 97 / 2000},0,0,0" for n in range(52 * 60)]
    path.write_text("t_s,ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps\n" + "\n".join(rows) + "\n")
    return path


@pytest.fixture(scope="module")
def worn(tmp_path_factory: pytest.TempPathFactory, recording: Path) -> Iterator[VirtualBelt]:
    with VirtualBelt(tmp_path_factory.mktemp("belt"), recording) as running:
        yield running
    assert running.failure == ""


@pytest.fixture(scope="module")
def build(root: Path) -> ModuleType:
    """firmware/build.py as a module."""
    spec = importlib.util.spec_from_file_location("build", root / "firmware" / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def said(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    status = main(list(argv))
    shown = capsys.readouterr()
    return status, shown.out, shown.err


def firmware(build: ModuleType, version: str, spoilt: str = "") -> list[tuple[str, bytes]]:
    """The firmware's own part as another version, with a line more at the end of main.py.

    Protocol and core are left out, which keeps the update short: the built-in ones serve.
    """
    numbers = tuple(int(part) for part in version.split("."))
    changed = {
        "device/__init__.py": lambda text: text.replace(str(FIRMWARE_VERSION), str(numbers)),
        "device/main.py": lambda text: text + spoilt,
    }
    return [
        (name, changed[name](data.decode()).encode() if name in changed else data)
        for name, data in build.source_files()
        if name.startswith("device/")
    ]


def write_bundle(
    file: Path, files: list[tuple[str, bytes]], version: str = NEWER, board: str = BOARD
) -> Path:
    numbers = bytes(int(part) for part in version.split("."))
    file.write_bytes(bundle.pack(numbers, board, files))
    return file


def test_info_selftest_and_settings(worn: VirtualBelt, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = said(capsys, "belt", "info", "--port", worn.port)
    assert (status, err) == (0, "")
    assert "paired, open to developers, not calibrated, virtual" in out
    status, out, _ = said(capsys, "belt", "selftest", "--port", worn.port)
    assert status == 0, out
    assert "sensor   ok" in out
    assert said(capsys, "belt", "settings", "--port", worn.port, "strength=55")[:2] == (
        0,
        "strength  55 %\n",
    )
    assert "strength           55 %" in said(capsys, "belt", "settings", "--port", worn.port)[1]


def test_log_and_wipe(worn: VirtualBelt, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = said(capsys, "belt", "log", "--port", worn.port)
    assert status == 0
    lines = [json.loads(line) for line in out.splitlines()]
    assert (lines[0]["seq"], lines[0]["event"]) == (1, "boot")
    assert said(capsys, "belt", "wipe", "--yes", "--port", worn.port)[0] == 0
    first = f"{lines[-1]['seq'] + 1} to"
    assert first in said(capsys, "belt", "info", "--port", worn.port)[1]


def test_a_developer_build_is_open_always(
    worn: VirtualBelt, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, err = said(capsys, "belt", "developer", "off", "--port", worn.port)
    assert (status, err) == (2, "The belt refused: a developer build is always open.\n")
    assert "no REPL" in said(capsys, "belt", "developer", "repl", "--port", worn.port)[2]


@pytest.mark.parametrize("options", [[], ["--samples"], ["--minutes"]], ids=str)
def test_a_board_says_what_this_computer_says(
    worn: VirtualBelt,
    recording: Path,
    options: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    outputs = []
    before = said(capsys, "belt", "log", "--port", worn.port)[1]
    for where in ("cpython", f"board:{worn.port}"):
        out = tmp_path / where.split(":")[0]
        argv = ["replay", str(recording), "--upright", "3:9", "--on", where, "-o", str(out)]
        assert said(capsys, *argv, *options)[0] == 0
        outputs.append(out.read_bytes())
    assert len(outputs[0]) > 150
    assert outputs[0] == outputs[1]
    after = said(capsys, "belt", "log", "--port", worn.port)[1]
    assert after.startswith(before)
    assert after.count("calibration") == before.count("calibration")


@pytest.mark.parametrize(
    ("version", "board", "sentence"),
    [
        (NEWER, "Plumbline C3", "for a Plumbline C3, this belt is a Plumbline virtual"),
        (RUNNING, BOARD, f"holds version {RUNNING}, the belt runs {RUNNING}"),
        ("0.0.1", BOARD, f"holds version 0.0.1, the belt runs {RUNNING}"),
    ],
)
def test_a_bundle_that_does_not_fit_is_one_sentence(
    worn: VirtualBelt,
    tmp_path: Path,
    version: str,
    board: str,
    sentence: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = write_bundle(tmp_path / "x.plb", [("device/main.py", b"")], version, board)
    status, out, err = said(capsys, "belt", "update", str(file), "--port", worn.port)
    assert (status, out) == (2, "")
    assert sentence in err
    assert len(err.splitlines()) == 1


def test_a_damaged_bundle_is_one_sentence(
    worn: VirtualBelt, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write_bundle(tmp_path / "x.plb", [("device/main.py", b"print(1)")])
    file.write_bytes(file.read_bytes()[:-1] + b"?")
    for shown in (file, tmp_path / "none.plb"):
        status, _, err = said(capsys, "belt", "update", str(shown), "--port", worn.port)
        assert status == 2
        assert str(shown) in err
        assert len(err.splitlines()) == 1


def test_an_update_that_falls_over_is_rolled_back_and_one_that_stands_is_kept(
    tmp_path: Path, recording: Path, build: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = write_bundle(tmp_path / "broken.plb", firmware(build, NEWER, "\nraise ValueError\n"))
    cut = write_bundle(tmp_path / "cut.plb", [("device/__init__.py", b"")])
    good = write_bundle(tmp_path / "good.plb", firmware(build, NEWER))
    with VirtualBelt(tmp_path / "belt", recording) as running:
        for useless in (broken, cut):
            status, out, _ = said(capsys, "belt", "update", str(useless), "--port", running.port)
            assert status == 1
            assert out == (
                f"Version {NEWER} was not kept (it did not start); "
                f"the belt runs {RUNNING} as before.\n"
            )
        status, out, _ = said(capsys, "belt", "update", str(good), "--port", running.port)
        assert (status, out) == (0, f"The belt runs version {NEWER} now.\n")
        assert said(capsys, "belt", "update", str(good), "--port", running.port)[0] == 2
        log = said(capsys, "belt", "log", "--port", running.port)[1]
    assert running.failure == ""
    boots = [json.loads(line) for line in log.splitlines() if '"boot", "reset"' in line]
    assert [boot["fw_minor"] for boot in boots] == [MINOR, MINOR, MINOR, MINOR + 1]
    with VirtualBelt(tmp_path / "belt", recording) as running:
        assert NEWER in said(capsys, "belt", "info", "--port", running.port)[1]

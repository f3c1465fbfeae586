"""The command line: failures sorted by who must act, nothing imported before it is needed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from plumbline import __version__, cli, i18n
from plumbline.__main__ import main
from plumbline.belt_command import ACTIONS
from plumbline.errors import LOG_NAME, UserError
from plumbline.i18n import _
from plumbline.paths import data_folder


def said(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    status = main(argv)
    output = capsys.readouterr()
    return status, output.out, output.err


def fails_with(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Have every command fail."""

    def fail(argv: object) -> int:
        raise error

    monkeypatch.setattr(cli, "run", fail)


def test_the_users_errors_are_one_line_and_status_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fails_with(monkeypatch, UserError("The cat sits on the belt: lift the cat."))
    assert said(capsys, "sync") == (2, "", "The cat sits on the belt: lift the cat.\n")


def test_ctrl_c_is_130(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    fails_with(monkeypatch, KeyboardInterrupt())
    assert said(capsys, "sync") == (130, "", "Stopped.\n")


def test_what_may_not_be_used_is_no_bug(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fails_with(monkeypatch, PermissionError(13, "Permission denied", "/of/another"))
    told = "/of/another cannot be used by this account: change its permissions or name another.\n"
    assert said(capsys, "sync") == (2, "", told)


def test_a_bug_is_logged_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PLUMBLINE_DATA", str(tmp_path))
    fails_with(monkeypatch, ZeroDivisionError("by zero\nand more"))
    log = tmp_path / LOG_NAME
    assert said(capsys, "sync") == (
        1,
        "",
        f"This is a bug in Plumbline (ZeroDivisionError: by zero); details in {log}\n",
    )
    assert "Traceback (most recent call last)" in log.read_text()
    assert "ZeroDivisionError: by zero" in log.read_text()


@pytest.mark.parametrize("words", [["--data", "{}"], ["--data={}"]])
def test_a_bug_is_logged_in_the_folder_that_is_named(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
) -> None:
    monkeypatch.setenv("PLUMBLINE_DATA", str(tmp_path / "other"))
    fails_with(monkeypatch, ZeroDivisionError("by zero"))
    argv = [word.format(tmp_path / "named") for word in words]
    assert said(capsys, *argv, "sync")[0] == 1
    assert [path.name for path in tmp_path.iterdir()] == ["named"]
    assert (tmp_path / "named" / LOG_NAME).exists()


def test_a_bug_with_a_folder_that_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("PLUMBLINE_DATA", str(tmp_path / "file"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    fails_with(monkeypatch, ZeroDivisionError("by zero"))
    assert said(capsys, "sync")[2].endswith(f"details in {tmp_path / LOG_NAME}\n")


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        ("", "plumbline: name a command; see plumbline --help."),
        ("sing", "plumbline: there is no command 'sing'; see plumbline --help."),
        (
            "days --from yesterday",
            "plumbline days: --from: yesterday is not a date like 2026-11-20; "
            "see plumbline days --help.",
        ),
        (
            "virtual-belt --history many",
            "plumbline virtual-belt: --history: 'many' is not a whole number; "
            "see plumbline virtual-belt --help.",
        ),
        (
            "export --out x --format xml",
            "plumbline export: --format: 'xml' is not one of 'csv', 'jsonl', 'parquet'; "
            "see plumbline export --help.",
        ),
        ("export", "plumbline export: give --out; see plumbline export --help."),
        ("sync --bogus 3", "plumbline sync does not know --bogus 3: see plumbline sync --help."),
    ],
)
def test_a_wrong_command_line_is_one_sentence_and_status_2(
    argv: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(capsys, *argv.split()) == (2, "", sentence + "\n")


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="no disk that is always full")
def test_a_full_disk_under_the_output_is_no_bug() -> None:
    """As `plumbline ports > FILE` on a full disk."""
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "plumbline", "ports"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (ran.returncode, ran.stderr) == (
        2,
        "There is no room left on the disk: free some and try again.\n",
    )


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert (ended.value.code, capsys.readouterr().out) == (0, f"plumbline {__version__}\n")


@pytest.mark.parametrize("argv", [["--data", "x", "days"], ["days", "--data", "x"]])
def test_the_data_folder_is_named_before_or_behind_the_command(argv: list[str]) -> None:
    assert cli.build_parser(argv).parse_args(argv).data == Path("x")


def test_where_the_data_lie(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLUMBLINE_DATA", "elsewhere")
    monkeypatch.chdir(tmp_path)
    assert data_folder() == tmp_path / "elsewhere"
    assert data_folder(Path("given")) == tmp_path / "given"
    monkeypatch.delenv("PLUMBLINE_DATA")
    assert data_folder().name == "plumbline"


def test_small_commands_load_neither_qt_nor_numbers() -> None:
    code = (
        "import sys; from plumbline import cli; cli.build_parser(['ports']); "
        "print([m for m in ('PyQt6', 'numpy', 'pyqtgraph') if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"


def test_a_reader_that_goes_away_is_no_failure() -> None:
    """As `plumbline ports | true`."""
    reader, writer = os.pipe()
    os.close(reader)
    ran = subprocess.run(
        [sys.executable, "-m", "plumbline", "ports"],
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writer)
    assert (ran.returncode, ran.stderr) == (141, "")


@pytest.mark.parametrize("name", sorted(cli.COMMANDS))
def test_every_command_has_its_module(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([name, "--help"])
    assert ended.value.code == 0
    assert f"usage: plumbline {name}" in capsys.readouterr().out


@pytest.mark.parametrize("action", sorted(ACTIONS))
def test_the_help_of_the_belts_actions_is_in_the_users_language(
    action: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANGUAGE", "nl")
    before = i18n.language()
    try:
        i18n.use_language("nl")
        with pytest.raises(SystemExit):
            main(["belt", action, "--help"])
        told = capsys.readouterr().out
        assert told.startswith(f"gebruik: plumbline belt {action}")
        assert _(ACTIONS[action][1])[1:] in " ".join(told.split())
        assert _("show this help and exit") in told
    finally:
        i18n.use_language(before)

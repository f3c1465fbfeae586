"""What can be asked of a belt, on a belt in memory behind a pty."""

import json
from pathlib import Path

import pytest
from beltwire import codes
from plumbline.__main__ import main
from plumbline.errors import UserError
from plumbline.link import belt
from plumbline.link.conversation import Conversation

from tests.link.belt import MemoryBelt, on_pty


class AskedBelt(MemoryBelt):
    """A belt that also has settings, a self-test and a log that can be wiped."""

    def __init__(self) -> None:
        super().__init__()
        self.stored = {1: 2, 2: 120, 99: 7}
        self.failed = 0
        self.wiped_parts = 0

    def settings(self) -> list[tuple[int, int]]:
        return sorted(self.stored.items())

    def change_settings(self, pairs: list[tuple[int, int]]) -> None:
        self.stored.update(pairs)

    def selftest(self) -> tuple[int, int]:
        return codes.TEST_SENSOR | codes.TEST_FLASH, self.failed

    def wipe(self, what: int) -> None:
        self.wiped_parts = what


def ask(worn: AskedBelt, *argv: str) -> int:
    """Run `plumbline belt` on it."""
    with on_pty(worn) as path:
        return main(["belt", argv[0], "--port", path, *argv[1:]])


def test_the_whole_log_comes_whatever_the_credit(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    worn = AskedBelt()
    worn.event(codes.EVENT_BOOT, codes.RESET_POWER_ON, 0, 1, 0)
    worn.minutes(1000)
    assert ask(worn, "log") == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["seq"] for line in lines] == list(range(1, 1002))
    assert lines[0] | {"reset": 1} == lines[0]
    assert (lines[0]["event"], lines[1]["kind"]) == ("boot", "minute")
    assert lines[1]["seconds"][codes.SITTING] == 60
    assert worn.acked == 0
    assert ask(worn, "log", "--from", "1001") == 0
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_info_says_who_the_belt_is(capsys: pytest.CaptureFixture[str]) -> None:
    worn = AskedBelt()
    worn.minutes(3)
    assert ask(worn, "info") == 0
    rows = dict(line.split("  ", 1) for line in capsys.readouterr().out.splitlines())
    found = {name.strip(): value.strip() for name, value in rows.items()}
    assert found["belt"] == "0102030405060708"
    assert found["firmware"] == "0.1.0"
    assert found["records"] == "1 to 3"


def test_a_self_test_that_fails_is_status_1(capsys: pytest.CaptureFixture[str]) -> None:
    worn = AskedBelt()
    assert ask(worn, "selftest") == 0
    assert capsys.readouterr().out == "sensor  ok\nflash   ok\n"
    worn.failed = codes.TEST_FLASH
    assert ask(worn, "selftest") == 1
    assert "flash   FAILED" in capsys.readouterr().out


def test_settings_are_shown_and_changed(capsys: pytest.CaptureFixture[str]) -> None:
    worn = AskedBelt()
    assert ask(worn, "settings") == 0
    assert "reminder_delay_s  120 s\nsetting 99        7\n" in capsys.readouterr().out
    assert ask(worn, "settings", "reminder_delay_s=30") == 0
    assert capsys.readouterr().out == "reminder_delay_s  30 s\n"
    assert worn.stored[2] == 30


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (["settings", "loudness=3"], "There is no setting loudness"),
        (["settings", "strength=much"], "write strength=NUMBER"),
        (["settings", "strength=200"], "strength takes 0 to 100 %: nothing was changed."),
        (["wipe"], "sync first, then add --yes"),
    ],
)
def test_bad_wishes_are_one_sentence(
    argv: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    worn = AskedBelt()
    before = dict(worn.stored)
    assert ask(worn, *argv) == 2
    shown = capsys.readouterr().err
    assert sentence in shown
    assert len(shown.splitlines()) == 1
    assert (worn.stored, worn.wiped_parts) == (before, 0)


@pytest.mark.parametrize(
    ("argv", "what"),
    [
        ([], codes.WIPE_LOG),
        (["--settings"], codes.WIPE_ALL),
        (["--only-settings"], codes.WIPE_SETTINGS),
    ],
)
def test_a_wipe_erases_what_was_named(argv: list[str], what: int) -> None:
    worn = AskedBelt()
    assert ask(worn, "wipe", "--yes", *argv) == 0
    assert worn.wiped_parts == what


def test_the_same_functions_serve_the_window() -> None:
    with on_pty(AskedBelt()) as path, belt.talking(path) as (talk, hello):
        assert isinstance(talk, Conversation)
        assert hello.name == "test belt"
        assert belt.selftest(talk).passed
        assert belt.log_state(talk).next_seq == 1
        with pytest.raises(UserError):
            belt.setting_number("loudness")

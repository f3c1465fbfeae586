"""The set-up scripts: nothing twice, and one clear sentence where they cannot go on."""

import json
import os
import subprocess
from pathlib import Path

import pytest
import set_up
import setup_common
import setup_node
import setup_system
import setup_venv

from tests.house.source import ROOT


class Recorder:
    """Stands where a step would install something; keeps what it was asked for."""

    def __init__(self) -> None:
        self.calls: list[str] = []

    def step(self, name: str):
        return lambda *arguments: self.calls.append(" ".join([name, *map(str, arguments[:1])]))


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty tree with lock files, on which set-up believes to work."""
    (tmp_path / ".venv").mkdir()
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    locks = {level: tmp_path / f"{level}.txt" for level in setup_common.LEVELS}
    for level, lock in locks.items():
        lock.write_text(f"lock of {level}\n")
    monkeypatch.setattr(set_up, "ROOT", tmp_path)
    monkeypatch.setattr(set_up, "LOCKS", locks)
    monkeypatch.setattr(set_up, "REMEMBERED", tmp_path / ".venv" / "done.json")
    return tmp_path


@pytest.fixture
def steps(tree: Path, monkeypatch: pytest.MonkeyPatch) -> Recorder:
    """Every step of set-up replaced by a record of its having been called."""
    recorder = Recorder()
    made = tree / "made"
    monkeypatch.setattr(setup_venv, "works", made.exists)
    monkeypatch.setattr(setup_venv, "create", lambda: (recorder.step("create")(), made.touch()))
    monkeypatch.setattr(
        setup_venv, "install", lambda lock, what: recorder.step("install")(lock.name)
    )
    monkeypatch.setattr(setup_venv, "install_project", recorder.step("project"))
    monkeypatch.setattr(setup_node, "ensure", recorder.step("node"))
    monkeypatch.setattr(setup_system, "ensure", recorder.step("system"))
    return recorder


def test_the_first_run_does_everything(steps: Recorder) -> None:
    set_up.set_up("run")
    assert steps.calls == ["create", "install run.txt", "project", "node", "system run"]


def test_the_second_run_only_looks(steps: Recorder) -> None:
    set_up.set_up("test")
    steps.calls.clear()
    set_up.set_up("test")
    assert steps.calls == ["node"]  # which itself compares two lock files


def test_a_level_contains_the_lower_ones(steps: Recorder) -> None:
    set_up.set_up("train")
    steps.calls.clear()
    set_up.set_up("run")
    assert not [call for call in steps.calls if call.startswith("install")]


def test_a_changed_lock_is_installed(tree: Path, steps: Recorder) -> None:
    set_up.set_up("test")
    steps.calls.clear()
    (tree / "test.txt").write_text("another lock\n")
    set_up.set_up("test")
    assert steps.calls == ["install test.txt", "node"]


@pytest.mark.parametrize(
    ("addition", "again"),
    [('\nversion = "2"\n', True), ("\n[tool.ruff]\nline-length = 99\n", False)],
)
def test_the_project_is_installed_again_when_its_metadata_change(
    tree: Path, steps: Recorder, addition: str, again: bool
) -> None:
    set_up.set_up("run")
    steps.calls.clear()
    with (tree / "pyproject.toml").open("a") as file:
        file.write(addition)
    set_up.set_up("run")
    assert ("project" in steps.calls) == again


def test_what_failed_is_done_again_and_the_rest_is_not(
    steps: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cannot(_level: str) -> None:
        raise setup_common.SetupError("Qt does not start")

    works = setup_system.ensure
    monkeypatch.setattr(setup_system, "ensure", cannot)
    with pytest.raises(setup_common.SetupError):
        set_up.set_up("run")
    monkeypatch.setattr(setup_system, "ensure", works)
    steps.calls.clear()
    set_up.set_up("run")
    assert steps.calls == ["node", "system run"]


def test_a_damaged_note_means_doing_it_again(tree: Path, steps: Recorder) -> None:
    set_up.set_up("run")
    steps.calls.clear()
    set_up.REMEMBERED.write_text("{ not json")
    set_up.set_up("run")
    assert "install run.txt" in steps.calls


def test_an_unknown_level_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert set_up.main(["everything"]) == 2
    assert "run|test|train" in capsys.readouterr().err


def command(folder: Path, name: str, script: str) -> Path:
    """An executable of that name in the folder."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def run_setup(**variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", str(ROOT / "scripts" / "setup"), "run"],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_old_python_gets_one_sentence(tmp_path: Path) -> None:
    old = command(tmp_path, "python3", 'case "$2" in *print*) echo 3.9;; *) exit 1;; esac')
    ran = run_setup(PYTHON=str(old))
    assert ran.returncode == 2
    assert ran.stdout == ""
    assert "needs Python 3.11 or newer" in ran.stderr
    assert f"{old} is 3.9" in ran.stderr
    assert len(ran.stderr.splitlines()) == 1


def test_no_python_gets_one_sentence(tmp_path: Path) -> None:
    ran = run_setup(PYTHON=str(tmp_path / "none"))
    assert ran.returncode == 2
    assert "Found" not in ran.stderr
    assert len(ran.stderr.splitlines()) == 1


def test_a_python_without_venv_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup_venv.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(setup_venv, "apt_install", lambda packages: False)
    with pytest.raises(setup_common.SetupError, match=r"apt-get install python3\.\d+-venv"):
        setup_venv.create()


def test_a_failing_command_is_told_with_advice() -> None:
    with pytest.raises(setup_common.SetupError, match="status 1; look above"):
        setup_common.run(["false"], "look above")
    with pytest.raises(setup_common.SetupError, match="no-such-command is missing; look above"):
        setup_common.run(["no-such-command"], "look above")


@pytest.mark.parametrize(
    ("says", "version"), [("v20.1.0", 20), ("v16.3.1", 16), ("nonsense", 0), ("", 0)]
)
def test_the_version_of_node(tmp_path: Path, says: str, version: int) -> None:
    assert setup_node.node_version(str(command(tmp_path, "node", f"echo {says}"))) == version
    assert setup_node.node_version(str(tmp_path / "none")) == 0


def test_an_old_node_is_not_the_machines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command(tmp_path / "bin", "node", "echo v16.0.0")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}")
    assert setup_node.machine_node() is None
    command(tmp_path / "bin", "node", "echo v18.0.0")
    assert setup_node.machine_node() == tmp_path / "bin"


def test_npm_packages_are_compared_by_what_is_in_them(tmp_path: Path) -> None:
    lock = tmp_path / "lock.json"
    assert setup_node.packages(lock) == {}
    lock.write_text("cut off")
    assert setup_node.packages(lock) == {}
    lock.write_text(json.dumps({"packages": {"": {}, "a": {"integrity": "sha512-x"}}}))
    assert setup_node.packages(lock) == {"a": "sha512-x"}


def test_the_installed_micropython_is_the_locked_one() -> None:
    assert setup_node.packages(setup_node.INSTALLED) == setup_node.packages(setup_node.WANTED) != {}


class Machine:
    """A machine on which Qt, fonts or window libraries are missing until they are installed."""

    def __init__(self, missing: set[str], may_install: bool) -> None:
        self.missing, self.may_install = missing, may_install

    def install(self, packages: object) -> bool:
        if self.may_install:
            self.missing -= set(packages)  # type: ignore[call-overload]
        return self.may_install

    def put_in_place(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(setup_system, "apt_install", self.install)
        monkeypatch.setattr(
            setup_system, "qt_trouble", lambda: "libEGL.so.1" if "libegl1" in self.missing else ""
        )
        monkeypatch.setattr(
            setup_system, "fonts_missing", lambda: "fonts-dejavu-core" in self.missing
        )
        monkeypatch.setattr(
            setup_system, "window_trouble", lambda: "x" if "libxcb-cursor0" in self.missing else ""
        )


EVERYTHING = {"libegl1", "fonts-dejavu-core", "libxcb-cursor0"}


def test_missing_system_packages_are_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(set(EVERYTHING), may_install=True)
    machine.put_in_place(monkeypatch)
    setup_system.ensure("run")
    assert not machine.missing


@pytest.mark.parametrize(
    ("missing", "words"),
    [("libegl1", r"libEGL\.so\.1.*apt-get install libegl1"), ("fonts-dejavu-core", "no font")],
)
def test_without_the_right_they_are_named(
    monkeypatch: pytest.MonkeyPatch, missing: str, words: str
) -> None:
    Machine({missing}, may_install=False).put_in_place(monkeypatch)
    with pytest.raises(setup_common.SetupError, match=words):
        setup_system.ensure("run")


def test_missing_window_libraries_stop_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Machine({"libxcb-cursor0"}, may_install=False).put_in_place(monkeypatch)
    setup_system.ensure("run")
    assert "libxcb-cursor0" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Traceback:\n  File\nImportError: libEGL.so.1: not found\n", "libEGL.so.1: not found"),
        ("Could not load the plugin\n\n", "Could not load the plugin"),
        ("", "no reason given"),
    ],
)
def test_the_reason_is_the_last_line(text: str, line: str) -> None:
    assert setup_system.last_line(text) == line

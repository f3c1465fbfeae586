"""The documents name what there is: targets, commands, folders, scripts."""

import re
import struct
import subprocess
from pathlib import Path

import clean_clone
import pytest
import screenshots
from plumbline.cli import COMMANDS
from plumbline.ui.about import LIBRARIES

from tests.conftest import LONGEST
from tests.house.source import ROOT

DOCUMENTS = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def make_targets() -> list[str]:
    return re.findall(r"^([a-z-]+):.*## ", text("Makefile"), re.MULTILINE)


def test_make_alone_lists_every_target() -> None:
    shown = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in make_targets():
        assert re.search(rf"^  {target} +\S", shown, re.MULTILINE), target


def test_every_phony_target_has_its_line() -> None:
    phony = re.search(r"^\.PHONY: (.*)$", text("Makefile"), re.MULTILINE)
    assert phony
    assert set(phony[1].split()) == set(make_targets())


@pytest.mark.parametrize("target", [name for name in make_targets() if name != "help"])
def test_every_target_is_in_a_document(target: str) -> None:
    assert re.search(rf"\bmake {target}\b", text("README.md") + text("CONTRIBUTING.md"))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme(command: str) -> None:
    assert re.search(rf"plumbline (\[[^]]*\] )?{re.escape(command)}\b", text("README.md"))


def test_the_readme_begins_with_commands_to_run() -> None:
    commands = clean_clone.readme_commands(text("README.md"))
    assert "make run" in commands
    assert "make test" in commands


def test_the_files_that_begin_first_are_there() -> None:
    assert [name for name in LONGEST if not (ROOT / name).is_file()] == []


def test_the_clean_clone_script_is_named() -> None:
    assert "scripts/clean_clone.py" in text("CONTRIBUTING.md")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_between_documents_lead_somewhere(name: str) -> None:
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text(name))
    local = [link for link in links if "://" not in link and not link.startswith("mailto:")]
    assert not [link for link in local if not (ROOT / link).exists()]


def test_the_readmes_pictures_are_those_that_are_drawn_and_of_one_size() -> None:
    shown = re.findall(r"!\[[^]]+\]\(docs/(\w+)\.png\)", text("README.md"))
    assert sorted(shown) == sorted(screenshots.GALLERY)
    heads = [(ROOT / "docs" / f"{name}.png").read_bytes()[16:24] for name in shown]
    wide, high = (side * screenshots.GALLERY_AT // 100 for side in screenshots.SIZE)
    assert {struct.unpack(">II", head) for head in heads} == {(wide, high)}


def named_paths(name: str) -> list[str]:
    """What stands in backquotes and looks like a path in the tree."""
    folders = "firmware|desktop|protocol|hardware|tests|scripts|requirements|data|training|bench"
    return re.findall(rf"`((?:{folders})/[\w./-]*)`", text(name))


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_paths_in_documents_exist(name: str) -> None:
    assert not [path for path in named_paths(name) if not (ROOT / path).exists()]


def python_commands() -> list[tuple[str, str, str]]:
    """(document, interpreter, module or script) of every such command in a document."""
    documents = [
        *DOCUMENTS,
        *(
            str(file.relative_to(ROOT))
            for part in ("docs", "hardware")
            for file in (ROOT / part).glob("*.md")
        ),
    ]
    wanted = r"([\w./]*python3?) (?:-m )?([\w./]+)"
    return [(name, *found) for name in documents for found in re.findall(wanted, text(name))]


OWN_ENVIRONMENT = ("tests.fuzz.coverage_guided", "scripts/clean_clone.py")
"""What runs elsewhere: with atheris, and with any Python."""


def test_python_is_the_projects_own_wherever_it_is_named() -> None:
    commands = [each for each in python_commands() if "." in each[2] or "/" in each[2]]
    commands = [each for each in commands if each[2] not in OWN_ENVIRONMENT]
    assert len(commands) > 10
    assert [each for each in commands if each[1] != ".venv/bin/python"] == []
    paths = [ROOT / each[2].replace(".", "/").removesuffix("/py") for each in commands]
    assert [each for each in paths if not (each.with_suffix(".py").exists() or each.is_dir())] == []


def test_the_about_box_names_the_licences_that_the_architecture_does() -> None:
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|", text("ARCHITECTURE.md"), re.MULTILINE)
    told = {
        name: licence
        for names, licences in rows
        for name, licence in zip(names.split(", "), licences.split(", "), strict=False)
    }
    assert {name: told.get(name) for name in LIBRARIES} == LIBRARIES


@pytest.mark.parametrize("part", ["", "desktop", "firmware", "protocol"])
def test_every_part_has_its_licence(part: str) -> None:
    assert "Plumbline contributors" in (ROOT / part / "LICENSE").read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", ["data/recordings", "tests/data"])
def test_every_recording_has_a_citation_and_a_licence(folder: str) -> None:
    readme = text(f"{folder}/README.md")
    recordings = list((ROOT / folder).glob("*.gz"))
    assert recordings
    assert "CC BY 4.0" in readme or "Creative Commons Attribution 4.0" in readme
    for recording in recordings:
        assert f"`{recording.name}`" in readme
        assert recording.stat().st_size <= 400_000


def test_readme_commands_are_the_lines_of_the_first_block() -> None:
    readme = "# X\n```sh\ngit clone URL\nmake run   # the window\n\n# words\nmake test\n```\n"
    assert clean_clone.readme_commands(readme) == ["git clone URL", "make run", "make test"]
    assert clean_clone.readme_commands("nothing") == []


def test_the_clean_clone_has_nothing_of_this_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    monkeypatch.setenv("PIP_CERT", "/etc/a.pem")
    kept = clean_clone.environment(tmp_path, "/bin")
    assert kept["HOME"] == str(tmp_path)
    assert kept["PIP_CERT"] == "/etc/a.pem"
    assert not {"DISPLAY", "PYTHONPATH"} & kept.keys()


def test_hidden_programs_are_not_on_the_bare_path(tmp_path: Path) -> None:
    folder = Path(clean_clone.bare_path(tmp_path / "bin", ("sh",)))
    assert not (folder / "sh").exists()
    assert (folder / "env").exists()

"""The golden vectors: what they are, that they cover everything, and that beltwire meets them."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from beltwire import events, messages
from beltwire.errors import WireError

from tests.conftest import MicroPython
from tests.protocol import check_vectors, make_vectors

CHECKER = Path(check_vectors.__file__)


@pytest.fixture
def folder(root: Path) -> Path:
    return root / "protocol" / "vectors"


def load(folder: Path, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((folder / f"{name}.json").read_text("utf-8"))
    return found


@pytest.mark.parametrize("name", sorted(make_vectors.FILES))
def test_the_files_are_what_the_independent_sources_say(folder: Path, name: str) -> None:
    assert (folder / f"{name}.json").read_text("utf-8") == make_vectors.text_of(name)


def test_there_is_no_other_file(folder: Path) -> None:
    assert {path.stem for path in folder.glob("*.json")} == set(make_vectors.FILES)
    assert set(make_vectors.FILES) == set(check_vectors.CHECKS) | {"conversation"}


@pytest.mark.parametrize("name", sorted(check_vectors.CHECKS))
def test_on_cpython(folder: Path, name: str) -> None:
    for vector in load(folder, name):
        check_vectors.CHECKS[name](vector)


def test_a_conversation_byte_for_byte(folder: Path) -> None:
    check_vectors.check_conversation(load(folder, "conversation"), str(folder))


def test_on_micropython(folder: Path, micropython: MicroPython) -> None:
    said = micropython(CHECKER, ["/vectors"], put=[(folder, "/vectors")])
    count = sum(len(load(folder, name)) for name in make_vectors.FILES)
    assert re.search(r"^(\d+) vectors$", said, re.MULTILINE)
    assert f"{count} vectors" in said


def test_every_message_and_event_has_a_vector(folder: Path) -> None:
    assert {vector["message"] for vector in load(folder, "messages")} == {
        message.__name__ for message in messages.ALL
    }
    assert set(events.LAYOUTS) <= {vector["code"] for vector in load(folder, "events")}


@pytest.mark.parametrize("name", ["cobs", "crc", "minutes", "pages", "messages", "streams"])
def test_a_wrong_vector_is_found(folder: Path, name: str) -> None:
    """The check itself: one hex digit changed in the middle of a vector must not pass."""
    key = {
        "cobs": "stuffed",
        "crc": "data",
        "minutes": "payload",
        "pages": "page",
        "messages": "frame",
        "streams": "stream",
    }[name]
    vector = next(vector for vector in load(folder, name) if len(vector[key]) > 8)
    middle = len(vector[key]) // 2
    digit = "0" if vector[key][middle] != "0" else "1"
    vector[key] = vector[key][:middle] + digit + vector[key][middle + 1 :]
    with pytest.raises((ValueError, WireError)):
        check_vectors.CHECKS[name](vector)

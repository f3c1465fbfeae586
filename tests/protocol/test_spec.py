"""SPEC.md says what the code does: its hex, its tables, its limits."""

import re
from pathlib import Path

import pytest
from beltwire import belt, bundle, codes, decoder, events, messages, pages, settings

from tests.protocol.test_vectors import load

SIZES = {"u8": 1, "u16": 2, "u32": 4, "u48": 6, "i16": 2, "i32": 4}
SIZES |= {f"b{size}": size for size in (3, 8, 16, 18, 32)}


@pytest.fixture(scope="module")
def spec(root: Path) -> str:
    return (root / "protocol" / "SPEC.md").read_text("utf-8")


@pytest.fixture(scope="module")
def folder(root: Path) -> Path:
    return root / "protocol" / "vectors"


def rows(text: str, header: str) -> list[list[str]]:
    """The cells of the table in `text` whose header line is `header`."""
    lines = text[text.index(header) :].splitlines()[2:]
    table: list[list[str]] = []
    for line in lines:
        if not line.startswith("|"):
            break
        table.append([cell.strip().strip("`") for cell in line.strip("|").split("|")])
    return table


def test_the_hex_is_that_of_the_vectors(spec: str, folder: Path) -> None:
    blocks = re.findall(r"```vector (\w+):(\w+):(\w+)\n(.*?)```", spec, re.DOTALL)
    assert len(blocks) >= len(messages.ALL)
    for file, name, key, text in blocks:
        (vector,) = [vector for vector in load(folder, file) if vector["name"] == name]
        assert "".join(text.split()) == vector[key], f"{file}:{name}"


def test_all_hex_is_checked(spec: str) -> None:
    """Hex in a block that no vector stands behind could rot."""
    for kind, text in re.findall(r"```(.*?)\n(.*?)```", spec, re.DOTALL):
        if not kind.startswith("vector "):
            assert not re.search(r"\b[0-9a-f]{2} [0-9a-f]{2} [0-9a-f]{2}\b", text)


@pytest.mark.parametrize("message", messages.ALL, ids=lambda message: message.__name__)
def test_each_message_has_its_layout(spec: str, message: type[messages.Message]) -> None:
    section = re.search(rf"### [^\n]*`0x{message.TYPE:02X}` \((host|belt)\)\n(.*?)\n##", spec, re.S)
    assert section, f"no section for 0x{message.TYPE:02X}"
    assert (section[1] == "belt") == bool(message.TYPE & messages.ANSWER)
    if not message.LAYOUT:
        assert "No payload." in section[2]
        return
    table = rows(section[2], "| offset | field | type | meaning |")
    assert [(field, kind) for _, field, kind, _ in table] == list(message.LAYOUT)
    at: int | None = 0
    for offset, _, kind, meaning in table:
        assert offset == ("then" if at is None else str(at))
        assert meaning
        at = at + SIZES[kind] if at is not None and kind in SIZES else None


def test_settings(spec: str) -> None:
    table = rows(spec, "| id | name |")
    assert [int(row[0]) for row in table] == sorted(settings.TABLE)
    for number, name, low, high, also, default, unit, meaning in table:
        besides = int(also) if also else None
        found = (name, unit, int(low), int(high), int(default), besides)
        assert found == settings.TABLE[int(number)]
        assert meaning


def test_events(spec: str) -> None:
    table = rows(spec, "| code | name | arguments | meaning |")
    assert [int(row[0]) for row in table] == sorted(events.LAYOUTS)
    for code, name, arguments, meaning in table:
        known, fields = events.LAYOUTS[int(code)]
        assert name == known
        assert arguments == (", ".join(" ".join(field) for field in fields) or "none")
        assert meaning


def test_errors(spec: str) -> None:
    table = rows(spec, "| code | name | meaning | the host |")
    assert {f"REFUSAL_{name.upper()}": int(code) for code, name, *_ in table} == {
        name: value for name, value in vars(codes).items() if name.startswith("REFUSAL_")
    }


def test_codes(spec: str) -> None:
    table = rows(spec, "| code | activity |")
    for column, names in ((0, codes.ACTIVITY_NAMES), (3, codes.BAND_NAMES), (6, codes.SIDE_NAMES)):
        found = [(row[column], row[column + 1]) for row in table if row[column]]
        assert found == [(str(code), name) for code, name in enumerate(names)]


def test_limits(spec: str) -> None:
    limits = {name: int(value.split()[0]) for name, value in rows(spec, "| what | value |")}
    assert limits == {
        "payload of a frame": decoder.MAX_PAYLOAD,
        "frame, decoded": decoder.MAX_DECODED,
        "frame, stuffed, without delimiters": decoder.MAX_ENCODED,
        "log page": pages.PAGE_SIZE,
        "records area of a page": pages.AREA,
        "payload of a record": pages.MAX_PAYLOAD,
        "answers waiting on the belt": belt.MAX_ANSWERS,
        "manifest of a bundle": bundle.MOST_MANIFEST,
        "piece of an update": belt.PIECE_BYTES,
        "latest time of TIME": belt.LATEST_UTC_MS,
        "highest sequence number": pages.MAX_SEQ,
    }


def test_versions(spec: str) -> None:
    assert spec.splitlines()[2].startswith(
        f"Protocol version {messages.VERSION_MAX}, page format {pages.FORMAT}."
    )


def test_links_lead_somewhere(spec: str) -> None:
    targets = {
        re.sub(r"[^\w -]", "", title).strip().lower().replace(" ", "-")
        for title in re.findall(r"^#+ (.*)$", spec, re.MULTILINE)
    }
    links = re.findall(r"\]\(#([^)]+)\)", spec)
    assert links
    assert set(links) <= targets

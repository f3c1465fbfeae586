"""docs/coaching.md says what the code does: each number, each source with its year."""

import ast
import re
from datetime import timedelta
from importlib import import_module
from numbers import Real

import pytest

from tests.house.source import ROOT, Source, sources

DOCUMENT = (ROOT / "docs" / "coaching.md").read_text(encoding="utf-8")
RULES = [
    "adherence", "belt_day", "course", "due", "episodes", "goals", "keys", "looks", "quotas",
    "signs", "spans", "therapies", "trend",
]  # fmt: skip
UNITS = {"WEEK", "WEEK_DAYS"}
NAME = r"[A-Z][\w’'-]+"


def written(value: object) -> str | None:
    """A number as the document writes it; None for what is no number."""
    if isinstance(value, tuple) and value:
        parts = [written(each) for each in value]
        return None if None in parts else ", ".join(part for part in parts if part)
    if isinstance(value, timedelta):
        return "1 day" if value.days == 1 else f"{value.days} days"
    return str(value) if isinstance(value, Real) else None


def constants(module: str) -> dict[str, str]:
    loaded = import_module(f"plumbline.coaching.{module}")
    values = {name: written(value) for name, value in vars(loaded).items() if name.isupper()}
    home = ast.parse((ROOT / f"desktop/plumbline/coaching/{module}.py").read_text("utf-8"))
    own = {
        target.id
        for node in home.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    return {name: value for name, value in values.items() if value and name in own - UNITS}


def rows() -> dict[str, str]:
    return dict(re.findall(r"^\| `([a-z_.]+\.[A-Z_]+)` \| ([^|]+?) \|", DOCUMENT, re.MULTILINE))


@pytest.mark.parametrize("module", RULES)
def test_every_number_of_a_rule_stands_in_the_document(module: str) -> None:
    found = {f"{module}.{name}": value for name, value in constants(module).items()}
    told = {name: value for name, value in rows().items() if name.startswith(f"{module}.")}
    assert {name: told.get(name) for name in found} == found


def test_the_document_names_no_number_that_is_gone() -> None:
    known = {f"{module}.{name}" for module in [*RULES, "checks"] for name in constants(module)}
    assert set(rows()) <= known
    assert len(rows()) > 25


TEXTS = ROOT / "desktop" / "plumbline" / "lessons" / "texts"
NUMBERS = r"(?<![\d,.])(?:11[0-9]|116 ?\d{3}|0[89]00[\s\d]{6,}\d)(?![\d,.]*\d)"


def test_every_telephone_number_in_the_texts_stands_in_the_document_with_its_source() -> None:
    table = DOCUMENT.split("Telephone numbers", 1)[1].split("\n## ", 1)[0]
    confirmed = dict(re.findall(r"^\| ([\d ]+) \| .*? \| (.+) \|$", table, re.MULTILINE))
    printed: set[str] = set()
    for file in sorted(TEXTS.rglob("*.*")):
        found = re.findall(NUMBERS, file.read_text(encoding="utf-8"))
        printed |= {" ".join(each.split()) for each in found}
    assert printed == set(confirmed) == {"112", "113", "116117", "0800 1110111"}
    assert all(re.search(r"20\d\d", source) for source in confirmed.values())


def docstrings(source: Source) -> str:
    """The module's docstring and its functions' and classes'."""
    nodes = [node for node in ast.walk(source.tree) if isinstance(node, DOCUMENTED)]
    return " ".join(" ".join((ast.get_docstring(node) or "").split()) for node in nodes)


DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef)


def citations(text: str) -> list[tuple[set[str], str]]:
    """(names that come before the year, year) of everything cited."""
    found = []
    for match in re.finditer(r"\b(?:19|20)\d\d\b", text):
        before = text[max(0, match.start() - 90) : match.start()]
        names = set(re.findall(NAME, re.split(r"[.;:] ", before)[-1]))
        if names:
            found.append((names, match[0]))
    return found


def test_every_source_in_the_code_stands_in_the_document() -> None:
    lines = DOCUMENT.splitlines()
    cited = [
        (source.name, names, year)
        for source in sources("desktop/plumbline/coaching")
        for names, year in citations(docstrings(source))
    ]
    assert len({year for _file, _names, year in cited}) >= 8
    missing = [
        (file, names, year)
        for file, names, year in cited
        if not any(year in line and any(name in line for name in names) for line in lines)
    ]
    assert missing == []


def test_a_source_is_found_in_a_docstring() -> None:
    text = "The median of all slopes (Theil 1950, Sen 1968). Hamed and Rao 1998: widened."
    assert [year for _names, year in citations(text)] == ["1950", "1968", "1998"]
    assert "Theil" in citations(text)[0][0]


@pytest.mark.parametrize("name", ["coaching.md", "intended-purpose.md"])
def test_what_the_documents_link_to_is_there(name: str) -> None:
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    for link in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (ROOT / "docs" / link).exists(), link
    for path in re.findall(r"`((?:desktop|tests)/[\w./-]+)`", text):
        assert (ROOT / path).exists(), path

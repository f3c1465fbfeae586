"""Which language is spoken, and whose dates and numbers are used."""

import os
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from plumbline import i18n
from plumbline.analysis import wording
from plumbline.link.engine import SyncResult
from plumbline.link.sync_command import describe

DAY = date(2026, 3, 4)  # a Wednesday


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    i18n.use_language("en")


@pytest.mark.parametrize(
    ("environment", "places"),
    [
        ({}, None),
        ({"LANG": "de_AT.UTF-8"}, ["de_AT"]),
        ({"LANGUAGE": "nl:de", "LANG": "en_US.UTF-8"}, ["nl", "de"]),
        ({"LC_ALL": "C.UTF-8", "LANG": "de_DE"}, []),
        ({"LANG": "de_DE@euro"}, ["de_DE"]),
    ],
)
def test_the_system_says_what_it_speaks(environment, places: list[str] | None) -> None:
    found = i18n.system_places(environment)
    assert isinstance(found, list) if places is None else found == places


@pytest.mark.parametrize(
    ("system", "wanted", "spoken", "place"),
    [
        ("de_AT.UTF-8", None, "de", "de_AT"),
        ("fr_FR.UTF-8", None, "en", "en_GB"),
        ("en_US.UTF-8", "nl", "nl", "nl_NL"),
        ("nl_BE.UTF-8", "nl", "nl", "nl_BE"),
        ("C", None, "en", "en_GB"),
        ("de_XX", None, "de", "de_DE"),
        ("en_US.UTF-8", "klingon", "en", "en_US"),
    ],
)
def test_language_and_country(
    monkeypatch: pytest.MonkeyPatch, system: str, wanted: str | None, spoken: str, place: str
) -> None:
    monkeypatch.setenv("LANGUAGE", "")
    monkeypatch.setenv("LC_ALL", system)
    i18n.use_language(wanted)
    assert i18n.language() == spoken
    assert str(i18n.locale()) == place


@pytest.mark.parametrize(
    ("place", "texts"),
    [
        ("en_GB", ["Wednesday, 4 March 2026", "4 Mar", "March 2026", "Wed 4", "14:05", "12,345.7"]),
        ("en_US", ["Wednesday, March 4, 2026", "Mar 4", "March 2026", "4 Wed", None, "12,345.7"]),
        (
            "de_DE",
            ["Mittwoch, 4. März 2026", "4. März", "März 2026", "Mi., 4.", "14:05", "12.345,7"],
        ),
        ("nl_NL", ["woensdag 4 maart 2026", "4 mrt", "maart 2026", "wo 4", "14:05", "12.345,7"]),
    ],
)
def test_dates_and_numbers_are_the_countrys(place: str, texts: list[str | None]) -> None:
    i18n.use_language(place)
    found = [
        wording.long_date(DAY),
        wording.short_date(DAY),
        wording.month_and_year(DAY),
        wording.weekday_and_day(DAY),
        wording.clock_text(datetime(2026, 3, 4, 14, 5)),
        wording.number(12345.678, 1),
    ]
    assert [text for text, wanted in zip(found, texts, strict=True) if wanted] == [
        text for text in texts if text
    ]


def test_what_a_command_tells_has_the_countrys_numbers() -> None:
    i18n.use_language("de_DE")
    told = describe(SyncResult("0a", "Anna", 12_345, 1, 99, 1_234_567, 12.34, False))
    assert "12.345 neue" in told
    assert "1.234,6 KB" in told
    assert "12,3 s" in told
    assert i18n.number(1.5, 1, signed=True) == "+1,5"
    assert i18n.number(-1.5, 1, signed=True) == "-1,5"


@pytest.mark.parametrize(
    ("place", "begin"), [("de_DE", date(2026, 3, 2)), ("en_US", date(2026, 3, 1))]
)
def test_weeks_begin_as_the_country_has_it(place: str, begin: date) -> None:
    i18n.use_language(place)
    assert wording.week_begin(DAY) == begin
    assert wording.week_begin(begin) == begin


def test_english_needs_no_catalogue_and_nothing_is_nothing() -> None:
    assert i18n._("Sitting") == "Sitting"
    assert i18n._("") == ""
    i18n.use_language("de")
    assert i18n._("") == ""


def test_words_in_a_row() -> None:
    i18n.use_language("de")
    assert i18n.listed(["a", "b", "c"]) == "a, b und c"


PO = """msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Sitting"
msgstr "{text}"
"""


def test_an_edited_catalogue_is_used_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(i18n, "CATALOGUES", tmp_path)
    path = tmp_path / "de" / "LC_MESSAGES" / "plumbline.po"
    path.parent.mkdir(parents=True)
    for text in ("Hocken", "Kauern"):
        path.write_text(PO.format(text=text), encoding="utf-8")
        later = path.stat().st_mtime_ns + 10**9 * (text == "Kauern")
        os.utime(path, ns=(later, later))
        for _start in range(2):
            assert i18n.catalogue.__wrapped__("de").gettext("Sitting") == text

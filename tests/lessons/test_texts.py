"""The texts of the coaching: complete and alike in every language."""

from pathlib import Path

import pytest
from plumbline.lessons import care, files
from plumbline.lessons.exercises import exercise, exercises, when_to_stop
from plumbline.lessons.files import LANGUAGES, TextError, language_of
from plumbline.lessons.signs import Urgency, warning_signs
from plumbline.lessons.sources import all_sources, source


@pytest.mark.parametrize(
    ("asked", "read"),
    [("de", "de"), ("de_AT", "de"), ("nl-BE", "nl"), ("EN", "en"), ("fr", "en"), ("", "en")],
)
def test_a_language_without_texts_is_english(asked: str, read: str) -> None:
    assert language_of(asked) == read


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_exercise_is_told_whole(language: str) -> None:
    library = exercises(language)
    assert [found.id for found in library] == [found.id for found in exercises("en")]
    assert len(library) == 10
    for found in library:
        assert len(found.how) >= 2
        assert found.sources
        assert len({found.dose, found.harder, found.easier, found.stop, found.purpose}) == 5
    assert when_to_stop(language)


def test_the_belt_counts_what_it_can_see() -> None:
    counted = {found.id: found.counted for found in exercises("en") if found.counted}
    assert counted == {
        "walking": "walking_minutes",
        "chair-rise": "chair_rises",
        "hip-hinge": "hip_hinges",
        "squat-to-chair": "chair_rises",
    }


def test_an_unknown_exercise_is_none() -> None:
    assert exercise("juggling", "en") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_sign_leads_to_its_outcome(language: str) -> None:
    signs = warning_signs(language)
    for sign in signs.signs:
        assert signs.outcome({sign.id}) == signs.outcomes[sign.urgency], sign.id
    assert signs.outcome(set()) == signs.none
    assert {sign.urgency for sign in signs.signs} == set(Urgency)


def test_the_most_urgent_sign_decides() -> None:
    signs = warning_signs("en")
    everything = {sign.id for sign in signs.signs}
    assert signs.outcome(everything) == signs.outcomes[Urgency.AT_ONCE]
    assert signs.outcome({"inflammation", "fall"}) == signs.outcomes[Urgency.DAYS]


def test_the_urgency_of_each_sign() -> None:
    """KNGF 2021 B.1.3 and NVL 2017, as the product sorts them."""
    sorted_ids = {
        urgency: [sign.id for sign in warning_signs("en").signs if sign.urgency is urgency]
        for urgency in Urgency
    }
    assert sorted_ids == {
        Urgency.AT_ONCE: ["bladder-bowel", "saddle-numbness", "leg-weakness"],
        Urgency.DAYS: ["fever", "spine-injection", "immunity", "fall", "cancer", "weight-loss"],
        Urgency.SOON: ["inflammation"],
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_care_is_told_whole(language: str) -> None:
    kinds = care.therapy_kinds(language)
    assert len({kind.name for kind in kinds}) == len(kinds) == 11
    questions = care.follow_up_questions(language)
    assert [question.answer for question in questions] == ["scale", "scale", "words", "choice"]
    assert len(questions[-1].choices) == 4
    parts = {suggestion.part for suggestion in care.flare_up_suggestions(language)}
    assert parts == {"plan", "move", "ease", "help"}
    assert len(dict(care.specialist_questions(language))) == 11
    assert care.after_is_not_because(language)


def test_the_languages_differ() -> None:
    names = [care.therapy_kinds(language)[0].name for language in LANGUAGES]
    assert len(set(names)) == 3
    assert care.therapy_kind("massage", "de") != care.therapy_kind("massage", "nl")
    assert care.therapy_kind("leeches", "nl") is None


def test_every_source_has_a_year() -> None:
    for found in all_sources():
        assert 1990 < found.year <= 2026
        assert found.cited.endswith(str(found.year))


def test_an_unknown_source_is_our_mistake() -> None:
    with pytest.raises(TextError, match="rumour is missing"):
        source("rumour")


def test_damaged_texts_name_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "TEXTS", tmp_path)
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "note.md").write_text("no front matter", encoding="utf-8")
    with pytest.raises(TextError, match=r"note\.md: begin with"):
        files.with_front_matter("note", "en")
    (tmp_path / "en" / "bare.md").write_text("+++\na =\n+++\nText", encoding="utf-8")
    with pytest.raises(TextError, match=r"bare\.md"):
        files.with_front_matter("bare", "en")


@pytest.mark.parametrize("table", [{}, {"k": ""}, {"k": " "}, {"k": 3}])
def test_an_empty_text_is_found(table: dict[str, object]) -> None:
    with pytest.raises(TextError, match="here: k is missing"):
        files.text(table, "k", "here")
    with pytest.raises(TextError, match="here: k is missing"):
        files.texts({"k": []}, "k", "here")

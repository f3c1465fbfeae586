"""The lessons: all there in every language, short, sourced, plain, and never scolding."""

import itertools
import re

import pytest
import readability
from plumbline.coaching import keys
from plumbline.lessons.care import follow_up_questions, therapy_kinds
from plumbline.lessons.exercises import exercises
from plumbline.lessons.files import LANGUAGES
from plumbline.lessons.library import Lesson, lesson, lessons
from plumbline.lessons.signs import warning_signs

TOPICS = {
    "why-backs-hurt", "what-the-belt-sees", "moving-is-safe", "pacing", "how-pain-works",
    "sleep", "stress", "sitting", "desk", "lifting", "flare-ups", "passive-treatment",
    "medicines", "injections", "warning-signs", "lifestyle", "your-data",
}  # fmt: skip
CALM = {"warning-signs", "injections", "medicines", "lifestyle"}
EVERY = [(name, each) for name in LANGUAGES for each in lessons(name)]
NAMES = [f"{name}-{each.id}" for name, each in EVERY]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_topic_is_there_in_the_same_order(language: str) -> None:
    found = lessons(language)
    assert {each.id for each in found} == TOPICS
    assert [each.id for each in found] == [each.id for each in lessons("en")]
    assert {each.id for each in found if each.calm} == CALM
    assert len({each.title for each in found}) == len(TOPICS)


@pytest.mark.parametrize(("language", "each"), EVERY, ids=NAMES)
def test_a_lesson_is_short_and_easy_to_read(language: str, each: Lesson) -> None:
    reading = readability.read(each.body, language)
    low, high = readability.BANDS[language]
    assert 120 <= reading.words < readability.MOST_WORDS
    assert low <= reading.ease <= high
    assert reading.longest <= readability.LONGEST_SENTENCE


@pytest.mark.parametrize(("language", "each"), EVERY, ids=NAMES)
def test_a_lesson_has_sources_and_a_question(language: str, each: Lesson) -> None:
    assert all(1990 < source.year <= 2026 for source in each.sources)
    assert len(each.sources) >= 1
    asked = each.question
    assert len(set(asked.answers)) == 3
    assert asked.text.endswith("?")
    assert asked.because.endswith(".")


def test_the_answer_that_fits_is_not_always_in_the_same_place() -> None:
    places = [each.question.right for each in lessons("en")]
    assert set(places) == {0, 1, 2}
    longest = max(len(list(run)) for _place, run in itertools.groupby(places))
    assert longest <= 2


@pytest.mark.parametrize(
    ("lesson_id", "facts"),
    [
        ("why-backs-hurt", ["4", "10"]),
        ("pacing", ["70"]),
        ("lifestyle", ["30000", "45", "208", "112", "150", "300"]),
        ("warning-signs", ["45"]),
        ("your-data", []),
    ],
)
def test_the_numbers_are_the_same_in_every_language(lesson_id: str, facts: list[str]) -> None:
    for language in LANGUAGES:
        found = lesson(lesson_id, language)
        assert found
        body = re.sub(r"(?<=\d)[., \u00a0](?=\d{3}\b)", "", found.body)
        numbers = set(re.findall(r"\d+", re.sub(r"^\d+\.", "", body, flags=re.MULTILINE)))
        assert numbers >= set(facts), language
        assert numbers - set(facts) <= {"112", "116117"}, language  # whom to call


def test_lessons_keep_their_lists_in_every_language() -> None:
    for ids in TOPICS:
        shapes = []
        for language in LANGUAGES:
            found = lesson(ids, language)
            assert found
            shapes.append((found.body.count("\n- "), len(re.findall(r"^\d\.", found.body, re.M))))
        assert len(set(shapes)) == 1, ids


def test_an_unknown_lesson_is_none() -> None:
    assert lesson("astrology", "en") is None


WORDS = {
    "en": {"back": 1, "healthy": 2, "table": 2, "made": 1, "wanted": 2, "likes": 1, "walked": 1},
    "de": {"Rücken": 2, "neue": 2, "Bauer": 2, "Übungen": 3, "Knie": 1, "Bewegung": 3},
    "nl": {"rug": 1, "beweging": 3, "leeuw": 1, "draaien": 2, "één": 1, "fysiotherapeut": 6},
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_syllables_are_counted_by_the_vowels_that_sound(language: str) -> None:
    counted = {word: readability.syllables(word, language) for word in WORDS[language]}
    assert counted == WORDS[language]


def test_reading_ease_by_hand() -> None:
    """Three words, four syllables: 206.835 - 1.015 * 3 - 84.6 * 4 / 3."""
    assert readability.read("Backs like moving.", "en").ease == pytest.approx(90.99)
    assert readability.read("Rücken mögen Gehen.", "de").ease == pytest.approx(60.0)
    assert readability.read("Ruggen houden van lopen.", "nl").ease == pytest.approx(68.37)


def test_a_list_is_read_line_by_line() -> None:
    text = "Try **one**:\n\n- walk a bit\n- sit\n\n1. Rest. Then go on."
    assert readability.sentences(text) == [
        ["Try", "one"], ["walk", "a", "bit"], ["sit"], ["Rest"], ["Then", "go", "on"],
    ]  # fmt: skip


def test_the_table_names_every_lesson_once() -> None:
    lines = readability.table().splitlines()
    assert [line.split()[0] for line in lines[1:18]] == [each.id for each in lessons("en")]
    assert lines[18].startswith("median")


def test_the_coaching_keeps_the_same_names() -> None:
    """What records hold is looked up in the texts."""
    assert [each.id for each in exercises("en")] == list(keys.EXERCISES)
    kinds = therapy_kinds("en")
    assert tuple(kind.id for kind in kinds) == keys.THERAPIES
    signs = warning_signs("en").signs
    assert {
        urgency: tuple(sign.id for sign in signs if sign.urgency == urgency)
        for urgency in keys.SIGNS
    } == keys.SIGNS
    assert len(follow_up_questions("en")[-1].choices) == len(keys.SATISFIED)

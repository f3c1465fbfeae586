"""The lessons: short texts with their sources and one question to check understanding."""

from dataclasses import dataclass
from functools import cache

from plumbline.lessons.files import (
    TextError,
    common,
    language_of,
    text,
    texts,
    with_front_matter,
)
from plumbline.lessons.sources import Source, sources


@dataclass(frozen=True)
class Question:
    """What is asked after a lesson; `right` is the place of the answer that fits."""

    text: str
    answers: tuple[str, ...]
    right: int
    because: str


@dataclass(frozen=True)
class Lesson:
    """One lesson in one language; `body` is Markdown.

    `calm`: offered on calm days only, never after a day of high pain.
    """

    id: str
    title: str
    body: str
    question: Question
    sources: tuple[Source, ...]
    calm: bool = False


@cache
def lessons(language: str) -> tuple[Lesson, ...]:
    """All lessons in this language, in the order they are offered."""
    language = language_of(language)
    return tuple(_lesson(entry, language) for entry in common("lessons")["lesson"])


def lesson(lesson_id: str, language: str) -> Lesson | None:
    """The lesson with this id; None where there is none, such as in data from a newer version."""
    return next((found for found in lessons(language) if found.id == lesson_id), None)


def _lesson(entry: dict[str, object], language: str) -> Lesson:
    lesson_id, right = str(entry["id"]), entry["right"]
    head, body = with_front_matter(f"lessons/{lesson_id}", language)
    where = f"{language}/lessons/{lesson_id}.md"
    asked = head.get("question", {})
    answers = texts(asked, "answers", where)
    if not isinstance(right, int) or not 0 <= right < len(answers):
        raise TextError(f"{where}: answer {right} is none of {len(answers)}")
    keys = entry["sources"]
    if not isinstance(keys, list) or not keys:
        raise TextError(f"lessons.toml: {lesson_id} names no source")
    question = Question(text(asked, "text", where), answers, right, text(asked, "because", where))
    title = text(head, "title", where)
    return Lesson(lesson_id, title, body, question, sources(keys), bool(entry.get("calm")))

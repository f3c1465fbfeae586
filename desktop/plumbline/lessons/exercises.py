"""The exercise library: what each is for, how it is done, how much, and when to stop."""

from dataclasses import dataclass
from functools import cache

from plumbline.lessons.files import common, language_of, text, texts, translated
from plumbline.lessons.sources import Source, sources


@dataclass(frozen=True)
class Exercise:
    """One exercise in one language.

    `how`: its steps in order. `counted`: what the belt counts by itself ("walking_minutes",
    "chair_rises", "hip_hinges"), "" where the wearer ticks it off. `unit`: what is counted,
    in words ("minutes", "times", "seconds on each side").
    """

    id: str
    title: str
    purpose: str
    how: tuple[str, ...]
    dose: str
    harder: str
    easier: str
    stop: str
    unit: str
    counted: str
    sources: tuple[Source, ...]


@cache
def exercises(language: str) -> tuple[Exercise, ...]:
    """The whole library in this language, the everyday ones first."""
    language = language_of(language)
    written = translated("exercises", language)
    return tuple(_exercise(entry, written, language) for entry in common("exercises")["exercise"])


def exercise(exercise_id: str, language: str) -> Exercise | None:
    """The exercise with this id, None where there is none."""
    return next((found for found in exercises(language) if found.id == exercise_id), None)


def when_to_stop(language: str) -> str:
    """What holds for every exercise: when to stop and whom to ask."""
    return text(translated("exercises", language), "stop", "exercises.toml")


def _exercise(entry: dict[str, object], written: dict[str, object], language: str) -> Exercise:
    exercise_id, where = str(entry["id"]), f"{language}/exercises.toml: {entry['id']}"
    found = written.get(exercise_id)
    table = found if isinstance(found, dict) else {}
    keys = entry["sources"]
    return Exercise(
        id=exercise_id,
        title=text(table, "title", where),
        purpose=text(table, "purpose", where),
        how=texts(table, "how", where),
        dose=text(table, "dose", where),
        harder=text(table, "harder", where),
        easier=text(table, "easier", where),
        stop=text(table, "stop", where),
        unit=text(table, "unit", where),
        counted=str(entry.get("counted", "")),
        sources=sources(keys if isinstance(keys, list) else []),
    )

"""Texts around care: kinds of therapy, follow-up, flare-ups, questions for a specialist."""

from dataclasses import dataclass
from functools import cache

from plumbline.lessons.files import common, language_of, text, texts, translated


@dataclass(frozen=True)
class TherapyKind:
    """A kind of treatment the wearer can enter; what follows from it is a rule of the coaching
    (`plumbline.coaching.keys`)."""

    id: str
    name: str
    hint: str


@dataclass(frozen=True)
class FollowUpQuestion:
    """A question one, six and twelve weeks after a therapy.

    `answer`: "scale" (0-10), "choice" (one of `choices`) or "words".
    """

    id: str
    text: str
    answer: str
    choices: tuple[str, ...]


@dataclass(frozen=True)
class Suggestion:
    """A suggestion for the plan for a flare-up; `part` is "plan", "move", "ease" or "help"."""

    id: str
    part: str
    text: str


@cache
def therapy_kinds(language: str) -> tuple[TherapyKind, ...]:
    """The kinds of therapy in this language."""
    written, where = _written("therapies", language)
    return tuple(
        TherapyKind(
            entry["id"],
            text(written[entry["id"]], "name", where),
            text(written[entry["id"]], "hint", where),
        )
        for entry in common("care")["therapy"]
    )


def therapy_kind(kind_id: str, language: str) -> TherapyKind | None:
    """The kind with this id, None where there is none."""
    return next((kind for kind in therapy_kinds(language) if kind.id == kind_id), None)


@cache
def follow_up_questions(language: str) -> tuple[FollowUpQuestion, ...]:
    """What is asked after a therapy."""
    written, where = _written("follow_up", language)
    return tuple(
        FollowUpQuestion(
            entry["id"],
            text(written, entry["id"], where),
            entry["answer"],
            texts(written, f"{entry['id']}-choices", where) if entry["answer"] == "choice" else (),
        )
        for entry in common("care")["follow_up"]
    )


def after_is_not_because(language: str) -> str:
    """The sentence beside every before and after."""
    written, where = _written("follow_up", language)
    return text(written, "not-because", where)


@cache
def flare_up_suggestions(language: str) -> tuple[Suggestion, ...]:
    """What a plan for a flare-up may hold; the wearer picks and rewrites."""
    written, where = _written("flare_up", language)
    return tuple(
        Suggestion(entry["id"], entry["part"], text(written, entry["id"], where))
        for entry in common("care")["flare_up"]
    )


@cache
def specialist_questions(language: str) -> tuple[tuple[str, str], ...]:
    """(id, question) to take to a specialist, so that the decision is made together."""
    written, where = _written("specialist", language)
    ids = common("care")["specialist"]["questions"]
    return tuple((question, text(written, question, where)) for question in ids)


def _written(part: str, language: str) -> tuple[dict[str, dict[str, str]], str]:
    language = language_of(language)
    table: dict[str, dict[str, str]] = translated("care", language)[part]
    return table, f"{language}/care.toml: {part}"

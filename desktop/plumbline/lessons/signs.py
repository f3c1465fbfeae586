"""Warning signs: what is asked, and what the three outcomes say.

KNGF 2021, section B.1.3, and Nationale VersorgungsLeitlinie Kreuzschmerz 2017: signs of
cancer, infection, fracture, inflammatory disease and cauda equina syndrome. One sign alone
need not mean illness, several together raise the likelihood; when in doubt, ask the doctor.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from plumbline.lessons.files import common, language_of, text, translated
from plumbline.lessons.sources import Source, sources


class Urgency(StrEnum):
    """How soon a professional should look; the order of urgency is the order here."""

    AT_ONCE = "at-once"
    DAYS = "days"
    SOON = "soon"


@dataclass(frozen=True)
class Sign:
    """One question that is answered by yes or no; `short` names it in a list."""

    id: str
    urgency: Urgency
    question: str
    short: str


@dataclass(frozen=True)
class Outcome:
    """What the answers come to: a title and what to do, in plain words."""

    title: str
    advice: str


@dataclass(frozen=True)
class Signs:
    """The whole dialogue in one language.

    `intro` at the start of an episode, `again` when it is asked anew, `note` under an
    outcome that is no emergency, `mark` while a sign is open, `cleared` the question that closes
    it.
    """

    intro: str
    again: str
    note: str
    mark: str
    cleared: str
    signs: tuple[Sign, ...]
    outcomes: dict[Urgency, Outcome]
    none: Outcome
    sources: tuple[Source, ...]

    def outcome(self, yes: set[str]) -> Outcome:
        """What to say to the ids answered by yes: the most urgent decides."""
        for urgency in Urgency:
            if any(sign.urgency is urgency for sign in self.signs if sign.id in yes):
                return self.outcomes[urgency]
        return self.none


@cache
def warning_signs(language: str) -> Signs:
    """The dialogue in this language."""
    language = language_of(language)
    written, where = translated("care", language)["signs"], f"{language}/care.toml"
    asked = tuple(
        Sign(
            entry["id"],
            Urgency(entry["urgency"]),
            text(written["questions"], entry["id"], where),
            text(written["short"], entry["id"], where),
        )
        for entry in common("care")["sign"]
    )
    outcomes = {urgency: _outcome(written[urgency.value], where) for urgency in Urgency}
    return Signs(
        intro=text(written, "intro", where),
        again=text(written, "again", where),
        note=text(written, "note", where),
        mark=text(written, "mark", where),
        cleared=text(written, "cleared", where),
        signs=asked,
        outcomes=outcomes,
        none=_outcome(written["none"], where),
        sources=sources(("kngf-2021", "nvl-2017", "nice-ng59", "axspa-2020")),
    )


def _outcome(table: dict[str, str], where: str) -> Outcome:
    return Outcome(text(table, "title", where), text(table, "advice", where))

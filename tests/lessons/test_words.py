"""Words the product never says: fear and blame make pain worse (docs/intended-purpose.md)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from plumbline.i18n import CATALOGUES
from plumbline.lessons.files import LANGUAGES, TEXTS

from tests.house.source import sources

NEVER = {
    "en": (
        r"damag\w*",
        r"(?:bad|poor|faulty) postures?",
        r"wrong\w*",
        r"must (?:not|never)",
        r"mustn't",
        r"(?:wear and tear|degenerat\w*|crumbl\w*|slipped dis[ck]s?)",
        r"(?:cure[sd]?|guarantee\w*)",
        r"your fault",
        r"sit up straight",
        r"you(?:'ve| have)? missed",
        r"the (?:treatment|therapy) (?:has )?helped",
    ),
    "de": (
        r"\w*(?:schaden|schäden|geschädigt\w*|beschädig\w*|schädlich\w*)",
        r"(?:schlecht\w*|falsch\w*) (?:körper)?haltung\w*",
        r"\w*fehlhaltung\w*|\w*haltungsfehler\w*",
        r"falsch\w*",
        r"(?:darf|darfst|dürfen|dürfte\w*) (?:\w+ ){0,2}(?:nicht|nie|niemals)",
        r"(?:verschleiß\w*|degenerat\w*|bandscheibenvorfall)",
        r"(?:heilt (?:ihr|den|die)\w*|geheilt werden|garantier\w*)",
        r"selbst schuld",
        r"(?:sitzen Sie gerade|setzen Sie sich gerade hin)",
        r"(?:Sie haben|du hast) \w+ (?:Tage )?(?:verpasst|versäumt)",
        r"die (?:Behandlung|Therapie) hat geholfen",
    ),
    "nl": (
        r"\w*(?:schade|beschadig\w*|schadelijk\w*)",
        r"(?:slechte|verkeerde|foute) (?:lichaams)?houding\w*",
        r"(?:fout\w*|verkeerd\w*)",
        r"(?:mag|mogen|moet|moeten) (?:\w+ ){0,2}(?:niet|nooit)",
        r"(?:slijtage\w*|degenerat\w*|hernia)",
        r"(?:geneest (?:je|de)|genezing|garandeer\w*|gegarandeerd\w*)",
        r"eigen schuld",
        r"ga (?:eens )?rechtop zitten",
        r"je hebt \w+ (?:dagen )?gemist",
        r"de (?:behandeling|therapie) heeft geholpen",
    ),
}
"""Per language: damage, bad posture, wrong, must not, with their inflections; words that paint
the back as worn out; promises of a cure; blame; one posture; cause where there was a sequence."""


def found(text: str, language: str) -> list[str]:
    """The forbidden words in a text."""
    pattern = re.compile(rf"\b(?:{'|'.join(NEVER[language])})\b", re.IGNORECASE)
    return pattern.findall(text)


def english_texts() -> Iterator[tuple[str, str]]:
    """(file and line, text) of every string that passes through i18n."""
    for source in sources("desktop"):
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in CALLS:
                for argument in node.args:
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                        yield f"{source.name}:{argument.lineno}", argument.value


CALLS = {"_", "N_", "ngettext", "pgettext", "UserError"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_texts_of_the_coaching_never_say_them(language: str) -> None:
    for path in sorted((TEXTS / language).rglob("*.*")):
        assert not found(path.read_text(encoding="utf-8"), language), path.name


@pytest.mark.parametrize(
    ("language", "other"), [("de", r"\b(?:du|dein\w*|dir|dich)\b"), ("nl", r"\b(?:u|uw)\b")]
)
def test_the_texts_of_the_coaching_speak_to_people_in_one_way(language: str, other: str) -> None:
    for path in sorted((TEXTS / language).rglob("*.*")):
        assert not re.findall(other, path.read_text(encoding="utf-8"), re.IGNORECASE), path.name


def test_the_window_and_the_command_line_never_say_them() -> None:
    said = [(place, found(text, "en")) for place, text in english_texts()]
    assert len(said) > 300
    assert [(place, words) for place, words in said if words] == []


@pytest.mark.parametrize("language", ["de", "nl"])
def test_the_catalogues_never_say_them(language: str) -> None:
    path: Path = CATALOGUES / language / "LC_MESSAGES" / "plumbline.po"
    with path.open("rb") as file:
        messages = [message for message in read_po(file, language) if message.id]
    assert len(messages) > 100
    for message in messages:
        text = message.string if isinstance(message.string, str) else " ".join(message.string)
        assert not found(text, language), (message.id, text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The disc is damaged."),
        ("en", "That is a bad posture"),
        ("en", "You must not bend."),
        ("en", "Something went wrong."),
        ("de", "Das schadet nicht, aber es gibt einen Wirbelsäulenschaden."),
        ("de", "Eine Fehlhaltung"),
        ("de", "Sie dürfen sich nicht bücken."),
        ("de", "Die falsche Haltung"),
        ("nl", "De schijf is beschadigd."),
        ("nl", "Een verkeerde houding"),
        ("nl", "Je mag niet bukken."),
        ("nl", "Dat is fout."),
    ],
)
def test_the_list_finds_them(language: str, text: str) -> None:
    assert found(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Hurting is not the same as being harmed. You may notice this."),
        ("de", "Die Haltung wechseln. Schiefgehen kann wenig."),
        ("nl", "Je hoeft niet te stoppen. Geneesmiddelen, schaduw."),
    ],
)
def test_the_list_lets_plain_words_pass(language: str, text: str) -> None:
    assert not found(text, language)

"""The catalogues are complete, say the same as the sources, and keep to the product's tone."""

import re
from string import Formatter

import messages
import pytest
from babel.messages.catalog import Catalog, Message
from plumbline import i18n

LANGUAGES = tuple(messages.LANGUAGES)
NEVER = {
    "de": r"\b((falsche|schlechte)r? Haltung|Fehlhaltung|Verschleiß|[Dd]u|[Dd]ein\w?|dir|dich)\b",
    "nl": r"\b((slechte|verkeerde|foute) houding|slijtage|uw)\b|(?<!} )\bu\b",
}
"""Words that frighten, blame, or address in the wrong way."""
OF_THE_OTHER = {
    "de": r"\b(het|een|niet|wordt|voor)\b",
    "nl": r"\b(und|nicht|ist|wird|für|eine|auf|sind)\b|ß",
}
"""Words that only the other language has."""


@pytest.fixture(scope="module")
def sources() -> Catalog:
    return messages.extracted()


def texts_of(value: object) -> list[str]:
    return [str(text) for text in value] if isinstance(value, (list, tuple)) else [str(value)]


def fields(text: str) -> set[str]:
    return {name for _t, name, _f, _c in Formatter().parse(text) if name is not None}


def translated(language: str) -> list[Message]:
    """Those that have a translation; whether all have is a test of its own."""
    return [each for each in messages.read(language) if each.id and all(texts_of(each.string))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_sources_is_translated(language: str, sources: Catalog) -> None:
    """Run `make messages`, then translate what is empty in the .po file."""
    catalogue = messages.read(language)
    catalogue.update(sources, no_fuzzy_matching=True)
    assert not messages.untranslated(catalogue)
    assert not [message.id for message in catalogue.obsolete.values()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_those_of_the_source(language: str) -> None:
    for message in translated(language):
        wanted = [fields(text) for text in texts_of(message.id)]
        for text in texts_of(message.string):
            assert fields(text) in wanted, (message.id, text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_ends_and_spaces_are_those_of_the_source(language: str) -> None:
    """A sentence stays one, a suffix keeps its space, a menu its key."""
    for message in translated(language):
        source, text = texts_of(message.id)[0], texts_of(message.string)[0]
        if source.strip() == "%":
            continue  # whether it stands apart from its number is the language's own
        assert text[:1].isspace() == source[:1].isspace(), (source, text)
        assert text[-1:].isspace() == source[-1:].isspace(), (source, text)
        assert text.count("\n") == source.count("\n"), (source, text)
        assert ("&" in text) == ("&" in source), (source, text)
        assert text.endswith(".") == source.endswith("."), (source, text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_in_the_other_language(language: str) -> None:
    found = [
        text
        for message in translated(language)
        for text in texts_of(message.string)
        if re.search(OF_THE_OTHER[language], text)
    ]
    assert not found


def test_no_sentence_is_the_same_in_both_languages() -> None:
    """One word may be; two of them in a row have come from the wrong catalogue."""
    german = {str(message.id): message.string for message in translated("de")}
    found = [
        message.string
        for message in translated("nl")
        if message.string == german.get(str(message.id))
        and texts_of(message.string) != texts_of(message.id)
        and len(re.findall(r"[^\W\d_]{2,}", re.sub(r"{.*?}", "", texts_of(message.string)[0]))) > 1
    ]
    assert not found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tone_is_the_products(language: str) -> None:
    found = [
        (message.id, text)
        for message in translated(language)
        for text in texts_of(message.string)
        if re.search(NEVER[language], text)
    ]
    assert not found


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_forms_are_told_apart(language: str) -> None:
    i18n.use_language(language)
    one, many = (i18n.ngettext("{n} step", "{n} steps", n) for n in (1, 2))
    i18n.use_language("en")
    assert one != many
    assert "step" not in (one, many)


def test_decimals_are_written_by_country_and_not_by_a_format(sources: Catalog) -> None:
    """`i18n.number` writes them; "{volts:.2f}" has a point in every country."""
    texts = [str(text) for message in sources for text in texts_of(message.id)]
    assert [text for text in texts if re.search(r"\{\w*:[^}]*\.\d*f\}", text)] == []


def test_a_missing_text_and_a_lost_placeholder_would_be_found(sources: Catalog) -> None:
    catalogue = Catalog(locale="de")
    catalogue.add("{n} s", "")
    catalogue.add("Old", "Alt")
    assert messages.untranslated(catalogue) == ["{n} s"]
    catalogue.update(sources, no_fuzzy_matching=True)
    assert "Old" in catalogue.obsolete
    assert fields("{n} s") != fields("{m} s")

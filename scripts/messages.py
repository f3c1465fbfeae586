"""Bring the catalogues up to date with the sources: messages.py [--check]

Collects every text marked with `_`, `N_`, `ngettext` or `pgettext`, adds what is new to
`desktop/plumbline/locale/*/LC_MESSAGES/plumbline.po`, drops what no source says any more and
counts what still has to be translated. Any editor of .po files will do for the translating.
"""

import ast
import os
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "desktop" / "plumbline"
METHODS = [("**.py", "python")]
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
HEADER = """\
# Plumbline in {name}.
# Copyright (C) Plumbline contributors
# This file is distributed under the licence of the desktop app (GPL-3.0-or-later).
msgid ""
msgstr ""
"Language: {code}\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
LANGUAGES = {"de": "German", "nl": "Dutch"}


def catalogue_path(language: str) -> Path:
    """Where the texts of a language are."""
    return SOURCES / "locale" / language / "LC_MESSAGES" / "plumbline.po"


def extracted() -> Catalog:
    """Every marked text of the sources. SyntaxError where one is half written: its texts would be
    dropped with their translations."""
    for source in SOURCES.rglob("*.py"):
        ast.parse(source.read_text(encoding="utf-8"), source.name)
    found = Catalog(project="Plumbline", charset="utf-8")
    texts = extract_from_dir(SOURCES, METHODS, keywords=KEYWORDS, comment_tags=["Translators:"])
    for name, _line, message, comments, context in sorted(texts):
        found.add(message, None, [(Path(name).as_posix(), 0)], (), comments, context=context)
    return found


def read(language: str) -> Catalog:
    """The catalogue of a language; an empty one where there is none yet."""
    path = catalogue_path(language)
    if not path.exists():
        return Catalog(locale=language, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, language)


def write(catalogue: Catalog, language: str) -> None:
    """Without dates and line numbers, which would change with every change of the sources.

    In one step: whoever reads it meanwhile finds the old one, not half of the new one.
    """
    path = catalogue_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    waiting = path.with_suffix(f".{os.getpid()}.new")
    with waiting.open("wb") as file:
        file.write(HEADER.format(name=LANGUAGES[language], code=language).encode())
        write_po(
            file, catalogue, width=96, omit_header=True, include_lineno=False, ignore_obsolete=True
        )
    waiting.replace(path)


def untranslated(catalogue: Catalog) -> list[str]:
    """The texts that have no translation, or one that must be looked at again."""
    return [
        str(message.id)
        for message in catalogue
        if message.id and (message.fuzzy or not all(_strings(message.string)))
    ]


def _strings(string: object) -> tuple[object, ...]:
    return tuple(string) if isinstance(string, (list, tuple)) else (string,)


def main(argv: list[str]) -> int:
    """0 where everything is translated, 1 where something is not."""
    try:
        template = extracted()
    except SyntaxError as error:
        print(f"{error.filename}, line {error.lineno} is not Python: mend it first.")
        return 2
    missing = 0
    for language in LANGUAGES:
        catalogue = read(language)
        catalogue.update(template, no_fuzzy_matching=True)
        if "--check" not in argv:
            write(catalogue, language)
        left = untranslated(catalogue)
        missing += len(left)
        print(f"{language}: {len(catalogue)} texts, {len(left)} not translated")
        for text in left[:10]:
            print(f"  {text[:90]}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

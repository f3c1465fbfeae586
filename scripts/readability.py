"""How easy the lessons are to read, per language: `make readability` prints a table.

Reading ease, 0 (hard) to 100 (easy), from words per sentence and syllables per word:
English 206.835 - 1.015 W - 84.6 S (Flesch 1948), German 180 - W - 58.5 S (Amstad 1978),
Dutch 206.84 - 0.93 W - 77 S (Douma 1960). 60 to 70 is plain language that most adults read
with ease; the formulas see length only, not sense. Syllables are counted by the vowels that
sound together; packages that look them up fetch word lists at run time.
"""

import re
import statistics
import sys
from dataclasses import dataclass

from plumbline.lessons.files import LANGUAGES
from plumbline.lessons.library import Lesson, lessons

FORMULAS = {"en": (206.835, 1.015, 84.6), "de": (180.0, 1.0, 58.5), "nl": (206.84, 0.93, 77.0)}
"""Constant, weight of words per sentence, weight of syllables per word."""

BANDS = {"en": (70.0, 100.0), "de": (65.0, 90.0), "nl": (70.0, 100.0)}
"""What a lesson keeps to: plain, and no string of stubs either."""

MOST_WORDS = 250
LONGEST_SENTENCE = 30

SOUNDS = {
    "en": r"[aeiouy]+",
    "de": r"aa|ee|oo|ie|ei|ai|au|äu|eu|[aeiouyäöü]",
    "nl": r"aai|ooi|oei|eeu|ieu|aa|ee|éé|eé|oo|uu|oe|ie|eu|ui|ij|ei|ou|au|[aeiouyéèëïüö]",
}
SILENT = re.compile(r"(?:[^aeiouyl]|[aeiouy]l)e$|[^aeiouydt]ed$|(?:[^aeiouyszxgchl]|[aeiouy]l)es$")
"""English endings whose e does not sound: made, while, used, likes; not table, wanted, changes."""


@dataclass(frozen=True)
class Reading:
    """What was counted in a text; `longest` is its longest sentence in words."""

    words: int
    longest: int
    ease: float


def sentences(markdown: str) -> list[list[str]]:
    """The words of each sentence; a line of a list and a paragraph end one, too."""
    plain = re.sub(r"[*_#]|^\s*(?:-|\d+\.)\s+", "", markdown, flags=re.MULTILINE)
    blocks = re.split(r"\n\s*\n|\n", plain)
    parts = [part for block in blocks for part in re.split(r"(?<=[.!?:])[“”\"]?\s", block)]
    words = (re.findall(r"[^\W_]+(?:['’.,-][^\W_]+)*", part) for part in parts)
    return [found for found in words if found]


def syllables(word: str, language: str) -> int:
    """How many syllables the word has, by its vowels; at least one."""
    lower = word.lower()
    count = len(re.findall(SOUNDS[language], lower))
    if language == "en" and SILENT.search(lower):
        count -= 1
    return max(count, 1)


def read(markdown: str, language: str) -> Reading:
    """Count a text of this language."""
    found = sentences(markdown)
    words = [word for sentence in found for word in sentence]
    constant, per_sentence, per_word = FORMULAS[language]
    ease = (
        constant
        - per_sentence * len(words) / len(found)
        - per_word * sum(syllables(word, language) for word in words) / len(words)
    )
    return Reading(len(words), max(map(len, found)), ease)


def table() -> str:
    """One line a lesson: words and reading ease in every language, the median below."""
    head = "lesson".ljust(22) + "".join(f"{name:>6}  words" for name in LANGUAGES)
    lines = [head]
    for lesson in lessons("en"):
        lines.append(lesson.id.ljust(22) + "".join(_cell(lesson, name) for name in LANGUAGES))
    medians = [
        statistics.median(read(lesson.body, name).ease for lesson in lessons(name))
        for name in LANGUAGES
    ]
    lines.append("median".ljust(22) + "".join(f"{ease:6.0f}{'':7}" for ease in medians))
    bands = ", ".join(f"{name} {low:.0f}-{high:.0f}" for name, (low, high) in BANDS.items())
    return "\n".join([*lines, f"kept between: {bands}; at most {MOST_WORDS} words"])


def _cell(lesson: Lesson, language: str) -> str:
    same = next(each for each in lessons(language) if each.id == lesson.id)
    reading = read(same.body, language)
    return f"{reading.ease:6.0f}{reading.words:7}"


if __name__ == "__main__":
    sys.stdout.write(table() + "\n")

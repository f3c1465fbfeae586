"""The sub-page Learn: which lessons there are, how one is read, what an answer is told."""

from dataclasses import dataclass

from plumbline.analysis.wording import short_date
from plumbline.coaching.due import What
from plumbline.i18n import _
from plumbline.lessons.library import Lesson, lessons
from plumbline.ui.coach.state import CoachState


@dataclass(frozen=True)
class Row:
    """A lesson in the list; `note` says whether it is today's, or when it was read."""

    id: str
    title: str
    note: str

    @property
    def text(self) -> str:
        """The lines of the list."""
        return f"{self.title}\n{self.note}" if self.note else self.title


def rows(state: CoachState | None, language: str) -> list[Row]:
    """All lessons in this language, in the order they are offered."""
    return [Row(each.id, each.title, _note(each.id, state)) for each in lessons(language)]


def lesson_of_today(state: CoachState) -> str:
    """The id of the lesson that is due, "" where none is."""
    return next((item.of for item in state.due if item.what is What.LESSON), "")


def _note(lesson: str, state: CoachState | None) -> str:
    if state is None:
        return ""
    if lesson == lesson_of_today(state):
        return _("Today's lesson")
    read = [seen.day for seen in state.records.lessons if seen.lesson == lesson]
    return _("Read on {day}").format(day=short_date(max(read))) if read else ""


def sources_text(lesson: Lesson) -> str:
    """Where it comes from, one source a line."""
    return "\n".join([_("Sources"), *(f"– {source.cited}" for source in lesson.sources)])


def answer_text(lesson: Lesson, chosen: int) -> str:
    """What is said to an answer: never that it was a mistake, always why."""
    asked = lesson.question
    if chosen == asked.right:
        return _("Yes. {because}").format(because=asked.because)
    text = _("Another answer fits better: “{answer}” {because}")
    return text.format(answer=asked.answers[asked.right], because=asked.because)

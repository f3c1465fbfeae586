"""What the page People and the exclusion on Today want, done through the director."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, Qt
from PyQt6.QtWidgets import QWidget

from plumbline.analysis.wording import long_date
from plumbline.i18n import _
from plumbline.people import changes
from plumbline.people.changes import Done
from plumbline.people.subjects import Subject
from plumbline.ui.erase_dialog import EraseDialog
from plumbline.ui.name_dialog import NameDialog
from plumbline.ui.people_page import PeoplePage
from plumbline.ui.presenters.people import present_people
from plumbline.ui.presenters.remarks import stretch_text
from plumbline.ui.presenters.words import in_a_sentence
from plumbline.ui.reader import PeopleFacts, Source

if TYPE_CHECKING:
    from plumbline.ui.main_window import MainWindow


class PeopleDirector(QObject):
    """Create with a window and its page; connects itself."""

    def __init__(self, window: "MainWindow", page: PeoplePage) -> None:
        super().__init__(window)
        self._window, self._director = window, window.director
        self._page, self._rule = page, window.session.rule
        self._came_from: QWidget | None = None
        self._facts: PeopleFacts | None = None
        self._connect()

    def show(self, facts: PeopleFacts) -> None:
        """Show what was entered."""
        self._facts = facts
        self._page.show_people(present_people(facts, self._rule))

    def exclude(self, begin_utc_s: int, end_utc_s: int, reason: str) -> None:
        """Leave a stretch out of the numbers."""
        times = stretch_text(begin_utc_s, end_utc_s, "", self._rule)

        def make(source: Source, subject: Subject) -> Done:
            return changes.exclude(source, subject, begin_utc_s, end_utc_s, reason)

        self._director.change(make, lambda: _("{times} is excluded.").format(times=times))

    def include(self, cut: str) -> None:
        """Count an excluded stretch again."""
        work = partial(_include, cut)
        self._director.change(work, lambda: _("The stretch counts again."))

    def bookmark(self, begin_utc_s: int, end_utc_s: int, name: str) -> None:
        """Mark a stretch of the day shown."""

        def make(source: Source, subject: Subject) -> Done:
            return changes.keep_bookmark(source, subject, name, begin_utc_s, end_utc_s)

        self._director.change(make, lambda: _("The bookmark is saved."))

    def delete_day(self, day: date) -> None:
        """Put a day out of sight."""
        begin, end = self._rule.bounds(day)
        text = lambda: _("{day} is deleted.").format(day=long_date(day))  # noqa: E731
        self._director.change(
            lambda source, subject: changes.delete(source, subject, begin, end), text
        )

    def delete_shown_day(self) -> None:
        """Put the day that Today shows out of sight."""
        if self._director.day in self._director.overview.days:
            assert self._director.day is not None
            self.delete_day(self._director.day)

    def ask_to_erase(self) -> EraseDialog | None:
        """Ask whether the wearer shown is to be erased; the dialog, None where there is nobody."""
        wearer = self._wearer()
        if wearer is None:
            return None
        dialog = EraseDialog(self._window, self._page.title.text())
        dialog.confirmed.connect(lambda: self._director.erase(wearer))
        dialog.open()
        return dialog

    def write_note(self) -> None:
        """Go to the field for a note on the day shown, and back when it is saved."""
        here = self._window.tabs.currentWidget()
        if here is not self._page:  # else what was left for it first stays in mind
            self._came_from = here
        self._window.tabs.setCurrentWidget(self._page)
        self._page.note.setFocus()

    def _note_kept(self) -> None:
        self._page.clear_note()
        if self._came_from:
            self._window.tabs.setCurrentWidget(self._came_from)

    def _went(self) -> None:
        if self._window.tabs.currentWidget() is not self._page:
            self._came_from = None

    def _choose_belt(self) -> None:
        self._window.tabs.setCurrentWidget(self._page)
        self._page.choose_belt()

    def _connect(self) -> None:
        page, director = self._page, self._director
        self._window.people_facts.follow(self.show)
        self._window.navigations.follow(lambda shown: page.show_day(shown.day))
        page.subject_chosen.connect(director.choose_subject)
        self._window.today.people_wanted.connect(self._choose_belt)
        self._window.tabs.currentChanged.connect(lambda _index: self._went())
        page.wearer_wanted.connect(self._add)
        page.rename_wanted.connect(self._rename)
        page.remove_wanted.connect(self._remove)
        page.erase_wanted.connect(self.ask_to_erase)
        page.belt_wanted.connect(self._assign)
        page.note_wanted.connect(self._keep_note)
        page.mark_wanted.connect(self._mark)
        page.notes.acted.connect(self._on_note)
        page.bookmarks.acted.connect(self._on_bookmark)
        page.excluded.acted.connect(lambda _act, name: self.include(name))
        page.deleted.acted.connect(
            lambda _act, name: director.change(
                lambda source, _subject: changes.bring_back(source, name),
                lambda: _("The day is back."),
            )
        )
        for each in (page.notes, page.bookmarks, page.excluded, page.deleted):
            each.opened.connect(self._go)

    def _mark(self) -> None:
        """Begin to mark a stretch of the day that Today shows, or of the last that has data."""
        today, director = self._window.today, self._director
        self._window.tabs.setCurrentWidget(today)
        if today.has_data:
            today.mark_stretch()
        elif director.overview.days:
            director.choose_day(max(director.overview.days))
            director.when_done(today.mark_stretch)

    def _go(self, day: date) -> None:
        self._window.tabs.setCurrentWidget(self._window.today)
        self._director.choose_day(day)

    def _add(self, name: str) -> None:
        text = lambda: _("{name} is added.").format(name=in_a_sentence(name.strip()))  # noqa: E731
        self._director.change(
            lambda source, _s: changes.keep_wearer(source, name),
            text,
            lambda done: f"wearer:{done.id}",
        )

    def _rename(self, name: str) -> None:
        wearer = self._wearer()
        belt = self._page.view.nameless if self._page.view else None
        if belt:
            self._name_who_wears(belt, name)
        if wearer:
            self._director.change(
                lambda source, _s: changes.keep_wearer(source, name, wearer),
                lambda: _("The wearer is called {name}.").format(name=in_a_sentence(name.strip())),
            )

    def _name_who_wears(self, belt: str, name: str) -> None:
        """Somebody new, whose the belt that was nobody's is from the start; undone as one."""

        def make(source: Source, _subject: Subject) -> tuple[Done, ...]:
            added = changes.keep_wearer(source, name)
            return added, changes.assign(source, belt, added.id, None)

        self._director.change(
            make,
            lambda: _("The wearer is called {name}.").format(name=in_a_sentence(name.strip())),
            lambda done: f"wearer:{done.id}",
        )

    def _remove(self) -> None:
        wearer = self._wearer()
        if wearer:
            self._director.change(
                lambda source, _s: changes.remove_wearer(source, wearer),
                lambda: _("The wearer is off the list; the recordings stay."),
            )

    def _assign(self, belt: str, since: date | None) -> None:
        wearer = self._wearer()
        begin = self._rule.bounds(since)[0] if since else None
        if wearer and belt:
            name = in_a_sentence(self._page.title.text())
            self._director.change(
                lambda source, _s: changes.assign(source, belt, wearer, begin),
                lambda: _("The belt is {name}'s.").format(name=name),
                lambda _done: f"wearer:{wearer}",  # with the newest of the days that are theirs now
            )

    def _keep_note(self, text: str) -> None:
        day = self._director.day
        editing = self._page.editing.name if self._page.editing else None

        def make(source: Source, subject: Subject) -> Done:
            shown = day.isoformat() if day else None
            if editing:
                kept = next(n for n in source.entries("note") if n.id == editing)
                shown = kept.fields["day"]
            return changes.keep_note(source, subject, text, shown, editing)

        done = lambda: _("The note is saved.")  # noqa: E731
        self._director.change(make, done, then=self._note_kept)

    def _on_note(self, act: str, name: str) -> None:
        if act == "edit":
            self._page.edit_note(name)
            return
        self._director.change(
            lambda source, _s: changes.remove_note(source, name), lambda: _("The note is removed.")
        )

    def _on_bookmark(self, act: str, bookmark: str) -> None:
        if act == "rename":
            self._ask_name(bookmark)
            return
        self._director.change(
            lambda source, _subject: changes.remove_bookmark(source, bookmark),
            lambda: _("The bookmark is removed."),
        )

    def _ask_name(self, bookmark: str) -> None:
        line = self._page.bookmarks.line(bookmark)
        dialog = NameDialog(
            self._page,
            title=_("Rename the bookmark"),
            main=_("Rename"),
            name=line.whole if line else "",
            may_be_empty=True,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.named.connect(lambda name: self._rename_bookmark(bookmark, name))
        dialog.open()

    def _rename_bookmark(self, bookmark: str, name: str) -> None:
        self._director.change(
            lambda source, _subject: changes.rename_bookmark(source, bookmark, name),
            lambda: _("The bookmark has another name."),
        )

    def _wearer(self) -> str | None:
        return self._page.view.wearer if self._page.view else None


def _include(cut: str, source: Source, _subject: Subject) -> Done:
    return changes.include(source, cut)

"""Asks whose days, which of them, in which form and where they are written to."""

from datetime import date
from pathlib import Path

from PyQt6.QtCore import QDate
from PyQt6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QWidget,
)

from plumbline.analysis.days import DayRule
from plumbline.export.exporting import WRITERS, Export, bounds
from plumbline.i18n import _, pgettext
from plumbline.ui.language import tell
from plumbline.ui.presenters.people import subject_names
from plumbline.ui.reader import Overview
from plumbline.ui.saving.dialog import SavingDialog
from plumbline.ui.titles import entitle


class ExportDialog(SavingDialog):
    """Offers what `overview` has; everything of the one that is shown is chosen."""

    def __init__(self, parent: QWidget, overview: Overview, rule: DayRule, place: Path) -> None:
        super().__init__(parent)
        self._overview, self._rule = overview, rule
        self.about, self.all_days, self.written = QComboBox(), QCheckBox(), QComboBox()
        self.first, self.last = QDateEdit(), QDateEdit()
        self._to = QLabel()
        self._labels = [QLabel() for _n in range(4)]
        rows = (self.about, self._days_row(), self.written, self.place_row())
        for label, field in zip(self._labels, rows, strict=True):
            self.form.addRow(label, field)
            label.setBuddy(field)
        self.form.setRowVisible(0, len(overview.subjects) > 1)
        self.path.setText(str(place))
        self.all_days.setChecked(True)
        self.all_days.toggled.connect(self._offer_days)
        self._offer_days(True)
        days = (self.all_days, self.first, self.last)
        self.order(self.about, *days, self.written, self.path, self.browse)
        self.retranslate()
        tell(self.first)
        tell(self.last)

    def _days_row(self) -> QWidget:
        first, last = self._overview.span or (date.today(), date.today())
        for edit, day in ((self.first, first), (self.last, last)):
            edit.setCalendarPopup(True)
            edit.setDateRange(_as_qt(first), _as_qt(last))
            edit.setDate(_as_qt(day))
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (self.all_days, self.first, self._to, self.last):
            row.addWidget(widget)
        row.addStretch(1)
        both.setFocusProxy(self.all_days)
        return both

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        super().retranslate()
        entitle(self, _("Export"))
        texts = (_("&Whose:"), _("&Days:"), _("&Form:"), _("&Into the folder:"))
        for label, text in zip(self._labels, texts, strict=True):
            label.setText(text)
        self.all_days.setText(_("&All"))
        self._to.setText(pgettext("the last day included", "to"))
        self.first.setAccessibleName(_("First day"))
        self.last.setAccessibleName(_("Last day"))
        self.path.setAccessibleName(_("Folder"))
        self.main.setText(_("&Export"))
        self._fill_about()
        self._fill_written()
        self.note.setText(
            _(
                "The files are not encrypted: whoever has them can read them. Diary, therapies "
                "and all else that was entered goes along, of the whole time."
            )
        )

    def _fill_about(self) -> None:
        shown = self._overview.subject
        chosen = self.about.currentData() if self.about.count() else (shown and shown.key)
        self.about.clear()
        subjects = self._overview.subjects
        names = subject_names(subjects, self._overview.belts)
        for subject, name in zip(subjects, names, strict=True):
            self.about.addItem(name, subject.key)
        self.about.addItem(_("Everybody"), "")
        self.about.setCurrentIndex(max(0, self.about.findData(chosen)))

    def _fill_written(self) -> None:
        chosen = self.written.currentData() or "csv"
        names = {
            "csv": _("CSV, for spreadsheets"),
            "jsonl": _("JSON Lines, for programs"),
            "parquet": _("Parquet, for large tables"),
        }
        self.written.clear()
        for form in WRITERS:
            self.written.addItem(names[form], form)
        self.written.setCurrentIndex(self.written.findData(chosen))

    def _offer_days(self, everything: bool) -> None:
        for widget in (self.first, self._to, self.last):
            widget.setEnabled(not everything)

    def export(self) -> Export | None:
        """What is wanted; None with a sentence where something is missing."""
        out = self.chosen()
        if out is None:
            return None
        first, last = self.first.date().toPyDate(), self.last.date().toPyDate()
        if not self.all_days.isChecked() and first > last:
            self.fail(_("The first day comes after the last: choose an earlier one."))
            return None
        span = None if self.all_days.isChecked() else bounds(first, last, self._rule)
        key, one = self.about.currentData(), len(self._overview.subjects) == 1
        found = (each for each in self._overview.subjects if each.key == key)
        about = None if one else next(found, None)
        return Export(out, self.written.currentData(), span, about, self._rule)

    def chooser(self) -> QFileDialog:
        """Asks for the folder."""
        dialog = QFileDialog(self, directory=str(Path(self.path.text()).parent))
        entitle(dialog, _("Export"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        return dialog


def _as_qt(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)

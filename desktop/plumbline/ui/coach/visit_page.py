"""The sub-page Visit: what the wearer wants from it, questions, the page as it will be printed."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QImage, QPixmap, QResizeEvent
from PyQt6.QtPrintSupport import QPrintDialog, QPrinter
from PyQt6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
)

from plumbline import i18n
from plumbline.coaching.book import CoachBook
from plumbline.i18n import _
from plumbline.lessons.care import specialist_questions
from plumbline.output import write_whole
from plumbline.ui.appearance import framed, quiet
from plumbline.ui.coach.button_text import ButtonText
from plumbline.ui.coach.state import CoachState
from plumbline.ui.coach.sub_page import SubPage
from plumbline.ui.fonts import ITEM, scaled
from plumbline.ui.places import documents
from plumbline.ui.presenters.visit import Sheet, visit_sheet
from plumbline.ui.theme import Theme
from plumbline.ui.titles import entitle, titled
from plumbline.ui.visit.page import pdf, picture
from plumbline.ui.visit.printing import a_printer, print_page

LINES = 4
PICTURE_WIDTH = 440
POINTS_WIDE, POINTS_HIGH = 595, 842  # A4
NARROW = 820


class VisitPage(SubPage):
    """Keeps what was entered, then shows it on the page; draws and writes off the GUI thread."""

    key = "visit"

    def __init__(self) -> None:
        super().__init__()
        self.wish_label, self.own_label, self.asks_label = QLabel(), QLabel(), QLabel()
        self.wish_text, self.own = QPlainTextEdit(), QPlainTextEdit()
        for field in (self.wish_text, self.own):
            framed(field)
        ids = [each for each, _text in specialist_questions("en")]
        self.asks = {each: QCheckBox() for each in ids}
        self.ask_texts = {each: ButtonText(box) for each, box in self.asks.items()}
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.keep, self.paper, self.save = QPushButton(), QPushButton(), QPushButton()
        self.hint, self.told, self.picture = QLabel(), QLabel(), QLabel()
        self._told: Callable[[], str] = str
        self.dialog: QPrintDialog | None = None
        self._state: CoachState | None = None
        self._build()
        self.retranslate()

    def title(self) -> str:
        """As in the list."""
        return _("Visit")

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        self.hint.setText(
            _(
                "One page to take along to a doctor or physiotherapist: course, diary, belt, what "
                "was tried, and what you want to ask."
            )
        )
        self.wish_label.setText(_("What I want from this visit"))
        self.own_label.setText(_("My own questions, one a line"))
        self.asks_label.setText(_("Questions to take along"))
        for each, text in specialist_questions(i18n.language()):
            self.ask_texts[each].say(text)
        self.told.setText(self._told())
        self.keep.setText(_("Save and show"))
        self.paper.setText(_("Print …"))
        self.save.setText(_("Save as PDF …"))
        for label, field in ((self.wish_label, self.wish_text), (self.own_label, self.own)):
            field.setAccessibleName(label.text())
        self.picture.setAccessibleName(_("The page as it will be printed"))

    def show_coaching(self, state: CoachState, theme: Theme) -> None:
        """Fill in what was kept last, and have the page drawn."""
        if self._state is None or self._state.records.visits != state.records.visits:
            self._fill(state)
        self._state = state
        ratio = self.devicePixelRatioF()
        zoom = PICTURE_WIDTH * ratio / POINTS_WIDE
        self.prepared.emit(
            lambda: picture(visit_sheet(state), zoom),
            lambda image: self._show_picture(image, ratio),
        )

    def write(self, path: Path) -> None:
        """Keep what was entered and write the page of it to a file."""
        kept = self._keeping()

        def work(book: CoachBook) -> None:
            if sheet := kept(book):
                write_whole(path, pdf(sheet))

        def done(_none: object) -> None:
            self._tell(lambda: _("The page for a visit is in {file}.").format(file=path))

        self.wish(work, done)

    def put_on_paper(self, printer: QPrinter) -> None:
        """Keep what was entered and print the page of it."""

        def done(sheet: Sheet | None) -> None:
            if sheet and print_page(sheet, printer):
                self._tell(lambda: _("The page for a visit is printed."))
            else:
                self._tell(
                    lambda: _("The printer does not answer: choose another one, or save a PDF.")
                )

        self.wish(self._keeping(), done)

    def _tell(self, text: Callable[[], str]) -> None:
        """What was done; in the user's language, also after it changes."""
        self._told = text
        self.told.setText(text())
        self.told.show()

    def _keeping(self) -> Callable[[CoachBook], Sheet | None]:
        """Work that keeps what is entered now, and gives the page of it."""
        wanted, state = self._entered(), self._state

        def work(book: CoachBook) -> Sheet | None:
            book.keep_visit(*wanted)
            return visit_sheet(replace(state, records=book.records())) if state else None

        return work

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """The page beside the form, in a narrow window below it."""
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._row.setDirection(down if narrow else right)

    # Building

    def _build(self) -> None:
        for field in (self.wish_text, self.own):
            field.setTabChangesFocus(True)
            field.setFixedHeight(field.fontMetrics().lineSpacing() * LINES + 12)
        for label in (self.wish_label, self.own_label, self.asks_label):
            label.setFont(scaled(label, ITEM, bold=True))
        for label in (self.hint, self.told):
            label.setWordWrap(True)
        self.told.hide()
        form, right, buttons = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        form.addWidget(quiet(self.hint))
        for label, field in ((self.wish_label, self.wish_text), (self.own_label, self.own)):
            form.addWidget(label)
            form.addWidget(field)
        form.addWidget(self.asks_label)
        for text in self.ask_texts.values():
            form.addLayout(text.row())
        form.addWidget(self.told)  # where there is room: nothing moves when it comes
        form.addStretch(1)
        form.setSpacing(4)
        buttons.addStretch(1)
        for button in (self.keep, self.paper, self.save):
            buttons.addWidget(button)
        self.picture.setFrameShape(QLabel.Shape.Box)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignTop)
        frame = 2 * self.picture.frameWidth()
        high = round(PICTURE_WIDTH * POINTS_HIGH / POINTS_WIDE)
        self.picture.setMinimumSize(PICTURE_WIDTH + frame, high + frame)  # nothing moves for it
        right.addLayout(buttons)
        right.addWidget(self.picture)
        right.addStretch(1)
        self._row.setSpacing(20)
        self._row.addLayout(form, 1)
        self._row.addLayout(right)
        self.column.addLayout(self._row)
        self.keep.clicked.connect(self._keep)
        self.save.clicked.connect(self._ask_where)
        self.paper.clicked.connect(self._ask_printer)

    def _fill(self, state: CoachState) -> None:
        visits = state.records.visits
        for field, kept in (
            (self.wish_text, visits[-1].wish if visits else ""),
            (self.own, visits[-1].own if visits else ""),
        ):
            if field.toPlainText().strip() != kept:  # else the cursor stays where it is
                field.setPlainText(kept)
        for each, box in self.asks.items():
            box.setChecked(bool(visits) and each in visits[-1].asks)

    def _entered(self) -> tuple[str, list[str], str]:
        chosen = [each for each, box in self.asks.items() if box.isChecked()]
        return self.wish_text.toPlainText(), chosen, self.own.toPlainText()

    def _show_picture(self, image: QImage, ratio: float) -> None:
        image.setDevicePixelRatio(ratio)
        self.picture.setPixmap(QPixmap.fromImage(image))

    # Doing

    def _keep(self) -> None:
        wanted = self._entered()
        self.wish(lambda book: book.keep_visit(*wanted))

    def _ask_where(self) -> None:
        is_demo = self._state is not None and self._state.is_made_up
        day = self._state.today.isoformat() if self._state else ""
        place = documents() / f"plumbline-{'demo-' if is_demo else ''}visit-{day}.pdf"
        name, _kind = QFileDialog.getSaveFileName(
            self, titled(self, _("Save the page for a visit")), str(place), "PDF (*.pdf)"
        )
        if name:
            self.write(Path(name))

    def _ask_printer(self) -> None:
        printer = a_printer()
        dialog = QPrintDialog(printer, self)
        entitle(dialog, _("Print the page for a visit"))
        dialog.accepted.connect(lambda: self.put_on_paper(printer))
        self.dialog = dialog
        dialog.open()

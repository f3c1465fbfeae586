"""The page for a visit: one page, nothing cut off, with little and with much, in every language."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from plumbline.coaching.records import Records, SignAnswer
from plumbline.lessons.files import LANGUAGES
from plumbline.ui.coach.state import CoachState, state_of
from plumbline.ui.language import speak
from plumbline.ui.presenters.visit import Sheet, visit_sheet
from plumbline.ui.scheme import DARK_SCHEME, DESKTOP, dress_desktop
from plumbline.ui.visit.page import FITS, MARGIN, PAGE, Layout, laid_out, pdf, picture
from PyQt6.QtCore import QSizeF
from PyQt6.QtGui import QImage, QPainter
from PyQt6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions
from PyQt6.QtWidgets import QApplication

from tests.ui.visits import TODAY, day, flood, month, nothing, worn

ARTEFACTS = Path(__file__).parents[2] / "artefacts"
STATES: dict[str, Callable[[], CoachState]] = {"little": nothing, "month": month, "much": flood}


@pytest.fixture(autouse=True)
def english(qapp: QApplication) -> Iterator[None]:

    speak("en")
    yield
    speak("en")


def opened(data: bytes, path: Path) -> QPdfDocument:
    path.write_bytes(data)
    document = QPdfDocument(None)
    assert document.load(str(path)) == QPdfDocument.Error.None_
    return document


SHORT = 60
"""Letters of a title and of a table's cell; what is longer is cut at a word beyond its middle."""


def missing(sheet: Sheet, layout: Layout, text: str) -> list[str]:
    """What is to be on the page, with as many lines as the fit leaves room for, and is not."""
    short, long = [sheet.title], [sheet.subtitle, sheet.note]
    for section in (*sheet.above, *sheet.below):
        long += [section.title, *section.lines[: layout.fit.lines]]
        short += [cell for row in section.table for cell in row]
    if layout.chart:
        chart = sheet.chart
        shown = {"pain": chart.pain, "own": chart.own, "walking": chart.walking}
        long += [sheet.words[key] for key, there in shown.items() if there]
    on_page = "".join(text.split())  # a line may break anywhere
    wanted = [each if len(each) <= SHORT else each[: SHORT // 2] for each in short]
    limit = layout.fit.letters
    wanted += [each if len(each) <= limit else each[: limit // 2] for each in long]
    return [each for each in wanted if "".join(each.split()) not in on_page]


@pytest.mark.parametrize(
    ("name", "language"),
    [*(("month", each) for each in LANGUAGES), ("little", "nl"), ("much", "de"), ("much", "nl")],
)
def test_it_is_one_page_that_holds_everything(name: str, language: str, tmp_path: Path) -> None:
    speak(language)
    sheet = visit_sheet(STATES[name]())
    layout = laid_out(sheet)
    assert layout.height <= PAGE.height() - 2 * MARGIN
    document = opened(pdf(sheet), tmp_path / "visit.pdf")
    assert document.pageCount() == 1
    assert document.pagePointSize(0).toSize() == QSizeF(595, 842).toSize()
    text = " ".join(document.getAllText(0).text().split())
    assert missing(sheet, layout, text) == []
    ARTEFACTS.mkdir(exist_ok=True)
    size = document.pagePointSize(0).toSize() * 2
    drawn = document.render(0, size, QPdfDocumentRenderOptions())
    image = QImage(drawn.size(), QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.drawImage(0, 0, drawn)
    painter.end()
    assert image.save(str(ARTEFACTS / f"visit-{name}-{language}.png"))
    document.close()


def test_a_month_is_told_in_large_letters_and_whole(tmp_path: Path) -> None:
    sheet = visit_sheet(month())
    layout = laid_out(sheet)
    assert layout.fit.size >= 9
    text = " ".join(opened(pdf(sheet), tmp_path / "v.pdf").getAllText(0).text().split())
    for told in (
        "For the visit: Kim",
        "start swimming again",
        "May I ride my bike to work?",
        "None open; asked last on 17 Nov 2026.",
        "KNGF 2013",
        "Lifting my daughter <2 years>, 0 to 10",
        "Walking: stage 7 of 9, 26 of 30 minutes; 6 of 13 planned sessions",
        "1 flare-up: 27 Oct 2026",
        "Roland-Morris on 31 Oct 2026: 9",
        "Injection – pain clinic – left side – after 1 week: pain 3",
        "20 Nov 2026",
    ):
        assert told in text, told


def test_with_much_the_letters_shrink_and_what_is_left_out_is_counted() -> None:
    layout = laid_out(visit_sheet(flood()))
    assert layout.fit in FITS[1:]
    assert "more in the app" in layout.below.toPlainText()


def test_with_nothing_there_is_room_to_write() -> None:
    sheet = visit_sheet(nothing())
    assert sheet.chart.empty
    assert [section.title for section in sheet.above] == ["What I want from this visit"]
    assert sheet.above[0].blank


def test_the_picture_is_the_page() -> None:
    image = picture(visit_sheet(month()), 1.0)
    assert (image.width(), image.height()) == (595, 842)
    assert image.pixelColor(2, 2).name() == "#ffffff"
    dark = sum(image.pixelColor(x, y).lightness() < 128 for x in range(595) for y in range(842))
    assert dark > 2000


def test_open_signs_come_first_and_say_since_when() -> None:
    sheet = visit_sheet(flood())
    signs = next(section for section in sheet.above if section.title == "Warning signs")
    assert len(signs.lines) == 30
    assert signs.lines[0].startswith("Open since ")
    assert "increasing weakness of a leg" in signs.lines[0]


def test_the_table_shows_medians_of_three_weeks_and_their_days() -> None:
    sheet = visit_sheet(month())
    table = sheet.below[0].table
    assert table[0] == ("Median (days)", "First three weeks", "Last three weeks")
    rows = {row[0]: row[1:] for row in table[1:]}
    assert rows["Standing, min a day"] == ("80 (15 d)", "80 (15 d)")
    assert sheet.chart.until == TODAY


def test_a_sign_that_was_there_and_looked_at_is_told_with_both_dates() -> None:
    some = month()
    looked = SignAnswer("x", day(13), ("fever",), "weekly", day(10), "Dr. Sommer")
    old = SignAnswer("y", day(300), ("fall",), "weekly", day(290), "Dr. Sommer")
    records = replace(some.records, answers=(old, looked, *some.records.answers))
    sheet = visit_sheet(replace(some, records=records))
    lines = next(each.lines for each in sheet.above if each.title == "Warning signs")
    assert lines[0] == "None open; asked last on 17 Nov 2026."
    assert lines[1].endswith(": there on 7 Nov 2026, looked at on 10 Nov 2026 (Dr. Sommer)")
    assert len(lines) == 2


def test_it_is_ink_on_white_in_dark_windows_too(qapp: QApplication) -> None:
    sheet = visit_sheet(month())
    light = picture(sheet, 1)
    try:
        dress_desktop(qapp, DARK_SCHEME)
        assert picture(sheet, 1) == light
    finally:
        dress_desktop(qapp, DESKTOP)


def test_the_chart_has_only_the_scales_of_what_it_shows(tmp_path: Path) -> None:
    with_diary, belt_alone = (
        visit_sheet(month()),
        visit_sheet(state_of(Records(), TODAY, 0, worn())),
    )
    assert belt_alone.chart.walking
    lines = [
        opened(pdf(sheet), tmp_path / "visit.pdf").getAllText(0).text().split("\r\n")
        for sheet in (with_diary, belt_alone)
    ]
    assert {"0 0", "5 40", "10 80"} <= set(lines[0])
    assert {"0", "40", "80"} <= set(lines[1])

"""The page for a visit on one sheet of A4, whatever there is: smaller letters, then fewer lines.

Everything is laid out in points (1/72 inch) and painted to a PDF or to a picture alike.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from PyQt6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF
from PyQt6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QGuiApplication,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextDocument,
)

from plumbline.i18n import _
from plumbline.ui.presenters.visit import Section, Sheet
from plumbline.ui.theme import LIGHT
from plumbline.ui.visit.chart import INK, ChartPainter

PAGE = QSizeF(595.0, 842.0)
"""A4 in points."""
MARGIN = 42.0
CHART_HEIGHT = 126.0
GAP = 5.0
RESOLUTION = 1200
POINTS_PER_INCH = 72


@dataclass(frozen=True)
class Fit:
    """How large the letters are, how many lines a section shows, how long a line may be."""

    size: int
    lines: int
    letters: int


FITS = (
    Fit(10, 12, 300),
    Fit(9, 12, 240),
    Fit(9, 8, 200),
    Fit(8, 6, 170),
    Fit(7, 5, 130),
    Fit(7, 3, 110),
)


@dataclass
class Layout:
    """The two texts and their fit; `height` is that of the whole."""

    above: QTextDocument
    below: QTextDocument
    fit: Fit
    chart: bool

    @property
    def height(self) -> float:
        """Of everything, in points."""
        middle = CHART_HEIGHT + 2 * GAP if self.chart else GAP
        return self.above.size().height() + middle + self.below.size().height()


def laid_out(sheet: Sheet) -> Layout:
    """The largest fit that leaves nothing below the page's end."""
    room = PAGE.height() - 2 * MARGIN - 14  # the last line is the note
    found = None
    for fit in FITS:
        found = Layout(
            _document(_html(sheet, fit, top=True), fit),
            _document(_html(sheet, fit, top=False), fit),
            fit,
            not sheet.chart.empty,
        )
        if found.height <= room:
            break
    assert found is not None
    return found


def paint(sheet: Sheet, painter: QPainter) -> Layout:
    """Paint the page; the painter's unit is the point."""
    layout, left, wide = laid_out(sheet), MARGIN, PAGE.width() - 2 * MARGIN
    y = MARGIN
    y = _text(painter, layout.above, left, y)
    if layout.chart:
        area = QRectF(left, y + GAP, wide, CHART_HEIGHT)
        ChartPainter(painter, area, sheet.chart, sheet.words, _font(layout.fit.size)).paint()
        y = area.bottom()
    _text(painter, layout.below, left, y + GAP)
    note = _document(f'<p class="quiet">{escape(sheet.note)}</p>', Fit(7, 1, 0))
    _text(painter, note, left, PAGE.height() - MARGIN - note.size().height() + 10)
    return layout


def pdf(sheet: Sheet) -> bytes:
    """The page as a PDF with its text as text."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
    writer.setResolution(RESOLUTION)
    writer.setTitle(f"{sheet.title} – {sheet.mark}" if sheet.mark else sheet.title)
    writer.setCreator("Plumbline")
    painter = QPainter(writer)
    painter.scale(RESOLUTION / POINTS_PER_INCH, RESOLUTION / POINTS_PER_INCH)
    paint(sheet, painter)
    painter.end()
    buffer.close()
    return bytes(data.data())


def picture(sheet: Sheet, zoom: float) -> QImage:
    """The page as it will be printed, `zoom` pixels a point, on white."""
    image = QImage((PAGE * zoom).toSize(), QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(zoom, zoom)
    paint(sheet, painter)
    painter.end()
    return image


def _text(painter: QPainter, document: QTextDocument, x: float, y: float) -> float:
    """In ink whatever the window's colours are: paper is white."""
    context, layout = QAbstractTextDocumentLayout.PaintContext(), document.documentLayout()
    ink = QPalette(context.palette)
    ink.setColor(QPalette.ColorRole.Text, QColor(INK))
    context.palette = ink
    painter.save()
    painter.translate(x, y)
    if layout is not None:
        layout.draw(painter, context)
    painter.restore()
    return y + float(document.size().height())


def _font(size: int) -> QFont:
    font = QFont(QGuiApplication.font())
    font.setPixelSize(size)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _document(html: str, fit: Fit) -> QTextDocument:
    """Laid out in points whatever the screen: Qt reckons 96 pixels an inch, a point is 72."""
    document = QTextDocument()
    document.setDefaultFont(_font(fit.size))
    document.setDocumentMargin(0)
    document.setTextWidth(PAGE.width() - 2 * MARGIN)
    document.setDefaultStyleSheet(
        f"p {{ margin: 0 }} .title {{ font-size: {fit.size + 7}px; font-weight: bold }} "
        f".head {{ margin: {fit.size - 3}px 0 1px 0; font-size: {fit.size + 1}px; "
        "font-weight: bold; color: #0A4F96 } .quiet { color: #5B616B } "
        f".mark {{ font-weight: bold; color: {LIGHT.badge_text}; "
        f"background-color: {LIGHT.badge} }} "
        "td, th { padding: 0 10px 0 0 }"
    )
    document.setHtml(html)
    return document


def _html(sheet: Sheet, fit: Fit, *, top: bool) -> str:
    parts = []
    if top:
        if sheet.mark:
            parts.append(f'<p class="mark">{escape(sheet.mark)}</p>')
        parts.append(f'<p class="title">{escape(_cut(sheet.title, 60))}</p>')
        parts.append(f'<p class="quiet">{escape(sheet.subtitle)}</p>')
    for section in sheet.above if top else sheet.below:
        parts.append(f'<p class="head">{escape(section.title)}</p>')
        parts.extend(_section(section, fit))
    return "".join(parts)


def _section(section: Section, fit: Fit) -> Iterator[str]:
    for line in section.lines[: fit.lines]:
        yield f"<p>• {escape(_cut(line, fit.letters))}</p>"
    more = len(section.lines) - fit.lines
    if more > 0:
        rest = _("and {n} more in the app").format(n=more)
        yield f"<p>• {escape(rest)}</p>"
    if section.blank and not section.lines:
        yield "<p>&nbsp;</p><hr/><p>&nbsp;</p><hr/>"
    if section.table:
        yield '<table cellspacing="0" cellpadding="1">'
        for place, row in enumerate(section.table):
            tag = "td" if place else "th"
            cells = (f'<{tag} align="left">{escape(_cut(cell, 60))}</{tag}>' for cell in row)
            yield f"<tr>{''.join(cells)}</tr>"
        yield "</table>"


def _cut(text: str, letters: int) -> str:
    """At most this long, at a word's end where there is one."""
    if len(text) <= letters:
        return text
    kept = text[: letters - 1]
    at = kept.rfind(" ")
    return (kept[:at] if at > letters // 2 else kept) + "…"

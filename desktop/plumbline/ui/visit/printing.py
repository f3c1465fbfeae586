"""The page for a visit on paper."""

from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import QPageSize, QPainter
from PyQt6.QtPrintSupport import QPrinter

from plumbline.ui.presenters.visit import Sheet
from plumbline.ui.visit.page import PAGE, paint


def a_printer() -> QPrinter:
    """The user's own, with A4 in it until they say otherwise."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)  # the page has its own margins
    return printer


def print_page(sheet: Sheet, printer: QPrinter) -> bool:
    """Put the page on the printer's paper, whatever its size: whole and in the middle. False: the
    printer does not take it."""
    printer.setFullPage(True)
    printer.setDocName(sheet.title)
    painter = QPainter()
    if not painter.begin(printer):
        return False
    paper = QRectF(printer.paperRect(QPrinter.Unit.DevicePixel))
    fit = PAGE.scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
    painter.translate((paper.width() - fit.width()) / 2, (paper.height() - fit.height()) / 2)
    painter.scale(fit.width() / PAGE.width(), fit.height() / PAGE.height())
    paint(sheet, painter)
    return painter.end()

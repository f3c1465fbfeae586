"""The window's language: ours, Qt's own texts, and the switch without a restart.

A widget sets its fixed texts in `retranslate(self)`, which it calls at the end of `__init__` and
which `speak` calls again after a change. What shows data needs nothing: it is shown anew.
"""

from PyQt6 import sip
from PyQt6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator
from PyQt6.QtWidgets import QAbstractSpinBox, QApplication, QDateEdit, QTimeEdit

from plumbline import i18n

_qt_texts: list[QTranslator] = []


def speak(wanted: str | None, root: QObject | None = None) -> None:
    """Speak `wanted`, by default the system's language; tell `root` and all below it."""
    i18n.use_language(wanted)
    QLocale.setDefault(QLocale(str(i18n.locale())))
    _translate_qt()
    if root:
        tell(root)


def tell(root: QObject) -> None:
    """Have `root` and all below it take the texts of the language that is spoken."""
    for each in (root, *root.findChildren(QObject)):
        if sip.isdeleted(each):  # by one of those that were told before it
            continue
        follow_country(each)
        retranslate = getattr(each, "retranslate", None)
        if callable(retranslate):
            retranslate()


def follow_country(widget: QObject) -> None:
    """Fields for dates and numbers keep the country in which they were made; a year is whole."""
    if isinstance(widget, QAbstractSpinBox):
        widget.setLocale(QLocale())
    if isinstance(widget, QDateEdit):
        short = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
        widget.setDisplayFormat(short if "yyyy" in short else short.replace("yy", "yyyy"))
    if isinstance(widget, QTimeEdit):
        widget.setDisplayFormat(QLocale().timeFormat(QLocale.FormatType.ShortFormat))


def _translate_qt() -> None:
    """The texts of Qt's own dialogs and menus."""
    while _qt_texts:
        QApplication.removeTranslator(_qt_texts.pop())
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    texts = QTranslator()
    if i18n.language() != "en" and texts.load(f"qtbase_{i18n.language()}", folder):
        QApplication.installTranslator(texts)
        _qt_texts.append(texts)

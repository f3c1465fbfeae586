"""What this is, in which version, under which licences."""

import platform
from importlib import metadata

from PyQt6.QtCore import PYQT_VERSION_STR, QT_VERSION_STR, Qt
from PyQt6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QLabel, QWidget

from plumbline import __version__
from plumbline.i18n import _
from plumbline.ui.dialogues import column_in
from plumbline.ui.fonts import scaled
from plumbline.ui.titles import entitle

LIBRARIES = {
    "PyQt6": "GPL-3.0",
    "pyqtgraph": "MIT",
    "numpy": "BSD-3-Clause",
    "Babel": "BSD-3-Clause",
    "pyserial": "BSD-3-Clause",
    "cryptography": "Apache-2.0 OR BSD-3-Clause",
    "sqlcipher3": "Zlib AND BSD-3-Clause AND Apache-2.0",
    "keyring": "MIT",
    "platformdirs": "MIT",
    "tzdata": "Apache-2.0",
}
TEXT_WIDTH = 520


class AboutBox(QDialog):
    """Versions and licences; Escape or the button closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        entitle(self, _("About Plumbline"))
        title = QLabel(_("Plumbline {version}").format(version=__version__))
        title.setFont(scaled(title, 1.5, bold=True))
        self.text = QLabel(about_text())
        self.text.setWordWrap(True)
        self.text.setMinimumWidth(TEXT_WIDTH)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.buttons = QDialogButtonBox()
        close = self.buttons.addButton(_("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        about_qt = self.buttons.addButton(_("About Qt"), QDialogButtonBox.ButtonRole.HelpRole)
        self.buttons.rejected.connect(self.reject)
        if close and about_qt:
            close.setDefault(True)
            about_qt.clicked.connect(QApplication.aboutQt)
        column = column_in(self)
        for widget in (title, self.text, self.buttons):
            column.addWidget(widget)


def about_text() -> str:
    """What it is and is not, versions, licences."""
    return "\n\n".join(
        (
            _(
                "A belt that senses how you sit, stand and move, and a window that shows it. It "
                "informs and reminds; it does not diagnose and does not treat."
            ),
            _(
                "The desktop app is under GPL-3.0-or-later, firmware and protocol are under MIT. "
                "It comes without any warranty."
            ),
            _("Python {python}, Qt {qt}, PyQt {pyqt}").format(
                python=platform.python_version(), qt=QT_VERSION_STR, pyqt=PYQT_VERSION_STR
            ),
            _("With {libraries}.").format(libraries=", ".join(libraries())),
            _(
                "Recorded motion: HAPT (Reyes-Ortiz, Oneto, Samà, Parra, Anguita; UCI Machine "
                "Learning Repository 341), CC BY 4.0."
            ),
        )
    )


def libraries() -> list[str]:
    """Each with its version, where it is installed, and its licence."""
    return [f"{name} {_version(name)} ({licence})".replace("  ", " ") for name, licence in
            LIBRARIES.items()]  # fmt: skip


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""

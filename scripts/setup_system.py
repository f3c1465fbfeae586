"""System libraries and fonts that Qt needs and that pip cannot bring."""

import sys

from setup_common import SetupError, apt_install
from setup_venv import python_output

# Debian's and Ubuntu's names, by what they are for.
QT_PACKAGES = (
    "libegl1",
    "libgl1",
    "libglib2.0-0",
    "libdbus-1-3",
    "libfontconfig1",
    "libxkbcommon0",
)
WINDOW_PACKAGES = (
    "libxkbcommon-x11-0",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-sync1",
    "libxcb-xfixes0",
    "libxcb-xkb1",
)
FONT_PACKAGES = ("fonts-dejavu-core",)

# Asked of the libraries themselves, not of a package manager, so that it holds on any system.
QT_STARTS = """
from PyQt6.QtWidgets import QApplication
from PyQt6.QtGui import QFontInfo
app = QApplication([])
print("font:" + QFontInfo(app.font()).family())
"""
WINDOW_LIBRARY_LOADS = """
import ctypes, pathlib, PyQt6
platforms = pathlib.Path(PyQt6.__file__).parent / "Qt6" / "plugins" / "platforms"
ctypes.CDLL(str(platforms / "libqxcb.so"))
"""


def qt_trouble() -> str:
    """Why Qt does not start without a display; empty where it does."""
    ran = python_output(QT_STARTS, QT_QPA_PLATFORM="offscreen")
    return "" if ran.returncode == 0 else last_line(ran.stderr)


def fonts_missing() -> bool:
    """Whether Qt starts and finds no font to write with."""
    ran = python_output(QT_STARTS, QT_QPA_PLATFORM="offscreen")
    return ran.returncode == 0 and ran.stdout.strip() == "font:"


def window_trouble() -> str:
    """Why Qt cannot open windows on X; empty where it can."""
    ran = python_output(WINDOW_LIBRARY_LOADS)
    return "" if ran.returncode == 0 else last_line(ran.stderr)


def last_line(text: str) -> str:
    """The last line that says something; of a Python exception, its message."""
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1].partition("Error: ")[2] or lines[-1] if lines else "no reason given"


def ensure(level: str) -> None:
    """Install what is missing where the right exists; SetupError only where nothing would run."""
    if sys.platform != "linux":
        return
    if qt_trouble():
        apt_install([*QT_PACKAGES, *FONT_PACKAGES])
    if fonts_missing():
        apt_install(FONT_PACKAGES)
    if window_trouble():
        apt_install(WINDOW_PACKAGES)
    report(level)


def report(level: str) -> None:
    """Say what is still missing and which packages bring it."""
    trouble = qt_trouble()
    if trouble:
        raise SetupError(
            f"Qt does not start ({trouble}): install the system's graphics libraries (Debian, "
            f"Ubuntu: apt-get install {' '.join(QT_PACKAGES)}), then run the same command again."
        )
    if fonts_missing():
        raise SetupError(
            "there is no font to draw text with: install one (Debian, Ubuntu: "
            f"apt-get install {' '.join(FONT_PACKAGES)}), then run the same command again."
        )
    trouble = window_trouble()
    if trouble and level == "run":
        print(
            f"setup: windows on X will not open ({trouble}): install the X libraries (Debian, "
            f"Ubuntu: apt-get install {' '.join(WINDOW_PACKAGES)})."
        )

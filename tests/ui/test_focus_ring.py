"""Where the keyboard is can be seen on every control of the page Today."""

from plumbline.ui.focus_ring import FocusRing
from plumbline.ui.main_window import MainWindow
from PyQt6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot


def test_the_ring_comes_with_a_key_and_goes_with_the_focus(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = window.today
    for widget in (page.header.title, page.plots):
        (ring,) = widget.findChildren(FocusRing)
        assert not ring.isVisible()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        assert ring.isVisible()
        assert ring.size() == widget.size()
        page.header.before.setFocus(Qt.FocusReason.TabFocusReason)
        assert not ring.isVisible()
        widget.setFocus(Qt.FocusReason.MouseFocusReason)
        assert not ring.isVisible()  # whoever points knows where
    assert page.header.title.childAt(QPoint(3, 3)) is None

"""The page Belt."""

from typing import TYPE_CHECKING

from plumbline.ui.belt_director import BeltDirector
from plumbline.ui.belt_page import BeltPage
from plumbline.ui.presenters.live import LiveView
from plumbline.ui.rooms.rooms import Furnished, Making
from plumbline.ui.settings_form import SettingsForm

if TYPE_CHECKING:
    from plumbline.ui.main_window import MainWindow


def furnish(window: "MainWindow") -> Making:
    """Make and connect it."""
    form = SettingsForm()
    yield
    page = BeltPage(form)
    yield
    director = BeltDirector(window.talk, window.sync, page, window.session.rule)

    def show(view: LiveView) -> None:
        director.calibration.show_lean(view, window.theme)

    window.facts.follow(director.show_facts)
    window.live_director.live_ready.connect(show)
    show(window.live_director.view)
    return Furnished(page, director)

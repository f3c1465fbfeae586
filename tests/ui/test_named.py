"""Whatever can have the focus says what it is, in every language, on pages and in dialogues; and
Tab leads to all that can be used."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from plumbline import i18n
from plumbline.coaching.records import Records
from plumbline.store.sealing import Protection
from plumbline.ui.about import AboutBox
from plumbline.ui.calibration_dialog import CalibrationDialog
from plumbline.ui.coach.signs_dialog import SignsDialog
from plumbline.ui.coach.slip_dialog import SlipDialog
from plumbline.ui.coach.state import state_of
from plumbline.ui.erase_dialog import EraseDialog
from plumbline.ui.main_window import MainWindow
from plumbline.ui.name_dialog import NameDialog
from plumbline.ui.pairing_dialog import PairingDialog
from plumbline.ui.presenters.backups import BackupView
from plumbline.ui.presenters.calibration import Stage, Wizard
from plumbline.ui.presenters.pairing import Pairing, PairStage
from plumbline.ui.protection_dialog import UnlockDialog
from plumbline.ui.reader import Overview
from plumbline.ui.remove_demo_dialog import RemoveDemoDialog
from plumbline.ui.saving.backup_dialog import BackupDialog
from plumbline.ui.saving.export_dialog import ExportDialog
from plumbline.ui.saving.protection_dialog import ChangeDialog, ProtectDialog, UnprotectDialog
from plumbline.ui.saving.restore_dialog import RestoreDialog
from plumbline.ui.settings_form import SettingsForm
from plumbline.ui.wipe_dialog import WipeDialog
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QAbstractButton, QApplication, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from tests.analysis.build import BERLIN
from tests.ui.coaching import Coached
from tests.ui.folders import LAST_DAY
from tests.ui.test_access import CONTROLS, inner, pages, spoken
from tests.ui.test_access import english_afterwards as english_afterwards
from tests.ui.test_coach_enter import ANSWER, MADE
from tests.ui.test_language import choose

HERE = Path("/home/anna")
MOST_PRESSES = 400


def calibration(stage: Stage) -> Callable[[QWidget], QWidget]:
    def make(parent: QWidget) -> QWidget:
        dialog = CalibrationDialog(parent)
        dialog.show_wizard(Wizard(stage, lost="It is gone.", gains=(58, 9, None)))
        return dialog

    return make


def pairing(stage: PairStage) -> Callable[[QWidget], QWidget]:
    def make(parent: QWidget) -> QWidget:
        dialog = PairingDialog(parent)
        dialog.show_pairing(Pairing(stage, 42, error="It is gone."))
        return dialog

    return make


def settings_form(parent: QWidget) -> QWidget:
    form = SettingsForm()
    form.setParent(parent, Qt.WindowType.Dialog)
    form.show_settings({number: field.view.low for number, field in form.fields.items()})
    return form


def restore_found(parent: QWidget, *, locked: bool) -> QWidget:
    dialog = RestoreDialog(parent, "/home/anna/b.zip", HERE)
    dialog.show_found(BackupView((("Days", "1 May 2026"),), "It is kept."), locked=locked)
    return dialog


DIALOGUES: dict[str, Callable[[QWidget], QWidget]] = {
    **{f"calibration {stage.value}": calibration(stage) for stage in Stage},
    **{f"pairing {stage.value}": pairing(stage) for stage in PairStage},
    **{
        f"coach {name}": lambda _parent, make=make: make(state_of(Records(), LAST_DAY))
        for name, make in MADE.items()
    },
    "signs": lambda parent: SignsDialog("weekly", parent),
    "slip": lambda parent: SlipDialog(ANSWER, parent),
    "name": lambda parent: NameDialog(parent, title="Add a wearer", main="Add", told="Why."),
    "erase": lambda parent: EraseDialog(parent, "Anna"),
    "wipe": lambda parent: WipeDialog(parent, "960 records."),
    "unlock": lambda parent: UnlockDialog(HERE, parent),
    "about": AboutBox,
    "remove demo": RemoveDemoDialog,
    "backup": lambda parent: BackupDialog(parent, HERE, encrypted=True),
    "export": lambda parent: ExportDialog(parent, Overview((), frozenset()), BERLIN, HERE),
    "restore": lambda parent: RestoreDialog(parent, "", HERE),
    "restore found": lambda parent: restore_found(parent, locked=False),
    "restore locked": lambda parent: restore_found(parent, locked=True),
    "protect": ProtectDialog,
    "change": lambda parent: ChangeDialog(parent, Protection(True, keyring=True, passphrase=True)),
    "unprotect": UnprotectDialog,
    "settings": settings_form,
}


def nameless(root: QWidget) -> Iterator[str]:
    """Widgets in sight that take the focus and say nothing."""
    for widget in root.findChildren(QWidget):
        stops = widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        if stops and widget.isVisible() and not inner(widget) and not spoken(widget).strip():
            yield f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_stop_of_every_dialogue_has_a_name(qtbot: QtBot, language: str) -> None:
    i18n.use_language(language)
    parent = QWidget()
    qtbot.addWidget(parent)
    found: list[str] = []
    for name, make in DIALOGUES.items():
        dialog = make(parent)
        qtbot.addWidget(dialog)
        dialog.show()
        assert dialog.windowTitle() or name == "settings", name
        found += [f"{name}: {each}" for each in nameless(dialog)]
        dialog.close()
    assert not found


def test_every_stop_of_every_page_has_a_name(window: MainWindow, qtbot: QtBot) -> None:
    Coached(window, qtbot)
    found: set[str] = set()
    for language in i18n.LANGUAGES:
        choose(window, qtbot, language)
        for name, _page in pages(window):
            found |= {f"{language} {name}: {each}" for each in nameless(window)}
    assert not found


def walked(window: QWidget, start: QWidget) -> set[QWidget]:
    """Every widget that Tab leads to from there until it comes round."""
    start.setFocus()
    first = here = QApplication.focusWidget()
    reached: set[QWidget] = set()
    for _press in range(MOST_PRESSES):
        if here is None or (here is first and len(reached) > 1):
            break
        reached.add(here)  # of a date, Tab leads to its month first
        QTest.keyClick(here, Qt.Key.Key_Tab)
        here = QApplication.focusWidget()
    return reached


def missed(root: QWidget, reached: set[QWidget]) -> Iterator[str]:
    """Controls in sight that Tab passed by; of radio buttons and the like one is enough."""
    for control in root.findChildren(CONTROLS):
        if not (control.isVisible() and control.isEnabled()) or inner(control):
            continue
        around = control.group() if isinstance(control, QAbstractButton) else None
        together = {control, *(around.buttons() if around else ())}
        if isinstance(control, QRadioButton) and control.parentWidget():
            together |= set(control.parentWidget().findChildren(QRadioButton))
        inside = any(control.isAncestorOf(each) for each in reached)
        if not (together & reached or inside):
            yield f"{type(control).__name__} {spoken(control)}"


def test_tab_leads_to_every_control_of_every_page(window: MainWindow, qtbot: QtBot) -> None:
    Coached(window, qtbot)
    bar = window.tabs.tabBar()
    assert bar is not None
    found: list[str] = []
    for name, page in pages(window):
        qtbot.wait(1)
        found += [f"{name}: {each}" for each in missed(page, walked(window, bar))]
    assert not found


def test_tab_leads_to_every_control_of_every_dialogue(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    found: list[str] = []
    for name, make in DIALOGUES.items():
        dialog = make(parent)
        qtbot.addWidget(dialog)
        with qtbot.waitActive(dialog):
            dialog.show()
        first = QApplication.focusWidget()
        if first is None or not dialog.isAncestorOf(first):
            first = dialog.nextInFocusChain()
        assert first is not None
        found += [f"{name}: {each}" for each in missed(dialog, walked(dialog, first))]
        dialog.close()
    assert not found


def test_a_legend_is_read_without_its_symbols(window: MainWindow) -> None:
    said = window.today.legend.accessibleName()
    assert said.startswith("Lying 12 min, Sitting 6 h ")
    assert said.endswith(", Reminder, Break from sitting")

"""Draw every page in light and dark, in every language, at 100, 150 and 200 %.

screenshots.py [--quick]: into build/screenshots/LANGUAGE-SCHEME-PERCENT/PAGE.png, and the few that
the README shows into docs/. The data are the demo's: a virtual belt with four weeks behind it.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "build" / "screenshots"
DATA = ROOT / "build" / "screenshots-data"
SIZE = (1024, 700)
SCALES = (100, 150, 200)
SCHEMES = ("light", "dark")
README = {
    "today": ("en", "light"),
    "trends": ("en", "light"),
    "live": ("de", "dark"),
    "belt": ("nl", "light"),
    "coach-learn": ("en", "light"),
}
"""Page, and the language and colours in which the README shows it; its first word is the file."""


def main(argv: list[str]) -> int:
    """Each scale in a process of its own: Qt takes it once."""
    if argv[:1] == ["--at"]:
        return draw(int(argv[1]))
    for percent in SCALES[:1] if "--quick" in argv else SCALES:
        environment = {
            **os.environ,
            "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
            "QT_SCALE_FACTOR": str(percent / 100),
            "LANGUAGE": "en",
        }
        command = [sys.executable, __file__, "--at", str(percent)]
        ran = subprocess.run(command, env=environment, check=False)
        if ran.returncode:
            return ran.returncode
    print(f"screenshots: {len(list(OUT.rglob('*.png')))} pictures in {OUT.relative_to(ROOT)}")
    return 0


def draw(percent: int) -> int:
    """All languages and schemes at one scale."""
    from dataclasses import replace

    from plumbline import i18n
    from plumbline.demo import VirtualLink
    from plumbline.ui import app as window_app
    from plumbline.ui.demo_past import DemoPast
    from plumbline.ui.main_window import MainWindow
    from plumbline.ui.rooms.rooms import PAGES
    from plumbline.ui.session import real_session

    folder = DATA / "demo"
    with VirtualLink(folder) as link:
        app = window_app.application()
        session = replace(real_session(folder, demo=True), link=link)
        window = MainWindow(session, remember=False)
        DemoPast(window)
        window.resize(*SIZE)
        window.show()
        window.start()
        until(lambda: window.sync.port is not None and window.shows_a_day)
        for key in PAGES[1:]:
            window.rooms.furnish(key)
        today = session.today()  # has a few minutes only
        window.director.choose_day(max(d for d in window.director.overview.days if d < today))
        for language in i18n.LANGUAGES:
            window.choose_language(language)
            for scheme in SCHEMES:
                dress(app, window, scheme)
                pages(window, OUT / f"{language}-{scheme}-{percent}")
                if percent == 100:
                    for_the_readme(language, scheme)
        window.close()
    print(f"screenshots: {percent} % done", flush=True)
    return 0


def dress(app, window, scheme: str) -> None:  # type: ignore[no-untyped-def]
    """Light or dark, whatever this machine's desktop is."""
    from plumbline.ui.scheme import dress_desktop

    dress_desktop(app, scheme)
    settle(window)


def pages(window, into: Path) -> None:  # type: ignore[no-untyped-def]
    """A picture of every page, and of every part of those that have parts."""
    from plumbline.ui.talk_state import TalkPhase

    into.mkdir(parents=True, exist_ok=True)
    names = ("today", "trends", "live", "belt", "coach", "people")
    for index in range(window.tabs.count()):
        window.tabs.setCurrentIndex(index)
        page, name = window.tabs.widget(index), names[index] if index < 6 else f"page-{index}"
        if page in (window.live, window.belt_page):
            until(lambda: window.talk.state.phase is TalkPhase.OPEN)
            until(lambda: bool(window.live.posture.text()))
        if page is window.coach:
            page.open(next(iter(page.pages)))
        settle(window)
        save(window, into / f"{name}.png")
        if page is window.trends:
            for kind, part in enumerate(("postures", "bands", "hours", "compare")):
                page.choose_kind(kind)
                settle(window)
                save(window, into / f"{name}-{part}.png")
            page.choose_kind(0)
        if page is window.belt_page:
            dialogues(window, into)
        if page is window.coach:
            for key in page.pages:
                page.open(key)
                settle(window)
                save(window, into / f"{name}-{key}.png")


def dialogues(window, into: Path) -> None:  # type: ignore[no-untyped-def]
    """The calibration wizard and the pairing in their states, of which the belt knows nothing."""
    from dataclasses import replace

    from plumbline.ui.pairing_dialog import PairingDialog
    from plumbline.ui.presenters.calibration import Stage, Wizard
    from plumbline.ui.presenters.pairing import Pairing, PairStage

    director = window.belt_director.calibration
    director.open(window.belt_page)
    wait(400)
    bowing = Wizard(Stage.COLLECTING, 2, progress=60, quality=67, gains=(58, 9, None))
    over = replace(bowing, stage=Stage.RESULT, quality=74, gains=(58, 9, 7))
    for name, state in (("begin", Wizard()), ("bow", bowing), ("result", over)):
        director.dialog.show_wizard(state)
        save(director.dialog, into / f"calibration-{name}.png")
    director.dialog.reject()
    pairing = PairingDialog(window)
    for stage in (PairStage.WAITING, PairStage.PAIRED):
        pairing.show_pairing(Pairing(stage, 42, virtual=True))
        pairing.adjustSize()
        save(pairing, into / f"pairing-{stage.value}.png")
    pairing.deleteLater()


def for_the_readme(language: str, scheme: str) -> None:
    """Copies of the few pictures that are kept."""
    for page, wanted in README.items():
        if wanted == (language, scheme):
            picture = OUT / f"{language}-{scheme}-100" / f"{page}.png"
            kept = ROOT / "docs" / f"{page.partition('-')[0]}.png"
            kept.write_bytes(picture.read_bytes())


def save(window, path: Path) -> None:  # type: ignore[no-untyped-def]
    """The window as it is now."""
    if not window.grab().save(str(path)):
        raise SystemExit(f"screenshots: {path} cannot be written: make room there.")


def settle(window) -> None:  # type: ignore[no-untyped-def]
    """Until everything that was asked for is answered and drawn."""
    answered: list[bool] = []
    window.director.when_done(lambda: answered.append(True))
    until(lambda: bool(answered))
    wait(120)


def wait(milliseconds: int) -> None:
    """Let the window do what it does."""
    from PyQt6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def until(true) -> None:  # type: ignore[no-untyped-def]
    """Wait for at most three minutes."""
    for _turn in range(1800):
        if true():
            return
        wait(100)
    raise SystemExit("screenshots: the virtual belt did not get ready: look at make run.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

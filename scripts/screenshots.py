"""Draw every page and dialogue in light and dark, in every language, at 100, 150 and 200 %.

screenshots.py [--quick | --gallery]: into build/screenshots/LANGUAGE-SCHEME-PERCENT/PAGE.png, and
the README's at 200 % into docs/. `--quick` draws at 100 % alone, `--gallery` the README's alone.
The data are the demo's: a virtual belt with four weeks behind it, and a coach with five; the year
and the comparison are an invented office worker's. All of it is made once a day.
"""

import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PyQt6.QtGui import QImage

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # what tests make is shown, too
OUT = ROOT / "build" / "screenshots"
MADE = ROOT / "build" / "screenshots-data"
DATA = MADE / date.today().isoformat()
SIZE = (1024, 700)
SCALES = (100, 150, 200)
SCHEMES = ("light", "dark")
GALLERY_AT = 200
"""Per cent: sharp on screens of every kind."""
GALLERY = {
    "today": ("today", "en", "light"),
    "trends": ("year", "en", "light"),
    "compare": ("year-compare", "en", "light"),
    "live": ("live", "de", "dark"),
    "belt": ("belt", "nl", "light"),
    "coach": ("coach-today", "en", "light"),
    "course": ("coach-course", "en", "light"),
    "learn": ("coach-learn", "nl", "light"),
    "visit": ("coach-visit", "en", "light"),
}
"""File in docs/: the page, and the language and colours in which the README shows it."""
YEAR_WEEKS = 52
FOUR_WEEKS = 1
"""The entry of the comparison's periods."""
MOST_LOOKS = 10
A_LEAN, A_TILT = (10, 40), 6
"""Degrees forward and to a side in the README's picture: a posture one can recognise."""


def main(argv: list[str]) -> int:
    """Each scale in a process of its own: Qt takes it once."""
    from tests.ui.offscreen import with_screen

    if argv[:1] == ["--at"]:
        return draw(int(argv[1]), gallery="--gallery" in argv)
    for old in set(MADE.glob("*-*-*")) - {DATA}:
        shutil.rmtree(old)
    scales = SCALES[:1] if "--quick" in argv else SCALES
    MADE.mkdir(parents=True, exist_ok=True)
    for percent in (GALLERY_AT,) if "--gallery" in argv else scales:
        environment = {**with_screen(SIZE, percent / 100, MADE), "LANGUAGE": "en"}
        command = [sys.executable, __file__, "--at", str(percent), *argv]
        ran = subprocess.run(command, env=environment, check=False)
        if ran.returncode:
            return ran.returncode
    if "--quick" not in argv:
        for_the_readme()
    print(f"screenshots: {len(list(OUT.rglob('*.png')))} pictures in {OUT.relative_to(ROOT)}")
    return 0


def draw(percent: int, *, gallery: bool) -> int:
    """All languages and schemes at one scale; with `gallery` those that the README shows."""
    from dataclasses import replace

    from plumbline import i18n, made_up
    from plumbline.demo import VirtualLink
    from plumbline.ui import app as window_app
    from plumbline.ui.demo_past import DemoPast
    from plumbline.ui.main_window import MainWindow
    from plumbline.ui.rooms.rooms import PAGES
    from plumbline.ui.session import real_session

    wanted = [wanted[1:] for wanted in GALLERY.values()]
    folder = DATA / "demo"
    made_up.mark(folder)
    app = window_app.application()
    with VirtualLink(folder) as link:
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
                if not gallery or (language, scheme) in wanted:
                    dress(app, window, scheme)
                    into = OUT / f"{language}-{scheme}-{percent}"
                    pages(window, into)
                    if (percent, language, scheme) == (GALLERY_AT, *GALLERY["live"][1:]):
                        at_rest(window, into / "live.png")
        window.close()
    if percent == GALLERY_AT:
        year(app, OUT / f"en-light-{percent}")
    print(f"screenshots: {percent} % done", flush=True)
    return 0


def year(app, into: Path) -> None:  # type: ignore[no-untyped-def]
    """A year and a comparison in it: more than a virtual belt's memory holds."""
    from dataclasses import replace

    from plumbline import made_up
    from plumbline.ui.link_work import SerialLink
    from plumbline.ui.main_window import MainWindow
    from plumbline.ui.presenters.trends import Range
    from plumbline.ui.rooms.rooms import PAGES, TRENDS
    from plumbline.ui.session import real_session
    from plumbline.ui.trends_page import COMPARE

    from tests.analysis.build import Office
    from tests.ui.folders import fill

    class NoPorts(SerialLink):
        """Whatever is plugged in here."""

        def ports(self) -> list[str]:
            return []

    folder = DATA / "year"
    session = replace(real_session(folder), link=NoPorts(folder))
    if not folder.exists():
        made_up.mark(folder)
        worked = Office(session.today() - timedelta(days=1), YEAR_WEEKS, session.rule)
        fill(folder, worked.minutes, worked.events, "Plumbline belt")
    window = MainWindow(session, remember=False)
    window.choose_language("en")
    dress(app, window, "light")
    window.resize(*SIZE)
    window.show()
    window.start()
    until(lambda: window.shows_a_day)
    window.tabs.setCurrentIndex(PAGES.index(TRENDS))
    settle(window)
    window.trends.ranges.buttons()[list(Range).index(Range.YEAR)].click()
    settle(window)
    save(window, into / "year.png")
    window.trends.choose_kind(COMPARE)
    window.trends.compare.kind.setCurrentIndex(FOUR_WEEKS)
    window.trends.compare.kind.activated.emit(FOUR_WEEKS)
    settle(window)
    save(window, into / "year-compare.png")
    window.close()


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
            every_dialogue(window, into)
        if page is window.coach:
            for key in page.pages:
                page.open(key)
                settle(window)
                save(window, into / f"{name}-{key}.png")


def at_rest(window, path: Path) -> None:  # type: ignore[no-untyped-def]
    """The page Live once more, at a moment that tells more than one between two postures."""
    from plumbline.ui.rooms.rooms import LIVE, PAGES

    def is_at_rest() -> bool:
        view = window.live_director.view
        lean, tilt = view.flexion or 0, view.lateral or 0
        return (
            bool(window.live.posture.text()) and A_LEAN[0] < lean < A_LEAN[1] and abs(tilt) < A_TILT
        )

    window.tabs.setCurrentIndex(PAGES.index(LIVE))
    until(is_at_rest)
    save(window, path)


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
        wait(20)
        save(director.dialog, into / f"calibration-{name}.png")
    director.dialog.reject()
    pairing = PairingDialog(window)
    for stage in (PairStage.WAITING, PairStage.PAIRED):
        pairing.show_pairing(Pairing(stage, 42, virtual=True))
        pairing.adjustSize()
        wait(20)
        save(pairing, into / f"pairing-{stage.value}.png")
    pairing.deleteLater()


def every_dialogue(window, into: Path) -> None:  # type: ignore[no-untyped-def]
    """Those that the tests make; the coach's have the demo's past to show."""
    from tests.ui.test_coach_enter import MADE
    from tests.ui.test_named import DIALOGUES

    until(lambda: window.coach_director.state is not None)
    state = window.coach_director.state
    coach = {f"coach {name}": lambda _parent, make=make: make(state) for name, make in MADE.items()}
    for name, make in (DIALOGUES | coach).items():
        dialogue = make(window)
        dialogue.show()
        wait(20)
        save(dialogue, into / f"dialogue-{name.replace(' ', '-')}.png")
        dialogue.close()
        dialogue.deleteLater()


def for_the_readme() -> None:
    """Copies of the few pictures that are kept."""
    from PyQt6.QtGui import QImage

    for name, (page, language, scheme) in GALLERY.items():
        picture = QImage(str(OUT / f"{language}-{scheme}-{GALLERY_AT}" / f"{page}.png"))
        if not in_few_colours(picture).save(str(ROOT / "docs" / f"{name}.png"), "PNG", 0):
            raise SystemExit(f"screenshots: docs/{name}.png cannot be written: make room there.")


def in_few_colours(picture: "QImage") -> "QImage":
    """With the 256 colours that are used most, others as the nearest of them: half the bytes."""
    import numpy as np
    from PyQt6.QtGui import QImage

    picture = picture.convertToFormat(QImage.Format.Format_RGB32)
    wide, high = picture.width(), picture.height()
    bits = picture.constBits()
    pixels = np.frombuffer(bits.asstring(picture.sizeInBytes()) if bits else b"", np.uint32)
    colours, places, counts = np.unique(pixels, return_inverse=True, return_counts=True)
    kept = colours[np.argsort(-counts, kind="stable")[:256]]
    parts = [np.stack([c >> 16 & 255, c >> 8 & 255, c & 255], -1) for c in (colours, kept)]
    found, few = (part.astype(np.int64) for part in parts)
    nearest = np.array([((few - each) ** 2).sum(-1).argmin() for each in found], np.uint8)
    rows = nearest[places].tobytes()
    small = QImage(rows, wide, high, wide, QImage.Format.Format_Indexed8)
    small.setColorTable(kept.tolist())
    return small.copy()  # the rows are ours


def save(window, path: Path) -> None:  # type: ignore[no-untyped-def]
    """The window as it is now."""
    if not window.grab().save(str(path)):
        raise SystemExit(f"screenshots: {path} cannot be written: make room there.")


def settle(window) -> None:  # type: ignore[no-untyped-def]
    """Until everything that was asked for is answered and drawn; what moves is not waited for."""
    answered: list[bool] = []
    window.director.when_done(lambda: answered.append(True))
    until(lambda: bool(answered))
    before = None
    for _turn in range(MOST_LOOKS):  # plots are drawn one after the other
        wait(120)
        now = window.grab().toImage()
        if now == before:
            break
        before = now


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

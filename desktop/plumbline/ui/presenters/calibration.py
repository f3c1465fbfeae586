"""The guided calibration: where it stands, and what to say of it. Knows no Qt.

    intro -> ready -> countdown -> collecting -> ready (the next step) ... -> result
                ^                      |
                +------- failed <------+          lost: the belt is not there; once it is, ready
                                                  for the first step, or the one that is repeated

The belt judges: it looks for a pose that is kept or for a bow, buzzes, and puts what it found in
force when all steps are done or left out; until then, the calibration from before counts.
The countdown is ours: without it the chair would be measured that the wearer gets up from.
"""

from dataclasses import dataclass, replace
from enum import Enum

from beltwire import codes
from beltwire.messages import CalibrateReply

from plumbline.analysis.wording import number
from plumbline.i18n import _, ngettext

COUNTDOWN_S = 5
"""To get into the pose before the belt looks."""
STEPS = (codes.STEP_STAND, codes.STEP_SIT, codes.STEP_BOW)
GOOD, FAIR = 75, 55
"""Standing gives up to 60, the bow up to 24 (30 once walking has confirmed it), sitting 10."""
WORTH = {codes.STEP_STAND: 60, codes.STEP_SIT: 10, codes.STEP_BOW: 24}
WEAK = 0.6
"""A step that gave less than this part of its worth is worth doing again."""


class Stage(Enum):
    """What the wizard waits for."""

    INTRO = "intro"
    READY = "ready"
    COUNTDOWN = "countdown"
    COLLECTING = "collecting"
    FAILED = "failed"
    RESULT = "result"
    LOST = "lost"


@dataclass(frozen=True)
class Wizard:
    """Where the calibration stands. `gains`: what each step has added to the quality, None for one
    that was left out; `again`: this step alone is repeated; `virtual`: the belt is."""

    stage: Stage = Stage.INTRO
    place: int = 0
    left_s: int = 0
    progress: int = 0
    reason: int = codes.REASON_NONE
    quality: int = 0
    gains: tuple[int | None, ...] = (None, None, None)
    again: bool = False
    lost: str = ""
    virtual: bool = False

    @property
    def step(self) -> int:
        """STEP_* of the present step."""
        return STEPS[self.place]

    def begun(self) -> "Wizard":
        """From the beginning; the calibration from before stays until there is a whole new one."""
        return Wizard(Stage.READY, virtual=self.virtual)

    def started(self) -> "Wizard":
        """The wearer gets into the pose."""
        fresh = replace(self, progress=0, reason=codes.REASON_NONE, lost="")
        return replace(fresh, stage=Stage.COUNTDOWN, left_s=COUNTDOWN_S)

    def second_gone(self) -> "Wizard":
        """A second of the countdown; at its end the belt looks."""
        left = self.left_s - 1
        return replace(self, left_s=left, stage=self.stage if left > 0 else Stage.COLLECTING)

    def answered(self, answer: CalibrateReply) -> "Wizard":
        """What the belt said of the step."""
        if answer.status == codes.CALIBRATION_COLLECTING:
            return replace(self, progress=answer.quality, reason=answer.reason)
        if answer.status == codes.CALIBRATION_DONE:
            return self._done(answer.quality)
        return replace(self, stage=Stage.FAILED, reason=answer.reason, lost="")

    def skipped(self) -> "Wizard":
        """This step is left out."""
        return self._next()

    def repeated(self, place: int) -> "Wizard":
        """One step again; standing measures everything anew."""
        if place == 0:
            return self.begun()
        return replace(self, stage=Stage.READY, place=place, again=True)

    def gone(self, sentence: str) -> "Wizard":
        """The belt is not there, `sentence` says why; the result stays on the screen."""
        if self.stage is Stage.RESULT:
            return self
        return replace(self, stage=Stage.LOST, lost=sentence)

    def refused(self, sentence: str) -> "Wizard":
        """The belt is there and would not, `sentence` says why."""
        return replace(self, stage=Stage.FAILED, lost=sentence)

    def back(self) -> "Wizard":
        """The belt is there again; of steps that were not complete it knows nothing any more."""
        if self.stage is not Stage.LOST:
            return self
        return replace(self, stage=Stage.READY) if self.again else self.begun()

    def _done(self, quality: int) -> "Wizard":
        gains = list(self.gains)
        without = self.quality - (gains[self.place] or 0)
        gains[self.place] = quality - without
        return replace(self, quality=quality, gains=tuple(gains))._next()

    def _next(self) -> "Wizard":
        if self.again or self.place + 1 == len(STEPS):
            return replace(self, stage=Stage.RESULT, again=False)
        return replace(self, stage=Stage.READY, place=self.place + 1, progress=0)


@dataclass(frozen=True)
class WizardView:
    """The dialogue: names of the steps with a mark, texts, the bar in percent or None, buttons.

    `current` is the place of the present step, -1 for none. `main` goes on, "" where there is
    nothing to go on with; `repeats` are the steps that can be done again, by their place: all of
    them at the end, and before it the first, with which everything is measured anew.
    """

    steps: tuple[str, ...]
    current: int
    title: str
    text: str
    said: str
    percent: int | None
    main: str
    can_skip: bool
    repeats: tuple[int, ...]
    is_over: bool


def present_wizard(wizard: Wizard) -> WizardView:
    """Texts and buttons for where the calibration stands."""
    over = wizard.stage is Stage.RESULT
    return WizardView(
        steps=tuple(_step_line(wizard, place) for place in range(len(STEPS))),
        current=-1 if over or wizard.stage is Stage.INTRO else wizard.place,
        title=_title(wizard),
        text=_text(wizard),
        said=_said(wizard),
        percent=_percent(wizard),
        main=_main(wizard),
        can_skip=wizard.place > 0 and wizard.stage in (Stage.READY, Stage.FAILED),
        repeats=_repeats(wizard),
        is_over=over,
    )


def _repeats(wizard: Wizard) -> tuple[int, ...]:
    if wizard.stage is Stage.RESULT:
        return tuple(range(len(STEPS)))
    waits = wizard.stage in (Stage.READY, Stage.FAILED)
    return (0,) if waits and wizard.place > 0 and not wizard.again else ()


def step_names() -> tuple[str, ...]:
    """The three steps."""
    return (_("Stand upright"), _("Sit upright"), _("Bow once"))


def quality_word(quality: int) -> str:
    """A calibration's quality, 0 to 100, in a word."""
    if quality >= GOOD:
        return _("good")
    return _("fair") if quality >= FAIR else _("poor")


def quality_text(quality: int) -> str:
    """ "Quality 89 of 100: good"."""
    return _("Quality {n} of 100: {word}").format(n=number(quality), word=quality_word(quality))


def calibration_text(quality: int) -> str:
    """What is in force on the belt, for the page Belt; 0 where nothing is."""
    if not quality:
        return _(
            "Not calibrated yet: angles are rough, and the belt gives no reminders about them."
        )
    return quality_text(quality)


def _step_line(wizard: Wizard, place: int) -> str:
    name = f"{place + 1}  {step_names()[place]}"
    return f"{name}  ✓" if wizard.gains[place] is not None else name


def _title(wizard: Wizard) -> str:
    if wizard.stage is Stage.INTRO:
        return _("Teach the belt how it sits on you")
    if wizard.stage is Stage.RESULT:
        return quality_text(wizard.quality)
    return step_names()[wizard.place]


def _text(wizard: Wizard) -> str:
    if wizard.stage is Stage.INTRO and wizard.virtual:
        return _(
            "Three short steps show the belt what is upright and what is forward. This belt is a "
            "virtual one: its wearer does each step when you start it."
        )
    if wizard.stage is Stage.INTRO:
        return _(
            "Three short steps show the belt what is upright and what is forward for you. "
            "Put it on as you wear it, and leave the cable loose enough to stand up."
        )
    if wizard.stage is Stage.RESULT:
        return _advice(wizard)
    return (
        _("Stand upright and at ease, look ahead, and keep still until the belt buzzes."),
        _("Sit upright and at ease, and keep still until the belt buzzes."),
        _("Stand up, bow forward once from the hip as if to greet, and come up again."),
    )[wizard.place]


def _said(wizard: Wizard) -> str:
    if wizard.stage is Stage.LOST:
        return wizard.lost
    if wizard.stage is Stage.FAILED:
        return wizard.lost or reason_text(wizard.reason, wizard.step)
    if wizard.stage is Stage.READY:
        text = ngettext(
            "Press “{button}”; you have {n} second before the belt looks.",
            "Press “{button}”; you have {n} seconds before the belt looks.",
            COUNTDOWN_S,
        )
        return text.format(button=_("Start this step"), n=COUNTDOWN_S)
    if wizard.stage is Stage.COUNTDOWN:
        text = ngettext(
            "The belt looks in {n} second.", "The belt looks in {n} seconds.", wizard.left_s
        )
        return text.format(n=wizard.left_s)
    if wizard.stage is Stage.COLLECTING:
        return _bowing(wizard) if wizard.step == codes.STEP_BOW else _holding(wizard)
    return ""


def _holding(wizard: Wizard) -> str:
    if wizard.reason == codes.REASON_MOVED:
        return _("You moved a little, so the belt begins again. Keep still …")
    if wizard.progress:
        return _("Keep still …")
    return _("The belt waits until you have come to rest …")


def _bowing(wizard: Wizard) -> str:
    if wizard.progress >= 80:
        return _("Deep enough: come up again.")
    return _("Bow now, slowly …") if not wizard.progress else _("A little deeper …")


def _percent(wizard: Wizard) -> int | None:
    return wizard.progress if wizard.stage is Stage.COLLECTING else None


def _main(wizard: Wizard) -> str:
    return {
        Stage.INTRO: _("Begin"),
        Stage.READY: _("Start this step"),
        Stage.FAILED: _("Try again"),
        Stage.LOST: _("Try again"),
        Stage.RESULT: _("Close"),
    }.get(wizard.stage, "")


def reason_text(reason: int, step: int) -> str:
    """Why a STEP_* did not succeed, and what to do."""
    if reason == codes.REASON_MOVED and step == codes.STEP_SIT:
        return _(
            "There was a little too much movement. Rest your hands on your thighs, breathe calmly "
            "and try again."
        )
    if reason == codes.REASON_NOT_UPRIGHT and step == codes.STEP_BOW:
        return _(
            "The belt did not see you as upright as in the first step. Stand up for the bow and "
            "try again, or do all steps again."
        )
    reasons = {
        codes.REASON_MOVED: _(
            "There was a little too much movement. Hold on to something, breathe calmly and try "
            "again."
        ),
        codes.REASON_NOT_UPRIGHT: _("That was too far from upright: come up and try again."),
        codes.REASON_NO_BOW: _("No bow was seen: try again and bow a little deeper."),
        codes.REASON_NO_SENSOR: _("The sensor gave no samples: wait a minute and try again."),
        codes.REASON_UPSIDE_DOWN: _("The belt is upside down: turn it round and try again."),
    }
    return reasons.get(reason, _("That did not succeed: try again."))


def _advice(wizard: Wizard) -> str:
    """What the result means, and what would make it better."""
    sentences = [_meaning(wizard.quality)]
    stand, sit, bow = wizard.gains
    if stand is not None and stand < WEAK * WORTH[codes.STEP_STAND]:
        sentences.append(_("Standing was restless: repeat all steps, holding on to something."))
    if sit is not None and sit < WEAK * WORTH[codes.STEP_SIT]:
        sentences.append(_("Sitting was restless: repeat it, with your hands on your thighs."))
    if bow is None:
        sentences.append(_("Without a bow, walking a little way shows the belt where forward is."))
    elif bow < WEAK * WORTH[codes.STEP_BOW]:
        sentences.append(_("The bow went to one side: repeat it, straight ahead and slowly."))
    return " ".join(sentences)


def _meaning(quality: int) -> str:
    if quality >= GOOD:
        return _("The belt knows how it sits on you. It asks for this again if it shifts.")
    if quality >= FAIR:
        return _("The angles are usable; a repeated step makes them better.")
    return _("The angles would be rough. Tighten the belt so that it does not slide, and repeat.")

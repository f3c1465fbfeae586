"""The text of docs/accuracy.md around what was measured."""

from dataclasses import dataclass

from training import repetitions_text
from training.evaluate import Count
from training.inclination_eval import Trial
from training.repetitions_eval import Outcome
from training.repetitions_robust import Disturbed
from training.robustness import Case


@dataclass(frozen=True)
class Bout:
    """A reference walking bout: initial contacts in it, steps counted by the belt."""

    name: str
    contacts: int
    steps: int


@dataclass(frozen=True)
class Parts:
    """What was measured, in the page's order; rows and confusion are lines of Markdown."""

    rows: list[str]
    trials: list[Trial]
    confusion: list[str]
    bouts: list[Bout]
    repetitions: Outcome
    otherwise: list[tuple[Case, Count]]
    repeated_otherwise: list[Disturbed]


HEAD = """\
# How right the belt is

Measured by `make accuracy DATA=DIR`, which writes this page, figures and all. Activity and
repetitions are measured leaving one person out: nobody is judged by a model that has seen them.

| what | target | measured | met |
|---|---|---|---|
"""

EXPECT = """\

## What to expect of other people

Leaving a person out keeps the *model* honest, but not those who made it: features, thresholds,
costs of the state machine and the parameters of the filter were all chosen on these recordings.
So for people and trials that nobody here has seen, expect somewhat less than the table says:

- **Inclination.** The parameters sit on plateaus (a stage's time constant anywhere from 1.5 to
  2.3 s), and the filter knows nothing of the trials. Little should change.
- **Activity.** Sitting against standing is the weak point. Who stands as still as people sit, on
  the lower back, is told from them only by the movement in between; a missed one stays wrong until
  the next. `unknown` is said where the sequence is in doubt, and counts as wrong here.
- **Running.** Five runners at their own pace taught it. Very gentle jogging may be called walking.
- **Steps.** Three people walked with a reference. With each left out of the training the count is
  the honest one; single short bouts are off by one or two steps.
- **Repetitions.** Nobody in the recordings does exercises. Chair rises one after the other were
  tried by joining people's own sitting down and standing up: of five in a row, SETS_WORN are
  counted on the hip and SETS_BACK as on the lower back (means of 40, with the model as it is).
  Thresholds are physical where they could be, and sit on plateaus (`training.repetitions_study`).

The same activities with ten people's recordings disturbed before the core sees them, each decoded
by a model that has not seen the person:

| disturbance | macro F1 | walking merged | sit/stand |
|---|---|---|---|
"""

INCLINATION = """\

Offsets of the acceleration are what hurts most: 40 mg on every axis is twice what the sensor's data
sheet calls typical, and the belt does not calibrate it.

## Inclination

Root-mean-square angle in degrees between the estimated vertical and optical motion
capture while the board moves (BROAD, Laidig et al., Data 6(7):72, 2021), the belt's
integers beside VQF's six-axis filter in floats on the recording as it is.

| trial | belt | VQF |
|---|---|---|
"""

ACTIVITY = """\

![Error per trial](accuracy-inclination.png)

![Angle against reference](accuracy-angle.png)

The same filter in floats is as good as the integers
(`.venv/bin/python -m training.inclination_eval DATA`), and its parameters lie on plateaus
(`.venv/bin/python -m training.inclination_study DATA`).

## Activity

Seconds of HAPT (Reyes-Ortiz et al., Neurocomputing 171, 754-767, 2016), users 1-20.

"""

STEPS = """\

![Confusion matrix](accuracy-activity.png)

Twice the trees were tried and are no better on people left out. No threshold on tilt is used: on
the lower back sitting and standing differ by one degree. Going downstairs is now and then called
running: in both the body falls.

## Steps

Steps counted by the belt in reference walking bouts on the lower back (example data of
the Mobilise-D consortium), against initial contacts by an instrumented insole. The model
has learnt what walking about a kitchen looks like on the lower back from these three
people; the line above with each walker left out says what to expect of others. It was -7 %
while a gait too unsure to be named had no steps; now its steps count, and so do those of a
second taken for a manoeuvre whose scores are near a gait's.

| recording | initial contacts | steps |
|---|---|---|
"""


def document(parts: Parts) -> str:
    """The whole page."""
    found = parts.repetitions.joined
    expect = EXPECT.replace("SETS_WORN", f"{found.set_of_five_worn:.1f}")
    expect = expect.replace("SETS_BACK", f"{found.set_of_five_back:.1f}")
    lines = [HEAD.rstrip("\n"), *parts.rows, expect.rstrip("\n")]
    lines += [
        f"| {case.name} | {c.macro_f1():.3f} | {c.merged_f1():.3f} | {c.sit_stand():.3f} |"
        for case, c in parts.otherwise
    ]
    lines.append(INCLINATION.rstrip("\n"))
    lines += [f"| {t.name} | {t.belt:.2f} | {t.vqf:.2f} |" for t in parts.trials]
    lines += [ACTIVITY.rstrip("\n"), "", *parts.confusion, STEPS.rstrip("\n")]
    lines += [f"| {b.name} | {b.contacts} | {b.steps} |" for b in parts.bouts]
    lines += repetitions_text.section(parts.repetitions, parts.repeated_otherwise)
    return "\n".join(lines) + "\n"

"""Who wears the virtual belt: a recording, its labels, and the calibration made on it.

Beside a recording may lie `labels.csv` (recording, user, activity, start_s, end_s). From its
first standing and sitting stretches comes the calibration that the belt's guided calibration
would have found, by the same code that `plumbline replay --upright T0:T1 --seated T0:T1` runs.
"""

import csv
import io
from array import array
from dataclasses import dataclass
from pathlib import Path

from beltcore.pipeline import Pipeline
from beltcore.rehearsal import Rehearsal
from beltwire import codes
from device.store import Kept

from plumbline import replay_core
from plumbline.errors import UserError
from plumbline.i18n import _
from plumbline.recording import Recording
from plumbline.replay import make_plan

LABELS = "labels.csv"


@dataclass(frozen=True)
class Stretch:
    """A labelled stretch of a recording, in the recording's seconds."""

    activity: str
    start_s: float
    end_s: float

    def span(self) -> str:
        """As the command line writes it: T0:T1."""
        return f"{self.start_s:g}:{self.end_s:g}"


def read_stretches(recording: Path) -> list[Stretch]:
    """The labelled stretches of `recording`, in order; empty where there are no labels."""
    labels = recording.parent / LABELS
    if not labels.is_file():
        return []
    name = recording.name.removesuffix(".gz").removesuffix(".csv")
    with labels.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["recording"] == name]
    found = [Stretch(row["activity"], float(row["start_s"]), float(row["end_s"])) for row in rows]
    return sorted(found, key=lambda stretch: stretch.start_s)


def pose(stretches: list[Stretch], activity: str) -> str | None:
    """The span of the first stretch of `activity`, None where there is none."""
    for stretch in stretches:
        if stretch.activity == activity:
            return stretch.span()
    return None


def calibrated_pipeline(recording: Recording, upright: str, seated: str | None) -> Pipeline:
    """A fresh core, calibrated on the poses; UserError where they tell it nothing."""
    plan = make_plan(recording, upright=upright, seated=seated)
    core = Rehearsal(None, [], samples=False)
    counts = io.BytesIO(recording.counts.tobytes())
    if replay_core.calibrate_from(plan, counts, core) == replay_core.NOT_UPRIGHT:
        raise UserError(
            _("The belt cannot tell up from {span}: name seconds of quiet standing.").format(
                span=upright
            )
        )
    return core.pipeline


def kept_calibration(pipeline: Pipeline) -> Kept:
    """The calibration of `pipeline` as the belt keeps it on its flash."""
    found = pipeline.samples.calibration
    rows = array("h", found.mounting.rows)
    return Kept(rows, found.quality, codes.CALIBRATED_BY_HOST, found.seated_cdeg)

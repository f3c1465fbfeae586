"""The page Live: the trunk as it moves, in words, and how well the samples come."""

from collections import deque
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise
from math import acos, cos, degrees, radians

from beltwire import codes
from beltwire.messages import LiveSample

from plumbline.analysis.postures import POSTURE_OF, Posture
from plumbline.i18n import _, ngettext
from plumbline.store.rows import NO_ANGLE
from plumbline.ui.presenters import words
from plumbline.ui.talk_state import TalkPhase, TalkState

POSTURE_S = (3, 5)
"""The belt judges a second by those around it: from a movement's end until the posture is named,
9 in 10 times at most so long, on the bundled recordings with their labels."""
WINDOW_S = 10.0
"""The connection is judged by its last ten seconds."""
GAP_INTERVALS = 1.7
"""Two samples this many intervals apart (by the belt's clock) have lost one between them."""


class SampleWindow:
    """The last seconds of samples, by the belt's clock and by ours; `rate` is what was promised."""

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self._seen: deque[tuple[float, int]] = deque()

    def add(self, mono_ms: int, at_s: float) -> None:
        """A sample of the belt's `mono_ms` came at `at_s` of our monotonic clock."""
        self._seen.append((at_s, mono_ms))
        while self._seen[0][0] < at_s - WINDOW_S:
            self._seen.popleft()

    @property
    def per_second(self) -> float:
        """Samples a second that have come, by the belt's clock: some come late, in a bunch."""
        if len(self._seen) < 2:
            return 0.0
        span = (self._seen[-1][1] - self._seen[0][1]) / 1000
        return (len(self._seen) - 1) / span if span > 0 else 0.0

    @property
    def lost(self) -> int:
        """Samples that are missing between those that came."""
        times = [mono_ms for _at_s, mono_ms in self._seen]
        apart = [(b - a) * self.rate / 1000 for a, b in pairwise(times)]
        return sum(round(each) - 1 for each in apart if each >= GAP_INTERVALS)


class Legs(Enum):
    """How the figure's legs go with what the belt takes the posture for."""

    DOWN = "down"
    BENT = "bent"
    IN_LINE = "in line"


LEGS_OF = {Posture.SITTING: Legs.BENT, Posture.LYING: Legs.IN_LINE}


@dataclass(frozen=True)
class LiveView:
    """The page; angles in degrees, None where not known, which hides the figure's lean."""

    message: str
    flexion: float | None
    lateral: float | None
    flexion_text: str
    lateral_text: str
    posture: str
    notes: tuple[str, ...]
    quality: str
    legs: Legs = Legs.DOWN
    delay: str = ""
    """Why the posture may not be that of the angle yet."""

    @property
    def description(self) -> str:
        """The figure in words."""
        if self.message:
            return self.message
        return ", ".join(filter(None, (self.posture, self.flexion_text, self.lateral_text)))


def present_live(
    state: TalkState, sample: LiveSample | None, window: SampleWindow | None
) -> LiveView:
    """The page for a state of the talk and the newest sample."""
    if state.phase is not TalkPhase.OPEN or sample is None or window is None:
        return LiveView(talk_message(state), None, None, "–", "–", "", (), "")
    flexion, lateral = _degrees(sample.flexion_cdeg), _degrees(sample.lateral_cdeg)
    posture = POSTURE_OF.get(sample.activity, Posture.UNKNOWN)
    return LiveView(
        message="",
        flexion=flexion,
        lateral=lateral,
        flexion_text="–" if flexion is None else words.angle_text(flexion),
        lateral_text="–" if lateral is None else words.side_text(lateral) or _("no side lean"),
        posture=words.posture_name(posture),
        notes=_notes(sample.flags),
        quality=_quality(window),
        legs=LEGS_OF.get(posture, Legs.DOWN),
        delay=_("The angle is shown at once, the posture {n} to {m} seconds later.").format(
            n=POSTURE_S[0], m=POSTURE_S[1]
        ),
    )


def as_tilt(view: LiveView) -> LiveView:
    """The lean as a whole, for a belt that does not know yet where forward is: it is drawn as if
    it went forward."""
    if view.flexion is None or view.lateral is None:
        return view
    tilt = degrees(acos(cos(radians(view.flexion)) * cos(radians(view.lateral))))
    text = _("{angle}° from upright").format(angle=round(tilt))
    return replace(view, flexion=tilt, flexion_text=text, lateral=None, lateral_text="")


def talk_message(state: TalkState) -> str:
    """What to do, or what is going on, while there is nothing live to show."""
    if state.phase is TalkPhase.NO_BELT:
        return _("Connect the belt by USB; this goes on by itself then.")
    if state.phase is TalkPhase.UNPAIRED:
        return _("The belt has to be paired first: the button above does it.")
    if state.phase is TalkPhase.SYNCING:
        return _("The belt's log is being fetched; this goes on in a moment.")
    if state.phase is TalkPhase.FAILED:
        then = _("This goes on by itself then.") if state.goes_on else ""
        return f"{state.error} {then}".strip()
    if state.phase is TalkPhase.CONNECTING:
        return _("Connecting to the belt …")
    return _("Waiting for the first sample …")


def _degrees(cdeg: int) -> float | None:
    return None if cdeg == NO_ANGLE else cdeg / 100


def _notes(flags: int) -> tuple[str, ...]:
    notes = []
    if flags & codes.LIVE_UNCALIBRATED:
        notes.append(_("Not calibrated yet: angles are rough. The page Belt guides you."))
    if flags & codes.LIVE_MOTOR_ON:
        notes.append(_("The motor runs; motion is not judged meanwhile."))
    if flags & codes.LIVE_SENSOR_GAP:
        notes.append(_("The sensor missed samples in this second."))
    return tuple(notes)


def _quality(window: SampleWindow) -> str:
    """In a word, then how many samples of those that the belt promised have come."""
    lost = window.lost
    came = _("{came} of {rate} readings a second").format(
        came=round(window.per_second), rate=window.rate
    )
    if not lost:
        return _("Connection good: {came}, none lost").format(came=came)
    text = ngettext(
        "Connection with gaps: {came}, {n} lost in the last 10 s",
        "Connection with gaps: {came}, {n} lost in the last 10 s",
        lost,
    )
    return text.format(came=came, n=lost)

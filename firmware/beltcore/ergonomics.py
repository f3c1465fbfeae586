# Plumbline belt core: ergonomic load
"""Trunk bands, held postures, slouch and sitting bouts, one second at a time.

The bands are those of RULA (1993), REBA (2000) and EN 1005-4 (2005): flexion 0-20, 20-60 and
above 60 degrees, backward, side lean above 10 degrees. Holding times follow ISO 11226 (2000).
All limits and their sources are in `params`.
"""

from beltwire import codes

from . import params


def is_upright(activity: int) -> bool:
    """Whether the trunk's angle means load: sitting, standing or moving on one's feet."""
    return codes.SITTING <= activity <= codes.TRANSITION


def is_still(activity: int) -> bool:
    """Whether a posture is being held: sitting or standing."""
    return activity == codes.SITTING or activity == codes.STANDING


def is_moving(activity: int) -> bool:
    """Whether the wearer walks, climbs or runs."""
    return codes.WALKING <= activity <= codes.RUNNING


def band_of(flexion: int, lateral: int, before: int) -> int:
    """Return the band of an angle pair in centidegrees, given the band of the second before.

    Limits have a hysteresis: a band is left only BAND_HYSTERESIS_CDEG beyond the limit by which
    it was entered. Side lean counts where flexion alone would be upright. before: NO_BAND where
    nothing is known.
    """
    play = params.BAND_HYSTERESIS_CDEG
    if flexion >= params.HIGH_CDEG - (play if before == codes.HIGH else 0):
        return codes.HIGH
    bent = before == codes.MODERATE or before == codes.HIGH
    if flexion >= params.MODERATE_CDEG - (play if bent else 0):
        return codes.MODERATE
    if flexion < params.BACKWARD_CDEG + (play if before == codes.BACKWARD else 0):
        return codes.BACKWARD
    if abs(lateral) > params.LATERAL_CDEG - (play if before == codes.LATERAL else 0):
        return codes.LATERAL
    return codes.UPRIGHT


def holding_s(flexion: int, at_limit_s: int) -> int:
    """Return how long an inclination (centidegrees) may be held, in seconds, at least 1.

    at_limit_s: the time allowed at 20 degrees and below. From 20 to 60 degrees it falls on a
    line to a quarter, as ISO 11226's falls from 4 minutes to 1; above 60 it stays there.
    """
    over = flexion - params.HOLD_FROM_CDEG
    span = params.HOLD_TO_CDEG - params.HOLD_FROM_CDEG
    if over < 0:
        over = 0
    if over > span:
        over = span
    lost = (params.HOLD_FROM_S - params.HOLD_TO_S) * over // span
    allowed = at_limit_s * (params.HOLD_FROM_S - lost) // params.HOLD_FROM_S
    return allowed if allowed > 0 else 1


class Dose:
    """How much of a holding time is used up: `level` 0..DOSE_FULL, `held_s` since it began."""

    def __init__(self) -> None:
        self.level = 0
        self.held_s = 0

    def hold(self, allowed_s: int) -> None:
        """A second of holding, of which allowed_s in a row are too long."""
        self.level += -(-params.DOSE_FULL // allowed_s)
        if self.level > params.DOSE_FULL:
            self.level = params.DOSE_FULL
        if self.held_s < 65535:
            self.held_s += 1

    def relieve(self, allowed_s: int) -> None:
        """A second of relief: empties a full dose in allowed_s / RELIEF_DIVISOR seconds."""
        self.level -= params.RELIEF_DIVISOR * (-(-params.DOSE_FULL // allowed_s))
        if self.level <= 0:
            self.clear()

    def clear(self) -> None:
        """Begin anew."""
        self.level = 0
        self.held_s = 0

    def full(self) -> bool:
        """Whether the holding time is used up."""
        return self.level >= params.DOSE_FULL


class SittingBout:
    """Uninterrupted sitting: `seconds` since it began, up to the present sitting second.

    A break ends it: a bout of standing or moving of BREAK_S or more. Shorter interruptions
    belong to it. Lying, not wearing the belt or no samples for BREAK_S end it too. Unknown
    seconds neither count nor break; a transition belongs to what it interrupts.
    """

    def __init__(self) -> None:
        self.seconds = 0
        self.up_s = 0
        self.away_s = 0

    def second(self, activity: int, known: bool) -> None:
        """Take in one second; known: samples were there."""
        if known and activity == codes.SITTING:
            if self.seconds:  # on one's feet before sitting down is no part of the bout
                self.seconds += self.up_s
            self.seconds += 1
            self.up_s = 0
            self.away_s = 0
        elif known and (activity == codes.STANDING or is_moving(activity)):
            self.up_s = min(self.up_s + 1, params.BREAK_S)
            self.away_s = 0
        elif not known or activity == codes.LYING or activity == codes.NOT_WORN:
            self.away_s = min(self.away_s + 1, params.BREAK_S)
        if self.up_s >= params.BREAK_S or self.away_s >= params.BREAK_S:
            self.seconds = 0


class Load:
    """What the present posture costs: two doses and the sitting bout.

    `strained`: the trunk is bent or leans beyond its limit right now (with hysteresis);
    `slouched`: the pelvis is rolled back behind the wearer's own upright sitting.
    """

    def __init__(self) -> None:
        self.strain = Dose()
        self.slouch = Dose()
        self.bout = SittingBout()
        self.strained = False
        self.slouched = False

    def second(
        self, activity: int, flexion: int, lateral: int, limits: "Limits", known: bool
    ) -> None:
        """Take in one second of the present: activity code, centidegrees, the wearer's limits."""
        self.bout.second(activity, known)
        if not known or activity == codes.UNKNOWN:
            return  # no answer is no relief and no load
        still = is_still(activity)
        self.strained = still and beyond_limit(flexion, lateral, limits, self.strained)
        allowed = holding_s(flexion, limits.delay_s)
        if self.strained:
            self.strain.hold(allowed)
        else:
            self.strain.relieve(limits.delay_s)
        self.slouched = is_slouched(activity, flexion, limits.seated_cdeg, self.slouched)
        if self.slouched:
            self.slouch.hold(limits.delay_s)
        else:
            self.slouch.relieve(limits.delay_s)


def beyond_limit(flexion: int, lateral: int, limits: "Limits", before: bool) -> bool:
    """Whether the trunk is bent forward or leans to a side beyond the limits, with hysteresis."""
    play = params.LIMIT_HYSTERESIS_CDEG if before else 0
    if flexion >= limits.flexion_cdeg - play:
        return True
    return abs(lateral) > params.LATERAL_CDEG - play


def is_slouched(activity: int, flexion: int, seated_cdeg: int, before: bool) -> bool:
    """Whether the wearer sits with the pelvis rolled back, against the own seated neutral.

    seated_cdeg: flexion of the wearer's own upright sitting, NO_ANGLE where none was calibrated:
    then nothing counts as slouched.
    """
    if activity != codes.SITTING or seated_cdeg == codes.NO_ANGLE:
        return False
    play = params.SLOUCH_HYSTERESIS_CDEG if before else 0
    return flexion <= seated_cdeg - params.SLOUCH_CDEG + play


class Limits:
    """The wearer's own: flexion limit and seated neutral in centidegrees, holding time in s."""

    def __init__(self) -> None:
        self.flexion_cdeg = params.MODERATE_CDEG
        self.seated_cdeg = codes.NO_ANGLE
        self.delay_s = 120

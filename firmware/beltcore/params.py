# Plumbline belt core: every tunable of load and reminders
"""Every tunable of ergonomic load and reminders: value, unit, number format, source.

All values are plain integers. "cdeg" is centidegrees (1/100 degree), forward and right positive;
"s" is whole seconds; "dose" is Q0 with DOSE_FULL = 1. Where the wearer may choose, the default
stands in `beltwire.settings` and the name here says so.

Sources:
    RULA       McAtamney & Corlett, Applied Ergonomics 24(2):91-99, 1993
    REBA       Hignett & McAtamney, Applied Ergonomics 31(2):201-205, 2000
    EN 1005-4  EN 1005-4:2005+A1:2008, working postures in relation to machinery
    ISO 11226  ISO 11226:2000, static working postures, as Delleman & Dul report it (Ergonomics
               50(11):1809-1819, 2007). The standard is not public and its text was not at hand:
               the two holding times below are second-hand. They give the shape only; how
               long the wearer may hold is the wearer's own setting.
    Endo       Endo et al., Journal of Orthopaedic Science 17(6):682-686, 2012
    own        chosen here, with the reason
"""

# Trunk bands -----------------------------------------------------------------------------------
MODERATE_CDEG = 2000  # cdeg; RULA, REBA, EN 1005-4: 0-20 / 20-60 degrees of flexion
HIGH_CDEG = 6000  # cdeg; RULA, REBA, EN 1005-4: above 60 degrees
BACKWARD_CDEG = -500  # cdeg; REBA scores any extension, EN 1005-4 calls any backward inclination
# only conditionally acceptable; own: 5 degrees of play, because a calibrated upright is no
# sharper than that (people sway and stand differently each time)
LATERAL_CDEG = 1000  # cdeg; EN 1005-4: side bending clearly visible from 10 degrees on
BAND_HYSTERESIS_CDEG = 200  # cdeg; own: sway of quiet standing and sitting stays below 2 degrees

# Holding a posture -----------------------------------------------------------------------------
HOLD_FROM_CDEG = 2000  # cdeg; ISO 11226: holding time is limited from 20 degrees of inclination
HOLD_TO_CDEG = 6000  # cdeg; ISO 11226: 60 degrees, beyond which no holding is recommended
HOLD_FROM_S = 240  # s; ISO 11226: 4 minutes at 20 degrees ...
HOLD_TO_S = 60  # s; ISO 11226: ... falling to 1 minute at 60 degrees
# The wearer's reminder_delay_s (default 120 s) is the holding time at 20 degrees; it shrinks with
# the angle as ISO 11226's does, to a quarter at 60 degrees.
DOSE_FULL = 720720  # dose; own: above 600 * 600, so that n s of a holding time of n s fill it
RELIEF_DIVISOR = 4  # own: relief empties the dose in a quarter of the holding time, so that a
# glance up does not wipe out a minute of bending but half a minute upright does
LIMIT_HYSTERESIS_CDEG = 300  # cdeg; own: a held trunk counts as relieved 3 degrees below the limit

# Slouch ----------------------------------------------------------------------------------------
SLOUCH_CDEG = 1000  # cdeg behind the wearer's own upright sitting; own: half of the 18 degrees
# by which the pelvis rolls back from standing to ordinary sitting (Endo)
SLOUCH_HYSTERESIS_CDEG = 300  # cdeg; own, as above

# Sitting bouts ---------------------------------------------------------------------------------
BREAK_S = 60  # s; product definition: a break is a bout of standing or moving of 60 s or more
SITTING_REPEAT_S = 900  # s; own: a wearer who sits on is reminded again a quarter of an hour later

# Reminders -------------------------------------------------------------------------------------
MINIMUM_GAP_S = 300  # s; own: two buzzes within minutes are one nuisance, not two reminders
HOUR_S = 3600  # s; the sliding window of the hourly budget (setting hourly_budget, default 3)
BUDGET_MAX = 30  # reminders; the most that setting hourly_budget can allow
CORRECTION_WITHIN_S = 60  # s; own: a change later than this is not an answer to the reminder
CORRECTION_HOLD_S = 3  # s; own: the change must last, or a sway would be thanked for
SETTLE_S = 2  # s; own: after a transition the posture is not judged until it is a posture

# Minutes ---------------------------------------------------------------------------------------
MINUTE_S = 60  # s; the log's unit
SPREAD_CDEG = 25  # cdeg a unit; the minute record's format: 0.25 degrees a unit of spread

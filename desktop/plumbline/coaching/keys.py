"""The names that records keep; what people read is looked up elsewhere."""

EXERCISES = (
    "walking",
    "chair_rise",
    "hip_hinge",
    "bridge",
    "bird_dog",
    "side_plank",
    "cat_camel",
    "chair_squat",
    "back_swimming",
    "stretch_break",
)
COUNTED = ("chair_rise", "hip_hinge", "chair_squat")
"""What the belt counts by itself; it measures walking minutes, the rest is ticked off."""
UNITS = ("minutes", "times")
UNIT_OF = {"walking": "minutes", "back_swimming": "minutes", "side_plank": "times"}

DAY_KINDS = ("office", "home", "off", "ill")

SIGNS = {
    "at_once": ("bladder_bowel", "saddle_numbness", "leg_weakness"),
    "within_days": ("fever", "injection_immunity", "fall", "cancer_weight"),
    "soon": ("inflammatory",),
}
"""By how soon a professional should look, the most urgent first."""

PROCEDURES = ("infusion", "injection", "denervation", "endoscopic", "operation")
THERAPIES = (
    "physiotherapy",
    "exercise_class",
    "massage",
    "manual_therapy",
    "medicine",
    *PROCEDURES,
    "other",
)

FOLLOW_UP_WEEKS = (1, 6, 12)

MEASURES = (
    "walking_min",
    "steps",
    "breaks_per_hour",
    "longest_sitting_min",
    "sessions",
    "own_activity",
)


def unit_of(exercise: str) -> str:
    """In what an exercise is counted."""
    return UNIT_OF.get(exercise, "times")

"""The names that records keep; what people read is looked up elsewhere."""

EXERCISES = (
    "walking",
    "chair-rise",
    "hip-hinge",
    "squat-to-chair",
    "bridge",
    "bird-dog",
    "side-plank",
    "cat-camel",
    "back-swimming",
    "stretching-breaks",
)
UNITS = ("minutes", "times")
UNIT_OF = {"walking": "minutes", "back-swimming": "minutes"}

DAY_KINDS = ("office", "home", "off", "ill")

SIGNS = {
    "at-once": ("bladder-bowel", "saddle-numbness", "leg-weakness"),
    "days": ("fever", "spine-injection", "immunity", "fall", "cancer", "weight-loss"),
    "soon": ("inflammation",),
}
"""By how soon a professional should look, the most urgent first."""

PROCEDURES = (
    "infusion",
    "injection",
    "denervation",
    "endoscopic-operation",
    "other-operation",
)
NEAR_SPINE = PROCEDURES[1:]
"""What the question about an injection or a procedure near the spine means."""
THERAPIES = (
    "physiotherapy",
    "exercise-class",
    "massage",
    "manual-therapy",
    "medicine",
    *PROCEDURES,
    "other",
)
WITH_EXERCISE = ("massage", "manual-therapy")
"""These help mainly together with exercise (NICE NG59 2016, 1.2.7; Furlan 2015, Cochrane)."""

FOLLOW_UP_WEEKS = (1, 6, 12)
SATISFIED = ("yes", "partly", "no", "early")

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

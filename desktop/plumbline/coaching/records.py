"""What a person enters, as plain values; `fields` and `read` are the way to the store and back."""

from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, ClassVar, Self, Union, get_args, get_origin, get_type_hints

Fields = dict[str, Any]


class FieldError(ValueError):
    """A `field` of an entry has a value that cannot be; "" where one is missing."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True)
class Record:
    """One entry; `id` is the store's."""

    kind_name: ClassVar[str] = ""

    id: str

    def fields(self) -> Fields:
        """JSON values, without the id."""
        return {
            each.name: _plain(getattr(self, each.name))
            for each in fields(self)
            if each.name != "id"
        }

    @classmethod
    def read(cls, id: str, values: Fields) -> Self:
        """The record that has these fields; what is not known is left out.

        FieldError names the field that is of another type.
        """
        hints = _hints(cls)  # type: ignore[arg-type]  # mypy: a class has no hash
        known = {name: value for name, value in values.items() if name in hints and name != "id"}
        try:
            return cls(id, **{name: _value(hints[name], v, name) for name, v in known.items()})
        except TypeError as error:
            raise FieldError("") from error


@dataclass(frozen=True)
class Episode(Record):
    """Back trouble with a beginning; `complaint` False: none, this is prevention."""

    kind_name = "episode"

    begin: date
    end: date | None = None
    complaint: bool = True
    note: str = ""


@dataclass(frozen=True)
class OwnActivity(Record):
    """Something that trouble hinders, in the wearer's words; `retired` ones are kept."""

    kind_name = "own_activity"

    name: str
    since: date
    retired: date | None = None


@dataclass(frozen=True)
class DiaryEntry(Record):
    """A day in the wearer's view, all 0 to 10: pain (0 none), own activities by id and
    participation (10 as usual), sleep (10 good), stress (0 none). `changed`: the trouble is new
    or different today."""

    kind_name = "diary"

    day: date
    pain_now: int | None = None
    pain_average: int | None = None
    activities: dict[str, int] = field(default_factory=dict)
    participation: int | None = None
    sleep: int | None = None
    stress: int | None = None
    kind: str = ""
    note: str = ""
    changed: bool = False


@dataclass(frozen=True)
class Questionnaire(Record):
    """The total of a questionnaire that was filled in elsewhere."""

    kind_name = "questionnaire"

    day: date
    name: str
    total: float


@dataclass(frozen=True)
class Goal(Record):
    """From `baseline` to `target` by a date; `steps` are what each week on the way should be."""

    kind_name = "goal"

    measure: str
    baseline: float
    target: float
    begin: date
    by: date
    steps: tuple[float, ...] = ()
    own: str = ""
    remind: bool = False
    ended: date | None = None


@dataclass(frozen=True)
class Plan(Record):
    """Graded activity in one exercise. `weekdays` 0 is Monday; `quotas` is empty during the
    baseline and fixed afterwards, `sessions` of them."""

    kind_name = "plan"

    exercise: str
    unit: str
    begin: date
    target: int
    weekdays: tuple[int, ...]
    sessions: int = 12
    quotas: tuple[int, ...] = ()
    stopped: date | None = None


@dataclass(frozen=True)
class Session(Record):
    """What was done on a day; `quota` is what was due, None in the baseline and outside a plan.

    `reps`: range in degrees and length in seconds of each repetition that the belt saw.
    """

    kind_name = "session"

    day: date
    plan: str
    exercise: str
    unit: str
    amount: int
    quota: int | None = None
    counted: str = "hand"
    reps: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True)
class FlareUp(Record):
    """A stretch of more trouble than usual; both days belong to it."""

    kind_name = "flare_up"

    begin: date
    end: date | None = None
    note: str = ""


@dataclass(frozen=True)
class FlarePlan(Record):
    """What to do in a flare-up, written by the wearer beforehand; the newest one holds."""

    kind_name = "flare_plan"

    day: date
    text: str


@dataclass(frozen=True)
class SignAnswer(Record):
    """Warning signs asked; `yes` are those that are there. Open until a professional `looked`.

    `slips`: those that were there until they were taken back on `corrected`, as answered by a slip.
    """

    kind_name = "sign_answer"

    day: date
    yes: tuple[str, ...] = ()
    why: str = "asked"
    looked: date | None = None
    who: str = ""
    slips: tuple[str, ...] = ()
    corrected: date | None = None


@dataclass(frozen=True)
class Snapshot:
    """A state in medians of days; None where there were too few. Minutes are a day's."""

    pain: float | None = None
    activities: float | None = None
    participation: float | None = None
    walking_min: float | None = None
    standing_min: float | None = None


@dataclass(frozen=True)
class Therapy(Record):
    """What was tried, when and by whom; `before` is the state before a procedure."""

    kind_name = "therapy"

    day: date
    kind: str
    by: str = ""
    note: str = ""
    before: Snapshot | None = None


@dataclass(frozen=True)
class FollowUp(Record):
    """How it is `week` weeks after a therapy; pain and own activities 0 to 10."""

    kind_name = "follow_up"

    therapy: str
    week: int
    day: date
    pain: int | None = None
    activities: int | None = None
    side_effects: str = ""
    satisfied: str = ""


@dataclass(frozen=True)
class LessonSeen(Record):
    """A lesson read; `correct` is whether its question was answered, None where it was not."""

    kind_name = "lesson_seen"

    lesson: str
    day: date
    correct: bool | None = None


@dataclass(frozen=True)
class VisitNote(Record):
    """What the wearer wants from the next visit; the newest one holds. `asks` are ids of the
    questions for a specialist, `own` the wearer's own, one a line."""

    kind_name = "visit_note"

    day: date
    wish: str = ""
    asks: tuple[str, ...] = ()
    own: str = ""


@dataclass(frozen=True)
class Preferences(Record):
    """What the wearer wishes: the diary is offered from this minute of the day on. `course_seen`:
    when a course without a clear increase was last looked at."""

    kind_name = "coach_preferences"

    diary_from_min: int = 0
    course_seen: date | None = None


KINDS: dict[str, type[Record]] = {each.kind_name: each for each in Record.__subclasses__()}


@dataclass(frozen=True)
class Records:
    """Everything one wearer has entered, each list in order of time."""

    episodes: tuple[Episode, ...] = ()
    activities: tuple[OwnActivity, ...] = ()
    diary: tuple[DiaryEntry, ...] = ()
    questionnaires: tuple[Questionnaire, ...] = ()
    goals: tuple[Goal, ...] = ()
    plans: tuple[Plan, ...] = ()
    sessions: tuple[Session, ...] = ()
    flares: tuple[FlareUp, ...] = ()
    flare_plans: tuple[FlarePlan, ...] = ()
    answers: tuple[SignAnswer, ...] = ()
    therapies: tuple[Therapy, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    lessons: tuple[LessonSeen, ...] = ()
    visits: tuple[VisitNote, ...] = ()
    preferences: tuple[Preferences, ...] = ()

    @property
    def preference(self) -> Preferences:
        """The newest wishes."""
        return self.preferences[-1] if self.preferences else Preferences("")


@cache
def _hints(cls: Any) -> dict[str, Any]:
    return {name: hint for name, hint in get_type_hints(cls).items() if name != "kind_name"}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Snapshot):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    return dict(value) if isinstance(value, dict) else value


def _value(kind: Any, value: Any, name: str) -> Any:
    """`value` as the field's type has it; FieldError where it is of another."""
    origin, args = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return None if value is None else _value(args[0], value, name)
    if origin is tuple and isinstance(value, list | tuple):
        kinds = args[:1] * len(value) if args[-1] is Ellipsis else args
        if len(kinds) == len(value):
            return tuple(_value(k, v, name) for k, v in zip(kinds, value, strict=True))
    if origin is dict and isinstance(value, dict):
        return {_value(args[0], k, name): _value(args[1], v, name) for k, v in value.items()}
    if kind is date and isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise FieldError(name) from error
    if is_dataclass(kind) and isinstance(value, dict):
        hints = get_type_hints(kind)
        return kind(**{k: _value(hints[k], v, name) for k, v in value.items() if k in hints})  # type: ignore[operator]
    if kind is float and type(value) in (int, float):
        return float(value)
    if type(value) is kind:
        return value
    raise FieldError(name)

"""Coaching records made by hand, counted in days from the first of September 2026."""

from datetime import date, timedelta

from plumbline.coaching import records as r

FIRST = date(2026, 9, 1)


def day(n: int) -> date:
    """The n-th day; 0 is a Tuesday, 1 September 2026."""
    return FIRST + timedelta(days=n)


def episode(begin: int = 0, end: int | None = None, *, id: str = "e1", **more: object) -> r.Episode:
    return r.Episode(id, day(begin), None if end is None else day(end), **more)  # type: ignore[arg-type]


def entry(n: int, own: int | None = None, part: int | None = None, **more: object) -> r.DiaryEntry:
    """A diary entry of the n-th day; `own` scores the activity "a1"."""
    scores = {} if own is None else {"a1": own}
    values = {"activities": scores, "participation": part} | more
    return r.DiaryEntry(f"d{n}", day(n), **values)  # type: ignore[arg-type]


def plan(
    quotas: tuple[int, ...] = (), *, begin: int = 0, target: int = 30, **more: object
) -> r.Plan:
    values = {"exercise": "walking", "unit": "minutes", "weekdays": tuple(range(7))} | more
    return r.Plan("p1", begin=day(begin), target=target, quotas=quotas, **values)  # type: ignore[arg-type]


def session(n: int, amount: int, quota: int | None = None, **more: object) -> r.Session:
    values = {"plan": "p1", "exercise": "walking", "unit": "minutes"} | more
    return r.Session(f"s{n}", day(n), amount=amount, quota=quota, **values)  # type: ignore[arg-type]


def flare(begin: int, end: int | None = None) -> r.FlareUp:
    return r.FlareUp(f"f{begin}", day(begin), None if end is None else day(end))


def answer(n: int, *yes: str, looked: int | None = None) -> r.SignAnswer:
    seen = None if looked is None else day(looked)
    return r.SignAnswer(f"w{n}", day(n), tuple(yes), looked=seen)

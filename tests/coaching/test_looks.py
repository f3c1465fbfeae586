"""Who may need a look: one case a reason, none without, no order but the alphabet."""

import pytest
from plumbline.coaching import records as r
from plumbline.coaching.looks import Group, Person, Why, group, looks, reasons

from tests.coaching.make import answer, day, entry, episode, flare, plan, session

NOW = 30
BUSY = [entry(n, 3 + n // 4, 5) for n in range(NOW + 1)]
"""Someone who gets better and writes every day."""


def found(today: int = NOW, **parts: object) -> list[Why]:
    values = {"episodes": (episode(0),), "diary": tuple(BUSY)} | parts
    return [each.why for each in reasons(r.Records(**values), (), day(today))]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({}, []),
        ({"episodes": ()}, []),
        ({"answers": (answer(29, "fever"),)}, [Why.OPEN_SIGN]),
        ({"answers": (answer(29, "fever", looked=30),)}, []),
        ({"answers": (answer(29),)}, []),
        ({"diary": tuple(entry(n, 4, 4) for n in range(31))}, [Why.NO_CLEAR_INCREASE]),
        ({"flares": (flare(23),)}, [Why.LONG_FLARE]),
        ({"flares": (flare(24),)}, []),
        ({"flares": (flare(10, 29),)}, []),
        ({"diary": tuple(BUSY[:17])}, [Why.SILENT]),
        ({"diary": tuple(BUSY[:18])}, []),
        ({"diary": (), "episodes": (episode(20),)}, []),
        ({"diary": (), "episodes": (episode(0, complaint=False),)}, []),
    ],
)
def test_a_reason_is_found_when_there_is_one(parts: dict[str, object], expected: list[Why]) -> None:
    assert found(**parts) == expected


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [((5, 5, 5), [Why.UNDER]), ((5, 5), []), ((5, 5, 12), []), ((5, 5, 5, 14), [])],
)
def test_three_quotas_in_a_row_that_were_not_met(
    amounts: tuple[int, ...], expected: list[Why]
) -> None:
    ladder = plan((10, 11, 12, 13, 14, 15))
    done = [session(n, 14) for n in range(3)]
    done += [session(5 + n, amount, 10 + n) for n, amount in enumerate(amounts)]
    assert found(plans=(ladder,), sessions=tuple(done)) == expected


@pytest.mark.parametrize(
    ("on", "text", "expected"),
    [(30, "dizzy", [Why.SIDE_EFFECTS]), (24, "dizzy", [Why.SIDE_EFFECTS]), (23, "dizzy", []),
     (30, " ", [])],
)  # fmt: skip
def test_side_effects_of_this_week(on: int, text: str, expected: list[Why]) -> None:
    therapy = r.Therapy("t", day(9), "injection")
    told = r.FollowUp("f", "t", 1, day(on), side_effects=text)
    assert found(therapies=(therapy,), follow_ups=(told,)) == expected
    if expected:
        records = r.Records(therapies=(therapy,), follow_ups=(told,))
        assert reasons(records, (), day(NOW))[0].about == ("injection",)


def person(name: str, *, sign: bool = False) -> Person:
    answers = (answer(20, "fall"),) if sign else ()
    return Person(name, r.Records(episodes=(episode(0),), diary=tuple(BUSY), answers=answers))


def test_people_stand_by_name_whatever_their_reasons() -> None:
    people = [person("Zoe", sign=True), person("anna", sign=True), person("Bo")]
    assert [look.name for look in looks(people, day(NOW))] == ["anna", "Zoe"]
    assert looks(people, day(NOW))[0].reasons[0].since == day(20)


def test_groups_under_five_show_no_numbers() -> None:
    people = [person(f"P{n}", sign=n < 2) for n in range(5)]
    assert group(people[:4], day(NOW)) is None
    assert group([], day(NOW)) is None
    assert group(people, day(NOW)) == Group(people=5, in_episode=5, to_look=2)


def test_an_episode_that_has_ended_gives_no_reason() -> None:
    assert found(episodes=(episode(0, 20),), diary=(), today=60) == []

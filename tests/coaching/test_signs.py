"""Warning signs: asked at the start, weekly, when something is new, after procedures (NICE NG59
2016, 1.1.1); the outcome is the most urgent sign's (KNGF 2021, NVL Kreuzschmerz 2017)."""

import pytest
from plumbline.coaching import records as r
from plumbline.coaching.keys import PROCEDURES, SIGNS, THERAPIES
from plumbline.coaching.signs import (
    Outcome,
    Why,
    asked,
    is_open,
    known_procedures,
    open_answers,
    outcome,
)

from tests.coaching.make import answer, day, entry, episode


@pytest.mark.parametrize(
    ("yes", "wanted"),
    [
        ((), Outcome.NONE),
        (("bladder-bowel",), Outcome.AT_ONCE),
        (("saddle-numbness",), Outcome.AT_ONCE),
        (("leg-weakness",), Outcome.AT_ONCE),
        (("fever",), Outcome.DAYS),
        (("spine-injection",), Outcome.DAYS),
        (("fall",), Outcome.DAYS),
        (("immunity",), Outcome.DAYS),
        (("cancer",), Outcome.DAYS),
        (("weight-loss",), Outcome.DAYS),
        (("inflammation",), Outcome.SOON),
        (("inflammation", "fall"), Outcome.DAYS),
        (("inflammation", "fall", "leg-weakness"), Outcome.AT_ONCE),
    ],
)
def test_the_most_urgent_sign_decides(yes: tuple[str, ...], wanted: Outcome) -> None:
    assert outcome(yes) is wanted


def test_every_sign_has_an_outcome() -> None:
    assert [Outcome(urgency) for urgency in SIGNS] == list(Outcome)[:3]
    assert all(outcome([key]) is not Outcome.NONE for keys in SIGNS.values() for key in keys)


def test_a_sign_is_open_until_a_professional_has_looked() -> None:
    open_one, looked_at = answer(3, "fever"), answer(3, "fever", looked=5)
    assert [is_open(open_one, day(n)) for n in (2, 3, 400)] == [False, True, True]
    assert [is_open(looked_at, day(n)) for n in (3, 4, 5)] == [True, True, False]
    assert not is_open(answer(3), day(4))
    both = [answer(3, "inflammation"), answer(4, "leg-weakness"), answer(1, "fever", looked=2)]
    assert [each.id for each in open_answers(both, day(9))] == ["w4", "w3"]


@pytest.mark.parametrize(
    ("looked", "on", "waits"),
    [
        (None, 2, True),
        (None, 1, False),
        (None, 3, True),
        (3, 2, False),
        (4, 3, True),
        (4, 4, False),
    ],
)
def test_who_flew_west_still_has_the_sign(looked: int | None, on: int, waits: bool) -> None:
    """Answered on the 5th in Tokyo, opened on the 4th in Los Angeles."""
    assert bool(open_answers([answer(3, "fever", looked=looked)], day(on))) is waits


def test_a_later_no_does_not_close_an_open_sign() -> None:
    assert len(open_answers([answer(3, "fever"), answer(10)], day(11))) == 1


@pytest.mark.parametrize(
    ("answers", "diary", "therapies", "why"),
    [
        ([], [], [], Why.START),
        ([answer(10)], [], [], None),
        ([answer(4)], [], [], None),
        ([answer(3)], [], [], Why.WEEKLY),
        ([answer(8)], [entry(9, 3, changed=True)], [], Why.CHANGED),
        ([answer(9)], [entry(9, 3, changed=True)], [], None),
        ([answer(8)], [entry(9, 3)], [], None),
        ([answer(8)], [], [r.Therapy("t", day(9), "injection")], Why.PROCEDURE),
        ([answer(8)], [], [r.Therapy("t", day(9), "massage")], None),
        ([answer(9)], [], [r.Therapy("t", day(9), "injection")], Why.PROCEDURE),
        (
            [r.SignAnswer("w", day(9), (), "procedure")],
            [],
            [r.Therapy("t", day(9), "injection")],
            None,
        ),
        ([answer(9)], [], [r.Therapy("t", day(8), "injection")], None),
        ([answer(-9)], [], [], Why.START),  # of the episode before
        ([answer(-1)], [], [], Why.START),  # on its last day
        ([answer(0)], [], [], Why.WEEKLY),  # on the first day of this one
        ([answer(8)], [], [r.Therapy("t", day(12), "infusion")], None),  # planned, not yet had
    ],
)
def test_when_the_signs_are_asked(
    answers: list[r.SignAnswer],
    diary: list[r.DiaryEntry],
    therapies: list[r.Therapy],
    why: Why | None,
) -> None:
    found = asked(episode(0), diary, therapies, answers, day(10))
    assert (found.why if found else None) is why


@pytest.mark.parametrize(
    ("had", "on", "known"),
    [
        ([(9, "injection")], 8, []),  # planned, not yet had
        ([(9, "injection")], 9, [9]),
        ([(9, "injection")], 51, [9]),
        ([(9, "injection")], 52, []),  # as long ago, a new question is worth a new answer
        ([(9, "denervation"), (12, "other-operation"), (3, "injection")], 20, [12, 9, 3]),
        ([(9, "endoscopic-operation")], 10, [9]),
        ([(9, "infusion"), (9, "massage"), (9, "medicine"), (9, "other")], 10, []),
    ],
)
def test_what_was_entered_is_known_to_the_question_about_it(
    had: list[tuple[int, str]], on: int, known: list[int]
) -> None:
    therapies = [r.Therapy(f"t{n}", day(n), kind) for n, kind in had]
    assert [each.day for each in known_procedures(therapies, day(on))] == [day(n) for n in known]


@pytest.mark.parametrize("kind", THERAPIES)
def test_the_signs_are_asked_after_every_procedure(kind: str) -> None:
    found = asked(episode(0), [], [r.Therapy("t", day(9), kind)], [answer(8)], day(10))
    assert (found is not None) == (kind in PROCEDURES)


@pytest.mark.parametrize(
    ("kind", "told", "answers", "due"),
    [
        ("injection", "fever since yesterday", [answer(8)], True),
        ("injection", "Fever", [answer(10)], True),  # asked today, but before that was told
        ("injection", "fever", [r.SignAnswer("w", day(10), (), "procedure")], False),
        ("injection", "none", [answer(8)], False),
        ("injection", " Keine. ", [answer(8)], False),
        ("injection", "–", [answer(8)], False),
        ("massage", "a bruise", [answer(8)], False),
    ],
)
def test_side_effects_of_a_procedure_lead_to_the_questions(
    kind: str, told: str, answers: list[r.SignAnswer], due: bool
) -> None:
    therapy = r.Therapy("t", day(3), kind)
    follow_up = r.FollowUp("f", "t", 1, day(10), side_effects=told)
    found = asked(episode(0), [], [therapy], answers, day(10), [follow_up])
    assert (found is not None and found.why is Why.PROCEDURE) is due


def test_without_a_complaint_nothing_is_asked() -> None:
    assert asked(None, [], [], [], day(10)) is None
    prevention = r.Episode("e", day(0), complaint=False)
    assert asked(prevention, [], [], [], day(10)) is None


def test_the_texts_and_the_rules_have_the_same_names() -> None:
    from plumbline.coaching import keys
    from plumbline.lessons.care import therapy_kinds
    from plumbline.lessons.exercises import exercises
    from plumbline.lessons.signs import warning_signs

    assert {sign.id: sign.urgency.value for sign in warning_signs("en").signs} == {
        key: urgency for urgency, ids in keys.SIGNS.items() for key in ids
    }
    kinds = therapy_kinds("en")
    assert [kind.id for kind in kinds] == list(keys.THERAPIES)
    library = exercises("en")
    assert [each.id for each in library] == list(keys.EXERCISES)
    counted = {"chair-rise", "hip-hinge", "squat-to-chair", "walking"}
    assert {e.id for e in library if e.counted} == counted

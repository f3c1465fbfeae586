"""States for the page for a visit: nothing at all, a month, and more than fits."""

import random
from datetime import date, timedelta

from plumbline.coaching import records as r
from plumbline.coaching.belt_day import BeltDay
from plumbline.ui.coach.state import CoachState, state_of

TODAY = date(2026, 11, 20)


def day(back: int) -> date:
    return TODAY - timedelta(days=back)


def nothing() -> CoachState:
    return state_of(r.Records(), TODAY)


def worn() -> list[BeltDay]:
    """Eight weeks of workdays, walking a little more each."""
    return [
        BeltDay(day(back), 9.0, 40 + (56 - back) * 0.5, 80, 6000, 6.5, 8, 62)
        for back in range(56, -1, -1)
        if day(back).weekday() < 5
    ]


def month(name: str = "Kim") -> CoachState:
    """Eight weeks that go well, with a flare-up, a massage and an injection."""
    dice = random.Random(7)
    diary = []
    for back in range(56, -1, -1):
        if dice.random() < 0.2:
            continue
        pain = max(0, min(10, round(2 + back / 14 + dice.gauss(0, 0.9))))
        own = max(0, min(10, round(8 - back / 12 + dice.gauss(0, 0.8))))
        diary.append(
            r.DiaryEntry(
                f"d{back}", day(back), pain, pain, {"a": own, "b": max(0, own - 1)}, own, 6, 4
            )
        )
    ladder = tuple(range(14, 31, 2))
    plan = r.Plan("p", "walking", "minutes", day(40), 30, (0, 2, 4), 9, ladder)
    sessions = [
        r.Session(f"b{n}", day(39 - 2 * n), "p", "walking", "minutes", 20) for n in (0, 1, 2)
    ]
    sessions += [
        r.Session(f"s{n}", day(32 - 3 * n), "p", "walking", "minutes", 14 + 2 * n, 14 + 2 * n)
        for n in range(8)
    ]
    return state_of(
        r.Records(
            episodes=(r.Episode("e", day(56)),),
            activities=(
                r.OwnActivity("a", "Sitting through a meeting", day(56)),
                r.OwnActivity("b", "Lifting my daughter <2 years>", day(56)),
            ),
            diary=tuple(diary),
            questionnaires=(r.Questionnaire("q", day(20), "Roland-Morris", 9.0),),
            goals=(r.Goal("g", "walking_min", 40.0, 70.0, day(28), day(-14), (50.0, 60.0, 70.0)),),
            plans=(plan,),
            sessions=tuple(sessions),
            flares=(r.FlareUp("f", day(24), day(20)),),
            answers=(r.SignAnswer("w", day(3)),),
            therapies=(
                r.Therapy("t1", day(30), "massage", "M. Vos", "six appointments"),
                r.Therapy("t2", day(15), "injection", "pain clinic", "left side"),
            ),
            follow_ups=(r.FollowUp("u", "t2", 1, day(8), 3, 6, "", "partly"),),
            visits=(
                r.VisitNote(
                    "v",
                    day(1),
                    "I would like to know whether I can start swimming again.",
                    ("nothing", "own-part", "signs"),
                    "May I ride my bike to work?",
                ),
            ),
        ),
        TODAY,
        600,
        worn(),
        name,
    )


def flood() -> CoachState:
    """Far more than fits, in long words, with an open sign."""
    words = "Rückenschmerzbehandlungsvorbereitungsgespräch " * 40
    some = month("A name that is much longer than any page is wide " * 4)
    therapies = tuple(r.Therapy(f"t{n}", day(170 - n), "massage", words, words) for n in range(170))
    return state_of(
        r.Records(
            episodes=(r.Episode("e", day(170)),),
            activities=tuple(r.OwnActivity(key, words[:80], day(170)) for key in "abc"),
            diary=tuple(
                r.DiaryEntry(
                    f"d{n}",
                    day(n),
                    n % 11,
                    5,
                    {"a": n % 10, "b": 3, "c": 9},
                    4,
                    5,
                    6,
                    "office",
                    words,
                )
                for n in range(170, -1, -1)
            ),
            questionnaires=tuple(
                r.Questionnaire(f"q{n}", day(n), words[:60], 99.5) for n in range(20)
            ),
            plans=tuple(
                r.Plan(f"p{n}", "bird-dog", "times", day(40), 9999, (0, 1, 2, 3, 4, 5, 6))
                for n in range(9)
            ),
            flares=tuple(r.FlareUp(f"f{n}", day(n * 6 + 2), day(n * 6)) for n in range(20, 0, -1)),
            answers=tuple(
                r.SignAnswer(f"w{n}", day(n), ("fever", "fall", "cancer", "leg-weakness"))
                for n in range(30)
            ),
            therapies=therapies,
            follow_ups=tuple(
                r.FollowUp(f"u{t.id}", t.id, 12, TODAY, 10, 10, words, "no") for t in therapies
            ),
            visits=(
                r.VisitNote("v", day(1), f"{words}\n" * 60, some.records.visits[0].asks, words),
            ),
        ),
        TODAY,
        600,
        [BeltDay(day(n), 9.0, 240, 80, 26000, 6.5, 8, 62) for n in range(170, -1, -1)],
        "A name that is much longer than any page is wide " * 4,
    )

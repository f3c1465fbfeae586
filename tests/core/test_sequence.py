"""The sequence of states: what bodies can do, and Viterbi against all paths there are."""

from array import array
from itertools import pairwise, product

import numpy as np
import pytest
from beltcore import sequence as s
from beltcore.ensemble import CLASSES
from beltcore.sequence import CODES, SMOOTHING, Sequence
from beltwire import codes

ONE = 64


def row(*states: int, by: float = 4.0) -> list[int]:
    """Scores that put `states` ahead of all others by so much log-odds."""
    return [0 if k in states else round(-by * ONE) for k in range(CLASSES)]


def settled(rows: list[list[int]]) -> list[int]:
    """The settled state of every row."""
    found = Sequence()
    told = []
    for number in range(len(rows) + SMOOTHING):
        scores = rows[number] if number < len(rows) else [0] * CLASSES
        found.add(array("i", scores))
        told.append(found.settled)
    return told[SMOOTHING:]


def test_who_stands_sits_only_after_sitting_down() -> None:
    doubtful = [row(s.SITTING, s.STANDING)] * 10
    for scores in doubtful:
        scores[s.STANDING] = -ONE // 2
    stood = [row(s.STANDING)] * 10
    assert settled(stood + doubtful) == [s.STANDING] * 20
    down = [row(s.SITTING_DOWN)] * 3
    assert settled(stood + down + doubtful)[-8:] == [s.SITTING] * 8


def test_after_walking_one_stands() -> None:
    rows = [row(s.WALKING)] * 8 + [row(s.STANDING, s.SITTING)] * 12
    assert settled(rows) == [s.WALKING] * 8 + [s.STANDING] * 12


def test_who_rises_from_lying_ends_as_the_rise_tells() -> None:
    either = [row(s.STANDING, s.SITTING)] * 12
    for rise, after in ((s.RISING_TO_SIT, s.SITTING), (s.RISING_TO_STAND, s.STANDING)):
        rows = [row(s.LYING)] * 8 + [row(rise, by=2)] * 4 + either
        assert settled(rows)[-12:] == [after] * 12


def test_a_bow_leads_back_to_where_it_began() -> None:
    either = [row(s.STANDING, s.SITTING)] * 10
    for state in (s.STANDING, s.SITTING):
        rows = [row(state)] * 10 + [row(s.BOW)] * 3 + either
        assert settled(rows)[-10:] == [state] * 10


def test_stairs_do_not_last_one_second() -> None:
    rows = [row(s.WALKING)] * 8 + [row(s.STAIRS_UP)] + [row(s.WALKING)] * 8
    assert settled(rows) == [s.WALKING] * 17
    rows[8:9] = [row(s.STAIRS_UP)] * 5
    assert settled(rows) == [s.WALKING] * 8 + [s.STAIRS_UP] * 5 + [s.WALKING] * 8


def test_the_lead_falls_where_the_scores_are_even() -> None:
    found = Sequence()
    leads = []
    for number in range(40):
        found.add(array("i", row(s.STANDING) if number < 10 else row(s.STANDING, s.WALKING)))
        leads.append(found.settled_lead)
    assert max(leads[10 + SMOOTHING :]) < 4 * ONE
    assert leads[SMOOTHING + 2] > 8 * ONE


def test_the_newest_state_needs_no_future() -> None:
    found = Sequence()
    for scores in [row(s.STANDING)] * 5 + [row(s.WALKING)] * 2:
        found.add(array("i", scores))
    assert found.newest == s.WALKING


def test_every_posture_is_reached_from_every_other() -> None:
    reach = {k: {k} for k in range(s.STATES)}
    for _ in range(s.STATES):
        for one, other, _cost in s._ARCS:
            reach[one] |= reach[other]
    assert all(reached == set(range(s.STATES)) for reached in reach.values())
    assert len({(one, other) for one, other, _ in s._ARCS}) == len(s._ARCS)


def change(one: int, other: int) -> int:
    """The cost of going from one state to the other, 1/64."""
    if one == other:
        return 0
    cheap = [cost for start, end, cost in s._ARCS if (start, end) == (one, other)]
    return cheap[0] * ONE if cheap else s._ANY * ONE


@pytest.mark.parametrize("seed", range(4))
def test_the_newest_state_ends_the_best_of_all_paths(seed: int) -> None:
    rows = np.random.default_rng(seed).integers(-5 * ONE, 0, (4, CLASSES))
    found = Sequence()
    for scores in rows:
        found.add(array("i", scores.tolist()))
    dwell = [s._DWELL if k >= s.BOW else 0 for k in range(CLASSES)]

    def worth(path: tuple[int, ...]) -> int:
        changes = sum(change(a, b) for a, b in pairwise(path))
        return int(sum(rows[t][k] - dwell[k] for t, k in enumerate(path))) - changes

    likely = [np.argsort(-scores)[:7].tolist() for scores in rows]
    best = max(product(*likely), key=worth)
    if worth(best) > max(worth((k,) * 4) for k in range(CLASSES)):
        assert CODES[found.newest] == CODES[best[-1]]


def test_states_have_codes_of_their_own_or_transition() -> None:
    named = [code for code in CODES if code != codes.TRANSITION]
    assert len(named) == len(set(named)) == 7

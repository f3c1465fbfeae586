"""The state tables: nothing leads out of them, and every state can be reached and left."""

import pytest
from beltwire import rules

TABLES = {"link": rules.LINK, "belt": rules.BELT_FETCH, "host": rules.HOST_FETCH}


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_state_is_reached_and_left(name: str) -> None:
    table = TABLES[name]
    states = {state for state, _ in table} | set(table.values())
    reached = {rules.NEW if name == "link" else rules.IDLE}
    for _ in states:
        reached |= {to for (state, _), to in table.items() if state in reached}
    assert reached == states
    for state in states:
        assert any(origin == state and to != state for (origin, _), to in table.items())


def test_what_is_not_in_a_table_changes_nothing() -> None:
    assert rules.step(rules.BELT_FETCH, rules.IDLE, rules.GRANTED) == rules.IDLE
    assert rules.step(rules.BELT_FETCH, rules.IDLE, rules.SPENT) == rules.IDLE
    assert rules.step(rules.LINK, rules.NEW, rules.NOT_MET) == rules.NEW


def test_a_fetch_always_can_begin_and_end() -> None:
    for state in (rules.IDLE, rules.SENDING, rules.WAITING):
        assert rules.step(rules.BELT_FETCH, state, rules.FETCH) == rules.SENDING
        assert rules.step(rules.BELT_FETCH, state, rules.DONE) == rules.IDLE

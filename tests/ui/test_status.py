"""The status bar's table, and when a sync is due."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plumbline.ui.presenters.status import (
    RESYNC_S,
    RETRY_S,
    Phase,
    StatusView,
    SyncPlan,
    SyncState,
    present_empty,
    present_status,
)


@pytest.mark.parametrize(
    ("state", "view"),
    [
        (SyncState(), StatusView("Looking for a belt; connect it by USB", None, False, "")),
        (
            SyncState(Phase.SYNCING, "Blue"),
            StatusView("Fetching from Blue …", -1, True, ""),
        ),
        (
            SyncState(Phase.SYNCING, "Blue", 120, 480),
            StatusView("Fetching from Blue …", 25, True, ""),
        ),
        (
            SyncState(Phase.SYNCING, "Blue", 500, 480),
            StatusView("Fetching from Blue …", 100, True, ""),
        ),
        (
            SyncState(Phase.CONNECTED, "Blue", new_minutes=0),
            StatusView("Blue connected; everything is here", None, False, ""),
        ),
        (
            SyncState(Phase.CONNECTED, "Blue", new_minutes=1),
            StatusView("Blue connected; 1 new minute", None, False, ""),
        ),
        (
            SyncState(Phase.CONNECTED, "Blue", new_minutes=12345),
            StatusView("Blue connected; 12,345 new minutes", None, False, ""),
        ),
        (
            SyncState(Phase.FAILED, "Blue", error="The port went away: plug the belt in."),
            StatusView(
                "Sync did not succeed",
                None,
                False,
                "The port went away: plug the belt in.",
                "Try again",
            ),
        ),
    ],
)
def test_states(state: SyncState, view: StatusView) -> None:
    assert present_status(state) == view


@pytest.mark.parametrize(
    ("state", "demo", "said"),
    [
        (SyncState(), False, "Connect your belt"),
        (SyncState(), True, "Fetching the virtual belt's days"),
        (SyncState(Phase.SYNCING), False, "Fetching the belt's days"),
        (SyncState(Phase.UNPAIRED), False, "A new belt is here"),
        (SyncState(Phase.FAILED), False, "The days are not here yet"),
        (SyncState(Phase.FAILED), True, "The virtual belt is not running"),
    ],
)
def test_what_stands_for_days_that_are_not_there(state: SyncState, demo: bool, said: str) -> None:
    title, text = present_empty(state, demo=demo)
    assert title == said
    waits = state.phase in (Phase.SEARCHING, Phase.SYNCING)
    assert bool(text) is waits  # else what is wrong is said, and nothing promised


def test_a_demo_starts_its_belt() -> None:
    view = present_status(SyncState(), demo=True)
    assert view == StatusView("Starting the virtual belt …", -1, False, "")
    assert present_status(SyncState(done=3, total=8), demo=True).percent == 37
    assert present_status(SyncState(Phase.CONNECTED, "Blue"), demo=True).text == "Blue connected"


def test_a_new_port_is_due_at_once_and_a_synced_one_after_a_while() -> None:
    plan = SyncPlan()
    assert plan.next_port([], 0) is None
    assert plan.next_port(["a"], 0) == "a"
    plan.synced("a", 0)
    assert plan.connected
    assert plan.next_port(["a"], RESYNC_S - 1) is None
    assert plan.next_port(["a", "b"], 1) == "b"
    assert plan.next_port(["a"], RESYNC_S) == "a"


def test_a_failure_is_tried_again_and_anew_when_plugged_in_again() -> None:
    plan = SyncPlan()
    plan.failed("a", 0)
    assert not plan.connected
    assert plan.next_port(["a"], RETRY_S - 1) is None
    assert plan.next_port(["a"], RETRY_S) == "a"
    plan.failed("a", RETRY_S)
    assert plan.next_port([], RETRY_S + 1) is None
    assert plan.next_port(["a"], RETRY_S + 2) == "a"


def test_what_is_left_alone_is_so_until_it_goes() -> None:
    plan = SyncPlan()
    plan.leave_alone("a")
    assert plan.next_port(["a"], 1e9) is None
    plan.next_port([], 1e9)
    assert plan.next_port(["a"], 1e9) == "a"


def test_asking_makes_everything_due() -> None:
    plan = SyncPlan()
    plan.synced("a", 0)
    plan.ask_now()
    assert plan.next_port(["a"], 1) == "a"


def test_a_belt_that_goes_is_no_longer_connected() -> None:
    plan = SyncPlan()
    plan.synced("a", 0)
    plan.next_port(["b"], 1)
    assert not plan.connected


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("sfn")), max_size=30))
def test_only_ports_that_are_there_are_asked_for(steps: list[tuple[str, str]]) -> None:
    plan, now = SyncPlan(), 0.0
    for port, what in steps:
        now += 1
        if what == "s":
            plan.synced(port, now)
        elif what == "f":
            plan.failed(port, now)
        else:
            assert plan.next_port([port], now) in (port, None)
    assert plan.next_port([], now) is None
    assert not plan.connected

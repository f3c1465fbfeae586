"""An update on trial over the belt's whole life: kept when it proves itself, else one start."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from beltwire import codes, events, messages
from device import slots
from device.files import Files
from device.update import TRIAL_S
from virtual import machine

from tests.device.lives import Lives

HELLO = messages.Hello(min_version=1, max_version=1)


class Tried(Lives):
    """The loader chooses before each start, as on a board; both slots hold the firmware at hand."""

    def _begin(self) -> Iterator[int]:
        self.chosen = slots.choose(Files(self._flash))
        return super()._begin()

    def ask(self, request: messages.Message) -> None:
        """A host that needs no key asks; its answer is not looked at."""
        self.belt.session.guard = None
        self.wire.to_belt += request.frame(1)
        self.run(1)

    def state(self) -> slots.State:
        return slots.read_state(Files(self._flash))


@pytest.fixture
def tried(tmp_path: Path) -> Tried:
    """A belt in the first seconds of a version on trial, after one it can fall back on."""
    slots.write_state(Files(str(tmp_path)), slots.State(0, slots.TO_TRY))
    lives = Tried(tmp_path)
    lives.run(5)
    assert lives.chosen == slots.SLOTS[1]
    assert lives.state().trial == slots.TRYING
    return lives


def test_hello_and_a_passed_self_test_keep_it(tried: Tried) -> None:
    tried.ask(HELLO)
    assert tried.state().trial == slots.TRYING
    tried.ask(messages.Selftest())
    assert (tried.state().current, tried.state().last) == (1, slots.KEPT)
    tried.run(TRIAL_S + 30)
    assert tried.starts == 1
    tried.restart(machine.WDT_RESET)
    assert tried.chosen == slots.SLOTS[1]


def test_a_failed_self_test_brings_the_old_version_back_at_once(tried: Tried) -> None:
    tried.ask(HELLO)
    tried.world.button_down = True  # the self-test takes it for stuck
    tried.ask(messages.Selftest())
    tried.world.button_down = False
    tried.run(3)
    assert (tried.starts, tried.chosen) == (2, slots.SLOTS[0])
    assert tried.state().last == slots.ROLLED_BACK


def test_a_host_that_never_comes_brings_the_old_version_back(tried: Tried) -> None:
    tried.run(TRIAL_S - 10)
    assert tried.starts == 1
    tried.run(30)
    assert (tried.starts, tried.chosen) == (2, slots.SLOTS[0])
    last = tried.events(codes.EVENT_BOOT)[-1]
    assert events.arguments(last)["reset"] == codes.RESET_SOFTWARE


@pytest.mark.parametrize("cause", [machine.WDT_RESET, machine.HARD_RESET, machine.PWRON_RESET])
def test_any_reset_ends_the_trial(tried: Tried, cause: int) -> None:
    tried.ask(HELLO)
    tried.restart(cause)
    tried.run(3)
    assert tried.chosen == slots.SLOTS[0]
    tried.restart(cause)
    assert tried.chosen == slots.SLOTS[0]


def test_the_boot_after_an_update_says_so(tmp_path: Path) -> None:
    lives = Tried(tmp_path)
    lives.run(3)
    lives.belt.restart_for = codes.SHUTDOWN_UPDATE
    lives.run(3)
    causes = [events.arguments(event)["reset"] for event in lives.events(codes.EVENT_BOOT)]
    assert causes == [codes.RESET_POWER_ON, codes.RESET_UPDATE]
    reasons = [events.arguments(event)["reason"] for event in lives.events(codes.EVENT_SHUTDOWN)]
    assert reasons == [codes.SHUTDOWN_UPDATE]

"""Runs a recording through a board's own core, over the wire, beside the belt's log."""

import io
from array import array
from collections.abc import Callable
from typing import Any

import numpy as np
from beltwire.messages import CoreBeginReply, CoreEndReply, CoreStepReply
from numpy.typing import NDArray

from plumbline import replay_core
from plumbline.link.belt import talking
from plumbline.link.conversation import Conversation
from plumbline.link.discovery import resolve_port

STEP_S = 10.0
"""A board may take so long for a second of a recording; it takes a fraction of one."""


class BoardCore:
    """`replay_core.Steps` on a board; LinkError where it does not answer."""

    def __init__(self, talk: Conversation, plan: dict[str, Any]) -> None:
        self._talk = talk
        self._number = 0
        self.rows = b""
        mount = array("h", plan["mount"]).tobytes() if plan["mount"] else b""
        pairs = [(number, value) for number, value in plan["settings"]]
        begin = talk.session.core_begin
        talk.ask(lambda: begin(mount, bool(plan["samples"]), pairs), CoreBeginReply, STEP_S)

    def step(self, what: int, data: bytes) -> int:
        """Have the board take a step."""
        number = self._number
        reply = self._talk.ask(
            lambda: self._talk.session.core_step(number, what, data), CoreStepReply, STEP_S
        )
        self._number += 1
        self.rows = reply.rows
        return reply.status

    def end(self) -> None:
        """Give the board its memory back."""
        self._talk.ask(self._talk.session.core_end, CoreEndReply)


def run_on_board(
    port: str,
    plan: dict[str, Any],
    counts: NDArray[np.int16],
    progress: Callable[[int, int], None],
) -> tuple[int, list[bytes]]:
    """The outcome and the outputs of `replay_core.play` with the core of the board at `port`."""
    outputs = [io.BytesIO() for _ in replay_core.OUTPUTS]
    source = io.BytesIO(np.ascontiguousarray(counts).tobytes())
    with talking(resolve_port(port)) as (talk, _hello):
        core = BoardCore(talk, plan)
        outcome = replay_core.play(core, plan, source, outputs, progress)
        core.end()
    return outcome, [output.getvalue() for output in outputs]

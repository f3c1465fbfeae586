"""Chair rises and hip hinges on the whole belt: shown to who watches, logged by the set."""

from pathlib import Path

import numpy as np
from beltwire import codes, events, messages

from tests.core.wearer import Wearer
from tests.device.bench import Bench, motion_of
from tests.device.test_belt import HELLO, ask, calibrated

FACING_BACK = np.array([[0.0, 0, -1], [0, 1, 0], [1, 0, 0]])


def test_bows_are_shown_one_by_one_and_logged_as_a_set(tmp_path: Path) -> None:
    calibrated(tmp_path)
    wearer = Wearer(FACING_BACK)
    parts = [wearer.walk(12), wearer.hold(4)]
    for depth in (50, 60, 70):
        parts += [wearer.bow(depth, 3), wearer.hold(2)]
    motion = motion_of(np.concatenate([*parts, wearer.hold(60)]).tolist())
    bench = Bench(tmp_path, motion).start()
    shown = [a for a in ask(bench, HELLO, messages.Live(rate=1)) if a is not None]
    for _ in range(60):
        bench.run(1)
        shown += [answer for answer in ask(bench) if answer is not None]
    told = [each for each in shown if isinstance(each, messages.LiveRepetition)]
    assert [(each.kind, each.number) for each in told] == [(codes.HIP_HINGE, n) for n in (1, 2, 3)]
    (logged,) = bench.events(codes.EVENT_HIP_HINGES)
    found = events.arguments(logged)
    assert (found["count"], found["ago_s"]) == (3, 20)
    assert 5500 < found["range_cdeg"] < 6300
    assert 10 <= found["span_s"] <= 14
    assert bench.events(codes.EVENT_CHAIR_RISES) == []

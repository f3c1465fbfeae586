"""What a hurt stream does to either session is the same on CPython and on MicroPython."""

import json
import random
from pathlib import Path

from beltwire import messages

from tests.conftest import MicroPython
from tests.protocol import replay_streams
from tests.protocol.belts import MemoryBelt, build_pages
from tests.protocol.mutate import hurt_frame, hurt_page, hurt_stream

STREAMS = 300
SCRIPT = Path(replay_streams.__file__)
LOG = build_pages(20, per_page=5)


def to_belt(dice: random.Random) -> bytes:
    """A host's requests, half of them hurt inside, all of them perhaps hurt on the line."""
    hello = messages.Hello(min_version=1, max_version=1).frame(1)
    frames = [
        messages.List().frame(2),
        messages.Fetch(from_seq=dice.randrange(25), credit=9).frame(3),
        messages.Grant(allowed=12).frame(3),
        messages.Ack(through_seq=dice.randrange(25)).frame(4),
        messages.SettingsSet(pairs=[(2, 60), (99, 1)]).frame(5),
        messages.Time(utc_ms=1795344000000, utc_offset_min=60).frame(6),
    ]
    hurt = [hurt_frame(frame, dice) if dice.random() < 0.5 else frame for frame in frames]
    stream = hello + b"".join(hurt)
    return hurt_stream(stream, dice) if dice.random() < 0.5 else stream


def to_host(dice: random.Random) -> bytes:
    """A belt's answers to hello, list, fetch and ack, hurt in the same ways."""
    log = [hurt_page(page, dice) if dice.random() < 0.1 else page for page in LOG]
    follows = [1, 6, 11, 16]
    frames = [MemoryBelt(LOG).log_state().frame(2)]
    frames += [
        messages.PageMessage(follows=number, page=page).frame(3)
        for number, page in zip(follows, log, strict=True)
    ]
    frames.append(messages.FetchEnd(follows=21, next_seq=21).frame(3))
    frames.append(messages.RemoteError(code=3, detail=5, text="zu weit: ü").frame(4))
    hurt = [hurt_frame(frame, dice) if dice.random() < 0.2 else frame for frame in frames]
    stream = b"".join(hurt)
    return hurt_stream(stream, dice) if dice.random() < 0.5 else stream


def test_the_same_bytes_and_events(micropython: MicroPython, tmp_path: Path) -> None:
    dice = random.Random(70)
    case = {
        "pages": [page.hex() for page in LOG],
        "to_belt": [to_belt(dice).hex() for _ in range(STREAMS)],
        "to_host": [to_host(dice).hex() for _ in range(STREAMS)],
    }
    wanted = replay_streams.lines(case)
    # The streams must lead everywhere, or their agreement means little.
    assert len(set(wanted)) > STREAMS
    for name in ("PageReceived", "PagesLost", "FetchEnd", "RemoteError"):
        assert any(name in line for line in wanted)
    path = tmp_path / "streams.json"
    path.write_text(json.dumps(case), encoding="utf-8")
    said = micropython(SCRIPT, ["/streams.json"], put=[(path, "/streams.json")])
    assert said.splitlines() == wanted


def test_the_belts_end_does_without_the_hosts(micropython: MicroPython) -> None:
    """`beltwire.belt` alone is enough on a board, where every import costs memory."""
    said = micropython(
        "import sys\n"
        "from beltwire.belt import Backend, BeltSession\n"
        "BeltSession(Backend()).receive(b'\\x00')\n"
        "print('beltwire.host' in sys.modules)\n"
    )
    assert said.strip() == "False"

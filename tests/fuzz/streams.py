"""Generated and mutated streams of bytes, the same for the same seed."""

import random

from beltwire import codes, messages
from beltwire.host import HostSession

from tests.protocol import reference
from tests.protocol.belts import MemoryBelt
from tests.protocol.mutate import hurt_frame, hurt_stream

KINDS = ("spoilt", "lying", "generated", "noise")
WEIGHTS = (40, 40, 15, 5)


def requests(seed: int) -> list[bytes]:
    """What a host may say in a life: every request, in an order that makes sense."""
    dice = random.Random(seed)
    host = HostSession(first_tag=dice.randrange(1, 256))
    frames = [host.hello()]
    reply = MemoryBelt().hello()
    reply.version = 1
    host.receive(reply.frame(frames[0][3]))
    frames += [host.challenge(dice.randbytes(16)), host.prove(dice.randbytes(32))]
    frames += [host.pair(dice.randbytes(32))]
    frames += [host.list(), host.fetch(dice.randrange(1, 30), dice.randrange(1, 6))]
    frames += [host.grant(3), host.ack(dice.randrange(25)), host.time(1795344000000, 60)]
    frames += [host.settings_set([(2, 60), (1, 2)]), host.settings_get(), host.live(1)]
    frames += [host.calibrate(1), host.selftest(), host.fetch(1, 255)]
    frames += [host.developer(dice.randrange(3)), host.update_state()]
    frames += [host.update_begin(bytes(3), "c3", dice.randrange(1, 1 << 20))]
    frames += [host.update_data(0, dice.randbytes(dice.randrange(1, 1000))), host.update_end()]
    frames += [host.core_begin(bytes(18), True, [(2, 60)])]
    frames += [host.core_step(1, 1, dice.randbytes(100)), host.core_end()]
    if seed % 10 == 0:
        frames.append(host.wipe(codes.WIPE_LOG))
    return frames


def framed(body: bytes) -> bytes:
    """A frame with a valid checksum: type, tag, payload, cut to what a frame may hold."""
    body = (body + bytes(2))[: max(2, len(body))][:1024]
    return reference.frame(body[0], body[1], body[2:])


class Streams:
    """Streams for one end; `frames` are valid ones, in an order that makes sense."""

    def __init__(self, seed: int, frames: list[list[bytes]]) -> None:
        self._dice = random.Random(seed)
        self._frames = frames

    def next(self) -> tuple[str, bytes]:
        """The kind of the stream and its bytes."""
        dice = self._dice
        kind = dice.choices(KINDS, WEIGHTS)[0]
        if kind == "noise":
            return kind, dice.randbytes(dice.randrange(1, 600))
        if kind == "generated":
            return kind, b"".join(self._generated() for _ in range(dice.randrange(1, 4)))
        life = dice.choice(self._frames)
        at = dice.randrange(len(life))
        some = life[at : at + dice.randrange(1, 6)]
        if dice.random() < 0.5:
            some = life[: dice.randrange(1, 5)] + some
        if kind == "spoilt":
            return kind, hurt_stream(b"".join(some), dice)
        return kind, b"".join(hurt_frame(f, dice) if dice.random() < 0.6 else f for f in some)

    def _generated(self) -> bytes:
        """A frame with a valid checksum and any content."""
        dice = self._dice
        size = dice.choice((0, 1, 2, 4, 6, 9, 16, 32, 33, dice.randrange(1022)))
        return reference.frame(dice.randrange(256), dice.randrange(256), dice.randbytes(size))


def of_hosts(seed: int) -> Streams:
    """What to throw at a belt."""
    return Streams(seed, [requests(seed + number) for number in range(40)])


def of_belts(seed: int, frames: list[bytes]) -> Streams:
    """What to throw at a host that waits for `frames`."""
    extra = messages.RemoteError(code=codes.REFUSAL_BUSY, detail=2, text="busy").frame(2)
    return Streams(seed, [frames, [*frames, extra]])

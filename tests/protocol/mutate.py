"""Mutated streams for fuzzing: valid ones, hurt the way lines, bugs and attackers hurt them."""

import random
import zlib

from cobs import cobs

from tests.protocol import reference

INTERESTING = (0, 1, 2, 127, 128, 253, 254, 255)


def _hurt(data: bytearray, dice: random.Random) -> None:
    """One random change: bytes set, cut out, doubled, moved, or noise put in."""
    at = dice.randrange(len(data) + 1)
    to = min(len(data), at + dice.randrange(1, 20))
    kind = dice.randrange(6)
    if kind == 0 and at < len(data):
        data[at] = dice.randrange(256)
    elif kind == 1 and at < len(data):
        data[at] = dice.choice(INTERESTING)
    elif kind == 2:
        del data[at:to]
    elif kind == 3:
        data[at:at] = data[at:to]
    elif kind == 4:
        piece = data[at:to]
        del data[at:to]
        into = dice.randrange(len(data) + 1)
        data[into:into] = piece
    else:
        data[at:at] = bytes(dice.randrange(256) for _ in range(dice.randrange(1, 30)))


def hurt_stream(stream: bytes, dice: random.Random) -> bytes:
    """The stream with 1 to 8 changes; checksums no longer fit, so few frames get through."""
    data = bytearray(stream)
    for _ in range(dice.randrange(1, 9)):
        _hurt(data, dice)
    return bytes(data)


def hurt_frame(frame: bytes, dice: random.Random) -> bytes:
    """The frame with its inside changed and a new, valid checksum: it reaches the session."""
    body = bytearray(cobs.decode(frame[1:-1])[:-4])
    for _ in range(dice.randrange(1, 4)):
        _hurt(body, dice)
    if len(body) < 2:
        body += bytes(2)
    return reference.frame(body[0], body[1], bytes(body[2:1026]))


def hurt_page(page: bytes, dice: random.Random) -> bytes:
    """The page with its inside changed and a new, valid checksum."""
    body = bytearray(page[:-4])
    for _ in range(dice.randrange(1, 4)):
        _hurt(body, dice)
    return bytes(body) + zlib.crc32(body).to_bytes(4, "little")

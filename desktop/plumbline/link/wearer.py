"""What is said to whoever wears a virtual belt, past the belt itself.

Nothing on the wire tells a belt that a session counts, and no belt needs to know: it counts
always. But the wearer of a virtual belt sees no window, so the exercise is said on the line in a
frame of a type that every belt drops. A belt that somebody wears never gets it.
"""

from beltwire.decoder import Frame, encode_frame

EXERCISE = 0xFE
"""From 0x80 on a belt drops what it does not know, and answers nothing."""
REST = 0
"""In the place of a kind of repetition: enough of it."""


def exercise_frame(kind: int) -> bytes:
    """Please do repetitions of this kind (codes.CHAIR_RISE, HIP_HINGE), or REST."""
    return encode_frame(EXERCISE, 0, bytes((kind,)))


def exercise_of(frame: Frame) -> int | None:
    """The kind that a frame asks for, None where it asks for none."""
    return frame.payload[0] if frame.type == EXERCISE and frame.payload else None

"""The serial line: bytes between a stream and the belt's session, a bounded amount at a time.

The stream is anything with `readinto(buffer)` and `write(data)` that give the number of bytes
moved, or None or 0 when there is nothing to read or no room to write; neither may block.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from beltwire.session import BeltSession

    from device.clock import Clock
    from device.parts import Stream

FRAMES_PER_ROUND = 16
"""So many frames at most are sent between two looks at the sensor."""
READ_BYTES = 256
READS_PER_ROUND = 16
"""So often at most is the line read between two looks; a host may send without an end."""


class Link:
    """Moves bytes; knows nothing of what they mean."""

    def __init__(self, stream: "Stream", session: "BeltSession", clock: "Clock") -> None:
        self._stream = stream
        self._clock = clock
        self.heard_s = 0
        """The belt's time at which something came last."""
        self._session = session
        self._in = bytearray(READ_BYTES)
        self._out = b""
        self._sent = 0

    @property
    def busy(self) -> bool:
        """Something is waiting to be sent."""
        return bool(self._out)

    def poll(self) -> bool:
        """Read what has come, send what there is room for; True if any byte moved."""
        moved = False
        for _ in range(READS_PER_ROUND):
            count = self._stream.readinto(self._in)
            if not count:
                break
            moved = True
            self.heard_s = self._clock.seconds
            self._session.receive(bytes(memoryview(self._in)[:count]))
        for _ in range(FRAMES_PER_ROUND):
            if not self._out:
                self._out = self._session.pull() or b""
                self._sent = 0
            if not self._out or not self._send():
                break
            moved = True
        return moved

    def _send(self) -> bool:
        """Write the rest of the frame; True when it is all out."""
        count = self._stream.write(memoryview(self._out)[self._sent :])
        self._sent += count or 0
        if self._sent < len(self._out):
            return False
        self._out = b""
        return True

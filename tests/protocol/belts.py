"""Named fakes: a belt with a log in memory, and two ends joined by a line that may be faulty."""

import random
from collections.abc import Callable, Iterable

from beltwire import codes, events, messages, pages, records
from beltwire.errors import Refused
from beltwire.pairing import Keeper
from beltwire.session import Backend, BeltSession, HostSession

BELT_ID = bytes(range(1, 9))


def minute(number: int) -> bytes:
    """A minute's payload that tells `number` (0 to 65535) apart from every other."""
    wear = records.Minute(flexion_cdeg=number - 32768, steps=number % 256)
    wear.seconds[codes.SITTING] = 60
    wear.bands[codes.UPRIGHT] = number % 60
    return records.pack_minute(wear)


def build_pages(
    count: int, *, first_seq: int = 1, boot: int = 1, per_page: int = 255
) -> list[bytes]:
    """Pages with `count` minute records in a row, `per_page` of them on a page at most."""
    built: list[bytes] = []
    writer = pages.PageWriter()
    writer.begin(boot, first_seq, 0)
    for number in range(count):
        t_s = 60 * number
        if writer.count == per_page or not writer.add(codes.KIND_MINUTE, t_s, minute(number)):
            built.append(writer.to_bytes())
            writer.begin(boot, writer.next_seq, t_s)
            writer.add(codes.KIND_MINUTE, t_s, minute(number))
    if writer.count:
        built.append(writer.to_bytes())
    return built


class MemoryBelt(Backend):
    """A belt whose log is a list of pages; everything it was told is kept for looking at."""

    def __init__(self, log: Iterable[bytes] = ()) -> None:
        self.log = list(log)
        self.acked = 0
        self.times: list[tuple[int, int]] = []
        self.stored = {1: 2, 2: 120, 8: -1}
        self.live_rate = 0
        self.wiped = 0
        self.failure: Exception | None = None
        self.reads = 0
        self.developer_mode = codes.CLOSED
        self.steps = 0
        self.update = bytearray()
        self.updated = b""

    def _fail_if_told(self) -> None:
        if self.failure is not None:
            raise self.failure

    def hello(self) -> messages.HelloReply:
        return messages.HelloReply(
            version=0,
            belt_id=BELT_ID,
            firmware=b"\x00\x01\x00",
            flags=codes.HELLO_VIRTUAL,
            boot=1,
            mono_ms=60_000,
            battery_mv=3700,
            max_page=pages.PAGE_SIZE,
            board="memory",
            name="",
        )

    def log_state(self) -> messages.ListReply:
        heads = [pages.parse_head(page) for page in self.log]
        return messages.ListReply(
            oldest_seq=heads[0].first_seq if heads else 1,
            next_seq=heads[-1].next_seq if heads else 1,
            acked_seq=self.acked,
            pages=len(heads),
            capacity_pages=1000,
            overwritten=0,
        )

    def read_page(self, from_seq: int) -> bytes | None:
        self._fail_if_told()
        self.reads += 1
        for page in self.log:
            if pages.parse_head(page).next_seq > from_seq:
                return page
        return None

    def acknowledge(self, through_seq: int) -> int:
        self._fail_if_told()
        self.acked = max(self.acked, through_seq)
        return self.acked

    def set_time(self, utc_ms: int, utc_offset_min: int) -> tuple[int, int, bool]:
        self.times.append((utc_ms, utc_offset_min))
        return 1, 60_000, len(self.times) == 1

    def settings(self) -> list[tuple[int, int]]:
        return sorted(self.stored.items())

    def change_settings(self, pairs: list[tuple[int, int]]) -> None:
        self.stored.update(pairs)

    def live(self, rate: int) -> int:
        self.live_rate = min(rate, 1)
        return self.live_rate

    def calibrate(self, step: int) -> tuple[int, int, int]:
        return codes.CALIBRATION_COLLECTING, 0, codes.REASON_NONE

    def selftest(self) -> tuple[int, int]:
        return codes.TEST_SENSOR | codes.TEST_FLASH, codes.TEST_FLASH

    def developer(self, mode: int) -> None:
        self.developer_mode = mode

    def update_begin(self, version: bytes, board: str, total: int) -> None:
        self.update = bytearray()

    def update_data(self, offset: int, data: bytes) -> int:
        self.update[offset:] = data
        return len(self.update)

    def update_end(self) -> None:
        self.updated = bytes(self.update)

    def update_state(self) -> tuple[bool, int]:
        return False, codes.UPDATE_KEPT

    def core_begin(self, mount: bytes, samples: bool, pairs: list[tuple[int, int]]) -> None:
        self.steps = 0

    def core_step(self, what: int, data: bytes) -> tuple[int, bytes]:
        self.steps += 1
        return what, data[::-1]

    def core_end(self) -> None:
        self.steps = 0

    def wipe(self, what: int) -> None:
        if what & codes.WIPE_SETTINGS:
            raise Refused(codes.REFUSAL_BUSY, "not while it is measuring")
        self.wiped = what
        self.log = []


class MemoryKeeper(Keeper):
    """A belt's key in memory; `button` is whether its button is down. Random bytes count up."""

    def __init__(self, key: bytes | None = None) -> None:
        self.kept = key
        self.button = False
        self.drawn = 0
        self.failure: OSError | None = None

    def belt_id(self) -> bytes:
        return BELT_ID

    def key(self) -> bytes | None:
        return self.kept

    def keep(self, key: bytes) -> None:
        if self.failure is not None:
            raise self.failure
        self.kept = key

    def consents(self) -> bool:
        return self.button

    def draw(self, count: int) -> bytes:
        self.drawn += 1
        return self.drawn.to_bytes(count, "little")


Line = Callable[[bytes], bytes]


def clean(data: bytes) -> bytes:
    """A line that changes nothing."""
    return data


class FaultyLine:
    """A line on which each byte is changed, dropped, doubled or swapped with a probability."""

    def __init__(self, seed: int, chance: float) -> None:
        self._random = random.Random(seed)
        self._chance = chance
        self.faults = 0

    def __call__(self, data: bytes) -> bytes:
        out = bytearray()
        at = 0
        while at < len(data):
            if self._random.random() >= self._chance:
                out.append(data[at])
                at += 1
                continue
            self.faults += 1
            fault = self._random.randrange(4)
            if fault == 0:
                out.append(data[at] ^ self._random.randrange(1, 256))
            elif fault == 2:
                out += data[at : at + 1] * 2
            elif fault == 3:
                out += data[at : at + 2][::-1]
                at += 1
            at += 1
        return bytes(out)


class Joined:
    """A host and a belt session, joined in memory by two lines."""

    def __init__(self, backend: Backend, *, up: Line = clean, down: Line = clean) -> None:
        self.belt = BeltSession(backend)
        self.host = HostSession()
        self._up = up
        self._down = down

    def say(self, request: bytes) -> list[object]:
        """Send `request`; every event that comes of it until the belt has nothing to send."""
        self.belt.receive(self._up(request))
        found: list[object] = []
        while (frame := self.belt.pull()) is not None:
            found += self.host.receive(self._down(frame))
        return found

    def greet(self) -> "Joined":
        """Say hello and be answered."""
        self.say(self.host.hello())
        return self


def event_page(code: int, *values: int, seq: int = 1) -> bytes:
    """A page with one event."""
    writer = pages.PageWriter()
    writer.begin(1, seq, 10)
    writer.add(codes.KIND_EVENT, 10, records.pack_event(events.make(code, *values)))
    return writer.to_bytes()

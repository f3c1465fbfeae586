"""A small sync engine for the tests: what SPEC.md tells a host to do, with silence for a clock.

There is no time here: when neither end has anything to say, that is a timeout.
"""

from beltwire import messages, pages
from beltwire.errors import StateError
from beltwire.host import PageReceived, PagesLost

from tests.protocol.belts import Joined

CREDIT = 8
STEP = 4


class GaveUp(Exception):
    """More timeouts than any retry rule allows."""


class Syncer:
    """Fetches the whole log over `joined`, as often as it takes.

    `records` are all that came, by sequence number, in order of arrival; `retries` counts
    the timeouts and losses.
    """

    def __init__(self, joined: Joined, patience: int = 2000) -> None:
        self.joined = joined
        self.records: dict[int, pages.Record] = {}
        self.gaps: list[tuple[int, int]] = []
        self.retries = 0
        self._patience = patience

    def run(self, from_seq: int = 1) -> "Syncer":
        """Fetch everything from `from_seq` on and acknowledge it."""
        expected = from_seq
        while not self._fetched(expected):
            expected = max(expected, self.joined.host.expected)
        if self.records:
            self._until_answered("ack", max(self.records))
        return self

    def _retry(self) -> None:
        self.retries += 1
        if self.retries > self._patience:
            raise GaveUp(f"after {self.retries} retries")

    def _until_answered(self, name: str, *values: int) -> messages.Message:
        """Repeat a request until its answer comes; greet first where that is wanted."""
        host = self.joined.host
        while True:
            try:
                request = getattr(host, name)(*values)
            except StateError:
                self._until_answered("hello")
                continue
            for event in self.joined.say(request):
                if isinstance(event, messages.Message) and request_type(name) == event.TYPE:
                    return event
            self._retry()

    def _fetched(self, from_seq: int) -> bool:
        """One FETCH and what comes of it; whether it came to its end."""
        host = self.joined.host
        try:
            events = self.joined.say(host.fetch(from_seq, CREDIT))
        except StateError:
            self._until_answered("hello")
            return False
        came = 0
        while events:
            request = b""
            for event in events:
                if isinstance(event, PageReceived):
                    came += 1
                    self._take(event)
                    if came % STEP == 0 and host.fetching:
                        request += host.grant(STEP)
                if isinstance(event, messages.FetchEnd):
                    return True
                if isinstance(event, PagesLost):
                    self._retry()
                    return False
            events = self.joined.say(request)
        self._retry()
        return False

    def _take(self, event: PageReceived) -> None:
        if event.gap:
            self.gaps.append((event.follows, event.page.first_seq))
        for record in event.page.records:
            known = self.records.setdefault(record.seq, record)
            if known != record:
                raise AssertionError(f"{record} came, and {known} before")


def request_type(name: str) -> int:
    """The type of the answer to the host session's method `name`."""
    return int(getattr(messages, name.upper())) | messages.ANSWER

"""The host's end of the conversation: requests as bytes to send, bytes in, events out.

The states and their rules are in `rules`; timeouts and retries belong to the caller, who has a
clock: SPEC.md says which.
"""

import builtins

from beltwire import codes, messages, rules
from beltwire.decoder import Frame, FrameDecoder
from beltwire.errors import StateError, WireError
from beltwire.fields import check
from beltwire.pages import Page, parse_page


class PageReceived:
    """A page of the fetch, the next in order: its bytes as they came and what they say.

    `gap` is how many sequence numbers before the page's first the belt no longer has (0 mostly).
    """

    def __init__(self, data: bytes, page: Page, follows: int) -> None:
        self.data = data
        self.page = page
        self.follows = follows
        self.gap = max(0, page.first_seq - follows)

    def __repr__(self) -> str:
        return "PageReceived({} to {})".format(self.page.first_seq, self.page.next_seq)


class PagesLost:
    """Frames of the fetch were lost on the wire and it is over: fetch again from `expected`."""

    def __init__(self, expected: int, follows: int) -> None:
        self.expected = expected
        self.follows = follows

    def __repr__(self) -> str:
        return "PagesLost(expected {}, came {})".format(self.expected, self.follows)


class HostSession:
    """The host's end: every request method gives the bytes to send, `receive` gives the events.

    Events are `messages.*Reply`, `messages.FetchEnd`, `messages.LiveSample`,
    `messages.LiveRepetition`, `messages.RemoteError`, PageReceived and PagesLost. `damaged` counts
    frames that came damaged, `stale` answers to requests that are no longer of interest, `unknown`
    messages of types not known here, `malformed` messages whose payload made no sense; all of them
    are dropped.
    """

    def __init__(self, first_tag: int = 1) -> None:
        self.state = rules.NEW
        self.version = 0
        self.expected = 0
        self.stale = 0
        self.unknown = 0
        self.malformed = 0
        self._decoder = FrameDecoder()
        self._tag = check(first_tag, 1, 255)
        self._awaited: "dict[int, int]" = {}
        self._fetch = rules.IDLE
        self._fetch_tag = 0
        self._live_tag = 0
        self._allowed = 0

    @property
    def damaged(self) -> int:
        """How many damaged frames have come."""
        return self._decoder.damaged

    @property
    def fetching(self) -> bool:
        """Whether pages of a fetch are still awaited."""
        return self._fetch == rules.SENDING

    def hello(self) -> bytes:
        """Greet the belt, which ends whatever it was sending. Answer: HelloReply."""
        self.state = rules.step(rules.LINK, self.state, rules.RESTARTED)
        self._fetch = rules.step(rules.HOST_FETCH, self._fetch, rules.DONE)
        self._awaited = {}
        self._live_tag = 0
        hello = messages.Hello(min_version=messages.VERSION_MIN, max_version=messages.VERSION_MAX)
        return self._request(hello)

    def list(self) -> bytes:
        """Ask for the log's extent. Answer: ListReply."""
        return self._open_request(messages.List())

    def fetch(self, from_seq: int, credit: int) -> bytes:
        """Ask for all pages from `from_seq` on, `credit` (1 to 255) of them before a grant.

        Answers: PageReceived in order, then FetchEnd; or PagesLost.
        """
        check(credit, 1, 255)
        request = self._open_request(messages.Fetch(from_seq=from_seq, credit=credit))
        self._fetch = rules.step(rules.HOST_FETCH, self._fetch, rules.FETCH)
        self._fetch_tag = self._awaited[messages.FETCH]
        self.expected = from_seq
        self._allowed = credit
        return request

    def grant(self, count: int) -> bytes:
        """Allow `count` more pages of the running fetch. Not answered."""
        if not self.fetching:
            raise StateError("grant() without a running fetch")
        self._allowed += check(count, 0, 255)
        return messages.Grant(allowed=self._allowed).frame(self._fetch_tag)

    def ack(self, through_seq: int) -> bytes:
        """Say that everything up to `through_seq` is safe here. Answer: AckReply."""
        return self._open_request(messages.Ack(through_seq=through_seq))

    def time(self, utc_ms: int, utc_offset_min: int) -> bytes:
        """Tell the time: ms since 1970 UTC, local offset in minutes. Answer: TimeReply."""
        return self._open_request(messages.Time(utc_ms=utc_ms, utc_offset_min=utc_offset_min))

    def settings_get(self) -> bytes:
        """Ask for all settings. Answer: SettingsReply."""
        return self._open_request(messages.SettingsGet())

    def settings_set(self, pairs: "builtins.list[tuple[int, int]]") -> bytes:
        """Change settings, all or none. Answer: SettingsSetReply."""
        return self._open_request(messages.SettingsSet(pairs=pairs))

    def live(self, rate: int) -> bytes:
        """Ask for `rate` live samples a second, 0 to end. Answers: LiveReply, LiveSample..."""
        request = self._open_request(messages.Live(rate=rate))
        self._live_tag = self._awaited[messages.LIVE]
        return request

    def calibrate(self, step: int) -> bytes:
        """Begin, cancel or query (STEP_*) a calibration step. Answer: CalibrateReply."""
        return self._open_request(messages.Calibrate(step=step))

    def selftest(self) -> bytes:
        """Have the belt test itself. Answer: SelftestReply."""
        return self._open_request(messages.Selftest())

    def wipe(self, what: int) -> bytes:
        """Erase the parts named by WIPE_* bits. Answer: WipeReply."""
        return self._open_request(messages.Wipe(key=messages.WIPE_KEY, what=what))

    def pair(self, key: bytes) -> bytes:
        """Offer a key to a belt that has none. Answer: PairReply."""
        return self._open_request(messages.Pair(key=key))

    def challenge(self, nonce: bytes) -> bytes:
        """Have the belt prove that it has the key. Answer: ChallengeReply."""
        return self._open_request(messages.Challenge(nonce=nonce))

    def prove(self, proof: bytes) -> bytes:
        """Prove that we have it. Answer: ProveReply."""
        return self._open_request(messages.Prove(proof=proof))

    def developer(self, mode: int) -> bytes:
        """Close or open the belt to developers. Answer: DeveloperReply."""
        return self._open_request(messages.Developer(mode=mode))

    def update_begin(self, version: bytes, board: str, total: int) -> bytes:
        """Announce a bundle of `total` bytes. Answer: UpdateBeginReply."""
        wish = messages.UpdateBegin(version=version, board=board, total=total)
        return self._open_request(wish)

    def update_data(self, offset: int, data: bytes) -> bytes:
        """Send a piece of the bundle. Answer: UpdateDataReply."""
        return self._open_request(messages.UpdateData(offset=offset, data=data))

    def update_end(self) -> bytes:
        """Have the bundle checked and tried. Answer: UpdateEndReply, then the belt restarts."""
        return self._open_request(messages.UpdateEnd())

    def update_state(self) -> bytes:
        """Ask what became of the latest update. Answer: UpdateStateReply."""
        return self._open_request(messages.UpdateState())

    def core_begin(
        self, mount: bytes, samples: bool, pairs: "builtins.list[tuple[int, int]]"
    ) -> bytes:
        """Ask for a core beside the belt's own; `mount` may be empty. Answer: CoreBeginReply."""
        wish = messages.CoreBegin(
            mount=1 if mount else 0, rows=mount or bytes(18), samples=int(samples), pairs=pairs
        )
        return self._open_request(wish)

    def core_step(self, number: int, what: int, data: bytes) -> bytes:
        """Have step `number`, from 0, taken. Answer: CoreStepReply."""
        return self._open_request(messages.CoreStep(number=number, what=what, data=data))

    def core_end(self) -> bytes:
        """Let the core go. Answer: CoreEndReply."""
        return self._open_request(messages.CoreEnd())

    def receive(self, data: bytes) -> "builtins.list[object]":
        """Take bytes from the belt; the events they complete, in order."""
        events: "builtins.list[object]" = []
        for frame in self._decoder.feed(data):
            try:
                message = messages.unpack(frame)
                if message is None:
                    self.unknown += 1
                    continue
                event = self._event(message, frame)
            except WireError:
                self.malformed += 1
                continue
            if event is None:
                self.stale += 1
            else:
                events.append(event)
        return events

    def _open_request(self, message: messages.Message) -> bytes:
        if self.state != rules.OPEN:
            raise StateError("a request before the belt has answered hello()")
        return self._request(message)

    def _request(self, message: messages.Message) -> bytes:
        tag = self._tag
        request = message.frame(tag)
        self._tag = tag % 255 + 1
        self._awaited[message.TYPE] = tag
        return request

    def _event(self, message: messages.Message, frame: Frame) -> "object | None":
        """What the caller is told about `message`; None for one that is stale."""
        if isinstance(message, messages.PageMessage):
            return self._page(message) if self._of_fetch(frame) else None
        if isinstance(message, messages.FetchEnd):
            return self._fetch_end(message) if self._of_fetch(frame) else None
        if isinstance(message, (messages.LiveSample, messages.LiveRepetition)):
            return message if frame.tag == self._live_tag else None
        if isinstance(message, messages.RemoteError):
            return self._refusal(message, frame.tag)
        request = frame.type & 0x7F
        if frame.type == request or self._awaited.get(request) != frame.tag:
            return None
        if isinstance(message, messages.HelloReply):
            self._met(message)
        del self._awaited[request]
        return message

    def _of_fetch(self, frame: Frame) -> bool:
        return self.fetching and frame.tag == self._fetch_tag

    def _met(self, hello: messages.HelloReply) -> None:
        if not messages.VERSION_MIN <= hello.version <= messages.VERSION_MAX:
            raise WireError("a protocol version that was not offered")
        self.version = hello.version
        self.state = rules.step(rules.LINK, self.state, rules.MET)

    def _page(self, message: messages.PageMessage) -> "object | None":
        if message.follows < self.expected:
            return None
        try:
            page = parse_page(message.page)
        except WireError:
            self.malformed += 1
            return self._lost(message.follows)
        if message.follows > self.expected or page.next_seq <= self.expected:
            return self._lost(message.follows)
        self.expected = page.next_seq
        return PageReceived(message.page, page, message.follows)

    def _fetch_end(self, message: messages.FetchEnd) -> "object | None":
        if message.follows < self.expected:
            return None
        if message.follows > self.expected:
            return self._lost(message.follows)
        self._end_fetch()
        return message

    def _end_fetch(self) -> None:
        self._fetch = rules.step(rules.HOST_FETCH, self._fetch, rules.DONE)
        self._awaited.pop(messages.FETCH, None)

    def _lost(self, follows: int) -> PagesLost:
        self._end_fetch()
        return PagesLost(self.expected, follows)

    def _refusal(self, error: messages.RemoteError, tag: int) -> "object | None":
        asked = [request for request in self._awaited if self._awaited[request] == tag]
        if not asked:
            return None
        if messages.FETCH in asked:
            self._end_fetch()
        for request in asked:
            self._awaited.pop(request, None)
        if error.code == codes.REFUSAL_VERSION:
            self.state = rules.step(rules.LINK, self.state, rules.NOT_MET)
        if error.code == codes.REFUSAL_HELLO_FIRST:
            self.state = rules.step(rules.LINK, self.state, rules.RESTARTED)
        return error


def explain(error: messages.RemoteError) -> str:
    """One sentence for the user about a refusal, versions that do not meet included."""
    if error.code != codes.REFUSAL_VERSION:
        return "The belt refused: {}.".format(error.text)
    belt_min = error.detail & 255
    belt_max = error.detail >> 8
    newer = "this program" if belt_min > messages.VERSION_MAX else "the belt's firmware"
    return "The belt speaks protocol version {}, this program version {}: update {}.".format(
        _versions(belt_min, belt_max),
        _versions(messages.VERSION_MIN, messages.VERSION_MAX),
        newer,
    )


def _versions(low: int, high: int) -> str:
    return str(low) if low == high else "{} to {}".format(low, high)

"""The belt's end of the conversation: bytes in, frames out; no port, no clock.

The states and their rules are in `rules`; what the belt can do comes from a `Backend`.
"""

from beltwire import codes, messages, pages, rules, settings
from beltwire.decoder import Frame, FrameDecoder
from beltwire.errors import Refused, WireError
from beltwire.fields import Reader
from beltwire.pairing import Guard

MAX_ANSWERS = 8
PIECE_BYTES = 896
EARLIEST_UTC_MS = 1577836800000
LATEST_UTC_MS = 4102444799999
"""The end of 2099: a belt that runs on from there for years still keeps its time in 32 bits."""
MAX_OFFSET_MIN = 840

_ON_REQUEST = {
    messages.HELLO: "_hello",
    messages.LIST: "_list",
    messages.FETCH: "_fetch",
    messages.ACK: "_ack",
    messages.TIME: "_time",
    messages.SETTINGS_GET: "_settings_get",
    messages.SETTINGS_SET: "_settings_set",
    messages.LIVE: "_live",
    messages.CALIBRATE: "_calibrate",
    messages.SELFTEST: "_selftest",
    messages.WIPE: "_wipe",
    messages.PAIR: "_pair",
    messages.CHALLENGE: "_challenge",
    messages.PROVE: "_prove",
    messages.DEVELOPER: "_developer",
    messages.UPDATE_BEGIN: "_update_begin",
    messages.UPDATE_DATA: "_update_data",
    messages.UPDATE_END: "_update_end",
    messages.UPDATE_STATE: "_update_state",
    messages.CORE_BEGIN: "_core_begin",
    messages.CORE_STEP: "_core_step",
    messages.CORE_END: "_core_end",
}
# All that a host may ask before it has proved that it has the belt's key.
_FOR_ALL = (messages.HELLO, messages.PAIR, messages.CHALLENGE, messages.PROVE)


class Backend:
    """What a belt session asks of the belt. Subclass it; every method may raise `Refused`.

    An OSError from a method is answered with ERROR "failed" and goes no further.
    """

    def hello(self) -> messages.HelloReply:
        """Who the belt is; `version` is filled in by the session."""
        raise Refused(codes.REFUSAL_UNSUPPORTED, "this belt has no name")

    def log_state(self) -> messages.ListReply:
        """Where the log begins and ends, open page included; seqs 1 and 1 when empty."""
        raise Refused(codes.REFUSAL_UNSUPPORTED, "this belt has no log")

    def read_page(self, from_seq: int) -> "bytes | None":
        """The first undamaged page, open page included, with a record at or behind `from_seq`.

        None where there is none. The bytes are those of the page alone, without padding.
        """
        raise Refused(codes.REFUSAL_UNSUPPORTED, "this belt has no log")

    def acknowledge(self, through_seq: int) -> int:
        """Note that the host has everything up to `through_seq`; the highest ever noted."""
        raise Refused(codes.REFUSAL_UNSUPPORTED, "this belt has no log")

    def set_time(self, utc_ms: int, utc_offset_min: int) -> "tuple[int, int, bool]":
        """Anchor the clock; (boot number, belt clock in ms, whether an event was logged)."""
        raise Refused(codes.REFUSAL_UNSUPPORTED, "this belt has no clock")

    def settings(self) -> "list[tuple[int, int]]":
        """All settings as (id, value), ids ascending."""
        raise Refused(codes.REFUSAL_UNSUPPORTED, "this belt has no settings")

    def change_settings(self, pairs: "list[tuple[int, int]]") -> None:
        """Store the settings in `pairs`, all of them known and within range, all or none."""
        raise Refused(codes.REFUSAL_UNSUPPORTED, "this belt has no settings")

    def live(self, rate: int) -> int:
        """Prepare for `rate` samples a second (0: end); the rate that will be kept."""
        raise Refused(codes.REFUSAL_UNSUPPORTED, "this belt has no live view")

    def calibrate(self, step: int) -> "tuple[int, int, int]":
        """Begin, cancel or query a calibration step; (status, quality or progress, reason)."""
        raise Refused(codes.REFUSAL_UNSUPPORTED, "this belt cannot be calibrated from here")

    def selftest(self) -> "tuple[int, int]":
        """Test the belt; TEST_* bits of (tested, failed)."""
        raise Refused(codes.REFUSAL_UNSUPPORTED, "this belt has no self-test")

    def wipe(self, what: int) -> None:
        """Erase the parts named by WIPE_* bits."""
        raise Refused(codes.REFUSAL_UNSUPPORTED, "this belt cannot be wiped")

    def developer(self, mode: int) -> None:
        """Close the belt to developers, open it, or open it and end the program for the REPL."""
        raise Refused(codes.REFUSAL_UNSUPPORTED, "this belt has no REPL")

    def update_begin(self, version: bytes, board: str, total: int) -> None:
        """Make room for a bundle of `total` bytes."""
        raise Refused(codes.REFUSAL_UNSUPPORTED, "this belt cannot be updated")

    def update_data(self, offset: int, data: bytes) -> int:
        """Take a piece; the byte awaited next."""
        raise Refused(codes.REFUSAL_UNSUPPORTED, "this belt cannot be updated")

    def update_end(self) -> None:
        """Check what has come and restart into it, once the answer has been sent."""
        raise Refused(codes.REFUSAL_UNSUPPORTED, "this belt cannot be updated")

    def update_state(self) -> "tuple[bool, int]":
        """Whether the running version is on trial, and NO_UPDATE, UPDATE_KEPT or _ROLLED_BACK."""
        raise Refused(codes.REFUSAL_UNSUPPORTED, "this belt cannot be updated")

    def core_begin(self, mount: bytes, samples: bool, pairs: "list[tuple[int, int]]") -> None:
        """A core beside the belt's own; `mount`: nine i16, or empty for the default."""
        raise Refused(codes.REFUSAL_UNSUPPORTED, "this belt has no core to lend")

    def core_step(self, what: int, data: bytes) -> "tuple[int, bytes]":
        """A step of it; status and rows."""
        raise Refused(codes.REFUSAL_UNSUPPORTED, "this belt has no core to lend")

    def core_end(self) -> None:
        """Let it go; nothing happens where there is none."""
        raise Refused(codes.REFUSAL_UNSUPPORTED, "this belt has no core to lend")


class BeltSession:
    """The belt's end. Feed `receive`, send what `pull` gives, one frame at a time.

    With a `guard` a host has to prove itself before it may ask for more than hello; without one
    everybody may ask for everything, and nobody can be paired.

    Pages are read when they are pulled, so a fetch holds none. `damaged` counts frames that
    came damaged, `dropped` requests that came while MAX_ANSWERS answers were waiting, `ignored`
    frames that no belt answers: answers, as from a line that echoes, and malformed grants.
    """

    def __init__(self, backend: Backend, guard: "Guard | None" = None) -> None:
        self.backend = backend
        self.guard = guard
        self.state = rules.NEW
        self.fetch_state = rules.IDLE
        self.live_rate = 0
        self.dropped = 0
        self.ignored = 0
        self._decoder = FrameDecoder()
        self._answers: "list[bytes]" = []
        self._sample = b""
        self._repetition = b""
        self._live_tag = 0
        self._fetch_tag = 0
        self._cursor = 0
        self._steps = 0
        self._step: "messages.CoreStepReply | None" = None
        self._allowed = 0
        self._sent = 0

    @property
    def damaged(self) -> int:
        """How many damaged frames have come."""
        return self._decoder.damaged

    def reset(self) -> None:
        """Back to NEW, as when the host has closed the line; nothing is left to send."""
        if self.live_rate:
            self.backend.live(0)
        if self.guard is not None:
            self.guard.reset()
        self.state = rules.NEW
        self.fetch_state = rules.IDLE
        self.live_rate = 0
        self._answers = []
        self._sample = self._repetition = b""
        self._decoder.reset()

    def receive(self, data: bytes) -> None:
        """Take bytes from the host and act on the requests they complete."""
        for frame in self._decoder.feed(data):
            if frame.type & messages.ANSWER:
                self.ignored += 1
            elif frame.type == messages.GRANT:
                self._grant(frame)
            elif len(self._answers) >= MAX_ANSWERS:
                self.dropped += 1
            else:
                self._request(frame)

    def pull(self) -> "bytes | None":
        """The next frame to send: answers first, then live frames, then the fetch; or None."""
        if self._answers:
            return self._answers.pop(0)
        if self._repetition:
            repetition = self._repetition
            self._repetition = b""
            return repetition
        if self._sample:
            sample = self._sample
            self._sample = b""
            return sample
        if self.fetch_state == rules.SENDING:
            return self._next_of_fetch()
        return None

    def offer_sample(self, sample: messages.LiveSample) -> None:
        """Have a live sample sent; one that was not pulled in time is replaced by the next."""
        if self.live_rate:
            self._sample = sample.frame(self._live_tag)

    def offer_repetition(self, repetition: messages.LiveRepetition) -> None:
        """Tell a host that watches of a repetition; one not pulled in time gives way to the next.

        Nothing is lost by that: its number says how many there were.
        """
        if self.live_rate:
            self._repetition = repetition.frame(self._live_tag)

    def _request(self, frame: Frame) -> None:
        handler = _ON_REQUEST.get(frame.type)
        if handler is None:
            text = "unknown request 0x{:02x}".format(frame.type)
            self._refuse(frame.tag, codes.REFUSAL_UNKNOWN, frame.type, text)
            return
        if self.state == rules.NEW and frame.type != messages.HELLO:
            self._refuse(frame.tag, codes.REFUSAL_HELLO_FIRST, frame.type, "say hello first")
            return
        try:
            if self.guard is not None and frame.type not in _FOR_ALL:
                self.guard.check()
            answer = getattr(self, handler)(messages.unpack(frame), frame.tag)
        except WireError as error:
            self._refuse(frame.tag, codes.REFUSAL_MALFORMED, frame.type, str(error))
        except Refused as error:
            self._refuse(frame.tag, error.code, frame.type, error.text)
        except OSError as error:
            self._refuse(frame.tag, codes.REFUSAL_FAILED, frame.type, "failed: {}".format(error))
        else:
            if answer is not None:
                self._answers.append(answer.frame(frame.tag))

    def _refuse(self, tag: int, code: int, detail: int, text: str) -> None:
        error = messages.RemoteError(code=code, detail=detail, text=text[:60])
        self._answers.append(error.frame(tag))

    def _hello(self, hello: messages.Hello, tag: int) -> "messages.Message | None":
        self._fetch_step(rules.DONE)
        self._end_live()
        if self.guard is not None:
            self.guard.reset()
        version = messages.agree(
            hello.min_version, hello.max_version, messages.VERSION_MIN, messages.VERSION_MAX
        )
        if version == 0:
            self.state = rules.step(rules.LINK, self.state, rules.NOT_MET)
            both = messages.VERSION_MIN | messages.VERSION_MAX << 8
            self._refuse(tag, codes.REFUSAL_VERSION, both, "protocol versions do not meet")
            return None
        answer = self.backend.hello()
        answer.version = version
        self.state = rules.step(rules.LINK, self.state, rules.MET)
        return answer

    def _fetch_step(self, event: int) -> None:
        self.fetch_state = rules.step(rules.BELT_FETCH, self.fetch_state, event)

    def _end_live(self) -> None:
        if self.live_rate:
            self.live_rate = 0
            self._sample = self._repetition = b""
            self.backend.live(0)

    def _list(self, _: messages.List, tag: int) -> messages.Message:
        return self.backend.log_state()

    def _fetch(self, fetch: messages.Fetch, tag: int) -> None:
        if fetch.from_seq == 0:
            raise Refused(codes.REFUSAL_RANGE, "0 is no record's number")
        self._fetch_tag = tag
        self._cursor = fetch.from_seq
        self._allowed = fetch.credit
        self._sent = 0
        self._fetch_step(rules.FETCH)
        self._spend()

    def _grant(self, frame: Frame) -> None:
        try:
            allowed = Reader(frame.payload).u32()
        except WireError:
            self.ignored += 1
            return
        if frame.tag == self._fetch_tag and allowed > self._allowed:
            self._allowed = allowed
            self._fetch_step(rules.GRANTED)

    def _spend(self) -> None:
        if self._sent >= self._allowed:
            self._fetch_step(rules.SPENT)

    def _next_of_fetch(self) -> bytes:
        try:
            message = self._next_page()
        except (WireError, OSError) as error:
            message = self._fetch_failed(codes.REFUSAL_FAILED, str(error))
        except Refused as error:
            message = self._fetch_failed(error.code, error.text)
        return message.frame(self._fetch_tag)

    def _next_page(self) -> messages.Message:
        page = self.backend.read_page(self._cursor)
        if page is None:
            next_seq = self.backend.log_state().next_seq
            self._fetch_step(rules.DONE)
            return messages.FetchEnd(follows=self._cursor, next_seq=next_seq)
        after = pages.parse_head(page).next_seq
        if after <= self._cursor:
            raise WireError("the log gave a page that ends before {}".format(self._cursor))
        message = messages.PageMessage(follows=self._cursor, page=page)
        self._cursor = after
        self._sent += 1
        self._spend()
        return message

    def _fetch_failed(self, code: int, text: str) -> messages.Message:
        self._fetch_step(rules.DONE)
        return messages.RemoteError(code=code, detail=messages.FETCH, text=text[:60])

    def _ack(self, ack: messages.Ack, tag: int) -> messages.Message:
        if ack.through_seq >= self.backend.log_state().next_seq:
            raise Refused(codes.REFUSAL_RANGE, "nothing is logged that far")
        return messages.AckReply(acked_seq=self.backend.acknowledge(ack.through_seq))

    def _time(self, time: messages.Time, tag: int) -> messages.Message:
        if not EARLIEST_UTC_MS <= time.utc_ms <= LATEST_UTC_MS:
            raise Refused(codes.REFUSAL_RANGE, "a time before 2020 or after 2099")
        if abs(time.utc_offset_min) > MAX_OFFSET_MIN:
            raise Refused(codes.REFUSAL_RANGE, "an offset above 14 h")
        boot, mono_ms, logged = self.backend.set_time(time.utc_ms, time.utc_offset_min)
        return messages.TimeReply(boot=boot, mono_ms=mono_ms, logged=1 if logged else 0)

    def _settings_get(self, _: messages.SettingsGet, tag: int) -> messages.Message:
        return messages.SettingsReply(pairs=self.backend.settings())

    def _settings_set(self, wish: messages.SettingsSet, tag: int) -> messages.Message:
        wanted = _allowed(wish.pairs)
        self.backend.change_settings(wanted)
        sent = [number for number, _ in wanted]
        stored = [pair for pair in self.backend.settings() if pair[0] in sent]
        return messages.SettingsSetReply(pairs=stored)

    def _live(self, live: messages.Live, tag: int) -> messages.Message:
        self.live_rate = self.backend.live(live.rate)
        self._live_tag = tag
        self._sample = self._repetition = b""
        return messages.LiveReply(rate=self.live_rate)

    def _calibrate(self, wish: messages.Calibrate, tag: int) -> messages.Message:
        status, quality, reason = self.backend.calibrate(wish.step)
        return messages.CalibrateReply(status=status, quality=quality, reason=reason)

    def _selftest(self, _: messages.Selftest, tag: int) -> messages.Message:
        tested, failed = self.backend.selftest()
        return messages.SelftestReply(tested=tested, failed=failed)

    def _wipe(self, wish: messages.Wipe, tag: int) -> messages.Message:
        if wish.key != messages.WIPE_KEY or not 1 <= wish.what <= codes.WIPE_ALL:
            raise Refused(codes.REFUSAL_RANGE, "a wipe needs its key and a part to erase")
        self.backend.wipe(wish.what)
        self._fetch_step(rules.DONE)
        return messages.WipeReply(what=wish.what)

    def _gate(self) -> Guard:
        if self.guard is None:
            raise Refused(codes.REFUSAL_UNSUPPORTED, "this belt is open to everybody")
        return self.guard

    def _pair(self, wish: messages.Pair, tag: int) -> messages.Message:
        return messages.PairReply(status=self._gate().pair(wish.key))

    def _challenge(self, wish: messages.Challenge, tag: int) -> messages.Message:
        nonce, proof = self._gate().challenge(wish.nonce)
        return messages.ChallengeReply(nonce=nonce, proof=proof)

    def _prove(self, wish: messages.Prove, tag: int) -> messages.Message:
        self._gate().prove(wish.proof)
        return messages.ProveReply()

    def _developer(self, wish: messages.Developer, tag: int) -> messages.Message:
        if not codes.CLOSED <= wish.mode <= codes.TO_REPL:
            raise Refused(codes.REFUSAL_RANGE, "no such mode")
        self.backend.developer(wish.mode)
        return messages.DeveloperReply(mode=wish.mode)

    def _update_begin(self, wish: messages.UpdateBegin, tag: int) -> messages.Message:
        self.backend.update_begin(wish.version, wish.board, wish.total)
        return messages.UpdateBeginReply(piece=PIECE_BYTES)

    def _update_data(self, piece: messages.UpdateData, tag: int) -> messages.Message:
        return messages.UpdateDataReply(awaited=self.backend.update_data(piece.offset, piece.data))

    def _update_end(self, _: messages.UpdateEnd, tag: int) -> messages.Message:
        self.backend.update_end()
        return messages.UpdateEndReply()

    def _update_state(self, _: messages.UpdateState, tag: int) -> messages.Message:
        on_trial, last = self.backend.update_state()
        return messages.UpdateStateReply(on_trial=1 if on_trial else 0, last=last)

    def _core_begin(self, wish: messages.CoreBegin, tag: int) -> messages.Message:
        pairs = _allowed(wish.pairs)
        self._steps = 0
        self._step = None
        mount = wish.rows if wish.mount else b""
        self.backend.core_begin(mount, wish.samples != 0, pairs)
        return messages.CoreBeginReply()

    def _core_step(self, wish: messages.CoreStep, tag: int) -> messages.Message:
        if self._step is not None and wish.number == self._step.number:
            return self._step  # asked again: a step is never taken twice
        if wish.number != self._steps:
            raise Refused(codes.REFUSAL_RANGE, "step {} is next".format(self._steps))
        status, rows = self.backend.core_step(wish.what, wish.data)
        self._steps += 1
        self._step = messages.CoreStepReply(number=wish.number, status=status, rows=rows)
        return self._step

    def _core_end(self, _: messages.CoreEnd, tag: int) -> messages.Message:
        self._step = None
        self.backend.core_end()
        return messages.CoreEndReply()


def _allowed(pairs: "list[tuple[int, int]]") -> "list[tuple[int, int]]":
    """The known settings among `pairs`, ids ascending, of several values for one id the last.

    Refused where any value is out of range.
    """
    last: "dict[int, int]" = {}
    for number, value in pairs:
        text = settings.problem(number, value)
        if text:
            raise Refused(codes.REFUSAL_RANGE, text)
        if number in settings.TABLE:
            last[number] = value
    return sorted(last.items())

"""The wearer's computer: pairs once, fetches, acknowledges, and remembers every record."""

import hashlib

from beltwire import messages, pairing
from beltwire.host import HostSession, PageReceived
from beltwire.messages import FetchEnd

KEY = bytes(range(pairing.KEY_BYTES))
EPOCH_MS = 1_790_000_000_000
PATIENCE = 3000


class Host:
    """Talks to `worn` while its cable is in; `copy` holds each record by its number."""

    def __init__(self, worn):
        self._worn = worn
        self._session = HostSession()
        self._events = []
        self._nonce = 0
        self.copy = {}
        self.acked = 0
        self.altered = []

    def connect(self):
        """Plug in, greet, pair at first, prove. Returns the belt's HelloReply."""
        self._worn.world.usb_power = True
        for _ in range(20):
            self._worn.step(20, True)
        self._worn.line.take()
        hello = self._ask(self._session.hello(), messages.HelloReply)
        if not self._nonce:
            self._worn.world.button_down = True
            self._ask(self._session.pair(KEY), messages.PairReply)
            self._worn.world.button_down = False
        self._nonce += 1
        nonce = hashlib.sha256(bytes([self._nonce])).digest()[: pairing.NONCE_BYTES]
        answer = self._ask(self._session.challenge(nonce), messages.ChallengeReply)
        ours = pairing.proof(pairing.HOST_LABEL, KEY, hello.belt_id, nonce, answer.nonce)
        self._ask(self._session.prove(ours), messages.ProveReply)
        return hello

    def leave(self):
        """Pull the cable."""
        self._worn.world.usb_power = False

    def tell_time(self):
        """Say what the time is."""
        utc_ms = EPOCH_MS + self._worn.world.now_ms
        self._ask(self._session.time(utc_ms, 0), messages.TimeReply)

    def change(self, *pairs):
        """Change settings."""
        self._ask(self._session.settings_set(list(pairs)), messages.SettingsSetReply)

    def sync(self):
        """Fetch what is new, keep it, acknowledge it."""
        self.connect()
        self.tell_time()
        for record in self._fetch(max(1, self.acked)):
            self._keep(record)
        if self.copy:
            self.acked = max(self.copy)
            self._ask(self._session.ack(self.acked), messages.AckReply)
        self.leave()

    def whole_log(self):
        """Everything that is still on the belt, and its ListReply."""
        self.connect()
        state = self._ask(self._session.list(), messages.ListReply)
        records = self._fetch(1)
        self.leave()
        return state, records

    def _keep(self, record):
        found = (record.boot, record.t_s, record.kind, record.payload)
        if self.copy.get(record.seq, found) != found:
            self.altered.append(record.seq)
        self.copy[record.seq] = found

    def _fetch(self, from_seq):
        self._worn.line.to_belt.extend(self._session.fetch(from_seq, 255))
        records = []
        for _ in range(PATIENCE):
            for event in self._hear():
                if isinstance(event, PageReceived):
                    records += event.page.records
                if isinstance(event, FetchEnd):
                    return records
        raise RuntimeError("a fetch without an end")

    def _ask(self, request, kind):
        self._worn.line.to_belt.extend(request)
        for _ in range(PATIENCE):
            for event in self._hear():
                if isinstance(event, kind):
                    return event
                if isinstance(event, messages.RemoteError):
                    raise RuntimeError(event.text)
        raise RuntimeError(f"no {kind.__name__}")

    def _hear(self):
        self._worn.step(5)
        return self._session.receive(self._worn.line.take())

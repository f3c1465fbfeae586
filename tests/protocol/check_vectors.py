"""Holds beltwire against the vectors; the same file runs on CPython and on MicroPython.

usage: check_vectors.py FOLDER     prints how many vectors passed; an exception otherwise
"""

import json
import sys

from beltwire import bundle, cobs, crc, decoder, events, messages, pages, pairing, records
from beltwire.errors import WireError
from beltwire.session import Backend, BeltSession, HostSession


def _load(folder, name):
    with open(folder + "/" + name + ".json") as file:  # noqa: PTH123 - no pathlib there
        return json.load(file)


def _same(vector, found, wanted):
    if found != wanted:
        raise ValueError("{}: {!r} is not {!r}".format(vector["name"], found, wanted))


def _hex(data):
    return data.hex() if data else ""  # MicroPython gives b"" for b"".hex()


def check_cobs(vector):
    plain, stuffed = bytes.fromhex(vector["plain"]), bytes.fromhex(vector["stuffed"])
    _same(vector, _hex(cobs.encode(plain)), _hex(stuffed))
    _same(vector, _hex(cobs.decode(stuffed)), _hex(plain))


def check_crc(vector):
    _same(vector, crc.crc32(bytes.fromhex(vector["data"])), vector["crc"])


def check_minutes(vector):
    minute = records.Minute(**vector["fields"])
    if not vector.get("read_only"):
        _same(vector, _hex(records.pack_minute(minute)), vector["payload"])
    _same(vector, records.unpack_minute(bytes.fromhex(vector["payload"])), minute)


def check_events(vector):
    payload = bytes.fromhex(vector["payload"])
    event = records.unpack_event(payload)
    _same(vector, event.code, vector["code"])
    _same(vector, events.name(event.code), vector["name"])
    _same(vector, sorted(events.arguments(event).values()), sorted(vector["values"]))
    if event.code in events.LAYOUTS:
        made = events.make(event.code, *vector["values"])
        _same(vector, records.pack_event(made), payload)


def check_pages(vector):
    page = pages.parse_page(bytes.fromhex(vector["page"]))
    _same(vector, (page.boot, page.first_seq), (vector["boot"], vector["first_seq"]))
    _same(vector, page.base_s, vector["base_s"])
    found = [[record.kind, record.t_s, _hex(record.payload)] for record in page.records]
    _same(vector, found, vector["records"])
    writer = pages.PageWriter()
    now = page.base_s + pages.BACK_S if page.base_s else 0
    if now < 1 << 32:
        writer.begin(page.boot, page.first_seq, now)
        for record in page.records:
            _same(vector, writer.add(record.kind, record.t_s, record.payload), True)
        _same(vector, _hex(writer.to_bytes()), vector["page"])


def _value(kind, value):
    if kind == "pairs":
        return [tuple(pair) for pair in value]
    if kind == "rest" or (kind[0] == "b"):
        return bytes.fromhex(value)
    return value


def check_messages(vector):
    kind = getattr(messages, vector["message"])
    layout = dict(kind.LAYOUT)
    fields = {name: _value(layout[name], vector["fields"][name]) for name in layout}
    message = kind(**fields)
    _same(vector, kind.TYPE, vector["type"])
    _same(vector, _hex(message.pack()), vector["payload"])
    _same(vector, _hex(message.frame(vector["tag"])), vector["frame"])
    (frame,) = decoder.FrameDecoder().feed(bytes.fromhex(vector["frame"]))
    _same(vector, messages.unpack(frame), message)
    if "rest" not in layout.values() and "pairs" not in layout.values():
        later = decoder.Frame(frame.type, frame.tag, frame.payload + b"later")
        _same(vector, messages.unpack(later), message)


REFUSERS = {
    "cobs": cobs.decode,
    "frame": decoder.decode_frame,
    "page": pages.parse_page,
    "minute": records.unpack_minute,
    "event": records.unpack_event,
    "bundle": bundle.check_whole,
}


def check_damaged(vector):
    taken = True
    try:
        REFUSERS[vector["what"]](bytes.fromhex(vector["data"]))
    except WireError:
        taken = False
    _same(vector, taken, False)


def check_streams(vector):
    stream = bytes.fromhex(vector["stream"])
    wanted = [tuple(frame) for frame in vector["frames"]]
    for step in (len(stream), 1, 7):
        cutter = decoder.FrameDecoder()
        found = []
        for at in range(0, len(stream), step):
            for frame in cutter.feed(stream[at : at + step]):
                found.append((frame.type, frame.tag, _hex(frame.payload)))
        _same(vector, found, wanted)
        _same(vector, cutter.damaged, vector["damaged"])


def check_pairing(vector):
    key, message = bytes.fromhex(vector["key"]), bytes.fromhex(vector["message"])
    wanted = bytes.fromhex(vector["hmac"])
    found = pairing.hmac_sha256(key, message)
    _same(vector, _hex(found), vector["hmac"])
    _same(vector, pairing.same(found, wanted), True)
    _same(vector, pairing.same(found, wanted[:-1] + bytes([wanted[-1] ^ 1])), False)
    _same(vector, pairing.same(found, wanted[:-1]), False)


def check_bundles(vector):
    whole = bytes.fromhex(vector["bundle"])
    files = [(name, bytes.fromhex(data)) for name, data in vector["files"]]
    version = bytes.fromhex(vector["version"])
    _same(vector, _hex(bundle.pack(version, vector["board"], files)), vector["bundle"])
    manifest = bundle.check_whole(whole)
    _same(vector, (manifest.version, manifest.board), (version, vector["board"]))
    _same(vector, [entry.name for entry in manifest.entries], [name for name, _ in files])
    _same(vector, manifest.total, len(whole))


class GoldenBelt(Backend):
    """A belt that says what the message vectors say."""

    def __init__(self, folder):
        self._messages = {vector["name"]: vector for vector in _load(folder, "messages")}

    def _answer(self, name):
        frame = bytes.fromhex(self._messages[name]["frame"])
        return messages.unpack(decoder.FrameDecoder().feed(frame)[0])

    def hello(self):
        return self._answer("hello_reply")

    def log_state(self):
        return self._answer("list_reply")

    def read_page(self, from_seq):
        for name in ("page", "last_page"):
            page = self._answer(name).page
            if pages.parse_head(page).next_seq > from_seq:
                return page
        return None

    def acknowledge(self, through_seq):
        return through_seq

    def set_time(self, utc_ms, utc_offset_min):
        answer = self._answer("time_reply")
        return answer.boot, answer.mono_ms, answer.logged == 1


class GoldenKeeper(pairing.Keeper):
    """A belt whose key is that of the vectors, and whose random bytes are, too."""

    def __init__(self, folder):
        by_name = {vector["name"]: vector for vector in _load(folder, "messages")}
        self._key = bytes.fromhex(by_name["pair"]["payload"])
        self._nonce = bytes.fromhex(by_name["challenge_reply"]["fields"]["nonce"])
        self._id = bytes.fromhex(by_name["hello_reply"]["fields"]["belt_id"])
        self.host_nonce = bytes.fromhex(by_name["challenge"]["payload"])
        self.host_proof = bytes.fromhex(by_name["prove"]["payload"])

    def key(self):
        return self._key

    def belt_id(self):
        return self._id

    def draw(self, count):
        return self._nonce


HOST_REQUESTS = {
    "hello": lambda host: host.hello(),
    "list": lambda host: host.list(),
    "fetch": lambda host: host.fetch(1021, 8),
    "ack": lambda host: host.ack(1026),
    "time": lambda host: host.time(1795344000000, 60),
}


def check_conversation(turns, folder):
    """Both sessions, joined in memory, say byte for byte what the vectors say."""
    keeper = GoldenKeeper(folder)
    belt = BeltSession(GoldenBelt(folder), pairing.Guard(keeper))
    host = HostSession()
    requests = dict(HOST_REQUESTS)
    requests["challenge"] = lambda host: host.challenge(keeper.host_nonce)
    requests["prove"] = lambda host: host.prove(keeper.host_proof)
    for turn in turns:
        asked = requests[turn["name"]](host)
        _same(turn, _hex(asked), turn["send"])
        belt.receive(asked)
        for answer in turn["answers"]:
            sent = belt.pull()
            _same(turn, _hex(sent), answer)
            _same(turn, len(host.receive(sent)), 1)
        _same(turn, belt.pull(), None)


CHECKS = {
    "cobs": check_cobs,
    "crc": check_crc,
    "minutes": check_minutes,
    "events": check_events,
    "pages": check_pages,
    "messages": check_messages,
    "damaged": check_damaged,
    "streams": check_streams,
    "pairing": check_pairing,
    "bundles": check_bundles,
}


def check_all(folder):
    """Check every vector in `folder`; how many there were."""
    count = 0
    for name in sorted(CHECKS):
        for vector in _load(folder, name):
            CHECKS[name](vector)
            count += 1
    turns = _load(folder, "conversation")
    check_conversation(turns, folder)
    return count + len(turns)


if __name__ == "__main__":
    print(f"{check_all(sys.argv[1])} vectors")

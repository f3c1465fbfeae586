"""Feeds streams into both sessions and prints all that comes of it; runs on both interpreters.

usage: replay_streams.py FILE     FILE: {"pages": [hex], "to_belt": [hex], "to_host": [hex]}
"""

import json
import sys

from beltwire import codes, messages, pages
from beltwire.crc import crc32
from beltwire.session import Backend, BeltSession, HostSession

PULLS = 300


class PagesBelt(Backend):
    """A belt that has pages and little else."""

    def __init__(self, log):
        self.log = log

    def hello(self):
        return messages.HelloReply(
            version=0,
            belt_id=bytes(8),
            firmware=bytes(3),
            flags=codes.HELLO_VIRTUAL,
            boot=1,
            mono_ms=123456789012,
            battery_mv=3700,
            max_page=512,
            board="pages",
            name="Gürtel",
        )

    def log_state(self):
        return messages.ListReply(
            oldest_seq=1,
            next_seq=pages.parse_head(self.log[-1]).next_seq,
            acked_seq=0,
            pages=len(self.log),
            capacity_pages=100,
            overwritten=0,
        )

    def read_page(self, from_seq):
        for page in self.log:
            if pages.parse_head(page).next_seq > from_seq:
                return page
        return None

    def acknowledge(self, through_seq):
        return through_seq

    def settings(self):
        return [(1, 2), (8, -1)]

    def change_settings(self, pairs):
        pass


def belt_lines(log, streams):
    """One line per stream: how many frames the belt sent, their checksum, its counters."""
    for stream in streams:
        session = BeltSession(PagesBelt(log))
        session.receive(bytes.fromhex(stream))
        sent = b""
        count = 0
        frame = session.pull()
        while frame is not None and count < PULLS:
            sent += frame
            count += 1
            frame = session.pull()
        counters = (session.damaged, session.dropped, session.ignored, session.state)
        yield f"belt {count} {crc32(sent):08x} {counters}"


def host_lines(streams):
    """One line per stream: what the host was told, its counters and the number it expects."""
    for stream in streams:
        session = HostSession()
        session.hello()
        reply = PagesBelt([]).hello()
        reply.version = 1
        session.receive(reply.frame(1))
        session.list()
        session.fetch(1, 255)
        session.ack(1)
        told = [type(event).__name__ for event in session.receive(bytes.fromhex(stream))]
        counters = (session.damaged, session.stale, session.unknown, session.malformed)
        yield "host {} {} {}".format(",".join(told), counters, session.expected)


def lines(case):
    """Everything there is to say about `case`, line by line."""
    log = [bytes.fromhex(page) for page in case["pages"]]
    return list(belt_lines(log, case["to_belt"])) + list(host_lines(case["to_host"]))


if __name__ == "__main__":
    with open(sys.argv[1]) as file:  # noqa: PTH123 - no pathlib there
        for line in lines(json.load(file)):
            print(line)

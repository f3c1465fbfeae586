"""`plumbline sync`: fetch what is new on the belt."""

import argparse
import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from types import FrameType

from plumbline.console import ProgressText
from plumbline.errors import LinkError, UserError
from plumbline.i18n import _, ngettext, number
from plumbline.link.discovery import check_named_port, find_belts, resolve_port
from plumbline.link.engine import Progress, SyncResult, sync
from plumbline.store.opening import database_path
from plumbline.store.sealing import protection
from plumbline.store.upkeep import keep_up

INTERRUPTED = 130


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which belt."""
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--port", metavar="PORT", help=_("the belt's serial port, or a virtual belt's port file")
    )
    which.add_argument("--all", action="store_true", help=_("sync all belts that are plugged in"))


def run(args: argparse.Namespace) -> int:
    """Sync; Ctrl-C ends it in good order, what had come is kept."""
    stop = threading.Event()

    def interrupt(number: int, frame: FrameType | None) -> None:
        stop.set()

    before = signal.signal(signal.SIGINT, interrupt)
    try:
        done = _sync_ports(args, stop)
    finally:
        signal.signal(signal.SIGINT, before)
    if SyncResult in map(type, done) and not stop.is_set():
        sys.stdout.flush()  # what came is told before the time is taken to look after it
        for notice in keep_up(args.data).notices:
            print(notice)
    failed = [outcome for outcome in done if isinstance(outcome, UserError)]
    if failed:
        raise type(failed[0])("\n".join(dict.fromkeys(map(str, failed))))
    return INTERRUPTED if stop.is_set() else 0


def chosen_ports(port: str | None, take_all: bool) -> list[str]:
    """The ports to sync; LinkError where there is no belt or the choice is not clear."""
    if port is not None:
        return [resolve_port(port)]
    belts = find_belts()
    if not belts:
        check_named_port()
        raise LinkError(
            _(
                "No belt was found: plug it in and switch it on, or name its port with --port "
                "(plumbline ports lists them)."
            )
        )
    if len(belts) > 1 and not take_all:
        listed = ", ".join(f"{belt.name} ({belt.port})" for belt in belts)
        raise LinkError(
            _("Several belts are here: {belts}. Name one with --port, or take --all.").format(
                belts=listed
            )
        )
    return [belt.port for belt in belts]


def _sync_ports(
    args: argparse.Namespace, stop: threading.Event
) -> list[SyncResult | BaseException]:
    """All at once; what is wrong with one belt keeps no other from its sync, and is given."""
    ports = chosen_ports(args.port, args.all)
    first = not database_path(args.data).exists()
    with ProgressText(_("Fetching")) as text, ThreadPoolExecutor(len(ports)) as pool:
        together = _Together(text)
        runs = [
            pool.submit(sync, port, args.data, partial(together.show, port), stop.is_set)
            for port in ports
        ]
        done = [run.exception() or run.result() for run in runs]
    if first and SyncResult in map(type, done) and not protection(args.data).encrypted:
        print(protection(args.data).sentence(), _("plumbline encrypt changes that."))
    for outcome in done:
        if isinstance(outcome, SyncResult):
            print(describe(outcome))
        elif not isinstance(outcome, UserError):
            raise outcome
    return done


class _Together:
    """Several syncs in one line of progress."""

    def __init__(self, text: ProgressText) -> None:
        self._text = text
        self._lock = threading.Lock()
        self._latest: dict[str, Progress] = {}

    def show(self, port: str, progress: Progress) -> None:
        """One of them has come this far."""
        with self._lock:
            self._latest[port] = progress
            done, total, size = (
                sum(getattr(each, name) for each in self._latest.values())
                for name in ("done", "total", "bytes")
            )
            detail = _(", {records} records, {size} KB").format(
                records=number(done), size=number(size / 1000)
            )
            self._text.show(done, total, detail)


def describe(result: SyncResult) -> str:
    """What the sync brought."""
    brought = _("{name}: {minutes}, {events}, {size} KB in {seconds} s.").format(
        name=result.name or result.belt,
        minutes=ngettext("{n} new minute", "{n} new minutes", result.new_minutes).format(
            n=number(result.new_minutes)
        ),
        events=ngettext("{n} new event", "{n} new events", result.new_events).format(
            n=number(result.new_events)
        ),
        size=number(result.bytes / 1000, 1),
        seconds=number(result.seconds, 1),
    )
    lines = [brought, *result.notices]
    if result.cancelled:
        lines.append(_("Stopped before the end; the next sync goes on from there."))
    return "\n".join(lines)

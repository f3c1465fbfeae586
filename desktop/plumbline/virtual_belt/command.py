"""`plumbline virtual-belt`: a belt to try everything on, without hardware."""

import argparse
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from plumbline.console import ProgressText
from plumbline.errors import UserError
from plumbline.i18n import _
from plumbline.virtual_belt import button
from plumbline.virtual_belt.belt import AS_FAST_AS_IT_GOES, VirtualBelt

FOLDER_NAME = "virtual-belt"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own arguments."""
    add = parser.add_argument
    add("--recording", type=Path, metavar="FILE", help=_("motion to wear (else a bundled one)"))
    add("--history", type=int, default=0, metavar="DAYS", help=_("workdays behind it (else none)"))
    add("--speed", default="1", metavar="N|max", help=_("times real time (else 1)"))
    add("--port-file", type=Path, metavar="FILE", help=_("file that names its port while it runs"))
    add("--flash", type=Path, metavar="DIR", help=_("the belt's memory (else in the data folder)"))
    add("--seed", type=int, default=1, metavar="N", help=_("which past --history makes (else 1)"))
    add("--upright", metavar="T0:T1", help=_("seconds of the recording of upright standing"))
    add("--seated", metavar="T0:T1", help=_("seconds of the recording of upright sitting"))
    add(
        "--new", action="store_true", help=_("as a belt that was never paired; Enter is its button")
    )
    add("--tcp", action="store_true", help=_("a TCP port instead of a pty"))


def run(args: argparse.Namespace) -> int:
    """Run a virtual belt until Ctrl-C or its firmware's failure; the exit status."""
    check_speed(args.speed)
    check_port_file(args.port_file)
    folder = args.flash or args.data / FOLDER_NAME
    progress = ProgressText(_("playing"))
    belt = VirtualBelt(
        folder,
        args.recording,
        args.speed,
        history_days=args.history,
        seed=args.seed,
        upright=args.upright,
        seated=args.seated,
        over_tcp=args.tcp,
        unpaired=args.new,
        progress=progress.show,
    )
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _ender(belt))
    with belt, _PortFile(args.port_file, belt):
        with progress:
            print(belt.port, flush=True)
        button.offer(belt.press)
        if args.history and not belt.has_new_past:
            print(
                _("{folder} holds a log already, so --history was left aside.").format(
                    folder=folder
                ),
                file=sys.stderr,
            )
        belt.ended.wait()
    if belt.failure:
        print(belt.failure, file=sys.stderr)
        return 1
    return 0


class _PortFile:
    """Names the belt's port in a file for as long as the belt runs."""

    def __init__(self, path: Path | None, belt: VirtualBelt) -> None:
        self._path = path
        self._belt = belt

    def __enter__(self) -> None:
        if self._path is None:
            return
        waiting = self._path.with_name(self._path.name + ".new")
        try:
            waiting.write_text(self._belt.port + "\n", encoding="utf-8")
            waiting.replace(self._path)
        except OSError as error:
            raise UserError(
                _("{file} cannot be written ({reason}): name another port file.").format(
                    file=self._path, reason=error.strerror
                )
            ) from error

    def __exit__(self, *_: object) -> None:
        if self._path is not None:
            self._path.unlink(missing_ok=True)


def _ender(belt: VirtualBelt) -> Callable[[int, FrameType | None], None]:
    """A signal handler that lets the belt end."""

    def end(_number: int, _frame: FrameType | None) -> None:
        belt.played.set()
        belt.ended.set()

    return end


def check_speed(speed: str) -> None:
    """UserError unless `speed` is "max" or a number of at least 0.1."""
    try:
        fine = speed == AS_FAST_AS_IT_GOES or 0.1 <= float(speed) <= 1000
    except ValueError:
        fine = False
    if not fine:
        raise UserError(_("--speed takes a number from 0.1 to 1000, or max."))


def check_port_file(path: Path | None) -> None:
    """UserError if `path` is there and no port file: it would be overwritten, then removed."""
    if path is None or not path.exists():
        return
    try:
        fine = path.is_file() and len(path.read_text(encoding="utf-8").split()) == 1
    except (OSError, ValueError):
        fine = False
    if not fine:
        raise UserError(
            _("{file} is there and is no port file: name another one.").format(file=path)
        )

"""The command line, composition only: which command lives in which module.

Each command's module offers `add_arguments(parser)` and `run(args) -> int`; it is
imported only when its command is given, so the small commands start fast (no Qt, no
plots) and one damaged module stops only its own command. `args.data` is always the data
folder as a `Path`.
"""

import argparse
import importlib
import re
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import NamedTuple, NoReturn

from plumbline import __version__
from plumbline.errors import UserError
from plumbline.paths import DATA_VARIABLE, data_folder


class Command(NamedTuple):
    """A command's module and its line in the help."""

    module: str
    help: str


COMMANDS = {
    "ports": Command("plumbline.link.ports_command", "list the serial ports and the belts on them"),
    "sync": Command("plumbline.link.sync_command", "fetch what is new on the belt"),
    "belt": Command("plumbline.belt_command", "ask a belt directly: info, self-test, settings"),
    "days": Command("plumbline.days_command", "print a table of days"),
    "export": Command("plumbline.export.command", "write the data as CSV, JSON Lines or Parquet"),
    "import": Command("plumbline.export.import_command", "take in what an export holds"),
    "rebuild": Command(
        "plumbline.store.rebuild_command", "build the database anew from the archive"
    ),
    "backup": Command("plumbline.store.backup_command", "copy the data into one file"),
    "restore": Command("plumbline.store.restore_command", "bring a backup's data back"),
    "erase": Command(
        "plumbline.store.erase_command", "remove a belt's data or everything for good"
    ),
    "gui": Command("plumbline.ui.app", "open the window"),
    "demo": Command("plumbline.demo", "open the window on a virtual belt with a past"),
    "replay": Command("plumbline.replay", "run a recording through the belt's own core"),
    "virtual-belt": Command("plumbline.virtual_belt", "run the belt's firmware without a belt"),
}


class Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one sentence, as every other failure is told."""

    def error(self, message: str) -> NoReturn:
        """UserError: what is wrong, and where all options stand."""
        for pattern, plain in _PLAIN:
            message = re.sub(pattern, plain, message)
        raise UserError(f"{self.prog}: {message}; see {self.prog} --help.")


_PLAIN = (  # argparse's words, and the user's
    (r"\bargument (?=\S)", ""),
    (r"^the following arguments are required: COMMAND$", "name a command"),
    (r"^COMMAND: invalid choice: (\S+) .*", r"there is no command \1"),
    (r"^the following arguments are required: ", "give "),
    (r"invalid int value: (.*)", r"\1 is not a whole number"),
    (r"invalid float value: (.*)", r"\1 is not a number"),
    (r"invalid choice: (\S+) \(choose from (.*)\)", r"\1 is none of \2"),
)


def build_parser(argv: Sequence[str]) -> Parser:
    """The parser for `argv`: only the commands named in it have their arguments filled in."""
    parser = Parser(
        prog="plumbline",
        description="Fetches the belt's log and shows what the days were like.",
    )
    parser.add_argument("--version", action="version", version=f"plumbline {__version__}")
    _add_data_option(parser, default=None)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, command in COMMANDS.items():
        child = commands.add_parser(name, help=command.help, description=_sentence(command.help))
        if name in argv:
            _add_data_option(child, default=argparse.SUPPRESS)
            _module(name).add_arguments(child)
    return parser


def run(argv: Sequence[str]) -> int:
    """Parse `argv`, run its command and return the exit status."""
    args, unknown = build_parser(argv).parse_known_args(argv)
    if unknown:
        command = f"plumbline {args.command}"
        raise UserError(f"{command} does not know {' '.join(unknown)}: see {command} --help.")
    args.data = data_folder(args.data)
    status: int = _module(args.command).run(args)
    return status


def _module(name: str) -> ModuleType:
    return importlib.import_module(COMMANDS[name].module)


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:] + "."


def _add_data_option(parser: argparse.ArgumentParser, default: str | None) -> None:
    parser.add_argument(
        "--data",
        metavar="DIR",
        type=Path,
        default=default,
        help=f"data folder (else the variable {DATA_VARIABLE}, else the user's own)",
    )

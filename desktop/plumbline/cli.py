"""The command line, composition only: which command lives in which module.

Each command's module offers `add_arguments(parser)` and `run(args) -> int`; it is
imported only when its command is given, so the small commands start fast (no Qt, no
plots) and one damaged module stops only its own command. `args.data` is always the data
folder as a `Path`.
"""

import argparse
import gc
import importlib
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple, NoReturn

from plumbline import __version__
from plumbline.errors import UserError
from plumbline.i18n import N_, _
from plumbline.paths import DATA_VARIABLE, data_folder


class Command(NamedTuple):
    """A command's module and its line in the help."""

    module: str
    help: str


COMMANDS = {
    "ports": Command(
        "plumbline.link.ports_command", N_("list the serial ports and the belts on them")
    ),
    "sync": Command("plumbline.link.sync_command", N_("fetch what is new on the belt")),
    "belt": Command("plumbline.belt_command", N_("ask a belt directly: info, self-test, settings")),
    "days": Command("plumbline.days_command", N_("print a table of days")),
    "export": Command(
        "plumbline.export.command", N_("write the data as CSV, JSON Lines or Parquet")
    ),
    "import": Command("plumbline.export.import_command", N_("take in what an export holds")),
    "rebuild": Command(
        "plumbline.store.rebuild_command", N_("build the database anew from the archive")
    ),
    "backup": Command("plumbline.store.backup_command", N_("copy the data into one file")),
    "restore": Command("plumbline.store.restore_command", N_("bring a backup's data back")),
    "erase": Command(
        "plumbline.store.erase_command", N_("remove a belt's data or everything for good")
    ),
    "encrypt": Command(
        "plumbline.store.encrypt_command", N_("let nobody read the data without their key")
    ),
    "decrypt": Command("plumbline.store.decrypt_command", N_("leave the data readable to anybody")),
    "passphrase": Command(
        "plumbline.store.passphrase_command", N_("set or change what opens encrypted data")
    ),
    "visit": Command("plumbline.ui.visit.command", N_("write the page for a visit as PDF")),
    "gui": Command("plumbline.gui_command", N_("open the window")),
    "demo": Command("plumbline.demo", N_("open the window on a virtual belt with a past")),
    "replay": Command("plumbline.replay", N_("run a recording through the belt's own core")),
    "virtual-belt": Command("plumbline.virtual_belt", N_("run the belt's firmware without a belt")),
}


class Help(argparse.HelpFormatter):
    """argparse's help with its own word in the user's language."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        """As argparse has it."""
        super().add_usage(usage, actions, groups, _("usage: ") if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one sentence, as every other failure is told."""

    def error(self, message: str) -> NoReturn:
        """UserError: what is wrong, and where all options stand."""
        for pattern, plain in _PLAIN:
            found = re.match(pattern, message)
            if found:
                message = _(plain).format(**found.groupdict())
                break
        told = _("{command}: {message}; see {command} --help.")
        raise UserError(told.format(command=self.prog, message=message))

    def format_help(self) -> str:
        """The help under headings of the user's language."""
        self._positionals.title = _("Arguments") if not self._subparsers else None
        self._optionals.title = _("Options")
        return super().format_help()


_PLAIN = (  # argparse's words, and the user's
    (r"the following arguments are required: COMMAND$", N_("name a command")),
    (r"argument COMMAND: invalid choice: (?P<given>\S+) .*", N_("there is no command {given}")),
    (r"the following arguments are required: (?P<names>.*)", N_("give {names}")),
    (
        r"argument (?P<name>\S+): invalid int value: (?P<given>.*)",
        N_("{name}: {given} is not a whole number"),
    ),
    (
        r"argument (?P<name>\S+): invalid float value: (?P<given>.*)",
        N_("{name}: {given} is not a number"),
    ),
    (
        r"argument (?P<name>\S+): invalid choice: (?P<given>\S+) \(choose from (?P<known>.*)\)",
        N_("{name}: {given} is not one of {known}"),
    ),
    (r"argument (?P<name>\S+): expected one argument$", N_("{name}: give a value")),
    (r"argument (?P<name>\S+): (?P<text>.*)", "{name}: {text}"),
)


def build_parser(argv: Sequence[str]) -> Parser:
    """The parser for `argv`: only the commands named in it have their arguments filled in."""
    parser = Parser(
        prog="plumbline",
        description=_("Fetches the belt's log and shows what the days were like."),
        add_help=False,
        formatter_class=Help,
    )
    _add_help(parser)
    version = f"plumbline {__version__}"
    parser.add_argument(
        "--version", action="version", version=version, help=_("show the version and exit")
    )
    _add_data_option(parser, default=None)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, command in COMMANDS.items():
        text = _(command.help)
        child = commands.add_parser(
            name, help=text, description=_sentence(text), add_help=False, formatter_class=Help
        )
        _add_help(child)
        if name in argv:
            _add_data_option(child, default=argparse.SUPPRESS)
            module(name).add_arguments(child)
    return parser


def run(argv: Sequence[str]) -> int:
    """Parse `argv`, run its command and return the exit status."""
    args, unknown = build_parser(argv).parse_known_args(argv)
    if unknown:
        command = f"plumbline {args.command}"
        told = _("{command} does not know {words}: see {command} --help.")
        raise UserError(told.format(command=command, words=" ".join(unknown)))
    args.data = data_folder(args.data)
    status: int = module(args.command).run(args)
    return status


def module(name: str) -> ModuleType:
    """The command's module."""
    gc.disable()  # nothing of what an import makes is garbage: looking for some takes a tenth
    try:
        return importlib.import_module(COMMANDS[name].module)
    finally:
        gc.freeze()
        gc.enable()


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:] + "."


def _add_data_option(parser: argparse.ArgumentParser, default: str | None) -> None:
    parser.add_argument(
        "--data",
        metavar="DIR",
        type=Path,
        default=default,
        help=_("data folder (else the variable {variable}, else the user's own)").format(
            variable=DATA_VARIABLE
        ),
    )


def _add_help(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-h", "--help", action="help", help=_("show this help and exit"))

"""`plumbline belt info|selftest|settings|wipe|update|log`: ask a belt directly."""

import argparse
import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from beltwire import codes, events, records, settings
from beltwire.errors import WireError
from beltwire.messages import DeveloperReply, HelloReply
from beltwire.pages import Record

from plumbline.console import ProgressText
from plumbline.errors import UserError
from plumbline.i18n import N_, _, number
from plumbline.link import belt, update
from plumbline.link.conversation import Conversation
from plumbline.link.port import Port
from plumbline.link.sync_command import chosen_ports

Action = Callable[[Conversation, HelloReply, argparse.Namespace], int]
FAILED = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One sub-command for each thing to ask."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, (run_it, text) in ACTIONS.items():
        told = _(text)
        action = actions.add_parser(
            name,
            help=told,
            description=f"{told[0].upper()}{told[1:]}.",
            add_help=False,
            formatter_class=parser.formatter_class,
        )
        action.add_argument("-h", "--help", action="help", help=_("show this help and exit"))
        action.add_argument(
            "--port",
            metavar="PORT",
            help=_("the belt's serial port, or a virtual belt's port file"),
        )
        action.set_defaults(run_it=run_it)
        if name == "settings":
            action.add_argument(
                "wishes", nargs="*", metavar="NAME=VALUE", help=_("settings to change (else show)")
            )
        elif name == "wipe":
            action.add_argument("--settings", action="store_true", help=_("settings as well"))
            action.add_argument("--only-settings", action="store_true", help=_("keep the log"))
            action.add_argument("--yes", action="store_true", help=_("yes, for good"))
        elif name == "update":
            action.add_argument(
                "bundle", type=Path, metavar="BUNDLE", help=_("made by make firmware")
            )
        elif name == "developer":
            action.add_argument("mode", choices=("off", "on", "repl"))
        elif name == "log":
            action.add_argument("--from", dest="first", type=int, default=1, metavar="N")


def run(args: argparse.Namespace) -> int:
    """Ask the belt; the exit status, 1 where its self-test finds something."""
    if args.action == "wipe" and not args.yes:
        raise UserError(_("A wipe cannot be undone: sync first, then add --yes."))
    (port,) = chosen_ports(args.port, take_all=False)
    if args.action == "pair":
        return pair(port)
    if args.action == "update":
        return update_belt(port, args.bundle)
    with belt.talking(port) as (talk, hello):
        run_it: Action = args.run_it
        return run_it(talk, hello, args)


def pair(port: str) -> int:
    """Pair a new belt with this account."""
    with Port(port) as opened:
        talk = Conversation(opened)
        hello = talk.greet()
        told = False

        def ask_for_button(_left_s: int) -> None:
            nonlocal told
            if not told:
                print(_("Press the belt's button until it buzzes …"), file=sys.stderr, flush=True)
            told = True

        belt.pair(talk, hello, ask_for_button, lambda: False)
        talk.hello()
    print(_("Paired: {belt} answers to this account alone.").format(belt=hello.belt_id.hex()))
    return 0


def update_belt(port: str, file: Path) -> int:
    """Send a bundle, and tell what became of it; status 1 where the old version runs on."""
    wanted = update.read_bundle(file)
    with ProgressText(_("Updating")) as text:
        became = update.update(port, wanted, partial(_show_sending, text), lambda: False)
    if became.kept:
        print(_("The belt runs version {version} now.").format(version=became.version))
        return 0
    parts = ", ".join(became.failed)
    why = _("its self-test found: {parts}").format(parts=parts) if parts else _("it did not start")
    print(
        _("Version {new} was not kept ({why}); the belt runs {version} as before.").format(
            new=wanted.version, why=why, version=became.version
        )
    )
    return FAILED


def _show_sending(text: ProgressText, stage: str, done: int, total: int) -> None:
    if stage == update.SENDING:
        text.show(done, total)


def developer(talk: Conversation, hello: HelloReply, args: argparse.Namespace) -> int:
    """Close the belt to developers, open it, or have it leave for MicroPython's prompt."""
    modes = {"off": codes.CLOSED, "on": codes.OPEN, "repl": codes.TO_REPL}
    mode = modes[args.mode]
    talk.ask(lambda: talk.session.developer(mode), DeveloperReply)
    told = {
        codes.CLOSED: _("The belt is closed to developers."),
        codes.OPEN: _("The belt is open to developers."),
        codes.TO_REPL: _("The belt restarts into MicroPython's prompt; a reset brings it back."),
    }
    print(told[mode])
    return 0


def info(talk: Conversation, hello: HelloReply, args: argparse.Namespace) -> int:
    """Who the belt is, and how full its log."""
    rows = [
        (_("belt"), hello.belt_id.hex()),
        (_("name"), hello.name or "-"),
        (_("board"), hello.board),
        (_("firmware"), update.version_text(hello.firmware)),
        (_("is"), ", ".join(_traits(hello.flags)) or "-"),
        (_("boot"), str(hello.boot)),
        (_("running for"), _("{hours} h").format(hours=number(hello.mono_ms / 3_600_000, 1))),
        (_("battery"), _("{volts} V").format(volts=number(hello.battery_mv / 1000, 2))),
    ]
    log = belt.log_state(talk)
    rows += [
        (_("records"), _("{first} to {last}").format(first=log.oldest_seq, last=log.next_seq - 1)),
        (_("acknowledged to"), str(log.acked_seq)),
        (
            _("memory"),
            _("{pages} of {capacity} pages").format(
                pages=number(log.pages), capacity=number(log.capacity_pages)
            ),
        ),
        (_("overwritten"), str(log.overwritten)),
    ]
    _print_rows(rows)
    return 0


def _traits(flags: int) -> list[str]:
    names = (
        (codes.HELLO_PAIRED, _("paired")),
        (codes.HELLO_DEVELOPER, _("open to developers")),
        (codes.HELLO_UNCALIBRATED, _("not calibrated")),
        (codes.HELLO_VIRTUAL, _("virtual")),
    )
    return [name for bit, name in names if flags & bit]


def selftest(talk: Conversation, hello: HelloReply, args: argparse.Namespace) -> int:
    """Have it test itself; status 1 where a part failed."""
    result = belt.selftest(talk)
    _print_rows(
        [(part, _("FAILED") if part in result.failed else _("ok")) for part in result.tested]
    )
    return 0 if result.passed else FAILED


def show_settings(talk: Conversation, hello: HelloReply, args: argparse.Namespace) -> int:
    """Show the settings, or change those that were named."""
    wishes = dict(_wish(text) for text in args.wishes)
    found = belt.change_settings(talk, wishes) if wishes else belt.read_settings(talk)
    units = {row[0]: row[1] for row in settings.TABLE.values()}
    _print_rows([(name, f"{value} {units.get(name, '')}".strip()) for name, value in found.items()])
    return 0


def _wish(text: str) -> tuple[str, int]:
    name, _equals, value = text.partition("=")
    belt.setting_number(name)
    try:
        return name, int(value)
    except ValueError:
        raise UserError(
            _("{text} is no setting and its value: write {name}=NUMBER.").format(
                text=text, name=name
            )
        ) from None


def wipe(talk: Conversation, hello: HelloReply, args: argparse.Namespace) -> int:
    """Erase log, settings or both."""
    log, settings_too = not args.only_settings, args.settings or args.only_settings
    belt.wipe(talk, log=log, settings_too=settings_too)
    what = [_("log")] if log else []
    what += [_("settings and calibration")] if settings_too else []
    print(_("Erased on the belt: {what}.").format(what=", ".join(what)))
    return 0


def show_log(talk: Conversation, hello: HelloReply, args: argparse.Namespace) -> int:
    """Every record as a line of JSON; nothing is stored here or acknowledged there."""
    for record in belt.read_log(talk, args.first):
        sys.stdout.write(json.dumps(record_fields(record)) + "\n")
    return 0


def record_fields(record: Record) -> dict[str, object]:
    """A record's number, boot and second, and what it says; the payload where it is not known."""
    line: dict[str, object] = {"seq": record.seq, "boot": record.boot, "t_s": record.t_s}
    try:
        if record.kind == codes.KIND_MINUTE:
            minute = records.unpack_minute(record.payload)
            fields = {name: getattr(minute, name) for name in sorted(minute.__slots__)}
            return line | {"kind": "minute"} | fields
        if record.kind == codes.KIND_EVENT:
            event = records.unpack_event(record.payload)
            return (
                line | {"kind": "event", "event": events.name(event.code)} | events.arguments(event)
            )
    except WireError:
        line["damaged"] = True
    return line | {"kind": record.kind, "payload": record.payload.hex()}


def _print_rows(rows: list[tuple[str, str]]) -> None:
    width = max((len(name) for name, _value in rows), default=0)
    for name, value in rows:
        print(f"{name:{width}}  {value}")


ACTIONS: dict[str, tuple[Action, str]] = {
    "info": (info, N_("who the belt is, its battery and its memory")),
    "pair": (info, N_("pair a new belt with this account: asks for its button")),
    "selftest": (selftest, N_("have the belt test itself")),
    "settings": (show_settings, N_("show the belt's settings, or change them")),
    "wipe": (wipe, N_("erase the belt's log or settings for good")),
    "update": (info, N_("put a newer firmware onto the belt, tried before it is kept")),
    "developer": (developer, N_("close the belt to developers, open it, or leave for the prompt")),
    "log": (show_log, N_("print the belt's records as JSON Lines")),
}

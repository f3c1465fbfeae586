"""`plumbline ports`: the serial ports and what is on them."""

import argparse

from plumbline.i18n import _, number
from plumbline.link.discovery import Probed, candidates, probe


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to choose."""
    parser.set_defaults(json=False)


def run(args: argparse.Namespace) -> int:
    """One line per port, tab-separated: path, description, what answered."""
    ports = candidates()
    if not ports:
        print(_("This computer has no serial port: plug the belt in."))
    for probed in probe(ports):
        print(describe(probed))
    return 0


def describe(probed: Probed) -> str:
    """The port's line."""
    columns = [probed.port.path, probed.port.description or "-"]
    if probed.belt is not None:
        hello = probed.belt.hello
        columns.append(
            _("belt {name}, firmware {firmware}, battery {volts} V").format(
                name=probed.belt.name,
                firmware=".".join(str(part) for part in hello.firmware),
                volts=number(hello.battery_mv / 1000, 2),
            )
        )
    else:
        columns.append(probed.problem or _("no belt by its USB id; not tried"))
    return "\t".join(columns)

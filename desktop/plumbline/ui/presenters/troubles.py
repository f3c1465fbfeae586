"""Errors of the belt's line as the window tells them: the belt by its name, the port in brackets.

The command line names the port first, because there the user did.
"""

from collections.abc import Sequence

from plumbline.errors import LinkError, UserError
from plumbline.i18n import _
from plumbline.link.conversation import NoAnswer
from plumbline.link.port import InUse, NoPort, NotAllowed, PortVanished, TakesNoData
from plumbline.people.subjects import Subject
from plumbline.store.rows import BeltInfo
from plumbline.ui.presenters.belts import LONGEST_NAME, NEW_NAME
from plumbline.ui.presenters.remarks import shortened
from plumbline.ui.presenters.words import in_a_sentence


def called(
    name: str, belts: Sequence[BeltInfo], subjects: Sequence[Subject], now_utc_s: float
) -> str:
    """What a belt of that name is called at the begin of a sentence: by who wears it now, if that
    is known of one belt alone."""
    ids = [belt.id for belt in belts if belt.name == name]
    now = int(now_utc_s)
    worn = ((each, set(each.belts_in(now, now + 1))) for each in subjects if each.wearer)
    wearers = [each.name for each, belts_now in worn if belts_now & set(ids)]
    if len(ids) == len(wearers) == 1:
        return _("The belt of {wearer}").format(
            wearer=in_a_sentence(shortened(wearers[0], LONGEST_NAME))
        )
    if name and name != NEW_NAME:
        return _("The belt {name}").format(name=shortened(name, LONGEST_NAME))
    return _("The belt")


def told(error: UserError, belt: str) -> str:
    """The sentence to show; `belt` as `called` has it."""
    if not isinstance(error, LinkError) or not error.port or not (text := _about_port(error)):
        return str(error)
    name, pid = (error.name, error.pid) if isinstance(error, InUse) else ("", 0)
    sentence = text.format(belt=belt, port=error.port, name=name, pid=pid)
    return f"{sentence} {error.kept}".strip()


def _about_port(error: LinkError) -> str:
    """With places for `belt`, `port`, and the `name` and `pid` of another program."""
    if isinstance(error, InUse) and error.name:
        return _(
            "{belt} is in use by another program, {name} (port {port}, process {pid}): close that "
            "program."
        )
    texts = {
        PortVanished: _("{belt} is no longer connected (port {port}): plug it in again."),
        NoAnswer: _(
            "{belt} does not answer (port {port}): check that its cable sits well and that it is "
            "switched on."
        ),
        InUse: _("{belt} is in use by another program (port {port}): close that program."),
        NotAllowed: _(
            "{belt} is there, but this account may not use its port ({port}): add yourself to the "
            "group that owns the port (often dialout) and log in again."
        ),
        NoPort: _("{belt} is not connected (port {port}): plug it in."),
        TakesNoData: _("{belt} takes no data (port {port}): unplug it and plug it in again."),
    }
    return texts.get(type(error), "")

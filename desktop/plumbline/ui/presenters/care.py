"""Looking after the belt, in words: what its self-test found, what a wipe takes away."""

from beltwire.messages import ListReply

from plumbline.analysis.wording import number
from plumbline.i18n import _, ngettext
from plumbline.link import update
from plumbline.link.belt import SelftestResult


def part_name(part: str) -> str:
    """A part that the self-test looks at; parts not known here by their own name."""
    names = {
        "sensor": _("Motion sensor"),
        "haptic": _("Vibration motor"),
        "flash": _("Memory of the log"),
        "battery": _("Battery"),
        "button": _("Button"),
        "memory": _("Working memory"),
    }
    return names.get(part, part)


def selftest_text(result: SelftestResult) -> str:
    """A line for each part, then what to do where one failed."""
    if not result.tested:
        return _("The belt tested nothing: update its firmware.")
    lines = [
        _("{part}: failed").format(part=part_name(part))
        if part in result.failed
        else _("{part}: in order").format(part=part_name(part))
        for part in result.tested
    ]
    if result.failed:
        lines.append(
            _("Charge the belt and test it again; if a part fails again, it needs a repair.")
        )
    return "\n".join(lines)


def unfetched_records(log: ListReply | None) -> int:
    """How many records of the log nobody has fetched yet."""
    return max(0, log.next_seq - 1 - max(log.acked_seq, log.oldest_seq - 1)) if log else 0


def wipe_text(log: ListReply | None) -> str:
    """What a wipe of the log takes away for good."""
    if log is None or log.next_seq <= log.oldest_seq:
        return _("The belt's log is empty.")
    held = log.next_seq - log.oldest_seq
    text = ngettext("The belt holds {n} record.", "The belt holds {n} records.", held).format(
        n=number(held)
    )
    unfetched = unfetched_records(log)
    if not unfetched:
        return f"{text} " + _("All of them have been fetched; what is here stays here.")
    lost = ngettext(
        "{n} of them has not been fetched yet and would be lost: sync first.",
        "{n} of them have not been fetched yet and would be lost: sync first.",
        unfetched,
    ).format(n=number(unfetched))
    return f"{text} {lost}"


def update_progress(stage: str, done: int, total: int) -> str:
    """How far an update is; the belt is not to be unplugged meanwhile."""
    if stage == update.SENDING:
        percent = 100 * done // max(total, 1)
        return _("Sending: {percent} %. Leave the belt plugged in.").format(percent=percent)
    if stage == update.RESTARTING:
        return _("The belt restarts with the new version …")
    return _("The new version tests itself …")


def update_outcome(wanted: str, became: update.Updated) -> str:
    """Which version runs now, and why where it is not the new one."""
    if became.kept:
        return _("The belt runs version {version} now.").format(version=became.version)
    parts = ", ".join(part_name(part) for part in became.failed)
    why = _("its self-test found: {parts}").format(parts=parts) if parts else _("it did not start")
    return _("Version {new} was not kept ({why}); the belt runs {version} as before.").format(
        new=wanted, why=why, version=became.version
    )

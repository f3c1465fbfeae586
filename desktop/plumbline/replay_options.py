"""The options of `plumbline replay`: mounting, spans of time, settings files."""

import json
import re
import tomllib
from pathlib import Path

from beltwire import settings as table
from beltwire.errors import RangeError

from plumbline.errors import UserError
from plumbline.i18n import _
from plumbline.recording import RATE_HZ, Recording

ONE_Q14 = 1 << 14
MOUNT = re.compile(r"([+-])([xyz])([+-])([xyz])")


def mounting_rows(spec: str) -> list[int]:
    """Nine Q14 numbers, rows forward, left, up in sensor axes, from a spec such as "+x-z".

    The first signed axis points up, the second forward; left follows. UserError where it is none.
    """
    found = MOUNT.fullmatch(spec.strip().lower())
    if not found or found[2] == found[4]:
        raise UserError(
            _(
                "--mount {spec}: name the sensor axis that points up and the one that points "
                "forward, such as +x-z."
            ).format(spec=spec)
        )
    up = _axis(found[1], found[2])
    forward = _axis(found[3], found[4])
    left = [
        up[1] * forward[2] - up[2] * forward[1],
        up[2] * forward[0] - up[0] * forward[2],
        up[0] * forward[1] - up[1] * forward[0],
    ]
    return [ONE_Q14 * number for number in (*forward, *left, *up)]


def sample_span(option: str, text: str, recording: Recording) -> list[int]:
    """[first, last + 1] sample of a span "T0:T1" in the recording's seconds.

    UserError where it is not one, lies outside or is shorter than a second.
    """
    try:
        start, end = (float(part) for part in text.split(":"))
    except ValueError:
        raise UserError(
            _("{option} {text}: give two times in seconds, such as 10:12.").format(
                option=option, text=text
            )
        ) from None
    if not end - start >= 1:
        raise UserError(
            _("{option} {text}: the pose must last at least one second.").format(
                option=option, text=text
            )
        )
    first = round((start - recording.t0_s) * RATE_HZ)
    last = first + round((end - start) * RATE_HZ)
    if first < 0 or last > len(recording.counts):
        length = recording.t0_s + len(recording.counts) / RATE_HZ
        raise UserError(
            _(
                "{option} {text} lies outside {path}, which goes from {first:g} to {last:g} s."
            ).format(
                option=option, text=text, path=recording.path, first=recording.t0_s, last=length
            )
        )
    return [first, last]


def load_settings(path: Path) -> list[tuple[int, int]]:
    """Numbers and values of the settings named in a TOML or JSON file.

    UserError names the file and what is wrong in it.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise UserError(
            _("{path} is not a settings file (it is not text).").format(path=path)
        ) from None
    except OSError as error:
        raise UserError(
            _("{path} cannot be read ({reason}): check the name.").format(
                path=path, reason=error.strerror
            )
        ) from None
    numbers = {table.TABLE[number][0]: number for number in table.TABLE}
    pairs = []
    for name, value in _named(path, text).items():
        if name not in numbers:
            known = ", ".join(sorted(numbers))
            raise UserError(
                _("{path}: there is no setting {name}; there are {known}.").format(
                    path=path, name=name, known=known
                )
            )
        if isinstance(value, bool) or not isinstance(value, int):
            raise UserError(
                _("{path}: {name} takes a whole number, not {value!r}.").format(
                    path=path, name=name, value=value
                )
            )
        try:
            table.check(numbers[name], value)
        except RangeError as error:
            raise UserError(
                _("{path}: {error}, not {value}.").format(path=path, error=error, value=value)
            ) from None
        pairs.append((numbers[name], value))
    return pairs


def _named(path: Path, text: str) -> dict[str, object]:
    try:
        found = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except ValueError as error:
        raise UserError(
            _("{path} is not valid {kind} ({reason}).").format(
                path=path, kind=_kind(path), reason=error
            )
        ) from None
    if not isinstance(found, dict):
        raise UserError(_("{path} must hold names and values.").format(path=path))
    return found


def _kind(path: Path) -> str:
    return "JSON" if path.suffix == ".json" else "TOML"


def _axis(sign: str, letter: str) -> list[int]:
    size = 1 if sign == "+" else -1
    return [size if letter == name else 0 for name in "xyz"]

"""`plumbline replay`: a recording through the belt's own core, in CPython or in MicroPython.

Output: one JSON object a line, one a second, in order:

    t_s           start of the second, in the recording's time
    activity      what the belt decides for it (LAG s later, as in its log)
    confidence    0 to 1
    flexion_deg   forward lean against upright, backward negative; null while the motor runs
    lateral_deg   lean to the right, left negative
    band          trunk band, null where the trunk's angle is no load (lying, not worn,
                  unknown) and while the motor runs
    steps         begun in the second
    worn          false where the belt is not worn
    reminder      cause of a reminder given in this second; absent without one

With --samples: CSV `t_s,ux,uy,uz`, the vertical in the recording's own axes, 52 a second. With
--minutes: one JSON object a minute record, the fields of `beltwire.records.Minute` and `start_s`.
The last part of a second is left out. The three outputs are the same byte for byte wherever
the core ran, because the core gives integers and only the host formats them.
"""

import argparse
import io
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from beltwire import codes

from plumbline import replay_core
from plumbline.console import ProgressText
from plumbline.errors import UserError
from plumbline.i18n import _
from plumbline.output import whole_file
from plumbline.recording import RATE_HZ, Recording, read_recording
from plumbline.replay_guest import run_in_micropython
from plumbline.replay_options import load_settings, mounting_rows, sample_span

NOT_LOADED = (codes.UNKNOWN, codes.NOT_WORN, codes.LYING)
REMIND = 1


@dataclass(frozen=True)
class Result:
    """What the core said, as integers: rows of `replay_core`'s outputs."""

    outcome: int
    seconds: np.ndarray
    actions: np.ndarray
    minutes: np.ndarray
    ups: np.ndarray


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("recording", type=Path, help=_("CSV or gzip CSV, 20 to 400 Hz"))
    parser.add_argument(
        "--upright", metavar="T0:T1", help=_("seconds in which the wearer stands upright and still")
    )
    parser.add_argument(
        "--seated", metavar="T0:T1", help=_("seconds of upright sitting (needs --upright)")
    )
    parser.add_argument(
        "--mount",
        metavar="SPEC",
        help=_(
            "sensor axes that point up and forward, such as +x-z (the default); "
            "write --mount=-x+y where the first sign is a minus"
        ),
    )
    parser.add_argument(
        "--settings", metavar="FILE", type=Path, help=_("TOML or JSON: name = value")
    )
    parser.add_argument(
        "--on",
        default="cpython",
        metavar="WHERE",
        help=_("where the core runs: cpython (default), micropython, board:PORT"),
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--samples", action="store_true", help=_("print the vertical per sample"))
    what.add_argument("--minutes", action="store_true", help=_("print minute records"))
    parser.add_argument(
        "-o", "--output", metavar="OUT", type=Path, help=_("file instead of stdout")
    )


def run(args: argparse.Namespace) -> int:
    """Replay `args.recording`; 0. Nothing is written unless all went well."""
    runner = _runner(args.on)
    settings = load_settings(args.settings) if args.settings else []
    mount = mounting_rows(args.mount) if args.mount else None
    recording = read_recording(args.recording)
    plan = make_plan(recording, mount, args.upright, args.seated, settings, args.samples)
    with ProgressText("replay") as progress:
        result = runner(plan, recording, progress.show)
    _tell_outcome(result.outcome, args.upright)
    if args.samples:
        lines = sample_lines(recording, result)
    elif args.minutes:
        lines = minute_lines(result)
    else:
        lines = second_lines(recording, result)
    if args.output is None:
        sys.stdout.writelines(lines)
    else:
        with whole_file(args.output) as file:
            file.writelines(lines)
    return 0


Plan = dict[str, object]
Runner = Callable[[Plan, Recording, Callable[[int, int], None]], Result]


def make_plan(
    recording: Recording,
    mount: list[int] | None = None,
    upright: str | None = None,
    seated: str | None = None,
    settings: list[tuple[int, int]] | None = None,
    samples: bool = False,
) -> Plan:
    """The plan that `replay_core.run` takes; UserError where a span does not fit."""
    if seated and not upright:
        raise UserError(_("--seated needs --upright: sitting is judged against standing."))
    return {
        "count": recording.seconds * RATE_HZ,
        "mount": mount,
        "upright": sample_span("--upright", upright, recording) if upright else None,
        "seated": sample_span("--seated", seated, recording) if seated else None,
        "settings": [list(pair) for pair in settings or []],
        "samples": samples,
    }


def run_in_cpython(
    plan: Plan, recording: Recording, progress: Callable[[int, int], None]
) -> Result:
    """Run the core in this process."""
    outputs = [io.BytesIO() for _ in range(4)]
    counts = io.BytesIO(np.ascontiguousarray(recording.counts).tobytes())
    outcome = replay_core.run(plan, counts, outputs, progress)
    return as_result(outcome, [output.getvalue() for output in outputs])


def as_result(outcome: int, data: list[bytes]) -> Result:
    """The core's raw outputs (seconds, actions, minutes, ups) as tables."""
    return Result(
        outcome,
        np.frombuffer(data[0], "<i4").reshape(-1, replay_core.SECOND_FIELDS),
        np.frombuffer(data[1], "<i4").reshape(-1, replay_core.ACTION_FIELDS),
        np.frombuffer(data[2], "<i4").reshape(-1, replay_core.MINUTE_FIELDS),
        np.frombuffer(data[3], "<i2").reshape(-1, 3),
    )


def second_lines(recording: Recording, result: Result) -> Iterator[str]:
    """The JSON lines of the seconds."""
    reminders = {int(row[0]): int(row[2]) for row in result.actions if row[1] == REMIND}
    for at, row in enumerate(result.seconds.tolist()):
        activity, confidence, flexion, lateral, band, steps, _known = row
        line = {
            "t_s": round(recording.t0_s + at, 6),
            "activity": codes.ACTIVITY_NAMES[activity],
            "confidence": confidence / 100,
            "flexion_deg": _degrees(flexion),
            "lateral_deg": _degrees(lateral),
            "band": _band(activity, band),
            "steps": steps,
            "worn": activity != codes.NOT_WORN,
        }
        if at in reminders:
            line["reminder"] = codes.CAUSE_NAMES[reminders[at]]
        yield json.dumps(line) + "\n"


def sample_lines(recording: Recording, result: Result) -> Iterator[str]:
    """The CSV lines of the samples: unit vectors, six decimals."""
    yield "t_s,ux,uy,uz\n"
    ups = result.ups.astype(np.float64)
    lengths = np.maximum(np.sqrt((ups**2).sum(axis=1)), 1.0)
    for at, (x, y, z) in enumerate((ups / lengths[:, None]).tolist()):
        yield f"{recording.t0_s + at / RATE_HZ:.6f},{x:.6f},{y:.6f},{z:.6f}\n"


def minute_lines(result: Result) -> Iterator[str]:
    """The JSON lines of the minute records."""
    for row in result.minutes.tolist():
        yield json.dumps(minute_fields(row)) + "\n"


def minute_fields(row: list[int]) -> dict[str, object]:
    """A row of `Result.minutes` by the names of `beltwire.records.Minute`."""
    names = ("flexion_cdeg", "lateral_cdeg", "spread", "steps", "slouched_s", "flags")
    rest = dict(zip((*names, "lying_side"), row[16:], strict=True))
    return {"start_s": row[0], "seconds": row[1:11], "bands": row[11:16], **rest}


def _band(activity: int, band: int) -> str | None:
    if activity in NOT_LOADED or band == codes.NO_BAND:
        return None
    return codes.BAND_NAMES[band]


def _degrees(cdeg: int) -> float | None:
    return None if cdeg == codes.NO_ANGLE else cdeg / 100


def _runner(where: str) -> Runner:
    if where == "cpython":
        return run_in_cpython
    if where == "micropython":
        return lambda plan, recording, progress: as_result(
            *run_in_micropython(plan, recording.counts, progress)
        )
    kind, _colon, port = where.partition(":")
    if kind == "board" and port:
        from plumbline.replay_board import run_on_board

        return lambda plan, recording, progress: as_result(
            *run_on_board(port, plan, recording.counts, progress)
        )
    raise UserError(
        _("--on {where} is not known: use cpython, micropython or board:PORT.").format(where=where)
    )


def _tell_outcome(outcome: int, upright: str | None) -> None:
    if outcome == replay_core.NOT_UPRIGHT:
        raise UserError(
            _("--upright {span}: no vertical can be taken from these seconds.").format(span=upright)
        )
    if outcome == replay_core.FIDGETED:
        print(
            _(
                "--upright {span}: the wearer moves in these seconds; "
                "the belt would ask again, here their mean is taken."
            ).format(span=upright),
            file=sys.stderr,
        )

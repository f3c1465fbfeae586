"""Guided by coverage, as long as you like: python -m tests.fuzz.coverage_guided TARGET [OPTIONS]

TARGET is belt, guarded, host or page. Needs atheris, which is no part of the requirements:
`pip install atheris cobs` into an environment of its own, beside this project; its Python then
finds the sources by PYTHONPATH=.:protocol. OPTIONS are libFuzzer's: `-max_total_time=900`, a folder
that keeps the corpus (an empty one is filled with valid frames).
"""

import sys
from pathlib import Path

import atheris

from tests.protocol import reference

with atheris.instrument_imports(include=["beltwire"]):
    from tests.fuzz import streams, targets

MOST_BYTES = 4096


def fill(folder: Path, end: targets.HostEnd) -> None:
    """Valid frames of both sides, on the line and as what is inside, and pages."""
    frames = [*streams.requests(10), *end.frames]
    inside = [b"\xff" + reference.inside(frame) for frame in frames]
    seeds = [*(b"\0" + frame for frame in frames), *inside, *targets.LOG]
    for number, seed in enumerate(seeds):
        (folder / f"{number:03}").write_bytes(seed)


def main() -> None:
    """Run libFuzzer on the target named first."""
    name, *options = sys.argv[1:]
    end = targets.HostEnd()
    belt = targets.BeltEnd(guarded=name == "guarded")

    def page(data: bytes) -> None:
        targets.take_page(data)
        if len(data) >= 20:  # and with a checksum that fits
            targets.take_page(data[:-4] + targets.checksum(data[:-4]))

    def raw_or_framed(take):
        """Half the inputs are bytes on the line, half frames with a valid checksum."""

        def one(data: bytes) -> None:
            if data[:1] < b"\x80":
                take(data[1:])
            else:
                take(b"".join(streams.framed(part) for part in data[1:].split(b"\xff\x00\xff")))

        return one

    takes = {
        "belt": raw_or_framed(belt.take),
        "guarded": raw_or_framed(belt.take),
        "host": raw_or_framed(lambda data: end.take(data, honest=False)),
        "page": page,
    }
    for folder in map(Path, options):
        if folder.is_dir() and not any(folder.iterdir()):
            fill(folder, end)
    atheris.Setup([sys.argv[0], f"-max_len={MOST_BYTES}", *options], takes[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()

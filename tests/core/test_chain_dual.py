"""CPython and MicroPython compute the same bits, and MicroPython allocates nothing."""

import io
from pathlib import Path

import pytest

from tests.conftest import run_micropython
from tests.core import chain_script, played

NAMES = [played.FAST, played.MAGNET, played.WALK, played.person("hapt_exp23_user11")]
SCRIPT = Path(chain_script.__file__)


@pytest.mark.parametrize("name", NAMES)
def test_both_interpreters_give_the_same_bits(name: str, tmp_path: Path) -> None:
    """Whole recordings, with the heap locked in MicroPython."""
    samples = tmp_path / "samples.bin"
    samples.write_bytes(played.counts(name).astype("<i2").tobytes())
    printed = run_micropython(
        SCRIPT,
        ["/in/samples.bin", "/out.bin", "lock"],
        put=[(samples, "/in/samples.bin")],
        get=[("/out.bin", tmp_path / "out.bin")],
    )
    expected = io.BytesIO()
    with samples.open("rb") as source:
        seconds = chain_script.run(source, expected, chain_script.unlocked)
    assert int(printed) == seconds == len(played.counts(name)) // 52
    assert (tmp_path / "out.bin").read_bytes() == expected.getvalue()

"""The comparison of both runtimes: what it takes, and that it would notice a difference."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from plumbline.replay import Result

from training import identity


def test_a_bundled_recording_is_the_same_in_both_runtimes(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = root / "tests" / "data" / "gait_HA001_Test5_Trial1.csv.gz"
    found = identity.compare(path)
    assert found == identity.Compared("gait_HA001_Test5_Trial1", 12, True)
    real = identity._micropython

    def one_bit_off(*args: object) -> Result:
        result = real(*args)  # type: ignore[arg-type]
        ups = np.array(result.ups)
        ups[-1, 2] ^= 1
        return dataclasses.replace(result, ups=ups)

    monkeypatch.setattr(identity, "_micropython", one_bit_off)
    assert not identity.compare(path).same


def test_recordings_are_taken_from_every_source(tmp_path: Path) -> None:
    for source, count in (("hapt", 9), ("broad", 9), ("umafall", 9), ("gait", 2)):
        (tmp_path / source).mkdir()
        for k in range(count):
            (tmp_path / source / f"{k}.csv.gz").touch()
    chosen = identity.pick(tmp_path, 16)
    assert [path.parent.name for path in chosen].count("gait") == 2
    assert [path.parent.name for path in chosen].count("hapt") == 4
    assert len(set(chosen)) == 14

"""One walk through a real window, under Xvfb where it is installed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from plumbline.__main__ import main

STEPS = ["synced", "live", "calibrated", "another-day", "compared", "in-german"]


@pytest.mark.skipif(shutil.which("xvfb-run") is None, reason="Xvfb is not installed")
def test_a_new_users_first_half_hour(tmp_path: Path, artefacts: Path, root: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "xcb", "LANGUAGE": "en"}
    ran = subprocess.run(
        ["xvfb-run", "-a", sys.executable, "-m", "tests.e2e.tour", str(tmp_path), str(artefacts)],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert ran.stdout.split() == STEPS
    assert "Traceback" not in ran.stderr
    # and what was seen can be taken along
    out = tmp_path / "out"
    assert main(["--data", str(tmp_path / "data"), "export", "--out", str(out)]) == 0
    assert len((out / "minutes.csv").read_text(encoding="utf-8").splitlines()) > 10_000

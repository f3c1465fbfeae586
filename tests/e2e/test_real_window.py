"""One walk through a real window, under Xvfb where it is installed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

STEPS = ["synced", "live", "calibrated", "another-day", "compared", "exported", "in-german"]


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
    minutes = (tmp_path / "out" / "minutes.csv").read_text(encoding="utf-8")
    assert len(minutes.splitlines()) > 10_000

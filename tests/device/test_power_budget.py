"""The power budget: document, script and code agree."""

import subprocess
import sys
from pathlib import Path


def test_the_document_is_what_the_script_writes_and_the_code_does(root: Path) -> None:
    script = root / "hardware" / "power.py"
    told = subprocess.run(
        [sys.executable, str(script), "--check"], capture_output=True, text=True, check=False
    )
    assert (told.returncode, told.stdout.strip(), told.stderr) == (0, "", "")

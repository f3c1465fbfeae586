"""The power budget: document, script and code agree."""

import subprocess
import sys
from pathlib import Path

from bench import flash


def test_the_document_is_what_the_script_writes_and_the_code_does(root: Path) -> None:
    script = root / "hardware" / "power.py"
    told = subprocess.run(
        [sys.executable, str(script), "--check"], capture_output=True, text=True, check=False
    )
    assert (told.returncode, told.stdout.strip(), told.stderr) == (0, "", "")


def test_a_block_of_flash_bears_the_log_for_decades() -> None:
    records, erases = flash.wear(1)
    a_year = flash.RECORDS_A_YEAR / records
    assert sum(erases) / flash.BLOCKS * a_year < flash.CYCLES / 50
    assert sum(erases) > records // 4

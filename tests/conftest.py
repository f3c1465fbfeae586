"""What every test shares: no display, a fixed seed, the recordings, MicroPython."""

import math
import os
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from plumbline.node import node_command

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYTHONHASHSEED", "0")

ROOT = Path(__file__).resolve().parents[1]

settings.register_profile(
    "plumbline",
    derandomize=True,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("plumbline")

MicroPython = Callable[..., str]

LONGEST = (
    "tests/virtual/test_week.py",
    "tests/ui/test_coached_month.py",
    "tests/ui/test_demo.py",
    "tests/e2e/test_whole_product.py",
    "tests/e2e/test_real_window.py",
    "tests/e2e/test_no_network.py",
    "tests/link/test_faults.py",
    "tests/device/test_power.py",
    "tests/virtual/test_virtual_belt.py",
    "tests/virtual/test_belt_command.py",
    "tests/replay/test_replay.py",
    "tests/ui/test_window.py",
    "tests/ui/test_syncing.py",
    "tests/ui/test_calibration.py",
    "tests/core/test_state.py",
    "tests/core/test_proof.py",
    "tests/protocol/test_fuzz.py",
)
"""The files that take longest begin first: nobody waits for one of them alone in the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first; the others stay in their order."""
    places = {ROOT / name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path, len(places)))


@pytest.fixture(scope="session", autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the tests away from the data, settings and keyring of whoever runs them."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PLUMBLINE_DATA", raising=False)
        patch.delenv("PLUMBLINE_PORT", raising=False)
        patch.setenv("XDG_DATA_HOME", str(home / "data"))
        patch.setenv("XDG_CONFIG_HOME", str(home / "config"))
        patch.delenv("PLUMBLINE_PASSPHRASE", raising=False)
        patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
        yield


@pytest.fixture(autouse=True)
def no_progress(request: pytest.FixtureRequest) -> Iterator[None]:
    """Progress is told after a second: what a busy machine makes slow would say more on stderr."""
    with pytest.MonkeyPatch.context() as patch:
        if "capsys" in request.fixturenames and request.module.__name__ != "tests.test_console":
            patch.setattr("plumbline.console.QUIET_S", math.inf)
        yield


@pytest.fixture
def cheap_scrypt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passphrases at a thousandth of their cost, keys of the test's own, nobody at a terminal."""
    monkeypatch.setattr("plumbline.store.keyfile.LOG_N", 7)
    monkeypatch.setattr("plumbline.store.sealing._keys", {})
    monkeypatch.setattr("plumbline.store.sealing.ask", lambda question: None)


@pytest.fixture(scope="session")
def root() -> Path:
    """The source tree."""
    return ROOT


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """tests/data: recordings with a reference, which only the tests use."""
    return ROOT / "tests" / "data"


@pytest.fixture(scope="session")
def recordings() -> list[Path]:
    """The bundled recordings, sorted by name."""
    return sorted((ROOT / "data" / "recordings").glob("*.csv.gz"))


@pytest.fixture(scope="session")
def artefacts() -> Path:
    """Where tests keep what one may want to look at, such as screenshots."""
    folder = ROOT / "artefacts"
    folder.mkdir(exist_ok=True)
    return folder


def run_micropython(
    script: Path | str,
    args: Sequence[str] = (),
    *,
    put: Sequence[tuple[Path, str]] = (),
    get: Sequence[tuple[str, Path]] = (),
    timeout_s: float = 300.0,
) -> str:
    """Run a script (a path, or Python source text) in real MicroPython; return its output.

    `put` copies (host path, path inside) in, `get` copies (path inside, host path) out.
    An uncaught exception or another exit status than 0 raises AssertionError with both outputs.
    """
    command = [*node_command(), str(ROOT / "firmware" / "virtual" / "run.mjs")]
    for host, guest in put:
        command += ["--put", f"{host}:{guest}"]
    for guest, host in get:
        command += ["--get", f"{guest}:{host}"]
    ran = subprocess.run(
        [*command, str(script), *args],
        capture_output=True,
        text=True,
        timeout=timeout_s,
        check=False,
    )
    if ran.returncode != 0:
        raise AssertionError(f"MicroPython ended with {ran.returncode}:\n{ran.stdout}{ran.stderr}")
    return ran.stdout


@pytest.fixture
def micropython(tmp_path: Path) -> MicroPython:
    """`micropython(script, args, put=..., get=...) -> stdout`; source text is written to a file."""

    def run(script: Path | str, args: Sequence[str] = (), **options: object) -> str:
        if isinstance(script, str):
            path = tmp_path / "script.py"
            path.write_text(script, encoding="utf-8")
            script = path
        return run_micropython(script, args, **options)  # type: ignore[arg-type]

    return run

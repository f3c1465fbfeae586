"""The clips, computed once for a state of the core and kept in the user's cache folder."""

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
import platformdirs

from plumbline.console import ProgressText
from plumbline.i18n import _
from plumbline.root import recordings_dir, repo_root
from plumbline.virtual_belt.clips import Clip, Library, make_library

PARTS = ("rows", "postures", "leans", "firsts", "counts")


Told = Callable[[int, int], None]


def load_library(told: Told | None = None) -> Library:
    """The clips of the bundled recordings; `told(done, total)` while they are computed."""
    recordings = sorted(recordings_dir().glob("*.csv.gz"))
    cache = _cache_file(recordings)
    library = _read(cache)
    if library is None:
        with ProgressText(_("recordings")) as progress:
            library = make_library(recordings, told or progress.show)
        with suppress(OSError):  # without a cache it only takes longer the next time
            _keep(library, cache)
    return library


def _cache_file(recordings: list[Path]) -> Path:
    """A name that changes with the recordings and with the code that computes the clips."""
    digest = hashlib.sha256()
    root = repo_root()
    code = [*(root / "firmware" / "beltcore").glob("*.py"), *Path(__file__).parent.glob("*.py")]
    for path in [*recordings, *sorted(code)]:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    folder = platformdirs.user_cache_path("plumbline", appauthor=False)
    return folder / f"clips-{digest.hexdigest()[:16]}.npz"


def _read(cache: Path) -> Library | None:
    """What is in the cache; None where there is nothing usable."""
    try:
        with np.load(cache) as kept:
            rows, *columns = (kept[part] for part in PARTS)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return None
    found = zip(*(column.tolist() for column in columns), strict=True)
    return Library(rows, [Clip(*clip) for clip in found])


def _keep(library: Library, cache: Path) -> None:
    cache.parent.mkdir(parents=True, exist_ok=True)
    handle, waiting = tempfile.mkstemp(dir=cache.parent)
    with os.fdopen(handle, "wb") as file:
        np.savez(
            file,
            rows=library.rows,
            postures=np.array([clip.posture for clip in library.clips]),
            leans=np.array([clip.lean_deg for clip in library.clips]),
            firsts=np.array([clip.first for clip in library.clips]),
            counts=np.array([clip.count for clip in library.clips]),
        )
    Path(waiting).replace(cache)

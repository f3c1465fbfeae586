"""What was computed and can be computed again, in files beside the database.

`cache/<name>.kept` is sealed where the data are encrypted. Whoever keeps something puts into it
what it was made of, and looks whether that still holds. Removing the folder costs nothing but
time; a rebuild, a restore and an erasure do.
"""

import os
from pathlib import Path

from plumbline import private
from plumbline.store.exchange import CACHE
from plumbline.store.sealing import Unsealable, sealer_of

KIND = 1


def take(folder: Path, name: str) -> bytes | None:
    """What was kept under the name; None where there is nothing that can be read."""
    try:
        sealed = _path(folder, name).read_bytes()
        return sealer_of(folder, f"cache/{name}").open(sealed, 0, KIND)
    except (OSError, Unsealable):
        return None


def keep(folder: Path, name: str, data: bytes) -> None:
    """Keep it for the next time; a disk that takes nothing only costs that time."""
    path = _path(folder, name)
    draft = path.with_suffix(f".{os.getpid()}.part")
    try:
        private.make_folder(path.parent)
        with private.open_file(draft, "wb") as file:
            file.write(sealer_of(folder, f"cache/{name}").seal(data, 0, KIND))
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)


def _path(folder: Path, name: str) -> Path:
    return folder / CACHE / f"{name}.kept"

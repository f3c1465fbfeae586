"""Where Plumbline keeps its data."""

import os
from pathlib import Path

import platformdirs

DATA_VARIABLE = "PLUMBLINE_DATA"


def data_folder(given: Path | None = None) -> Path:
    """The data folder: as given, else of the variable PLUMBLINE_DATA, else the user's own."""
    if given is not None:
        return given.expanduser().absolute()
    named = os.environ.get(DATA_VARIABLE)
    if named:
        return Path(named).expanduser().absolute()
    return platformdirs.user_data_path("plumbline", appauthor=False)

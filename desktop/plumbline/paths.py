"""Where Plumbline keeps its data."""

import os
from collections.abc import Sequence
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


def folder_in(argv: Sequence[str]) -> Path:
    """The data folder that a command line names, else `data_folder`'s; without its parser."""
    for word, after in zip(argv, [*argv[1:], ""], strict=False):
        if word == "--data" and after:
            return data_folder(Path(after))
        if word.startswith("--data="):
            return data_folder(Path(word.removeprefix("--data=")))
    return data_folder()

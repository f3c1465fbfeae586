"""Stands in for a board's `os` where the interpreter's own lacks its random bytes."""

import os


def urandom(count: int) -> bytes:
    """Random bytes of the host."""
    with open("/dev/urandom", "rb") as source:
        return source.read(count)


def __getattr__(name: str) -> object:
    """All else is the interpreter's."""
    return getattr(os, name)

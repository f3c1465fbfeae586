"""An update of the firmware as one file: what is in it, for which board, with a hash of everything.

    0    4   magic "PLUP"
    4    1   format = 1
    5    3   version of the firmware: major, minor, patch
    8    2   n = bytes of the manifest, all before the files
    10       board as in HELLO, str8
    ..   2   number of files
    ..       for each: name str8, size u32, SHA-256 b32
    n-32 32  SHA-256 of the n - 32 bytes before
    n        the files, one behind the other, in that order

A name is `package/module.mpy` or `package/module.py`, of lower-case letters, digits and `_`.
"""

import hashlib

from beltwire.errors import WireError
from beltwire.fields import Reader, Writer

MAGIC = b"PLUP"
FORMAT = 1
HEAD_BYTES = 10
HASH_BYTES = 32
MOST_MANIFEST = 12288
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789_"
ENDINGS = ("py", "mpy")


class Entry:
    """A file of a bundle: its name, its size in bytes, its SHA-256."""

    def __init__(self, name: str, size: int, digest: bytes) -> None:
        self.name = name
        self.size = size
        self.digest = digest


class Manifest:
    """What a bundle says of itself. `size`: bytes of the manifest, where the files begin."""

    def __init__(self, version: bytes, board: str, entries: "list[Entry]", size: int) -> None:
        self.version = version
        self.board = board
        self.entries = entries
        self.size = size

    @property
    def total(self) -> int:
        """Bytes of the whole bundle."""
        return self.size + sum([entry.size for entry in self.entries])


def pack(version: bytes, board: str, files: "list[tuple[str, bytes]]") -> bytes:
    """A bundle with these (name, contents); RangeError where something does not fit."""
    body = Writer().str8(board).u16(len(files))
    for name, data in files:
        body.str8(_checked_name(name)).u32(len(data)).raw(hashlib.sha256(data).digest())
    listed = body.to_bytes()
    head = Writer().raw(MAGIC).u8(FORMAT).raw(version, 3)
    head.u16(HEAD_BYTES + len(listed) + HASH_BYTES).raw(listed)
    manifest = head.to_bytes()
    whole: bytes = manifest + hashlib.sha256(manifest).digest()
    return whole + b"".join([data for _, data in files])


def manifest_size(head: bytes) -> int:
    """Bytes of the manifest that begins with these HEAD_BYTES; WireError: it is no bundle."""
    if len(head) < HEAD_BYTES or head[:4] != MAGIC or head[4] != FORMAT:
        raise WireError("not a bundle of this format")
    size = int.from_bytes(head[8:10], "little")
    if not HEAD_BYTES + HASH_BYTES < size <= MOST_MANIFEST:
        raise WireError("a manifest of {} bytes".format(size))
    return size


def parse_manifest(data: bytes) -> Manifest:
    """The manifest at the start of `data`; WireError where it is cut, damaged or makes no sense."""
    size = manifest_size(data)
    if len(data) < size:
        raise WireError("the manifest is cut short")
    listed = data[: size - HASH_BYTES]
    if hashlib.sha256(listed).digest() != data[size - HASH_BYTES : size]:
        raise WireError("the manifest is damaged")
    reader = Reader(listed[HEAD_BYTES:])
    board = reader.str8()
    entries = []
    for _ in range(reader.u16()):
        name = _checked_name(reader.str8())
        entries.append(Entry(name, reader.u32(), reader.raw(HASH_BYTES)))
    return Manifest(data[5:8], board, entries, size)


def check_whole(data: bytes) -> Manifest:
    """The manifest of a whole bundle; WireError where anything in it is not as it was made."""
    manifest = parse_manifest(data)
    if len(data) != manifest.total:
        raise WireError("{} bytes instead of {}".format(len(data), manifest.total))
    at = manifest.size
    for entry in manifest.entries:
        if hashlib.sha256(data[at : at + entry.size]).digest() != entry.digest:
            raise WireError("{} is damaged".format(entry.name))
        at += entry.size
    return manifest


def _checked_name(name: str) -> str:
    package, slash, rest = name.partition("/")
    module, dot, ending = rest.partition(".")
    if not (package and slash and module and dot) or ending not in ENDINGS:
        raise WireError("a file called {}".format(name))
    for letter in package + module:
        if letter not in LETTERS:
            raise WireError("a file called {}".format(name))
    return name

"""Bytes of RAM that the core's state takes as a 32-bit MicroPython lays it out.

The heap of the wasm interpreter cannot be asked: nothing is collected while Python runs, so what
it has in use is mostly what has been thrown away. The layout is known instead (MicroPython 1.27,
py/gc.c, py/objtype.h, py/objarray.h): blocks of 16 bytes; an object is one block and a table of
8 bytes an attribute; an array is one block and its items; a list one block and 4 bytes an item.
"""

from array import array

BLOCK = 16
ATTRIBUTE = 8
POINTER = 4


def blocks(size: int) -> int:
    """Bytes of the whole blocks that `size` bytes take."""
    return -(-size // BLOCK) * BLOCK


def footprint(part: object, seen: set[int] | None = None) -> dict[str, int]:
    """Bytes of the arrays and of the objects that belong to `part`."""
    seen = set() if seen is None else seen
    total = {"arrays": 0, "objects": 0}
    if id(part) in seen:
        return total
    seen.add(id(part))
    if isinstance(part, array | bytearray):
        size = len(part) * part.itemsize if isinstance(part, array) else len(part)
        total["arrays"] = BLOCK + blocks(size)
        return total
    children: list[object] = []
    if isinstance(part, list):
        total["objects"] = BLOCK + blocks(POINTER * max(len(part), 4))
        children = part
    else:
        names = getattr(part, "__dict__", None) or getattr(type(part), "__slots__", None)
        if names and not isinstance(part, type):
            total["objects"] = BLOCK + blocks(ATTRIBUTE * len(names))
            children = [getattr(part, name) for name in names]
    for child in children:
        for kind, size in footprint(child, seen).items():
            total[kind] += size
    return total

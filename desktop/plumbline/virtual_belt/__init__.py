"""The virtual belt: the belt's own firmware on recorded motion, behind a serial port.

`VirtualBelt` runs one; `plumbline virtual-belt` is its command.
"""

from plumbline.virtual_belt.belt import VirtualBelt
from plumbline.virtual_belt.command import add_arguments, run

__all__ = ["VirtualBelt", "add_arguments", "run"]

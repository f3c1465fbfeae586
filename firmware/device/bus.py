"""The I2C bus with its way out when a chip holds it low.

A chip that is reset or disturbed while it sends a zero waits for clocks that do not come and
holds SDA low. The I2C specification (UM10204, 3.1.16) has the master send up to nine clocks, until
SDA is let go of, and then a stop.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from device.parts import Bus, Lever, OpenBus, OpenWire, Wire

CLOCKS = 9
HALF_CLOCK_US = 5


class SharedBus:
    """The bus that all chips share. OSError from a transfer: nobody acknowledged, or no bus.

    `open_bus()` opens the bus; `open_wire(which)` gives the SCL or SDA pin ("scl", "sda") as an
    open-drain output, let go of.
    """

    def __init__(self, open_bus: "OpenBus", open_wire: "OpenWire", sleep_us: "Lever") -> None:
        self._open_bus = open_bus
        self._open_wire = open_wire
        self._sleep_us = sleep_us
        self._bus: "Bus" = open_bus()
        self.freed = 0
        """How often the bus was held and could be freed."""

    def readfrom_mem_into(self, address: int, register: int, buffer: bytearray) -> None:
        """Read registers of a chip into `buffer`."""
        self._bus.readfrom_mem_into(address, register, buffer)

    def writeto_mem(self, address: int, register: int, data: bytearray) -> None:
        """Write registers of a chip."""
        self._bus.writeto_mem(address, register, data)

    def is_held(self) -> bool:
        """Some chip holds SDA low while nothing is under way. Call it only when all is quiet."""
        held = self._open_wire("sda").value() == 0
        self._bus = self._open_bus()
        return held

    def free(self) -> bool:
        """Clock out what the chip wants to say, then a stop; True when SDA is free."""
        scl = self._open_wire("scl")
        sda = self._open_wire("sda")
        for _ in range(CLOCKS):
            if sda.value():
                break
            self._level(scl, 0)
            self._level(scl, 1)
        free = sda.value() == 1
        self._level(sda, 0)
        self._level(sda, 1)
        self._bus = self._open_bus()
        self.freed += 1 if free else 0
        return free

    def _level(self, wire: "Wire", level: int) -> None:
        wire.value(level)
        self._sleep_us(HALF_CLOCK_US)

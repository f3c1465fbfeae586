"""A chip on the I2C bus: single registers, read and written without allocating."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from device.parts import Bus


class Chip:
    """The chip at `address` on `bus`. OSError from either method: it did not acknowledge."""

    def __init__(self, bus: "Bus", address: int) -> None:
        self._bus = bus
        self._address = address
        self._byte = bytearray(1)

    def read(self, register: int) -> int:
        """One register."""
        self._bus.readfrom_mem_into(self._address, register, self._byte)
        return self._byte[0]

    def read_into(self, register: int, buffer: bytearray) -> None:
        """As many registers as `buffer` is long."""
        self._bus.readfrom_mem_into(self._address, register, buffer)

    def write(self, register: int, value: int) -> None:
        """Set one register."""
        self._byte[0] = value
        self._bus.writeto_mem(self._address, register, self._byte)

"""Register-level model of TI's DRV2605L (SLOS854): enough to see when the motor runs, how hard."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from device.parts import Bytes

STATUS = 0x00
MODE = 0x01
RTP_INPUT = 0x02
GO = 0x0C
CONTROL3 = 0x1D
LAST_REGISTER = 0x22

STANDBY = 0x40
DEVICE_RESET = 0x80
MODE_RTP = 5
NO_DEVICE = 19

RESET_VALUES = {STATUS: 0xE0, MODE: 0x40, 0x03: 0x01, 0x04: 0x01, 0x16: 0x3E, 0x17: 0x8C}
RESET_VALUES.update({0x18: 0x0C, 0x19: 0x6C, 0x1A: 0x36, 0x1B: 0x93, 0x1C: 0xF5, CONTROL3: 0xA0})


class Drv2605l:
    """The chip on the bus; `enabled` is its EN pin, without which it drives nothing."""

    def __init__(self) -> None:
        self._registers = bytearray(LAST_REGISTER + 1)
        self.absent = False
        self.enabled = False
        self.reset()

    def reset(self) -> None:
        """Every register at its reset value."""
        for address in range(LAST_REGISTER + 1):
            self._registers[address] = RESET_VALUES.get(address, 0)

    @property
    def amplitude(self) -> int:
        """Drive of the motor, -127 to 127; 0 while it stands."""
        if not self.enabled or self._registers[MODE] != MODE_RTP:
            return 0
        value = self._registers[RTP_INPUT]
        return value - 256 if value > 127 else value

    def read(self, register: int, buffer: "Bytes") -> None:
        """Fill `buffer` from `register` on. OSError(ENODEV): no acknowledge."""
        self._acknowledge()
        for at in range(len(buffer)):
            buffer[at] = self._registers[min(register + at, LAST_REGISTER)]

    def write(self, register: int, data: "Bytes") -> None:
        """Write `data` from `register` on; the status register stays as it is."""
        self._acknowledge()
        for at in range(len(data)):
            if register + at == MODE and data[at] & DEVICE_RESET:
                self.reset()
            elif STATUS < register + at <= LAST_REGISTER:
                self._registers[register + at] = data[at]

    def advance(self, ms: int) -> None:
        """Nothing of what is modelled changes with time."""

    def _acknowledge(self) -> None:
        if self.absent:
            raise OSError(NO_DEVICE)

"""Which ports there are, and which of them lead to a belt."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from beltwire.messages import HelloReply
from serial.tools import list_ports
from serial.tools.list_ports_common import ListPortInfo

from plumbline.errors import LinkError
from plumbline.i18n import _
from plumbline.link.conversation import Conversation
from plumbline.link.port import Port

PORT_VARIABLE = "PLUMBLINE_PORT"
SEVERAL = ";"
"""Between several ports: a colon stands in the addresses of some."""
# USB ids (vendor, product; None = any) of boards' own USB and of the bridges they carry.
BELT_USB = (
    (0x303A, None),  # Espressif: USB-Serial-JTAG and native USB of ESP32-S3, C3, C6
    (0x10C4, 0xEA60),  # Silicon Labs CP210x
    (0x1A86, 0x7523),  # WCH CH340
    (0x1A86, 0x55D3),  # WCH CH343
    (0x1A86, 0x55D4),  # WCH CH9102
    (0x0403, 0x6001),  # FTDI FT232
    (0x0403, 0x6015),  # FTDI FT231X
)
MAX_AT_ONCE = 4


@dataclass(frozen=True)
class PortInfo:
    """A serial port; `is_belt_usb` where its USB id is one that belts have, or it was named."""

    path: str
    description: str
    is_belt_usb: bool


@dataclass(frozen=True)
class FoundBelt:
    """A belt that answered on `port`."""

    port: str
    hello: HelloReply

    @property
    def name(self) -> str:
        """The belt's own name, or its id."""
        return self.hello.name or self.hello.belt_id.hex()


@dataclass(frozen=True)
class Probed:
    """What a port turned out to be: a belt, or the sentence that says why not."""

    port: PortInfo
    belt: FoundBelt | None
    problem: str


def resolve_port(text: str) -> str:
    """The port that `text` names: itself, or what stands in the port file it names."""
    path = Path(text)
    if "://" in text or not path.is_file():
        return text
    try:
        (port,) = path.read_text(encoding="utf-8").split()
        return port
    except (OSError, ValueError) as error:
        raise LinkError(
            _("{file} names no port: start the virtual belt with --port-file again.").format(
                file=text
            )
        ) from error


def candidates() -> list[PortInfo]:
    """The ports of this computer, and those that PLUMBLINE_PORT names, which come first."""
    found = [PortInfo(port, _("named by PLUMBLINE_PORT"), True) for port in _named()]
    for port in sorted(list_ports.comports(), key=lambda port: port.device):
        if all(port.device != other.path for other in found):
            found.append(PortInfo(port.device, _describe(port.description), _is_belt_usb(port)))
    return found


def identify(path: str) -> FoundBelt:
    """Say hello on the port; LinkError where no belt answers."""
    with Port(path) as port:
        return FoundBelt(path, Conversation(port).greet())


def probe(ports: list[PortInfo]) -> list[Probed]:
    """Try each port that may have a belt, several at once."""
    with ThreadPoolExecutor(MAX_AT_ONCE) as pool:
        return list(pool.map(_probe_one, ports))


def find_belts() -> list[FoundBelt]:
    """The belts that answer now; ports that are busy or lead elsewhere are passed over."""
    likely = [port for port in candidates() if port.is_belt_usb]
    return [probed.belt for probed in probe(likely) if probed.belt is not None]


def check_named_port() -> None:
    """LinkError, with what is wrong there, where PLUMBLINE_PORT names a port without a belt."""
    for port in _named():
        identify(port)


def _named() -> list[str]:
    """What PLUMBLINE_PORT names, in its order, each once."""
    texts = os.environ.get(PORT_VARIABLE, "").split(SEVERAL)
    return list(dict.fromkeys(resolve_port(text) for text in texts if text))


def _probe_one(port: PortInfo) -> Probed:
    if not port.is_belt_usb:
        return Probed(port, None, "")
    try:
        return Probed(port, identify(port.path), "")
    except LinkError as error:
        return Probed(port, None, str(error))


def _is_belt_usb(port: ListPortInfo) -> bool:
    return any(port.vid == vendor and product in (None, port.pid) for vendor, product in BELT_USB)


def _describe(description: str | None) -> str:
    return "" if description in (None, "n/a") else str(description)

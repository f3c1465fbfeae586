"""A serial port as a pair of byte streams; every failure is a sentence.

`path` is a device (/dev/ttyACM0, COM3, a pty) or a pyserial URL (socket://host:port).
"""

import errno
import os

import serial

from plumbline.closing import Closing
from plumbline.errors import LinkError
from plumbline.i18n import _
from plumbline.link.holders import holders

# Bridges between UART and USB run at this rate; native USB and ptys ignore it.
BAUD = 921_600
READ_WAIT_S = 0.05
WRITE_WAIT_S = 5.0
_LONGEST_READ = 4096


class PortVanished(LinkError):
    """The port went away while it was open."""


class InUse(LinkError):
    """Another program has the port open; `name` and `pid` of it where the system tells."""

    name, pid = "", 0


class NotAllowed(LinkError):
    """This account may not open the port."""


class NoPort(LinkError):
    """There is no such port."""


class TakesNoData(LinkError):
    """What is on the port does not read."""


class Port(Closing):
    """An open port, ours alone until closed. Raises LinkError when it cannot be opened."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._serial = _open(path)

    def read(self) -> bytes:
        """What has come, after at most READ_WAIT_S; empty when nothing has."""
        try:
            if "://" in self.path:
                return self._read_url()
            waiting = min(max(1, self._serial.in_waiting), _LONGEST_READ)
            return bytes(self._serial.read(waiting))
        except (OSError, serial.SerialException, TypeError) as error:
            # TypeError: pyserial's, when the port is closed under a running read
            raise self._vanished() from error

    def _read_url(self) -> bytes:
        """pyserial's sockets cannot tell how much has come: take what is there after a byte."""
        first = bytes(self._serial.read(1))
        if not first:
            return first
        self._serial.timeout = 0
        try:
            return first + bytes(self._serial.read(_LONGEST_READ))
        finally:
            self._serial.timeout = READ_WAIT_S

    def write(self, data: bytes) -> None:
        """Send all of `data`."""
        try:
            self._serial.write(data)
        except serial.SerialTimeoutException as error:
            text = _("The device on {port} takes no data: unplug it, plug it in and try again.")
            raise TakesNoData(text.format(port=self.path)).on(self.path) from error
        except (OSError, serial.SerialException) as error:
            raise self._vanished() from error

    def close(self) -> None:
        """Release the port."""
        # pyserial's socket:// keeps its socket open when the other end has gone before.
        socket = getattr(self._serial, "_socket", None)
        try:
            self._serial.close()
            if socket is not None:
                socket.close()
        except OSError as error:
            if error.errno not in (errno.EIO, errno.ENXIO, errno.ENODEV):
                raise

    def _vanished(self) -> PortVanished:
        return PortVanished(
            _("The port {port} went away: plug the belt in and try again.").format(port=self.path)
        ).on(self.path)


def in_use(path: str) -> InUse | None:
    """The error that names the other program that has the port open, if the system tells."""
    others = holders(path)
    if not others:
        return None
    error = InUse(
        _(
            "The port {port} is in use by {name} (process {pid}): close that program and try again."
        ).format(port=path, name=others[0].name, pid=others[0].pid)
    ).on(path)
    error.name, error.pid = others[0].name, others[0].pid
    return error


def _open(path: str) -> serial.Serial:
    try:
        port: serial.Serial = serial.serial_for_url(path, do_not_open=True)
        port.baudrate = BAUD
        port.timeout = READ_WAIT_S
        port.write_timeout = WRITE_WAIT_S
        if "://" not in path and os.name == "posix":
            port.exclusive = True
        port.open()
    except (OSError, ValueError) as error:  # SerialException is an OSError
        raise _cannot_open(path, error) from error
    return port


def _cannot_open(path: str, error: OSError | ValueError) -> LinkError:
    number = getattr(error, "errno", None)
    cause = error.__context__  # termios' own error, of which pyserial keeps the text alone
    if cause is not None and cause.args[:1] == (errno.ENOTTY,):
        return LinkError(
            _("{port} is not a serial port: see with plumbline ports which there are.").format(
                port=path
            )
        )
    if number in (errno.EBUSY, errno.EAGAIN, errno.EWOULDBLOCK):
        return in_use(path) or InUse(
            _("The port {port} is in use by another program: close it and try again.").format(
                port=path
            )
        ).on(path)
    if number in (errno.EACCES, errno.EPERM):
        return NotAllowed(
            _(
                "You may not open the port {port}: add yourself to the group that owns it "
                "(often dialout), log in again and try again."
            ).format(port=path)
        ).on(path)
    if number in (errno.ENOENT, errno.ENODEV, errno.ENXIO):
        return NoPort(
            _(
                "There is no port {port}: plug the belt in, and see with plumbline ports "
                "what it is called."
            ).format(port=path)
        ).on(path)
    return LinkError(
        _(
            "The port {port} cannot be opened ({reason}): see with plumbline ports which there are."
        ).format(port=path, reason=getattr(error, "strerror", None) or error)
    )

"""CRC-32 as in zlib, PNG and Ethernet: polynomial 0x04C11DB7 reflected, start and end inverted."""

from binascii import crc32 as _crc32


def crc32(data: bytes) -> int:
    """The CRC-32 of `data`, 0 to 2**32 - 1. `crc32(b"123456789") == 0xCBF43926`."""
    return int(_crc32(data))

"""The belt's firmware: everything that meets hardware, and the loop that joins it to the core.

Only `board.py` imports `machine`, `esp32` and the board's `time`; every other module takes
the bus, the pins and the clock as arguments, so that drivers run against register models.
"""

FIRMWARE_VERSION = (0, 1, 0)

"""Runs in MicroPython, under `week.mjs`: a belt's week with everything that can go wrong."""

"""A belt without hardware: register-level models of the chips, and platform modules to match.

The models are written from the data sheets, apart from the drivers. They run in MicroPython,
under the unchanged firmware, and in CPython, under the tests of the drivers.
"""

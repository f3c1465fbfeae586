"""The belt's wire and log format: pure, without I/O or clock, on MicroPython and CPython alike.

`protocol/SPEC.md` is the document of what these modules do. Import the modules themselves
(`from beltwire import pages`); nothing is loaded that is not used, for the belt's sake.
"""

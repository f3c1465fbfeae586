"""Coaching: rules as pure functions over plain records. No Qt, no clock, no I/O.

Dates are the wearer's own, as the calendar on the wall had them when the entry was made; today
comes in as an argument. Every rule names its source and year; `docs/coaching.md` lists them.
"""

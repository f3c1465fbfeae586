"""Plumbline's desktop companion: fetches the belt's log and shows what the days were like."""

__version__ = "0.1.0"

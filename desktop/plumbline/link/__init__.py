"""The way to the belt: serial ports, discovery, sync engine (no Qt)."""

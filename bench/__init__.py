"""What the belt costs: time, memory and flash. Run with `python -m bench` or `make bench`."""

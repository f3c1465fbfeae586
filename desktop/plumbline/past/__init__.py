"""The virtual belt's past: workdays made of recorded motion, computed by the belt's own core."""

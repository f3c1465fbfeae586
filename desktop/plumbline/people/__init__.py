"""Whose numbers: wearers, the belts they wear, and the stretches that do not count. No Qt."""

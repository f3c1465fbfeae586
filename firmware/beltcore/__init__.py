# Plumbline belt core
"""The belt's detection core: pure, integers only, the same on the board, in replay and in tests."""

"""The data in other programs' formats."""

"""`python -m bench [core] [sync] [database] [flash]`: prints the reports named, or all of them."""

import argparse
import importlib
import sys

PARTS = {
    "core": "The core: time, memory, code",
    "sync": "A month's log over a serial line",
    "database": "Years of minutes in the database",
    "flash": "Wear of the flash by the log",
}


def main() -> int:
    """Print the reports; 0."""
    parser = argparse.ArgumentParser(prog="bench", description="Measures what things cost.")
    parser.add_argument("part", nargs="*", help=", ".join(PARTS))
    parts = parser.parse_args().part or list(PARTS)
    for part in parts:
        if part not in PARTS:
            parser.error(f"there is no report {part}: choose from {', '.join(PARTS)}")
    for part in parts:
        print(f"## {PARTS[part]}\n", flush=True)
        for line in importlib.import_module(f"bench.{part}").report():
            print(line, flush=True)
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""`python -m training DIR`: train the activity model and write its tables."""

import argparse
import sys
from pathlib import Path

from training.dataset import CORE
from training.examples import load, train
from training.model import source

TARGET = CORE / "activity_model.py"


def main() -> int:
    """Train, write, and say what was written; 1 if --check finds other tables committed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder with hapt/ and umafall/")
    parser.add_argument("--check", action="store_true", help="compare, and write nothing")
    args = parser.parse_args()
    if not (args.data / "hapt" / "labels.csv").exists():
        print(
            f"{args.data} holds no hapt/labels.csv: name the recordings' folder.", file=sys.stderr
        )
        return 2
    tables = train(load(args.data))
    text = source(tables)
    if args.check:
        same = TARGET.read_text() == text
        print("the same tables" if same else f"other tables than in {TARGET}")
        return 0 if same else 1
    TARGET.write_text(text)
    print(f"{TARGET}: {len(tables.features)} trees, {tables.size} bytes of tables")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The first year out of a store after a start: `python -m bench.first_year FOLDER LAST_UTC_S`.

A process of its own, as after a start: nothing is in its memory yet, and no other work has used
it. Prints the milliseconds on the clock and of the processor. What an encrypted folder's key
takes, on purpose, is not counted: it is asked for before.
"""

import sys
import time
from pathlib import Path

from plumbline.store.database import Store
from plumbline.store.sealing import database_key

YEAR_S = 365 * 86_400


def main(argv: list[str]) -> int:
    """Measure once."""
    folder, last = Path(argv[0]), int(argv[1])
    database_key(folder)
    began, spent = time.perf_counter(), time.process_time()
    with Store.open(folder) as store:
        count = len(store.minutes(last - YEAR_S, last))
    clock, processor = time.perf_counter() - began, time.process_time() - spent
    assert count
    print(1000 * clock, 1000 * processor)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

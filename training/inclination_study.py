"""How the inclination filter's parameters were chosen: one varied at a time, in floats.

usage: python -m training.inclination_study DATA

Prints the mean RMSE in degrees over every second trial of BROAD (to choose on) and over the
others (to check), for each value. What counts is the width of the plateau, not its lowest point.
"""

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np

from training.float_inclination import FloatInclination, Parameters
from training.inclination_eval import counts, load, rms_angle_deg, trials

VARIED: dict[str, tuple[float, ...]] = {
    "stage": (52, 65, 78, 91, 96, 104, 117, 130, 156),
    "lead": (0.0, 0.25, 0.5, 9 / 16, 0.625, 0.75, 1.0),
    "coning": (0.0, 1 / 24, 1 / 12, 1 / 8, 1 / 6),
    "learning": (0.0, 1 / 1600, 1 / 400, 1 / 100, 1 / 25),
    "rest_rate": (5.0, 10.0, 20.0, 40.0),
    "rest_acc": (25.0, 50.0, 100.0, 200.0),
}


def main() -> None:
    """Print a table per parameter."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    args = parser.parse_args()
    loaded = [(load(path), *counts(path)) for path in trials(args.data)]
    for name, values in VARIED.items():
        for value in values:
            parameters = replace(Parameters(), **{name: value})
            errors = np.array(
                [
                    rms_angle_deg(FloatInclination(parameters).run(samples), at, table)
                    for table, at, samples in loaded
                ]
            )
            print(
                f"{name:9s} {value:8.4f}  chosen on {errors[::2].mean():.3f}  "
                f"checked on {errors[1::2].mean():.3f}  worst {errors.max():.2f}",
                flush=True,
            )


if __name__ == "__main__":
    main()

"""Student's distribution, as the finite sums that hold for whole degrees of freedom (Abramowitz
and Stegun 1964, Handbook of Mathematical Functions, 26.7.3 and 26.7.4)."""

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]

TINY = 1e-9
REACH, POINTS = 10, 401
"""Standard errors, and at how many places up to there an interval's end is looked for."""


def far_off(errors: Values, weights: Values, df: int, share: float) -> float:
    """What an estimate is off by with probability `share` on one side, where its standard error
    is one of `errors` with these weights."""
    offs = np.linspace(0, REACH * errors.max(), POINTS)
    above = student_above(offs[:, None] / np.maximum(errors, TINY), df) @ weights
    return float(np.interp(-share, -above, offs))


def student_above(t: Values, df: int) -> Values:
    """The probability of more than `t`, for one degree of freedom or more."""
    angle = np.arctan(np.asarray(t, np.float64) / np.sqrt(df))
    return np.asarray(0.5 - _between(angle, df) / 2, np.float64)


def _between(angle: Values, df: int) -> Values:
    """The probability of lying between -t and t, negative for a negative t."""
    squared = np.cos(angle) ** 2
    odd = df % 2
    term = np.cos(angle) if odd else np.ones_like(angle)
    total = np.zeros_like(angle) if df == 1 else term
    for n in range(2 + odd, df - 1, 2):
        term = term * squared * (n - 1) / n
        total = total + term
    found = np.sin(angle) * total
    return np.asarray((angle + found) * 2 / np.pi if odd else found, np.float64)

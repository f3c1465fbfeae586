"""Which sequence numbers of a belt's log are already here, as merged intervals."""

from bisect import bisect_right
from collections.abc import Iterable


class Coverage:
    """A set of sequence numbers kept as sorted, disjoint, non-touching intervals."""

    def __init__(self, intervals: Iterable[tuple[int, int]] = ()) -> None:
        self._firsts: list[int] = []
        self._lasts: list[int] = []
        for first, last in intervals:
            self.add(first, last)

    def __contains__(self, seq: int) -> bool:
        at = bisect_right(self._firsts, seq) - 1
        return at >= 0 and seq <= self._lasts[at]

    def add(self, first: int, last: int) -> None:
        """Take the numbers from `first` to `last`, both included."""
        low = high = bisect_right(self._firsts, first)
        if low and self._lasts[low - 1] >= first - 1:
            low -= 1
            first = self._firsts[low]
            last = max(last, self._lasts[low])
        while high < len(self._firsts) and self._firsts[high] <= last + 1:
            last = max(last, self._lasts[high])
            high += 1
        self._firsts[low:high] = [first]
        self._lasts[low:high] = [last]

    def intervals(self) -> list[tuple[int, int]]:
        """The intervals in order."""
        return list(zip(self._firsts, self._lasts, strict=True))

    def last(self) -> int:
        """The highest number, 0 when there is none."""
        return self._lasts[-1] if self._lasts else 0

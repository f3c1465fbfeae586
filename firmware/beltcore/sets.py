# Plumbline belt core: repetitions in close succession
"""Gathers repetitions of a kind that follow one another into a set: count, means, span.

A set is complete when 20 s have passed without another of its kind.
"""

from beltwire import codes

_SET_GAP_S = 20  # s without another: the set is complete
_SET_MOST = 250


class Set:
    """Repetitions of one kind in close succession."""

    def __init__(self) -> None:
        self.count = 0
        self.range_sum = 0  # centidegrees
        self.duration_sum = 0  # ms
        self.span_s = 0  # from the beginning of the first to the end of the last
        self.ago_s = 0  # since that end

    def clear(self) -> None:
        """Begin anew."""
        self.count = self.range_sum = self.duration_sum = self.span_s = self.ago_s = 0

    def add(self, range_cdeg: int, duration_ms: int, ago_s: int) -> None:
        """Take one that ended ago_s ago."""
        if self.count:
            self.span_s += self.ago_s - ago_s
        else:
            self.span_s = (duration_ms + 500) // 1000
        self.count += 1
        self.range_sum += range_cdeg
        self.duration_sum += duration_ms
        self.ago_s = ago_s

    def told(self) -> "tuple[int, int, int, int, int]":
        """The arguments of its event: count, mean range and duration, span, seconds ago."""
        n = self.count
        return n, self.range_sum // n, self.duration_sum // n, self.span_s, min(self.ago_s, 255)


class Sets:
    """The sets under way, one of each kind.

    ended: the kind whose set is complete with this second, else 0; it is then in `last`.
    """

    def __init__(self) -> None:
        self.ended = codes.REPETITION_NONE
        self.last = Set()
        self._rises = Set()
        self._hinges = Set()

    @property
    def under_way(self) -> bool:
        """Whether there is one that is not complete."""
        return self._rises.count > 0 or self._hinges.count > 0

    def add(self, kind: int, range_cdeg: int, duration_ms: int, ago_s: int) -> None:
        """Take a repetition that ended ago_s ago."""
        each = self._rises if kind == codes.CHAIR_RISE else self._hinges
        each.add(range_cdeg, duration_ms, ago_s)

    def age(self) -> None:
        """A second goes by."""
        self.ended = codes.REPETITION_NONE
        self._age(self._rises, codes.CHAIR_RISE)
        self._age(self._hinges, codes.HIP_HINGE)

    def flush(self) -> bool:
        """At the end of a run: complete a set under way; False: there was none."""
        self.ended = codes.REPETITION_NONE
        if self._rises.count:
            self._finish(self._rises, codes.CHAIR_RISE)
        elif self._hinges.count:
            self._finish(self._hinges, codes.HIP_HINGE)
        return self.ended != codes.REPETITION_NONE

    def _age(self, each: Set, kind: int) -> None:
        if each.count:
            each.ago_s += 1
            full = each.ago_s >= _SET_GAP_S or each.count >= _SET_MOST
            if full and self.ended == codes.REPETITION_NONE:
                self._finish(each, kind)

    def _finish(self, each: Set, kind: int) -> None:
        last = self.last
        last.count = each.count
        last.range_sum = each.range_sum
        last.duration_sum = each.duration_sum
        last.span_s = each.span_s
        last.ago_s = each.ago_s
        each.clear()
        self.ended = kind

"""Counting faults that may come every second, so that the log hears of them once a minute."""

REPORT_S = 60
MOST = 65535


class FaultCounter:
    """Counts faults of one part by their kind and says when the log should hear of them."""

    def __init__(self) -> None:
        self.counts: "dict[int, int]" = {}
        """How often each kind came since its last report."""
        self._reported_s = -REPORT_S

    def note(self, kind: int) -> None:
        """One more; `kind` is the fault's number."""
        self.counts[kind] = min(self.counts.get(kind, 0) + 1, MOST)

    def due(self, now_s: int) -> bool:
        """There is something to report, and the last report is old enough."""
        return bool(self.counts) and now_s - self._reported_s >= REPORT_S

    def take(self, now_s: int) -> "list[tuple[int, int]]":
        """What there is to report, (kind, count) each, kinds ascending; it counts as reported."""
        found = [(kind, self.counts[kind]) for kind in sorted(self.counts)]
        self.counts.clear()
        self._reported_s = now_s
        return found

"""Counting faults that may come every second, so that the log hears of them once a minute."""

REPORT_S = 60
MOST = 65535


class FaultCounter:
    """Counts faults of one sort and says when the log should hear of them."""

    def __init__(self) -> None:
        self.kind = 0
        self.count = 0
        self._reported_s = -REPORT_S

    def note(self, kind: int) -> None:
        """One more; `kind` is the fault's number."""
        self.kind = kind
        self.count = min(self.count + 1, MOST)

    def due(self, now_s: int) -> bool:
        """There is something to report, and the last report is old enough."""
        return self.count > 0 and now_s - self._reported_s >= REPORT_S

    def reported(self, now_s: int) -> None:
        """It has been logged."""
        self.count = 0
        self._reported_s = now_s

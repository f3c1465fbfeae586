"""The guided calibration on the belt: stand upright for some seconds, feel the confirming buzz."""

from beltwire import codes


class Guide:
    """State of the calibration: `status`, `quality` 0-100 and `reason` of `beltwire.codes`."""

    def __init__(self, belt) -> None:
        self._belt = belt
        self.status = codes.CALIBRATION_IDLE
        self.quality = 0
        self.reason = codes.REASON_NONE

    def begin(self) -> None:
        """Start collecting: the wearer stands upright and still from now on."""
        self.status = codes.CALIBRATION_COLLECTING
        self.quality = 0
        self.reason = codes.REASON_NONE

    def cancel(self) -> None:
        """Leave things as they were."""
        self.status = codes.CALIBRATION_IDLE

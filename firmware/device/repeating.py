"""Chair rises and hip hinges: each is shown to who watches, and a set of them is logged."""

from beltwire import codes
from beltwire.messages import LiveRepetition

TYPE_CHECKING = False
if TYPE_CHECKING:
    from device.main import Belt


def tell(belt: "Belt") -> None:
    """Tell what the last second of `belt` has brought."""
    found = belt.pipeline.samples.repetitions
    if found.ended:
        rises = found.ended == codes.CHAIR_RISE
        code = codes.EVENT_CHAIR_RISES if rises else codes.EVENT_HIP_HINGES
        belt.log_event(code, *found.set_of().told())
    if found.kind and belt.session.live_rate:
        belt.session.offer_repetition(
            LiveRepetition(
                mono_ms=max(0, belt.clock.now_ms() - 1000 * found.ago_s),
                kind=found.kind,
                number=found.rises if found.kind == codes.CHAIR_RISE else found.hinges,
                range_cdeg=found.range_cdeg,
                duration_ms=found.duration_ms,
            )
        )

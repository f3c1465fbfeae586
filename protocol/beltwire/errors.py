"""The ways in which talking to a belt can go wrong, sorted by who has to act.

Anything else that escapes from beltwire is a bug in beltwire.
"""


class WireError(Exception):
    """The other end's fault: the bytes that came are not what the specification allows."""


class RangeError(ValueError):
    """Our caller's mistake: a value that does not fit the field it is meant for."""


class StateError(RuntimeError):
    """Our caller's mistake: a request made where the session's rules do not allow it."""


class Refused(Exception):
    """Raised by a belt's backend to answer a request with ERROR instead of a result.

    `code` is one of the `REFUSAL_*` values of `beltwire.codes`; `text` is one short sentence.
    """

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text

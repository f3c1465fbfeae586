"""Both ends of the conversation under one name, for programs that have memory to spare.

The firmware imports `beltwire.belt` alone. The states and their rules are in `rules`.
"""

from beltwire.belt import Backend, BeltSession
from beltwire.host import HostSession, PageReceived, PagesLost, explain

__all__ = ["Backend", "BeltSession", "HostSession", "PageReceived", "PagesLost", "explain"]

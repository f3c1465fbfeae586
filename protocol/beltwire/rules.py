"""All states of both ends and every way from one to another.

The belt's rules
----------------
1. A belt is NEW until a HELLO whose versions meet its own; then it is OPEN. HELLO is allowed in
   every state, ends a running fetch and live view, and is all that a NEW belt grants.
2. Every request gets exactly one answer with its tag, except FETCH (a stream of PAGE closed by
   FETCH_END) and GRANT (none). What cannot be done is answered by ERROR; nothing is fatal.
3. A new FETCH replaces the running one. A GRANT counts only with the running fetch's tag, and
   only upwards. A fetch is served from what the log holds when each page is sent.

The host's rules
----------------
1. HELLO comes first; any other request before its answer is a StateError, and so it is again
   after an ERROR "hello first", which is how a belt that has restarted shows itself.
2. An answer counts only once and only with the tag of the latest request of its type.
3. Of a fetch's frames only one whose `follows` is the number expected next counts. A higher one
   means that frames were lost on the wire: the fetch is over and has to be made again from the
   number expected. A lower one is a repetition and is dropped.

A pair of state and event that is not in a table leaves the state as it is.
"""

# The link, as each end sees it.
NEW = 0
OPEN = 1

# The belt's fetch.
IDLE = 0
SENDING = 1
WAITING = 2

# Events.
MET = 1
NOT_MET = 2
RESTARTED = 3
FETCH = 4
GRANTED = 5
SPENT = 6
DONE = 7

LINK = {
    (NEW, MET): OPEN,
    (OPEN, NOT_MET): NEW,
    (OPEN, RESTARTED): NEW,
}

BELT_FETCH = {
    (IDLE, FETCH): SENDING,
    (SENDING, FETCH): SENDING,
    (WAITING, FETCH): SENDING,
    (WAITING, GRANTED): SENDING,
    (SENDING, SPENT): WAITING,
    (SENDING, DONE): IDLE,
    (WAITING, DONE): IDLE,
}

# The host's fetch: SENDING while frames of it are awaited.
HOST_FETCH = {
    (IDLE, FETCH): SENDING,
    (SENDING, FETCH): SENDING,
    (SENDING, DONE): IDLE,
}


def step(table: "dict[tuple[int, int], int]", state: int, event: int) -> int:
    """The state that `event` leads to from `state`."""
    return table.get((state, event), state)

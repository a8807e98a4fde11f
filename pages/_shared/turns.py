"""Short queues for whole pages and for files: a crowd is served in turn, not all at once at the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Semaphore

AT_ONCE = 4
PATIENCE = 3.0  # seconds; after that a page is made in any case, so nothing slow can hold up the others

_slots = Semaphore(AT_ONCE)
# a deck is half a second of one core: whoever presses all buttons at once waits in line, and moves stay quick
one_file = Semaphore(1)


@contextmanager
def in_turn() -> Iterator[None]:
    """Make at most a few pages at the same time.

    Python runs one thread at a time. A hundred pages begun together all end together, after the work of
    a hundred; in turn, the first has its page at once and the average waits half as long. Moving a
    control never queues: that is a fragment, and it does not come through here.

    Examples
    --------
    >>> with in_turn():
    ...     print("made")
    made
    """
    got = _slots.acquire(timeout=PATIENCE)
    try:
        yield
    finally:
        if got:
            _slots.release()

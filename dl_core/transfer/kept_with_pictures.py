"""What was worked out from pictures, kept as long as somebody holds them: a reader's own leave no trace."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from dl_core.transfer.pictures import Pictures

KEPT = 6  # results of one task: a slider goes back and forth

R = TypeVar("R")


class Kept(Generic[R]):
    """The last few results of each task. None of them may hold the pictures, or both stay for ever."""

    def __init__(self) -> None:
        self._of: WeakKeyDictionary[Pictures, dict[Hashable, R]] = WeakKeyDictionary()

    def once(self, pictures: Pictures, at: Hashable, make: Callable[[], R | None]) -> R | None:
        """The result kept under ``at``, or else what ``make`` gives; its None is not kept.

        Examples
        --------
        >>> from dl_core.transfer.tasks import ready_made
        >>> kept, parts = Kept[str](), ready_made("parts")
        >>> kept.once(parts, 5, lambda: "made"), kept.once(parts, 5, lambda: "made anew")
        ('made', 'made')
        """
        kept = self._of.setdefault(pictures, {})
        found = kept.get(at)
        if found is None:
            found = make()
            if found is not None:
                while len(kept) >= KEPT:
                    kept.pop(next(iter(kept)), None)  # the oldest
                kept[at] = found
        return found

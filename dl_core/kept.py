"""What was worked out from a reader's own data, kept as long as somebody holds them: they leave no trace."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar, overload
from weakref import WeakKeyDictionary

MOST = 8  # results of one holder: seven models, or a slider that goes back and forth

H = TypeVar("H")
R = TypeVar("R")


class Kept(Generic[H, R]):
    """The last few results of each holder. None of them may hold the holder, or both stay for ever."""

    def __init__(self) -> None:
        self._of: WeakKeyDictionary[H, dict[Hashable, R]] = WeakKeyDictionary()

    @overload
    def once(self, holder: H, at: Hashable, make: Callable[[], R]) -> R: ...
    @overload
    def once(self, holder: H, at: Hashable, make: Callable[[], R | None]) -> R | None: ...
    def once(self, holder: H, at: Hashable, make: Callable[[], R | None]) -> R | None:
        """The result kept under ``at``, or else what ``make`` gives; its None is not kept.

        Examples
        --------
        >>> from dl_core.interpretability.tables import ready_made
        >>> kept, wines = Kept[object, str](), ready_made("wine")
        >>> kept.once(wines, 5, lambda: "made"), kept.once(wines, 5, lambda: "made anew")
        ('made', 'made')
        """
        kept = self._of.setdefault(holder, {})
        found = kept.get(at)
        if found is None:
            found = make()
            if found is not None:
                while len(kept) >= MOST:
                    kept.pop(next(iter(kept)), None)  # the oldest
                kept[at] = found
        return found

    def adopt(self, new: H, old: H) -> None:
        """Keep the results of one holder for another one too, of whom they are as true."""
        if old in self._of:
            self._of.setdefault(new, {}).update(dict(self._of[old]))

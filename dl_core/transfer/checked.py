"""A head and the held-out pictures that check it: what the page's scenes on checking and trust look at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from dl_core.transfer.features import Features
from dl_core.transfer.heads import Head, fit_head
from dl_core.transfer.pictures import Labels, Pictures
from dl_core.transfer.split import Split, split
from dl_core.transfer.tasks import features_for

MOST_PER_CLASS = 10_000  # pictures to learn from
KEPT = 6  # heads of one task: a slider goes back and forth

GoOn = Callable[[float], bool]
_KEPT: WeakKeyDictionary[Pictures, dict[tuple[int, int], Checked]] = WeakKeyDictionary()


@dataclass(frozen=True, eq=False)
class Checked:
    """What was learned from one pile, and how sure it is on the other."""

    split: Split
    features: Features  # (N, 320) of all the task's pictures
    head: Head
    sure: NDArray[np.float64]  # (n_held_out, n_classes) of each held-out picture, rows adding up to 1

    @property
    def answers(self) -> Labels:
        """``(n_held_out,)`` the surest class of each held-out picture."""
        return np.asarray(self.sure.argmax(axis=1))


def checked(pictures: Pictures, n_per_class: int, seed: int, go_on: GoOn | None = None) -> Checked | None:
    """Train a head and ask it about the held-out pictures; kept as long as somebody holds the pictures.

    Parameters
    ----------
    pictures
        A task.
    n_per_class
        Pictures to learn from, 1 or more a class.
    seed
        Decides which pictures are held out.
    go_on
        Share done, 0 to 1 → whether to go on; where it says no, there is no answer: None.

    Examples
    --------
    >>> from dl_core.transfer.tasks import ready_made
    >>> found = checked(ready_made("parts"), 20, 0)
    >>> found.sure.shape == (len(found.split.held_out), 2)
    True
    """
    kept = _KEPT.setdefault(pictures, {})
    if (n_per_class, seed) not in kept:
        features = features_for(pictures, go_on)
        if len(features) < len(pictures.labels):
            return None
        dealt = split(pictures, n_per_class, seed)
        head = fit_head(features[dealt.train], pictures.labels[dealt.train], len(pictures.names))
        sure = head.probabilities(features[dealt.held_out])
        sure.setflags(write=False)
        while len(kept) >= KEPT:
            kept.pop(next(iter(kept)), None)  # the oldest
        kept[n_per_class, seed] = Checked(dealt, features, head, sure)
    return kept[n_per_class, seed]


def angles(asked: Features, stored: Features) -> NDArray[np.float64]:
    """How far pictures are apart: the angle between their features, in degrees, ``(M, N)``.

    Parameters
    ----------
    asked
        ``(M, 320)``, all 0 or more.
    stored
        ``(N, 320)``, all 0 or more.

    Examples
    --------
    >>> angles(np.array([[1.0, 1.0]], np.float32), np.array([[2.0, 0.0], [3.0, 3.0]], np.float32)).round(3)
    array([[45.,  0.]])
    """
    first, second = (_of_length_one(of) for of in (asked, stored))
    # twice the arcsine of half the gap: the arccosine of a product cannot tell 0° from 0.02°
    squared = np.maximum(0.0, 2 - 2 * np.clip(first @ second.T, -1, 1))
    return np.asarray(np.degrees(2 * np.arcsin(np.sqrt(squared) / 2)))


def _of_length_one(of: Features) -> NDArray[np.float64]:
    wide = np.asarray(of, np.float64)
    return np.asarray(wide / np.maximum(np.linalg.norm(wide, axis=1, keepdims=True), 1e-12))

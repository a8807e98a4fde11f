"""A head and the held-out pictures that check it: what the page's scenes on checking and trust look at."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dl_core.jobs import GoOn
from dl_core.kept import Kept
from dl_core.transfer.features import Features
from dl_core.transfer.heads import Head, fit_head
from dl_core.transfer.pictures import Labels, Pictures
from dl_core.transfer.split import Split, split
from dl_core.transfer.tasks import features_for

MOST_PER_CLASS = 10_000  # pictures to learn from


@dataclass(frozen=True, eq=False)
class Checked:
    """What was learned from one pile, and how sure it is on the other."""

    split: Split
    features: Features  # (N, 320) of all the task's pictures
    head: Head
    seconds: float  # that training the head took, by the clock
    sure: NDArray[np.float64]  # (n_held_out, n_classes) of each held-out picture, rows adding up to 1

    @property
    def answers(self) -> Labels:
        """``(n_held_out,)`` the surest class of each held-out picture."""
        return np.asarray(self.sure.argmax(axis=1))


_KEPT = Kept[Pictures, Checked]()


def check_draw(n_per_class: int, seed: int) -> None:
    """Refuse what cannot be: ``n_per_class`` is 1 to `MOST_PER_CLASS`, ``seed`` 0 or more.

    Raises
    ------
    ValueError
        When one of them is out of its range.
    """
    if not 1 <= n_per_class <= MOST_PER_CLASS:
        raise ValueError(f"{n_per_class} pictures a class cannot be: learn from 1 to 10,000.")
    if not 0 <= seed < 2**31:
        raise ValueError(f"A seed of {seed} cannot be: choose 0 or more.")


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
    return _KEPT.once(pictures, (n_per_class, seed), lambda: _checked(pictures, n_per_class, seed, go_on))


def _checked(pictures: Pictures, n_per_class: int, seed: int, go_on: GoOn | None) -> Checked | None:
    features = features_for(pictures, go_on)
    if len(features) < len(pictures.labels):
        return None
    dealt = split(pictures, n_per_class, seed)
    start = time.perf_counter()
    head = fit_head(features[dealt.train], pictures.labels[dealt.train], len(pictures.names))
    seconds = time.perf_counter() - start
    sure = head.probabilities(features[dealt.held_out])
    sure.setflags(write=False)
    return Checked(dealt, features, head, seconds, sure)


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

"""Two piles: pictures to learn from, and pictures held out; a burst lies in one of them only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from dl_core.transfer.pictures import Labels, Pictures

HELD_OUT = 1 / 3  # of each class, or a little more

By = Literal["burst", "random"]


@dataclass(frozen=True, eq=False)
class Split:
    """Which pictures are learned from and which are only checked; no picture is in both."""

    train: Labels  # (n_train,) rows of the task's pictures, class by class, in the order they were drawn
    held_out: Labels  # (n_held_out,) rows, ascending; the same for every ``n_per_class``


def split(pictures: Pictures, n_per_class: int, seed: int, by: By = "burst") -> Split:
    """Hold out a third of each class; learn from up to ``n_per_class`` of the rest.

    Parameters
    ----------
    pictures
        A task.
    n_per_class
        Pictures to learn from, 1 or more a class; a class with fewer gives all it has.
    seed
        The same seed holds out the same pictures, and draws the same ones first.
    by
        "burst" keeps a burst whole, so that no pictures taken at one go are in both piles. A class that
        is one burst is learned from and cannot be checked. "random" deals single pictures.

    Raises
    ------
    ValueError
        "... pictures a class cannot be: ..."

    Examples
    --------
    >>> from dl_core.transfer.tasks import ready_made
    >>> task = ready_made("parts")
    >>> found = split(task, 20, seed=0)
    >>> len(found.train), set(task.bursts[found.train]) & set(task.bursts[found.held_out])
    (40, set())
    """
    if n_per_class < 1:
        raise ValueError(f"{n_per_class} pictures a class cannot be: learn from 1 or more.")
    held = _held_out(pictures, np.random.default_rng([seed, 0]), by)
    rng = np.random.default_rng([seed, 1])
    train = [
        rng.permutation(np.flatnonzero((pictures.labels == label) & ~held))[:n_per_class]
        for label in range(len(pictures.names))
    ]
    found = Split(np.concatenate(train).astype(np.int64), np.flatnonzero(held))
    found.train.setflags(write=False)
    found.held_out.setflags(write=False)
    return found


def _held_out(pictures: Pictures, rng: np.random.Generator, by: By) -> NDArray[np.bool_]:
    """(N,) True where a picture is held out; whole bursts, or single pictures as bursts of one."""
    bursts = pictures.bursts if by == "burst" else np.arange(len(pictures.labels))
    held = np.zeros(len(bursts), bool)
    dealt = np.zeros(len(bursts), bool)  # a burst with pictures of two classes is dealt with the first
    for label, count in enumerate(pictures.counts):
        mine = pictures.labels == label
        order = rng.permutation(np.unique(bursts[mine & ~dealt]))
        to_learn_from = bool((mine & dealt & ~held).any())
        for burst in order if to_learn_from else order[:-1]:  # each class is learned from
            if held[mine].sum() >= HELD_OUT * count:
                break
            held[bursts == burst] = True
        dealt[np.isin(bursts, order)] = True
        if count and held[mine].all():  # all its bursts came with other classes
            held[np.isin(bursts, bursts[mine])] = False
    return held

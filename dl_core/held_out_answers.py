"""What the shipped network answered to 5,000 photos it had never seen, counted at every bar.

A bar is how sure the network must be: an answer below it goes to a person. The numbers were written once by
`dl_core.offline.held_out_answers`; no photo is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from dl_core.vision.card import read_card
from dl_core.vision.classes import ASSETS

FILE_NAME = "held_out_answers.npz"
STEPS = 50_000  # probabilities are whole numbers of these, rounded down: a bar of 37.2 % is 18,600 of them
RESAMPLES, SEED = 1000, 0

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class HeldOut:
    """How sure each first guess was, and whether it was right."""

    sure: NDArray[np.uint16]  # (5000,) in steps of 1/50,000
    right: NDArray[np.bool_]  # (5000,)
    strangers: dict[str, NDArray[np.uint16]]  # things on no list → how sure it was of its guess, in steps
    weights: str  # SHA-256 of the weights that answered


@dataclass(frozen=True)
class Counted:
    """How many answers pass each bar."""

    bars: Floats  # (n,) percent, rising: 0 to 100 in whole percents, and the shipped one
    right: Counts  # (n,) right answers that pass
    wrong: Counts  # (n,) wrong answers that pass
    n_photos: int  # all that were shown

    @property
    def to_a_person(self) -> Counts:
        """(n,) photos whose answer does not pass."""
        return self.n_photos - self.right - self.wrong

    def place_of(self, bar: float) -> int:
        """Where this bar, in percent, stands among ``bars``."""
        return int(np.argmin(np.abs(self.bars - bar)))


@cache
def held_out() -> HeldOut:
    """The shipped file, read once.

    Examples
    --------
    >>> found = held_out()
    >>> len(found.sure), len(found.strangers)
    (5000, 3)
    """
    with np.load(ASSETS / "vision" / FILE_NAME, allow_pickle=False) as stored:
        sure = stored["sure"]
        return HeldOut(
            sure,
            np.unpackbits(stored["right"], count=len(sure)).astype(bool),
            {str(name): stored[f"pile_{i}"] for i, name in enumerate(stored["names"])},
            str(stored["weights"]),
        )


def in_steps(bar: float) -> int:
    """A bar in percent as steps of probability.

    >>> in_steps(37.2), in_steps(100)
    (18600, 50000)
    """
    return round(bar * STEPS / 100)


@cache
def counted() -> Counted:
    """How many of the held-out answers pass each bar.

    Examples
    --------
    >>> at = counted()
    >>> int(at.to_a_person[0]), int(at.to_a_person[-1])
    (0, 5000)
    """
    cells = _cells()
    passing = cells[::-1].cumsum(axis=0)[::-1]
    found = Counted(_bars(), passing[:, 0], passing[:, 1], int(cells.sum()))
    for array in (found.bars, found.right, found.wrong):
        array.setflags(write=False)  # every viewer looks at the same ones
    return found


@cache
def recounted() -> tuple[Counts, Counts]:
    """What chance does to the counts: wrong answers that pass, and photos for a person, ``(1000, n)`` each.

    Each row draws 5,000 photos again from the 5,000, with replacement (the bootstrap). All that counts of a
    photo is between which bars it stands and whether it was right, so whole groups are drawn at once.

    Source: B. Efron, "Bootstrap methods: another look at the jackknife", Annals of Statistics 7 (1979).

    Examples
    --------
    >>> wrong, to_a_person = recounted()
    >>> wrong.shape == to_a_person.shape == (1000, len(counted().bars))
    True
    """
    cells = _cells()
    n = int(cells.sum())
    drawn = np.random.default_rng(SEED).multinomial(n, cells.ravel() / n, size=RESAMPLES)
    passing = drawn.reshape(RESAMPLES, *cells.shape)[:, ::-1].cumsum(axis=1)[:, ::-1]
    return passing[..., 1], n - passing.sum(axis=2)


def strangers_that_pass(bar: float) -> dict[str, tuple[int, int]]:
    """Things that are on no list: how many of them would be named all the same, and out of how many.

    Examples
    --------
    >>> strangers_that_pass(0)["drawn digits (scikit-learn)"]
    (400, 400)
    """
    least = in_steps(bar)
    return {name: (int((sure >= least).sum()), len(sure)) for name, sure in held_out().strangers.items()}


def _bars() -> Floats:
    return np.unique([*np.arange(101.0), round(100 * read_card().threshold, 1)])


def _cells() -> Counts:
    """(n, 2) right and wrong answers between each bar and the next."""
    found, bars = held_out(), _bars()
    place = np.searchsorted([in_steps(bar) for bar in bars], found.sure, side="right") - 1
    return np.stack([np.bincount(place[of], minlength=len(bars)) for of in (found.right, ~found.right)], 1)

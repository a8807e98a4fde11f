"""A mini-batch's gradient is an estimate: how often it points the right way, and how its spread shrinks."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from dl_core.batch_sizes import MOST_SEED, START, Floats, Line, wine_fit
from dl_core.numbers_in_words import percent, two_figures

Place = Literal["at the start", "on the way", "near the end"]
PLACES: tuple[Place, ...] = get_args(Place)
LEFT_TO_GO = {"at the start": 1.0, "on the way": 0.25, "near the end": 0.1}  # share of the way
SIZES = (1, 2, 4, 8, 16, 32, 64)
N_DRAWS = 400  # batches drawn of each size


@dataclass(frozen=True)
class Settings:
    """Where the gradient is estimated, and from how many wines.

    Raises
    ------
    ValueError
        If the size, the place or the seed is not on offer.
    """

    batch_size: int = 8  # one of SIZES
    place: Place = "on the way"
    seed: int = 0  # which batches are drawn, 0 to 999

    def __post_init__(self) -> None:
        if self.batch_size not in SIZES:
            raise ValueError(
                f"A batch of {self.batch_size} is not on offer: choose {', '.join(map(str, SIZES))}."
            )
        if self.place not in PLACES:
            raise ValueError(f"There is no place “{self.place}”: choose {', '.join(PLACES)}.")
        if not 0 <= self.seed <= MOST_SEED:
            raise ValueError(f"Draw number {self.seed} does not exist: choose 0 to {MOST_SEED}.")


PRESETS = {
    "One wine": Settings(1, "at the start"),
    "Eight on the way": Settings(),
    "Near the end": Settings(32, "near the end"),
}


@dataclass(frozen=True)
class Estimates:
    """Many batches of one size, all asked at the same place."""

    batch_size: int  # wines in each batch
    steps: Floats  # (400,) each batch's step along the right way, where all wines together make 1
    expected_spread: float  # one example's spread divided by the root of the batch size

    @property
    def spread(self) -> float:
        """The standard deviation of the steps, as measured."""
        return float(self.steps.std())

    @property
    def wrong(self) -> float:
        """Share of the batches whose step goes the wrong way."""
        return float((self.steps < 0).mean())


@dataclass(frozen=True)
class NoiseStory:
    """The estimates of every batch size at one place."""

    settings: Settings
    at: Line  # the weight and bias where the gradient is asked
    example_steps: Floats  # (178,) each wine's own step; their mean is 1
    columns: tuple[Estimates, ...]  # in the order of SIZES

    @property
    def chosen(self) -> Estimates:
        """The estimates of the reader's batch size."""
        return self.columns[SIZES.index(self.settings.batch_size)]


def place_on_the_way(left: float) -> Line:
    """A line between the start and the exact one.

    Parameters
    ----------
    left
        Share of the way still to go: 1 at the start, 0 at the exact line.

    >>> place_on_the_way(1.0)
    (0.0, 12.0)
    """
    exact = wine_fit().exact
    return exact[0] + left * (START[0] - exact[0]), exact[1] + left * (START[1] - exact[1])


def example_steps(at: Line) -> Floats:
    """(178,) How far each wine alone would step along the full batch's direction, which steps 1.

    Raises
    ------
    ValueError
        At the exact line, where the full gradient is zero and has no direction.

    >>> steps = example_steps(place_on_the_way(1.0))
    >>> len(steps), round(float(steps.mean()), 6)
    (178, 1.0)
    """
    fit = wine_fit()
    off = at[0] * fit.x + at[1] - fit.y
    slopes = np.stack([off * fit.x, off], axis=1)  # (178, 2)
    full = slopes.mean(axis=0)
    size = float(full @ full)
    if math.sqrt(size) < 1e-9:
        raise ValueError("At the exact answer the gradient is zero: choose a place before it.")
    steps: Floats = slopes @ full / size
    return steps


def story(settings: Settings) -> NoiseStory:
    """Draw many batches of every size, without putting a wine back, and ask each for its step.

    Examples
    --------
    >>> shown = story(Settings(1, "near the end"))
    >>> [round(each.wrong, 2) for each in shown.columns]
    [0.42, 0.39, 0.34, 0.28, 0.18, 0.1, 0.03]
    """
    at = place_on_the_way(LEFT_TO_GO[settings.place])
    alone = example_steps(at)
    sums = np.cumsum(alone[_draws(len(alone), settings.seed)], axis=1)
    spread = float(alone.std())
    columns = (Estimates(size, sums[:, size - 1] / size, spread / math.sqrt(size)) for size in SIZES)
    return NoiseStory(settings, at, alone, tuple(columns))


@lru_cache(maxsize=32)  # one entry for each seed: 200 kB
def _draws(n_examples: int, seed: int) -> NDArray[np.int64]:
    """(400, 64) wines in the order they are drawn: a batch of m is the first m of a row."""
    rows = np.tile(np.arange(n_examples), (N_DRAWS, 1))
    return np.random.default_rng(seed).permuted(rows, axis=1)[:, : max(SIZES)].copy()


def takeaway(shown: NoiseStory) -> str:
    """How often the reader's batch size goes wrong, and its spread beside the rule.

    >>> print(takeaway(story(Settings())).replace(". ", ".\\n"))
    A batch of 8 goes the wrong way in 25 of 400 draws (6.2 %).
    Its steps spread by 0.74, where the full batch steps 1.
    One wine spreads by 2.1, so the rule of the root expects 0.74.
    """
    one = shown.chosen
    size = shown.settings.batch_size
    who = "One wine" if size == 1 else f"A batch of {size}"
    count = int((one.steps < 0).sum())
    rule = f"One wine spreads by {two_figures(shown.columns[0].expected_spread)}"
    return (
        f"{who} goes the wrong way in {count} of {N_DRAWS} draws ({percent(one.wrong)}). "
        f"Its steps spread by {two_figures(one.spread)}, where the full batch steps 1. "
        + (
            f"{rule} in theory."
            if size == 1
            else f"{rule}, so the rule of the root expects {two_figures(one.expected_spread)}."
        )
    )

"""The same walk at many learning rates: what is left of the loss, and from which rate on it diverges."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from dl_core.numbers_in_words import percent, two_figures
from dl_core.optimisers import OPTIMISERS, Name, Walk, walk
from dl_core.surfaces import Point, Surface, check_start, surface

STEPS = (25, 100, 500)
DONE = 0.01  # share of the starting loss that may be left when a walk has arrived
LAST = f"{DONE:.0%}".replace("%", " %")  # the same in words
NOTHING = 1e-12  # shares of the starting loss below this count as equal
PER_DECADE = 20  # so that 0.1, 0.2, 0.5 and 1 are among them
# 0.0001 to 10, with two figures as a person would type them
RATES = tuple(float(f"{10 ** (i / PER_DECADE):.2g}") for i in range(-4 * PER_DECADE, PER_DECADE + 1))


@dataclass(frozen=True)
class Settings:
    """Which walk, and the reader's own rate.

    Raises
    ------
    ValueError
        If a choice is not on offer, or a number is outside of its range.
    """

    surface: str = "ravine"
    start: Point = (-10.0, 2.0)
    n_steps: int = 100  # 25, 100 or 500
    learning_rate: float = 0.01  # 0.0001 to 10
    optimiser: Name = "gd"

    def __post_init__(self) -> None:
        check_walk(self.surface, self.start, self.n_steps)
        if self.optimiser not in OPTIMISERS:
            raise ValueError(
                f'There is no optimiser "{self.optimiser}": choose one of {", ".join(OPTIMISERS)}.'
            )
        check_rate(self.learning_rate)


def check_walk(surface_key: str, start: Point, n_steps: int) -> None:
    """Refuse what no walk of ``n_steps`` steps can be made of.

    Raises
    ------
    ValueError
        If there is no such surface, the start is too far out, or the number of steps is not on offer.

    Examples
    --------
    >>> check_walk("bowl", (5000.0, 0.0), 100)
    Traceback (most recent call last):
    ValueError: The start (5000.0, 0.0) is too far out: stay within 1,000.
    """
    surface(surface_key)
    if n_steps not in STEPS:
        raise ValueError(f"{n_steps} steps are not on offer: choose one of {STEPS}.")
    check_start(start)


def check_rate(learning_rate: float) -> None:
    """Refuse a rate that a log axis from 0.0001 to 10 cannot show.

    Raises
    ------
    ValueError
        If the rate is outside of that.

    Examples
    --------
    >>> check_rate(0.0)
    Traceback (most recent call last):
    ValueError: A learning rate of 0.0 is not shown here: choose 0.0001 to 10.
    """
    if not RATES[0] <= learning_rate <= RATES[-1]:
        raise ValueError(
            f"A learning rate of {learning_rate} is not shown here: choose {RATES[0]} to {RATES[-1]:g}."
        )


PRESETS = {
    "Ravine": Settings(),
    "Two valleys": Settings("valleys", surface("valleys").start, 100, 0.05),
    "Ravine with Adam": Settings(optimiser="adam"),
}


@dataclass(frozen=True)
class Tried:
    """How a walk at one rate ended."""

    learning_rate: float  # that was tried
    loss: float  # after the last step; the surface's lowest is 0
    share: float  # of the loss at the start
    steps: int | None  # until 1 % of the starting loss is left for good
    left_picture_at: int | None  # first step outside of the picture
    rose: bool  # ended higher than it started

    @property
    def failed(self) -> bool:
        """Whether it left the picture or ended higher than it started."""
        return self.rose or self.left_picture_at not in (None, 0)  # 0: the start lies outside already


@dataclass(frozen=True)
class Sweep:
    """All rates, and where the reader's stands among them."""

    settings: Settings
    surface: Surface
    tried: tuple[Tried, ...]  # by rate
    yours: Tried
    best: Tried
    largest_stable: float  # the largest tried rate up to which none failed; 0 where the smallest did

    @property
    def moves(self) -> bool:
        """Whether the start has a slope: without one, no rate moves anything."""
        return self.surface.gradient(*_on(self.surface, self.settings.start)) != (0, 0)

    @property
    def cliff_by_formula(self) -> float | None:
        """The rate above which plain descent diverges, where a formula gives it."""
        return self.surface.largest_stable_rate if self.settings.optimiser == "gd" else None

    @property
    def cliff(self) -> float | None:
        """The last safe rate, by formula or as tried; None where no tried rate failed."""
        if self.cliff_by_formula is not None:
            return self.cliff_by_formula
        return self.largest_stable if any(one.failed for one in self.tried) else None


@dataclass(frozen=True)
class FoundRates:
    """What a search over many rates found."""

    best: float  # the rate that leaves the least loss
    largest_stable: float  # the largest tried rate up to which none failed; 0 where the smallest did
    n_tried: int


def story(settings: Settings) -> Sweep:
    """Take the same walk at every rate, and at the reader's.

    Examples
    --------
    >>> shown = story(Settings("curve", (10.0, 0.0), 25, 0.01))
    >>> shown.best.learning_rate, shown.largest_stable  # by formula 1/2 and 1
    (0.5, 1.0)
    """
    ground = surface(settings.surface)
    tried = _sweep(settings.surface, settings.start, settings.n_steps, settings.optimiser)
    yours = next((one for one in tried if one.learning_rate == settings.learning_rate), None)
    if yours is None:
        taken = walk(ground, settings.learning_rate, settings.start, settings.n_steps, settings.optimiser)
        yours = _judged(settings.learning_rate, taken)
    return Sweep(settings, ground, tried, yours, _best(tried), _largest_stable(tried))


def found_rates(surface_key: str, start: Point, n_steps: int) -> FoundRates:
    """The best and the largest stable rate of plain gradient descent, found by trying many.

    "Best" leaves the least loss; among rates that leave next to nothing, the one that arrives first. "Largest
    stable" is the largest tried rate up to which no tried rate left the picture or ended higher than it
    started.

    Parameters
    ----------
    surface_key
        As in `dl_core.surfaces.surface`.
    n_steps
        Of each walk.

    Examples
    --------
    >>> found_rates("curve", (10.0, 0.0), 25)
    FoundRates(best=0.5, largest_stable=1.0, n_tried=101)
    """
    tried = _sweep(surface_key, (float(start[0]), float(start[1])), n_steps, "gd")
    return FoundRates(_best(tried).learning_rate, _largest_stable(tried), len(tried))


@lru_cache(maxsize=256)  # 15 kB each; moving the reader's rate needs no new one
def _sweep(surface_key: str, start: Point, n_steps: int, optimiser: Name) -> tuple[Tried, ...]:
    ground = surface(surface_key)
    return tuple(_judged(rate, walk(ground, rate, start, n_steps, optimiser)) for rate in RATES)


def _judged(learning_rate: float, taken: Walk) -> Tried:
    first, last = taken.losses[0], max(taken.final_loss, 0.0)  # rounding may end a hair below the floor
    share = last / first if first > 0 else float(last > 0)
    steps = taken.settles_at(DONE * first)
    return Tried(learning_rate, last, share, steps, taken.left_picture_at, taken.rose)


def _best(tried: tuple[Tried, ...]) -> Tried:
    def order(one: Tried) -> tuple[bool, float, float, float]:
        return (
            one.failed, max(one.share, NOTHING), math.inf if one.steps is None else one.steps, one.share
        )  # fmt: skip

    return min(tried, key=order)


def _largest_stable(tried: tuple[Tried, ...]) -> float:
    safe = 0.0
    for one in tried:
        if one.failed:
            break
        safe = one.learning_rate
    return safe


def _on(ground: Surface, start: Point) -> Point:
    return start if ground.dimensions == 2 else (start[0], 0.0)


def takeaway(shown: Sweep) -> str:
    """Where the reader's rate stands: what it leaves, how far the best is, and how near the cliff.

    >>> takeaway(story(Settings()))
    'A rate of 0.01 leaves 6.7 % of the loss after 100 steps. The best of 101 tried, 0.071, leaves next to \
nothing. Yours stands 8 times below the cliff at 0.08.'
    """
    if not shown.moves:
        return "Your start has no slope, so no rate moves it. Choose another start."
    return " ".join(part for part in (_yours(shown), _beside_the_best(shown), _to_the_cliff(shown)) if part)


def _yours(shown: Sweep) -> str:
    yours, rate = shown.yours, f"A rate of {shown.settings.learning_rate:g}"
    if yours.failed and yours.left_picture_at:
        return f"{rate} leaves the picture at step {yours.left_picture_at}."
    if yours.rose:
        return f"{rate} ends higher than it started."
    return f"{rate} leaves {left_in_words(yours.share)} after {shown.settings.n_steps} steps."


def _beside_the_best(shown: Sweep) -> str:
    best, n_tried = shown.best, len(shown.tried)
    if best.failed:
        return f"Not one of {n_tried} tried rates does better."
    if best.learning_rate == shown.settings.learning_rate:
        return f"Of {n_tried} tried rates it is the best."
    what = left_in_words(best.share).removesuffix(" of the loss")
    return f"The best of {n_tried} tried, {best.learning_rate:g}, leaves {what}."


def _to_the_cliff(shown: Sweep) -> str:
    yours, cliff = shown.settings.learning_rate, shown.cliff
    if cliff is None:
        return f"Up to {RATES[-1]:g} no rate diverges here."
    if cliff == 0:
        return "Even the smallest tried rate diverges from this start."
    where = f"the cliff at {cliff:.2g}"
    if math.isclose(yours, cliff):
        return f"Yours stands on the edge of {where}."
    ratio, side = (cliff / yours, "below") if yours < cliff else (yours / cliff, "above")
    return f"Yours stands {in_times(ratio)} {side} {where}."


def in_times(ratio: float) -> str:
    """How many times, or how many percent where it is less than half as much again.

    >>> in_times(8.0), in_times(1.13)
    ('8 times', '13 %')
    """
    if ratio < 1.5:
        return f"{max(round((ratio - 1) * 100), 1)} %"
    return f"{float(two_figures(ratio).replace(',', '')):,g} times"


def left_in_words(share: float) -> str:
    """A share of the starting loss in words; next to nothing below one in a million.

    >>> left_in_words(0.067), left_in_words(1e-9), left_in_words(1.0)
    ('6.7 % of the loss', 'next to nothing', '100 % of the loss')
    """
    return "next to nothing" if share < 1e-6 else f"{percent(min(share, 1.0))} of the loss"

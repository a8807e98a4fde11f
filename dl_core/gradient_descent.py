"""Plain gradient descent on a surface: where it walks, what became of it, and what would help."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import Literal

import numpy as np

from dl_core.numbers_in_words import short, two_figures
from dl_core.optimisers import Walk, overshoot_factor, walk
from dl_core.rate_sweep import DONE, RATES, found_rates
from dl_core.surfaces import Point, Surface, check_start, surface

Verdict = Literal[
    "no rate", "on a floor", "balanced", "first step", "left", "bouncing", "arrived", "local valley",
    "saddle", "zig-zag", "flat", "crawling", "on the way",
]  # fmt: skip

STEPS = (1, 25, 100)
LARGEST_RATE = 1_000.0
SEARCH_STEPS = 100  # of the walks that look for the best rate where no formula gives it
HARDLY = 0.25  # share of the way that a crawling walk has at least still before it
FLAT = 0.05  # slope, as a share of the steepest on the picture, below which the ground is called flat


@dataclass(frozen=True)
class Settings:
    """Where to start, on what, and how far each step goes.

    Raises
    ------
    ValueError
        If there is no such surface, or a number is outside of its range.
    """

    surface: str = "ravine"
    learning_rate: float = 0.075  # 0 to 1,000
    n_steps: int = 25  # 1, 25 or 100
    start: Point = (-10.0, 2.0)

    def __post_init__(self) -> None:
        surface(self.surface)
        if not 0 <= self.learning_rate <= LARGEST_RATE:
            raise ValueError(
                f"a learning rate of {self.learning_rate} is not possible: choose 0 to {LARGEST_RATE:,.0f}"
            )
        if self.n_steps not in STEPS:
            raise ValueError(f"{self.n_steps} steps are not on offer: choose one of {STEPS}")
        check_start(self.start)


PRESETS = {
    "Crawling": Settings("curve", 0.01, 25, (10.0, 0.0)),
    "Right": Settings("curve", 0.3, 25, (10.0, 0.0)),
    "Zig-zag": Settings(),
    "Bouncing": Settings("curve", 1.0, 25, (10.0, 0.0)),
    "Diverging": Settings("curve", 1.1, 25, (10.0, 0.0)),
    "Stuck": Settings("valleys", 0.02, 100, surface("valleys").start),
    "Plateau": Settings("plateau", 0.1, 100, surface("plateau").start),
}


@dataclass(frozen=True)
class Rates:
    """Which learning rates suit a start on a surface."""

    best: float  # leaves the least loss, or shrinks the slowest direction fastest
    largest_stable: float | None  # at it a walk bounces for ever, above it diverges; None: none found
    by_formula: bool  # else found by trying many

    @property
    def edge(self) -> str:
        """The largest stable rate as it stands in a sentence.

        >>> Rates(0.5, 1.0, by_formula=True).edge, Rates(5.6, None, by_formula=False).edge
        ('1', 'more than 10')
        """
        return f"more than {rough(RATES[-1])}" if self.largest_stable is None else rough(self.largest_stable)


@dataclass(frozen=True)
class Remedy:
    """One change that helps, and why."""

    label: str  # on the button
    learning_rate: float  # to set
    start: Point  # to set


@dataclass(frozen=True)
class Descent:
    """A walk and what to think of it."""

    settings: Settings
    surface: Surface
    walk: Walk
    rates: Rates

    @cached_property
    def slopes(self) -> tuple[Point, ...]:
        """The gradient at each place of the walk but the last."""
        places = zip(self.walk.xs, self.walk.ys, strict=True)
        return tuple(self.surface.gradient(x, y) for x, y in places)[: self.walk.n_done]

    @property
    def n_shown(self) -> int:
        """Steps worth showing: up to the first that lies outside of the picture."""
        return self.walk.left_picture_at or self.walk.n_done

    @property
    def floor(self) -> float:
        """The height of the lowest minimum."""
        return self.surface.value(*self.surface.minima[0])

    @property
    def way_left(self) -> float:
        """What is left of the way down at the end: 1 at the start, 0 on the lowest floor."""
        way = self.walk.losses[0] - self.floor
        return (self.walk.losses[-1] - self.floor) / way if way > 0 else 0.0

    @property
    def arrival(self) -> int | None:
        """The step from which on no more than the last percent of the way is left; None: not in this walk."""
        return self.walk.settles_at(self.floor + DONE * (self.walk.losses[0] - self.floor))

    @property
    def turns(self) -> int:
        """How often a step went back against the step before."""
        xs, ys = self.walk.xs, self.walk.ys
        steps = [(xs[i + 1] - xs[i], ys[i + 1] - ys[i]) for i in range(self.n_shown)]
        return sum(a[0] * b[0] + a[1] * b[1] < 0 for a, b in pairwise(steps))

    @property
    def overshoot(self) -> float:
        """How many times farther from the floor each step lands; below 1 it comes nearer.

        On a quadratic: |1 − rate × largest curvature|. Elsewhere the mean growth of the steps on the picture.
        """
        by_formula = overshoot_factor(self.surface, self.settings.learning_rate)
        if by_formula is not None:
            return by_formula
        lengths = [self.settings.learning_rate * math.hypot(*slope) for slope in self.slopes]
        lengths = [each for each in lengths[: self.n_shown + 1] if each > 0]
        if len(lengths) < 2:
            return 1.0
        return float((lengths[-1] / lengths[0]) ** (1 / (len(lengths) - 1)))

    @cached_property
    def verdict(self) -> Verdict:
        """What became of the walk, in one word or two."""
        if self.settings.learning_rate == 0:
            return "no rate"
        if math.hypot(*self.surface.gradient(*self.settings.start)) < 1e-9:
            return "on a floor" if _near(self.settings.start, self.surface) is not None else "balanced"
        if self.walk.left_picture_at == 0:  # the start itself lies outside
            return "left" if self.walk.stopped_early or self.way_left > DONE else "arrived"
        if self.walk.left_picture_at is not None:
            return "left"
        if self.settings.n_steps == 1:
            return "first step"
        return self._verdict_of_a_walk()

    def _verdict_of_a_walk(self) -> Verdict:
        end = (self.walk.xs[-1], self.walk.ys[-1])
        if self.way_left <= DONE:
            return "arrived" if self.turns <= self.n_shown / 2 else "zig-zag"
        if _near(end, self.surface) not in (None, 0):
            return "local valley"
        if self.turns > self.n_shown / 2:
            return "bouncing" if self.way_left > 1 - DONE else "zig-zag"
        if _on_a_saddle(end, self.surface):
            return "saddle"
        level = math.hypot(*self.surface.gradient(*end)) < FLAT * _steepest(self.settings.surface)
        if level and self.way_left > HARDLY:
            return "flat"
        return "crawling" if self.way_left > HARDLY else "on the way"

    @property
    def remedy(self) -> Remedy | None:
        """One change that helps, or nothing where all is well."""
        start, rate = self.settings.start, self.settings.learning_rate
        if self.verdict in ("arrived", "on a floor", "first step"):
            return None
        if self.walk.left_picture_at == 0:
            inside = self.surface.start
            fitting = rounded(rates_for(self.settings.surface, inside).best)
            return Remedy("Start inside of the picture", fitting, inside)
        if self.verdict in ("local valley", "balanced", "saddle"):
            other = (-start[0], start[1]) if self.verdict == "local valley" else (start[0], start[1] + 0.2)
            return Remedy(f"Start from {in_words(other)}", rate, other)
        best = rounded(self.rates.best)
        return (
            None
            if math.isclose(best, rate, rel_tol=0.02)
            else Remedy(f"Try a rate of {rough(best)}", best, start)
        )


def story(settings: Settings) -> Descent:
    """Walk down from the start, and judge the walk.

    Parameters
    ----------
    settings
        Surface, learning rate, number of steps and start.

    Examples
    --------
    >>> shown = story(Settings("curve", 1.1, 25, (10.0, 0.0)))
    >>> shown.verdict, shown.walk.left_picture_at, round(shown.overshoot, 2)
    ('left', 2, 1.2)
    """
    ground = surface(settings.surface)
    taken = walk(ground, settings.learning_rate, settings.start, settings.n_steps)
    return Descent(settings, ground, taken, rates_for(settings.surface, settings.start))


def rates_for(surface_key: str, start: Point) -> Rates:
    """The best and the largest stable rate: by formula on a quadratic, else by search from this start.

    Examples
    --------
    >>> rates_for("curve", (10.0, 0.0))
    Rates(best=0.5, largest_stable=1.0, by_formula=True)

    Source: G. Goh, "Why momentum really works", Distill (2017), section "Choosing a step-size".
    """
    ground = surface(surface_key)
    if ground.best_rate is not None and ground.largest_stable_rate is not None:
        return Rates(ground.best_rate, ground.largest_stable_rate, by_formula=True)
    found = found_rates(surface_key, start, SEARCH_STEPS)
    edge = found.largest_stable if found.largest_stable < RATES[-1] else None
    return Rates(found.best, edge, by_formula=False)


def in_words(place: Point, ground: Surface | None = None) -> str:
    """A place: one number on a curve, two on a surface.

    >>> in_words((-10.0, 2.0))
    '(−10, 2)'
    """
    if ground and ground.dimensions == 1:
        return f"x = {rough(place[0])}"
    return f"({rough(place[0])}, {rough(place[1])})"


def rough(value: float) -> str:
    """A number on the ground: three figures that count, nothing finer than an eye sees, two of what is huge.

    >>> rough(-0.07533), rough(12.0), rough(0.00004), rough(2_345_678)
    ('−0.0753', '12', '0', '2,300,000')
    """
    if abs(value) < 0.0005:
        return "0"
    return two_figures(value).replace("-", "−") if abs(value) >= 10_000 else short(value)


def rounded(rate: float) -> float:
    """A rate with two figures, never above it: what a person would type.

    >>> rounded(2 / 26), rounded(0.5)
    (0.076, 0.5)
    """
    size = 10.0 ** (math.floor(math.log10(rate)) - 1)
    return round(math.floor(rate / size + 1e-9) * size, 12)


@cache
def _steepest(key: str) -> float:
    """The steepest slope that the picture shows."""
    ground = surface(key)
    along_x, along_y = ground.gradient(
        np.linspace(*ground.x_range, 41), np.linspace(*ground.y_range, 41)[:, None]
    )
    return float(np.hypot(along_x, along_y).max())


def _on_a_saddle(place: Point, ground: Surface) -> bool:
    """Level, and the ground bends up along one direction and down along the other."""
    if ground.dimensions == 1 or math.hypot(*ground.gradient(*place)) > FLAT * _steepest(ground.key):
        return False
    x, y, h = *place, 1e-4
    along_x = ground.gradient(x + h, y)[0] - ground.gradient(x - h, y)[0]
    along_y = ground.gradient(x, y + h)[1] - ground.gradient(x, y - h)[1]
    return bool(along_x > 0 > along_y and abs(ground.gradient(x, y)[1]) < 1e-3)


def _near(place: Point, ground: Surface) -> int | None:
    """Which minimum this is, the lowest first; None if none is near."""
    reach = 0.04 * (ground.x_range[1] - ground.x_range[0])
    for i, floor in enumerate(ground.minima):
        if math.dist(place, floor) < reach:
            return i
    return None

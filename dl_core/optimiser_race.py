"""Six optimisers down the same slope from the same start: who arrives first, and who flies off."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from dl_core.numbers_in_words import listed, percent, so_many
from dl_core.optimisers import OPTIMISERS, Name, Walk, walk
from dl_core.rate_sweep import DONE, LAST, RATES, check_rate, check_walk
from dl_core.surfaces import Point, Surface, surface

Rates = Literal["own", "same"]

MOST_NAMES = 3  # in one sentence
SEARCHED = tuple(rate for rate in RATES if rate >= 0.001)  # tried for each optimiser: 0.001 to 10


@dataclass(frozen=True)
class Settings:
    """Where the six run, how far, and how their learning rates are chosen.

    Raises
    ------
    ValueError
        If a choice is not on offer, or a number is outside of its range.
    """

    surface: str = "ravine"
    start: Point = (-10.0, 2.0)
    n_steps: int = 100  # 25, 100 or 500
    rates: Rates = "own"  # each its own best one, found by trying many; or all the same
    learning_rate: float = 0.1  # of all six where it is the same; 0.0001 to 10

    def __post_init__(self) -> None:
        check_walk(self.surface, self.start, self.n_steps)
        check_rate(self.learning_rate)
        if self.rates not in ("own", "same"):
            raise ValueError(f'Rates are "own" or "same", not "{self.rates}".')


PRESETS = {
    "Ravine, own rates": Settings(),
    "Saddle, own rates": Settings("saddle", surface("saddle").start),
    "One rate for all": Settings(rates="same"),
}


@dataclass(frozen=True)
class Runner:
    """One optimiser's race."""

    optimiser: Name
    learning_rate: float  # its own, or the one for all
    walk: Walk
    steps: int | None  # until the target is reached for good; None: not in this race

    @property
    def name(self) -> str:
        """As it stands in a list."""
        return OPTIMISERS[self.optimiser]

    @property
    def said(self) -> str:
        """As it stands in a sentence: only what is named after somebody, or is a brand, has a capital."""
        return self.name.lower() if self.optimiser in ("gd", "momentum") else self.name

    @property
    def diverged(self) -> bool:
        """Whether it blew up or ended higher than it started."""
        return self.walk.stopped_early or self.walk.rose

    def loss_at(self, step: int) -> float:
        """The loss after ``step`` steps; one that blew up stays where it was last seen."""
        return self.walk.losses[min(step, self.walk.n_done)]


@dataclass(frozen=True)
class Race:
    """All six: the first to arrive first, then the others by loss, so that those that rose come last."""

    settings: Settings
    surface: Surface
    runners: tuple[Runner, ...]

    @property
    def n_tried(self) -> int:
        """Rates tried for each optimiser."""
        return len(SEARCHED) if self.settings.rates == "own" else 1

    @property
    def start_loss(self) -> float:
        """The height that all start from; the lowest floor has height 0."""
        return self.runners[0].walk.losses[0]

    @property
    def moves(self) -> bool:
        """Whether the start has a slope: without one, nobody moves."""
        return any(
            one.walk.xs[-1] != one.walk.xs[0] or one.walk.ys[-1] != one.walk.ys[0] for one in self.runners
        )

    @property
    def arrived(self) -> tuple[Runner, ...]:
        """Who reached the target, the first first."""
        return tuple(one for one in self.runners if one.steps is not None)

    @property
    def winners(self) -> tuple[Runner, ...]:
        """Who reached it first: several where they tie, nobody where nobody did."""
        return tuple(one for one in self.arrived if one.steps == self.arrived[0].steps)

    @property
    def diverged(self) -> tuple[Runner, ...]:
        """Who blew up, or ended higher than it started."""
        return tuple(one for one in self.runners if one.diverged)

    def of(self, optimiser: Name) -> Runner:
        """The one with this optimiser."""
        return next(one for one in self.runners if one.optimiser == optimiser)


def story(settings: Settings) -> Race:
    """Let the six run.

    Examples
    --------
    >>> race = story(Settings(rates="same"))
    >>> [(one.name, one.walk.left_picture_at) for one in race.diverged]
    [('Gradient descent', 2), ('Nesterov', 1)]
    """
    ground = surface(settings.surface)
    runners = []
    for optimiser in OPTIMISERS:
        rate = settings.learning_rate
        if settings.rates == "own":
            rate = own_rate(settings.surface, settings.start, settings.n_steps, optimiser)
        taken = walk(ground, rate, settings.start, settings.n_steps, optimiser)
        runners.append(Runner(optimiser, rate, taken, taken.settles_at(DONE * taken.losses[0])))
    return Race(settings, ground, tuple(sorted(runners, key=_place)))


def _place(one: Runner) -> tuple[bool, float]:
    return (True, one.walk.final_loss) if one.steps is None else (False, one.steps)


@lru_cache(maxsize=1024)
def own_rate(surface_key: str, start: Point, n_steps: int, optimiser: Name) -> float:
    """The rate at which this optimiser needs the fewest of ``n_steps`` steps, of those in ``SEARCHED``.

    One that stays in the picture goes before one that leaves it; where none arrives, the least loss counts.

    Examples
    --------
    >>> own_rate("curve", (10.0, 0.0), 25, "gd")  # by formula 1/2: there in one step
    0.5
    """
    ground = surface(surface_key)

    def order(rate: float) -> tuple[bool, bool, float, float]:
        taken = walk(ground, rate, start, n_steps, optimiser)
        steps = taken.settles_at(DONE * taken.losses[0])
        return (
            steps is None,
            taken.left_picture_at is not None,
            math.inf if steps is None else steps,
            taken.final_loss,
        )

    return min(SEARCHED, key=order)


def takeaway(shown: Race) -> str:
    """Who arrives first, how plain gradient descent does beside it, and what the rates cost.

    >>> takeaway(story(Settings(rates="same"))).split(". ")[1]
    'Gradient descent and Nesterov diverge: out of the picture at step 2 and step 1'
    """
    if not shown.moves:
        return "The start has no slope, so nobody moves. Choose another start."
    return " ".join(part for part in (_first(shown), _others(shown), _tuning(shown)) if part)


def _first(shown: Race) -> str:
    same = shown.settings.rates == "same"
    rate = f"At a rate of {shown.settings.learning_rate:g} for all, " if same else ""
    if not shown.winners:
        return capital(
            f"{rate}nobody gets down to the last {LAST} of the way "
            f"in {so_many(shown.settings.n_steps, 'step')}."
        )
    names = listed([one.said for one in shown.winners])
    verb = "tie: down" if len(shown.winners) > 1 else "is down"
    took = so_many(shown.winners[0].steps or 0, "step")
    return capital(f"{rate}{names} {verb} to the last {LAST} of the way after {took}.")


def _others(shown: Race) -> str:
    if shown.diverged:
        return _flown(shown)
    plain = shown.of("gd")
    if not shown.winners or plain in shown.winners:
        return ""
    return f"Plain gradient descent {_fate(plain, shown.settings.n_steps)}."


def _flown(shown: Race) -> str:
    gone = shown.diverged
    steps = [one.walk.left_picture_at for one in gone if one.walk.left_picture_at]
    if len(gone) > MOST_NAMES:
        names = f"{len(gone)} of {len(shown.runners)}"
        where = f"the first is out of the picture at step {min(steps)}" if steps else ""
    else:
        names = capital(listed([one.said for one in gone]))
        where = "out of the picture at " + listed([f"step {step}" for step in steps]) if steps else ""
    return f"{names} diverge{'s' * (len(gone) == 1)}: {where or 'up, not down'}."


def _tuning(shown: Race) -> str:
    if shown.settings.rates == "own":
        return (
            f"Each runs at the best of {shown.n_tried} rates tried for it: that search is part of the price."
        )
    n_there, n = len(shown.arrived), len(shown.runners)
    return f"All {n} arrive." if n_there == n else f"One rate does not suit all: {n_there} of {n} arrive."


def _fate(one: Runner, n_steps: int) -> str:
    return (
        f"is not there after {so_many(n_steps, 'step')}"
        if one.steps is None
        else f"needs {so_many(one.steps, 'step')}"
    )


def capital(sentence: str) -> str:
    """The sentence with a capital at its beginning.

    >>> capital("momentum leads")
    'Momentum leads'
    """
    return sentence[0].upper() + sentence[1:]


def commentary(shown: Race, steps: tuple[int, ...]) -> tuple[str, ...]:
    """One sentence for each of these steps: who leads, and how much of the way is left.

    >>> commentary(story(Settings()), (5,))
    ('Step 5: RMSProp leads with 0.14 % of the way left. 2 of 6 are there.',)
    """
    return tuple(_comment(shown, step) for step in steps)


def _comment(shown: Race, step: int) -> str:
    if step == 0:
        return "Start: all six at the same place."
    least = min(one.loss_at(step) for one in shown.runners)
    lead = [one.said for one in shown.runners if one.loss_at(step) == least]
    there = sum(one.steps is not None and one.steps <= step for one in shown.runners)
    if len(lead) == len(shown.runners):
        return f"Step {step}: all six are level."
    left = percent(min(max(least / shown.start_loss, 0.0), 1.0)) if shown.start_loss > 0 else "0 %"
    leads = "leads" if len(lead) == 1 else "share the lead"
    arrived = f"{there} of {len(shown.runners)} {'is' if there == 1 else 'are'} there."
    return f"Step {step}: {listed(lead)} {leads} with {left} of the way left. {arrived}"

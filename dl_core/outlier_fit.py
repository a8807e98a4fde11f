"""One strange point among 20 wines, and how far three losses let it bend their line."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from dl_core.numbers_in_words import percent, two_figures
from dl_core.robust_lines import LOSSES, Floats, Line, Loss, best_line, losses
from dl_core.wine import load_wines

N_WINES = 20  # beside the reader's own
SLIPPED = 10  # place of the wine whose alcohol, 14.1, is typed with its digits swapped: 11.4
SEED = 18
LARGEST = 1e6  # what may be typed, either way
VIEW_X, VIEW_Y = (200.0, 2000.0), (10.2, 16.2)  # what the picture shows; it never moves
NEAR = 0.7  # points: nearer than this to the others' line, a wine is no stranger


@dataclass(frozen=True)
class Settings:
    """The reader's own wine, and which loss shows what it counts."""

    x: float = 1510.0  # proline, mg per litre, ±1,000,000
    y: float = 11.4  # alcohol, % by volume, ±1,000,000
    shown: Loss = "squared"
    delta: float = 0.5  # points of alcohol, 0.1 to 3: where Huber turns from square to straight

    def __post_init__(self) -> None:
        for name, value in (("Proline", self.x), ("Alcohol", self.y)):
            if not math.isfinite(value):
                raise ValueError(f"{name}: {value} is no place for a wine. Give an ordinary number.")
            if abs(value) > LARGEST:
                raise ValueError(f"{name}: {value:.3g} is too far away. Stay within ±{LARGEST:,.0f}.")
        if self.shown not in LOSSES:
            raise ValueError(f"There is no loss “{self.shown}” here: choose one of {', '.join(LOSSES)}.")
        if not 0.1 <= self.delta <= 3:
            raise ValueError(f"Huber cannot turn at {self.delta}: choose 0.1 to 3 points.")


PRESETS = {
    "A slip of the key": Settings(),
    "A true rare case": Settings(x=310.0, y=15.8),
    "No outlier": Settings(y=14.1),
}


@dataclass(frozen=True)
class Fit:
    """One loss's best line, with the reader's wine and without it."""

    loss: Loss
    line: Line
    without: Line
    moved: float  # points that the line moved at the reader's wine, above 0 is towards it
    share: float  # part of the whole loss that this one wine makes up, 0 to 1


@dataclass(frozen=True)
class OutlierFit:
    """The wines, the reader's wine among them, and three lines."""

    settings: Settings
    x: Floats  # (20,) proline of the others
    y: Floats  # (20,) alcohol of the others
    fits: tuple[Fit, ...]  # squared, absolute, huber

    def of(self, loss: Loss) -> Fit:
        """The fit of this ``loss``."""
        return self.fits[LOSSES.index(loss)]

    @property
    def gap(self) -> float:
        """How far the wine lies from the line of the others, in points; below it is negative."""
        return self.settings.y - self.of("squared").without.at(self.settings.x)

    @property
    def outside(self) -> bool:
        """Whether the wine lies outside of the picture."""
        (left, right), (low, high) = VIEW_X, VIEW_Y
        return not (left <= self.settings.x <= right and low <= self.settings.y <= high)

    @property
    def fits_in(self) -> bool:
        """Whether the wine lies near the others' line, so that no line has a reason to move."""
        return abs(self.gap) < NEAR and not self.outside

    @property
    def leverage(self) -> bool:
        """Whether the wine lies so far to the side that even the absolute line follows it most of the way."""
        absolute = self.of("absolute")
        gap = abs(self.settings.y - absolute.without.at(self.settings.x))
        return absolute.moved > 0.5 * gap > NEAR / 2

    @property
    def residuals(self) -> Floats:
        """(21,) measured alcohol less the shown line's guess, in points; the reader's wine is the last."""
        line = self.of(self.settings.shown).line
        return np.append(self.y, self.settings.y) - line.slope * self.all_x - line.intercept

    @property
    def all_x(self) -> Floats:
        """(21,) proline; the reader's wine is the last."""
        return np.append(self.x, self.settings.x)


def story(settings: Settings) -> OutlierFit:
    """Fit three lines to the other wines and to the reader's.

    Parameters
    ----------
    settings
        Where the reader's wine lies.

    Examples
    --------
    >>> shown = story(Settings())
    >>> [pull(one.moved) for one in shown.fits]
    ['1.0 points', 'not at all', '0.3 points']
    """
    x, y = wines()
    with_x, with_y = np.append(x, settings.x), np.append(y, settings.y)
    fits = tuple(_fit(settings, loss, with_x, with_y) for loss in LOSSES)
    return OutlierFit(settings, x, y, fits)


def _fit(settings: Settings, loss: Loss, x: Floats, y: Floats) -> Fit:
    line, without = best_line(x, y, loss, settings.delta), _line_without(loss, settings.delta)
    towards = math.copysign(1.0, settings.y - without.at(settings.x))
    moved = (line.at(settings.x) - without.at(settings.x)) * towards
    each = losses(y - line.slope * x - line.intercept, loss, settings.delta)
    return Fit(loss, line, without, moved, float(each[-1] / max(each.sum(), 1e-300)))


@cache
def wines() -> tuple[Floats, Floats]:
    """Proline and alcohol of 20 wines, each (20,); the one that the reader types is not among them.

    >>> [len(column) for column in wines()]
    [20, 20]
    """
    table = load_wines()
    others = np.delete(np.arange(len(table.measurements)), SLIPPED)
    chosen = np.sort(np.random.default_rng(SEED).choice(others, N_WINES, replace=False))
    x, y = table.column("proline")[chosen], table.column("alcohol")[chosen]
    x.setflags(write=False)
    y.setflags(write=False)
    return x, y


@lru_cache(maxsize=256)
def _line_without(loss: Loss, delta: float) -> Line:
    return best_line(*wines(), loss, delta)


def takeaway(shown: OutlierFit) -> str:
    """Up to three short sentences: where the wine lies, how far each line followed, what it makes up.

    >>> takeaway(story(Settings(y=14.1))).split(". ")[0]
    'Your wine lies 0.43 points under the line of the other 20'
    """
    if shown.outside:
        return (
            f"Your wine lies outside of the picture; the arrow points to it. {_pulls(shown)} {_share(shown)}"
        )
    side = "over" if shown.gap > 0 else "under"
    first = f"Your wine lies {two_figures(abs(shown.gap))} points {side} the line of the other {N_WINES}"
    if shown.fits_in:
        most = max(abs(one.moved) for one in shown.fits)
        return f"{first}. It fits in, so no line moves by more than {two_figures(most)} points there."
    return f"{first}. {_pulls(shown)} {_share(shown)}"


def _pulls(shown: OutlierFit) -> str:
    squared, absolute, huber = shown.fits
    found = (
        f"It pulls the squared line {pull(squared.moved)} its way, "
        f"the Huber line {pull(huber.moved)}, the absolute line {pull(absolute.moved)}."
    )
    if shown.leverage:
        return f"{found} So far to the side, even the absolute line follows."
    return found


def _share(shown: OutlierFit) -> str:
    fit = shown.of(shown.settings.shown)
    name = {"squared": "squared", "absolute": "absolute", "huber": "Huber"}[fit.loss]
    return f"This one wine of {N_WINES + 1} makes up {percent(fit.share)} of the whole {name} loss."


def pull(moved: float) -> str:
    """How far a line moved, in points, as a reader can see it.

    >>> pull(1.234), pull(0.098), pull(-0.01), pull(217_345.0)
    ('1.2 points', '0.1 points', 'not at all', '220,000 points')
    """
    if abs(moved) < 0.05:
        return "not at all"
    return f"{moved:.1f} points" if abs(moved) < 9.95 else f"{two_figures(moved)} points"

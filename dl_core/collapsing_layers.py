"""Depth without activation: layers once plain, once with ReLU, and the plain ones multiplied out."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from dl_core.intervals import Share, share_of
from dl_core.moon_networks import N_SEEN, Floats, Labels, Layer, Network, moons, multiplied_out, train
from dl_core.numbers_in_words import percent, short

View = Literal["borders", "sums"]
VIEWS: tuple[View, ...] = ("borders", "sums")
DEPTHS = (2, 3, 4, 5)
N_NEW = 500  # points nobody learned from
X_RANGE, Y_RANGE = (-1.5, 2.5), (-1.15, 1.65)  # the part of the plane that is looked at
PLACES = (41, 29)  # of the map, across and up


@dataclass(frozen=True)
class Settings:
    """How many layers, and what is shown of them.

    Raises
    ------
    ValueError
        If the depth or the view is not on offer.
    """

    n_layers: int = 5  # 2 to 5, the output counted
    view: View = "borders"

    def __post_init__(self) -> None:
        if self.n_layers not in DEPTHS:
            raise ValueError(f"{self.n_layers} layers are not on offer: choose {DEPTHS[0]} to {DEPTHS[-1]}.")
        if self.view not in VIEWS:
            raise ValueError(f"“{self.view}” is no view: choose one of {', '.join(VIEWS)}.")


PRESETS = {
    "Two layers": Settings(2),
    "Five layers": Settings(),
    "Five multiplied out": Settings(5, "sums"),
}


@dataclass(frozen=True, eq=False)
class Trained:
    """One network on the moons."""

    network: Network
    seen_right: NDArray[np.bool_]  # (120,) which of the points it learned from it gets right
    new: Share  # right among the new points
    map: Floats  # (29, 41) score over the plane, rows from bottom to top


@dataclass(frozen=True, eq=False)
class CollapsingLayers:
    """The same depth twice, and the plain one as a single layer."""

    settings: Settings
    points: Floats  # (120, 2)
    labels: Labels  # (120,) 1 for the upper moon
    plain: Trained
    bent: Trained
    products: tuple[Layer, ...]  # the plain layers so far as one layer, after each of them
    difference: float  # largest between the plain network and its last product, over the new points

    @property
    def line(self) -> Layer:
        """All plain layers in one: two weights and a bias."""
        return self.products[-1]


@cache
def _trained(n_layers: int, bends: bool) -> Trained:
    network = train(n_layers, bends)
    points, labels = moons(N_SEEN, seed=1)
    new, truth = moons(N_NEW, seed=2)
    right = int(((network.scores(new) > 0) == (truth == 1)).sum())
    across, up = np.linspace(*X_RANGE, PLACES[0]), np.linspace(*Y_RANGE, PLACES[1])
    spots = np.stack(np.meshgrid(across, up), axis=-1).reshape(-1, 2)
    return Trained(
        network,
        (network.scores(points) > 0) == (labels == 1),
        share_of(right, N_NEW),
        network.scores(spots).reshape(len(up), len(across)),
    )


def story(settings: Settings) -> CollapsingLayers:
    """Both networks of this depth, and the plain one as a single layer.

    Examples
    --------
    >>> shown = story(Settings(2))
    >>> shown.plain.network.n_numbers, shown.line.n_numbers
    (17, 3)
    """
    plain, bent = _trained(settings.n_layers, False), _trained(settings.n_layers, True)
    points, labels = moons(N_SEEN, seed=1)
    products = multiplied_out(plain.network.layers)
    new, _ = moons(N_NEW, seed=2)
    alone = Network(products[-1:], False).scores(new)
    difference = float(np.abs(plain.network.scores(new) - alone).max())
    return CollapsingLayers(settings, points, labels, plain, bent, products, difference)


def decimals(difference: float) -> int:
    """To how many decimals two results are the same, at most 15.

    Parameters
    ----------
    difference
        0 or more, below 1.

    Examples
    --------
    >>> decimals(3e-15), decimals(0.0), decimals(0.002)
    (14, 15, 2)
    """
    return 15 if difference == 0 else min(15, math.floor(-math.log10(difference)))


def takeaway(shown: CollapsingLayers) -> str:
    """What the depth brought with and without activation.

    Examples
    --------
    >>> takeaway(story(Settings(2)))[:64]
    'Without activation 2 layers with 17 numbers come to one line wit'
    """
    n, numbers = shown.settings.n_layers, shown.plain.network.n_numbers
    first = (
        f"Without activation {n} layers with {numbers} numbers come to one line with "
        f"{shown.line.n_numbers}: it gives the same scores to {decimals(shown.difference)} decimals."
    )
    if shown.settings.view == "sums":
        a, b, bias = (_held(float(value)) for value in (*shown.line.weights[0], *shown.line.bias))
        return f"{first} Where {a} · x + {b} · y + {bias} is over 0, it says upper moon."
    return (
        f"{first} It gets {percent(shown.plain.new.value)} of {N_NEW} new points right. "
        f"With ReLU between the layers the border bends, and {percent(shown.bent.new.value)} are right."
    )


def _held(value: float) -> str:
    """A number inside a sum: a negative one in brackets."""
    return f"({short(value)})" if value < 0 else short(value)

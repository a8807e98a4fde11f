"""Right answers against training photos, for a new head on the frozen network: measured while you wait.

Every point is a head trained on some hundred numbers that are kept of each photo, several times over, with
other photos drawn each time; all are asked about the same held-out photos.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from dl_core.intervals import Z_95
from dl_core.jobs import GoOn
from dl_core.softmax_regression import SoftmaxRegression, fit_softmax
from dl_core.transfer.cifar_features import SIZES, Features, Labels, load_features
from dl_core.transfer.heads import PENALTY, Head, scaling

Classes = tuple[int, ...]
Right = NDArray[np.bool_]

# large draws take longer to learn from, and differ less; 500 of 500 photos can be drawn in one way only
N_DRAWS = {1: 8, 2: 8, 5: 8, 10: 8, 20: 8, 50: 8, 100: 6, 200: 4, 500: 1}
STEPS = 60  # training could go on to 300; tests hold that the answers hardly change
KEPT = 32  # curves: about 100 kB each
BAND = (10, 90)  # percent of the draws below its lower and its upper edge


@dataclass(frozen=True, eq=False)
class Point:
    """Several heads, each trained on so many photos of each class."""

    n_per_class: int  # training photos of each class
    right: Right  # (draws, held-out photos): whether each answer was right

    @property
    def shares(self) -> NDArray[np.float64]:
        """(draws,) share of right answers of each head, 0 to 1."""
        return np.asarray(self.right.mean(axis=1))

    @property
    def mean(self) -> float:
        """Over the draws."""
        return float(self.right.mean())

    @property
    def band(self) -> tuple[float, float]:
        """Where the middle four fifths of the draws lie."""
        low, high = np.percentile(self.shares, BAND)
        return float(low), float(high)


@dataclass(frozen=True)
class Gain:
    """What a step up in photos is worth, in shares of right answers."""

    mean: float  # over the draws
    low: float  # of the range in which nineteen of twenty such steps are expected
    high: float


@dataclass(frozen=True)
class Curve:
    """The head's learning curve for some classes."""

    classes: Classes  # places in NAMES, rising
    points: tuple[Point, ...]  # by rising size; at least the first, and fewer draws where it was stopped

    @property
    def guess(self) -> float:
        """What blind guessing gets."""
        return 1 / len(self.classes)

    def at(self, n_per_class: int) -> Point | None:
        """The point of ``n_per_class`` photos; None where the work was stopped before it."""
        return next((point for point in self.points if point.n_per_class == n_per_class), None)

    def doubling(self, n_per_class: int) -> Gain | None:
        """From so many photos of each class to twice as many, by the line between two measured sizes.

        From 251 photos on, twice as many were not measured; None there, and where the work was stopped.

        Parameters
        ----------
        n_per_class
            1 or more.
        """
        above = next((size for size in SIZES if size >= 2 * n_per_class), None)
        below = max((size for size in SIZES if size <= n_per_class), default=None)
        if above is None or below is None:
            return None
        one, other = self.at(below), self.at(above)
        return gain(one, other, math.log(2) / math.log(above / below)) if one and other else None


def gain(one: Point, other: Point, share: float = 1.0) -> Gain:
    """What the step from one size to the other is worth, or a share of it.

    Parameters
    ----------
    one, other
        Two points; a draw of the larger holds that of the smaller.
    share
        Of the step, on the axis of doublings; 0 to 1.

    Notes
    -----
    The range has two sources: which training photos were drawn, seen in how the steps of the draws differ;
    and which photos are asked, seen in how differently each photo fares. Their variances are added, and the
    range reaches 1.96 standard deviations to both sides.

    Examples
    --------
    >>> few, many = Point(1, np.zeros((2, 4), bool)), Point(2, np.ones((2, 4), bool))
    >>> gain(few, many, 0.5)
    Gain(mean=0.5, low=0.5, high=0.5)
    """
    n = len(one.right) if len(other.right) == 1 else min(len(one.right), len(other.right))
    steps = other.shares[:n] - one.shares[:n]  # of 500 photos there is one draw, and it holds all others
    each = other.right.mean(axis=0) - one.right.mean(axis=0)  # of each held-out photo
    variance = float(each.var(ddof=1)) / len(each) + (float(steps.var(ddof=1)) if len(steps) > 1 else 0.0)
    middle, reach = share * float(steps.mean()), share * Z_95 * math.sqrt(variance)
    return Gain(middle, middle - reach, middle + reach)


def quick_head(features: Features, labels: Labels, n_classes: int, steps: int = STEPS) -> Head:
    """`fit_head` with fewer steps, and quicker for few photos: the same layer up to rounding.

    Parameters
    ----------
    features
        ``(N, 320)`` of the training photos.
    labels
        ``(N,)`` classes 0 to ``n_classes`` - 1.
    n_classes
        At least 2.
    steps
        Of training, at most.

    Notes
    -----
    The weights of a penalised layer are a mixture of its examples. Of fewer examples than features, so, only
    as many directions matter as there are examples, and the layer is found there and turned back.
    """
    mean, spread = scaling(features)
    scaled = (features - mean) / spread
    if len(scaled) >= scaled.shape[1]:
        return Head(mean, spread, fit_softmax(scaled, labels, n_classes, PENALTY, steps))
    directions, within = np.linalg.qr(scaled.T)  # (320, N), (N, N)
    layer = fit_softmax(within.T, labels, n_classes, PENALTY, steps)
    return Head(mean, spread, SoftmaxRegression(layer.weights @ directions.T, layer.bias, layer.steps))


_KEPT: OrderedDict[Classes, Curve] = OrderedDict()
_LOCK = Lock()


def learning_curve(classes: Classes, go_on: GoOn | None = None) -> Curve:
    """Train and ask all heads; kept for the next who asks about these classes.

    Parameters
    ----------
    classes
        Places in NAMES, rising, at least two.
    go_on
        Share done, 0 to 1 → whether to go on. Stopped, it returns what there is.

    Examples
    --------
    >>> curve = learning_curve((3, 5), lambda share: share < 0.1)
    >>> curve.points[0].right.shape[1], curve.guess
    (400, 0.5)
    """
    with _LOCK:
        if classes in _KEPT:
            _KEPT.move_to_end(classes)
            return _KEPT[classes]
    # the first draw of every size comes first: a part of the curve is a curve
    work = sorted((draw, size) for size, n_draws in N_DRAWS.items() for draw in range(n_draws))
    cost = np.cumsum([200 + size for _, size in work])  # roughly, as the seconds are
    found: dict[int, list[Right]] = {}
    for done, (seed, size) in enumerate(work):
        found.setdefault(size, []).append(_asked(classes, size, seed))
        if go_on and not go_on(float(cost[done] / cost[-1])) and done + 1 < len(work):
            return _curve(classes, found)
    curve = _curve(classes, found)
    with _LOCK:
        _KEPT[classes] = curve
        while len(_KEPT) > KEPT:
            _KEPT.popitem(last=False)
    return curve


def _asked(classes: Classes, n_per_class: int, seed: int) -> Right:
    features = load_features()
    asked, truth = features.held_out_of(classes)
    head = quick_head(*features.drawn(classes, n_per_class, seed), len(classes))
    return np.asarray(head.answers(asked) == truth)


def _curve(classes: Classes, found: dict[int, list[Right]]) -> Curve:
    points = []
    for size, rights in sorted(found.items()):
        right = np.stack(rights)
        right.setflags(write=False)
        points.append(Point(size, right))
    return Curve(classes, tuple(points))

"""Fits with a price on large weights: L2 in closed form, L1 along its exact path. The bias is free."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Kind = Literal["L1", "L2"]

KINDS: tuple[Kind, ...] = ("L2", "L1")
MOST_TURNS = 5_000  # of L1's path; ninety weights and forty samples take about two hundred
JUST_BELOW = 1 - 1e-9  # a weight that joins or leaves does so once


@dataclass(frozen=True)
class Weights:
    """A weighted sum: what was learned."""

    weights: Floats  # (n_features,)
    bias: float

    def guesses(self, features: Floats) -> Floats:
        """One number for each row of ``features`` (n_samples, n_features)."""
        found: Floats = features @ self.weights + self.bias
        return found

    @property
    def n_zero(self) -> int:
        """How many weights are exactly zero."""
        return int((self.weights == 0).sum())


def penalty(weights: Floats, strength: float, kind: Kind) -> float:
    """What the weights add to the loss; the bias is not asked.

    Parameters
    ----------
    weights
        (n_features,).
    strength
        λ, 0 or more.
    kind
        "L1" sums sizes, "L2" sums squares.

    Examples
    --------
    >>> three = np.array([3.0, -2.0, 0.5])
    >>> round(penalty(three, 0.1, "L1"), 4), round(penalty(three, 0.1, "L2"), 4)
    (0.55, 1.325)
    """
    sizes = np.abs(weights) if kind == "L1" else weights * weights
    return float(strength * sizes.sum())


def loss_and_gradient(
    fit: Weights, features: Floats, targets: Floats, strength: float, kind: Kind
) -> tuple[float, Floats, float]:
    """Mean squared error plus penalty, with its slope for each weight and for the bias.

    Parameters
    ----------
    features, targets
        (n_samples, n_features) and (n_samples,).
    strength, kind
        Of the penalty. In the kink of L1, at a weight of 0, its slope is taken as 0.

    Examples
    --------
    >>> fit = Weights(np.array([1.0]), 0.0)
    >>> loss, slopes, bias_slope = loss_and_gradient(fit, np.array([[2.0]]), np.array([3.0]), 0.5, "L2")
    >>> loss, slopes.tolist(), bias_slope  # missed by 1, and the weight costs 0.5
    (1.5, [-3.0], -2.0)
    """
    missed = targets - fit.guesses(features)
    pull = np.sign(fit.weights) if kind == "L1" else 2 * fit.weights
    slopes: Floats = -2 * features.T @ missed / len(targets) + strength * pull
    loss = float((missed * missed).mean()) + penalty(fit.weights, strength, kind)
    return loss, slopes, float(-2 * missed.mean())


def fit_path(
    features: Floats, targets: Floats, strengths: Sequence[float], kind: Kind
) -> tuple[Weights, ...]:
    """The best weights at each strength of the penalty.

    Parameters
    ----------
    features, targets
        (n_samples, n_features) and (n_samples,).
    strengths
        λ, each 0 or more, in any order. At 0, where many weights fit equally well, the shortest ones.
    kind
        Which penalty.

    Raises
    ------
    ValueError
        If a strength is below 0.

    Notes
    -----
    The loss is mean squared error plus λ · Σ weight² (or Σ |weight|). So λ is scikit-learn's
    ``Ridge(alpha) / n_samples`` and twice its ``Lasso(alpha)``. Between two strengths at which a weight
    joins or leaves, the L1 weights move along straight lines, so they are found exactly, turn by turn.

    Source: B. Efron, T. Hastie, I. Johnstone, R. Tibshirani, "Least angle regression", Annals of Statistics
    32 (2004), the lasso modification.

    Examples
    --------
    >>> rows, truth = np.array([[-1.0], [1.0]]), np.array([1.0, 3.0])
    >>> [fit.weights.round(2).tolist() for fit in fit_path(rows, truth, (0, 1), "L2")]
    [[1.0], [0.5]]
    """
    if min(strengths) < 0:
        raise ValueError(f"A penalty of {min(strengths)} would reward large weights: choose 0 or more.")
    middle, height = features.mean(axis=0), float(targets.mean())
    inputs, wanted = features - middle, targets - height
    found = (_shrunk if kind == "L2" else _sparse)(inputs, wanted, strengths)
    # the bias is what is left once every input stands at its mean; no penalty has a say in it
    return tuple(Weights(each, height - float(middle @ each)) for each in found)


def _shrunk(inputs: Floats, wanted: Floats, strengths: Sequence[float]) -> list[Floats]:
    """One decomposition serves every strength."""
    left, sizes, right = np.linalg.svd(inputs, full_matrices=False)
    known = sizes > sizes[0] * 1e-10  # the other directions hold nothing but rounding
    left, sizes, right = left[:, known], sizes[known], right[known]
    told = left.T @ wanted
    return [right.T @ (told * sizes / (sizes**2 + len(inputs) * each)) for each in strengths]


def _sparse(inputs: Floats, wanted: Floats, strengths: Sequence[float]) -> list[Floats]:
    """Down the path from the penalty at which every weight is zero; at 0 the shortest weights."""
    found = {each: np.zeros(inputs.shape[1]) for each in strengths}
    if 0 in found:
        found[0] = _shrunk(inputs, wanted, [0.0])[0]
    asked = sorted((each for each in found if each > 0), reverse=True)
    for high, low, base, turn in _stretches(
        2 * inputs.T @ inputs / len(inputs), 2 * inputs.T @ wanted / len(inputs)
    ):
        while asked and asked[0] > high:
            asked.pop(0)  # stronger than where the path begins: all zero
        while asked and asked[0] >= low:
            each = asked.pop(0)
            found[each] = base - each * turn
        if not asked:
            break
    return [found[each] for each in strengths]


def _stretches(gram: Floats, pull: Floats) -> Iterator[tuple[float, float, Floats, Floats]]:
    """Stretches of the path: on each, from λ = ``high`` down to ``low``, the weights are base - λ · turn."""
    first = int(np.argmax(np.abs(pull)))
    active, high = [first], float(abs(pull[first]))
    signs = [float(np.sign(pull[first]))]
    for _ in range(MOST_TURNS):
        if high <= 0:
            return
        base, turn = np.zeros(len(pull)), np.zeros(len(pull))
        solved = np.linalg.solve(gram[np.ix_(active, active)], np.column_stack([pull[active], signs]))
        base[active], turn[active] = solved.T
        low, place = _next_turn(active, high, (base, turn), (pull - gram @ base, gram @ turn))
        yield high, low, base, turn
        if place in active:
            at = active.index(place)
            active.pop(at)
            signs.pop(at)
        else:
            active.append(place)
            signs.append(float(np.sign((pull - gram @ (base - low * turn))[place])))
        high = low


def _next_turn(
    active: list[int], high: float, weights: tuple[Floats, Floats], slopes: tuple[Floats, Floats]
) -> tuple[float, int]:
    """The next λ at which a weight reaches zero, or a zero's slope reaches λ; and which weight that is."""
    (base, turn), (rest, growth) = weights, slopes
    asleep = np.ones(len(base), dtype=bool)
    asleep[active] = False
    with np.errstate(divide="ignore", invalid="ignore"):
        turns = np.stack([rest / (1 - growth), -rest / (1 + growth), base / turn])
    turns[:2, ~asleep] = 0.0
    turns[2, asleep] = 0.0
    turns[~((turns > 0) & (turns < high * JUST_BELOW))] = 0.0  # not a number counts as no turn
    best = turns.max(axis=0)
    place = int(np.argmax(best))
    return float(best[place]), place

"""How two models divide a plane, and how often they are right: all that no single question changes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dl_core.intervals import Share, share_of
from dl_core.nearest_neighbours import NearestNeighbours
from dl_core.softmax_regression import SoftmaxRegression

TIE = 255  # what a boundary grid holds where two classes share the first place

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]
Grid = NDArray[np.uint8]


@dataclass(frozen=True)
class Sample:
    """Points, and the class that each one truly has."""

    points: Floats  # (n, 2)
    labels: Labels  # (n,)


@dataclass(frozen=True)
class Regions:
    """One model on the plane."""

    grid: Grid  # (n_places, n_places) class at each place, row = y; TIE where tied
    confidence_grid: Grid  # (n_places, n_places) confidence in percent, 0 to 100
    seen: Share  # right answers on the points it was given
    unseen: Share  # right answers on new points


def knn_regions(model: NearestNeighbours, places: Floats, seen: Sample, unseen: Sample) -> Regions:
    """The neighbours' regions on a square grid, and their right answers.

    Parameters
    ----------
    model
        The stored points are ``seen``'s.
    places
        The grid's coordinates, the same in x and y.
    seen, unseen
        What the model was given, and new points.

    Examples
    --------
    >>> two = Sample(np.array([[0.0, 0.0], [9.0, 0.0]]), np.array([0, 1]))
    >>> knn_regions(NearestNeighbours(two.points, two.labels, 2), np.array([0.0, 9.0]), two, two).grid
    array([[0, 1],
           [0, 1]], dtype=uint8)
    """
    here = model.verdicts_on_grid(places)
    winners = np.where(here.tied, TIE, here.answers)
    given, new = (model.verdicts(sample.points).answers for sample in (seen, unseen))
    return _regions(winners, here.counts.max(axis=1) / model.k, places, (given, seen), (new, unseen))


def softmax_regions(model: SoftmaxRegression, places: Floats, seen: Sample, unseen: Sample) -> Regions:
    """The same for softmax, which never ties.

    Examples
    --------
    >>> two = Sample(np.array([[0.0, 0.0], [9.0, 0.0]]), np.array([0, 1]))
    >>> model = SoftmaxRegression(np.array([[-1.0, 0.0], [1.0, 0.0]]), np.array([4.0, -4.0]))
    >>> softmax_regions(model, np.array([0.0, 9.0]), two, two).confidence_grid
    array([[100, 100],
           [100, 100]], dtype=uint8)
    """
    spots = np.stack(np.meshgrid(places, places), axis=-1).reshape(-1, 2)
    shares = model.probabilities(spots)
    given, new = (model.answers(sample.points) for sample in (seen, unseen))
    return _regions(shares.argmax(axis=1), shares.max(axis=1), places, (given, seen), (new, unseen))


def _regions(winners: Labels, sure: Floats, places: Floats, *piles: tuple[Labels, Sample]) -> Regions:
    square = (len(places), len(places))
    right = (share_of(int((said == pile.labels).sum()), len(said)) for said, pile in piles)
    return Regions(
        winners.astype(np.uint8).reshape(square),
        np.round(100 * sure).astype(np.uint8).reshape(square),
        *right,
    )

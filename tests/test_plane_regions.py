import numpy as np
import pytest

from dl_core.nearest_neighbours import NearestNeighbours
from dl_core.plane_regions import TIE, Sample, knn_regions, softmax_regions
from dl_core.softmax_regression import SoftmaxRegression

RNG = np.random.default_rng(3)
SEEN = Sample(RNG.normal(0, 1, (40, 2)), RNG.integers(0, 3, 40))
UNSEEN = Sample(RNG.normal(0, 1, (90, 2)), RNG.integers(0, 3, 90))
PLACES = np.linspace(-2, 2, 13)
SPOTS = np.array([[x, y] for y in PLACES for x in PLACES])


@pytest.mark.parametrize("metric", ["L1", "L2"])
@pytest.mark.parametrize("k", [1, 4, 40])
def test_knn_regions_are_the_votes_at_every_place(metric, k):
    model = NearestNeighbours(SEEN.points, SEEN.labels, 3, k, metric)
    found, votes = knn_regions(model, PLACES, SEEN, UNSEEN), model.votes(SPOTS)
    np.testing.assert_array_equal(found.grid.ravel(), np.where(votes.tied, TIE, votes.answers))
    np.testing.assert_array_equal(found.confidence_grid.ravel(), (100 * votes.counts.max(axis=1) / k).round())
    for share, pile in ((found.seen, SEEN), (found.unseen, UNSEEN)):
        assert share.hits == (model.votes(pile.points).answers == pile.labels).sum()
        assert share.n == len(pile.labels)


def test_softmax_regions_are_its_answers_at_every_place():
    model = SoftmaxRegression(RNG.normal(0, 2, (3, 2)), RNG.normal(0, 1, 3))
    found = softmax_regions(model, PLACES, SEEN, UNSEEN)
    np.testing.assert_array_equal(found.grid.ravel(), model.answers(SPOTS))
    np.testing.assert_array_equal(
        found.confidence_grid.ravel(), (100 * model.probabilities(SPOTS).max(axis=1)).round()
    )
    assert found.unseen.hits == (model.answers(UNSEEN.points) == UNSEEN.labels).sum()

import numpy as np
import pytest
from sklearn.neighbors import NearestNeighbors

from dl_core.offline.pixel_neighbours import differences, nearest_photos

RNG = np.random.default_rng(3)


def smooth_photos(n):
    """Photos with large even areas, like real ones, so that the short cut has something to rule out."""
    rough = RNG.integers(0, 200, (n, 4, 4, 3)).repeat(8, axis=1).repeat(8, axis=2)
    return (rough + RNG.integers(0, 40, (n, 32, 32, 3))).astype(np.uint8).reshape(n, -1)


EXAMPLES, QUERIES = smooth_photos(300), smooth_photos(7)


@pytest.mark.parametrize(("metric", "name"), [("L1", "manhattan"), ("L2", "euclidean")])
@pytest.mark.parametrize("keep", [1, 5, 300])
def test_neighbours_are_exactly_scikit_learns(metric, name, keep):
    search = NearestNeighbors(n_neighbors=keep, metric=name, algorithm="brute").fit(EXAMPLES.astype(float))
    gaps, _ = search.kneighbors(QUERIES.astype(float))
    found = nearest_photos(QUERIES, EXAMPLES, metric, keep)
    apart = QUERIES.astype(float)[:, None] - EXAMPLES.astype(float)[found]
    ours = np.abs(apart).sum(axis=2) if metric == "L1" else np.sqrt((apart**2).sum(axis=2))
    np.testing.assert_allclose(ours, gaps)


def test_bytes_never_wrap_around():
    black, white = np.zeros(3072, dtype=np.uint8), np.full((1, 3072), 255, dtype=np.uint8)
    assert differences(black, white).tolist() == [3072 * 255]


def test_equal_distances_keep_the_stored_order():
    twins = np.concatenate([EXAMPLES[:1]] * 3)
    for metric in ("L1", "L2"):
        assert nearest_photos(QUERIES[:1], twins, metric, 3).tolist() == [[0, 1, 2]]

import numpy as np
import pytest

from dl_core.point_clouds import LAYOUTS, point_cloud


@pytest.mark.parametrize("layout", LAYOUTS)
def test_classes_share_the_points_evenly_and_stay_on_the_plane(layout):
    points, labels = point_cloud(layout, 200, 4, 0.3, seed=2)
    assert np.bincount(labels).tolist() == [50] * 4
    assert np.abs(points).max() < 4.5


def test_tidy_rings_have_the_radius_of_their_class():
    points, labels = point_cloud("rings", 400, 3, 0.0, seed=5)
    radius = np.hypot(*points.T)
    # rings at 0.5, 1.5, 2.5
    assert [round(float(radius[labels == c].mean()), 1) for c in range(3)] == [0.5, 1.5, 2.5]


def test_same_seed_same_points_other_seed_other_points():
    one, two, other = (point_cloud("spirals", 30, 2, 0.1, seed)[0] for seed in (4, 4, 5))
    np.testing.assert_array_equal(one, two)
    assert not np.allclose(one, other)


def test_unknown_layouts_and_too_few_points_are_refused_in_words():
    with pytest.raises(ValueError, match="choose one of groups"):
        point_cloud("moons", 20, 2, 0.1, 0)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="too few"):
        point_cloud("groups", 2, 3, 0.1, 0)

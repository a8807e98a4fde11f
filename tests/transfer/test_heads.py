"""A new head: what it scales by, and that one feature never decides alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.preprocessing import StandardScaler

from dl_core.transfer.checked import checked
from dl_core.transfer.heads import LEAST_SPREAD, fit_head, scaling
from dl_core.transfer.leaning import lent
from dl_core.transfer.strange import strangers_to
from dl_core.transfer.tasks import ready_made


def test_where_features_spread_alike_it_is_scikit_learns_scaling():
    rows = np.random.default_rng(0).normal(3, 2, (50, 6)).astype(np.float32)
    reference = StandardScaler().fit(rows.astype(float))
    mean, spread = scaling(rows)
    np.testing.assert_allclose(mean, reference.mean_)
    np.testing.assert_allclose(spread, reference.scale_)


def test_the_least_spread_by_hand():
    # spreads 3, 0.004 and 0: root of the mean square = 3 / sqrt(3) = 1.732, a tenth of it 0.1732
    mean, spread = scaling(np.array([[1.0, 0.0, 5.0], [7.0, 0.008, 5.0]], np.float32))
    np.testing.assert_allclose(mean, [4, 0.004, 5], rtol=1e-6)
    np.testing.assert_allclose(spread, [3, LEAST_SPREAD * 3 / 3**0.5, LEAST_SPREAD * 3 / 3**0.5], rtol=1e-5)


def test_where_nothing_varies_nothing_is_blown_up():
    assert scaling(np.full((4, 3), 2.5, np.float32))[1].tolist() == [1, 1, 1]


@given(st.integers(0, 1000), st.floats(0.1, 100))
def test_the_unit_of_the_features_does_not_matter(seed, unit):
    rows = np.random.default_rng(seed).random((6, 5))
    first, second = scaling(rows), scaling(unit * rows)
    np.testing.assert_allclose(second[1], unit * first[1])
    np.testing.assert_allclose(second[0], unit * first[0])


def test_a_feature_that_hardly_stirred_does_not_decide_alone():
    rng = np.random.default_rng(1)
    labels = np.repeat([0, 1], 3)
    rows = rng.normal(size=(6, 10)) + 2 * labels[:, None]
    rows[:, 9] = [0, 1e-4, 0, 0, 0, 0]  # stirred on one picture of class 0
    asked = rows[3:4] + 0  # a picture of class 1 ...
    asked[0, 9] = 1.0  # ... that really has it
    assert fit_head(rows, labels, 2).answers(asked).tolist() == [1]


@pytest.mark.parametrize("key", ["fabrics", "fruit", "numbers"])
def test_points_lent_stay_readable_with_three_pictures_a_class(key):
    pictures = ready_made(key)
    found = checked(pictures, 3, 0)
    train = found.split.train
    stored, labels = found.features[train], pictures.labels[train]
    for kind in strangers_to(pictures):
        for asked in kind.features[:4]:
            answer = int(found.head.probabilities(asked[None])[0].argmax())
            apart = lent(found.head, stored, labels, asked, answer)
            assert abs(apart.points).max() < 20  # without the least spread: up to 1,645
            assert apart.points.sum() + apart.bias == pytest.approx(apart.score, abs=0.1)

"""The builder's data sets: promised shapes, fair piles, one scale, and rules that a line cannot follow."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sklearn.datasets import load_iris
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor

from dl_core.mlp.data import KINDS, MEASURED, DataSet, Settings, deal, make

MADE = tuple(kind for kind in KINDS if kind not in MEASURED)


@pytest.mark.parametrize("kind", KINDS)
def test_every_set_is_complete(kind):
    data = make(Settings(kind)).data
    n, d = data.inputs.shape
    assert n == {"iris": 150, "wine": 178}.get(kind, 250)
    assert d == len(data.columns) == len(set(data.columns))
    assert np.isfinite(data.inputs).all()
    assert data.made.startswith("Real: " if kind in MEASURED else "Made up here: ")
    assert data.made.endswith(".")
    if data.task == "classes":
        assert data.targets.dtype == np.int64
        assert np.unique(data.targets).tolist() == list(range(len(data.classes)))
        assert data.unit == ""
    else:
        assert data.targets.dtype == np.float64
        assert data.unit
        assert data.classes == ()


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_settings_make_the_same_piles_and_another_seed_others(kind):
    first, again, other = (make(Settings(kind, seed=seed)) for seed in (3, 3, 4))
    assert np.array_equal(first.inputs, again.inputs)
    assert np.array_equal(first.test, again.test)
    assert not np.array_equal(first.test, other.test)


@pytest.mark.parametrize("kind", MADE)
def test_another_split_keeps_the_rows(kind):
    few, many = (make(Settings(kind, test_share=share)) for share in (0.2, 0.6))
    assert np.array_equal(few.data.inputs, many.data.inputs)
    assert len(few.test) < len(many.test)


@hypothesis_settings(deadline=None)
@given(st.sampled_from(KINDS), st.integers(30, 300), st.floats(0, 1), st.floats(0.1, 0.9), st.integers(0, 9))
def test_no_row_is_in_two_piles_and_every_class_is_in_both(kind, n, noise, test_share, seed):
    dealt = make(Settings(kind, n, noise, test_share, seed))
    everything = np.concatenate([dealt.train, dealt.test])
    assert np.array_equal(np.sort(everything), np.arange(len(dealt.data.targets)))
    for pile in (dealt.train, dealt.test):
        for label in range(len(dealt.data.classes)):
            assert (dealt.data.targets[pile] == label).any()


def test_each_class_gives_the_same_share_to_the_test():
    dealt = make(Settings("wine", test_share=0.25))
    # 59, 71 and 48 wines; a quarter, rounded: 15, 18 and 12
    assert np.bincount(dealt.data.targets[dealt.test]).tolist() == [15, 18, 12]


@pytest.mark.parametrize("kind", KINDS)
def test_the_training_pile_alone_sets_the_scale(kind):
    dealt = make(Settings(kind))
    assert dealt.inputs[dealt.train].mean(axis=0) == pytest.approx(np.zeros(dealt.n_inputs), abs=1e-12)
    assert dealt.inputs[dealt.train].std(axis=0) == pytest.approx(np.ones(dealt.n_inputs))
    back = dealt.inputs * dealt.spread + dealt.mean
    assert back == pytest.approx(dealt.data.inputs)
    if dealt.data.task == "regression":
        assert dealt.targets[dealt.train].mean() == pytest.approx(0, abs=1e-12)
        assert dealt.in_units(dealt.targets) == pytest.approx(dealt.data.targets)


def toy(inputs: list[float], labels: list[int]) -> DataSet:
    rows = np.array(inputs)[:, None]
    return DataSet("toy", "classes", rows, np.array(labels), ("a", "b"), ("size",), "", "Made up.")


def test_a_column_that_does_not_vary_in_training_is_left_in_place():
    dealt = deal(toy([7.1] * 6, [0, 1] * 3), 0.5, seed=0)
    assert dealt.spread.tolist() == [1.0]
    assert dealt.inputs == pytest.approx(np.zeros((6, 1)))


def test_a_row_far_beyond_all_training_is_held_at_a_hundred_spreads():
    dealt = deal(toy([0.0, 1.0, 0.0, 1.0], [0, 0, 1, 1]), 0.5, seed=0)
    assert np.abs(dealt.scaled(np.array([[1e15], [-1e15]]))).ravel().tolist() == [100.0, 100.0]


def test_a_class_of_one_row_is_trained_on():
    dealt = deal(toy([1.0, 2.0, 3.0, 4.0], [0, 0, 0, 1]), 0.5, seed=0)
    assert 3 in dealt.train


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"kind": "cheese"}, 'No data set is called "cheese": choose one of circle, '),
        ({"n": 29}, "29 rows: choose 30 to 2,000."),
        ({"noise": -0.1}, r"A noise of -0.1: choose 0 \(none\) to 1"),
        ({"test_share": 0.95}, "A test pile of 95% of the rows: choose 10 % to 90 %."),
        ({"seed": -1}, "A seed of -1: choose 0 or more."),
    ],
)
def test_settings_refuse_nonsense_in_the_readers_words(change, told):
    with pytest.raises(ValueError, match=told):
        Settings(**change)


def test_a_pile_without_rows_is_refused():
    with pytest.raises(ValueError, match="leave some rows for each pile"):
        deal(toy([1.0, 2.0], [0, 1]), 1.0, seed=0)


@pytest.mark.parametrize("kind", ["circle", "xor", "spiral", "surface", "delivery"])
def test_neighbours_learn_by_a_wide_margin_what_a_line_cannot(kind):
    dealt = make(Settings(kind, n=600, noise=0.0, test_share=0.5))
    classes = dealt.data.task == "classes"
    line, neighbours = (
        (LogisticRegression(), KNeighborsClassifier(5))
        if classes
        else (LinearRegression(), KNeighborsRegressor(5))
    )
    rows, targets = dealt.inputs, dealt.targets
    scores = [
        model.fit(rows[dealt.train], targets[dealt.train]).score(rows[dealt.test], targets[dealt.test])
        for model in (line, neighbours)
    ]
    assert scores[1] > scores[0] + 0.05


@pytest.mark.parametrize("kind", MADE)
def test_noise_makes_every_made_up_set_harder(kind):
    model = (
        KNeighborsRegressor(5) if make(Settings(kind)).data.task == "regression" else KNeighborsClassifier(5)
    )
    scores = []
    for noise in (0.0, 1.0):
        dealt = make(Settings(kind, n=1000, noise=noise))
        model.fit(dealt.inputs[dealt.train], dealt.targets[dealt.train])
        scores.append(model.score(dealt.inputs[dealt.test], dealt.targets[dealt.test]))
    assert scores[1] < scores[0] - 0.1


def test_the_shapes_are_what_they_are_called():
    tidy = {kind: make(Settings(kind, noise=0.0)).data for kind in ("circle", "xor")}
    radius = np.hypot(*tidy["circle"].inputs.T)
    assert radius[tidy["circle"].targets == 0].max() < 2.2 < 3.4 < radius[tidy["circle"].targets == 1].min()
    assert np.array_equal(tidy["xor"].inputs.prod(axis=1) < 0, tidy["xor"].targets == 1)


def test_the_hill_stands_where_it_is_said_and_as_high():
    data = make(Settings("surface", noise=0.0, n=2000)).data
    assert 2.9 < data.targets.max() < 3.0
    assert data.inputs[data.targets.argmax()] == pytest.approx([2.0, 2.0], abs=0.3)
    assert data.inputs[data.targets.argmin()] == pytest.approx([-2.0, -2.0], abs=0.3)


def test_thirty_five_in_a_hundred_orders_come_back():
    for seed in range(3):
        assert make(Settings("returns", n=200, seed=seed)).data.targets.sum() == 70


def test_without_noise_delivery_follows_the_rule_that_is_told():
    data = make(Settings("delivery", noise=0.0)).data
    distance, stops, waiting, rain, hour = data.inputs.T
    hours = 3 + distance / 40 * (1 + 0.15 * rain) + stops / 4
    hours += 0.06 * np.maximum(waiting - 300, 0) + 8 * (hour > 16)
    on_time = np.abs(hour - 16) > 0.06  # the columns are rounded, so at the cut-off itself either may hold
    assert data.targets[on_time] == pytest.approx(hours[on_time], abs=0.3)


def test_our_irises_are_the_ones_that_ship_with_scikit_learn():
    data, reference = make(Settings("iris")).data, load_iris()
    assert np.array_equal(data.inputs, reference.data)
    assert np.array_equal(data.targets, reference.target)
    assert list(data.columns) == reference.feature_names
    assert list(data.classes) == reference.target_names.tolist()
    with pytest.raises(ValueError, match="read-only"):
        data.inputs[0, 0] = 1.0

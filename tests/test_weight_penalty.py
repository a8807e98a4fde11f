import numpy as np
import pytest
from sklearn.linear_model import Lasso, Ridge

from dl_core.penalised_fit import KINDS
from dl_core.weight_penalty import (
    PRESETS,
    STRENGTHS,
    Settings,
    points,
    problem,
    root_mean_square,
    story,
    takeaway,
)
from tests.readability import read

every_setting = pytest.mark.parametrize(
    "chosen", [Settings(strength, kind) for kind in KINDS for strength in STRENGTHS], ids=str
)


def test_no_wine_lies_in_two_piles_and_all_lie_in_one():
    _, _, piles = problem()
    every = np.concatenate([piles.train, piles.validation, piles.test])
    assert sorted(every.tolist()) == list(range(178))
    assert (len(piles.train), len(piles.validation), len(piles.test)) == (40, 69, 69)


def test_the_features_are_standard_on_the_training_wines_only():
    features, _, piles = problem()
    # 12 measurements, 12 squares and 12 · 11 / 2 = 66 products
    assert features.shape == (178, 12 + 12 + 66)
    assert features[piles.train].mean(axis=0) == pytest.approx(0, abs=1e-9)
    assert features[piles.train].std(axis=0) == pytest.approx(1)
    assert np.abs(features[piles.validation].mean(axis=0)).max() > 0.1


def test_the_errors_are_what_the_reference_library_measures():
    features, targets, piles = problem()
    for kind, strength, model in (
        ("L2", 2.0, Ridge(alpha=2.0 * 40)),
        ("L1", 0.3, Lasso(alpha=0.15, tol=1e-10, max_iter=100_000)),
    ):
        model.fit(features[piles.train], targets[piles.train])
        step = story(Settings(strength, kind)).now
        for pile, ours in (
            (piles.train, step.train),
            (piles.validation, step.validation),
            (piles.test, step.test),
        ):
            theirs = np.sqrt(np.square(model.predict(features[pile]) - targets[pile]).mean())
            assert ours == pytest.approx(theirs, rel=1e-6)


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_penalty_it_memorises_and_loses_to_the_average(kind):
    shown = story(Settings(0.0, kind))
    assert shown.now.train < 1e-9
    assert shown.now.validation > 1.5 * shown.average
    assert shown.regime == "none"


@pytest.mark.parametrize("kind", KINDS)
def test_the_best_penalty_halves_the_miss_on_unseen_wines(kind):
    shown = story(Settings(0.0, kind))
    for pile in ("validation", "test"):  # the test wines agree, though nothing was chosen on them
        assert getattr(shown.best, pile) < getattr(shown.free, pile) / 2
    assert 0 < shown.best.gap < 0.2


def test_the_preset_about_right_is_the_best_of_l2():
    assert story(PRESETS["About right"]).best.strength == PRESETS["About right"].strength
    assert [story(one).regime for one in PRESETS.values()] == ["none", "right", "strong"]


def test_l2_keeps_every_weight_and_l1_few():
    assert story(Settings(2.0, "L2")).now.fit.n_zero == 0
    assert story(Settings(0.3, "L1")).now.fit.n_zero > 70


def test_the_size_of_a_miss_by_hand():
    # √((9 + 16) / 2)
    assert root_mean_square(np.array([3.0, -4.0])) == pytest.approx(3.5355, abs=1e-4)


@every_setting
def test_the_sentence_holds_both_errors_in_plain_words(chosen):
    shown = story(chosen)
    said = takeaway(shown)
    assert f"its own 40 wines by {points(shown.now.train)} points" in said
    assert f"69 others by {points(shown.now.validation)}" in said
    assert "nan" not in said
    reading = read([said])
    assert reading.grade <= 9
    assert all(len(one.split()) <= 25 for one in reading.sentences)


def test_a_model_of_nothing_but_a_bias_is_called_so():
    assert "only the bias is left" in takeaway(story(Settings(100.0, "L1")))


@pytest.mark.parametrize(
    ("given_", "says"),
    [
        ({"strength": 0.4}, "λ = 0.4 was not measured"),
        ({"strength": float("nan")}, "not measured"),
        ({"kind": "L3"}, "“L3”"),
    ],
)
def test_nonsense_is_refused_in_the_reader_s_words(given_, says):
    with pytest.raises(ValueError, match=says):
        Settings(**given_)

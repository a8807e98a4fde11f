import math
import re

import numpy as np
import pytest
import torch
from scipy.optimize import minimize_scalar
from sklearn.metrics import log_loss

from dl_core.digit_question import shared_study
from dl_core.softmax_regression import softmax
from dl_core.temperature_measured import (
    BLIND,
    HELD,
    TEMPERATURES,
    Judged,
    Settings,
    checked_on_test,
    models,
    story,
    takeaway,
)
from dl_core.vision.calibration import fit_temperature
from tests.readability import sentences, words

every_model = pytest.mark.parametrize("place", [0, 1], ids=["too sure", "too timid"])


@every_model
@pytest.mark.parametrize("heat", [1.0, 3.0])  # colder, scikit-learn clips shares and charges less
def test_the_mean_loss_is_scikit_learns(place, heat):
    judged = models()[place].validation
    theirs = log_loss(judged.labels, softmax(judged.logits / heat), labels=range(10))
    assert judged.mean_loss(heat) == pytest.approx(theirs)


@every_model
def test_the_mean_loss_is_torchs_also_where_it_is_cold(place):
    judged = models()[place].validation
    cold = torch.tensor(judged.logits / 0.1)
    theirs = torch.nn.functional.cross_entropy(cold, torch.tensor(judged.labels)).item()
    assert judged.mean_loss(0.1) == pytest.approx(theirs)


@every_model
def test_the_best_temperature_is_the_bottom_of_the_valley(place):
    model = models()[place]
    theirs = minimize_scalar(model.validation.mean_loss, bounds=(0.1, 10), method="bounded").x
    assert model.best == pytest.approx(theirs, rel=1e-3)
    assert all(loss >= model.validation.mean_loss(model.best) for _, loss in model.curve)


def test_one_model_is_too_sure_and_the_other_too_timid():
    sure, timid = models()
    assert sure.too_sure
    assert not timid.too_sure
    assert sure.best > 1.5
    assert timid.best < 0.75


def test_the_temperature_also_helps_where_it_was_not_chosen():
    for model in models():
        assert model.test.mean_loss(model.best) < model.test.mean_loss(1.0)
    assert checked_on_test(story(Settings())).startswith("Checked on 539 test digits")


def test_the_timid_model_is_the_one_of_the_other_lesson():
    study = shared_study()
    assert study.penalty == HELD
    held = study.digits.features[study.piles.validation]
    np.testing.assert_allclose(models()[1].validation.logits, study.softmax.logits(held), atol=1e-6)


def test_a_model_made_to_be_twice_too_sure_gets_temperature_2():
    # scores drawn so that softmax is right as often as it says, then doubled
    rng = np.random.default_rng(5)
    logits = rng.normal(0, 2, (20_000, 3))
    labels = (rng.random(20_000)[:, None] > softmax(logits).cumsum(axis=1)).sum(axis=1)
    assert fit_temperature(2 * logits, labels) == pytest.approx(2, rel=0.03)


def test_dear_answers_are_those_above_a_blind_guess():
    assert pytest.approx(2.302585) == BLIND  # ln 10
    told = story(Settings()).sure
    shares = softmax(told.model.validation.logits)
    right = shares[np.arange(len(shares)), told.model.validation.labels]
    assert told.n_dear == (right < 0.1).sum()
    losses = -np.log(right)
    assert told.dear_share == pytest.approx(losses[right < 0.1].sum() / losses.sum())
    assert told.dear_share > 0.7  # few answers, most of the loss: the page's claim
    assert told.n_dear / len(shares) < 0.1


@pytest.mark.parametrize("heat", TEMPERATURES)
def test_the_sentence_is_short_and_says_the_loss_here(heat):
    shown = story(Settings(heat))
    told = takeaway(shown)
    assert max(len(words(each)) for each in sentences(told)) <= 25
    assert f"At temperature {heat:g} " in told
    assert not re.search(r"inf|nan", told)


def test_at_its_best_the_sentence_says_so():
    assert "this is as good as it gets" in takeaway(story(Settings(models()[0].best)))


def test_without_a_dear_answer_the_sentence_says_so():
    calm = Judged(np.eye(10) * 9, np.arange(10))
    assert calm.n_wrong == 0
    assert calm.losses(1.0).max() < BLIND


@pytest.mark.parametrize("heat", [0.0, 11.0, math.nan])
def test_nonsense_is_refused_with_what_to_do(heat):
    with pytest.raises(ValueError, match=re.escape("choose 0.1 to 10")):
        Settings(heat)

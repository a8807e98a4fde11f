import math
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from dl_core.digits import load_digits
from dl_core.one_nudge import (
    EARLY_RATE,
    MOST_SEEN,
    N_NUMBERS,
    PRESETS,
    PRINTED,
    RATES,
    RIVAL,
    TRUTH,
    Settings,
    cross_entropy,
    slopes,
    story,
    takeaway,
    young_model,
)
from dl_core.piles import split_piles
from dl_core.softmax_regression import softmax
from tests.readability import sentences, words

every_setting = pytest.mark.parametrize(
    "chosen", [Settings(rate, n) for rate in (0.0, *RATES, 100.0) for n in (0, 1, 7, 20)], ids=str
)


def test_the_articles_shares_cost_what_it_says():
    # N16: −ln 0.1 = 2.302585, also the loss of guessing blindly among ten; −ln 0.6 = 0.510826
    assert PRINTED == (0.1, 0.6)
    assert cross_entropy(PRINTED[0]) == pytest.approx(2.302585, abs=1e-6)
    assert cross_entropy(PRINTED[1]) == pytest.approx(0.510826, abs=1e-6)
    assert cross_entropy(1) == 0
    assert math.isfinite(cross_entropy(0.0))


def test_the_picture_is_a_4_of_the_training_pile_that_the_model_has_not_seen():
    young, digits = young_model(), load_digits()
    piles = split_piles(digits.labels, 0.5, 0.2, 0)
    order = np.random.default_rng(0).permutation(piles.train)
    assert digits.labels[young.number] == TRUTH
    assert young.number in order[young.seen :]
    assert young.number not in order[: young.seen]
    np.testing.assert_array_equal(young.picture, digits.images[young.number])
    assert young.others.shape == (len(piles.validation), 65)


def test_the_young_model_is_what_torch_gets_from_the_same_digits():
    young, digits = young_model(), load_digits()
    order = np.random.default_rng(0).permutation(split_piles(digits.labels, 0.5, 0.2, 0).train)[: young.seen]
    layer = torch.nn.Linear(64, 10, dtype=torch.float64)
    torch.nn.init.zeros_(layer.weight)
    torch.nn.init.zeros_(layer.bias)
    optimiser = torch.optim.SGD(layer.parameters(), lr=EARLY_RATE)
    for i in order:
        optimiser.zero_grad()
        scores = layer(torch.tensor(digits.features[[i]]))
        torch.nn.functional.cross_entropy(scores, torch.tensor(digits.labels[[i]])).backward()
        optimiser.step()
    np.testing.assert_allclose(young.weights[:, :-1], layer.weight.detach().numpy(), atol=1e-10)
    np.testing.assert_allclose(young.weights[:, -1], layer.bias.detach().numpy(), atol=1e-10)


def test_no_unseen_4_at_any_stage_comes_nearer_to_the_articles_shares():
    digits = load_digits()
    rows = np.column_stack([digits.features, np.ones(len(digits.labels))])
    order = np.random.default_rng(0).permutation(split_piles(digits.labels, 0.5, 0.2, 0).train)
    weights, gaps = np.zeros((10, 65)), []
    for n in range(1, MOST_SEEN + 1):
        shown = rows[order[n - 1]]
        shares = softmax(weights @ shown)
        shares[digits.labels[order[n - 1]]] -= 1
        weights = weights - EARLY_RATE * np.outer(shares, shown)
        for i in order[n:]:
            if digits.labels[i] == TRUTH:
                given = softmax(weights @ rows[i])
                gaps.append((abs(given[TRUTH] - 0.1) + abs(given[RIVAL] - 0.6), n, int(i)))
    young = young_model()
    assert min(gaps)[1:] == (young.seen, young.number)


def test_the_slopes_agree_with_central_differences():
    rng = np.random.default_rng(1)
    weights, row, step = rng.normal(size=(10, 7)), rng.normal(size=7), 1e-6
    found = slopes(weights, row, TRUTH)
    for at in np.ndindex(*weights.shape):
        more, less = weights.copy(), weights.copy()
        more[at] += step
        less[at] -= step
        losses = [cross_entropy(float(softmax(each @ row)[TRUTH])) for each in (more, less)]
        assert found[at] == pytest.approx((losses[0] - losses[1]) / (2 * step), abs=1e-6)


def test_one_nudge_moves_every_number_by_rate_times_its_slope():
    young = young_model()
    row = np.append(young.picture.ravel() / 16, 1)
    shares = softmax(young.weights @ row)
    target = np.eye(10)[TRUTH]
    moved = young.weights - 0.1 * np.outer(shares - target, row)
    told = story(Settings(0.1, 1))
    np.testing.assert_allclose(told.shares[1], softmax(moved @ row), atol=1e-12)
    right = (young.others @ moved.T).argmax(axis=1) == young.other_labels
    assert told.right_after == right.sum()
    assert told.nines_after == right[young.other_labels == RIVAL].sum()
    # no ink, no slope: ten slopes for each inked cell, and the ten biases
    assert told.n_slopes == 10 * ((young.picture > 0).sum() + 1)
    assert young.weights.size == N_NUMBERS == 650


@every_setting
def test_shares_add_up_and_a_nudge_never_raises_the_pictures_own_loss(chosen):
    told = story(chosen)
    assert told.shares.shape == (chosen.n_nudges + 1, 10)
    np.testing.assert_allclose(told.shares.sum(axis=1), 1)
    if chosen.learning_rate <= 1:
        assert list(told.losses) == sorted(told.losses, reverse=True)


def test_at_first_it_is_taken_for_a_9_with_clearly_more():
    first = story(Settings(0.1, 0)).shares[0]
    assert first.argmax() == RIVAL
    assert first[RIVAL] > 5 * first[TRUTH]


def test_one_big_nudge_wins_the_picture_and_spoils_the_others():
    told = story(PRESETS["One big nudge"])
    assert told.answer == TRUTH
    assert told.right_after < told.right_before / 2
    assert told.others_after > 2 * told.others_before
    assert told.nines_after == 0


def test_twenty_nudges_on_one_picture_cost_some_nines():
    told = story(PRESETS["Twenty nudges"])
    assert told.nines_after < told.nines_before


@every_setting
def test_the_sentence_says_what_the_numbers_say(chosen):
    told = story(chosen)
    text = takeaway(told)
    assert max(len(words(each)) for each in sentences(text)) <= 25
    assert not re.search(r"nan|inf\b|e-\d", text)
    if chosen.n_nudges and chosen.learning_rate:
        assert f"Of {told.n_others} other digits {told.right_after} are right" in text
        assert f"Of the {told.n_nines} nines among them {told.nines_after} are right" in text
        assert ("still it reads" in text) == (told.answer != TRUTH)
    else:
        assert "among ten costs 2.3" in text
        np.testing.assert_array_equal(told.shares[0], told.shares[-1])


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"learning_rate": -1}, "choose 0 to 100"),
        ({"learning_rate": math.nan}, "choose 0 to 100"),
        ({"n_nudges": -1}, "choose 0 to 20"),
        ({"n_nudges": 21}, "choose 0 to 20"),
    ],
)
def test_nonsense_is_refused_with_what_to_do(wrong, says):
    with pytest.raises(ValueError, match=says):
        Settings(**wrong)


def test_a_page_gets_these_scenes_without_torch_or_scikit_learn():
    command = (
        "import sys; from dl_core import one_nudge, random_search, rate_schedules, three_steps; "
        "[each.story(each.Settings()) for each in (one_nudge, random_search, rate_schedules, three_steps)]; "
        "print(sorted({'torch', 'sklearn', 'scipy', 'pandas'} & set(sys.modules)))"
    )
    root = Path(__file__).parents[1]
    run = subprocess.run(
        [sys.executable, "-c", command], cwd=root, capture_output=True, text=True, check=True
    )
    assert run.stdout == "[]\n"

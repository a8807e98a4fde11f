import re
from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from dl_core.digits import load_digits
from dl_core.loss_and_accuracy import (
    LEARNING_RATE,
    LEAST_FALL,
    LEAST_LONG,
    LEAST_RISE,
    SIZES,
    Settings,
    longest_stretch,
    looks,
    right_answers,
    story,
    takeaway,
)
from dl_core.piles import split_piles
from tests.readability import sentences, words

every_size = pytest.mark.parametrize("n_digits", SIZES)
lawful = settings(deadline=None, derandomize=True, max_examples=60)


def torch_run(n_digits: int, n_steps: int) -> tuple[float, float, int]:
    """Training loss, validation loss and right answers after plain full-batch descent, by torch."""
    digits = load_digits()
    features, labels = torch.tensor(digits.features), torch.tensor(digits.labels)
    piles = split_piles(digits.labels, 0.5, 0.2, seed=0)
    learned = np.random.default_rng(0).permutation(piles.train)[:n_digits]
    model = torch.nn.Linear(64, 10, dtype=torch.float64)
    torch.nn.init.zeros_(model.weight)
    torch.nn.init.zeros_(model.bias)
    descent = torch.optim.SGD(model.parameters(), lr=LEARNING_RATE)
    for _ in range(n_steps):
        descent.zero_grad()
        torch.nn.functional.cross_entropy(model(features[learned]), labels[learned]).backward()
        descent.step()
    with torch.no_grad():
        judged = model(features[piles.validation])
        train = torch.nn.functional.cross_entropy(model(features[learned]), labels[learned]).item()
        validation = torch.nn.functional.cross_entropy(judged, labels[piles.validation]).item()
    return train, validation, int((judged.argmax(dim=1) == labels[piles.validation]).sum())


@pytest.mark.parametrize(("n_digits", "place"), [(50, 0), (50, 40), (200, 35)])
def test_the_run_is_torchs_run(n_digits, place):
    shown = story(Settings(n_digits))
    train, validation, right = torch_run(n_digits, int(shown.steps[place]))
    assert shown.train_loss[place] == pytest.approx(train, rel=1e-8)
    assert shown.validation_loss[place] == pytest.approx(validation, rel=1e-8)
    assert shown.right[place] == right


def test_a_better_loss_without_one_right_answer_more_was_found():
    found = story(Settings()).better
    assert found is not None
    assert found.right_after <= found.right_before
    assert found.change < -0.2


def test_a_worse_loss_with_one_right_answer_more_was_found_too():
    shown = story(Settings(30))
    assert shown.worse is not None
    assert shown.worse.right_after > shown.worse.right_before
    assert shown.worse.change > 0.1
    assert (np.diff(shown.train_loss[shown.lowest :]) < 0).all()  # and training saw nothing of it


@every_size
def test_the_stretches_keep_what_they_promise(n_digits):
    shown = story(Settings(n_digits))
    assert shown.better or shown.worse
    for found, way in ((shown.better, -1), (shown.worse, 1)):
        if found:
            inside = (shown.steps >= found.first) & (shown.steps <= found.last)
            assert (way * np.diff(shown.validation_loss[inside]) > 0).all()
            assert (way * (shown.right[inside] - found.right_before) >= 0).all()
            assert found.last - found.first >= LEAST_LONG
            assert way * found.change >= (LEAST_FALL if way < 0 else LEAST_RISE)


@lawful
@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 5)), min_size=2, max_size=9), st.booleans())
def test_no_longer_stretch_was_missed(points, falling):
    steps = np.arange(1, len(points) + 1) * 40
    loss, right = (np.array([float(one[i]) for one in points]) for i in (0, 1))
    way, least = (-1, LEAST_FALL) if falling else (1, LEAST_RISE)

    def holds(a: int, b: int) -> bool:
        part, hits = loss[a : b + 1], right[a : b + 1]
        one_way = (way * np.diff(part) > 0).all()
        enough = steps[b] - steps[a] >= LEAST_LONG and way * (part[-1] / part[0] - 1) >= least
        return bool(one_way and enough and (way * (hits - hits[0]) >= 0).all())

    lengths = [
        steps[b] - steps[a] for a in range(len(steps)) for b in range(a + 1, len(steps)) if holds(a, b)
    ]
    found = longest_stretch(steps, loss, right, falling=falling)
    assert (found is None) == (not lengths)
    if found:
        assert found.last - found.first == max(lengths)


def test_a_run_in_which_both_go_the_same_way_has_no_stretch():
    steps = np.array([1, 100, 200])
    loss, right = np.array([2.0, 1.0, 0.5]), np.array([10, 20, 30])
    assert longest_stretch(steps, loss, right, falling=True) is None
    assert longest_stretch(steps, loss, right, falling=False) is None


def test_the_run_is_looked_at_ever_less_often():
    assert (looks()[0], looks()[-1]) == (1, 1500)
    assert (np.diff(looks()) > 0).all()
    assert len(looks()) < 120


@every_size
def test_the_sentence_is_short_and_holds_the_numbers(n_digits):
    shown = story(Settings(n_digits))
    told = takeaway(shown)
    assert max(len(words(each)) for each in sentences(told)) <= 25
    for found in (shown.better, shown.worse):
        if found:
            assert f"From step {found.first:,} to {found.last:,}" in told
            assert right_answers(found, 360) in told
    assert told.endswith("and that is not the goal.")


def test_a_rise_alone_names_its_loss():
    shown = story(Settings(30))
    assert "the validation loss rises by 14 %" in takeaway(replace(shown, better=None))
    assert " it rises" in takeaway(story(Settings(200)))


def test_another_size_is_refused_with_those_there_are():
    with pytest.raises(ValueError, match=re.escape("choose one of 30, 50, 200, 898")):
        Settings(100)

"""The search on photos: its loss, its draws, its piles."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from dl_core.offline import random_search
from dl_core.offline.cifar10 import Photos
from dl_core.offline.random_search import draws, hinge_losses, improvements, measured, right_answers, search

RNG = np.random.default_rng(5)
PIXELS = RNG.integers(0, 256, (40, 12), dtype=np.uint8)
LABELS = RNG.integers(0, 10, 40)
NOTHING = np.zeros(12, np.float32)


def test_the_hinge_loss_of_the_course_notes():
    # N3: max(0, −2.85 − 0.28 + 1) + max(0, 0.86 − 0.28 + 1) = 0 + 1.58
    assert hinge_losses(np.array([[-2.85, 0.86, 0.28]]), np.array([2])) == pytest.approx([1.58])
    # weights of nothing: nine wrong classes, each within 1 by 1
    assert hinge_losses(np.zeros((1, 10)), np.array([4])) == pytest.approx([9])


def test_the_hinge_loss_is_torchs_but_for_its_division_by_the_classes():
    scores = RNG.normal(size=(7, 10))
    labels = RNG.integers(0, 10, 7)
    theirs = torch.nn.functional.multi_margin_loss(
        torch.tensor(scores), torch.tensor(labels), reduction="none"
    )
    np.testing.assert_allclose(hinge_losses(scores, labels), 10 * theirs.numpy())


def test_a_search_in_pieces_finds_what_one_try_after_another_finds(monkeypatch):
    monkeypatch.setattr(random_search, "AT_ONCE", 4)
    monkeypatch.setattr(random_search, "BLOCK", 7)
    middle = PIXELS.mean(axis=0).astype(np.float32)
    found = search(PIXELS, LABELS, middle, n_tries=11, seed=2)
    inputs = np.column_stack([PIXELS - middle, np.ones(40)])
    tries = np.concatenate(list(draws(11, 12, 2)))
    losses = [hinge_losses(inputs @ each.T, LABELS).mean() for each in tries]
    np.testing.assert_allclose(found.losses, losses, rtol=1e-5)
    np.testing.assert_array_equal(found.best, tries[int(np.argmin(losses))])


def test_the_size_of_a_piece_changes_no_draw():
    whole, pieces = np.concatenate(list(draws(7, 3, 0, 7))), np.concatenate(list(draws(7, 3, 0, 2)))
    np.testing.assert_array_equal(whole, pieces)
    assert whole.std() == pytest.approx(0.0001, rel=0.2)


def test_right_answers_are_counted_by_the_highest_score():
    weights = np.zeros((10, 13), np.float32)
    weights[3, -1] = 1  # a bias alone: it answers 3 to everything
    assert right_answers(weights, PIXELS, LABELS, NOTHING) == (LABELS == 3).sum()


def test_the_table_scores_the_best_by_training_loss_on_the_test_pile_only():
    test = RNG.integers(0, 256, (30, 12), dtype=np.uint8)
    photos = Photos(PIXELS, LABELS, test, RNG.integers(0, 10, 30))
    row = measured("as they are", photos, NOTHING)
    best = search(PIXELS, LABELS, NOTHING).best
    assert row["hits"] == right_answers(best, test, photos.test_labels, NOTHING)
    assert (row["n"], row["train_n"], row["n_tries"]) == (30, 40, 1_000)
    assert row["low"] < row["accuracy"] < row["high"]


def test_only_improvements_are_kept_and_the_last_try_closes_the_list():
    assert improvements(np.array([3.0, 2.0, 2.5, 1.0])) == [(1, 3.0), (2, 2.0), (4, 1.0)]
    assert improvements(np.array([3.0])) == [(1, 3.0)]


def test_no_try_is_refused():
    with pytest.raises(ValueError, match="give 1 or more"):
        search(PIXELS, LABELS, NOTHING, n_tries=0)

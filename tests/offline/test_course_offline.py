"""How the course's models were fitted and compared: the fits, the choices, the counts."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from dl_core import course_models as core
from dl_core.offline import course, course_fits
from dl_core.offline.tiny_imagenet import N_CLASSES
from dl_core.vision.network import ResidualNetwork


def test_auc_is_scikit_learns_also_with_ties() -> None:
    rng = np.random.default_rng(0)
    sign, odd = rng.integers(0, 8, 200).astype(float), rng.random(200) < 0.3
    assert course_fits.auc(sign, odd) == pytest.approx(roc_auc_score(odd, sign))


def test_the_range_holds_the_value_and_is_seeded() -> None:
    rng = np.random.default_rng(1)
    odd = np.arange(200) < 80
    sign = rng.normal(0, 1, 200) + odd
    ((value, low, high),) = course_fits.with_range(odd, sign)
    assert low < value < high
    assert course_fits.with_range(odd, sign) == [[value, low, high]]


def test_a_linear_layer_learns_what_is_linear() -> None:
    rng = np.random.default_rng(2)
    labels = rng.integers(0, 4, 400)
    inputs = rng.normal(0, 0.3, (400, 4)) + 2 * np.eye(4)[labels]
    layer = course_fits.fit_linear(inputs, labels, "feature", 1e-3)
    again = course_fits.fit_linear(inputs, labels, "feature", 1e-3)
    assert (core.linear_scores(layer, inputs).argmax(1) == labels).mean() > 0.98
    np.testing.assert_array_equal(layer[0], again[0])  # seeded
    assert layer[0].shape == (4, N_CLASSES)


def test_votes_are_chosen_by_the_photos_kept_aside() -> None:
    # class 1 is nearest but alone, class 2 comes four times behind it: five heads are right, one is not
    labels = np.array([1, 2, 2, 2, 2] + [3] * 45)
    rows, angles = np.arange(50)[None], np.linspace(10, 80, 50)[None]
    found = course_fits.choose_votes(labels, rows, angles, np.array([2]))
    assert (found["k"], found["aside_right"]) == (5, 1)
    assert course_fits.choose_votes(labels, rows, angles, np.array([1]))["k"] == 1
    shares = course_fits.vote_scores(labels, rows, angles, {"k": 5, "sharpness": 0.0})
    assert np.exp(shares[0, 2]) == pytest.approx(0.8 + core.FLOOR)


def test_counts_by_hand() -> None:
    scores = np.full((3, N_CLASSES), -9.0)
    scores[0, 4] = 5  # right
    scores[1, [4, 5]] = 6, 5  # wrong, the right one second
    scores[2, 10:15] = 5, 4, 3, 2, 1  # the right one is not among five
    found = course_fits.counts(scores, np.array([4, 5, 99]), 1.0)
    assert (found["top1"], found["top5"], found["n"]) == (1, 2, 3)


def test_pairs_and_agreement_by_hand() -> None:
    right = {"a": np.array([True, True, False]), "b": np.array([False, True, False])}
    assert course_fits.paired(right) == [{"one": "a", "other": "b", "only_one": 1, "only_other": 0}]
    one, other = np.eye(3)[[0, 1, 2]], np.eye(3)[[0, 1, 1]]
    scores = {
        key: {"held out": rows} for key, rows in (("network", one), ("features", other), ("pixels", -one))
    }
    told = course_fits.together(scores, np.array([0, 0, 2]))
    assert told == {"agree": {"hits": 1, "n": 2}, "differ": {"hits": 1, "n": 1}}


def test_the_sheet_holds_each_class_in_its_place() -> None:
    photos = np.repeat(np.arange(N_CLASSES, dtype=np.uint8), 2)[:, None, None, None] * np.ones(
        (1, 64, 64, 3), np.uint8
    )
    found = course_fits.sheet(photos, np.repeat(np.arange(N_CLASSES), 2))
    assert found.shape == (160, 320, 3)
    # class 57 is in row 2, column 17 of 20
    assert set(found[32:48, 272:288].ravel().tolist()) == {57}


def test_small_pictures_are_the_pages_own() -> None:
    photo = np.random.default_rng(3).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    looks = np.stack([photo, photo[:, ::-1]])
    np.testing.assert_allclose(
        course_fits.small_pictures(photo[None])[0], core.small_picture(looks), atol=1e-5
    )


def test_multiplications_of_the_body_by_hand() -> None:
    found, side, looks = 0, 64, 2  # the middle square and its mirror image
    network = ResidualNetwork(N_CLASSES)
    found += looks * side**2 * 27 * 24 + looks * (side // 2) ** 2 * 216 * 64
    side //= 2
    for stage in network.stages:
        for block in stage:  # type: ignore[attr-defined]
            side //= block.stride
            for conv in (block.conv1, block.conv2, *([block.shortcut] if block.changes_shape else [])):
                found += looks * side**2 * conv.weight.numel()
    assert course.body_multiplications() == found

"""The same photo through the course: each model against a reference, and the sentences that follow."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from sklearn.neighbors import KNeighborsClassifier

from dl_core.course_models import (
    FOLDER,
    SIDE,
    CourseModels,
    CourseProblem,
    directions,
    linear_scores,
    nearest,
    neighbour_scores,
    paired_difference,
    read_models,
    restored,
    small_picture,
    stored,
    votes,
)
from dl_core.intervals import share_of
from dl_core.photo_course import NAMES, Answer, CourseStory, Settings, agreement, story, takeaway
from dl_core.photos import photo, sample_photo
from dl_core.vision import classes, classify, read_card
from dl_core.vision.calibration import probabilities
from dl_core.vision.features import photo_features
from dl_core.vision.gallery import gallery


@pytest.fixture(scope="module")
def models() -> CourseModels:
    return read_models()


@pytest.fixture(scope="module")
def asked() -> np.ndarray:
    """Features of the samples, and of noise about them."""
    rows = np.stack([photo_features(sample_photo(sample.key).image) for sample in gallery()])
    noise = np.random.default_rng(0).uniform(0, 2, rows.shape)
    return np.concatenate([rows, np.abs(rows + noise)])


def test_neighbours_and_their_vote_are_scikit_learns(models: CourseModels, asked: np.ndarray) -> None:
    reference = KNeighborsClassifier(
        models.k, metric="cosine", algorithm="brute", weights=lambda d: np.exp(-d / models.sharpness)
    ).fit(models.neighbours.astype(np.float64), models.labels)
    distances, rows = reference.kneighbors(asked)
    found, angles = nearest(models.neighbours, asked, models.k)
    assert (found == rows).mean() > 0.99  # neighbours equally near may change places
    np.testing.assert_allclose(1 - np.cos(np.radians(angles)), distances, atol=1e-5)
    np.testing.assert_allclose(
        votes(models.labels[found], angles, models.sharpness), reference.predict_proba(asked), atol=1e-4
    )


def test_a_vote_without_weights_counts_heads() -> None:
    found = votes(np.array([[3, 3, 5, 7]]), np.array([[10.0, 20, 30, 40]]), sharpness=0)[0]
    assert (found[3], found[5], found[7]) == (0.5, 0.25, 0.25)
    nearer_counts_more = votes(np.array([[5, 3, 3]]), np.array([[10.0, 60, 60]]), sharpness=0.1)[0]
    assert nearer_counts_more.argmax() == 5  # exp(-(cos 10° - cos 60°)/0.1) = exp(-4.8): 1 against 2 · 0.008


def test_every_models_probabilities_sum_to_one(models: CourseModels, asked: np.ndarray) -> None:
    pixels = np.random.default_rng(1).normal(0, 1, (3, SIDE * SIDE * 3))
    for key, scores in (
        ("neighbours", neighbour_scores(models, asked)),
        ("features", linear_scores(models.feature_layer, asked)),
        ("pixels", linear_scores(models.pixel_layer, pixels)),
    ):
        chances = probabilities(scores, models.measured[key].temperature)
        np.testing.assert_allclose(chances.sum(axis=-1), 1)
        # torch as the reference for the linear layers and their softmax
        expected = torch.softmax(torch.from_numpy(scores) / models.measured[key].temperature, -1)
        np.testing.assert_allclose(chances, expected.numpy(), atol=1e-12)


def test_linear_scores_are_torchs(models: CourseModels, asked: np.ndarray) -> None:
    weights, bias = (torch.from_numpy(part) for part in models.feature_layer)
    expected = torch.nn.functional.linear(torch.from_numpy(asked), weights.T, bias)
    np.testing.assert_allclose(linear_scores(models.feature_layer, asked), expected.numpy(), atol=1e-9)


def test_bytes_lose_no_more_than_half_a_step() -> None:
    rows = np.random.default_rng(2).exponential(1, (50, 320))
    whole, steps = stored(rows)
    assert whole.dtype == np.uint8
    # before its length is made 1 again, no number is off by more than half a step of its row
    error = np.abs(whole * steps[:, None].astype(float) - directions(rows))
    assert (error <= steps[:, None] / 2 + 1e-7).all()
    # so the whole row is off by at most half a step times the root of 320: under 2 degrees here
    angles = np.degrees(np.arccos(np.clip((restored(whole, steps) * directions(rows)).sum(1), -1, 1)))
    assert angles.max() < np.degrees(steps.max() / 2 * np.sqrt(320)) < 4


def test_what_is_shipped_fits_together(models: CourseModels) -> None:
    per_class = models.about["neighbours_per_class"]
    assert np.bincount(models.labels, minlength=200).tolist() == [per_class] * 200
    np.testing.assert_allclose(np.linalg.norm(models.neighbours, axis=1), 1, atol=1e-5)
    assert sum((FOLDER / f"course.{kind}").stat().st_size for kind in ("npz", "json", "png")) < 5_000_000
    network = models.measured["network"].top1
    assert network == read_card().top1  # measured anew, the same count as on the card
    for (one, other), (only_one, only_other) in models.pairs.items():
        assert only_one - only_other == models.measured[one].top1.hits - models.measured[other].top1.hits
    parts = models.together["agree"], models.together["differ"]
    assert sum(part.n for part in parts) == network.n
    assert sum(part.hits for part in parts) == network.hits
    assert models.measured["neighbours"].own_bytes == models.neighbours.size + 5 * len(models.labels)
    assert not models.neighbours.flags.writeable


def test_the_loss_by_bytes_was_counted(models: CourseModels) -> None:
    told = models.about["bytes_instead_of_exact"]
    assert told["shipped_top1"] == models.measured["neighbours"].top1.hits
    assert abs(told["exact_top1"] - told["shipped_top1"]) < 25  # half a point of 5,000


def test_difference_by_hand() -> None:
    # (60 − 40)/1000 = 0.02; root(100 − 400/1000)/1000 = 0.00998; times 1.96: 0.01956
    assert paired_difference(60, 40, 1000) == pytest.approx((0.02, 0.02 - 0.01956, 0.02 + 0.01956), abs=1e-5)


def test_a_tie_is_called_a_tie(models: CourseModels) -> None:
    close = replace(models, pairs={**models.pairs, ("network", "features"): (500, 495)})
    assert close.tied("network", "features")
    assert close.tied("features", "network")
    assert not close.tied("network", "pixels")
    assert close.difference("features", "network")[0] == -close.difference("network", "features")[0]
    told = replace(
        answered("espresso", "espresso", "espresso", "wok"), ties=(("The network", "Linear on features"),)
    )
    assert "The network and the linear layer on features are tied on held-out photos." in takeaway(told)


def test_a_small_picture_is_the_average_of_blocks_and_views() -> None:
    look = np.random.default_rng(3).integers(0, 256, (2, 32, 32, 3), dtype=np.uint8)
    found = small_picture(look).reshape(SIDE, SIDE, 3)
    assert found[1, 2, 0] == pytest.approx((look[:, 2:4, 4:6, 0].mean() / 255 - 0.45) / 0.27)
    with pytest.raises(ValueError, match="no 16 x 16 equal blocks"):
        small_picture(look[:, :30])


@pytest.mark.parametrize("key", [sample.key for sample in gallery()])
def test_the_networks_row_is_the_pages_answer(key: str) -> None:
    shown = sample_photo(key)
    told, prediction = story(Settings(shown)), classify(shown.image)
    assert [answer.name for answer in told.answers] == list(NAMES.values())
    assert told.answers[0].label == prediction.label
    assert told.answers[0].sure == pytest.approx(prediction.probability, abs=1e-5)
    assert told.refused == prediction.refused
    assert all(answer.own_seconds <= answer.seconds for answer in told.answers)
    assert len(takeaway(told).split()) <= 45


def test_page_slide_and_file_print_one_time() -> None:
    shown = photo("twice", Image.new("RGB", (40, 30), (90, 10, 160)))
    assert story(Settings(shown)).answers is story(Settings(shown)).answers


@pytest.mark.parametrize("size", [(1, 1), (3, 400), (20, 20)])
def test_odd_photos_get_four_answers(size: tuple[int, int]) -> None:
    told = story(Settings(photo("odd", Image.new("RGB", size, (90, 90, 90)))))
    names = {thing.name for thing in classes()}
    assert all(answer.label in names and 0 < answer.sure <= 1 for answer in told.answers)


def answered(*labels: str) -> CourseStory:
    told = story(Settings(sample_photo("coffee")))
    answers: tuple[Answer, ...] = tuple(
        replace(answer, label=label) for answer, label in zip(told.answers, labels, strict=True)
    )
    return replace(told, answers=answers)


def test_who_agrees_with_whom() -> None:
    told = answered("wok", "wok", "wok", "lemon")
    score = told.answers[-1].measured.top1
    assert agreement(told).startswith(
        "Three of four say **wok**; the one on pixels says lemon, and is right for"
    )
    assert f"{100 * score.value:.1f} %" in agreement(told)
    assert agreement(answered("wok", "wok", "wok", "wok")) == "All four say **wok**."
    assert agreement(answered("wok", "lemon", "wok", "lemon")) == "Two say **wok**, two say **lemon**."
    assert agreement(answered("wok", "lemon", "acorn", "teapot")) == "Four models, four answers."
    assert agreement(answered("wok", "lemon", "lemon", "lemon")) == (
        "Three of four say **lemon**; the network says wok."
    )
    assert agreement(answered("wok", "lemon", "wok", "acorn")) == (
        "Two of four say **wok**; the linear layer on features says lemon and the one on pixels says acorn."
    )


def test_the_sentence_says_what_agreement_is_worth() -> None:
    told = replace(
        answered("wok", "wok", "wok", "wok"), when_agree=share_of(75, 100), when_not=share_of(30, 100)
    )
    assert (
        "When the three on features agree, as here, the network is right in **75 of 100** such photos, "
        "else in 30." in takeaway(told)
    )
    apart = replace(told, answers=answered("wok", "lemon", "wok", "wok").answers)
    assert "features differ, as here, the network is right in **30 of 100** such photos, else in 75." in (
        takeaway(apart)
    )
    assert "trust the" not in takeaway(told)


def test_on_an_unsure_guess_the_agreement_is_not_to_be_trusted() -> None:
    told = replace(answered("wok", "wok", "wok", "wok"), when_agree=share_of(75, 100), refused=True)
    unsure = replace(told, answers=(replace(told.answers[0], sure=0.13), *told.answers[1:]))
    assert "On a guess this unsure, trust the 13 %, not the 75 %." in takeaway(unsure)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    for kind in ("npz", "json", "png"):
        shutil.copyfile(FOLDER / f"course.{kind}", tmp_path / f"course.{kind}")
    return tmp_path


@pytest.mark.parametrize("kind", ["npz", "json", "png"])
def test_a_missing_file_is_told_in_words(copied: Path, kind: str) -> None:
    (copied / f"course.{kind}").unlink()
    with pytest.raises(CourseProblem, match=rf"course.{kind} is missing.*git checkout assets/vision"):
        read_models(copied)


@pytest.mark.parametrize("kind", ["npz", "png"])
def test_an_altered_file_is_told_in_words(copied: Path, kind: str) -> None:
    data = bytearray((copied / f"course.{kind}").read_bytes())
    data[len(data) // 2] ^= 1
    (copied / f"course.{kind}").write_bytes(data)
    with pytest.raises(CourseProblem, match="was altered"):
        read_models(copied)


def test_another_networks_features_are_refused(copied: Path) -> None:
    told = json.loads((copied / "course.json").read_text(encoding="utf-8"))
    (copied / "course.json").write_text(json.dumps(told | {"weights_sha256": "0" * 64}), encoding="utf-8")
    with pytest.raises(CourseProblem, match="another network's weights"):
        read_models(copied)


def test_the_words_beside_the_scenes_hold(models: CourseModels) -> None:
    """Sources and leads name round numbers: they are the counted ones."""
    from pages._words import live_classifier_course as words

    assert f"{models.measured['network'].top1.n:,} held-out photos" in words.COURSE_SOURCE
    assert f"{len(models.labels):,} training photos" in words.NEAR_SOURCE
    assert 480 <= models.about["averaged_per_class"] <= 500  # "about 500 photos of that class"
    told = story(Settings(sample_photo("coffee")))
    assert len(words.course_headline(told).split()) <= 12
    assert set(words.course_tells(told)) == {"Baseline"}
    for notes in (words.COURSE_NOTES, words.NEAR_NOTES):
        assert 60 <= len(notes.split()) <= 90
        assert notes.startswith("Say: ")
        assert " Point " in notes
        assert " Expect " in notes or " Somebody will ask " in notes

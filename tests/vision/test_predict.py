"""The contract of `classify`: what other tools rely on."""

from __future__ import annotations

import io
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from dl_core.offline import tiny_imagenet
from dl_core.vision import Prediction, UnreadableImage, classes, classify, predict, read_card
from dl_core.vision.card import example_card
from dl_core.vision.gallery import gallery, sample
from dl_core.vision.predict import class_probabilities, confidence_sentence, network_input, scores
from dl_core.vision.views import WayIn
from dl_core.vision.weights import shipped_network


def test_importing_the_package_and_listing_classes_does_not_import_torch() -> None:
    code = (
        "import sys, dl_core.vision as v, dl_core.vision.explain, dl_core.vision.wobble;"
        "print(len(v.classes()), v.read_card().parameters > 0, 'torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["200", "True", "False"]


def test_bytes_and_picture_give_the_same_answer() -> None:
    path = sample("coffee").path
    from_bytes, from_picture = classify(path.read_bytes()), classify(Image.open(path))
    assert from_bytes.labels == from_picture.labels
    assert from_bytes.probabilities == from_picture.probabilities


@pytest.mark.parametrize("one", gallery(), ids=lambda one: one.key)
def test_answers_are_names_on_the_list_with_falling_probabilities(one: object) -> None:
    found = classify(one.path.read_bytes(), k=5)  # type: ignore[attr-defined]
    names = {thing.name for thing in classes()}
    assert len(set(found.labels)) == 5
    assert set(found.labels) <= names
    assert list(found.probabilities) == sorted(found.probabilities, reverse=True)
    assert 0 < sum(found.probabilities) <= 1 + 1e-9
    assert found.refused == (found.probability < read_card().threshold)
    assert found.seconds > 0


def test_all_200_probabilities_sum_to_one() -> None:
    found = classify(sample("cat").path.read_bytes(), k=200)
    assert sum(found.probabilities) == pytest.approx(1)


def test_coffee_is_recognised() -> None:
    # a network that is loaded, folded or fed wrongly misses even this one
    assert "espresso" in classify(sample("coffee").path.read_bytes()).labels


@pytest.mark.parametrize("k", [0, 201, -1])
def test_impossible_number_of_guesses_is_refused_in_words(k: int) -> None:
    with pytest.raises(ValueError, match="ask for 1 to 200"):
        classify(Image.new("RGB", (20, 20)), k=k)


def test_unreadable_bytes_raise_the_readers_sentence() -> None:
    with pytest.raises(UnreadableImage, match="This file is a PDF, not a photo"):
        classify(b"%PDF-1.4")


@settings(deadline=None, derandomize=True, max_examples=5)
@given(st.integers(0, 1000), st.integers(20, 200), st.integers(20, 200))
def test_a_mirrored_second_look_makes_left_and_right_alike(seed: int, width: int, height: int) -> None:
    noise = np.random.default_rng(seed).integers(0, 256, (6, 6, 3), dtype=np.uint8)
    photo = Image.fromarray(noise).resize((width, height), Image.Resampling.BICUBIC)
    other = photo.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    way = WayIn(("whole", "centre"), 32, "bilinear", mirrored=True)
    once, twice = (scores(shipped_network(), one, way) for one in (photo, other))
    np.testing.assert_allclose(once, twice, atol=0.35)  # rounding of pixels to whole numbers
    plain = [scores(shipped_network(), one, replace(way, mirrored=False)) for one in (photo, other)]
    assert np.abs(once - twice).max() < np.abs(plain[0] - plain[1]).max()


def test_input_is_scaled_as_in_training() -> None:
    assert (predict.MEAN, predict.STD) == (tiny_imagenet.MEAN, tiny_imagenet.STD)
    # white: (1 - 0.45) / 0.27 = 2.037037
    white = network_input(np.full((1, 4, 4, 3), 255, np.uint8))
    assert white.shape == (1, 3, 4, 4)
    torch.testing.assert_close(white, torch.full((1, 3, 4, 4), 2.037037))


def test_views_are_averaged_as_scores() -> None:
    photo = Image.open(sample("flower").path).convert("RGB")
    ways = [WayIn((shape,), 64) for shape in ("whole", "centre", "own shape")]
    each = [scores(shipped_network(), photo, way) for way in ways]
    together = scores(shipped_network(), photo, WayIn(("whole", "centre", "own shape"), 64))
    np.testing.assert_allclose(together, np.mean(each, axis=0), atol=1e-3)


def test_colder_temperature_makes_the_same_order_surer() -> None:
    photo, card = Image.open(sample("cat").path).convert("RGB"), read_card()
    usual = class_probabilities(photo, card)
    cold = class_probabilities(photo, replace(card, temperature=card.temperature / 2))
    assert cold.max() > usual.max()
    assert (np.argsort(cold)[-5:] == np.argsort(usual)[-5:]).all()


def test_many_viewers_get_the_same_answer_at_once() -> None:
    data = [one.path.read_bytes() for one in gallery()] * 3
    alone = [classify(one).probabilities for one in data[: len(gallery())]] * 3
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda one: classify(one).probabilities, data))
    np.testing.assert_allclose(together, alone, rtol=1e-4)


def test_confidence_is_told_from_counts_and_not_where_too_few() -> None:
    def sure(probability: float) -> Prediction:
        return Prediction(("teapot",), (probability,), refused=False, seconds=0.01)

    # example card: 200 answers of 60 to 70 %, 120 of them right; none below 30 %
    assert confidence_sentence(sure(0.65), example_card()) == (
        "Of 100 answers this sure, about 60 are right (counted on 200 test photos)."
    )
    assert confidence_sentence(sure(0.05), example_card()) == (
        "Only 0 of our 1,000 test photos got an answer this sure, too few to say how often it is right."
    )
    assert confidence_sentence(sure(1.0), example_card()).startswith("Of 100 answers this sure, about 90")


def test_a_picture_that_cannot_be_loaded_is_a_sentence_too() -> None:
    file = io.BytesIO()
    Image.effect_noise((200, 200), 60).save(file, "JPEG")
    with pytest.raises(UnreadableImage, match="damaged or cut off"):
        classify(Image.open(io.BytesIO(file.getvalue()[: len(file.getvalue()) // 2])))

"""The features are the ones that the answer hangs on: their head is the network's score."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from PIL import Image

from dl_core.photos import sample_photo
from dl_core.vision import read_card
from dl_core.vision.features import head_scores, mean_features, photo_features
from dl_core.vision.predict import network_input, scores
from dl_core.vision.views import WayIn, views
from dl_core.vision.weights import shipped_network

ODD = {
    "one pixel": Image.new("RGB", (1, 1), (200, 10, 10)),
    "grey": Image.new("RGB", (50, 50), (128, 128, 128)),
    "very wide": Image.new("RGB", (400, 3), (10, 200, 10)),
}


@pytest.mark.parametrize("key", ["coffee", "cat", "galaxies"])
def test_the_head_of_the_features_is_the_networks_answer(key: str) -> None:
    photo = sample_photo(key).image
    expected = scores(shipped_network(), photo, read_card().way_in)
    np.testing.assert_allclose(
        head_scores(shipped_network(), photo_features(photo)), expected, atol=1e-4, rtol=0
    )


@pytest.mark.parametrize("way", [WayIn(("whole", "centre"), 48), WayIn(("whole", "own shape"), 48)])
def test_they_are_the_average_over_the_views_also_of_different_sizes(way: WayIn) -> None:
    looks = views(sample_photo("rocket").image, way)
    with torch.inference_mode():
        each = [shipped_network().features(network_input(look[None]))[0].numpy() for look in looks]
    np.testing.assert_allclose(mean_features(shipped_network(), looks), np.mean(each, axis=0), atol=1e-5)


@pytest.mark.parametrize("name", ODD)
def test_odd_photos_have_features_too(name: str) -> None:
    found = photo_features(ODD[name])
    assert found.shape == (320,)
    assert np.isfinite(found).all()
    assert found.min() >= 0


def test_a_mirrored_photo_has_the_same_features() -> None:
    assert read_card().way_in.mirrored, "the answer looks at both sides"
    photo = sample_photo("coffee").image.crop((0, 0, 256, 256)).resize((64, 64))
    mirrored = photo.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    np.testing.assert_allclose(photo_features(mirrored), photo_features(photo), atol=1e-5)


def test_scores_of_many_are_the_scores_of_each() -> None:
    rows = np.random.default_rng(0).uniform(0, 3, (4, 320))
    together = head_scores(shipped_network(), rows)
    assert together.shape == (4, 200)
    np.testing.assert_allclose(together[2], head_scores(shipped_network(), rows[2]))

"""Answers to many changed squares at once are the answers to each."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from dl_core.photos import sample_photo
from dl_core.vision.card import read_card
from dl_core.vision.centre_view import answers, centre_view
from dl_core.vision.predict import class_probabilities
from dl_core.vision.views import views


@pytest.mark.parametrize("key", ["coffee", "lemon"])  # wide, and square
def test_the_square_has_the_photos_own_answer(key: str) -> None:
    shown = sample_photo(key).image
    np.testing.assert_allclose(answers(centre_view(shown)[None])[0], class_probabilities(shown), atol=1e-6)


def test_it_is_the_first_view() -> None:
    shown = sample_photo("cat").image
    np.testing.assert_array_equal(centre_view(shown), views(shown, read_card().way_in)[0])


def test_each_square_is_answered_as_if_alone() -> None:
    looks = np.random.default_rng(0).integers(0, 256, (3, 64, 64, 3), dtype=np.uint8)
    together = answers(looks)
    np.testing.assert_allclose(together.sum(axis=1), 1)
    for look, found in zip(looks, together, strict=True):
        np.testing.assert_allclose(found, class_probabilities(Image.fromarray(look)), atol=1e-6)


def test_the_first_answer_leaves_the_network_ready_for_slopes() -> None:
    """Numbers loaded in inference mode refuse every later gradient, in the whole process."""
    code = (
        "import numpy as np; from dl_core.vision.centre_view import answers; "
        "answers(np.zeros((1, 64, 64, 3), np.uint8)); "
        "from dl_core.vision.weights import shipped_network; "
        "print([p.is_inference() for p in shipped_network().parameters()].count(True))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "0"

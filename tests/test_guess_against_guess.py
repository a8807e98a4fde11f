"""One guess against another: it adds up, it swaps, and nothing stands against itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from dl_core.guess_against_guess import Against, Settings, concentration, story, takeaway
from dl_core.photos import Photo, photo, sample_photo
from dl_core.vision.card import read_card
from dl_core.vision.classes import label_of
from dl_core.vision.explain import evidence
from dl_core.vision.predict import class_probabilities, scores
from dl_core.vision.weights import shipped_network

COFFEE = sample_photo("coffee")


def square() -> Photo:
    pixels = np.random.default_rng(0).integers(0, 256, (90, 90, 3), dtype=np.uint8)
    return photo("noise", Image.fromarray(pixels))


@pytest.mark.parametrize("shown", [COFFEE, square()], ids=["coffee", "noise"])
def test_the_lead_is_the_difference_of_the_scores(shown: Photo) -> None:
    a, b = label_of("espresso"), label_of("wooden spoon")
    found = story(Settings(shown, "espresso", "wooden spoon"))
    points = scores(shipped_network(), shown.image, read_card().way_in)
    assert found.lead == pytest.approx(points[a] - points[b], abs=1e-3)
    assert found.from_nowhere == pytest.approx(
        float(shipped_network().head.bias[a] - shipped_network().head.bias[b])
    )
    chances = class_probabilities(shown.image)
    high, low = max(chances[a], chances[b]), min(chances[a], chances[b])
    assert found.times == pytest.approx(high / low, rel=1e-3)


def test_the_map_is_the_difference_of_two_heat_maps() -> None:
    shown = square()
    found = story(Settings(shown, "espresso", "teapot"))
    way = read_card().way_in
    each = [evidence(shipped_network(), shown.image, label_of(name), way) for name in ("espresso", "teapot")]
    np.testing.assert_allclose(found.points, (each[0] - each[1]) / 16, atol=1e-5)


def test_swapping_the_two_flips_every_sign() -> None:
    one, other = (
        story(Settings(COFFEE, *names)) for names in (("espresso", "orange"), ("orange", "espresso"))
    )
    np.testing.assert_allclose(one.points, -other.points, atol=1e-6)
    assert one.lead == pytest.approx(-other.lead)
    assert one.leader == other.leader == "espresso"
    assert one.where == other.where
    assert one.concentration == pytest.approx(other.concentration)
    assert takeaway(one) == takeaway(other)
    assert one.points.max() > 0.1


def test_a_name_against_itself_leaves_nothing() -> None:
    found = story(Settings(COFFEE, "teapot", "teapot"))
    assert not found.points.any()
    assert (found.lead, found.from_nowhere, found.concentration, found.times) == (0, 0, 0, 1)
    assert found.is_same
    assert takeaway(found).startswith("You compare “teapot” with itself.")


@pytest.mark.parametrize("size", [(1, 1), (2, 300), (300, 2)])
def test_odd_photos(size: tuple[int, int]) -> None:
    found = story(Settings(photo("odd", Image.new("RGB", size, (90, 90, 90))), "espresso", "teapot"))
    assert found.points.shape == found.photo.shape[:2]
    assert np.isfinite(found.points).all()
    assert 0.25 <= found.concentration <= 1


def test_concentration_by_hand() -> None:
    """Positive: 8 + 4 + 2 + 1 + 1 = 16; the strongest quarter of 16 places is four of them: 15 / 16."""
    points = np.zeros(16, np.float32)
    points[[0, 3, 7, 9, 12, 13]] = 8, 1, -50, 4, 2, 1
    assert concentration(points.reshape(4, 4)) == pytest.approx(15 / 16)
    assert concentration(-np.ones((4, 4), np.float32)) == 0
    assert concentration(np.ones((4, 4), np.float32)) == 0.25


def made(lead: float) -> Against:
    points = np.zeros((4, 4), np.float32)
    points[0, 0], points[3, 3] = 2, -1
    grey = np.zeros((4, 4, 3), np.uint8)
    settings = Settings(COFFEE, "espresso", "teapot")
    return Against(settings, grey, points, lead, 0.1, 0.62, 1.0, times=float(np.exp(abs(lead))))


def test_what_is_said() -> None:
    # e^1.9 = 6.686
    assert takeaway(made(1.9)) == (
        "“espresso” leads “teapot” by 1.9 score points, so it gets 6.7 times the probability. "
        "What speaks for it is strongest in the upper left. The strongest quarter of places holds 62 % of it."
    )
    behind = takeaway(made(-1.9))
    assert behind.startswith("“teapot” leads “espresso” by 1.9 score points")
    assert "lower right" in behind
    assert takeaway(made(0.01)).startswith("“espresso” and “teapot” are level. What speaks for the first")
    assert len(behind.split()) <= 45


def test_only_names_on_the_list() -> None:
    for wrong in ({"a": "unicorn"}, {"b": "unicorn"}):
        with pytest.raises(ValueError, match="not on the list"):
            replace(Settings(COFFEE, "espresso", "teapot"), **wrong)

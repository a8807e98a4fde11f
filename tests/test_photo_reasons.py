"""Three maps of one score: what is compared, what a stopped work leaves, and what is said of it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from PIL import Image

from dl_core.live_classifier import Look
from dl_core.numbers_in_words import two_figures
from dl_core.photo_reasons import (
    Asked,
    Reasons,
    agreement_sentence,
    control_sentence,
    point_sentence,
    story,
    takeaway,
)
from dl_core.photos import photo, sample_photo
from dl_core.vision.attribution import METHODS, read_scales
from dl_core.vision.calibration import probabilities
from dl_core.vision.card import read_card
from dl_core.vision.explain import rank_correlation
from dl_core.vision.placed import PLACES, places

COFFEE = Look(sample_photo("coffee"), "espresso")


@cache
def coffee() -> tuple[Reasons, list[float]]:
    shares: list[float] = []
    found = story(COFFEE, lambda share: shares.append(share) or True)
    return found, shares


def made(agreements: tuple[float, ...], likenesses: tuple[float | None, ...]) -> Reasons:
    flat = np.zeros((2, 2), np.float32)
    asked = tuple(Asked(name, flat, flat, 1.0, one) for name, one in zip(METHODS, likenesses, strict=True))
    return Reasons(COFFEE, np.zeros((2, 2, 3), np.uint8), asked, agreements, luck=0.6)


def test_every_method_is_asked_of_both_networks() -> None:
    found, _ = coffee()
    assert [one.method for one in found.asked] == list(METHODS)
    assert found.is_whole
    for one in found.asked:
        assert one.trained.shape == one.scrambled.shape == found.photo.shape[:2] == (160, 160)
        assert one.end == read_scales().ends[one.method]
        expected = rank_correlation(places(one.trained), places(one.scrambled))
        assert one.likeness == pytest.approx(expected)
    first, second, third = (places(one.trained) for one in found.asked)
    pairs = ((first, second), (first, third), (second, third))
    assert found.agreements == pytest.approx([rank_correlation(a, b) for a, b in pairs])
    assert first.size == PLACES**2
    # what was learned makes the score: Grad-CAM of the trained network is far stronger than its control's
    assert found.asked[0].trained.max() > 5 * np.abs(found.asked[0].scrambled).max()


def test_work_is_told_in_pieces_that_only_grow() -> None:
    _, shares = coffee()
    assert shares[0] == 0
    assert shares == sorted(shares)
    assert shares[-1] < 1
    # 2 views of 2 networks: one piece for Grad-CAM, 50 pictures in threes of 17, 32 slopes in fours of 8
    assert len(shares) == 2 * 2 * (1 + 3 + 4)
    assert max(np.diff(shares)) == pytest.approx(1 / 32)


@pytest.mark.parametrize(("pieces", "maps"), [(0, 0), (1, 0), (2, 1), (5, 2)])
def test_a_stopped_work_leaves_whole_maps_only(pieces: int, maps: int) -> None:
    """Grad-CAM is two views, so two pieces, of each network; then occlusion begins."""
    told: list[float] = []
    found = story(COFFEE, lambda share: told.append(share) or len(told) <= pieces)
    there = [one is not None for asked in found.asked for one in (asked.trained, asked.scrambled)]
    assert there == [True] * maps + [False] * (6 - maps)
    assert not found.is_whole
    assert found.agreements == ()
    assert (
        takeaway(found) == "The work was stopped before two maps were there. Start it again to compare them."
    )


def test_the_average_grey_is_no_reason_and_no_error() -> None:
    """Stopped before the last method, whose grey map has its own test."""
    told: list[float] = []
    grey = photo("grey", Image.new("RGB", (30, 20), (115, 115, 115)))
    found = story(Look(grey, "teapot"), lambda share: told.append(share) or len(told) <= 2 * 2 * (1 + 3))
    by_patch, by_box, _ = found.asked
    assert np.abs(by_box.trained).max() < 0.05
    for one in (by_patch, by_box):
        assert np.isfinite(one.trained).all()
        assert np.isfinite(one.scrambled).all()
        assert -1 <= one.likeness <= 1
    assert len(found.agreements) == 1
    assert takeaway(found).startswith("The work was stopped before all three maps were there.")


def test_only_names_on_the_list() -> None:
    with pytest.raises(ValueError, match="not on the list"):
        Look(sample_photo("coffee"), "unicorn")


def test_what_is_said() -> None:
    told = takeaway(made((0.44, 0.21, -0.304), (0.1, 0.2, -0.3)))
    assert told == (
        "The three maps agree at 0.44, 0.21 and −0.30, no more than maps of two different photos do. "
        "None follows its scrambled control."
    )
    assert len(takeaway(coffee()[0]).split()) <= 45


@pytest.mark.parametrize(
    ("agreements", "said"),
    [
        (
            (0.1, 0.76, 0.2),
            "Grad-CAM and Integrated gradients agree (0.76). "
            "The other two pairs agree no more than maps of two different photos do.",
        ),
        (
            (-0.95, 0.76, -0.86),  # a white photo
            "Grad-CAM and Integrated gradients agree (0.76). "
            "Occlusion contradicts Grad-CAM and Integrated gradients (−0.95 and −0.86).",
        ),
        (
            (0.7, 0.1, 0.8),
            "Occlusion agrees with Grad-CAM and Integrated gradients (0.70 and 0.80). "
            "The third pair agrees no more than maps of two different photos do.",
        ),
        (
            (-0.7, 0.1, 0.2),
            "Grad-CAM and Occlusion contradict each other (−0.70). "
            "The other two pairs agree no more than maps of two different photos do.",
        ),
        (
            (0.7, 0.8, 0.9),
            "All three maps agree (0.70, 0.80 and 0.90), and more than maps of two different photos do.",
        ),
        (
            (0.6, -0.6, 0.0),  # luck itself is no more than luck
            "The three maps agree at 0.60, −0.60 and 0.00, no more than maps of two different photos do.",
        ),
    ],
)
def test_who_agrees_with_whom_is_said_by_name(agreements: tuple[float, ...], said: str) -> None:
    assert agreement_sentence(made(agreements, (0.1, 0.1, 0.1))) == said


def test_a_score_point_is_worth_what_the_temperature_makes_of_it() -> None:
    """Odds are p / (1 - p); with e^(s/T) shares, one point more multiplies them by e^(1/T)."""
    card = read_card()
    before, after = (probabilities(np.array([s, 0.3, -1.0]), card.temperature)[0] for s in (0.0, 1.0))
    times = (after / (1 - after)) / (before / (1 - before))
    assert point_sentence() == f"A score point more multiplies the odds by about {two_figures(times)}."


@pytest.mark.parametrize(
    ("likenesses", "said"),
    [
        ((0.1, 0.7, 0.2), "Occlusion (0.70) follows its scrambled control, so do not lean on it."),
        ((-0.65, 0.1, 0.2), "Grad-CAM (−0.65) mirrors its scrambled control, so do not lean on it."),
        (
            (0.9, -0.7, 0.2),
            "Grad-CAM (0.90) and Occlusion (−0.70) are tied to their scrambled controls, "
            "so do not lean on them.",
        ),
    ],
)
def test_a_map_that_the_control_draws_too_is_named(likenesses: tuple[float, ...], said: str) -> None:
    assert control_sentence(made((0.1, 0.1, 0.1), likenesses)) == said


def test_a_work_stopped_before_the_last_control_still_compares_the_maps() -> None:
    found = made((0.7, 0.7, 0.7), (0.1, 0.2, None))
    assert not replace(found).is_whole
    assert takeaway(found).startswith("All three maps agree (0.70, 0.70 and 0.70)")
    assert "control" not in takeaway(found)

"""The comparison that chooses how a photo becomes the network's input."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from PIL import Image

from dl_core.offline.way_in import (
    MOST_PIXELS_LOOKED_AT,
    Compared,
    Looks,
    candidates,
    choose,
    compare,
    cost,
    log_loss,
    share_right,
)
from dl_core.vision.network import ResidualNetwork
from dl_core.vision.predict import scores
from dl_core.vision.views import WayIn
from dl_core.vision.weights import folded


def small_network() -> ResidualNetwork:
    torch.manual_seed(0)
    return folded(ResidualNetwork(5, widths=(8, 8, 8, 8), depths=(1, 1, 1, 1)))


def photos() -> list[Image.Image]:
    rng = np.random.default_rng(0)
    sizes = [(90, 60), (60, 90), (70, 70), (64, 64)]
    return [Image.fromarray(rng.integers(0, 256, (h, w, 3), dtype=np.uint8)) for w, h in sizes]


@pytest.mark.parametrize(
    "way",
    [
        WayIn(("whole",), 32),
        WayIn(("centre", "own shape"), 32, "Lanczos", mirrored=True),
        WayIn(("whole", "centre"), 32, "bilinear", mirrored=True),
    ],
)
def test_what_is_compared_is_what_classify_does(way: WayIn) -> None:
    network, pile = small_network(), photos()
    one_by_one = [scores(network, photo, way) for photo in pile]
    np.testing.assert_allclose(Looks(network, pile).scores(way), one_by_one, atol=1e-4)


def test_square_photos_are_scored_once_for_all_cuts() -> None:
    looks = Looks(small_network(), photos()[2:])
    looks.scores(WayIn(("whole", "centre"), 32))
    assert len(looks.known) == 1


def test_every_wanted_choice_is_among_the_candidates() -> None:
    ways = candidates()
    assert len(set(ways)) == len(ways) >= 30
    assert {way.pixels for way in ways} == {64, 72, 80, 96}
    assert {way.filter for way in ways} == {"area", "bilinear", "bicubic", "Lanczos"}
    assert WayIn(("whole", "centre"), 64, "area", mirrored=True) in ways


def test_cost_counts_pixels_of_all_views() -> None:
    # two cuts, two sides each, 64 x 64: 4 x 4,096
    assert cost(WayIn(("whole", "centre"), 64, mirrored=True)) == 16_384


def test_least_surprise_wins_unless_it_costs_too_much() -> None:
    def row(pixels: int, full: float, aside: float) -> Compared:
        way = WayIn(("whole",), pixels)
        return Compared(way, cost(way), 0.5, 0.8, full, 0.5, aside)

    cheap, better, dear = row(64, 2.0, 2.0), row(96, 1.5, 2.2), row(200, 0.1, 0.1)
    assert dear.pixels_looked_at > MOST_PIXELS_LOOKED_AT
    assert choose([cheap, better, dear]) is better


def test_measures_of_known_scores() -> None:
    # probabilities 3/4 and 1/4; the right one is the likely one, then the unlikely one
    two = np.log(np.array([[3.0, 1.0], [3.0, 1.0]]))
    labels = np.array([0, 1])
    # (-ln 0.75 - ln 0.25) / 2 = (0.287682 + 1.386294) / 2 = 0.836988
    assert log_loss(two, labels, 1.0) == pytest.approx(0.836988, abs=1e-6)
    assert share_right(two, labels) == 0.5
    assert share_right(two, labels, 2) == 1.0


def test_table_has_a_row_for_every_candidate() -> None:
    network, pile = small_network(), photos()
    labels = np.array([0, 1, 2, 3])
    table = compare(Looks(network, pile), labels, Looks(network, pile[2:]), labels[2:])
    assert [one.way for one in table] == candidates()
    assert set(table[0].row()) >= {"way", "full_size_top1", "full_size_loss", "aside_loss"}

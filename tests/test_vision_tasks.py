"""Four answers to one photo, and three bills."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from dl_core.photos import photo, sample_photo
from dl_core.vision import classify, drawn, read_card
from dl_core.vision.explain import evidence
from dl_core.vision.weights import shipped_network
from dl_core.vision_tasks import (
    CLICKED_BOX,
    DRAWN_BOX,
    OUTLINE,
    LabelCost,
    Settings,
    Tasks,
    dollars,
    label_cost,
    story,
    takeaway,
)

COFFEE = sample_photo("coffee")


def quick(settings: Settings) -> Tasks:
    """Everything but the drawn picture, which is not needed here."""
    return story(settings, lambda share: False)


def test_bills_by_hand():
    names, boxes, outlines = quick(Settings(COFFEE)).costs
    # 10,000 · 1 s = 2.78 h; · 20 = 55.56; / 8 = 0.347 days
    assert (names.hours, names.money, names.days) == pytest.approx((2.7778, 55.556, 0.34722), rel=1e-4)
    # 10,000 · 25.5 s = 70.83 h; · 20 = 1,416.67
    assert (boxes.hours, boxes.money) == pytest.approx((70.8333, 1416.667), rel=1e-5)
    # 10,000 · 79.2 s = 220 h, as 22 h for 1,000; · 20 = 4,400; 27.5 days
    assert (outlines.hours, outlines.money, outlines.days) == pytest.approx((220.0, 4400.0, 27.5))
    assert pytest.approx(22 * 3600 / 1000) == OUTLINE
    assert (DRAWN_BOX, CLICKED_BOX) == (25.5, 7.0)


def test_a_bill_grows_with_photos_wage_and_seconds():
    one = label_cost("boxes", 7.0, 100, 30.0)
    assert one == LabelCost("boxes", 7.0, pytest.approx(700 / 3600), pytest.approx(5.8333, rel=1e-4))
    assert label_cost("boxes", 14.0, 100, 30.0).money == pytest.approx(2 * one.money)
    assert label_cost("boxes", 7.0, 300, 30.0).money == pytest.approx(3 * one.money)
    assert label_cost("boxes", 7.0, 100, 0.0).money == 0.0


def test_the_name_is_the_page_s_own_answer():
    told, found = quick(Settings(COFFEE)), classify(COFFEE.image)
    assert (told.label, told.refused) == (found.label, found.refused)
    assert told.probability == pytest.approx(found.probability, abs=1e-9)
    assert told.drawn.label == told.label


def test_the_box_holds_the_maps_peak_and_the_outline_grows_with_a_lower_cut():
    told = quick(Settings(COFFEE))
    index = told.drawn.index
    heat = evidence(shipped_network(), COFFEE.image, index, read_card().way_in)
    row, column = np.unravel_index(heat.argmax(), heat.shape)
    scale = told.photo.shape[0] / heat.shape[0]
    box = told.box
    assert box.top <= (row + 0.5) * scale <= box.bottom
    assert box.left <= (column + 0.5) * scale <= box.right
    areas = [quick(Settings(COFFEE, share)).box.area for share in (0.2, 0.4, 0.6, 0.8)]
    assert areas == sorted(areas, reverse=True)
    assert areas[0] > areas[-1]
    assert told.outline.shape == told.photo.shape[:2]
    assert 0 < told.outline.mean() < 0.5


def test_only_what_the_network_saw_can_be_boxed():
    told = quick(Settings(COFFEE, 0.1))
    high, wide = told.photo.shape[:2]
    aside = (wide - high) // 2
    assert told.box is None or (told.box.left >= aside - 1 and told.box.right <= wide - aside + 1)


@pytest.mark.parametrize("size", [(40, 40), (1, 1), (200, 3)])
def test_where_nothing_stands_out_the_sentence_says_so(size):
    told = quick(Settings(photo("your photo", Image.new("RGB", size, (90, 90, 90))), 0.1))
    assert told.box is None
    assert told.outline is None
    assert told.boxed is told.photo is told.outlined
    assert told.refused
    assert takeaway(told).endswith("Of this photo the network is too unsure to mark anything.")


def test_deep_space_and_coins_have_no_box_though_the_network_answers():
    for key in ("galaxies", "coins"):
        told = quick(Settings(sample_photo(key)))
        assert told.box is None
        assert not told.refused
        assert takeaway(told).endswith("On this photo no region stands out, so there is no box to draw.")


def test_the_shown_part_is_the_middle_square():
    # 300 by 200 becomes 320 by 213 in the panel
    told = quick(Settings(photo("your photo", Image.new("RGB", (300, 200), (90, 90, 90)))))
    assert told.photo.shape == (213, 320, 3)
    assert told.part == (0, 53, 213, 213)


def test_sentence(monkeypatch):
    monkeypatch.setattr(drawn, "_WHOLE", {})  # another test may have drawn this name already
    told = quick(Settings(COFFEE, n_photos=1, wage=36.0))
    # one name takes 1 s: 36 / 3600 = 0.01 dollars
    assert takeaway(told).startswith("For 1 photo, names cost about 0.010 dollars, boxes 0.26 dollars and ")
    assert takeaway(told).endswith("The drawing was stopped after 0 steps.")
    assert (dollars(9.96), dollars(123_456)) == ("10 dollars", "120,000 dollars")
    assert takeaway(story(Settings(COFFEE))).endswith("not from trained detectors.")


@pytest.mark.parametrize(
    "wrong",
    [
        {"share": 0.0},
        {"share": 1.0},
        {"n_photos": 0},
        {"n_photos": 10**9},
        {"wage": -1.0},
        {"wage": 2e4},
        {"seconds_name": 0.0},
        {"seconds_box": 3601.0},
        {"seconds_outline": float("nan")},
        {"n_photos": 2.5},
    ],
)
def test_nonsense_is_refused(wrong):
    with pytest.raises(ValueError, match=r"cannot be|no use"):
        Settings(COFFEE, **wrong)

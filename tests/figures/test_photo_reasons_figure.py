"""Six signed maps on one stated scale, whole or stopped."""

from __future__ import annotations

import base64
import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from dl_core.documents.still import png
from dl_core.figures.photo_reasons import beside_photo, part_mean, strip, three_ways
from dl_core.live_classifier import Look
from dl_core.photo_reasons import Asked, Reasons, takeaway
from dl_core.photos import sample_photo
from dl_core.vision.attribution import METHODS
from dl_core.vision.explain import signed_overlay

LOOK = Look(sample_photo("coffee"), "espresso")


def reasons(agreements: tuple[float, ...] = (0.7, 0.2, 0.1)) -> Reasons:
    points = np.zeros((90, 90), np.float32)
    points[:30, 60:], points[60:, :30] = 2, -4  # for: upper right; against: lower left
    asked = tuple(Asked(name, points, points / 4, 2.0 + i, 0.1) for i, name in enumerate(METHODS))
    return Reasons(LOOK, np.full((90, 90, 3), 120, np.uint8), asked, agreements, luck=0.5)


def texts(picture: object) -> list[str]:
    return [note.text for note in picture.checked_figure.layout.annotations]  # type: ignore[attr-defined]


def maps_of(picture: object) -> list[object]:
    """All pictures but the bar of colours, which is stretched."""
    images = picture.checked_figure.layout.images  # type: ignore[attr-defined]
    assert [image.sizing for image in images].count("stretch") == 1
    return [image for image in images if image.sizing != "stretch"]


def test_six_maps_on_one_signed_scale() -> None:
    shown = three_ways(reasons())
    assert len(maps_of(shown)) == 6
    assert {
        "<b>Grad-CAM</b>",
        "<b>Occlusion</b>",
        "<b>Integrated<br>gradients</b>",
        "Trained network",
    } <= set(texts(shown))
    # each column prints where its own colours end
    assert [text for text in texts(shown) if "alike" in text] == [
        f"alike: 0.10<br>ends: ±{end}" for end in (2, 3, 4)
    ]
    assert texts(shown)[-3:] == ["speaks against", "0 score points", "speaks for"]
    assert min(note.font.size for note in shown.checked_figure.layout.annotations) >= 13
    assert len(shown.json) < 100_000


def test_a_slide_has_the_photo_too() -> None:
    shown = beside_photo(reasons())
    assert len(maps_of(shown)) == 7
    assert {"<b>The photo</b>", "<b>Integrated gradients</b>", "alike: 0.10 · ends: ±2"} <= set(texts(shown))
    # words grow by 1.4 on a slide: nothing but panels, one line of heads, one of feet and the bar fits
    tops = sorted({image.y for image in maps_of(shown)}, reverse=True)
    tall = maps_of(shown)[0].sizey
    assert tops[0] - tall > tops[1] > tops[1] - tall > 0.18
    assert png(shown, pixels_per_inch=30)[1:4] == b"PNG"


def test_the_bar_is_drawn_as_the_maps_are() -> None:
    """On mid grey: stripes of blue, bare grey in the middle, plain vermillion."""
    bar = strip().astype(int)
    high, wide, _ = bar.shape
    grey = signed_overlay(np.full((high, 1, 3), 128, np.uint8), np.zeros((high, 1), np.float32), 1.0)
    np.testing.assert_allclose(bar[:, wide // 2], grey[:, 0], atol=0)
    against, speaks_for = bar[:, 0], bar[:, -1]
    assert (against[:, 2] > against[:, 0]).all()
    assert len({tuple(row) for row in against}) == 2
    assert len({tuple(row) for row in speaks_for}) == 1


def test_vermillion_is_for_and_striped_blue_against() -> None:
    drawn = signed_overlay(np.full((12, 3, 3), 128, np.uint8), np.tile([[-2.0, 0, 2]], (12, 1)), 2.0).astype(
        int
    )
    against, neither, speaks_for = drawn[:, 0], drawn[:, 1], drawn[:, 2]
    assert (against[:, 2] > against[:, 0]).all()
    assert (speaks_for[:, 0] > speaks_for[:, 2]).all()
    assert (neither == neither[0, 0]).all()
    assert len({tuple(row) for row in against}) == 2  # stripes
    assert len({tuple(row) for row in speaks_for}) == 1


def test_the_images_are_the_maps_in_their_columns() -> None:
    shown = three_ways(reasons())
    first = shown.checked_figure.layout.images[0]
    pixels = np.asarray(Image.open(io.BytesIO(base64.b64decode(first.source.partition(",")[2])))).astype(int)
    upper_right, lower_left = pixels[15, 75], pixels[75, 15]
    assert upper_right[0] > upper_right[2] + 40
    assert lower_left[2] > lower_left[0] + 20
    lefts = [image.x for image in maps_of(shown)]
    assert lefts[0] == lefts[1] < lefts[2] == lefts[3] < lefts[4] == lefts[5]


@pytest.mark.parametrize(
    ("agreements", "title"),
    [
        ((0.1, 0.2, -0.4), "Three methods, three maps: no two agree by more than luck"),
        ((0.1, 0.2, -0.9), "Occlusion and Integrated gradients contradict each other"),
        ((0.6, 0.2, 0.1), "Grad-CAM and Occlusion agree"),
        ((0.6, 0.6, 0.1), "Grad-CAM agrees with Occlusion and Integrated gradients"),
        ((0.6, 0.6, 0.6), "All three maps agree"),
        (
            (-0.9, 0.7, -0.8),
            "Grad-CAM and Integrated gradients agree; "
            "Occlusion contradicts Grad-CAM and Integrated gradients",
        ),
    ],
)
def test_the_title_is_the_finding(agreements: tuple[float, ...], title: str) -> None:
    assert three_ways(reasons(agreements)).title == title


def test_a_stopped_work_says_so() -> None:
    whole = reasons()
    first, second, third = whole.asked
    found = replace(
        whole,
        asked=(
            first,
            replace(second, scrambled=None, likeness=None),
            replace(third, trained=None, scrambled=None, likeness=None),
        ),
        agreements=(0.3,),
    )
    shown = three_ways(found)
    assert len(maps_of(shown)) == 3
    assert texts(shown).count("not there:<br>stopped") == 3
    assert shown.title == "Stopped before all three maps were there"
    assert takeaway(found) in shown.summary
    assert shown.table["Occlusion, scrambled (score points)"].isna().all()
    nothing = replace(
        whole, asked=tuple(replace(one, trained=None, scrambled=None) for one in whole.asked), agreements=()
    )
    assert three_ways(nothing).summary == takeaway(nothing)


def test_numbers_in_the_table_are_the_ninths() -> None:
    table = three_ways(reasons()).table.set_index("part of the photo")
    assert table.loc["upper right", "Grad-CAM, trained (score points)"] == 2
    assert table.loc["lower left", "Occlusion, scrambled (score points)"] == -1
    assert len(table) == 9
    assert part_mean(np.arange(9, dtype=np.float32).reshape(3, 3), 2, 0) == 6


def test_the_summary_says_where() -> None:
    assert three_ways(reasons()).summary.startswith("Strongest support for “espresso”: Grad-CAM: upper right")

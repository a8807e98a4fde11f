"""Six signed maps on one stated scale, whole or stopped."""

from __future__ import annotations

import base64
import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from dl_core.documents.still import png
from dl_core.figures.photo_reasons import beside_photo, part_mean, shades, three_ways
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


def test_six_maps_on_one_signed_scale() -> None:
    shown = three_ways(reasons())
    assert len(shown.checked_figure.layout.images) == 6
    assert {
        "<b>Grad-CAM</b>",
        "<b>Occlusion</b>",
        "<b>Integrated<br>gradients</b>",
        "Trained network",
    } <= set(texts(shown))
    # each column prints where its own colours end
    assert [text for text in texts(shown) if "alike" in text] == [
        f"alike: 0.10<br>±{end} points" for end in (2, 3, 4)
    ]
    marker = shown.checked_figure.data[0].marker
    assert (marker.cmin, marker.cmax) == (-1, 1)
    assert tuple(marker.colorbar.ticktext) == ("speaks against", "0", "speaks for")
    assert min(note.font.size for note in shown.checked_figure.layout.annotations) >= 13
    assert len(shown.json) < 100_000


def test_a_slide_has_the_photo_too() -> None:
    shown = beside_photo(reasons())
    assert len(shown.checked_figure.layout.images) == 7
    assert "<b>The photo</b>" in texts(shown)
    assert png(shown, pixels_per_inch=30)[1:4] == b"PNG"


def test_white_stands_in_the_middle_of_the_scale_and_the_two_ends_are_dark() -> None:
    places, colours = zip(*shades(), strict=True)
    assert places[len(places) // 2] == 0.5
    assert colours[len(colours) // 2] == "rgb(255, 255, 255)"
    assert (colours[0], colours[-1]) == ("rgb(0, 56, 92)", "rgb(120, 45, 0)")


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
    lefts = [image.x for image in shown.checked_figure.layout.images]
    assert lefts[0] == lefts[1] < lefts[2] == lefts[3] < lefts[4] == lefts[5]


@pytest.mark.parametrize(
    ("agreements", "start"),
    [
        ((0.1, 0.2, -0.9), "Three methods, three maps: they agree at 0.10, 0.20 and −0.90"),
        ((0.6, 0.2, 0.1), "Two of three methods agree:"),
        ((0.6, 0.6, 0.1), "The methods mostly agree:"),
        ((0.6, 0.6, 0.6), "Three methods, one story: they agree at"),
    ],
)
def test_the_title_is_the_finding(agreements: tuple[float, ...], start: str) -> None:
    assert three_ways(reasons(agreements)).title.startswith(start)


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
    assert len(shown.checked_figure.layout.images) == 3
    assert texts(shown).count("not there:<br>stopped") == 3
    assert shown.title == "Stopped before all three maps were there"
    assert takeaway(found) in shown.summary
    assert shown.table["Occlusion, scrambled (points)"].isna().all()
    nothing = replace(
        whole, asked=tuple(replace(one, trained=None, scrambled=None) for one in whole.asked), agreements=()
    )
    assert three_ways(nothing).summary == takeaway(nothing)


def test_numbers_in_the_table_are_the_ninths() -> None:
    table = three_ways(reasons()).table.set_index("part of the photo")
    assert table.loc["upper right", "Grad-CAM, trained (points)"] == 2
    assert table.loc["lower left", "Occlusion, scrambled (points)"] == -1
    assert len(table) == 9
    assert part_mean(np.arange(9, dtype=np.float32).reshape(3, 3), 2, 0) == 6


def test_the_summary_says_where() -> None:
    assert three_ways(reasons()).summary.startswith("Strongest support for “espresso”: Grad-CAM: upper right")

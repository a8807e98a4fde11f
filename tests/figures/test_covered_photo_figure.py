"""The photo with its box, and the bars beside it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from PIL import Image

from dl_core.covered_photo import PRESETS, Covered, Guess, Settings, story
from dl_core.documents.still import png
from dl_core.figures.covered_photo import BARS_AT, covered_photo
from dl_core.figures.picture import BLUE, PAPER, VERMILLION
from dl_core.photos import photo, sample_photo
from dl_core.vision.gallery import gallery


@cache
def told(key: str = "coffee", x: int = 50, y: int = 50, size: int = 50) -> Covered:
    return story(Settings(sample_photo(key), x, y, size))


def test_hollow_bars_are_before_and_solid_ones_after() -> None:
    figure = covered_photo(told()).checked_figure
    hollow, solid = (trace for trace in figure.data if trace.type == "bar")
    assert hollow.marker.color == PAPER
    assert hollow.x == pytest.approx([100 * one.before for one in told().guesses], rel=1e-3)
    assert solid.x == pytest.approx([100 * one.after for one in told().guesses], rel=1e-3)
    assert solid.marker.color[0] == BLUE
    assert hollow.width > solid.width


def test_the_ring_that_can_be_dragged_is_the_middle_of_the_box() -> None:
    figure = covered_photo(told(x=30, y=70)).checked_figure
    ring = figure.data[figure.layout.meta["drag"]["trace"]]
    assert (ring.x, ring.y) == ((30,), (70,))
    assert (ring.xaxis or "x", ring.yaxis or "y") == ("x", "y")
    assert ring is figure.data[-1]  # nothing is drawn over it


def test_the_box_is_drawn_where_it_covers() -> None:
    shown = told(x=0, y=0, size=50)
    figure = covered_photo(shown).checked_figure
    box = next(trace for trace in figure.data if trace.type == "scatter" and trace.fill == "toself")
    assert (min(box.x), min(box.y), max(box.x), max(box.y)) == pytest.approx(shown.edges, rel=1e-3)
    assert box.fillcolor == "rgb(128,128,128)"
    assert figure.layout.images[0].layer == "below"


def test_a_pixel_is_as_high_as_it_is_wide_and_a_click_on_the_bars_is_no_place() -> None:
    layout = covered_photo(told()).checked_figure.layout
    assert layout.yaxis.scaleratio == pytest.approx(341 / 512, rel=1e-3)
    assert layout.yaxis.range == (100, 0)
    assert min(layout.yaxis2.range) > 100
    assert min(min(trace.y) for trace in covered_photo(told()).checked_figure.data[:2]) >= BARS_AT


def test_the_new_answer_has_its_own_colour_and_word() -> None:
    first, wok = Guess("teapot", 0.8, 0.3), Guess("wok", 0.1, 0.6)
    figure = covered_photo(replace(told(), guesses=(first, wok), answer=wok)).checked_figure
    assert list(figure.data[1].marker.color) == [BLUE, VERMILLION]
    assert "<b>wok</b> ◂" in [note.text for note in figure.layout.annotations]
    assert figure.layout.title.text == "With the box it says “wok”"


@pytest.mark.parametrize("one", gallery(), ids=lambda one: one.key)
def test_every_sample_and_preset_can_be_drawn(one: object) -> None:
    for x, y, size in PRESETS.values():
        shown = covered_photo(told(one.key, x, y, size))  # type: ignore[attr-defined]
        assert len(shown.title.split()) <= 13
        assert len(shown.json) < 60_000
    assert shown.table.shape == (6, 3)


@pytest.mark.parametrize("size", [(8, 8), (400, 10), (10, 400)])
def test_odd_photos_fit_on_paper(size: tuple[int, int]) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (*size[::-1], 3), dtype=np.uint8)
    shown = covered_photo(story(Settings(photo("odd", Image.fromarray(pixels)))))
    assert png(shown, width=4, height=4, pixels_per_inch=40)[1:4] == b"PNG"

"""The picture a filter wants, beside what stirs it among photos."""

from __future__ import annotations

import base64
import io
import re
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from dl_core.documents import still
from dl_core.figures.filter_wants import LARGE, ROWS_FROM, tile_at, wanted_picture
from dl_core.figures.picture import ACCENT
from dl_core.filter_wants import SIDE, WANTED_LAYERS, Settings, default_settings, measurement, pictures, story

CASES = [
    Settings(layer, measurement().layers[layer].shown[place].number)
    for layer in WANTED_LAYERS
    for place in (0, 7)
]
every_case = pytest.mark.parametrize("chosen", CASES, ids=lambda one: f"{one.layer}-{one.number}")


def pixels(source: str) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(source.partition(",")[2]))), np.int64)


@every_case
def test_the_large_picture_and_the_row_are_the_measured_ones(chosen):
    told = story(chosen)
    large, *row = wanted_picture(told).checked_figure.layout.images
    assert len(row) == len(told.layer.shown) + 1
    for place, drawn in enumerate(row):
        off = [np.abs(pixels(drawn.source) - measured).mean() for measured in pictures(chosen.layer)]
        assert int(np.argmin(off)) == place
        assert off[place] < 12  # of 255: a JPEG is close, not equal
    enlarged = pixels(large.source)
    assert enlarged.shape == (LARGE * SIDE, LARGE * SIDE, 3)
    blocks = enlarged.reshape(SIDE, LARGE, SIDE, LARGE, 3).mean(axis=(1, 3))
    apart = [np.abs(blocks - one).mean() for one in pictures(chosen.layer)]
    assert int(np.argmin(apart)) == told.place


@every_case
def test_bars_count_photos_and_only_the_chosen_number_is_marked(chosen):
    told = story(chosen)
    figure = wanted_picture(told).checked_figure
    [bars] = figure.data
    assert list(bars.x) == [count for _, count in told.chosen.things]
    assert list(figure.layout.xaxis2.range) == [0, told.n_top]
    marked = [note.text for note in figure.layout.annotations if note.font.color == ACCENT]
    assert marked == [f"<b>{chosen.number}</b>"]
    words = " ".join(note.text for note in figure.layout.annotations)
    assert all(name in words for name, _ in told.chosen.things)
    assert "control" in words
    assert f"up to {told.most_by_chance} by chance" in words


@every_case
def test_it_can_be_drawn_and_read(chosen):
    picture = wanted_picture(story(chosen))
    assert still.png(picture, pixels_per_inch=40)[1:4] == b"PNG"
    assert len(picture.json) < 130_000
    assert (
        re.search(r"[:,\[]NaN", picture.json) is None
    )  # in the letters of a picture it may stand by accident
    assert len(picture.title.split()) <= 16
    assert list(picture.table["filter"])[-1].startswith("control")
    assert len(picture.table) == 9


def test_the_title_holds_the_ratio():
    told = story(default_settings())
    twice = replace(told, chosen=replace(told.chosen, wanted=25.0, photo=10.0))
    layer = replace(told.layer, shown=(twice.chosen, *told.layer.shown[1:]))
    title = wanted_picture(replace(twice, layer=layer)).title
    assert title == f"Made for filter {told.chosen.number}, this stirs it 2.5 times as much as the best photo"


def test_a_press_on_the_row_is_a_picture_and_elsewhere_is_none():
    assert [tile_at(x, 0.5) for x in (0.0, 0.99, 7.5, 8.5)] == [0, 0, 7, 8]
    assert tile_at(3.0, ROWS_FROM) is None
    assert tile_at(-0.1, 0.5) is None

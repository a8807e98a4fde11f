"""The picture of ten starts."""

from __future__ import annotations

import json
from functools import cache

import pytest

from dl_core.documents import still
from dl_core.documents.native_chart import can_be_native
from dl_core.figures.mlp_spread import spread_picture
from dl_core.figures.picture import ACCENT, VERMILLION
from dl_core.mlp import data
from dl_core.mlp.plan import Plan
from dl_core.mlp_builder import PRESETS, Settings
from dl_core.mlp_spread import story
from tests.readability import read, words

told = cache(story)
EVERY = {
    **PRESETS,
    "diverges": Settings(data.Settings("surface"), Plan(learning_rate=1.0)),
    "stuck": Settings(plan=Plan(start="zero")),
}
every_case = pytest.mark.parametrize("chosen", EVERY.values(), ids=EVERY)


def trace(picture, name):
    return next(one for one in picture.checked_figure.data if one.name == name)


@every_case
def test_it_can_be_drawn_still_natively_and_sent_small(chosen):
    picture = spread_picture(told(chosen))
    assert still.png(picture, pixels_per_inch=30)[1:4] == b"PNG"
    assert can_be_native(picture)
    assert len(picture.json) < 10_000
    json.loads(picture.json, parse_constant=lambda name: pytest.fail(f"{name} in the figure"))
    assert len(picture.table) == len(told(chosen).starts)
    assert len(picture.figure["layout"]["title"]["text"].split()) <= 14
    assert all(len(words(one)) <= 25 for one in read([picture.summary]).sentences)


def test_a_dot_for_each_start_and_the_own_one_in_the_accent_colour():
    spread = told(PRESETS["Spiral, big enough"])
    picture = spread_picture(spread)
    own, new = trace(picture, "your start"), trace(picture, "new starts")
    assert own.y == (pytest.approx(100 * spread.own.value, abs=0.01),)
    assert own.marker.color == ACCENT
    assert list(new.y) == pytest.approx([100 * one.score.value for one in spread.starts[1:]], abs=0.01)
    assert new.marker.color == VERMILLION
    assert trace(picture, "the same start again").y == own.y


def test_the_bar_is_the_interval_of_one_run_and_the_band_the_range_of_all():
    spread = told(PRESETS["Spiral, big enough"])
    picture = spread_picture(spread)
    bar = trace(picture, "95 % interval of your start")
    assert list(bar.y) == pytest.approx([100 * spread.own.low, 100 * spread.own.high], abs=0.01)
    band = next(shape for shape in picture.figure["layout"]["shapes"] if shape["type"] == "rect")
    assert [band["y0"], band["y1"]] == pytest.approx([100 * spread.worst, 100 * spread.best], abs=0.01)


@every_case
def test_everything_lies_inside_the_axis(chosen):
    picture = spread_picture(told(chosen))
    low, high = picture.figure["layout"]["yaxis"]["range"]
    for one in picture.figure["data"]:
        assert all(low <= value <= high for value in one["y"])


def test_starts_that_blew_up_are_crosses():
    spread = told(EVERY["diverges"])
    symbols = trace(spread_picture(spread), "new starts").marker.symbol
    assert [symbol == "x" for symbol in symbols] == [start.diverged for start in spread.starts[1:]]


def test_guessing_is_named_even_where_it_lies_outside():
    texts = [note["text"] for note in spread_picture(told(Settings())).figure["layout"]["annotations"]]
    assert "↓ always guessing: 50 %" in texts


def test_a_single_start_is_drawn_too():
    picture = spread_picture(story(PRESETS["Spiral, big enough"], lambda share: False))
    assert picture.figure["layout"]["title"]["text"] == "One start says nothing about luck"
    assert still.png(picture, pixels_per_inch=30)[1:4] == b"PNG"

import json
from itertools import product

import numpy as np
import pytest

from dl_core.collapsing_layers import DEPTHS, VIEWS, Settings, story
from dl_core.documents import still
from dl_core.documents.native_chart import can_be_native
from dl_core.figures.collapsing_layers import layers_on_moons
from dl_core.figures.layer_product import spelled_out
from dl_core.moon_networks import Layer

SETTINGS = [Settings(*chosen) for chosen in product(DEPTHS, VIEWS)]
every_setting = pytest.mark.parametrize("chosen", SETTINGS, ids=str)


def number(text):
    return float(text.replace("−", "-"))


def test_both_panels_show_their_own_border_on_the_same_points():
    shown = story(Settings())
    figure = layers_on_moons(shown).checked_figure
    plain, bent = (trace for trace in figure.data if trace.type == "contour")
    for trace, one in ((plain, shown.plain), (bent, shown.bent)):
        assert ((np.array(trace.z) > 0) == (one.map > 1e-3)).mean() > 0.995
    assert (plain.xaxis, bent.xaxis) == ("x", "x2")
    upper = [trace for trace in figure.data if trace.name == "upper moon"]
    assert len(upper) == 2
    assert upper[0].x == upper[1].x


def test_wrong_points_are_crossed_out_and_counted():
    shown = story(Settings())
    figure = layers_on_moons(shown).checked_figure
    (wrong,) = [trace for trace in figure.data if trace.name == "wrong"]  # with ReLU none is wrong
    assert len(wrong.x) == (~shown.plain.seen_right).sum()
    assert wrong.marker.symbol == "x-thin"


@pytest.mark.parametrize("n_layers", DEPTHS)
def test_the_last_product_in_the_picture_is_the_line(n_layers):
    shown = story(Settings(n_layers, "sums"))
    figure = layers_on_moons(shown).checked_figure
    blocks = [trace for trace in figure.data if trace.mode == "text" and len(trace.text) >= 12]
    told = [number(text) for text in blocks[2].text if text]
    assert told == pytest.approx([*shown.line.weights[0], *shown.line.bias], abs=0.06)
    told = [number(text) for text in blocks[0].text if text]
    last = shown.plain.network.layers[-1]
    assert told == pytest.approx([*last.weights[0], *last.bias], abs=1e-9)


@pytest.mark.parametrize("n_layers", DEPTHS)
def test_the_film_goes_through_all_layers_and_ends_with_the_picture(n_layers):
    picture = layers_on_moons(story(Settings(n_layers, "sums")))
    film = json.loads(picture.film.json)
    assert len(film["captions"]) == n_layers - 1
    for place, attribute, frames in film["changes"]:
        drawn = list(picture.figure["data"][place][attribute])
        assert frames[-1] == (drawn if attribute == "text" else pytest.approx(drawn, rel=1e-3))
    assert len(picture.film.json) < 400_000


@pytest.mark.parametrize("n_layers", DEPTHS)
def test_numbers_stand_in_their_boxes_in_every_frame(n_layers):
    picture = layers_on_moons(story(Settings(n_layers, "sums")))
    changes = picture.film.changes
    for box, cells in ((0, 1), (2, 3), (4, 5)):
        for edge, heights, texts in zip(
            changes[box]["y"], changes[cells]["y"], changes[cells]["text"], strict=True
        ):
            shown = [height for height, text in zip(heights, texts, strict=True) if text]
            assert min(edge) < min(shown) <= max(shown) < max(edge)


def test_one_sum_is_spelled_out_and_marked_where_it_was_rounded():
    # 0.5 · 0.25 + 0.5 · 0.25 + 0 + 0 = 0.25, as shown; with 0.333… shown as 0.33, 0.3 · 3 · 0.33 ≈ 0.3
    before = Layer(np.array([[0.25, 0], [0.25, 0], [0, 0], [0, 0]]), np.zeros(4))
    one = Layer(np.array([[0.5, 0.5, 0, -0.1]]), np.zeros(1))
    assert spelled_out(one, before, one.after(before)).endswith("0.5 × 0.25 +<br>0 × 0 + (−0.1) × 0 = 0.25")
    thirds = Layer(np.full((4, 2), 1 / 3), np.zeros(4))
    ones = Layer(np.ones((1, 4)), np.zeros(1))
    assert "≈ 1.33" in spelled_out(ones, thirds, ones.after(thirds))  # four times 0.33 is 1.32


@every_setting
def test_titles_are_short_and_everything_can_be_drawn(chosen):
    picture = layers_on_moons(story(chosen))
    assert len(picture.checked_figure.layout.title.text.split()) <= 14
    assert "NaN" not in picture.json
    assert len(picture.json) < 40_000
    assert still.png(picture, pixels_per_inch=40)[1:4] == b"PNG"
    assert can_be_native(picture) == (chosen.view == "sums")
    assert len(picture.table) == chosen.n_layers


def test_the_table_holds_every_weight_so_that_it_can_be_multiplied_out():
    shown = story(Settings(3))
    table = layers_on_moons(shown).table
    told = [
        [number(value) for value in row.split(", ")]
        for row in table["its weights, row by row"][1].split("; ")
    ]
    assert told == pytest.approx(shown.plain.network.layers[1].weights.round(1))

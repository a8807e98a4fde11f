"""The opened network's pictures: findings, words about the scale, weight, and what pictures hold."""

from __future__ import annotations

import base64
import io

import numpy as np
import pytest
from PIL import Image

from dl_core import network_layers as core
from dl_core.documents.still import png as still
from dl_core.figures.map_pictures import LEVELS, boxed, filter_picture, sheet
from dl_core.figures.network_flow import network_on_a_slide
from dl_core.figures.network_layers import opened_network
from dl_core.figures.picture import ACCENT, Picture
from dl_core.numbers_in_words import two_places
from dl_core.photos import Photo, photo, sample_photo
from dl_core.vision.layers import NAMES, Layer, first_filters

COFFEE = sample_photo("coffee")


def shown(depth: str, layer: str = NAMES[0], of: Photo = COFFEE, **more: object) -> Picture:
    return opened_network(core.story(core.Settings(of, depth, layer, **more)))


def texts(picture: Picture) -> str:
    return " | ".join(note.text for note in picture.checked_figure.layout.annotations)


def opened_image(link: str) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(link.partition(",")[2])))


def test_the_whole_path_names_every_shape_and_ends_in_names() -> None:
    picture = shown("story")
    told = texts(picture).replace("<br>of ", " of ")
    shapes = ("24 maps of 64 × 64", "64 maps of 32 × 32", "128 maps of 16 × 16", "256 maps of 8 × 8")
    for words in ("3 tables of 64 × 64", *shapes, "320 maps of 4 × 4", "320 numbers", "espresso"):
        assert words in told
    assert picture.title.startswith("12,288 numbers in, 200 scores out: espresso")
    assert len(picture.table) == len(NAMES)
    # the photo, six shapes of maps, the averages
    assert len(picture.checked_figure.layout.images) == 8


def test_the_chosen_layers_row_is_marked_by_a_bar() -> None:
    mark = shown("story", "Block 5").checked_figure.layout.shapes[0]
    assert mark.line.color == ACCENT
    # rows: photo, first, second, block 1, blocks 2 to 3, blocks 4 to 6: the sixth
    assert int(mark.y0) == 5


def test_the_contact_sheet_labels_maps_and_outlines_the_chosen_one() -> None:
    picture = shown("mechanism", map=14)
    figure = picture.checked_figure
    assert len(figure.layout.images) == 48  # 24 maps and their filters
    labels = [note.text for note in figure.layout.annotations][:24]
    assert labels == [f"<b>{n}</b>" if n == 14 else str(n) for n in range(1, 25)]
    outline = figure.layout.shapes[0]
    assert (int(outline.x0), int(outline.y0)) == (1, 2)  # 14 = 2 * 6 + 2
    assert picture.table["map"].tolist() == list(range(1, 25))


def test_a_deep_layer_says_what_it_leaves_out_and_that_its_filters_have_no_picture() -> None:
    picture = shown("mechanism", "Block 7")
    assert len(picture.checked_figure.layout.images) == 24
    assert "The 24 strongest of 320." in texts(picture)
    assert "no colour picture" in texts(picture)
    assert "maps stay silent" in picture.title


@pytest.mark.parametrize("depth", ["story", "mechanism"])
def test_the_picture_says_whether_brightness_can_be_compared(depth: str) -> None:
    assert "brightness cannot be compared" in texts(shown(depth, scale="local"))
    assert "One scale" in texts(shown(depth, scale="shared"))


def test_27_products_stand_in_six_grids_and_add_up() -> None:
    picture = shown("arithmetic")
    opened = core.story(core.Settings(COFFEE, "arithmetic"))
    grids = [trace for trace in picture.checked_figure.data if trace.type == "heatmap"]
    assert len(grids) == 6
    total = sum(
        (np.array(patch.z) * np.array(weights.z)).sum()
        for patch, weights in zip(grids[::2], grids[1::2], strict=True)
    )
    # the grids hold three decimals
    assert total + opened.dot.bias == pytest.approx(opened.value, abs=0.05)
    assert f"<b>{two_places(opened.value)}</b>" in texts(picture)
    # three colours, bias, sum, after ReLU
    assert len(picture.table) == 6


def test_bars_of_a_deep_sum_join_into_it() -> None:
    opened = core.story(core.Settings(COFFEE, "arithmetic", "Block 5"))
    bars = opened_network(opened).checked_figure.data
    ends = [bar.base[0] + bar.x[0] for bar in bars]
    for at, bar in enumerate(bars[1:-2], 1):
        assert bar.base[0] == pytest.approx(ends[at - 1])
    assert ends[-3] == pytest.approx(opened.dot.before)
    assert ends[-1] == pytest.approx(opened.dot.after)
    assert "shortcut" in texts(opened_network(opened))
    assert "shortcut" not in texts(shown("arithmetic", "Second filters"))


def test_zeros_beyond_the_edge_are_said() -> None:
    assert "Beyond the edge" in texts(shown("arithmetic", row=1, column=9))
    assert "Beyond the edge" not in texts(shown("arithmetic", row=9, column=9))


@pytest.mark.parametrize("layer", NAMES)
def test_pictures_stay_small_and_can_be_drawn_without_a_browser(layer: str) -> None:
    for depth in core.DEPTHS:
        picture = shown(depth, layer)
        assert len(picture.json) < 150_000
    assert still(picture, pixels_per_inch=40)[1:4] == b"PNG"


@pytest.mark.parametrize(
    ("size", "colour"), [((8, 8), (0, 0, 0)), ((900, 12), (128, 128, 128)), ((1, 1), (255, 0, 0))]
)
def test_strange_photos_have_their_pictures(size: tuple[int, int], colour: tuple[int, int, int]) -> None:
    strange = photo("strange", Image.new("RGB", size, colour))
    for depth in core.DEPTHS:
        for layer in (NAMES[0], NAMES[8]):
            assert shown(depth, layer, strange, scale="local").checked_figure.layout.title.text


def test_a_slide_runs_from_left_to_right() -> None:
    opened = core.story(core.Settings(COFFEE))
    slide = network_on_a_slide(opened)
    across = [image.x for image in slide.checked_figure.layout.images]
    assert across == sorted(across)
    assert slide.title == opened_network(opened).title
    closer = core.story(core.Settings(COFFEE, "mechanism"))
    assert network_on_a_slide(closer).json == opened_network(closer).json


def test_a_sheet_is_8_bit_and_holds_each_maps_shades_inside_grey_edges() -> None:
    toy = Layer("toy", np.array([[[0, 4], [2, 0]], [[0, 0], [0, 1]]], np.float32), 0, 0)
    image = opened_image(sheet(toy, (0, 1), 2, shared=False))
    assert image.mode == "P"
    levels = np.asarray(image)
    assert levels.shape == (66, 132)  # 64 dots a map and an edge on each side
    assert set(levels[0]) == {LEVELS}
    assert [levels[10, 10], levels[10, 50], levels[50, 10]] == [0, LEVELS - 1, round((LEVELS - 1) / 2)]
    assert levels[50, 66 + 50] == LEVELS - 1  # its own scale
    assert np.asarray(opened_image(sheet(toy, (1,), 1, shared=True)))[50, 50] < LEVELS - 1


def test_a_filters_picture_is_grey_where_it_weighs_nothing() -> None:
    weights = first_filters()[0][4]
    picture = filter_picture(4).astype(float)
    strongest = np.unravel_index(np.abs(weights).argmax(), weights.shape)
    colour, row, column = strongest
    assert picture[row, column, colour] == (255 if weights[strongest] > 0 else 0)
    np.testing.assert_allclose(
        picture.transpose(2, 0, 1), 127.5 + 127.5 * weights / np.abs(weights).max(), atol=0.5
    )


def test_a_frame_surrounds_the_place_and_leaves_it_clear() -> None:
    pixels = np.full((8, 8, 3), 10, np.uint8)
    framed = boxed(pixels, 2, 3, (2, 3))
    assert framed.shape == (130, 130, 3)  # 16 dots a cell and a grey edge
    ink = tuple(int(ACCENT[i : i + 2], 16) for i in (1, 3, 5))
    assert tuple(framed[1 + 2 * 16 - 1, 1 + 3 * 16 + 8]) == ink
    assert tuple(framed[1 + 2 * 16 + 8, 1 + 3 * 16 + 8]) == (10, 10, 10)

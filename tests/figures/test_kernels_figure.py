import numpy as np
import pytest
from PIL import Image

from dl_core.documents.still import png
from dl_core.figures.kernels import kernel_map, kernel_slide, pixel_at
from dl_core.kernels import FIRST, KERNELS, WAYS, Settings, limits, story, strongest
from dl_core.photos import first_sample, photo, sample_photo

BOTH = pytest.mark.parametrize("draw", [kernel_map, kernel_slide])


def told(weights=FIRST, row=20, column=31, way="made of", shown=None):
    return story(Settings(shown or first_sample(), weights, row, column, way))


def texts(picture):
    return [note.text for note in picture.checked_figure.layout.annotations]


def frames(picture):
    """(left, top, right, bottom) of the frames around pixels, without their light rims."""
    shapes = picture.checked_figure.layout.shapes
    return [(s.x0, s.y0, s.x1, s.y1) for s in shapes if s.type == "rect" and s.line.width == 2.5]


@BOTH
def test_photo_and_map_are_drawn_cell_by_cell(draw):
    shown = told()
    grey, sums = draw(shown).checked_figure.data[:2]
    assert np.array_equal(grey.z, shown.grey)
    assert np.array_equal(sums.z, shown.sums)
    assert (grey.x0, grey.y0) == (1, 1)  # a pixel of the photo stands at its column and row
    assert sums.y0 == 2  # the map has none at the rim


@BOTH
def test_nine_products_and_their_sum_stand_there(draw):
    shown = told()
    found = [text.replace("<br>", " ") for text in texts(draw(shown))]
    for term in shown.terms:
        assert any(text.startswith(f"{term.brightness} × ") and "=" in text for text in found)
    assert f"sum of the nine: <b>{shown.total:.0f}</b>".replace("-", "−") in found
    assert any("by hand" in text for text in found)


def test_a_patch_is_framed_left_and_its_pixel_right():
    shown = told()
    patch, pixel = frames(kernel_map(shown))
    assert patch == (29.5, 18.5, 32.5, 21.5)
    assert pixel[2] - pixel[0] == 1
    assert (pixel[1], pixel[3]) == (19.5, 20.5)
    assert pixel_at(shown, (pixel[0] + pixel[2]) / 2, 20) == (20, 31)


def test_the_other_way_a_pixel_is_framed_left_and_its_patch_right():
    pixel, patch = frames(kernel_map(told(way="goes to")))
    assert pixel == (30.5, 19.5, 31.5, 20.5)
    assert (patch[2] - patch[0], patch[3] - patch[1]) == (3, 3)
    corner = kernel_map(told(row=1, column=1, way="goes to"))
    assert frames(corner)[1][2] - frames(corner)[1][0] == 1  # one sum only
    assert texts(corner).count("beyond the map") == 8


@pytest.mark.parametrize("key", ["coffee", "lemon"])
def test_a_click_on_photo_or_map_finds_its_pixel_and_beside_them_none(key):
    shown = sample_photo(key)
    seen = told(shown=shown)
    _, sums = kernel_map(seen).checked_figure.data[:2]
    shift = sums.x0 - 2
    rows, columns = seen.grey.shape
    for row, column in ((1, 1), (rows, columns), (7, 30)):
        assert pixel_at(seen, column + 0.3, row - 0.3) == (row, column)
        assert pixel_at(seen, column + shift - 0.3, row + 0.3) == (row, column)
    assert pixel_at(seen, columns + 2, 5) is None
    assert pixel_at(seen, 5, rows + 6) is None


def test_one_colour_scale_for_all_photos_and_its_ends_are_printed():
    for key in ("coffee", "galaxies"):
        for weights in (FIRST, KERNELS["Outline"]):
            picture = kernel_map(told(weights, shown=sample_photo(key)))
            sums = picture.checked_figure.data[1]
            assert (sums.zmin, sums.zmax) == (-255, 255)
            assert sums.colorscale[2] == (0.5, "rgb(255,255,255)")
            assert {"−255 or less", "0", "255 or more"} <= set(texts(picture))
    blurred = kernel_map(told(KERNELS["Blur"]))
    assert (blurred.checked_figure.data[1].zmin, blurred.checked_figure.data[1].zmax) == (0, 255)
    assert "0 or less" in texts(blurred)


def test_the_table_has_the_nine_products_and_the_sum():
    table = kernel_map(told()).table
    assert table.shape == (10, 4)
    number = [float(text.replace("−", "-").replace(",", "")) for text in table["product"]]
    assert sum(number[:9]) == number[9]
    forward = kernel_map(told(row=1, column=1, way="goes to")).table
    assert forward.shape == (9, 4)
    assert (forward["product"] == "beyond the map").sum() == 8


@pytest.mark.parametrize("size", [(1, 1), (64, 3), (3, 200), (90, 90)])
@pytest.mark.parametrize("way", WAYS)
@BOTH
def test_any_shape_of_photo_can_be_drawn(size, way, draw):
    shown = photo("plain", Image.new("RGB", size, (10, 120, 200)))
    (top, _), (left, _) = limits(shown, way)
    picture = draw(told(row=top, column=left, way=way, shown=shown))
    layout = picture.checked_figure.layout
    assert 100 < layout.height < 800
    assert layout.xaxis.range[0] < layout.xaxis.range[1]
    assert png(picture, pixels_per_inch=40)[1:4] == b"PNG"


def test_words_in_the_dark_theme_and_numbers_keep_apart():
    """White stands for 255 and for 0 here, so it must not be the ink that the page swaps."""
    figure = kernel_map(told()).figure
    for trace in figure["data"]:
        assert all(colour.startswith("rgb(") for _, colour in trace["colorscale"])


def test_the_picture_is_small_enough_to_travel():
    shown = sample_photo("lemon")  # square: as many cells as there can be
    for weights in (FIRST, KERNELS["Blur"]):
        picture = kernel_map(told(weights, *strongest(shown, weights), shown=shown))
        assert len(picture.json) < 60_000

import base64
import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from dl_core.documents.still import png
from dl_core.figures.picture import ACCENT, FAINT
from dl_core.figures.pixel_distance import near_and_far, near_summary
from dl_core.pixel_distance import METRICS, PHOTOS, PRESETS, SIDE, Settings, story
from tests.readability import sentences, words

SHIFTS = (0, 1, 4, 12, 20)
EVERY = [Settings(photo, metric, shift) for photo in PHOTOS for metric in METRICS for shift in SHIFTS]


def layout(shown):
    return near_and_far(shown).figure["layout"]


def title(shown):
    return layout(shown)["title"]["text"]


def tied():
    """The default story, with the moved copy as near as the blank square."""
    shown = story(Settings())
    same = shown.of("blank").l2
    changed = [replace(one, l2=same) if one.kind == "moved" else one for one in shown.candidates]
    return replace(shown, candidates=tuple(changed))


def decoded(image):
    data = base64.b64decode(image["source"].partition(",")[2])
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"), np.float64)


def test_the_pictures_are_the_ones_that_were_measured_nearest_first():
    shown = story(Settings("flower", "L2", 12))
    images = layout(shown)["images"]
    for image, pixels in zip(images, [shown.photo, *(one.pixels for one in shown.candidates)], strict=True):
        found = decoded(image)
        assert found.shape == (SIDE, SIDE, 3)
        assert np.abs(found - pixels).mean() < 6  # a JPEG; other photos lie 50 steps apart and more
    row = [image["x"] for image in images if image["xref"] == "x2"]
    assert row == sorted(row)
    assert len(row) == 5


def test_the_photo_stands_alone_on_axes_of_the_same_scale():
    found = layout(story(Settings()))
    assert [image["xref"] for image in found["images"]] == ["x", *["x2"] * 5]
    across = [found[f"xaxis{panel}"] for panel in ("", "2")]
    # a picture's side is as long in both panels where domain and range have the same ratio
    lengths = [
        (axis["domain"][1] - axis["domain"][0]) / (axis["range"][1] - axis["range"][0]) for axis in across
    ]
    assert lengths[0] == pytest.approx(lengths[1])
    assert across[0]["domain"][1] < across[1]["domain"][0]
    assert (found["yaxis"]["scaleanchor"], found["yaxis2"]["scaleanchor"]) == ("x", "x2")


@pytest.mark.parametrize("chosen", PRESETS.values(), ids=PRESETS)
def test_only_the_nearest_has_the_frame_the_word_and_the_accent(chosen):
    shown = story(chosen)
    picture = near_and_far(shown).figure
    (frame,) = [each for each in picture["layout"]["shapes"] if each["line"].get("color") == ACCENT]
    assert frame["x0"] < picture["layout"]["images"][1]["x"] < frame["x1"]
    assert [n["text"] for n in picture["layout"]["annotations"]].count("<b>nearest</b>") == 1
    assert [colour == ACCENT for colour in picture["data"][1]["marker"]["color"]] == [True, *[False] * 4]


def test_a_shared_first_place_has_two_frames():
    picture = near_and_far(tied()).figure
    frames = [each for each in picture["layout"]["shapes"] if each["line"].get("color") == ACCENT]
    assert len(frames) == 2
    assert picture["data"][1]["marker"]["color"].count(ACCENT) == 2


def test_each_bar_is_as_long_as_its_distance_inside_its_own_track():
    shown = story(Settings("coins", "L1", 3))
    picture = near_and_far(shown).figure
    bars = picture["data"][1]
    tracks = [each for each in picture["layout"]["shapes"] if each.get("fillcolor") == FAINT]
    distances = [one.distance("L1") for one in shown.candidates]
    np.testing.assert_allclose(np.array(bars["x"]) * distances[-1], distances)
    for start, length, track in zip(bars["base"], bars["x"], tracks, strict=True):
        assert track["x0"] == start
        assert start + length <= track["x1"] + 1e-9


def test_every_picture_has_its_number_and_name_and_the_unit_is_said():
    shown = story(Settings())
    texts = [note["text"] for note in layout(shown)["annotations"]]
    for caption in ("<b>31.2</b><br>Blank<br>square", "<b>41.8</b><br>Mirrored", "Chelsea<br>the cat"):
        assert caption in texts
    assert "L2 distance, steps of 0 to 255 per colour value" in texts


def test_the_title_says_what_is_so_at_every_setting():
    for chosen in EVERY:
        shown = story(chosen)
        moved, blank, other = (shown.distance(kind) for kind in ("moved", "blank", "other"))
        said = title(shown)
        assert len(words(said)) <= 13
        if chosen.shift == 0:
            assert (said, moved) == ("Not moved at all, the photo is 0 away from itself", 0)
        elif other < moved:
            assert said.startswith(f"“{shown.of('other').name}” is nearer than this photo moved")
        elif blank < moved:
            assert said.startswith("A blank square is nearer than the same photo moved")
        else:
            assert blank > moved  # no tie among these; ties have their own test
            assert said.endswith("the photo is still nearer than a blank square")
        assert chosen.shift == 0 or f"moved {chosen.shift} pixel" in said.lower()


def test_a_tie_is_called_one_in_the_title():
    assert title(tied()) == "A blank square is as near as the same photo moved 4 pixels"
    assert title(story(Settings("coins", "L2", 1))).startswith("Moved 1 pixel, ")


def test_words_and_table_hold_every_distance():
    shown = story(Settings("flower", "L1", 12))
    picture = near_and_far(shown)
    for one in shown.candidates:
        assert f"{one.distance('L1'):.1f}" in picture.summary
    by_l1 = picture.table["L1: mean difference (steps of 0 to 255)"].tolist()
    assert by_l1 == sorted(by_l1)
    assert by_l1 == [round(one.l1, 1) for one in shown.candidates]
    assert picture.table["L2: root mean square (steps of 0 to 255)"].tolist() == [
        round(one.l2, 1) for one in shown.candidates
    ]
    same = dict(zip(picture.table["picture"], picture.table["shows"], strict=True))
    assert (same["Mirrored"], same["Blank square"], same["A rocket"]) == (
        "the same", "something else", "something else",
    )  # fmt: skip


def test_the_words_stay_short_at_every_setting():
    long = [s for chosen in EVERY for s in sentences(near_summary(story(chosen))) if len(words(s)) > 25]
    assert long == []


def test_letters_are_large_enough_and_plotly_knows_every_property():
    picture = near_and_far(story(Settings()))
    assert min(note["font"]["size"] for note in picture.figure["layout"]["annotations"]) >= 13
    assert len(picture.checked_figure.layout.images) == 6


def test_it_is_light_to_send_and_an_encoded_photo_is_used_again():
    first, second = (near_and_far(story(Settings("cat", "L2", shift))) for shift in (4, 5))
    assert len(first.json) < 40_000  # bytes
    again = {id(image["source"]) for image in first.figure["layout"]["images"]}
    kept = [id(image["source"]) in again for image in second.figure["layout"]["images"]]
    assert kept.count(True) == 5  # the very same text; only the moved copy is another one


def test_a_still_shows_the_photo_at_the_left_and_the_frame_beside_it():
    drawn = np.asarray(
        Image.open(
            io.BytesIO(png(near_and_far(story(Settings())), width=10, height=4, pixels_per_inch=40))
        ).convert("RGB"),
        np.int64,
    )
    assert drawn.shape == (160, 400, 3)
    accent = np.array([int(ACCENT[i : i + 2], 16) for i in (1, 3, 5)])
    columns = np.flatnonzero((np.abs(drawn - accent).sum(axis=2) < 40).any(axis=0))
    # of 400 columns the first sixth is the photo's, the frame stands around the second picture
    assert 60 < columns.min() < 100
    assert columns.max() < 160
    photo = drawn[:, 5:55].reshape(-1, 3)
    brown = (photo[:, 0] > photo[:, 2] + 25) & (photo[:, 0] < 230)
    assert brown.mean() > 0.1

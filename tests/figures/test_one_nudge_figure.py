import base64
import io
import json

import numpy as np
import pytest
from PIL import Image

from dl_core.documents import still
from dl_core.figures.one_nudge import before_and_after
from dl_core.figures.picture import PAPER
from dl_core.one_nudge import PRESETS, RATES, Settings, story, young_model

CASES = [*PRESETS.values(), Settings(0.1, 0), Settings(0.0, 3), *(Settings(rate, 7) for rate in RATES)]
every_case = pytest.mark.parametrize("chosen", CASES, ids=str)


@every_case
def test_hollow_bars_are_before_and_solid_ones_after(chosen):
    told = story(chosen)
    before, after = before_and_after(told).checked_figure.data
    assert before.y == pytest.approx(100 * told.shares[0], rel=1e-3)
    assert after.y == pytest.approx(100 * told.shares[-1], rel=1e-3)
    assert set(before.marker.color) == {PAPER}
    assert PAPER not in after.marker.color
    assert before.marker.line.color == after.marker.line.color
    assert sum(before.y) == pytest.approx(100, abs=0.1)


def test_the_photo_in_the_corner_is_the_digit():
    source = before_and_after(story(Settings())).checked_figure.layout.images[0].source
    drawn = np.asarray(Image.open(io.BytesIO(base64.b64decode(source.partition(",")[2]))), np.int64)
    side = drawn.shape[0] // 8
    cells = drawn[side // 2 :: side, side // 2 :: side]
    ink = young_model().picture.astype(int)
    assert (np.diff(cells.ravel()[ink.ravel().argsort()]) <= 0).all()  # more ink is darker
    assert cells[ink == 0].min() == 255


@pytest.mark.parametrize(
    ("chosen", "title"),
    [
        (Settings(), "1 nudge lifts the 4 from 8.6 % to 42 %"),
        (Settings(1.0, 1), "The 4 is won, but 159 fewer of 360 others are right"),  # 233 − 74
        (Settings(0.1, 0), "The young model gives this 4 only 8.6 %"),
    ],
)
def test_the_title_states_the_finding(chosen, title):
    assert before_and_after(story(chosen)).checked_figure.layout.title.text == title


@every_case
def test_the_words_on_the_picture_hold_the_numbers_and_it_can_be_drawn(chosen):
    told = story(chosen)
    picture = before_and_after(told)
    words = " ".join(note.text for note in picture.checked_figure.layout.annotations)
    assert f"{told.right_before} → {told.right_after}" in words
    assert "hollow: before, solid: after" in words
    assert "NaN" not in picture.json
    assert len(picture.json) < 10_000
    assert still.png(picture, pixels_per_inch=40)[1:4] == b"PNG"
    assert picture.table.shape[0] == 10


@every_case
def test_the_film_goes_from_before_to_the_picture_one_nudge_at_a_time(chosen):
    told = story(chosen)
    picture = before_and_after(told)
    if chosen.n_nudges == 0:
        assert picture.film is None
        return
    film = json.loads(picture.film.json)
    assert len(film["captions"]) == chosen.n_nudges + 1
    [(place, attribute, frames)] = film["changes"]
    assert (place, attribute) == (1, "y")
    assert frames[0] == pytest.approx(picture.figure["data"][0]["y"], rel=1e-3)
    assert frames[-1] == pytest.approx(picture.figure["data"][1]["y"], rel=1e-3)

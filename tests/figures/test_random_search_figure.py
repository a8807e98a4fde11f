import math

import pytest

from dl_core.documents import still
from dl_core.documents.native_chart import can_be_native
from dl_core.figures.random_search import luck_against_descent
from dl_core.random_search import TRIES, Settings, story

every_setting = pytest.mark.parametrize("n", TRIES)


@every_setting
def test_both_curves_end_at_the_readers_number_of_looks(n):
    told = story(Settings(n))
    luck, descent = luck_against_descent(told).checked_figure.data
    assert luck.x == descent.x == told.looks
    assert luck.x[-1] == n
    assert luck.y == pytest.approx(told.luck, rel=1e-3)
    assert descent.y == pytest.approx(told.descent, rel=1e-3)
    assert luck.line.dash != descent.line.dash


def test_the_axis_stays_whatever_the_setting_so_that_curves_compare():
    ranges = {luck_against_descent(story(Settings(n))).checked_figure.layout.xaxis.range for n in TRIES}
    assert len(ranges) == 1


@every_setting
def test_the_words_say_both_results_and_the_photo_figures(n):
    told = story(Settings(n))
    figure = luck_against_descent(told).checked_figure
    words = " ".join(note.text for note in figure.layout.annotations)
    assert f"{told.luck_right.value:.0%}".replace("%", " % read correctly") in words
    assert f"{told.descent_right.value:.0%}".replace("%", " % read correctly") in words
    assert "CS231n 15.5 %" in words
    assert "guessing 10 %" in words
    assert len(figure.layout.title.text.split()) <= 14
    assert figure.layout.shapes[0].y0 == pytest.approx(math.log(10))  # blind guessing


@every_setting
def test_it_can_be_native_drawn_and_played(n):
    picture = luck_against_descent(story(Settings(n)))
    assert can_be_native(picture)
    assert "NaN" not in picture.json
    assert len(picture.json) < 40_000
    assert still.png(picture, pixels_per_inch=40)[1:4] == b"PNG"
    if n == 1:
        assert picture.film is None
    else:
        assert picture.film.grows == (0, 1)
        assert len(picture.film.captions) == len(picture.figure["data"][0]["x"]) == len(picture.table)

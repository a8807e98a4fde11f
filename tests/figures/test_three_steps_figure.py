import json
from itertools import pairwise

import pytest

from dl_core.documents import still
from dl_core.documents.native_chart import can_be_native
from dl_core.figures.three_steps import apart, walking_line
from dl_core.three_steps import PRESETS, Settings, story

CASES = [
    *PRESETS.values(), Settings(0.4, 3), Settings(0.1, 6), Settings(1.0, 6), Settings(0.1, 2, -3.5, -7.25),
    Settings(1000.0, 6, 100, 1000), Settings(0.0, 2), Settings(0.1, 3, 0, 5), Settings(0.1, 3, 2, 0),
]  # fmt: skip
every_case = pytest.mark.parametrize("chosen", CASES, ids=str)


def labels(picture):
    return [note.text for note in picture.checked_figure.layout.annotations]


def test_each_line_passes_through_what_it_says_and_is_labelled_with_its_numbers():
    picture, walk = walking_line(story(Settings())), story(Settings())
    lines = [trace for trace in picture.checked_figure.data if trace.name.startswith(("start", "step"))]
    assert len(lines) == 4
    for line, one in zip(lines, walk.steps, strict=True):
        assert line.x == (0, 3)  # drawn to one and a half times the example's 2
        assert line.y == pytest.approx((one.bias, 3 * one.weight + one.bias), rel=1e-3)
    assert "step 2: w 1.5, b 0.75" in labels(picture)
    assert "<b>step 3: w 1.75, b 0.875</b>" in labels(picture)


def test_the_miss_reaches_from_the_last_line_to_the_example():
    figure = walking_line(story(Settings())).checked_figure
    miss = next(trace for trace in figure.data if trace.name == "the miss")
    example = next(trace for trace in figure.data if trace.name == "the example")
    assert (miss.x, miss.y) == ((2, 2), (4.375, 5))  # 1.75 · 2 + 0.875 = 4.375
    assert (example.x[0], example.y[0]) == (2, 5)


@every_case
def test_the_titles_state_the_finding_and_are_short(chosen):
    title = walking_line(story(chosen)).checked_figure.layout.title.text
    assert len(title.split()) <= 14
    finding = {0.1: "miss", 0.2: "hits", 0.4: "to and fro", 0.5: "1.5 times", 0.0: "never moves"}
    if chosen.x == 2 and chosen.y == 5 and chosen.learning_rate in finding:
        assert finding[chosen.learning_rate] in title


@every_case
def test_everything_lies_inside_the_picture_and_can_be_drawn(chosen):
    picture = walking_line(story(chosen))
    figure = picture.checked_figure
    low, high = figure.layout.yaxis.range
    near, far = sorted(figure.layout.xaxis.range)
    for trace in figure.data:
        assert all(low - 1e-3 * (high - low) <= y <= high + 1e-3 * (high - low) for y in trace.y)
        assert all(near <= x <= far for x in trace.x)
    assert "NaN" not in picture.json
    assert len(picture.json) < 10_000
    assert can_be_native(picture)
    assert still.png(picture, pixels_per_inch=40)[1:4] == b"PNG"
    assert len(picture.table) == chosen.n_steps + 1


def test_a_step_out_of_sight_is_named_in_the_picture():
    assert "<b>step 2 leaves the picture</b>" in labels(walking_line(story(Settings(1.0, 6))))
    assert not any("leaves" in text for text in labels(walking_line(story(Settings()))))


@every_case
def test_the_film_ends_with_the_picture_as_it_stands(chosen):
    picture = walking_line(story(chosen))
    film = json.loads(picture.film.json)
    assert len(film["captions"]) == chosen.n_steps + 1
    for place, attribute, frames in film["changes"]:
        assert frames[-1] == pytest.approx(list(picture.figure["data"][place][attribute]), rel=1e-3)
    assert len(picture.film.json) < 400_000


def test_in_the_film_a_step_to_come_hides_under_the_latest_line():
    changes = walking_line(story(Settings())).film.changes
    assert changes[3]["y"][1] == changes[1]["y"][1] == changes[2]["y"][1]  # frame 1: all at step 1
    assert changes[1]["y"][3] == changes[1]["y"][1]  # and there step 1 stays


def test_labels_are_moved_apart_and_stay_inside():
    placed = apart([6.9, 6.8, 6.6, 0.0], 0.5, -0.4, 7.5)
    assert sorted(placed, reverse=True) == placed
    assert all(upper - lower >= 0.5 - 1e-9 for upper, lower in pairwise(placed))
    assert max(placed) <= 7.25
    assert apart([1.0, 3.0], 0.5, 0, 4) == [1.0, 3.0]

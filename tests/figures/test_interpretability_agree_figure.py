"""Each mark of the matrix and each point below it is the number that the core counted."""

from __future__ import annotations

import pytest

from dl_core.documents.still import png
from dl_core.figures.interpretability_agree import seven_ways
from dl_core.interpretability.agree import HARDLY, Settings, at_rest, story
from dl_core.interpretability.models import KINDS
from dl_core.interpretability.question import Question
from dl_core.interpretability.tables import TABLES, ready_made


@pytest.mark.parametrize("key", TABLES)
@pytest.mark.parametrize("which", ["wrong", "apart", "alike"])
def test_plotly_accepts_it_and_a_still_can_be_drawn(key, which):
    picture = seven_ways(story(Settings(Question(ready_made(key)), which)))
    layout = picture.checked_figure.layout
    # two lines of words stand between the two parts, and slanted names reach over the right edge
    assert layout.yaxis.domain[0] - layout.yaxis2.domain[1] >= 0.2
    assert layout.margin.r >= 36
    assert png(picture, pixels_per_inch=40)[:4] == b"\x89PNG"
    assert len(picture.json) < 14_000
    assert len(picture.title.split()) <= 15


def test_marks_show_direction_by_shape_and_the_first_by_a_ring():
    told = story(at_rest())
    marks = {}
    for trace in seven_ways(told).figure["data"]:
        if trace["name"] == "over all cases":
            continue
        for at, (x, y) in enumerate(zip(trace["x"], trace["y"], strict=True)):
            marks[x, y] = trace["marker"]["symbol"], trace["marker"]["line"]["width"][at]
    assert len(marks) == 8 * 8
    rows = [told.rule, *told.parts]
    for (x, y), (symbol, ring) in marks.items():
        part = rows[x + 1][told.shown[y]]
        wanted = "circle" if abs(part) < HARDLY else "triangle-up" if part > 0 else "triangle-down"
        assert symbol == wanted
        assert (ring == 2) == (abs(part) > 1 - 1e-9)


@pytest.mark.parametrize("key", ["loans", "cancer"])
def test_points_below_are_shares_with_their_intervals(key):
    told = story(Settings(Question(ready_made(key))))
    (points,) = [trace for trace in seven_ways(told).figure["data"] if trace["name"] == "over all cases"]
    shares = [told.against.itself, *told.against.true_top] if told.against else list(told.with_others)
    assert points["y"] == pytest.approx([100 * share.value for share in shares], rel=1e-3)
    for at, share in enumerate(shares):
        high, low = points["error_y"]["array"][at], points["error_y"]["arrayminus"][at]
        assert points["y"][at] + high == pytest.approx(100 * share.high, rel=1e-3)
        assert points["y"][at] - low == pytest.approx(100 * share.low, rel=1e-3)


def test_columns_without_room_are_counted():
    figure = seven_ways(story(Settings(Question(ready_made("cancer"))))).figure
    texts = [note["text"] for note in figure["layout"]["annotations"]]
    assert "22 smaller columns not shown" in texts
    assert len(figure["layout"]["yaxis"]["ticktext"]) == 8


def test_the_table_has_all_columns_and_models():
    table = seven_ways(story(Settings(Question(ready_made("cancer"))))).table
    assert table.shape == (30, 1 + len(KINDS))
    assert seven_ways(story(at_rest())).table.shape == (8, 2 + len(KINDS))

"""The staircase stands where the numbers are, and every step says its direction twice."""

from __future__ import annotations

import math

import pytest

from dl_core.documents.still import png
from dl_core.figures.interpretability_onecase import one_case, one_case_wide
from dl_core.figures.picture import BLUE, VERMILLION
from dl_core.interpretability.models import KINDS
from dl_core.interpretability.onecase import Settings, at_rest, story
from dl_core.interpretability.question import Question
from dl_core.interpretability.tables import TABLES, ready_made

LOANS, CANCER = Question(ready_made("loans")), Question(ready_made("cancer"))


@pytest.mark.parametrize("key", TABLES)
@pytest.mark.parametrize("model", KINDS)
def test_plotly_accepts_it_and_a_still_can_be_drawn(key, model):
    told = story(Settings(Question(ready_made(key)), model))
    for picture in (one_case(told), one_case_wide(told)):
        assert len(picture.checked_figure.data) >= 3
        assert len(picture.json) < 12_000
        assert len(picture.title.split()) <= 18
    assert png(one_case(told), pixels_per_inch=40)[:4] == b"\x89PNG"


def test_steps_bar_and_ends_stand_where_the_core_says():
    told = story(at_rest())
    figure = one_case(told).figure
    (steps,) = [trace for trace in figure["data"] if trace["type"] == "bar"]
    assert steps["base"] == [pytest.approx(bar.before, rel=1e-3) for bar in told.bars]
    assert steps["x"] == [pytest.approx(bar.by, rel=1e-3) for bar in told.bars]
    (line,) = [shape for shape in figure["layout"]["shapes"] if shape["type"] == "line"]
    assert line["x0"] == pytest.approx(math.log(100 / 1000), rel=1e-3)  # odds of the bar: 100 to 1,000
    ends = [trace for trace in figure["data"] if trace.get("marker", {}).get("size") == 13]
    assert [trace["x"][0] for trace in ends] == [
        pytest.approx(told.explanation.start, rel=1e-3), pytest.approx(told.explanation.end, rel=1e-3)
    ]  # fmt: skip


def test_numbers_under_an_axis_of_odds_stand_at_their_odds():
    axis = one_case(story(at_rest())).figure["layout"]["xaxis"]
    for place, text in zip(axis["tickvals"], axis["ticktext"], strict=True):
        share = float(text.removesuffix(" %")) / 100
        assert place == pytest.approx(math.log(share / (1 - share)), rel=1e-3)


def test_direction_has_a_colour_a_hatch_and_a_word():
    told = story(Settings(CANCER, "boosted"))
    figure = one_case(told).figure
    (steps,) = [trace for trace in figure["data"] if trace["type"] == "bar"]
    for at, bar in enumerate(told.bars):
        up = bar.by > 0
        assert steps["marker"]["color"][at] == (VERMILLION if up else BLUE)
        assert steps["marker"]["pattern"]["shape"][at] == ("/" if up else "")
        (note,) = [
            n["text"]
            for n in figure["layout"]["annotations"]
            if n.get("y") == at + 1 and "points" in n["text"]
        ]
        assert note[0] == ("▲" if up else "▼")


def test_drawn_values_have_error_bars_and_exact_ones_none():
    drawn, exact = (one_case(story(Settings(q, "forest"))).figure for q in (CANCER, LOANS))
    (errors,) = [trace["error_x"] for trace in drawn["data"] if "error_x" in trace]
    told = story(Settings(CANCER, "forest"))
    wanted = [1.96 * bar.error for bar in told.bars if bar.error]
    assert errors["array"] == pytest.approx(wanted, rel=1e-3)
    assert not [trace for trace in exact["data"] if "error_x" in trace]


def test_neighbours_stand_at_their_distance_in_the_row_of_their_answer():
    told = story(Settings(CANCER, "knn"))
    bad, fine, mine = one_case(told).figure["data"]
    assert sorted([*bad["x"], *fine["x"]]) == pytest.approx(sorted(told.nearest.distance), rel=1e-3)
    assert len(bad["x"]) == told.nearest.n_bad
    assert min(bad["y"]) > max(fine["y"])
    assert bad["marker"]["symbol"] != fine["marker"]["symbol"]
    assert mine["x"] == [0]
    assert len(one_case(told).table) == 26


def test_the_table_has_a_row_for_each_step():
    told = story(Settings(CANCER, "mlp"))
    table = one_case(told).table
    assert list(table["step"])[-1] == "22 other columns"
    assert table["from (%)"][0] == pytest.approx(100 * told.explanation.start, abs=1e-3)
    assert table["to (%)"].iloc[-1] == pytest.approx(100 * told.said, abs=1e-3)

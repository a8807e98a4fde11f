"""Joined dots of two groups: values, ranges, marks, words and tables of both fairness scenes."""

from __future__ import annotations

import numpy as np
import pytest

from dl_core.documents.still import png
from dl_core.figures.drawing import Drawing
from dl_core.figures.interpretability_fair import fair_picture, fair_picture_wide
from dl_core.figures.interpretability_pairs import LOOKS, Line, draw_lines
from dl_core.figures.interpretability_proxy import proxy_picture
from dl_core.figures.picture import VERMILLION, house_drawing
from dl_core.interpretability import fair as fair_core
from dl_core.interpretability import proxy as proxy_core
from dl_core.interpretability.fair_rules import ONE_BAR, RULES
from dl_core.interpretability.question import Question
from dl_core.interpretability.tables import ready_made

LOANS = Question(ready_made("loans"))


@pytest.mark.parametrize("rule", RULES)
def test_each_row_shows_both_groups_with_their_ranges(rule):
    told = fair_core.story(fair_core.Settings(LOANS, rule))
    dots = list(fair_picture(told).checked_figure.data)
    assert len(dots) == 2 * len(RULES)
    for at, pair in enumerate(told.chosen.pairs):
        for side, dot in enumerate(dots[2 * at : 2 * at + 2]):
            assert dot.name == told.groups.names[side]
            assert dot.x[0] == pytest.approx(100 * pair.values[side], rel=1e-3)
            assert round(dot.y[0]) == at
            assert (dot.marker.color, dot.marker.symbol) == LOOKS[side][:2]
            if pair.rule == ONE_BAR:
                assert dot.error_x.array is None
            else:
                share = pair.shares[side]
                assert dot.x[0] + dot.error_x.array[0] == pytest.approx(100 * share.high, rel=2e-3)
                assert dot.x[0] - dot.error_x.arrayminus[0] == pytest.approx(100 * share.low, rel=2e-3)


def test_the_chosen_row_is_marked_and_sure_gaps_are_loud():
    told = fair_core.story(fair_core.Settings(LOANS, "meaning"))
    layout = fair_picture(told).checked_figure.layout
    texts = [note.text for note in layout.annotations]
    assert [text for text in texts if "✓" in text] == ["<b>✓ Same meaning of an alarm</b>"]
    loud = [shape for shape in layout.shapes if shape.type == "line" and shape.line.color == VERMILLION]
    assert len(loud) == len(told.chosen.apart) == 4
    assert sum("points apart</b>" in text for text in texts) == 3
    assert any("bars at" in text for text in texts)
    assert "no sure gap" in texts


def test_on_a_slide_words_stand_beside_the_rows():
    told = fair_core.story(fair_core.at_rest())
    page, slide = fair_picture(told), fair_picture_wide(told)
    assert (slide.title, slide.summary) == (page.title, page.summary)
    notes = {note.text: note for note in slide.checked_figure.layout.annotations}
    for at, rule in enumerate(RULES.values()):
        (name,) = [note for text, note in notes.items() if rule.name[1:] in text]
        assert (name.y, name.x, name.xanchor) == (at, 0, "right")
    assert (notes["$71,000"].x, notes["$71,000"].xanchor) == (1, "left")
    assert slide.checked_figure.layout.margin.l > 200


def test_the_title_says_where_only_the_bars_differ():
    told = fair_core.story(fair_core.Settings(Question(ready_made("diabetes"))))
    assert [pair.rule for pair in told.chosen.apart] == [ONE_BAR]
    assert fair_picture(told).title == "Only the bars differ: 4.4 % and 14 %"


def test_the_table_holds_every_rule_against_every_gap():
    told = fair_core.story(fair_core.at_rest())
    table = fair_picture(told).table
    assert table.shape == (5, 10)
    assert list(table["made the same"]) == [rule.name for rule in RULES.values()]
    bars = [table[f"bar for {name}"] for name in told.groups.names]
    assert bars[0].iloc[4] == bars[1].iloc[4] == "9.1 %"
    assert table["$ more than one bar"].iloc[4] == "–"
    assert "(" in table.iloc[0, 5]


def test_a_stopped_training_has_an_empty_picture():
    told = fair_core.Fair(fair_core.at_rest(), fair_core.at_rest().groups, (), (1, 1), (1, 1))
    picture = fair_picture(told)
    assert picture.title == "Nothing is measured yet"
    assert len(picture.checked_figure.data) == 0
    stopped = proxy_core.Proxy(proxy_core.at_rest(), proxy_core.at_rest().groups, (), "", 0.5, None)
    assert proxy_picture(stopped).title == "Nothing is measured yet"
    assert proxy_picture(stopped).table.empty


def test_three_trainings_and_the_true_rule_which_is_hollow():
    told = proxy_core.story(proxy_core.at_rest())
    picture = proxy_picture(told)
    dots = list(picture.checked_figure.data)
    assert len(dots) == 8
    for at, one in enumerate(told.trainings):
        for side in (0, 1):
            assert dots[2 * at + side].x[0] == pytest.approx(100 * one.rates[side].value, rel=1e-3)
    assert {dot.marker.color for dot in dots[6:]} == {"#FFFFFF"}
    assert [dot.x[0] for dot in dots[6:]] == pytest.approx([100 * rate for rate in told.blind], rel=1e-3)
    notes = [note.text for note in picture.checked_figure.layout.annotations]
    assert {"it is told", "91 of 100 pairs", "70 of 100 pairs"} <= set(notes)
    assert len(picture.table) == 4
    assert picture.table["gap (points)"].iloc[0].startswith("28.")


def test_the_scale_is_no_longer_than_the_rows_need():
    for each, top in (("held", 100), ("risk", 25)):
        told = proxy_core.story(proxy_core.Settings(LOANS, measure=each))
        assert proxy_picture(told).checked_figure.layout.xaxis.range[1] == pytest.approx(1.015 * top)


@pytest.mark.parametrize(
    ("values", "anchor"),
    [
        ((10, 20), "left"),
        ((70, 90), "right"),
        ((20, 80), "center"),
        ((30, 65), "center"),
        ((99, 100), "right"),
    ],
)
def test_words_about_a_gap_stand_where_there_is_room(values, anchor):
    figure = Drawing(house_drawing("x")["layout"])
    # another row keeps the scale at 100 %
    lines = [Line("a", "", values, (None, None), "so far apart", is_loud=True),
             Line("b", "", (0.0, 100.0), (None, None), "")]  # fmt: skip
    draw_lines(figure, lines, ("one", "two"), "", 70)
    (note,) = [note for note in figure["layout"]["annotations"] if "so far apart" in note["text"]]
    assert note["xanchor"] == anchor
    assert 0 <= note["x"] <= 100


def test_a_share_of_nobody_draws_no_dot():
    figure = house_drawing("x")
    draw_lines(
        figure, [Line("a", "", (np.nan, 40.0), (None, None), "nobody held back")], ("one", "two"), "", 70
    )
    assert [dot["name"] for dot in figure["data"]] == ["two"]


def test_both_can_be_drawn_without_a_browser():
    for picture in (
        fair_picture(fair_core.story(fair_core.at_rest())),
        proxy_picture(proxy_core.story(proxy_core.at_rest())),
    ):
        assert png(picture, width=4, height=4)[:4] == b"\x89PNG"
        assert len(picture.json) < 15_000

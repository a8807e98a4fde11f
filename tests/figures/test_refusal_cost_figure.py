import json

import pytest

from dl_core.documents import still
from dl_core.documents.native_chart import can_be_native
from dl_core.figures.picture import ACCENT, PAPER
from dl_core.figures.refusal_cost import cost_over_bar
from dl_core.numbers_in_words import two_figures
from dl_core.photos import sample_photo
from dl_core.refusal_cost import PRICES, Settings, story, takeaway

COFFEE, CAT = sample_photo("coffee"), sample_photo("cat")
EDGES = [
    Settings(CAT, 0, 1e6, 0.01),
    Settings(CAT, 100, 0.01, 1e6),
    Settings(COFFEE, 37, 1, 0.5, 1),
    Settings(COFFEE, 99, 20, 0.5, 100_000_000),
]
every_setting = pytest.mark.parametrize(
    "chosen", [*(Settings(COFFEE, 60, *pair) for pair in PRICES.values()), *EDGES], ids=range(7)
)


def trace(picture, name):
    return next(one for one in picture.checked_figure.data if one.name == name)


def notes(picture):
    return [note.text for note in picture.checked_figure.layout.annotations]


def test_the_thick_line_is_the_sum_of_the_thin_ones():
    told = story(Settings(COFFEE))
    picture = cost_over_bar(told)
    wrong, looks, both = (
        trace(picture, name) for name in ("wrong answers", "people’s looks", "both together")
    )
    assert both.x == tuple(told.at.bars)
    assert both.y == pytest.approx([a + b for a, b in zip(wrong.y, looks.y, strict=True)], rel=1e-3)
    assert len({line.line.dash for line in (wrong, looks, both)}) == 3  # not by colour alone


def test_the_ring_stands_on_the_lowest_point_and_the_reader_on_the_line():
    told = story(Settings(COFFEE, 42))
    picture = cost_over_bar(told)
    ring, both, own = (trace(picture, name) for name in ("cheapest", "both together", "your bar"))
    assert ring.y[0] == min(both.y)
    assert own.x == (42,)
    assert own.y[0] == both.y[both.x.index(42)]


def test_the_reader_s_point_is_the_one_that_can_be_dragged():
    picture = cost_over_bar(story(Settings(COFFEE)))
    figure = picture.checked_figure
    assert figure.data[figure.layout.meta["drag"]["trace"]].name == "your bar"


def test_the_photo_is_filled_where_it_is_answered_and_hollow_where_not():
    for photo, is_answered in ((COFFEE, True), (CAT, False)):
        told = story(Settings(photo))
        mark = trace(cost_over_bar(told), "this photo")
        assert mark.x[0] == pytest.approx(100 * told.sure, rel=1e-3)
        assert mark.y[0] < 0  # in the strip below the zero line
        assert (mark.marker.color != PAPER) == is_answered


def test_yours_and_ours_are_named():
    picture = cost_over_bar(story(Settings(COFFEE, 60)))
    lines = {round(s.x0, 1): s.line.color for s in picture.checked_figure.layout.shapes if s.type == "line"}
    assert set(lines) == {60, 37.2}
    assert lines[60] == ACCENT
    assert {"yours: 60 %", "this site’s: 37.2 %", "cheapest: 89 %"} <= set(notes(picture))


def test_the_title_says_a_saving_or_a_tie():
    def titled(bar, wrong, look=0.5):
        return cost_over_bar(story(Settings(COFFEE, bar, wrong, look))).title

    assert titled(90, 5).startswith("Any bar from 88 to ")
    # the same number as in the sentence below the picture
    saved = two_figures(story(Settings(COFFEE, 60, 5, 0.5)).saving[1])
    assert titled(60, 5) == f"A bar of 89 % costs about {saved} less a day than yours"
    assert f"saves about {saved} of it" in takeaway(story(Settings(COFFEE, 60, 5, 0.5)))
    assert titled(99, 1e6) == "No bar is clearly cheaper than your 99 %"
    assert titled(60, 0.01).startswith("Answering everything costs")
    assert titled(60, 1e6).startswith("A bar of 99 % costs")


@every_setting
def test_every_marked_point_lies_inside_of_the_picture(chosen):
    picture = cost_over_bar(story(chosen))
    low, high = picture.checked_figure.layout.yaxis.range
    for name in ("cheapest", "your bar", "this photo"):
        assert low < trace(picture, name).y[0] < high


@every_setting
def test_it_can_be_drawn_everywhere_and_is_small(chosen):
    picture = cost_over_bar(story(chosen))
    assert still.png(picture, pixels_per_inch=40)[1:4] == b"PNG"
    assert can_be_native(picture)
    assert len(picture.json) < 20_000
    json.loads(picture.json, parse_constant=lambda name: pytest.fail(f"{name} in the figure"))
    assert len(picture.title.split()) <= 13


def test_summary_and_table_hold_the_numbers():
    told = story(Settings(COFFEE, 60))
    picture = cost_over_bar(told)
    assert "“espresso”" in picture.summary
    assert "drawn digit" in picture.summary
    table = picture.table
    mine = table[table["bar (%)"] == "60 yours"].iloc[0]
    assert mine["of 1,000: right"] + mine["wrong"] + mine["to a person"] == 1000
    assert mine["cost a day"] == pytest.approx(told.cost_of(60), abs=0.01)
    assert mine["named: drawn digits (scikit-learn)"].endswith(" of 400")
    assert {"37.2 this site’s", "89 cheapest"} <= set(table["bar (%)"])

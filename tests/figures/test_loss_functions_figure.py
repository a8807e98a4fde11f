import json

import pytest

from dl_core.documents.native_chart import can_be_native
from dl_core.documents.still import png
from dl_core.figures.loss_functions import TOP, loss_curves
from dl_core.figures.picture import ACCENT
from dl_core.four_losses import LOSSES
from dl_core.loss_functions import PRESETS, TRUTHS, VIEWS, Settings, story

CORNERS = [Settings(p, truth, view) for p in (0, 1, 37, 50, 73, 100) for truth in TRUTHS for view in VIEWS]


def drawn(*chosen):
    return loss_curves(story(Settings(*chosen)))


def lines(picture):
    return {line.name: line for line in picture.checked_figure.data if line.mode == "lines"}


def points(picture):
    return {dot.name.partition(",")[0]: dot for dot in picture.checked_figure.data if dot.mode == "markers"}


def notes(picture):
    return [note.text for note in picture.checked_figure.layout.annotations]


def test_each_loss_has_a_line_of_its_own_colour_and_dash():
    found = lines(drawn(99, "no"))
    assert list(found) == [loss.name for loss in LOSSES]
    assert len({line.line.color for line in found.values()}) == len(LOSSES)
    assert len({line.line.dash for line in found.values()}) == len(LOSSES)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("truth", TRUTHS)
def test_the_readers_points_lie_on_the_lines(truth, view):
    picture = drawn(30, truth, view)
    for name, dot in points(picture).items():
        line = lines(picture)[name]
        at = list(line.x).index(30)
        assert dot.y[0] == pytest.approx(line.y[at], rel=1e-3, abs=1e-9)
        assert dot.x[0] == 30


def test_the_readers_answer_is_the_accent_line_through_all_curves():
    layout = drawn(12, "yes").checked_figure.layout
    assert [(one.x0, one.x1, one.line.color) for one in layout.shapes] == [(12, 12, ACCENT)]
    assert "the answer: 12 % yes" in [note.text for note in layout.annotations]


def test_at_the_bad_end_each_name_holds_its_number():
    # 6.64, 5.60, 3.92 and 1.98 coin flips at one percent for the truth
    for told in ("cross-entropy <b>6.6</b>", "hinge <b>5.6</b>", "squared <b>3.9</b>", "absolute <b>2.0</b>"):
        assert told in notes(drawn(99, "no"))
    assert "cross-entropy" in notes(drawn(60, "no"))


def test_the_truth_mirrors_the_chart():
    one, other = lines(drawn(99, "no"))["squared"], lines(drawn(1, "yes"))["squared"]
    assert [100 - x for x in reversed(other.x)] == pytest.approx(list(one.x), abs=1e-3)
    assert list(reversed(other.y)) == pytest.approx(list(one.y), rel=1e-3)


def test_a_ruled_out_truth_stands_at_the_edge_and_is_called_endless():
    picture = drawn(100, "no")
    assert points(picture)["cross-entropy"].y[0] < TOP["coin flips"]
    assert "no end: up and off the chart" in notes(picture)
    assert picture.figure["layout"]["title"]["text"].startswith("Ruling out the truth has no finite price")
    assert picture.table["in coin flips"].tolist() == ["no end", "no end", "4", "2"]
    assert "no end; 16 when clipped at 1e-07" in picture.table["charge"].tolist()


@pytest.mark.parametrize(
    ("chosen", "title"),
    [
        ((99, "no"), "99 % sure and wrong: 6.6 coin flips by cross-entropy, 2.0 by absolute loss"),
        ((50, "yes"), "At an honest coin flip all four losses meet"),
        ((99, "no", "push"), "Sure and wrong: cross-entropy pushes hard, squared loss hardly at all"),
        ((99, "yes", "push"), "Right answers are hardly pushed at all"),
        ((50, "yes", "push"), "Cross-entropy pushes with 0.50, squared loss with 0.25"),
    ],
)
def test_the_title_is_the_finding(chosen, title):
    assert drawn(*chosen).figure["layout"]["title"]["text"] == title


@pytest.mark.parametrize("chosen", CORNERS, ids=str)
def test_every_corner_can_be_drawn_read_and_sent(chosen):
    picture = loss_curves(story(chosen))
    json.loads(picture.json, parse_constant=lambda name: pytest.fail(f"{name} in the figure"))
    assert len(picture.json) < 40_000
    assert len(picture.figure["layout"]["title"]["text"].split()) <= 14
    assert picture.table.shape == (4, 6)
    assert len(picture.summary.split()) >= 8


@pytest.mark.parametrize("chosen", PRESETS.values(), ids=PRESETS)
def test_a_deck_gets_it_as_a_chart_and_a_card_as_a_still(chosen):
    picture = loss_curves(story(chosen))
    assert can_be_native(picture)
    assert png(picture, pixels_per_inch=40)[1:4] == b"PNG"


def test_the_table_holds_value_slope_and_ceiling():
    table = drawn(99, "no").table
    assert table["charge"].tolist() == ["4.61", "5.6", "0.98", "0.99"]
    assert table["slope on the score"].tolist() == ["0.99", "1", "0.0196", "0.0099"]
    assert table["most it can charge"].tolist() == ["no end", "no end", "4 coin flips", "2 coin flips"]

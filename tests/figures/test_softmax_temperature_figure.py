import pytest

from dl_core.documents.native_chart import can_be_native
from dl_core.documents.still import png
from dl_core.figures.softmax_temperature import temperature_bars
from dl_core.softmax_temperature import PRESETS, Settings, story


def drawn(**chosen):
    return temperature_bars(story(Settings(**chosen)))


def notes(picture):
    return [note.text for note in picture.checked_figure.layout.annotations]


def test_the_bars_are_the_shares_in_percent():
    (bar,) = drawn().checked_figure.data
    # e^2, e^1, e^0.1 of 11.21251
    assert list(bar.y) == pytest.approx([65.90, 24.24, 9.857], abs=5e-3)
    assert list(bar.x) == ["cat", "dog", "ship"]


def test_over_each_bar_stands_what_that_truth_costs():
    found = notes(drawn())
    assert found == [
        "<b>66 %</b><br>if true, costs <b>0.42</b>",
        "<b>24 %</b><br>if true, costs <b>1.4</b>",
        "<b>9.9 %</b><br>if true, costs <b>2.3</b>",
    ]


def test_dashes_show_temperature_1_and_only_where_it_is_another():
    assert not drawn().checked_figure.layout.shapes
    cold = drawn(temperature=0.2)
    heights = [line.y0 for line in cold.checked_figure.layout.shapes]
    assert heights == pytest.approx([65.90, 24.24, 9.857], abs=5e-3)
    assert "dashes: at temperature 1" in notes(cold)


def test_the_words_stand_over_bar_and_dashes():
    careful = drawn(temperature=5.0).checked_figure
    tops = [max(bar, line.y0) for bar, line in zip(careful.data[0].y, careful.layout.shapes, strict=True)]
    words = [note.y for note in careful.layout.annotations if note.text.startswith("<b>")]
    assert words == pytest.approx(tops, abs=0.01)


def test_equal_scores_have_a_title_of_their_own():
    title = drawn(cat=1.0, dog=1.0, ship=1.0, temperature=3.0).figure["layout"]["title"]["text"]
    assert title == "Equal scores: 33 % each, at every temperature"


@pytest.mark.parametrize(
    "chosen", [*PRESETS.values(), Settings(10, -10, 3, 0.1), Settings(-2.85, 0.86, 0.28)], ids=str
)
def test_a_deck_gets_it_as_a_chart_and_a_card_as_a_still(chosen):
    picture = temperature_bars(story(chosen))
    picture.checked_figure  # noqa: B018
    assert can_be_native(picture)
    assert png(picture, pixels_per_inch=40)[1:4] == b"PNG"
    assert len(picture.figure["layout"]["title"]["text"].split()) <= 14
    assert "100 %" not in " ".join(notes(picture))


def test_the_table_holds_both_temperatures():
    table = drawn(temperature=0.2).table
    assert table["share at temperature 0.2"].tolist() == ["99.3 %", "0.67 %", "under 0.01 %"]
    assert table["share at 1"].tolist() == ["66 %", "24 %", "9.9 %"]

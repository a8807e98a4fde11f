import pytest

from dl_core.documents.native_chart import can_be_native
from dl_core.documents.still import png
from dl_core.figures.log_bases import BEHIND, log_bases
from dl_core.figures.picture import BLUE, GREEN, VERMILLION
from dl_core.log_bases import EXAMPLES, LOGS, Settings, story

EVERY = [Settings(example, log) for example in EXAMPLES for log in LOGS]


def bars(picture):
    (trace,) = picture.checked_figure.data
    kept = [i for i, height in enumerate(trace.y) if height]
    return [(round(trace.y[i], 4), trace.marker.color[i], trace.marker.pattern.shape[i]) for i in kept]


def notes(picture):
    return [note.text for note in picture.checked_figure.layout.annotations]


def test_the_hot_dogs_bars_have_the_articles_heights_and_the_natural_log_in_colour():
    assert bars(log_bases(story(Settings()))) == [
        (0.2485, BLUE, ""),
        (1.05, VERMILLION, "/"),
        (0.3585, BEHIND, ""),
        (1.515, BEHIND, "/"),
        (0.1079, BEHIND, ""),
        (0.4559, BEHIND, "/"),
    ]


def test_another_log_comes_to_the_front_and_no_height_changes():
    one, other = (bars(log_bases(story(Settings(log=log)))) for log in ("natural", "base 10"))
    assert [height for height, _, _ in one] == [height for height, _, _ in other]
    assert [colour for _, colour, _ in other][:4] == [BEHIND] * 4
    assert [colour for _, colour, _ in other][4:] == [BLUE, VERMILLION]


def test_hinge_stands_apart_behind_a_line():
    picture = log_bases(story(Settings("three scores")))
    assert bars(picture)[-1] == (1.58, GREEN, "x")
    (line,) = picture.checked_figure.layout.shapes
    assert line.x0 < picture.checked_figure.data[0].x[-1]
    assert "hinge: not<br>comparable" in notes(picture)
    assert picture.figure["layout"]["title"]["text"] == "One answer, printed as 1.04 or as 0.45"


def test_the_numbers_stand_as_the_articles_print_them():
    for printed in ("<b>0.2485</b>", "<b>1.0498</b>", "0.1079", "0.4559"):
        assert printed in notes(log_bases(story(Settings())))
    for printed in ("<b>1.04</b>", "0.45", "1.58"):
        assert printed in notes(log_bases(story(Settings("three scores"))))
    assert "<b>2.303</b>" in notes(log_bases(story(Settings("a four"))))


@pytest.mark.parametrize("chosen", EVERY, ids=str)
def test_a_deck_gets_it_as_a_chart_and_a_card_as_a_still(chosen):
    picture = log_bases(story(chosen))
    assert can_be_native(picture)
    assert png(picture, pixels_per_inch=40)[1:4] == b"PNG"
    assert len(picture.figure["layout"]["title"]["text"].split()) <= 14


def test_the_table_holds_average_and_ratio():
    table = log_bases(story(Settings())).table
    assert table["natural log (ln)"].tolist() == ["0.2485", "1.0498", "0.6491", "4.2253"]
    assert table["log of base 10"].tolist()[-1] == "4.2253"

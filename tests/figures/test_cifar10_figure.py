import pytest

from dl_core.cifar10 import load_table
from dl_core.figures.cifar10 import ROW_PX, cifar10_chart


@pytest.fixture(scope="module")
def picture():
    return cifar10_chart(load_table())


def test_ours_and_published_stand_in_the_same_row(picture):
    ours, published = picture.checked_figure.data
    names = [row[0] for row in ours.customdata]
    place = ours.y[names.index("one neighbour, L1")]
    # CS231n's 38.6 % stands beside ours
    assert dict(zip(published.y, published.x, strict=True))[place] == pytest.approx(38.6)


def test_published_figures_are_hollow(picture):
    ours, published = picture.checked_figure.data
    assert published.marker.symbol == "diamond-open"
    assert ours.marker.symbol != published.marker.symbol


def test_intervals_are_drawn(picture):
    table = load_table()
    ours = picture.checked_figure.data[0]
    for place, row in enumerate(table.measured):
        assert ours.x[place] + ours.error_x.array[place] == pytest.approx(100 * row.score.high)


def test_words_stand_clear_of_the_marks_of_their_own_row_and_of_the_row_above(picture):
    # a diamond reaches 1.3 times half its size from its middle; words of 14 px take 7 px up and down
    diamond, words = 1.3 * picture.checked_figure.data[1].marker.size / 2, 7
    labels = picture.checked_figure.layout.annotations
    assert len(labels) == 8
    for label in labels:
        assert label.yshift - words > diamond
        assert ROW_PX - label.yshift - words > diamond


def test_the_scale_lies_behind_the_marks_and_not_through_the_words(picture):
    layout = picture.checked_figure.layout
    assert layout.xaxis.showgrid is False
    rows = {label.y for label in layout.annotations}
    assert {float(shape.path.split(",")[1].split("L")[0]) for shape in layout.shapes} == rows
    assert all(shape.layer == "below" for shape in layout.shapes)


def test_the_chart_grows_with_its_rows_only(picture):
    assert picture.checked_figure.layout.height == 96 + 44 * len(picture.table)


def test_every_model_and_every_source_stands_in_the_table(picture):
    assert len(picture.table) == 8  # six of ours, a person, the best network
    assert "Andrej Karpathy, one person’s test, 2011" in picture.table["how"].tolist()
    assert picture.table.notna().all().all()

import pytest

from dl_core.cifar10 import load_table
from dl_core.figures.cifar10 import cifar10_chart


@pytest.fixture(scope="module")
def picture():
    return cifar10_chart(load_table())


def test_ours_and_published_stand_in_the_same_row(picture):
    ours, published = picture.figure.data
    names = [row[0] for row in ours.customdata]
    place = ours.y[names.index("one neighbour, L1")]
    # CS231n's 38.6 % stands beside ours
    assert dict(zip(published.y, published.x, strict=True))[place] == pytest.approx(38.6)


def test_published_figures_are_hollow(picture):
    ours, published = picture.figure.data
    assert published.marker.symbol == "diamond-open"
    assert ours.marker.symbol != published.marker.symbol


def test_intervals_are_drawn(picture):
    table = load_table()
    ours = picture.figure.data[0]
    for place, row in enumerate(table.measured):
        assert ours.x[place] + ours.error_x.array[place] == pytest.approx(100 * row.score.high)


def test_every_model_and_every_source_stands_in_the_table(picture):
    assert len(picture.table) == 8  # six of ours, a person, the best network
    assert "Andrej Karpathy, one person’s test, 2011" in picture.table["how"].tolist()
    assert picture.table.notna().all().all()

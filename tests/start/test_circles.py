from itertools import pairwise

import pytest

from dl_core.figures.start_circles import circles_picture
from dl_core.start.circles import EXAMPLES, HISTORY, RINGS, SEVERAL, Settings, ring_of, story, takeaway
from pages._words import start_more as words

every_example = pytest.mark.parametrize("key", EXAMPLES)


def test_only_what_is_learned_in_several_layers_is_deep():
    assert [ring_of(False, n) for n in (0, 1, 50)] == [0, 0, 0]
    assert [ring_of(True, n) for n in (0, 1, SEVERAL - 1, SEVERAL, 50)] == [1, 1, 1, 2, 2]


def test_each_example_lies_where_textbooks_put_it():
    placed = {key: RINGS[story(Settings(key)).ring] for key in EXAMPLES}
    assert placed == {
        "chess": "AI", "line": "Machine learning", "trees": "Machine learning",
        "small": "Machine learning", "photo": "Deep learning",
    }  # fmt: skip


def test_three_dates_with_the_winters_in_the_1970s_and_around_1990():
    # article B says "the 70s and 2000s"; the usual dating is the mid-1970s and the late 1980s to early 1990s
    first, winters, revival = HISTORY
    assert first.years == ((1943, 1943),)
    assert winters.when == "1970s, around 1990"
    assert len(winters.years) == 2
    assert winters.years[0][0] < 1980
    assert winters.years[1][0] <= 1990 <= winters.years[1][1]
    assert revival.years == ((2012, 2012),)
    assert "2000" not in words.CIRCLES_BELOW


def test_our_photo_network_has_as_many_layers_as_we_say():
    from torch import nn

    from dl_core.vision.weights import shipped_network

    layers = [
        name
        for name, part in shipped_network().named_modules()
        if isinstance(part, nn.Conv2d) and "shortcut" not in name  # a shortcut lies beside, not between
    ]
    assert len(layers) == EXAMPLES["photo"].hidden_layers


@every_example
def test_the_picture_marks_the_example_in_its_ring(key):
    placed = story(Settings(key))
    picture = circles_picture(placed)
    circles = [shape for shape in picture.checked_figure.layout.shapes if shape.type == "circle"]
    assert [circle.line.width for circle in circles].index(3) == placed.ring
    for outer, inner in pairwise(circles):
        assert outer.x0 < inner.x0 < inner.x1 < outer.x1
        assert outer.y0 < inner.y0 < inner.y1 < outer.y1
    marked = [note.text for note in picture.checked_figure.layout.annotations if "◆" in note.text]
    assert len(marked) == 1
    assert placed.example.name in marked[0]
    assert picture.table.shape == (5, 4)
    assert takeaway(placed) in picture.summary
    assert takeaway(placed).startswith(f"{placed.example.name} {placed.example.verb} ")
    assert len(takeaway(placed).split()) <= 45
    assert 2 <= len(words.circles_headline(placed).split()) <= 12
    assert len(f"{words.circles_headline(placed)} {picture.title}".split()) <= 25


def test_every_example_stands_in_exactly_one_ring():
    others = story(Settings()).others
    assert sorted(one.name for ring in others for one in ring) == sorted(
        one.name for one in EXAMPLES.values()
    )


def test_an_unknown_example_is_refused():
    with pytest.raises(ValueError, match="choose one of chess, "):
        Settings("abacus")

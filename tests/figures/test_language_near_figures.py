"""The pictures of near words, the map, the odd one out and two meanings."""

import pytest

from dl_core.documents import still
from dl_core.documents.native_chart import can_be_native
from dl_core.figures.language_near import nearest_bars
from dl_core.figures.language_odd import odd_bars
from dl_core.figures.language_senses import between
from dl_core.figures.language_wordmap import PLOT, flat_map
from dl_core.language import near, odd, senses, wordmap

WORDS, TEXTS = (*near.PRESETS.values(), "", "qwertz"), (*odd.PRESETS.values(), "", "two words")
GROUPS = wordmap.PRESETS.values()
PICTURES = {
    **{f"near {word}": nearest_bars(near.story(near.Settings(word))) for word in WORDS},
    **{f"odd {text}": odd_bars(odd.story(odd.Settings(text))) for text in TEXTS},
    **{f"senses {word}": between(senses.story(senses.Settings(word))) for word in senses.WORDS},
    **{f"map {groups}": flat_map(wordmap.story(wordmap.Settings(groups))) for groups in GROUPS},
    "map without a word": flat_map(wordmap.story(wordmap.Settings(word=""))),
}
every_picture = pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)


def notes(picture):
    return [note.text for note in picture.checked_figure.layout.annotations]


@every_picture
def test_plotly_and_the_still_can_draw_it_and_it_is_small(picture):
    assert picture.checked_figure
    assert "NaN" not in picture.json
    assert len(picture.json) < 12_000
    assert still.png(picture, pixels_per_inch=40)[1:4] == b"PNG"
    assert all((note.font.size or 13) >= 13 for note in picture.checked_figure.layout.annotations)
    assert picture.summary
    assert picture.table is not None


@every_picture
def test_no_title_is_long(picture):
    assert len(picture.title.split()) <= 14


def test_bars_are_as_long_as_words_are_alike():
    found = near.story(near.Settings("camera"))
    (bars,) = nearest_bars(found).checked_figure.data
    assert list(bars.x) == [one.likeness for one in found.neighbours]
    assert nearest_bars(found).checked_figure.layout.yaxis.ticktext[0] == found.neighbours[0].word
    assert can_be_native(nearest_bars(found))


def test_an_opposite_has_another_colour_stripes_and_a_word():
    picture = nearest_bars(near.story(near.Settings("buy")))
    plain, opposite = picture.checked_figure.data
    assert plain.marker.color != opposite.marker.color
    assert plain.marker.pattern.shape != opposite.marker.pattern.shape
    assert any("opposite" in text for text in notes(picture))
    assert "opposite" in picture.title


def test_the_odd_one_is_marked_twice_and_lies_last():
    found = odd.story(odd.Settings())
    picture = odd_bars(found)
    others, stranger = picture.checked_figure.data
    assert stranger.x == (found.means[0],)
    assert max(others.y) < stranger.y[0]
    assert stranger.marker.pattern.shape == "/"
    assert any("odd one out" in text for text in notes(picture))


def test_a_tie_marks_nobody():
    found = odd.story(odd.Settings("doctor nurse hammer"))
    tie = type(found)(found.settings, found.words, (0.2, 0.2, 0.4), found.table, (), 0, found.known)
    assert [trace.name for trace in odd_bars(tie).checked_figure.data] == ["the others"]
    assert "tie" in odd_bars(tie).title


@pytest.mark.parametrize("word", senses.WORDS)
def test_every_word_lies_on_its_side(word):
    told = senses.story(senses.Settings(word))
    figure = between(told).checked_figure
    right, left, own = figure.data
    assert all(x >= 0 for x in right.x)
    assert all(x < 0 for x in left.x)
    assert own.x == (pytest.approx(told.word.lean, abs=1e-3),)
    assert len(right.x) + len(left.x) == 10
    low, high = figure.layout.xaxis.range
    assert all(low < x < high for trace in figure.data for x in trace.x)


def test_no_two_words_of_the_map_meet_on_a_phone():
    for groups in wordmap.PRESETS.values():
        told = wordmap.story(wordmap.Settings(groups, ""))
        figure = flat_map(told).checked_figure
        (x0, x1), (y0, y1) = figure.layout.xaxis.range, figure.layout.yaxis.range
        boxes = []
        for note in figure.layout.annotations:
            wide, tall = 6.8 * len(note.text), 14
            x = PLOT[0] * (note.x - x0) / (x1 - x0) + note.xshift
            y = PLOT[1] * (note.y - y0) / (y1 - y0) + note.yshift
            left = x - {"left": 0, "center": 0.5, "right": 1}[note.xanchor] * wide
            low = y - {"bottom": 0, "middle": 0.5, "top": 1}[note.yanchor] * tall
            boxes.append((left, low, left + wide, low + tall))
        assert len(boxes) >= 12
        for i, a in enumerate(boxes):
            for b in boxes[:i]:
                assert not (a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3])


def test_every_group_of_the_map_has_its_own_mark_and_all_words_are_drawn():
    told = wordmap.story(wordmap.Settings())
    groups = flat_map(told).checked_figure.data[:-1]
    assert (
        len({trace.marker.symbol for trace in groups}) == len({trace.marker.color for trace in groups}) == 4
    )
    assert sorted(word for trace in groups for word in trace.text) == sorted(one.word for one in told.placed)
    assert len(flat_map(told).table) == len(told.placed) + 1

import json

import pytest

from dl_core.documents import still
from dl_core.figures.language_bag import MOST, mirror
from dl_core.language.bag import PRESETS, Pasted, Settings, story

LONG = Settings(pasted=Pasted(" ".join(f"word{n}" for n in range(3000)), "word1 " * 4000))
HOSTILE = Settings("<img src=x onerror=alert(1)> <b>bold</b> &amp;", "</script> {x} $y$ %{z}")
CASES = [
    *PRESETS.values(),
    Settings(run=2),
    Settings("", ""),
    Settings("dog", ""),
    Settings("a a", "a"),
    LONG,
    HOSTILE,
    Settings("👍🏽👍 👩‍🚀 我要退款", "שלום नमस्ते"),
    Settings("donaudampfschifffahrtsgesellschaft " * 8, "é" * 300, 3),
]
every_case = pytest.mark.parametrize("chosen", CASES, ids=range(len(CASES)))


def bars(picture):
    return {trace.name: trace for trace in picture.checked_figure.data if trace.type == "bar"}


def test_the_same_bag_is_its_own_mirror():
    left, right = bars(mirror(story(Settings()))).values()
    assert left.y == right.y
    assert left.x == tuple(-x for x in right.x)
    assert left.base == tuple(-base for base in right.base)
    assert left.marker.color != right.marker.color
    assert left.marker.pattern.shape != right.marker.pattern.shape


def test_bars_are_as_long_as_the_counts():
    told = story(Settings("a a a b", "a c c"))
    left, right = bars(mirror(told)).values()
    assert dict(zip(left.y, left.customdata, strict=True)) == {left.y[0]: 3, left.y[1]: 1}
    assert left.x[0] == pytest.approx(3 * left.x[1], rel=1e-3)
    assert sorted(right.customdata) == [1, 2]
    assert abs(right.x[right.customdata.index(1)]) == pytest.approx(abs(left.x[1]), rel=1e-3)


def test_words_in_both_are_bold():
    notes = [note.text for note in mirror(story(Settings("a b", "a c"))).checked_figure.layout.annotations]
    assert "<b>a</b>" in notes
    assert "b" in notes


def test_what_has_no_room_is_counted():
    notes = [note.text for note in mirror(story(LONG)).checked_figure.layout.annotations]
    assert "and 2,990 words more" in notes
    assert len(mirror(story(LONG)).table) == 500


def test_the_order_stands_above_the_bars():
    notes = [note.text for note in mirror(story(Settings())).checked_figure.layout.annotations]
    assert "First text<br><b>dog → bites → man</b>" in notes
    assert "Second text<br><b>man → bites → dog</b>" in notes


@every_case
def test_it_can_be_drawn_from_any_text(chosen):
    picture = mirror(story(chosen))
    figure = picture.checked_figure
    assert sum(len(bar.y) > MOST for bar in bars(picture).values()) == 0
    assert "NaN" not in picture.json
    assert len(picture.json) < 9_000
    low, high = figure.layout.yaxis.range
    assert all(low <= y <= high for trace in figure.data for y in trace.y)
    for bar in bars(picture).values():
        assert all(-1 <= base + x <= 1 for x, base in zip(bar.x, bar.base, strict=True))
    assert len(picture.table) >= 1


@every_case
def test_no_word_of_a_reader_is_taken_for_markup(chosen):
    drawn = json.loads(mirror(story(chosen)).json)
    tags = "".join(note["text"] for note in drawn["layout"].get("annotations", []))
    for ours in ("<b>", "</b>", "<br>"):
        tags = tags.replace(ours, "")
    assert not set("<>&{}$") & set(tags)


@pytest.mark.parametrize("chosen", [Settings(), HOSTILE, Settings("👍🏽 我 שלום", "नमस्ते 👍🏽")])
def test_it_can_be_drawn_without_a_browser(chosen):
    assert still.png(mirror(story(chosen)), pixels_per_inch=40)[1:4] == b"PNG"

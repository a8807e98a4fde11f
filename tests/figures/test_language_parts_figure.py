import math

import pytest

from dl_core.documents import still
from dl_core.figures.language_parts import SECRET, sizes
from dl_core.language.parts import GPT_2, GPT_3, PRESETS, Settings, published, story

CASES = [*PRESETS.values(), Settings(1, 1, 1, 1), Settings(128, 16_384, 250_000, 131_072)]
every_case = pytest.mark.parametrize("chosen", CASES, ids=str)


def test_a_shape_that_is_published_is_drawn_once():
    names = [trace.name for trace in sizes(story(GPT_2)).checked_figure.data]
    assert names == ["One head here", "Transformer", "Yours, as GPT-2 small", "GPT-3"]
    assert len(sizes(story(Settings(4))).checked_figure.data) == len(published()) + 1


def test_the_readers_own_has_another_mark():
    marks = {trace.name: trace.marker for trace in sizes(story(Settings(4))).checked_figure.data}
    assert {mark.symbol for name, mark in marks.items() if name != "Your shape"} == {"circle"}
    assert marks["Your shape"].symbol == "diamond"


def test_what_nobody_publishes_has_no_line():
    figure = sizes(story(GPT_3)).checked_figure
    (note,) = [one.text for one in figure.layout.annotations if SECRET[1] in one.text]
    assert "Claude" in note
    assert all("Claude" not in trace.name for trace in figure.data)


@every_case
def test_lines_end_at_the_counts_and_everything_lies_inside(chosen):
    picture = sizes(story(chosen))
    figure = picture.checked_figure
    ends = [trace.x[0] for trace in figure.data]
    assert ends == sorted(ends)
    assert [shape.x1 for shape in figure.layout.shapes] == ends
    assert story(chosen).numbers in ends
    low, high = figure.layout.xaxis.range
    assert all(low <= math.log10(end) <= high for end in ends)
    bottom, top = figure.layout.yaxis.range
    assert all(bottom <= trace.y[0] <= top for trace in figure.data)
    assert len(picture.json) < 6_000
    assert still.png(picture, pixels_per_inch=40)[1:4] == b"PNG"


def test_the_table_counts_every_part():
    table = sizes(story(GPT_2)).table
    parts = table[table["model or part"].str.startswith("yours: ")]["numbers to learn"]
    assert sum(int(n.replace(",", "")) for n in parts) == 124_439_808

import itertools
import math

import pytest

from dl_core.documents import still
from dl_core.documents.native_chart import can_be_native
from dl_core.figures.language_contest import contest_chart
from dl_core.language.contest import ORDER_SIZES, SIZES, WAYS, Settings, load, story
from pages._words.language_contest import contest_headline
from tests.readability import words

CASES = [Settings(n, task=task) for n in SIZES for task in ("drawers", "order")]
every_case = pytest.mark.parametrize("chosen", CASES, ids=lambda one: f"{one.task} {one.n}")
DRAWN = {"count": "counting", "embed": "embedding", "attend": "attending"}


def traces(chosen):
    return {trace.name: trace for trace in contest_chart(story(chosen)).checked_figure.data}


def test_each_way_is_drawn_as_measured_with_its_range():
    found = traces(Settings())
    for way in WAYS:
        trace = found[DRAWN[way]]
        points = [load().at(way, n) for n in SIZES]
        assert trace.x == SIZES
        assert trace.y == pytest.approx([100 * point.share for point in points], abs=0.01)
        high = [y + up for y, up in zip(trace.y, trace.error_y.array, strict=True)]
        low = [y - down for y, down in zip(trace.y, trace.error_y.arrayminus, strict=True)]
        assert high == pytest.approx([100 * point.range[1] for point in points], abs=0.02)
        assert low == pytest.approx([100 * point.range[0] for point in points], abs=0.02)


def test_no_two_ways_look_alike():
    for chosen in (Settings(), Settings(task="order")):
        drawn = list(traces(chosen).values())
        for looks in (
            {trace.line.color for trace in drawn},
            {trace.line.dash for trace in drawn},
            {trace.marker.symbol for trace in drawn},
        ):
            assert len(looks) == len(drawn)
    assert traces(Settings(task="order"))["attending"].x == ORDER_SIZES


@every_case
def test_everything_lies_inside_and_can_be_drawn(chosen):
    picture = contest_chart(story(chosen))
    figure = picture.checked_figure
    low, high = figure.layout.yaxis.range
    left, right = figure.layout.xaxis.range
    for trace in figure.data:
        assert all(low < y - down and y + up < high for y, down, up in zip(
            trace.y, trace.error_y.arrayminus, trace.error_y.array, strict=True))  # fmt: skip
        assert all(left < math.log10(x) < right for x in trace.x)
    (line,) = [shape for shape in figure.layout.shapes if shape.x0 == shape.x1]
    assert line.x0 == story(chosen).n
    assert "NaN" not in picture.json
    assert len(picture.json) < 12_000
    assert can_be_native(picture)


@every_case
def test_titles_and_headlines_are_short(chosen):
    told = story(chosen)
    headline, title = contest_headline(told), contest_chart(told).title
    assert 2 <= len(headline.split()) <= 12
    assert len(words(headline)) + len(words(title)) <= 25


@pytest.mark.parametrize("task", ["drawers", "order"])
def test_it_can_be_a_still_and_a_table(task):
    picture = contest_chart(story(Settings(task=task)))
    assert still.png(picture, pixels_per_inch=40)[1:4] == b"PNG"
    assert len(picture.table) == len(SIZES if task == "drawers" else ORDER_SIZES)
    assert picture.table.notna().all().all()


def test_names_keep_apart():
    notes = [
        note for note in contest_chart(story(Settings())).checked_figure.layout.annotations if note.xshift
    ]
    heights = sorted(note.y for note in notes)
    assert len(heights) == len(WAYS)
    assert min(b - a for a, b in itertools.pairwise(heights)) >= 5.9

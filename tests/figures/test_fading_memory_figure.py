import json
import math
from itertools import product

import pytest

from dl_core.documents import still
from dl_core.documents.native_chart import can_be_native
from dl_core.fading_memory import FARTHEST, MEASURED, PRESETS, Settings, story
from dl_core.figures.fading_memory import FLOOR, memory_chart

CASES = [*PRESETS.values(), Settings(1.5, 0.9, 60), Settings(2.0, 0.9, 1), Settings(0.5, 0.99, 60)]
every_case = pytest.mark.parametrize("chosen", CASES, ids=str)


def named(picture):
    return {trace.name: trace for trace in picture.checked_figure.data}


def test_both_memories_and_their_theory_are_drawn():
    shown = story(Settings())
    traces = named(memory_chart(shown))
    assert traces["gated"].x == tuple(range(FARTHEST + 1))
    assert traces["gated"].y == pytest.approx(shown.gated.median, rel=5e-3)
    assert traces["theory, gated"].y == pytest.approx(shown.gated.theory, rel=5e-3)
    assert traces["gated"].marker.symbol != traces["plain"].marker.symbol
    seen = [value for value in shown.plain.median if value > FLOOR / 1.5]
    assert len(traces["plain"].x) in (len(seen), len(seen) + 1)


def test_the_readers_distance_is_marked_on_both_lines():
    shown = story(Settings(1.5, 0.9, 25))
    mark = named(memory_chart(shown))["your distance"]
    assert mark.x == (25, 25)
    assert mark.y == pytest.approx((shown.plain.median[25], shown.gated.median[25]), rel=5e-3)
    assert "25 steps" in [note.text for note in memory_chart(shown).checked_figure.layout.annotations]


@every_case
def test_everything_lies_inside_and_can_be_drawn(chosen):
    picture = memory_chart(story(chosen))
    figure = picture.checked_figure
    low, high = figure.layout.yaxis.range
    for trace in figure.data:
        assert all(low <= math.log10(y) <= high for y in trace.y)
    assert "NaN" not in picture.json
    assert len(picture.json) < 12_000
    assert can_be_native(picture)
    assert still.png(picture, pixels_per_inch=40)[1:4] == b"PNG"
    assert len(picture.table) == FARTHEST + 1


@every_case
def test_the_film_walks_back_in_time(chosen):
    film = json.loads(memory_chart(story(chosen)).film.json)
    assert len(film["captions"]) == FARTHEST + 1
    assert film["captions"][0].startswith("0 steps back: plain 100 %, gated 100 %")
    assert len(film["grows"]) == 2


def test_titles_are_short():
    for strength, keeps in product(*MEASURED.values()):
        for back in (1, 30, 60):
            title = memory_chart(story(Settings(strength, keeps, back))).figure["layout"]["title"]["text"]
            assert len(title.split()) <= 14
            assert title.startswith(f"{back} step")

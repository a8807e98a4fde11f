import math
from itertools import pairwise

import pytest

from dl_core.documents import still
from dl_core.figures.picture import BLUE
from dl_core.figures.rate_schedules import rate_and_miss
from dl_core.rate_schedules import END_RATES, N_PASSES, PRESETS, SHAPES, START_RATES, Settings, story

CASES = [Settings(start, end, shape) for start in START_RATES for end in END_RATES for shape in SHAPES]
every_case = pytest.mark.parametrize("chosen", CASES, ids=str)


def panel(picture, axis):
    return [trace for trace in picture.checked_figure.data if (trace.yaxis or "y") == axis]


@every_case
def test_above_stands_the_rate_and_below_the_miss_that_it_leads_to(chosen):
    told = story(chosen)
    picture = rate_and_miss(told)
    rate, miss = panel(picture, "y2")[-1], panel(picture, "y")[-1]  # the reader's own is drawn last
    assert rate.line.color == miss.line.color == BLUE
    assert rate.y == pytest.approx(told.rates, rel=1e-3)
    assert miss.y == pytest.approx(told.chosen.validation, rel=1e-3)
    assert len(rate.x) == len(miss.x) == N_PASSES
    assert picture.checked_figure.layout.yaxis2.type == "log"


@every_case
def test_the_constant_rate_stands_beside_a_falling_one(chosen):
    told = story(chosen)
    names = [trace.name for trace in panel(rate_and_miss(told), "y")]
    assert (f"held at {chosen.start_rate:g}" in names) is True
    assert any(name.startswith("falling") for name in names) == told.falls
    assert len(set(names)) == len(names)


@every_case
def test_each_line_is_named_with_where_it_ended_and_no_two_names_touch(chosen):
    picture = rate_and_miss(story(chosen))
    layout = picture.checked_figure.layout
    low, high = layout.yaxis.range
    heights = sorted(note.y for note in layout.annotations)
    assert len(heights) == len(panel(picture, "y"))
    assert all(b - a >= 0.149 * (high - low) for a, b in pairwise(heights))
    assert low <= heights[0]
    assert heights[-1] <= high


def test_the_titles_follow_what_was_measured():
    titles = {
        name: rate_and_miss(story(one)).checked_figure.layout.title.text for name, one in PRESETS.items()
    }
    assert titles["Three drops"] == "A falling rate settles at 0.63; held at 0.1, the miss keeps jumping"
    assert titles["Held constant"] == "Held at 0.1, the miss keeps jumping"
    calm = rate_and_miss(story(Settings(0.01, 0.0001, "steps"))).checked_figure.layout.title.text
    assert calm == "A falling rate settles at 0.63; held at 0.01, so does the miss"


@every_case
def test_it_can_be_drawn_and_holds_no_broken_number(chosen):
    picture = rate_and_miss(story(chosen))
    assert "NaN" not in picture.json
    assert len(picture.json) < 40_000
    assert len(picture.checked_figure.layout.title.text.split()) <= 14
    assert picture.film.grows == tuple(range(len(picture.figure["data"])))
    assert len(picture.film.captions) == N_PASSES
    n_runs = 2 if chosen.start_rate == chosen.end_rate else 3  # the two constant rates may be one
    assert picture.table.shape == (N_PASSES, 2 + 2 * n_runs)


def test_a_still_is_drawn():
    assert still.png(rate_and_miss(story(Settings())), pixels_per_inch=40)[1:4] == b"PNG"


def test_the_rate_panel_reaches_from_the_last_to_the_first_rate():
    low, high = rate_and_miss(story(Settings())).checked_figure.layout.yaxis2.range
    assert low < math.log10(0.0001)
    assert high > math.log10(0.1)

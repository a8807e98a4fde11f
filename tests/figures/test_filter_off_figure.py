"""Five guesses before and after, over the effect of every filter."""

from __future__ import annotations

import pytest

from dl_core.documents import still
from dl_core.figures.filter_off import ROWS_FROM, before_and_after, filter_at
from dl_core.filter_off import Settings, story
from dl_core.photos import sample_photo

COFFEE, CAT = sample_photo("coffee"), sample_photo("cat")
CASES = [
    Settings(COFFEE),
    Settings(COFFEE, ranks=()),
    Settings(COFFEE, ranks=(1, 2, 3, 4, 5)),
    Settings(CAT, "first", (1, 2, 3, 4, 5, 6, 7, 8), 20),
    Settings(CAT, "stage3", (), 1),
]
every_case = pytest.mark.parametrize("chosen", CASES, ids=lambda one: f"{one.layer}-{one.ranks}-{one.number}")


@every_case
def test_the_bars_are_the_guesses_and_the_ranking(chosen):
    told = story(chosen)
    after, before, takes, adds, off, marks = before_and_after(told).checked_figure.data
    assert after.x == pytest.approx([100 * guess.after for guess in told.guesses], rel=1e-3)
    assert before.x == pytest.approx([100 * guess.before for guess in told.guesses], rel=1e-3)
    assert before.marker.color == "rgba(0,0,0,0)"  # hollow
    assert set(off.customdata) == set(told.off)
    assert len(marks.x) == len(told.off)
    bars = sorted(
        (rank, points) for one in (takes, adds, off) for rank, points in zip(one.x, one.y, strict=True)
    )
    assert [rank for rank, _ in bars] == list(range(1, len(told.ranking.filters) + 1))
    assert [points for _, points in bars] == pytest.approx(told.ranking.points, rel=1e-3, abs=1e-9)
    assert all(points > 0 for points in takes.y)
    assert all(points <= 0 for points in adds.y)


@every_case
def test_the_words_hold_the_finding_and_it_can_be_drawn(chosen):
    told = story(chosen)
    picture = before_and_after(told)
    words = " ".join(note.text for note in picture.checked_figure.layout.annotations)
    assert f"{told.ranking.n_small} of {len(told.ranking.filters)}" in words
    assert told.layer.name in words
    assert f"<b>{told.after}</b>" in words
    assert words.count("<b>") == 2  # the name that leads now, and its numbers
    assert ("▼ off" in words) == bool(told.off)
    assert "NaN" not in picture.json
    assert len(picture.json) < 15_000
    assert still.png(picture, pixels_per_inch=40)[1:4] == b"PNG"
    assert len(picture.table) == len(told.ranking.filters)
    assert (picture.table["off now"] == "yes").sum() == len(told.off)


@pytest.mark.parametrize(
    ("chosen", "starts"),
    [
        (CASES[0], "Filter 34 off: “espresso” falls from 99.1 % to 88"),
        (CASES[1], "All filters on: “espresso” stays at 99.1 %"),
        (CASES[2], "5 filters off: “espresso” falls from 99.1 % to "),
    ],
)
def test_the_title_states_the_finding(chosen, starts):
    assert before_and_after(story(chosen)).title.startswith(starts)


def test_a_place_on_the_strip_is_a_filter_and_a_place_on_the_guesses_is_none():
    told = story(CASES[0])
    assert filter_at(told, 1.4, 3.0) == told.ranking.filters[0]
    assert filter_at(told, 319.6, -2.0) == told.ranking.filters[-1]
    assert filter_at(told, 0.4, 3.0) is None
    assert filter_at(told, 321.0, 3.0) is None
    assert filter_at(told, 40.0, ROWS_FROM + 1) is None
    # no points can lie as high as the guesses
    figure = before_and_after(told).checked_figure
    assert max(figure.layout.yaxis.range) < ROWS_FROM / 2 < min(figure.layout.yaxis2.range)

import json
from dataclasses import replace

import numpy as np
import pytest

from dl_core.batch_sizes import WAYS
from dl_core.batch_ways import pass_times, ways_table
from dl_core.digit_batches import AXES, RATES, TARGET, Settings, story
from dl_core.documents import still
from dl_core.documents.native_chart import can_be_native
from dl_core.figures.digit_batches import N_POINTS, loss_curves, pass_bars
from dl_core.figures.film import LARGEST

every_setting = pytest.mark.parametrize(
    "chosen", [Settings(axis, rate) for axis in AXES for rate in RATES], ids=str
)


def trace(picture, name):
    return next(line for line in picture.checked_figure.data if line.name == name)


@every_setting
def test_each_curve_ends_where_its_run_ended(chosen):
    shown = story(chosen)
    picture = loss_curves(shown)
    for curve in shown.curves:
        line = trace(picture, curve.way)
        assert len(line.x) == N_POINTS
        assert line.x[-1] == pytest.approx(curve.counted(chosen.axis)[-1], rel=1e-3)
        assert line.y[-1] == pytest.approx(curve.losses[-1], abs=1e-3)


@every_setting
def test_the_target_is_marked_where_each_way_reaches_it(chosen):
    shown = story(chosen)
    for curve in shown.curves:
        mark = trace(loss_curves(shown), f"{curve.way} at the target")
        assert (mark.x[1], mark.y[1]) == pytest.approx((curve.reached(chosen.axis), TARGET), rel=1e-3)


def test_who_does_not_reach_it_has_a_name_and_no_mark():
    shown = story(Settings())
    full, mini, one = shown.curves
    picture = loss_curves(replace(shown, curves=(replace(full, losses=full.losses + 1), mini, one)))
    assert len(trace(picture, "full batch at the target").x) == 1
    assert "<b>full batch</b><br>not reached" in {
        note.text for note in picture.checked_figure.layout.annotations
    }
    none = replace(shown, curves=tuple(replace(curve, losses=curve.losses + 1) for curve in shown.curves))
    assert (
        loss_curves(none).figure["layout"]["title"]["text"] == "At a rate of 0.5, none reaches a loss of 0.3"
    )


@every_setting
def test_the_title_is_the_finding_on_this_axis(chosen):
    shown = story(chosen)
    title = loss_curves(shown).figure["layout"]["title"]["text"]
    first = shown.first(chosen.axis)
    assert all(curve.way in title for curve in first)
    assert sum(way in title for way in WAYS) == len(first)
    assert ("together" in title) == (len(first) > 1)
    assert len(title.split()) <= 14


@every_setting
def test_picture_and_film_are_small_whole_and_native(chosen):
    picture = loss_curves(story(chosen))
    assert len(picture.json) < 40_000
    assert len(picture.film.json) < LARGEST
    json.loads(picture.film.json)
    assert "NaN" not in picture.json
    assert "Infinity" not in picture.json
    assert can_be_native(picture)


@every_setting
def test_the_film_grows_the_curves_to_the_same_place_of_the_axis(chosen):
    picture = loss_curves(story(chosen))
    film, lines = picture.film, picture.figure["data"]
    grown = [lines[place] for place in film.grows]
    assert {line["name"] for line in grown} == set(WAYS)
    assert film.shown[-1] == N_POINTS
    assert len(film.captions) <= 120
    assert (np.diff(film.shown) > 0).all()
    longest = max(grown, key=lambda line: line["x"][-1])
    for line in grown:  # until a run has ended, its points lie at the places of the longest
        running = np.array(line["x"]) < line["x"][-1]
        assert np.array(line["x"])[running] == pytest.approx(np.array(longest["x"])[running])


def test_a_still_can_be_drawn_and_the_table_is_that_of_the_ways():
    shown = story(Settings())
    picture = loss_curves(shown)
    assert still.png(picture, pixels_per_inch=40).startswith(b"\x89PNG")
    header, *rows = ways_table(shown)
    assert picture.table.columns.tolist() == list(header)
    assert picture.table.to_numpy().tolist() == [list(row) for row in rows]


def test_the_bars_are_the_measured_milliseconds():
    shown = pass_times()
    picture = pass_bars(shown)
    (bars,) = picture.checked_figure.data
    assert list(bars.x) == pytest.approx([1000 * each for each in shown.times.seconds_per_pass], rel=1e-3)
    assert [name.split("<br>")[1] for name in bars.y] == ["1 update", "28 updates", "898 updates"]
    assert can_be_native(picture)
    assert still.png(picture, pixels_per_inch=40).startswith(b"\x89PNG")
    assert picture.table["updates per pass"].tolist() == [1, 28, 898]

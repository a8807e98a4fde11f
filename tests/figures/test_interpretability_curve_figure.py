import math
from itertools import pairwise

import numpy as np
import pytest

from dl_core.documents import still
from dl_core.figures.interpretability_curve import curve_chart
from dl_core.figures.picture import BLUE, GREEN, VERMILLION
from dl_core.interpretability.curve import Settings, story
from dl_core.interpretability.curve_in_words import headline
from dl_core.interpretability.question import Question
from dl_core.interpretability.tables import ready_made
from tests.readability import words

LOANS = Question(ready_made("loans"))
CHOSEN = {
    "opening": Settings(LOANS),
    "as learned": Settings(LOANS, "loan in yearly incomes", "keep"),
    "group": Settings(LOANS, "group", "flat"),
    "part": Settings(LOANS, "debt payments", "flat", 10.0, 20.0),
    "income": Settings(LOANS, "yearly income", "down"),
    "cells": Settings(Question(ready_made("cancer"), 10_000.0, 500.0)),
    "patients": Settings(Question(ready_made("diabetes")), "age", "flat"),
}
every_setting = pytest.mark.parametrize("chosen", CHOSEN.values(), ids=CHOSEN)


def traces(picture):
    return {trace.name: trace for trace in picture.checked_figure.data}


def height_at(trace, place):
    """Of a staircase given by its corners, beside the corners."""
    x, y = np.array(trace.x), np.array(trace.y)
    return y[np.flatnonzero(x <= place)[-1]]


@every_setting
def test_the_lines_are_the_curves(chosen):
    told = story(chosen)
    drawn = traces(curve_chart(told))
    low, high = told.ends
    corners = [low, *(place for place in told.cuts.tolist() if low < place < high), high]
    places = [(a + b) / 2 for a, b in pairwise(corners) if b - a > 1e-3 * (high - low)]
    for name, curve in (("as learned", told.learned), ("edited", told.made), ("true rule", told.truth)):
        if name not in drawn:
            continue
        wanted = [curve[np.digitize(place, told.cuts)] for place in places]
        assert [height_at(drawn[name], place) for place in places] == pytest.approx(wanted, abs=2e-3)
        assert (drawn[name].x[0], drawn[name].x[-1]) == pytest.approx((low, high), rel=1e-3)
    assert ("edited" in drawn) == told.is_edited
    assert ("true rule" in drawn) == (chosen.question == LOANS)


def test_each_line_has_a_second_cue():
    drawn = traces(curve_chart(story(CHOSEN["opening"])))
    looks = {name: (drawn[name].line.color, drawn[name].line.dash) for name in ("edited", "true rule")}
    assert looks == {"edited": (BLUE, None), "true rule": (GREEN, "dot")}
    assert drawn["as learned"].line.dash == "dash"


@every_setting
def test_the_band_is_one_standard_deviation_around_the_learned_curve(chosen):
    told = story(chosen)
    band = traces(curve_chart(told))["four trainings"]
    half = len(band.x) // 2
    under, over = np.array(band.y[:half]), np.array(band.y[half:])[::-1]
    first = np.digitize(told.ends[0], told.cuts)
    assert over[0] - under[0] == pytest.approx(2 * told.spread[first], abs=2e-3)
    assert (over >= under).all()


@every_setting
def test_the_bars_count_every_case_and_colour_the_changed_ones(chosen):
    told = story(chosen)
    bars = [trace for trace in curve_chart(told).checked_figure.data if trace.type == "bar"]
    assert sum(sum(bar.y) for bar in bars) == told.n
    counted = {bar.name: sum(bar.y) for bar in bars}
    assert counted.get("newly held back", 0) == told.caught + told.alarmed
    assert counted.get("newly let through", 0) == told.missed + told.freed
    for bar in bars:
        assert bar.marker.pattern.bgcolor == bar.marker.color  # else a pattern leaves the bar white
    if "newly held back" in counted:
        (mine,) = [bar for bar in bars if bar.name == "newly held back"]
        assert (mine.marker.color, mine.marker.pattern.shape) == (VERMILLION, "/")


@every_setting
def test_the_axis_says_factors_of_the_odds(chosen):
    axis = curve_chart(story(chosen)).checked_figure.layout.yaxis
    assert 2 <= len(axis.tickvals) <= 7
    for value, name in zip(axis.tickvals, axis.ticktext, strict=True):
        factor = float(name[1:].replace(",", ""))
        wanted = factor if name[0] == "×" else 1 / factor
        assert math.exp(value) == pytest.approx(wanted, rel=2e-3)


@every_setting
def test_it_can_be_read_and_drawn_everywhere(chosen):
    told = story(chosen)
    picture = curve_chart(told)
    assert len(words(f"{headline(told)} {picture.title}")) <= 25
    assert "**" not in picture.summary
    assert str(told.n_changed or "no") in picture.summary.lower().replace("none", "no")
    assert picture.table.shape[1] == 4
    assert picture.table.columns.is_unique
    assert len(picture.json) < 45_000
    assert still.png(picture, width=4, height=4)[:4] == b"\x89PNG"


def test_names_of_levels_stand_under_a_column_that_has_them():
    axis = curve_chart(story(CHOSEN["group"])).checked_figure.layout.xaxis
    assert (list(axis.tickvals), list(axis.ticktext)) == ([0, 1], ["A", "B"])

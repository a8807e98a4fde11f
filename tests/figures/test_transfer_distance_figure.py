"""The four-case chart: fields, measured tasks and the reader's task are where the numbers are."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from dl_core.documents.still import png
from dl_core.figures.picture import ACCENT, Picture
from dl_core.figures.transfer_distance import distance_chart
from dl_core.transfer.distance import CASES, MANY, ON_THE_LINE, Distance, Settings, measured, story
from dl_core.transfer.tasks import TASKS, ready_made


@pytest.fixture(scope="module")
def told() -> Distance:
    return story(Settings(ready_made("corners")))


@pytest.fixture(scope="module")
def picture(told: Distance) -> Picture:
    return distance_chart(told)


def reader_point(picture: Picture) -> tuple[float, float]:
    (trace,) = [each for each in picture.figure["data"] if each.get("marker", {}).get("color") == ACCENT]
    return trace["x"][0], trace["y"][0]


def test_plotly_accepts_it_and_a_still_can_be_drawn(picture: Picture) -> None:
    assert picture.checked_figure.layout.yaxis.type == "log"
    assert png(picture)[:4] == b"\x89PNG"
    assert len(picture.json) < 12_000


def test_the_fields_meet_at_the_measured_line_and_at_many_pictures(picture: Picture) -> None:
    fields = [shape for shape in picture.figure["layout"]["shapes"] if shape["type"] == "rect"]
    *fields, band = fields
    assert len(fields) == 4
    _, low, high = measured().line
    assert (band["x0"], band["x1"]) == (low, high)  # where nobody can say far or near
    for field in fields:
        assert field["x1"] == low or field["x0"] == high
        assert MANY in (field["y0"], field["y1"])


def framed(picture: Picture) -> list[tuple[float, float]]:
    shapes = picture.figure["layout"]["shapes"]
    return [
        (each["x0"], each["y0"]) for each in shapes if each["type"] == "rect" and each["line"]["width"] == 2
    ]


def test_on_the_line_both_halves_are_the_readers(told: Distance) -> None:
    _, low, high = measured().line
    assert framed(distance_chart(told)) == [(0, 1)]
    for at in (low, measured().line[0], high):
        chart = distance_chart(replace(told, similarity=at))
        assert sorted(framed(chart)) == [(0, 1), (high, 1)]
        assert chart.title == "On the line, few pictures: try both, your own test decides"
        assert ON_THE_LINE in chart.summary
    assert framed(distance_chart(replace(told, similarity=high + 0.1))) == [(high, 1)]


def test_every_advice_is_on_the_chart_and_the_readers_is_bold(told: Distance, picture: Picture) -> None:
    texts = [note["text"] for note in picture.figure["layout"]["annotations"]]
    plain = [text.replace("<br>", " ") for text in texts]
    assert [case.advice in text for case in CASES for text in plain].count(True) == 4
    bold = [text for text in plain if text.startswith("<b>") and "your task" not in text]
    assert bold == [f"<b>{told.case.advice}</b>"]


def test_the_other_tasks_stand_where_they_were_measured(picture: Picture) -> None:
    named = {each["text"][0]: each for each in picture.figure["data"] if "text" in each}
    assert len(named) == len(TASKS) - 1 + 1  # without the reader's, with CIFAR-10
    (cloth,) = [task for task in measured().tasks if task.key == "fabrics"]
    assert named["cloth"]["x"] == [pytest.approx(cloth.similarity)]
    assert named["cloth"]["y"] == [cloth.n_held]
    assert "corners" not in named


@pytest.mark.parametrize("n_per_class", [1, 20, 1000])
def test_the_readers_task_is_where_it_lies(told: Distance, n_per_class: int) -> None:
    found = replace(told, settings=Settings(ready_made("corners"), n_per_class))
    assert reader_point(distance_chart(found)) == (pytest.approx(told.similarity, abs=0.01), n_per_class)
    low, high = distance_chart(found).figure["layout"]["yaxis"]["range"]
    assert low <= math.log10(n_per_class) <= high


def test_a_task_nearer_than_any_photo_still_fits(told: Distance) -> None:
    chart = distance_chart(replace(told, similarity=95.0))
    assert chart.figure["layout"]["xaxis"]["range"][1] > 95
    assert chart.title.startswith("Near, few pictures")


def test_the_title_says_the_case(told: Distance, picture: Picture) -> None:
    assert picture.title == f"Far, few pictures: {told.case.advice.lower()}"
    line = distance_chart(replace(told, similarity=measured().line[0]))
    assert line.title.startswith("On the line, few pictures")


def test_the_table_holds_what_is_drawn(told: Distance, picture: Picture) -> None:
    table = picture.table
    assert list(table["task"])[-1] == "your task"
    assert table["similarity (0 to 100)"].iloc[-1] == pytest.approx(told.similarity, abs=0.05)
    assert np.isnan(table["right between two names (share)"].iloc[-1])
    assert "Corners of photos" not in set(table["task"])

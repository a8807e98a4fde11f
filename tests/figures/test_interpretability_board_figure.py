from dataclasses import replace

import pytest

from dl_core.documents.still import png
from dl_core.figures.interpretability_board import board_chart, board_chart_wide, title
from dl_core.figures.picture import BLUE, QUIET, VERMILLION
from dl_core.interpretability.board import Board, story
from dl_core.interpretability.leaks import Leak
from dl_core.interpretability.question import Question, at_rest
from dl_core.interpretability.tables import ready_made

LOANS = story(at_rest())
BOARDS = {
    "loans": LOANS,
    "half": story(replace(at_rest(), own_bar=0.5)),
    "cells": story(Question(ready_made("cancer"), 20_000, 500)),
    "patients": story(Question(ready_made("diabetes"), 100, 1000)),
    "stopped": Board(at_rest(), (), 180_000, 82_000, None, None),
}
every_board = pytest.mark.parametrize("told", BOARDS.values(), ids=BOARDS)


def bars(figure):
    return {trace["name"]: trace for trace in figure["data"] if trace["type"] == "bar"}


def texts(figure):
    return [note["text"] for note in figure["layout"]["annotations"]]


@every_board
@pytest.mark.parametrize("draw", [board_chart, board_chart_wide])
def test_plotly_takes_it_and_it_can_be_drawn_as_a_still(told, draw):
    picture = draw(told)
    assert picture.checked_figure.data
    assert png(picture, width=4, height=4, pixels_per_inch=40).startswith(b"\x89PNG")
    assert len(picture.json) < 15_000


@every_board
def test_bars_are_as_long_as_the_costs_and_intervals_as_the_boards(told):
    drawn = bars(board_chart(told).figure)
    for row in told.rows:
        bar = drawn[row.kind.name]
        assert bar["x"][0] == pytest.approx(row.cost.value, rel=1e-3, abs=1)
        assert bar["error_x"]["array"][0] == pytest.approx(row.cost.half, rel=1e-3, abs=1)
    assert drawn["Hold back everybody"]["x"][0] <= told.everybody * 1.001


@every_board
def test_readable_bars_have_a_second_cue(told):
    drawn = bars(board_chart(told).figure)
    for row in told.rows:
        marker = drawn[row.kind.name]["marker"]
        assert (marker["color"], marker["pattern"]["shape"]) == (
            (BLUE, "") if row.kind.is_readable else (VERMILLION, "/")
        )
    assert drawn["Hold back nobody"]["marker"]["color"] == QUIET


def test_groups_stand_apart_and_each_runs_from_cheap_to_dear():
    drawn = bars(board_chart(LOANS).figure)
    places = [
        drawn[row.kind.name]["y"][0] for readable in (True, False) for row in LOANS.ranking(readable=readable)
    ]
    assert places == sorted(places)
    assert drawn["Hold back everybody"]["y"][0] > places[-1]


def test_a_baseline_that_is_far_longer_is_cut_and_says_its_true_length():
    picture = board_chart(LOANS)
    assert bars(picture.figure)["Hold back nobody"]["x"][0] < LOANS.nobody
    assert "→ $180,000" in texts(picture.figure)


def test_ties_are_called_ties_and_what_is_unclear_is_not():
    told = texts(board_chart(LOANS).figure)
    ties = [row for row in LOANS.rows if row.is_tied and row.is_near]
    assert told.count("tie with lowest") == len(ties)
    assert told.count("lowest") == 1
    cells = BOARDS["cells"]
    unclear = [row for row in cells.rows if row.is_tied and not row.is_near]
    assert unclear
    assert texts(board_chart(cells).figure).count("not surely more") == len(unclear)


def test_what_one_reads_stands_on_the_page_and_not_on_the_slide():
    reads = {row.kind.reads for row in LOANS.rows}
    assert reads <= set(texts(board_chart(LOANS).figure))
    assert not reads & set(texts(board_chart_wide(LOANS).figure))


def test_titles_state_the_finding():
    assert title(LOANS) == "Readable $68,000, unreadable $67,000: a tie"
    assert title(BOARDS["half"]) == "At a bar of 50 % no model beats holding back everybody"
    assert title(BOARDS["stopped"]) == "Nothing is measured yet"
    assert title(replace(LOANS, leak=Leak(("refund",), (1.0,), 0.7))) == "“refund” alone tells the answer"


@every_board
def test_the_summary_and_the_table_hold_every_model(told):
    picture = board_chart(told)
    for row in told.rows:
        assert row.kind.name in picture.summary
    assert list(picture.table["model"])[: len(told.rows)] == [
        row.kind.name for row in sorted(told.rows, key=lambda row: row.cost.value)
    ]
    assert list(picture.table["model"])[-2:] == ["hold back everybody", "hold back nobody"]
    assert not picture.table.isna().any().any()

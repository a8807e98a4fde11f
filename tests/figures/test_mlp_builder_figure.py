"""The builder's pictures: the network at a glance, both losses, and which answers it mixes up."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from dl_core.documents import still
from dl_core.documents.native_chart import can_be_native
from dl_core.figures.mlp_builder import MOST_POINTS, build_picture
from dl_core.figures.mlp_confusion import cell_at, confusion_picture, rows_in, worst_rows
from dl_core.figures.mlp_losses import loss_picture
from dl_core.figures.picture import BLUE, SERIES, SYMBOLS, VERMILLION
from dl_core.mlp import data
from dl_core.mlp.plan import Plan
from dl_core.mlp_areas import areas
from dl_core.mlp_builder import PRESETS, Settings, captions, story
from dl_core.mlp_losses import losses
from tests.readability import read, words

built = cache(story)
MEMORISES = PRESETS["Few rows, memorises"]
EVERY = {
    **PRESETS,
    "diverges": Settings(data.Settings("surface"), Plan(learning_rate=1.0)),
    "hill": Settings(data.Settings("surface"), Plan(hidden=(8, 8))),
    "stuck": Settings(data.Settings(), Plan(start="zero")),
    "wine": Settings(data.Settings("wine"), Plan(hidden=(8,))),
    "many rows": Settings(data.Settings("returns", n=2000), Plan(hidden=(), n_epochs=5)),
    "one epoch": Settings(plan=Plan(n_epochs=1)),
    "patient": replace(MEMORISES, plan=replace(MEMORISES.plan, patience=20)),
    "no better": Settings(data.Settings("xor", n=60, noise=1.0), Plan(hidden=(), n_epochs=3)),
}
PICTURES = (build_picture, loss_picture, confusion_picture)
every_case = pytest.mark.parametrize("chosen", EVERY.values(), ids=EVERY)
every_picture = pytest.mark.parametrize("draw", PICTURES)


def trace(picture, name):
    return next(one for one in picture.checked_figure.data if one.name == name)


def notes(picture):
    return [str(note.text) for note in picture.checked_figure.layout.annotations]


@every_case
@every_picture
def test_it_can_be_drawn_still_sent_small_and_read(draw, chosen):
    picture = draw(built(chosen))
    assert still.png(picture, pixels_per_inch=30)[1:4] == b"PNG"
    assert len(picture.json) < 40_000
    json.loads(picture.json, parse_constant=lambda name: pytest.fail(f"{name} in the figure"))
    assert len(picture.table) > 0
    assert len(picture.figure["layout"]["title"]["text"].split()) <= 14
    assert all(len(words(one)) <= 25 for one in read([picture.summary]).sentences)


@every_case
def test_the_title_says_the_verdict(chosen):
    begins = {
        "fits": "It fits: ", "memorises": "It memorises: ", "underfits": "It underfits: ",
        "stuck": "It is stuck: ", "diverged": "It blew up: ",
        "no better than guessing": "It may be guessing: ",
    }  # fmt: skip
    told = built(chosen)
    title = build_picture(told).figure["layout"]["title"]["text"]
    assert title.startswith(begins[told.judgement.verdict.kind])


def test_every_point_stands_where_its_row_is_in_its_classes_colour_and_shape():
    told = built(Settings())
    dots = trace(build_picture(told), "never seen")
    rows = told.dealt.test
    assert dots.x == pytest.approx(told.dealt.data.inputs[rows, 0], rel=1e-3)
    assert list(dots.marker.color) == [SERIES[label] for label in told.dealt.data.targets[rows]]
    assert list(dots.marker.symbol) == [SYMBOLS[label] for label in told.dealt.data.targets[rows]]
    assert len(trace(build_picture(told), "learned from").x) <= MOST_POINTS


def test_a_cross_stands_on_each_wrong_test_row_and_on_no_other():
    told = built(MEMORISES)
    crosses = trace(build_picture(told), "wrong")
    wrong = told.dealt.data.inputs[list(told.judgement.wrong_test_rows)]
    assert sorted(crosses.x) == pytest.approx(sorted(wrong[:, 0]), rel=1e-3)
    assert "taken for" in crosses.text[0]


def test_the_ground_says_the_class_and_how_sure_it_is():
    told = built(Settings())
    ground, over = build_picture(told).figure["data"][0], areas(told)
    # 50 shades a class; 0.5 is the least sure of two: (0.75 - 0.5) / 0.5 · 49 = 24.5
    shades = np.asarray(ground["z"])
    assert np.array_equal(shades // 50, over.answers.astype(int))
    assert shades[over.sure > 0.99].tolist() == pytest.approx(
        (50 * over.answers[over.sure > 0.99] + 49).tolist(), abs=1
    )


def test_a_value_around_zero_gets_two_colours_and_one_above_it_gets_one():
    hill, hours = (build_picture(built(EVERY[name])) for name in ("hill", "Delivery hours, fits"))
    assert hill.checked_figure.data[0].colorscale[0][1] == BLUE
    assert hill.checked_figure.data[0].colorscale[-1][1] == VERMILLION
    assert hours.checked_figure.data[0].colorscale[-1][1] == BLUE
    assert any("3 other columns at their mean" in note for note in notes(hours))


def test_the_curves_are_the_losses_in_the_houses_colours():
    told = built(MEMORISES)
    picture = loss_picture(told)
    seen, unseen = trace(picture, "training loss"), trace(picture, "test loss")
    assert seen.y == pytest.approx(told.training.train_loss, rel=1e-3)
    assert unseen.y == pytest.approx(told.training.test_loss, rel=1e-3)
    assert (seen.line.color, seen.line.dash) == (BLUE, "solid")
    assert (unseen.line.color, unseen.line.dash) == (VERMILLION, "dash")


def test_the_lowest_test_loss_the_gap_and_the_stop_are_marked():
    told = built(MEMORISES)
    picture, curves = loss_picture(told), losses(told)
    assert trace(picture, "lowest").x == (curves.epochs[curves.best],)
    said = notes(picture)
    assert any(note.startswith("gap") for note in said)
    assert any("a patience of 30 epochs<br>would stop here" in note for note in said)
    (line,) = [s for s in picture.figure["layout"]["shapes"] if s.get("yref") == "y domain"]
    assert line["x0"] == curves.epochs[curves.stop]
    assert any("stopped here" in note for note in notes(loss_picture(built(EVERY["patient"]))))


def test_a_training_that_fits_is_not_marked_with_a_gap_or_a_stop():
    said = notes(loss_picture(built(Settings())))
    assert not [note for note in said if note.startswith("gap") or "patience" in note]


@every_case
def test_the_film_grows_both_curves_with_a_caption_for_each_snapshot(chosen):
    told = built(chosen)
    picture = loss_picture(told)
    assert picture.film.captions == captions(told)
    for place in picture.film.grows:
        grown = picture.figure["data"][place]
        assert type(grown["x"]) is type(grown["y"]) is list
        assert len(grown["x"]) == len(picture.film.captions)
    assert len(picture.film.json) < 10_000


@every_case
def test_powerpoint_can_draw_the_losses_itself(chosen):
    assert can_be_native(loss_picture(built(chosen)))


def test_the_square_counts_what_the_judge_counts():
    told = built(MEMORISES)
    picture = confusion_picture(told)
    shares = np.asarray(picture.figure["data"][0]["z"])
    for truth in range(2):
        n = sum(len(cell) for cell in told.judgement.confusion[truth])
        for said in range(2):
            count = len(told.judgement.confusion[truth][said])
            sign = 1 if truth == said else -1
            assert shares[said][truth] == pytest.approx(sign * count / n, abs=1e-3)
            (note,) = [
                one.text
                for one in picture.checked_figure.layout.annotations
                if (one.x, one.y) == (truth, said)
            ]
            assert note == (f"<b>{count}</b> right" if truth == said else f"✕ <b>{count}</b>")


def test_a_click_finds_its_cell_and_the_rows_in_it():
    told = built(MEMORISES)
    assert cell_at(told, 0.4, -0.3) == (0, 0)
    assert cell_at(told, 1.49, 0.2) == (0, 1)  # across: it is the second; down: the network says the first
    assert cell_at(told, 1.6, 0) is None
    rows = rows_in(told, said=0, truth=1)
    numbers = np.array(told.judgement.confusion[1][0])
    assert rows["row"].tolist() == (numbers + 1).tolist()
    assert rows["x₁"].tolist() == told.dealt.data.inputs[numbers, 0].tolist()
    assert set(rows["it is"]) == {"outside"}
    assert set(rows["the network says"]) == {"inside"}
    assert (rows["its share, %"] >= 50).all()  # of two classes, the one it names


def test_all_cells_together_hold_each_test_row_once():
    told = built(EVERY["wine"])
    found = [row for said in range(3) for truth in range(3) for row in rows_in(told, said, truth)["row"]]
    assert sorted(found) == (told.dealt.test + 1).tolist()


def test_the_worst_rows_of_a_value_come_first_in_its_unit():
    told = built(PRESETS["Delivery hours, fits"])
    worst = worst_rows(told)
    off = np.abs(told.judgement.answers - told.dealt.data.targets)[told.dealt.test]
    assert worst["off by (hours)"].tolist() == pytest.approx(sorted(off, reverse=True)[:20], abs=1e-3)
    far = trace(confusion_picture(told), "far off")
    assert len(far.x) == int(told.judgement.wrong[told.dealt.test].sum())
    assert far.marker.symbol == "x"

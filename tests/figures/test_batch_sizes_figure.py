import json

import numpy as np
import pytest

from dl_core.batch_sizes import PRESETS, RATES, Settings, loss_and_gradient, story
from dl_core.documents import still
from dl_core.documents.native_chart import can_be_native
from dl_core.figures.batch_sizes import MOST_POINTS, RINGS, three_paths
from dl_core.figures.film import LARGEST

every_setting = pytest.mark.parametrize(
    "chosen", [*PRESETS.values(), *(Settings(rate, 8, n) for rate in RATES for n in (1, 30))], ids=str
)


def trace(picture, name):
    return next(line for line in picture.checked_figure.data if line.name == name)


def test_each_path_runs_from_the_start_to_where_its_run_ended():
    shown = story(Settings())
    picture = three_paths(shown)
    for run in shown.runs:
        path = trace(picture, run.way)
        assert (path.x[0], path.y[0]) == (0, 12)
        assert (path.x[-1], path.y[-1]) == pytest.approx(tuple(run.path[-1]), abs=1e-3)
        end = trace(picture, f"end of {run.way}")
        assert (end.x[0], end.y[0]) == pytest.approx(tuple(run.path[-1]), abs=1e-3)


def test_full_batch_stands_still_while_it_reads():
    shown = story(Settings(n_epochs=3))
    full = trace(three_paths(shown), "full batch")
    places = list(dict.fromkeys(zip(full.x, full.y, strict=True)))
    assert len(places) == 4  # the start, and one place after each pass
    assert len(full.x) > 200


def test_a_ring_joins_places_of_one_loss():
    shown = story(Settings())
    picture = three_paths(shown)
    for loss in RINGS:
        ring = trace(picture, f"loss {loss:g}")
        for weight, bias in zip(ring.x, ring.y, strict=True):
            assert loss_and_gradient(weight, bias, shown.fit.x, shown.fit.y)[0] == pytest.approx(
                loss, abs=2e-3
            )


def test_the_exact_answer_is_marked():
    shown = story(Settings())
    marks = trace(three_paths(shown), "start and exact answer")
    assert (marks.x[1], marks.y[1]) == pytest.approx(shown.fit.exact, abs=1e-3)


@every_setting
def test_the_title_names_who_is_nearest_or_who_was_thrown_out(chosen):
    shown = story(chosen)
    title = three_paths(shown).figure["layout"]["title"]["text"]
    assert len(title.split()) <= 14
    if shown.thrown:
        assert title == f"A rate of {chosen.learning_rate:g} throws {shown.thrown[-1].way} out"
    else:
        assert min(shown.runs, key=lambda run: run.away).way in title


@every_setting
def test_picture_and_film_are_small_whole_and_native(chosen):
    picture = three_paths(story(chosen))
    assert len(picture.json) < 40_000
    assert len(picture.film.json) < LARGEST
    assert "NaN" not in picture.json
    assert "Infinity" not in picture.json
    json.loads(picture.film.json)
    assert max(len(line.x) for line in picture.checked_figure.data) <= MOST_POINTS + 1
    assert can_be_native(picture)


@every_setting
def test_the_film_grows_the_three_paths_up_to_the_picture(chosen):
    shown = story(chosen)
    picture = three_paths(shown)
    film, lines = picture.film, picture.figure["data"]
    assert [lines[place]["name"] for place in film.grows] == [run.way for run in shown.runs][::-1]
    assert film.shown[0] == 1
    assert film.shown[-1] == len(lines[film.grows[0]]["x"])
    assert len(film.captions) <= 120
    assert (np.diff(film.shown) > 0).all()
    assert f"{178 * chosen.n_epochs:,} wines read" in film.captions[-1]
    for run in shown.runs:
        assert f"{run.way} {run.n_updates:,} (" in film.captions[-1]


def test_a_still_can_be_drawn_and_the_table_holds_the_numbers():
    shown = story(Settings(1.0, 8, 30))
    picture = three_paths(shown)
    assert still.png(picture, pixels_per_inch=40).startswith(b"\x89PNG")
    assert picture.table["updates"].tolist() == [30, 690, 5_340]
    assert picture.table["wines per update"].tolist() == [178, 8, 1]

import json
from itertools import pairwise

import pytest

from dl_core.documents.still import png
from dl_core.figures.film import LARGEST
from dl_core.figures.optimiser_race import LOOKS, paths
from dl_core.optimiser_race import PRESETS, Settings, story
from dl_core.optimisers import OPTIMISERS
from dl_core.surfaces import SURFACES, surface

EVERYWHERE = [
    Settings(ground.key, start, 25, rates, rate)
    for ground in SURFACES
    for start in (ground.start, ground.minima[0], (900.0, -900.0))
    for rates, rate in (("own", 0.1), ("same", 0.0001), ("same", 0.3), ("same", 10.0))
]


def trace(picture, name):
    return next(each for each in picture.figure["data"] if each.get("name") == name)


def bars(picture):
    return next(each for each in picture.figure["data"] if each["type"] == "bar")


def test_each_optimiser_has_a_colour_a_dash_and_a_symbol_of_its_own():
    assert set(LOOKS) == set(OPTIMISERS)
    assert len({look[0] for look in LOOKS.values()}) == len({look[2] for look in LOOKS.values()}) == 6
    assert len({(dash, colour) for colour, dash, _ in LOOKS.values()}) == 6


def test_the_paths_are_the_walks():
    race = story(Settings())
    for one in race.runners:
        line = trace(paths(race), one.name)
        assert line["x"] == pytest.approx(one.walk.xs, abs=1e-4)
        assert line["y"] == pytest.approx(one.walk.ys, abs=1e-4)


def test_who_diverged_ends_with_a_cross_on_the_frame():
    race = story(PRESETS["One rate for all"])
    picture = paths(race)
    heads = trace(picture, "now")
    line = trace(picture, "Nesterov")
    # from (-10, 2), at 0.1, with 1.9 times the gradient (-10, 50): to (-8.1, -7.5); -3 is 5/9.5 of the way
    assert line["y"] == [2.0, -3.0]
    assert line["x"][1] == pytest.approx(-10 + 1.9 * 5 / 9.5, abs=1e-3)
    for one, symbol, y in zip(race.runners, heads["marker"]["symbol"], heads["y"], strict=True):
        assert (symbol == "x") == one.diverged
        assert not one.diverged or abs(y) == 3.0


def test_the_bars_are_the_steps_and_who_diverged_has_none():
    race = story(PRESETS["One rate for all"])
    assert bars(paths(race))["x"] == [45, 47, 100, 100, 0, 0]
    texts = [note["text"] for note in paths(race).figure["layout"]["annotations"]]
    assert {"RMSProp <b>45</b>", "Momentum <b>47</b>", "Adam <b>not yet</b>", "<b>out at step 2</b>"} <= set(
        texts
    )


def test_the_film_ends_with_the_picture_and_grows_the_six_paths():
    race = story(Settings())
    picture = paths(race)
    film = picture.film
    assert len(film.captions) == 101
    grown = [picture.figure["data"][place]["name"] for place in film.grows]
    assert grown == [one.name for one in race.runners]
    for place, changes in film.changes.items():
        for name, frames in changes.items():
            assert frames[-1] == picture.figure["data"][place][name]
    assert film.captions[0] == "Start: all six at the same place."
    start = race.settings.start
    heads = film.changes[picture.figure["data"].index(trace(picture, "now"))]
    assert (set(heads["x"][0]), set(heads["y"][0])) == ({start[0]}, {start[1]})


def test_a_long_race_is_thinned_to_few_frames_with_odd_strides():
    race = story(Settings(n_steps=500, rates="same", learning_rate=0.05))
    picture = paths(race)
    assert len(picture.film.captions) <= 120
    steps = [int(each.split(":")[0].removeprefix("Step ")) for each in picture.film.captions[1:]]
    assert steps[-1] == 500
    strides = {b - a for a, b in pairwise(steps[:-1])}  # the last one is cut
    assert all(stride % 2 for stride in strides)  # every second place of a zig-zag looks like a straight line
    assert len(picture.json) < 40_000
    assert len(trace(picture, "Gradient descent")["x"]) == len(picture.film.captions)


@pytest.mark.parametrize("chosen", EVERYWHERE, ids=str)
def test_everywhere_the_picture_can_be_drawn_and_is_small(chosen):
    picture = paths(story(chosen))
    assert len(picture.json) < 40_000
    assert len(picture.film.json) < LARGEST
    json.loads(picture.json, parse_constant=lambda name: pytest.fail(name))
    assert len(picture.checked_figure.data) == len(picture.figure["data"])
    assert len(picture.figure["layout"]["title"]["text"].split()) <= 14
    assert len(picture.table) == 6


@pytest.mark.parametrize("ground", SURFACES, ids=lambda one: one.key)
@pytest.mark.parametrize("rate", [0.3, 1.0, 3.2, 10.0])  # some leave across a corner
def test_no_path_of_who_diverged_leaves_the_frame(ground, rate):
    race = story(Settings(ground.key, ground.start, 25, "same", rate))
    for one in race.diverged:
        line = trace(paths(race), one.name)
        assert all(ground.x_range[0] <= x <= ground.x_range[1] for x in line["x"])
        if ground.dimensions == 2:
            assert all(ground.y_range[0] <= y <= ground.y_range[1] for y in line["y"])


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_can_be_drawn_without_a_browser(name):
    assert png(paths(story(PRESETS[name])), pixels_per_inch=40)[1:4] == b"PNG"


def test_the_title_says_who_wins_and_calls_a_tie_a_tie():
    def title(settings):
        return paths(story(settings)).figure["layout"]["title"]["text"]

    assert title(Settings()) == "AdaGrad and RMSProp tie: 4 steps to the floor, plain descent 27"
    assert title(PRESETS["One rate for all"]) == (
        "RMSProp needs 45 steps to the floor; gradient descent and Nesterov diverge"
    )
    assert title(Settings("plateau", surface("plateau").start)).endswith("plain descent falls short")
    assert title(Settings("bowl", (0.0, 0.0))) == "Without a slope, nobody moves"
    assert title(Settings("plateau", surface("plateau").start, 25, "same", 0.001)) == (
        "None of the six reaches the floor in 25 steps"
    )


def test_the_table_holds_rates_steps_and_who_diverged():
    table = paths(story(PRESETS["One rate for all"])).table
    assert table["optimiser"].tolist()[0] == "RMSProp"
    assert table["diverged"].tolist() == ["no"] * 4 + ["yes"] * 2
    assert table["left the picture"].tolist()[-2:] == ["step 2", "step 1"]
    assert paths(story(Settings())).table["rates tried"].tolist() == [81] * 6


def test_a_click_on_the_list_is_no_place_on_any_surface():
    lowest = min(one.y_range[0] for one in SURFACES)
    assert max(bars(paths(story(Settings())))["y"]) < lowest - 500

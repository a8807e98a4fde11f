"""Four panels: they say the result's numbers, hold every state, and stay small."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from dl_core.documents.still import png
from dl_core.figures.transfer_opening import clipped, four_steps, four_steps_in_a_row
from dl_core.intervals import share_of
from dl_core.transfer.opening import Settings, at_rest, n_frozen, story
from dl_core.transfer.pictures import Pictures
from dl_core.transfer.tasks import TASKS, ready_made

both = pytest.mark.parametrize("draw", [four_steps, four_steps_in_a_row])


@pytest.fixture(scope="module")
def told():
    return story(at_rest())


def words(picture) -> str:
    return " | ".join(note["text"] for note in picture.figure["layout"]["annotations"])


@both
@pytest.mark.parametrize("key", TASKS)
def test_every_task_can_be_drawn(draw, key):
    picture = draw(story(Settings(ready_made(key), 5)))
    figure = picture.checked_figure
    assert len(picture.json) < 150_000
    sizes = [note.font.size for note in figure.layout.annotations]
    assert min(sizes) >= 13
    for name in ready_made(key).names:
        assert name in words(picture)
    for image in figure.layout.images:
        assert image.x >= 0
        assert image.x + image.sizex <= 1.0001
        assert image.y - image.sizey / 2 >= -0.0001


@both
def test_panels_say_the_numbers_of_the_result(draw, told):
    picture = draw(told)
    said = words(picture)
    for step in ("1  Gather", "2  Train", "3  Check", "4  Trust"):
        assert step in said
    assert "20 pictures a class" in said
    assert "Zigzags" in said
    assert "1,284 numbers" in said
    assert f"{n_frozen() / 1e6:.1f} million" in said
    assert "84 pictures it never saw" in said
    assert "93 % right" in said
    assert picture.title == "93 % right, yet it answers 161 of 192 pictures of other things"
    assert told.right.hits == 78  # 78 / 84 = 93 %
    assert picture.table["learned from"].tolist() == [20, 20, 20, 20]
    assert picture.table["held out"].tolist() == [21, 21, 21, 21]


@both
def test_bars_are_as_long_as_their_shares(draw, told):
    figure = draw(told).checked_figure
    right, always = (trace for trace in figure.data if trace.type == "bar")
    assert right.x[0] / always.x[0] == pytest.approx(told.right.value / told.always)
    (whisker,) = (trace for trace in figure.data if trace.type == "scatter")
    whole = right.x[0] / told.right.value
    ends = [(x - right.base[0]) / whole for x in whisker.x]
    assert ends == pytest.approx([told.right.low, told.right.high], abs=0.003)
    assert always.marker.pattern.shape == "/"  # not by colour alone


@both
def test_states_without_a_score_or_a_mistake(draw, told):
    parts = ready_made("parts")
    rows = np.r_[0:4, 96:100]
    alone = story(
        Settings(
            Pictures("mine", parts.names, parts.pixels[rows], parts.labels[rows], parts.bursts[rows], True)
        )
    )
    picture = draw(alone)
    assert "Nothing is held out" in picture.title
    assert "Each class is one burst." in words(picture)
    picture.checked_figure  # noqa: B018 - Plotly checks it
    none_right = replace(told, right=share_of(0, 84), strangers=None, bar=None)
    assert draw(none_right).title == "It gets none of the held-out pictures right"
    perfect = draw(replace(told, mistakes=(), right=share_of(84, 84)))
    assert "No mistake on this pile" in words(perfect)
    nobody = replace(told.strangers, answered=share_of(0, 240), surest=())
    assert (
        draw(replace(told, strangers=nobody)).title
        == "93 % right, and it answers none of 240 pictures of other things"
    )


@both
def test_counts_stand_beside_the_names_only_where_they_differ(draw, told):
    assert "Stripes" in words(draw(told)).split(" | ")
    cloth = ready_made("fabrics")
    first, second, third, _ = (np.flatnonzero(cloth.labels == label) for label in range(4))
    # of 12 pictures of the first class 2 bursts of 3 are held out: a third, or a little more
    two = story(Settings(cloth.part(np.r_[first[:12], second]), 20))
    assert {"Stripes, 6", "Checks, 20"} <= set(words(draw(two)).split(" | "))
    three = story(Settings(cloth.part(np.r_[first[:12], second, third]), 20))
    assert {"Stripes<br>6", "Dots<br>20"} <= set(words(draw(three)).split(" | "))


@both
def test_each_wrong_photo_stands_over_what_it_is_taken_for(draw, told):
    said = words(draw(told)).split(" | ")
    start = next(at for at, text in enumerate(said) if text == "Wrong, the first 96 % sure:")
    assert said[start + 1 : start + 1 + len(told.mistakes)] == [f"“{one.says}”" for one in told.mistakes]
    assert said[-3:] == [f"“{one.says}”" for one in told.strangers.surest]


def test_it_fits_a_small_screen_with_its_controls(told):
    # the picture begins 227 pixels below the top of a screen that is 720 high
    assert four_steps(told).figure["layout"]["height"] <= 720 - 227


def test_it_can_be_drawn_without_a_browser(told):
    assert png(four_steps(told), width=6.5, height=6, pixels_per_inch=40)[1:4] == b"PNG"
    assert png(four_steps_in_a_row(told), pixels_per_inch=40, text_size=1.4)[1:4] == b"PNG"


def test_long_names_are_cut():
    assert clipped("Chipped", 7) == "Chipped"
    assert clipped("Chipped at the rim", 7) == "Chippe…"

"""Ten starts: the own one repeats itself, new ones differ, and the sentence tells luck from skill."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from dl_core import mlp_builder, mlp_spread
from dl_core.mlp import data
from dl_core.mlp.plan import HIGHEST_SEED, Plan
from dl_core.mlp_builder import PRESETS, Settings
from dl_core.mlp_spread import N_STARTS, story, takeaway
from tests.readability import read, words

told = cache(story)
DIVERGES = Settings(data.Settings("surface"), Plan(learning_rate=1.0))
EVERY = [*PRESETS.values(), DIVERGES, Settings(plan=Plan(start="zero"))]


def test_the_own_start_is_the_builders_and_repeats_itself():
    spread = told(PRESETS["Spiral, big enough"])
    assert spread.own == mlp_builder.story(PRESETS["Spiral, big enough"]).unseen
    assert spread.same_again is True
    assert spread.is_whole


def test_each_start_is_what_the_builder_gives_for_that_seed():
    settings = PRESETS["Spiral, big enough"]
    spread = told(settings)
    assert [start.seed for start in spread.starts] == list(range(N_STARTS))
    fourth = replace(settings, plan=replace(settings.plan, seed=3))
    assert spread.starts[3].score == mlp_builder.story(fourth).unseen


def test_new_starts_differ_and_the_range_is_theirs():
    spread = told(PRESETS["Spiral, big enough"])
    values = [start.score.value for start in spread.starts]
    assert len(set(values)) > 2
    assert (spread.worst, spread.best) == (min(values), max(values))
    hits = [start.score.hits for start in spread.starts]
    assert f"{min(hits)} to {max(hits)} of 120 unseen rows right" in takeaway(spread)
    assert f"{round(100 * (max(values) - min(values)))} points apart" in takeaway(spread)


def test_of_errors_the_largest_is_the_worst():
    spread = told(PRESETS["Delivery hours, fits"])
    assert spread.worst > spread.best
    assert "hours apart" in takeaway(spread)


def test_a_start_of_zeros_leaves_no_luck():
    spread = told(Settings(plan=Plan(start="zero")))
    assert spread.apart == 0
    assert "the start plays no part" in takeaway(spread)


def test_starts_that_blew_up_are_counted():
    spread = told(DIVERGES)
    assert spread.n_diverged == sum(start.diverged for start in spread.starts) > 0
    assert f"{spread.n_diverged} of 10 blew up" in takeaway(spread)


def test_a_stop_keeps_the_starts_that_were_finished():
    seen: list[float] = []

    def half(share: float) -> bool:
        seen.append(share)
        return share < 0.5

    settings = PRESETS["Spiral, big enough"]
    spread = story(settings, half)
    assert 2 <= len(spread.starts) < N_STARTS
    assert spread.starts == told(settings).starts[: len(spread.starts)]
    assert not spread.is_whole
    assert takeaway(spread).startswith("Stopped early.")
    assert seen == sorted(seen)


def test_a_stop_at_once_leaves_one_start():
    spread = story(PRESETS["Spiral, big enough"], lambda share: False)
    assert len(spread.starts) == 1
    assert spread.same_again is None
    assert takeaway(spread).startswith("Stopped after one start")


def test_the_last_seed_is_followed_by_the_first():
    settings = Settings(plan=Plan(n_epochs=2, seed=HIGHEST_SEED))
    assert [start.seed for start in story(settings).starts[:3]] == [HIGHEST_SEED, 0, 1]


def test_guessing_is_the_judges_guess():
    for settings in (Settings(data.Settings("returns", n=300)), PRESETS["Delivery hours, fits"]):
        test = mlp_builder.story(settings).judgement.test
        wanted = test.guess_rmse if test.guess_right is None else test.guess_right
        assert told(settings).guess == pytest.approx(wanted)


@pytest.mark.parametrize("settings", EVERY, ids=str)
def test_the_sentence_is_plain(settings):
    said = takeaway(told(settings))
    assert "nan" not in said
    assert all(len(words(one)) <= 25 for one in read([said]).sentences)
    assert read([said]).grade <= 9


def test_all_starts_are_judged_on_the_same_rows():
    spread = told(Settings())
    assert {start.score.n for start in spread.starts} == {76}
    assert np.isfinite([start.score.value for start in spread.starts]).all()


def test_more_cores_give_the_same_spread(monkeypatch):
    alone = mlp_spread.story(Settings())
    monkeypatch.setattr(mlp_spread, "spare_cores", lambda: 4)
    shares = []
    together = mlp_spread.story(Settings(), lambda share: not shares.append(share))
    assert [start.seed for start in together.starts] == [start.seed for start in alone.starts]
    assert [start.score for start in together.starts] == [start.score for start in alone.starts]
    assert together.same_again
    assert max(shares) <= 1
